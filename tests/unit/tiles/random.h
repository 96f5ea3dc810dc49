/* random.h - a small seeded generator, so that a failed case can be seen again
 * with GAZ_TEST_SEED. */
#ifndef TESTS_UNIT_TILES_RANDOM_H
#define TESTS_UNIT_TILES_RANDOM_H

#include <stdint.h>
#include <stdlib.h>

#include "gazetteer/base/text.h"

struct random {
    uint64_t state;
};

static inline struct random random_open(uint64_t otherwise)
{
    int64_t seed = (int64_t)otherwise;
    const char *text = getenv("GAZ_TEST_SEED");
    if (text)
        (void)gaz_text_parse_int(text, &seed);
    return (struct random){(uint64_t)seed * UINT64_C(0x9E3779B97F4A7C15) + 1};
}

/* From `low` to `high`, both included. */
static inline int64_t random_between(struct random *random, int64_t low,
                                     int64_t high)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return low + (int64_t)((random->state >> 11) % (uint64_t)(high - low + 1));
}

#endif
