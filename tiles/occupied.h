/* occupied.h - which pixels of a zoom are taken: boxes in a hashed grid. */
#ifndef TILES_OCCUPIED_H
#define TILES_OCCUPIED_H

#include "gazetteer/base/arena.h"
#include "tiles/label.h"

struct tile_occupied;

/* tile_occupied_open makes an empty set for about `expected` boxes. */
struct tile_occupied *tile_occupied_open(struct gaz_arena *arena,
                                         size_t expected);

/* tile_occupied_is_free is true when no box in the set overlaps `box`; boxes
 * that only touch do not overlap. */
bool tile_occupied_is_free(const struct tile_occupied *set,
                           const struct tile_rect *box);

void tile_occupied_add(struct tile_occupied *set, const struct tile_rect *box);

#endif
