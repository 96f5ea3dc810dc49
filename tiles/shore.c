/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/shore.h"

#include "tiles/grid.h"
#include "tiles/segment.h"

void tile_shore_open(struct gaz_arena *arena, struct tile_canvas *canvas,
                     int reach, struct tile_shore *out)
{
    size_t pixels = (size_t)canvas->width * (size_t)canvas->height;
    *out = (struct tile_shore){
        .canvas = canvas,
        .nearest = gaz_arena_array(arena, pixels, sizeof(uint64_t)),
        .region = {INT32_MAX, INT32_MAX, -1, -1},
        .reach = reach,
    };
}

/* Smaller is nearer; 0 is kept for "nothing near". */
static uint64_t key_of(int64_t away, int64_t beside, bool is_sea)
{
    const uint64_t most = (UINT64_C(1) << 31) - 1;
    uint64_t square = (uint64_t)(beside < 0 ? -beside : beside);
    square = square > most ? most : square;
    return (uint64_t)(away + 1) << 32 | (most - square) << 1 | is_sea;
}

void tile_shore_edge(struct tile_shore *shore, int64_t ax, int64_t ay,
                     int64_t bx, int64_t by, int sea)
{
    struct tile_segment segment =
        tile_segment_make(ax, ay, bx, by, shore->reach);
    struct tile_region region;
    if (!tile_segment_region(&segment, shore->canvas, &region))
        return;
    tile_raster_include(&shore->region, &region);
    for (int row = region.min_y; row <= region.max_y; row++) {
        int first;
        int last;
        tile_segment_row(&segment, shore->canvas, row, &first, &last);
        uint64_t *nearest =
            shore->nearest + (size_t)row * (size_t)shore->canvas->width;
        int64_t y = (int64_t)row * TILE_GRID_SUB + TILE_GRID_SUB / 2;
        for (int column = first; column <= last; column++) {
            int64_t x = (int64_t)column * TILE_GRID_SUB + TILE_GRID_SUB / 2;
            int64_t away = tile_segment_distance(&segment, x, y);
            int64_t beside = tile_segment_side(&segment, x, y);
            uint64_t key = key_of(away, beside, beside * sea > 0);
            if (nearest[column] == 0 || key < nearest[column])
                nearest[column] = key;
        }
    }
}

void tile_shore_fill(const struct tile_shore *shore)
{
    const struct tile_region *region = &shore->region;
    if (region->min_x > region->max_x)
        return;
    for (int row = region->min_y; row <= region->max_y; row++) {
        size_t start = (size_t)row * (size_t)shore->canvas->width;
        for (int column = region->min_x; column <= region->max_x; column++) {
            uint64_t key = shore->nearest[start + (size_t)column];
            int64_t left = shore->reach + 1 - (int64_t)(key >> 32);
            if (key == 0 || (key & 1) == 0 || left <= 0)
                continue;
            /* squared: strong at the shore, gone gently */
            int64_t share = left * 255 / shore->reach;
            shore->canvas->mask[start + (size_t)column] =
                (uint8_t)(share * share / 255);
        }
    }
    tile_raster_touch(shore->canvas, region);
}
