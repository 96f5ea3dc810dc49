/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/grid.h"

#include <math.h>

#include "tiles/tile.h"

static const double WORLD = 4294967296.0; /* 2^32 */
static const double PI = 3.14159265358979323846;
static const double LAT_MAX = 85.05112877980659; /* where the square ends */

static uint32_t to_unit(double fraction)
{
    double unit = floor(fraction * WORLD);
    if (!(unit > 0))
        return 0;
    return unit >= WORLD ? UINT32_MAX : (uint32_t)unit;
}

struct tile_point tile_grid_project(struct gaz_coord coord)
{
    double lat = coord.lat > LAT_MAX    ? LAT_MAX
                 : coord.lat < -LAT_MAX ? -LAT_MAX
                                        : coord.lat;
    double north = asinh(tan(lat * PI / 180)); /* 0 at the equator, PI at top */
    return (struct tile_point){
        .x = to_unit((coord.lon + 180) / 360),
        .y = to_unit(0.5 - north / (2 * PI)),
    };
}

struct gaz_coord tile_grid_unproject(struct tile_point point)
{
    double north = (0.5 - (double)point.y / WORLD) * 2 * PI;
    return (struct gaz_coord){
        .lon = (double)point.x / WORLD * 360 - 180,
        .lat = atan(sinh(north)) * 180 / PI,
    };
}

struct tile_view tile_grid_view(int z, int x, int y, int scale)
{
    int size = 256 * scale;
    return (struct tile_view){
        .z = z,
        .scale = scale,
        .left = (int64_t)x * size,
        .top = (int64_t)y * size,
        .width = size,
        .height = size,
    };
}

bool tile_grid_is_valid(int z, int x, int y)
{
    if (z < 0 || z > TILE_ZOOM_MAX)
        return false;
    int side = 1 << z;
    return x >= 0 && x < side && y >= 0 && y < side;
}

/* The first world unit of a pixel. */
static int64_t to_world(int64_t pixel, const struct tile_view *view)
{
    return (int64_t)((uint64_t)pixel << (24 - view->z)) / view->scale;
}

struct tile_box tile_grid_reach(const struct tile_view *view, int margin_px)
{
    int64_t margin = (int64_t)margin_px << (24 - view->z);
    return (struct tile_box){
        .min_x = to_world(view->left, view) - margin,
        .min_y = to_world(view->top, view) - margin,
        .max_x = to_world(view->left + view->width, view) + margin,
        .max_y = to_world(view->top + view->height, view) + margin,
    };
}

struct tile_box tile_grid_box(const struct tile_point *points, uint32_t count)
{
    struct tile_box box = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN};
    for (uint32_t i = 0; i < count; i++) {
        int64_t x = points[i].x;
        int64_t y = points[i].y;
        box.min_x = x < box.min_x ? x : box.min_x;
        box.min_y = y < box.min_y ? y : box.min_y;
        box.max_x = x > box.max_x ? x : box.max_x;
        box.max_y = y > box.max_y ? y : box.max_y;
    }
    return box;
}
