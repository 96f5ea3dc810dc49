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

struct pen {
    struct tile_canvas *canvas;
    const struct tile_view *view;
    const struct tile_stroke_style *style;
    int half; /* sub-pixels of the view's scale */
};

static void stroke(const struct pen *pen, struct tile_point from,
                   struct tile_point to)
{
    struct spot a = spot_of(pen->view, from);
    struct spot b = spot_of(pen->view, to);
    tile_raster_stroke(pen->canvas, a.x, a.y, b.x, b.y, pen->half);
}

static int64_t pattern_length(const uint8_t *dashes)
{
    int64_t length = 0;
    for (; *dashes; dashes++)
        length += *dashes;
    return length;
}

static void dash_edge(const struct pen *pen, const struct edge *edge)
{
    const uint8_t *dashes = pen->style->dashes;
    int unit = 24 - pen->view->z; /* a pixel of scale 1 is 2^unit */
    int64_t period = pattern_length(dashes) << unit;
    assert(period > 0);
    for (int64_t at = edge->start; at < edge->end;) {
        int64_t phase = at % period;
        int number = 0;
        int64_t stop = (int64_t)dashes[0] << unit;
        while (stop <= phase)
            stop += (int64_t)dashes[++number] << unit;
        int64_t next = at + stop - phase;
        next = next < edge->end ? next : edge->end;
        if (number % 2 == 0)
            stroke(pen, along(edge, at), along(edge, next));
        at = next;
    }
}

void tile_draw_line(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes, uint32_t number,
                    const struct tile_stroke_style *style)
{
    struct pen pen = {
        .canvas = canvas,
        .view = view,
        .style = style,
        .half = tile_style_width_sub(style, view->z) * view->scale / 2,
    };
    struct tile_span span = shapes->lines[number];
    struct tile_box window = tile_grid_reach(view, 2 + pen.half / SUB);
    for (uint32_t i = 0; i + 1 < span.count; i++) {
        const struct tile_point *points = shapes->points + span.first + i;
        const int64_t *lengths = shapes->lengths + span.first + i;
        struct edge edge = {points[0], points[1], lengths[0], lengths[1]};
        struct tile_box box = tile_grid_box(points, 2);
        if (!tile_grid_meets(&box, &window))
            continue;
        if (style->dashes)
            dash_edge(&pen, &edge);
        else
            stroke(&pen, edge.a, edge.b);
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

/* ---- icons ---- */

static void disc(struct tile_canvas *canvas, struct spot at, int radius_sub,
                 uint32_t colour)
{
    tile_raster_stroke(canvas, at.x, at.y, at.x, at.y, radius_sub);
    tile_raster_paint(canvas, colour);
}

static void diamond(struct tile_canvas *canvas, struct spot at, int radius_sub,
                    uint32_t colour)
{
    const struct spot corners[5] = {
        {at.x, at.y - radius_sub}, {at.x + radius_sub, at.y},
        {at.x, at.y + radius_sub}, {at.x - radius_sub, at.y},
        {at.x, at.y - radius_sub},
    };
    for (int i = 0; i < 4; i++)
        tile_raster_edge(canvas, corners[i].x, corners[i].y, corners[i + 1].x,
                         corners[i + 1].y);
    tile_raster_fill(canvas);
    tile_raster_paint(canvas, colour);
}

void tile_draw_icon(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_text_style *style, int64_t x, int64_t y,
                    bool is_hollow)
{
    const uint32_t white = 0xFFFFFFFF;
    int unit = SUB * view->scale;
    int radius = style->icon_radius * unit;
    struct spot at = {
        (x * view->scale - view->left) * SUB + unit / 2,
        (y * view->scale - view->top) * SUB + unit / 2,
    };
    switch (style->icon) {
    case TILE_ICON_NONE:
        break;
    case TILE_ICON_RING:
        disc(canvas, at, radius + unit, white);
        disc(canvas, at, radius, style->colour);
        disc(canvas, at, radius - unit * 5 / 4, white);
        break;
    case TILE_ICON_DOT:
        disc(canvas, at, radius + unit / 2, white);
        disc(canvas, at, radius - unit / 4, style->colour);
        break;
    case TILE_ICON_DIAMOND:
        diamond(canvas, at, radius + unit, white);
        diamond(canvas, at, radius, 0xFFC62F27);
        diamond(canvas, at, is_hollow ? radius - unit * 2 : unit * 2, white);
        break;
    case TILE_ICON_COUNT:
        disc(canvas, at, radius + unit, white);
        disc(canvas, at, radius, 0xFFC62F27);
        disc(canvas, at, radius - unit * 3 / 2, white);
        break;
    }
}
