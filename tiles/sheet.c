/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/sheet.h"

#include <math.h>

struct drawing {
    struct gaz_arena *arena;
    struct tile_ink *ink;
    const struct tile_scene *scene;
    const struct tile_view *view;
    double unit; /* world units of a pixel */
    uint32_t *areas;
    uint32_t *lines;
    uint32_t area_count;
    uint32_t line_count;
};

struct spot {
    double x;
    double y;
};

static struct spot spot_of(const struct drawing *d, struct tile_point point)
{
    return (struct spot){point.x / d->unit - (double)d->view->left,
                         point.y / d->unit - (double)d->view->top};
}

static void trace(const struct drawing *d, struct tile_span span)
{
    const struct tile_point *points = d->scene->shapes.points + span.first;
    for (uint32_t i = 0; i < span.count; i++) {
        struct spot at = spot_of(d, points[i]);
        if (i == 0)
            tile_ink_move(d->ink, at.x, at.y);
        else
            tile_ink_line(d->ink, at.x, at.y);
    }
}

/* ---- areas and lines ---- */

static void fill_areas(const struct drawing *d, const struct tile_op *op,
                       uint32_t pen)
{
    const struct tile_features *f = d->scene->features;
    for (uint32_t i = 0; i < d->area_count; i++) {
        const struct tile_area *area = &f->areas[d->areas[i]];
        if (op->pen_of[d->areas[i]] != pen + 1)
            continue;
        for (uint32_t r = 0; r < area->rings.count; r++) {
            trace(d, d->scene->shapes.rings[area->rings.first + r]);
            tile_ink_shut(d->ink);
        }
    }
    tile_ink_fill(d->ink, op->pens[pen].colour);
}

static void stroke_lines(const struct drawing *d, const struct tile_op *op,
                         uint32_t pen)
{
    const struct tile_pen *p = &op->pens[pen];
    double dashes[TILE_OPS_DASHES];
    for (int i = 0; i < p->dash_count; i++)
        dashes[i] = (double)p->dashes[i] / TILE_GRID_SUB;
    for (uint32_t i = 0; i < d->line_count; i++)
        if (op->pen_of[d->lines[i]] == pen + 1)
            trace(d, d->scene->shapes.lines[d->lines[i]]);
    tile_ink_stroke(d->ink, p->colour, (double)p->width / TILE_GRID_SUB, dashes,
                    p->dash_count);
}

/* ---- the wash beside a coast: ribbons that grow paler ---- */

/* The normal of a line at a vertex, to its right (y down), of its two edges. */
static struct spot normal_at(const struct drawing *d,
                             const struct tile_point *points, uint32_t count,
                             uint32_t i)
{
    struct spot a = spot_of(d, points[i > 0 ? i - 1 : i]);
    struct spot b = spot_of(d, points[i + 1 < count ? i + 1 : i]);
    double length = hypot(b.x - a.x, b.y - a.y);
    if (length <= 0)
        return (struct spot){0, 0};
    return (struct spot){-(b.y - a.y) / length, (b.x - a.x) / length};
}

static void trace_beside(const struct drawing *d, struct tile_span span,
                         double away)
{
    const struct tile_point *points = d->scene->shapes.points + span.first;
    for (uint32_t i = 0; i < span.count; i++) {
        struct spot at = spot_of(d, points[i]);
        struct spot normal = normal_at(d, points, span.count, i);
        at.x += away * normal.x;
        at.y += away * normal.y;
        if (i == 0)
            tile_ink_move(d->ink, at.x, at.y);
        else
            tile_ink_line(d->ink, at.x, at.y);
    }
}

static void wash_lines(const struct drawing *d, const struct tile_op *op)
{
    enum { RIBBONS = 12 };
    double reach = (double)op->pens[0].wash / TILE_GRID_SUB;
    for (int k = 0; k < RIBBONS; k++) {
        double left = 1 - (k + 0.5) / RIBBONS;
        uint32_t colour = op->pens[0].colour;
        uint32_t alpha = (uint32_t)((colour >> 24) * left * left);
        for (uint32_t i = 0; i < d->line_count; i++) {
            uint32_t pen = op->pen_of[d->lines[i]];
            if (pen > 0)
                trace_beside(d, d->scene->shapes.lines[d->lines[i]],
                             op->pens[pen - 1].side * (1 - left) * reach);
        }
        tile_ink_stroke(d->ink, (colour & 0xFFFFFF) | alpha << 24,
                        reach / RIBBONS, NULL, 0);
    }
}

static void draw_op(const struct drawing *d, const struct tile_op *op)
{
    if (op->type == TILE_LAYER_LINE && op->pens[0].wash > 0) {
        wash_lines(d, op);
        return;
    }
    for (uint32_t pen = 0; pen < op->pen_count; pen++)
        if (op->type == TILE_LAYER_FILL)
            fill_areas(d, op, pen);
        else
            stroke_lines(d, op, pen);
}

/* ---- names ---- */

static void draw_labels(const struct drawing *d)
{
    uint32_t *found;
    const struct tile_labels *labels = &d->scene->labels;
    uint32_t count = tile_place_in(d->arena, labels, d->view, &found);
    for (uint32_t i = 0; i < count; i++) {
        const struct tile_label *label = tile_place_label(labels, found[i]);
        if (label->icon)
            tile_ink_icon(d->ink, label->icon,
                          (double)(label->icon_x - d->view->left) + 0.5,
                          (double)(label->icon_y - d->view->top) + 0.5);
        if (label->mark_count > 0)
            tile_ink_marks(d->ink, (double)(label->text_x - d->view->left),
                           (double)(label->text_y - d->view->top), &label->look,
                           label->marks, label->mark_count);
    }
}

void tile_sheet_draw(struct gaz_arena *arena, struct tile_ink *ink,
                     const struct tile_scene *scene,
                     const struct tile_view *view)
{
    enum { WIDEST = 64 }; /* pens reach so far into the view */
    const struct tile_features *f = scene->features;
    struct drawing d = {
        .arena = arena,
        .ink = ink,
        .scene = scene,
        .view = view,
        .unit = (double)(INT64_C(1) << (24 - view->z)),
    };
    struct tile_box window = tile_grid_reach(view, WIDEST);
    d.area_count = tile_boxes_find(arena, f->area_boxes, &window, &d.areas);
    d.line_count = tile_boxes_find(arena, f->line_boxes, &window, &d.lines);
    tile_ink_box(ink, 0, 0, view->width, view->height);
    tile_ink_fill(ink, scene->ops.background);
    for (uint32_t i = 0; i < scene->ops.count; i++)
        draw_op(&d, &scene->ops.items[i]);
    draw_labels(&d);
}
