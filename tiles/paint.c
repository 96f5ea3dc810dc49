/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/paint.h"

#include "tiles/draw.h"

struct painting {
    struct gaz_arena *arena;
    const struct tile_scene *scene;
    const struct tile_view *view;
    struct tile_canvas *canvas;
    uint32_t *areas; /* that meet the window */
    uint32_t *lines;
    uint32_t area_count;
    uint32_t line_count;
};

/* Areas of one pen share a mask: no background shines through where two meet.
 */
static void fill_areas(const struct painting *p, const struct tile_op *op,
                       uint32_t pen)
{
    const struct tile_features *f = p->scene->features;
    for (uint32_t i = 0; i < p->area_count; i++)
        if (op->pen_of[p->areas[i]] == pen + 1)
            tile_draw_area(p->canvas, p->view, &p->scene->shapes,
                           &f->areas[p->areas[i]]);
    tile_raster_paint(p->canvas, op->pens[pen].colour);
}

static void stroke_lines(const struct painting *p, const struct tile_op *op,
                         uint32_t pen)
{
    for (uint32_t i = 0; i < p->line_count; i++)
        if (op->pen_of[p->lines[i]] == pen + 1)
            tile_draw_line(p->canvas, p->view, &p->scene->shapes, p->lines[i],
                           &op->pens[pen]);
    tile_raster_paint(p->canvas, op->pens[pen].colour);
}

/* Washes of one colour and width are one wash, whichever their side. */
static void wash_lines(const struct painting *p, const struct tile_op *op)
{
    struct tile_shore shore;
    const struct tile_pen *first = &op->pens[0];
    bool is_open = false;
    for (uint32_t i = 0; i < p->line_count; i++) {
        uint32_t pen = op->pen_of[p->lines[i]];
        if (pen == 0)
            continue;
        if (!is_open)
            tile_shore_open(p->arena, p->canvas, first->wash * p->view->scale,
                            &shore);
        is_open = true;
        tile_draw_shore(&shore, p->view, &p->scene->shapes, p->lines[i],
                        op->pens[pen - 1].side);
    }
    if (!is_open)
        return;
    tile_shore_fill(&shore);
    tile_raster_paint(p->canvas, first->colour);
}

static void paint_op(const struct painting *p, const struct tile_op *op)
{
    if (op->type == TILE_LAYER_LINE && op->pens[0].wash > 0) {
        wash_lines(p, op);
        return;
    }
    for (uint32_t pen = 0; pen < op->pen_count; pen++)
        if (op->type == TILE_LAYER_FILL)
            fill_areas(p, op, pen);
        else
            stroke_lines(p, op, pen);
}

/* ---- labels ---- */

static const struct tile_glyph *glyph_of(const struct painting *p,
                                         const struct tile_label *label,
                                         const struct tile_mark *mark)
{
    struct tile_glyph_key key = {
        .glyph = mark->glyph,
        .face = mark->face,
        .turn = mark->turn,
        .size = label->look.size,
        .scale = p->view->scale,
        .halo = label->look.halo_64th,
        .middle = mark->middle,
    };
    return tile_glyph_get(p->scene->font, &key);
}

static int64_t to_pixel(int64_t corner, int32_t pen, int scale)
{
    return corner * scale + (((int64_t)pen * scale + 32) >> 6);
}

/* All halos first, so that none eats a neighbour's stroke. */
static void paint_text(const struct painting *p, const struct tile_label *label,
                       const struct tile_glyph *const *glyphs)
{
    int scale = p->view->scale;
    for (uint32_t k = 0; k < 2 * label->mark_count; k++) {
        bool is_halo = k < label->mark_count;
        uint32_t i = k % label->mark_count;
        const struct tile_mark *mark = &label->marks[i];
        if (!glyphs[i] || (is_halo && label->look.halo_64th == 0))
            continue;
        tile_raster_stamp(
            p->canvas, is_halo ? &glyphs[i]->halo : &glyphs[i]->fill,
            to_pixel(label->text_x, mark->dx, scale) - p->view->left,
            to_pixel(label->text_y, mark->dy, scale) - p->view->top,
            is_halo ? label->look.halo_colour : label->look.colour);
    }
}

static void paint_icon(const struct painting *p, const struct tile_label *label)
{
    int scale = p->view->scale;
    int reach = label->icon->side * scale / 2;
    tile_icon_stamp(p->canvas, &label->icon->pictures[scale - 1],
                    label->icon_x * scale + scale / 2 - reach - p->view->left,
                    label->icon_y * scale + scale / 2 - reach - p->view->top);
}

static void paint_labels(const struct painting *p)
{
    uint32_t *found;
    const struct tile_labels *labels = &p->scene->labels;
    uint32_t count = tile_place_in(p->arena, labels, p->view, &found);
    uint32_t total = 0;
    for (uint32_t i = 0; i < count; i++)
        total += tile_place_label(labels, found[i])->mark_count;
    const struct tile_glyph **glyphs =
        gaz_arena_array(p->arena, total, sizeof(void *));
    uint32_t at = 0;
    tile_glyph_lock(p->scene->font);
    for (uint32_t i = 0; i < count; i++) {
        const struct tile_label *label = tile_place_label(labels, found[i]);
        for (uint32_t k = 0; k < label->mark_count; k++)
            glyphs[at++] = glyph_of(p, label, &label->marks[k]);
    }
    tile_glyph_unlock(p->scene->font);
    at = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct tile_label *label = tile_place_label(labels, found[i]);
        if (label->icon)
            paint_icon(p, label);
        if (label->mark_count > 0)
            paint_text(p, label, glyphs + at);
        at += label->mark_count;
    }
}

void tile_paint(struct gaz_arena *arena, const struct tile_scene *scene,
                const struct tile_view *view, struct tile_canvas *out)
{
    enum { MARGIN_PX = 64 }; /* wider than half of any stroke */
    struct painting p = {
        .arena = arena, .scene = scene, .view = view, .canvas = out};
    struct tile_box window = tile_grid_reach(view, MARGIN_PX);
    p.area_count =
        tile_boxes_find(arena, scene->features->area_boxes, &window, &p.areas);
    p.line_count =
        tile_boxes_find(arena, scene->features->line_boxes, &window, &p.lines);
    tile_raster_open(arena, view->width, view->height, scene->ops.background,
                     out);
    for (uint32_t i = 0; i < scene->ops.count; i++)
        paint_op(&p, &scene->ops.items[i]);
    paint_labels(&p);
}
