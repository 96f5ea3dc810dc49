/* grid.h - degrees to the integer world of the tiles, and z/x/y.
 *
 * The world is the square of spherical ("Web") Mercator with 2^32 units a side,
 * 9.3 mm each at the equator; x grows to the east, y to the south. CGCS2000 is
 * taken as WGS 84: they agree to centimetres, far below what a tile shows.
 *
 * A pixel of zoom z is 2^(24-z) units wide, so zoom 20 still has 16 units in a
 * pixel, and every pixel edge of every zoom is a whole number of units: that is
 * why a mosaic of tiles can equal one large picture bit by bit.
 */
#ifndef TILES_GRID_H
#define TILES_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/coord.h"

/* A position in the world. */
struct tile_point {
    uint32_t x;
    uint32_t y;
};

/* A rectangle in world units, all four edges included. */
struct tile_box {
    int64_t min_x;
    int64_t min_y;
    int64_t max_x;
    int64_t max_y;
};

enum { TILE_GRID_SUB = 256 }; /* sub-pixels in a pixel, each way */

/* What part of the world a picture shows: `width` x `height` pixels of zoom
 * `z`, drawn `scale` times as large, from pixel (left, top) of that grid. */
struct tile_view {
    int z;
    int scale;
    int64_t left; /* pixels of zoom z at this scale, from the world's corner */
    int64_t top;
    int width;
    int height;
};

/* tile_grid_project turns degrees into world units. Latitudes past 85.0511, and
 * longitudes past 180, are moved to the edge of the world. */
struct tile_point tile_grid_project(struct gaz_coord coord);

/* tile_grid_unproject is the inverse, at the corner of the unit. */
struct gaz_coord tile_grid_unproject(struct tile_point point);

/* tile_grid_view is the view of one tile. */
struct tile_view tile_grid_view(int z, int x, int y, int scale);

/* tile_grid_is_valid is true when the tile exists: 0 <= x, y < 2^z. */
bool tile_grid_is_valid(int z, int x, int y);

/* tile_grid_sub returns a world coordinate as sub-pixels of the zoom, rounded
 * down: 256 a pixel, whatever the window. */
static inline int64_t tile_grid_sub(int64_t world, int z, int scale)
{
    return (world * scale * TILE_GRID_SUB) >> (24 - z);
}

/* tile_grid_reach returns the world box of a view, grown by `margin_px` pixels
 * of scale 1 on each side. */
struct tile_box tile_grid_reach(const struct tile_view *view, int margin_px);

/* tile_grid_box returns the box around points; an empty box for none. */
struct tile_box tile_grid_box(const struct tile_point *points, uint32_t count);

static inline bool tile_grid_meets(const struct tile_box *a,
                                   const struct tile_box *b)
{
    return a->min_x <= b->max_x && b->min_x <= a->max_x &&
           a->min_y <= b->max_y && b->min_y <= a->max_y;
}

#endif
