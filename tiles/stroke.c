/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/raster.h"

#include "tiles/grid.h"
#include "tiles/segment.h"

/* A sharp stroke fades over one pixel, the middle of the fade on its edge; a
 * line thinner than a pixel gets its share of it. */
static uint8_t coverage(int64_t away, int half)
{
    int64_t part = half + TILE_GRID_SUB / 2 - away;
    int64_t most = 2 * half < TILE_GRID_SUB ? 2 * half : TILE_GRID_SUB;
    part = part > most ? most : part;
    return part > 0 ? (uint8_t)(part * 255 / TILE_GRID_SUB) : 0;
}

static void stroke_row(struct tile_canvas *canvas,
                       const struct tile_segment *segment, int row, int half)
{
    int first;
    int last;
    tile_segment_row(segment, canvas, row, &first, &last);
    uint8_t *mask = canvas->mask + (size_t)row * (size_t)canvas->width;
    int64_t y = (int64_t)row * TILE_GRID_SUB + TILE_GRID_SUB / 2;
    for (int x = first; x <= last; x++) {
        int64_t away = tile_segment_distance(
            segment, (int64_t)x * TILE_GRID_SUB + TILE_GRID_SUB / 2, y);
        uint8_t value = coverage(away, half);
        mask[x] = value > mask[x] ? value : mask[x];
    }
}

void tile_raster_stroke(struct tile_canvas *canvas, int64_t ax, int64_t ay,
                        int64_t bx, int64_t by, int half)
{
    struct tile_segment segment =
        tile_segment_make(ax, ay, bx, by, half + TILE_GRID_SUB / 2);
    struct tile_region region;
    if (half <= 0 || !tile_segment_region(&segment, canvas, &region))
        return;
    tile_raster_touch(canvas, &region);
    for (int row = region.min_y; row <= region.max_y; row++)
        stroke_row(canvas, &segment, row, half);
}
