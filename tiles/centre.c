/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/centre.h"

#include <math.h>

enum { GRID = 12, ROUNDS = 6, KEPT = 8, CORNERS_MAX = 600 };

/* The rings of one area, thinned: a name's place needs no more. */
struct outline {
    const struct tile_point *points;
    const struct tile_ring *rings;
    uint32_t count;
    uint32_t step; /* every n-th vertex */
};

/* A square and how deep its middle lies; negative: outside. */
struct cell {
    double x;
    double y;
    double depth;
};

static struct tile_point corner(const struct outline *o, uint32_t ring,
                                uint32_t number)
{
    struct tile_span span = o->rings[ring].points;
    uint32_t at = number * o->step;
    at = at < span.count - 1 ? at : span.count - 1;
    return o->points[span.first + at];
}

static double depth_of(const struct outline *o, double x, double y)
{
    double nearest = INFINITY;
    bool is_inside = false;
    for (uint32_t r = 0; r < o->count; r++) {
        uint32_t count = o->rings[r].points.count;
        uint32_t edges = count > 0 ? (count - 1 + o->step - 1) / o->step : 0;
        for (uint32_t i = 0; i < edges; i++) {
            struct tile_point a = corner(o, r, i);
            struct tile_point b = corner(o, r, i + 1);
            double dx = (double)b.x - a.x;
            double dy = (double)b.y - a.y;
            double px = x - a.x;
            double py = y - a.y;
            double length2 = dx * dx + dy * dy;
            double t = length2 > 0 ? (px * dx + py * dy) / length2 : 0;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            double ex = px - t * dx;
            double ey = py - t * dy;
            nearest = fmin(nearest, ex * ex + ey * ey);
            if ((a.y > y) != (b.y > y) && px < dx * py / dy)
                is_inside = !is_inside;
        }
    }
    return is_inside ? sqrt(nearest) : -sqrt(nearest);
}

/* Keeps the deepest, in order. */
static void offer(struct cell *best, struct cell cell)
{
    for (int i = 0; i < KEPT; i++)
        if (cell.depth > best[i].depth) {
            struct cell moved = best[i];
            best[i] = cell;
            cell = moved;
        }
}

static struct tile_box box_of(const struct outline *o, uint32_t *corners)
{
    struct tile_box box = tile_grid_box(NULL, 0);
    *corners = 0;
    for (uint32_t r = 0; r < o->count; r++) {
        struct tile_span span = o->rings[r].points;
        struct tile_box one = tile_grid_box(o->points + span.first, span.count);
        *corners += span.count;
        box.min_x = one.min_x < box.min_x ? one.min_x : box.min_x;
        box.min_y = one.min_y < box.min_y ? one.min_y : box.min_y;
        box.max_x = one.max_x > box.max_x ? one.max_x : box.max_x;
        box.max_y = one.max_y > box.max_y ? one.max_y : box.max_y;
    }
    return box;
}

static void search(const struct outline *o, struct tile_box box,
                   struct cell *best)
{
    double wide = (double)(box.max_x - box.min_x) / GRID;
    double high = (double)(box.max_y - box.min_y) / GRID;
    for (int i = 0; i < GRID * GRID; i++) {
        const int column = i % GRID;
        const int row = i / GRID;
        struct cell cell = {(double)box.min_x + wide * (column + 0.5),
                            (double)box.min_y + high * (row + 0.5), 0};
        cell.depth = depth_of(o, cell.x, cell.y);
        offer(best, cell);
    }
    for (int round = 0; round < ROUNDS; round++) {
        struct cell from[KEPT];
        for (int i = 0; i < KEPT; i++)
            from[i] = best[i];
        wide /= 2;
        high /= 2;
        for (int i = 0; i < 4 * KEPT; i++) {
            struct cell cell = from[i / 4];
            cell.x += i % 2 ? wide / 2 : -wide / 2;
            cell.y += i / 2 % 2 ? high / 2 : -high / 2;
            cell.depth = depth_of(o, cell.x, cell.y);
            offer(best, cell);
        }
    }
}

struct tile_point tile_centre_find(const struct tile_point *points,
                                   const struct tile_ring *rings,
                                   uint32_t ring_count)
{
    struct outline o = {points, rings, ring_count, 1};
    uint32_t corners;
    struct tile_box box = box_of(&o, &corners);
    if (box.min_x > box.max_x)
        return (struct tile_point){0, 0};
    o.step = corners / CORNERS_MAX + 1;
    struct cell best[KEPT];
    for (int i = 0; i < KEPT; i++)
        best[i] = (struct cell){0, 0, -INFINITY};
    if (corners <= 6) { /* a box: 30,000 buildings should not cost a second */
        return (struct tile_point){(uint32_t)((box.min_x + box.max_x) / 2),
                                   (uint32_t)((box.min_y + box.max_y) / 2)};
    }
    search(&o, box, best);
    return (struct tile_point){(uint32_t)best[0].x, (uint32_t)best[0].y};
}
