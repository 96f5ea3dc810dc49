/* clip.h - polygons and lines cut to a square, in tile units.
 *
 * Used for vector tiles only; the raster needs no clipping, because its edges
 * are exact wherever the window lies (raster.h).
 */
#ifndef TILES_CLIP_H
#define TILES_CLIP_H

#include <stddef.h>

#include "gazetteer/base/arena.h"
#include "tiles/grid.h"

struct tile_vertex {
    int64_t x;
    int64_t y;
};

/* A row of vertices; a ring does not repeat its first vertex. */
struct tile_path {
    struct tile_vertex *items;
    size_t count;
};

/* tile_clip_ring cuts a ring to `box` (Sutherland-Hodgman). Parts that fall
 * apart stay joined along the box's edge, as the method does. Repeated vertices
 * and spikes are taken out. `out` is empty when nothing of it is left; lives in
 * `arena`. */
void tile_clip_ring(struct gaz_arena *arena, struct tile_path ring,
                    const struct tile_box *box, struct tile_path *out);

/* tile_clip_line cuts a line to `box` (Liang-Barsky): writes the parts of two
 * vertices or more, in the line's order, and returns how many. `*out` lives in
 * `arena`. */
size_t tile_clip_line(struct gaz_arena *arena, struct tile_path line,
                      const struct tile_box *box, struct tile_path **out);

/* tile_clip_area2 returns twice the signed area of a ring, positive when it
 * runs clockwise on a screen (y down), as MVT wants an outer ring to. */
int64_t tile_clip_area2(struct tile_path ring);

/* tile_clip_tidy takes repeated vertices, vertices inside straight edges and
 * spikes out of a ring, in place. */
void tile_clip_tidy(struct tile_path *ring);

#endif
