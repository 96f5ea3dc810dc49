/* raster.h - polygons and strokes into a picture, with integer coverage.
 *
 * A shape is drawn in two steps: its coverage is gathered in a mask (0 to 255 a
 * pixel), then the mask is painted with one colour. Shapes of one colour can
 * share a mask: neighbours then meet without a seam, and strokes without dark
 * joints.
 *
 * All coordinates are sub-pixels (TILE_GRID_SUB a pixel) from the window's top
 * left corner, and may lie far outside of it. Every crossing of an edge with a
 * pixel row or column is computed from the edge's own ends by one rounded-down
 * division, never by adding up steps, so the same edge covers the same pixels
 * in the same way whatever the window. That is the reason why tiles have no
 * seams. Ends of one edge may differ by 2^28 (shape.h keeps them shorter), so
 * that products of two differences fit 64 bits.
 *
 *     tile_raster_edge(&canvas, ax, ay, bx, by);   // for each edge of a ring
 *     tile_raster_fill(&canvas);                   // even-odd, into the mask
 *     tile_raster_paint(&canvas, 0xFFF7F3E9);      // paints, empties the mask
 */
#ifndef TILES_RASTER_H
#define TILES_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"

/* Part of a picture; empty when min > max. */
struct tile_region {
    int min_x;
    int min_y;
    int max_x;
    int max_y;
};

struct tile_canvas {
    int width;
    int height;
    uint32_t *pixels; /* 0xAARRGGBB, colour multiplied by alpha */
    uint8_t *mask;    /* coverage; zero outside `touched` */
    int32_t *sums;    /* width + 1 a row; zero outside `pending` */
    struct tile_region touched;
    struct tile_region pending;
};

/* The coverage of a glyph. */
struct tile_bitmap {
    int left; /* pixels from the pen to the first column */
    int top;  /* pixels from the baseline up to the first row */
    int width;
    int height;
    const uint8_t *alpha; /* width * height */
};

/* tile_raster_open makes a canvas filled with `background` (0xAARRGGBB, not
 * multiplied; 0: transparent); its memory is the arena's. */
void tile_raster_open(struct gaz_arena *arena, int width, int height,
                      uint32_t background, struct tile_canvas *out);

/* tile_raster_edge adds one edge of the polygons to be filled. */
void tile_raster_edge(struct tile_canvas *canvas, int64_t ax, int64_t ay,
                      int64_t bx, int64_t by);

/* tile_raster_fill adds the coverage of the edges given since the last fill to
 * the mask, by the even-odd rule. Two polygons that share an edge, filled one
 * after the other, cover its pixels fully (to 1/255). */
void tile_raster_fill(struct tile_canvas *canvas);

/* tile_raster_stroke puts a segment with round ends into the mask: a pixel gets
 * the larger of what it has and what the distance of its middle says. `half` is
 * half the width, in sub-pixels. */
void tile_raster_stroke(struct tile_canvas *canvas, int64_t ax, int64_t ay,
                        int64_t bx, int64_t by, int half);

/* tile_raster_paint lays `colour` (0xAARRGGBB, not multiplied) over the picture
 * through the mask, and empties the mask. */
void tile_raster_paint(struct tile_canvas *canvas, uint32_t colour);

/* tile_raster_stamp lays `colour` over the picture through a bitmap whose pen
 * stands at pixel (x, y). */
void tile_raster_stamp(struct tile_canvas *canvas,
                       const struct tile_bitmap *bitmap, int64_t x, int64_t y,
                       uint32_t colour);

/* tile_raster_over lays one multiplied colour over a pixel. */
void tile_raster_over(uint32_t *pixel, uint32_t colour);

/* tile_raster_include grows `region` so that it holds `more`. */
void tile_raster_include(struct tile_region *region,
                         const struct tile_region *more);

/* tile_raster_touch notes that a part of the mask may have coverage. */
void tile_raster_touch(struct tile_canvas *canvas,
                       const struct tile_region *region);

#endif
