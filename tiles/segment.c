/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/segment.h"

#include <math.h>

#include "tiles/grid.h"

static int64_t min_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t to_pixel(int64_t sub)
{
    return sub >= 0 ? sub / TILE_GRID_SUB : -((-sub - 1) / TILE_GRID_SUB) - 1;
}

/* IEEE 754 has sqrt rounded correctly: the same on every machine. */
static int64_t root(int64_t square)
{
    return (int64_t)sqrt((double)square);
}

struct tile_segment tile_segment_make(int64_t ax, int64_t ay, int64_t bx,
                                      int64_t by, int64_t reach)
{
    int64_t dx = bx - ax;
    int64_t dy = by - ay;
    int64_t length2 = dx * dx + dy * dy;
    return (struct tile_segment){
        .ax = ax,
        .ay = ay,
        .bx = bx,
        .by = by,
        .dx = dx,
        .dy = dy,
        .length2 = length2,
        .length = max_of(root(length2), 1),
        .reach = reach,
    };
}

bool tile_segment_region(const struct tile_segment *s,
                         const struct tile_canvas *canvas,
                         struct tile_region *out)
{
    int64_t left = to_pixel(min_of(s->ax, s->bx) - s->reach);
    int64_t right = to_pixel(max_of(s->ax, s->bx) + s->reach);
    int64_t top = to_pixel(min_of(s->ay, s->by) - s->reach);
    int64_t bottom = to_pixel(max_of(s->ay, s->by) + s->reach);
    if (right < 0 || left >= canvas->width || bottom < 0 ||
        top >= canvas->height || s->reach <= 0)
        return false;
    *out = (struct tile_region){
        .min_x = (int)max_of(left, 0),
        .min_y = (int)max_of(top, 0),
        .max_x = (int)min_of(right, canvas->width - 1),
        .max_y = (int)min_of(bottom, canvas->height - 1),
    };
    return true;
}

void tile_segment_row(const struct tile_segment *s,
                      const struct tile_canvas *canvas, int row, int *first,
                      int *last)
{
    /* The nearest point of the segment lies in the band around the row. */
    int64_t middle = (int64_t)row * TILE_GRID_SUB + TILE_GRID_SUB / 2;
    int64_t x0 = s->ax;
    int64_t x1 = s->bx;
    int64_t way = s->dy < 0 ? -1 : 1;
    if (s->dy * way > 2 * s->reach) {
        int64_t enter = middle - way * s->reach;
        int64_t leave = middle + way * s->reach;
        if ((enter - s->ay) * way > 0)
            x0 = s->ax + (enter - s->ay) * s->dx / s->dy;
        if ((s->by - leave) * way > 0)
            x1 = s->ax + (leave - s->ay) * s->dx / s->dy;
    }
    /* one sub-pixel more, for the rounded divisions */
    int64_t left = to_pixel(min_of(x0, x1) - s->reach - 1);
    int64_t right = to_pixel(max_of(x0, x1) + s->reach + 1);
    *first = (int)max_of(min_of(left, canvas->width), 0);
    *last = (int)min_of(max_of(right, -1), canvas->width - 1);
}

int64_t tile_segment_distance(const struct tile_segment *s, int64_t x,
                              int64_t y)
{
    int64_t px = x - s->ax;
    int64_t py = y - s->ay;
    int64_t along = px * s->dx + py * s->dy;
    if (along > 0 && along < s->length2) {
        int64_t cross = px * s->dy - py * s->dx;
        return (cross < 0 ? -cross : cross) / s->length;
    }
    if (along > 0) {
        px = x - s->bx;
        py = y - s->by;
    }
    return root(px * px + py * py);
}

int64_t tile_segment_side(const struct tile_segment *s, int64_t x, int64_t y)
{
    return ((y - s->ay) * s->dx - (x - s->ax) * s->dy) / s->length;
}
