/* shore.h - the sea side of a coastline, as a wash that fades away from it.
 *
 * A coastline is a line, not an area, and where the sea ends on its other side
 * nobody told us; so only its shore is washed blue. Which side of the line a
 * pixel lies on is decided by its nearest segment; at a corner, where two are
 * equally near, by the one that it stands more squarely beside.
 *
 *     struct tile_shore shore;
 *     tile_shore_open(arena, &canvas, reach, &shore);
 *     tile_shore_edge(&shore, ax, ay, bx, by, sea);   // for each edge
 *     tile_shore_fill(&shore);                        // into the mask
 */
#ifndef TILES_SHORE_H
#define TILES_SHORE_H

#include "tiles/raster.h"

struct tile_shore {
    struct tile_canvas *canvas;
    uint64_t *nearest; /* by pixel: distance, squareness, is it sea */
    struct tile_region region;
    int reach; /* sub-pixels */
};

void tile_shore_open(struct gaz_arena *arena, struct tile_canvas *canvas,
                     int reach, struct tile_shore *out);

/* `sea` is +1 when the sea is on the right of the edge's direction (y down), -1
 * on its left. */
void tile_shore_edge(struct tile_shore *shore, int64_t ax, int64_t ay,
                     int64_t bx, int64_t by, int sea);

void tile_shore_fill(const struct tile_shore *shore);

#endif
