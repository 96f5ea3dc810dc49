/* boxes.h - which of many boxes meet a window: a packed tree, made once. */
#ifndef TILES_BOXES_H
#define TILES_BOXES_H

#include <stddef.h>

#include "gazetteer/base/arena.h"
#include "tiles/grid.h"

struct tile_boxes;

/* tile_boxes_make builds a tree over `count` boxes `stride` bytes apart. */
const struct tile_boxes *tile_boxes_make(struct gaz_arena *arena,
                                         const struct tile_box *first,
                                         uint32_t count, size_t stride);

/* tile_boxes_find returns the numbers of the boxes that meet `window`, in
 * ascending order; `*out` lives in `arena`. */
uint32_t tile_boxes_find(struct gaz_arena *arena,
                         const struct tile_boxes *boxes,
                         const struct tile_box *window, uint32_t **out);

#endif
