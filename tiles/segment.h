/* segment.h - how far the pixels of a window are from a straight line.
 *
 * Sub-pixels of the window as in raster.h; the distance of a pixel is that of
 * its middle, and depends on the segment's own ends only, never on the window.
 */
#ifndef TILES_SEGMENT_H
#define TILES_SEGMENT_H

#include "tiles/raster.h"

struct tile_segment {
    int64_t ax;
    int64_t ay;
    int64_t bx;
    int64_t by;
    int64_t dx;
    int64_t dy;
    int64_t length2;
    int64_t length;
    int64_t reach; /* pixels farther away than this are of no interest */
};

struct tile_segment tile_segment_make(int64_t ax, int64_t ay, int64_t bx,
                                      int64_t by, int64_t reach);

/* tile_segment_rows gives the pixels of a canvas that can be within reach.
 * False when there are none. */
bool tile_segment_region(const struct tile_segment *segment,
                         const struct tile_canvas *canvas,
                         struct tile_region *out);

/* tile_segment_row gives the columns of one row that can be within reach;
 * first > last when there are none. */
void tile_segment_row(const struct tile_segment *segment,
                      const struct tile_canvas *canvas, int row, int *first,
                      int *last);

/* tile_segment_distance returns the distance of (x, y) from the segment. */
int64_t tile_segment_distance(const struct tile_segment *segment, int64_t x,
                              int64_t y);

/* tile_segment_side returns the distance of (x, y) from the endless line,
 * positive on the right of its direction (y down). */
int64_t tile_segment_side(const struct tile_segment *segment, int64_t x,
                          int64_t y);

#endif
