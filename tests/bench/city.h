/* city.h - a made-up city of any size, for measuring.
 *
 * Nothing in it is real: names are put together from characters by chance, it
 * lies in the open sea (123 E to 124 E, 30 N to 31 N), and every row is flagged
 * synthetic. The same seed and size give the same city, on every machine.
 *
 *     struct gaz_builder *builder = gaz_builder_new();
 *     city_fill(builder, CITY_SEED, CITY_ADDRESSES);
 *
 * Shape: a province, a city, counties (bands) of towns (cells of a grid) with
 * jagged shared borders; villages of hamlets, roads and estates in the towns;
 * half the addresses on roads, 30 % in hamlets, 20 % in estates. One million
 * addresses stand on about 24,000 places.
 */
#ifndef TESTS_BENCH_CITY_H
#define TESTS_BENCH_CITY_H

#include "gazetteer/index/builder.h"

enum { CITY_SEED = 330482, CITY_ADDRESSES = 1000000 };

/* A small, fast generator (SplitMix64), for the city and for queries on it. */
struct city_random {
    uint64_t state;
};
uint64_t city_next(struct city_random *random);
/* 0 to limit - 1 */
uint32_t city_below(struct city_random *random, uint32_t limit);
/* from low to high */
double city_between(struct city_random *random, double low, double high);

/* city_fill adds the city with `addresses` addresses (1,000 or more). */
void city_fill(struct gaz_builder *builder, uint64_t seed, uint32_t addresses);

/* city_bounds is the box that the city fills. */
struct gaz_box city_bounds(void);

/* city_address_text writes the standard text of an address of the snapshot,
 * province first; returns its bytes (cut at `size` - 1). */
size_t city_address_text(const struct gaz_snapshot *snap, uint32_t address,
                         char *out, size_t size);

#endif
