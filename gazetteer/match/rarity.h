/* rarity.h - how rare a token or two neighbours are in addresses.
 *
 * A table of one byte for each of 65536 hashes: 16 times the logarithm of the
 * share of training texts without it. 号 and 路 weigh little, 芦席 much.
 */
#ifndef GAZ_MATCH_RARITY_H
#define GAZ_MATCH_RARITY_H

#include "gazetteer/match/side.h"

enum { GAZ_RARITY_SIZE = 1 << 16 };

/* Steps of the table in 1.0 of the natural logarithm. */
#define GAZ_RARITY_STEPS 16.0f

static inline uint32_t gaz_rarity_slot(uint32_t first, uint32_t second)
{
    uint32_t h = first * 2654435761u ^ (second + 0x9E3779B9u) * 2246822519u;
    h ^= h >> 15;
    h *= 0x85EBCA6Bu;
    return h >> 16;
}

/* gaz_rarity_of gives the rarity of two neighbours; of one token when `second`
 * is 0. */
static inline float gaz_rarity_of(const uint8_t *table, uint32_t first,
                                  uint32_t second)
{
    return (float)table[gaz_rarity_slot(first, second)] / GAZ_RARITY_STEPS;
}

/* gaz_rarity_weigh fills side->weights. */
static inline void gaz_rarity_weigh(const uint8_t *table, struct gaz_side *side)
{
    for (int i = 0; i < side->count; i++)
        side->weights[i] = gaz_rarity_of(table, side->tokens[i], 0);
}

#endif
