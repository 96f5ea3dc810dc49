/* world.h - places for the tests of the index: a small hand-made region, and
 * random worlds to compare look-ups with brute force. All of it is synthetic.
 */
#ifndef TESTS_UNIT_INDEX_WORLD_H
#define TESTS_UNIT_INDEX_WORLD_H

#include "gazetteer/index/builder.h"

/* A small, fast generator (SplitMix64). */
struct world_random {
    uint64_t state;
};
uint64_t world_next(struct world_random *random);
/* 0 to limit - 1 */
uint32_t world_below(struct world_random *random, uint32_t limit);
/* from low to high */
double world_between(struct world_random *random, double low, double high);

/* The seeds that every run tries: GAZ_TEST_SEED alone when it is set. Returns
 * how many; prints them. */
int world_seeds(uint64_t *out, int max);

enum { WORLD_ANY_ORDER = 1 << 0, WORLD_NO_AREAS = 1 << 1 };

/* Fills a builder with `places` places and `addresses` addresses. With
 * WORLD_ANY_ORDER the same rows come in another order. */
void world_fill(struct gaz_builder *builder, uint64_t seed, uint32_t places,
                uint32_t addresses, unsigned options);

/* The hand-made region; `reversed` gives its rows in the opposite order. */
enum {
    REGION_PROVINCE = 101,
    REGION_CITY = 102,
    REGION_COUNTY = 103,
    REGION_TOWN = 104,
    REGION_VILLAGE = 105,
    REGION_ROAD = 106,
    REGION_SITE = 107,
    REGION_SHANGHAI = 108,
    REGION_JINSHAN = 109,
    REGION_GONE = 110,
    REGION_LANE = 111,
    REGION_NOWHERE = 112,
    REGION_ADDRESS_158 = 201,
    REGION_ADDRESS_160 = 202,
    REGION_ADDRESS_158_ROOM = 203,
    REGION_SOURCE = 7,
    REGION_MERGED = 900,
    REGION_MERGED_TWICE = 901,
    REGION_SEQ = 4711,
};
void world_region(struct gaz_builder *builder, bool reversed);

/* A square as WKB; returns its size (93 bytes). */
size_t world_square(double west, double south, double side, char out[93]);

/* Writes the builder's snapshot to a new temporary file and opens it; the file
 * is removed at once. Aborts when that fails. */
struct gaz_snapshot *world_open(struct gaz_builder *builder);

#endif
