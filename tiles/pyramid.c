/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/pyramid.h"

#include <stdlib.h>

#include "tiles/grid.h"
#include "tiles/hilbert.h"
#include "tiles/tile.h"

struct range {
    int min_x;
    int min_y;
    int max_x;
    int max_y;
};

static int tile_of(uint32_t world, int z)
{
    return (int)((uint64_t)world >> (32 - z));
}

static struct range range_of(const struct gaz_box *box, int z)
{
    struct tile_point corner =
        tile_grid_project((struct gaz_coord){box->min.lon, box->max.lat});
    struct tile_point other =
        tile_grid_project((struct gaz_coord){box->max.lon, box->min.lat});
    return (struct range){tile_of(corner.x, z), tile_of(corner.y, z),
                          tile_of(other.x, z), tile_of(other.y, z)};
}

static uint64_t size_of(struct range range)
{
    return (uint64_t)(range.max_x - range.min_x + 1) *
           (uint64_t)(range.max_y - range.min_y + 1);
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static gaz_status check(struct gaz_ctx *ctx, const struct gaz_box *box,
                        int first, int last)
{
    if (first < 0 || last > TILE_ZOOM_MAX || first > last)
        return gaz_fail(ctx, GAZ_INVALID, "zooms go from 0 to %d",
                        TILE_ZOOM_MAX);
    if (!(box->min.lon < box->max.lon) || !(box->min.lat < box->max.lat) ||
        box->min.lon < -180 || box->max.lon > 180 || box->min.lat < -90 ||
        box->max.lat > 90)
        return gaz_fail(ctx, GAZ_INVALID,
                        "the box is west, south, east, north in degrees");
    return GAZ_OK;
}

gaz_status tile_pyramid_list(struct gaz_ctx *ctx, const struct gaz_box *box,
                             int first, int last, uint64_t max, uint64_t **ids,
                             uint64_t *count)
{
    gaz_status status = check(ctx, box, first, last);
    if (status != GAZ_OK)
        return status;
    *count = 0;
    for (int z = first; z <= last; z++)
        *count += size_of(range_of(box, z));
    if (*count > max)
        return gaz_fail(ctx, GAZ_LIMIT, "%llu tiles; at most %llu at a time",
                        (unsigned long long)*count, (unsigned long long)max);
    *ids = gaz_malloc(*count * sizeof **ids);
    uint64_t *next = *ids;
    for (int z = first; z <= last; z++) {
        struct range range = range_of(box, z);
        for (int y = range.min_y; y <= range.max_y; y++)
            for (int x = range.min_x; x <= range.max_x; x++)
                *next++ = tile_hilbert_id((struct tile_address){z, x, y});
    }
    qsort(*ids, *count, sizeof **ids, by_id);
    return GAZ_OK;
}
