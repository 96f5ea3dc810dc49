/* map_town.h - a made-up map of any size, for measuring tiles.
 *
 * Nothing in it is real: it lies in the open sea, names are put together by
 * chance, and every row is flagged synthetic. Towns and villages, other places
 * around them, buildings along roads, a grid of jagged divisions with shared
 * borders. The same seed and size give the same map.
 */
#ifndef TESTS_BENCH_MAP_TOWN_H
#define TESTS_BENCH_MAP_TOWN_H

#include "gazetteer/index/snapshot.h"

struct map_town {
    struct gaz_snapshot snap; /* arrays only: no look-ups */
    struct gaz_arena arena;
    struct gaz_box box;
};

struct map_town_size {
    uint32_t places;
    uint32_t buildings;
    uint32_t roads;
    uint32_t side;    /* vertices of one side of a division */
    uint32_t columns; /* divisions */
    uint32_t rows;
};

void map_town_open(struct map_town *town, const struct map_town_size *size,
                   uint64_t seed);
void map_town_close(struct map_town *town);

#endif
