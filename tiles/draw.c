/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/draw.h"

#include <assert.h>

enum { SUB = TILE_GRID_SUB };

/* A position in the window, in sub-pixels. */
struct spot {
    int64_t x;
    int64_t y;
};

static struct spot spot_of(const struct tile_view *view,
                           struct tile_point point)
{
    return (struct spot){
        tile_grid_sub(point.x, view->z, view->scale) - view->left * SUB,
        tile_grid_sub(point.y, view->z, view->scale) - view->top * SUB,
    };
}

void tile_draw_area(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes,
                    const struct tile_area *area)
{
    for (uint32_t r = 0; r < area->rings.count; r++) {
        struct tile_span span = shapes->rings[area->rings.first + r];
        for (uint32_t i = 0; i + 1 < span.count; i++) {
            struct spot a = spot_of(view, shapes->points[span.first + i]);
            struct spot b = spot_of(view, shapes->points[span.first + i + 1]);
            tile_raster_edge(canvas, a.x, a.y, b.x, b.y);
        }
    }
    tile_raster_fill(canvas);
}

/* ---- lines ---- */

/* One edge of a line on its way through the dash pattern. */
struct edge {
    struct tile_point a;
    struct tile_point b;
    int64_t start; /* world units from the line's start, at a and at b */
    int64_t end;
};

static struct tile_point along(const struct edge *edge, int64_t length)
{
    int64_t whole = edge->end - edge->start;
    int64_t part = length - edge->start;
    if (whole <= 0)
        return edge->a;
    return (struct tile_point){
        (uint32_t)(edge->a.x + ((int64_t)edge->b.x - edge->a.x) * part / whole),
        (uint32_t)(edge->a.y + ((int64_t)edge->b.y - edge->a.y) * part / whole),
    };
}

struct drawing {
    struct tile_canvas *canvas;
    const struct tile_view *view;
    const struct tile_pen *pen;
    int half; /* sub-pixels of the view's scale */
};

static void stroke(const struct drawing *d, struct tile_point from,
                   struct tile_point to)
{
    struct spot a = spot_of(d->view, from);
    struct spot b = spot_of(d->view, to);
    tile_raster_stroke(d->canvas, a.x, a.y, b.x, b.y, d->half);
}

/* 1/256 pixel of scale 1, in world units. */
static int64_t to_world(const struct drawing *d, int sub)
{
    int64_t world = ((int64_t)sub << (24 - d->view->z)) / SUB;
    return world > 0 ? world : 1;
}

static void dash_edge(const struct drawing *d, const struct edge *edge)
{
    const struct tile_pen *pen = d->pen;
    int64_t lengths[TILE_OPS_DASHES] = {0};
    int64_t period = 0;
    for (int i = 0; i < pen->dash_count; i++)
        period += lengths[i] = to_world(d, pen->dashes[i]);
    for (int64_t at = edge->start; at < edge->end;) {
        int64_t phase = at % period;
        int number = 0;
        int64_t stop = lengths[0];
        while (stop <= phase)
            stop += lengths[++number];
        int64_t next = at + stop - phase;
        next = next < edge->end ? next : edge->end;
        if (number % 2 == 0)
            stroke(d, along(edge, at), along(edge, next));
        at = next;
    }
}

void tile_draw_line(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes, uint32_t number,
                    const struct tile_pen *pen)
{
    struct drawing d = {
        .canvas = canvas,
        .view = view,
        .pen = pen,
        .half = pen->width * view->scale / 2,
    };
    struct tile_span span = shapes->lines[number];
    struct tile_box window = tile_grid_reach(view, 2 + pen->width / 2 / SUB);
    for (uint32_t i = 0; i + 1 < span.count; i++) {
        const struct tile_point *points = shapes->points + span.first + i;
        const int64_t *lengths = shapes->lengths + span.first + i;
        struct edge edge = {points[0], points[1], lengths[0], lengths[1]};
        struct tile_box box = tile_grid_box(points, 2);
        if (!tile_grid_meets(&box, &window))
            continue;
        if (pen->dash_count > 0)
            dash_edge(&d, &edge);
        else
            stroke(&d, edge.a, edge.b);
    }
}

void tile_draw_shore(struct tile_shore *shore, const struct tile_view *view,
                     const struct tile_shapes *shapes, uint32_t number, int sea)
{
    struct tile_span span = shapes->lines[number];
    for (uint32_t i = 0; i + 1 < span.count; i++) {
        struct spot a = spot_of(view, shapes->points[span.first + i]);
        struct spot b = spot_of(view, shapes->points[span.first + i + 1]);
        tile_shore_edge(shore, a.x, a.y, b.x, b.y, sea);
    }
}
