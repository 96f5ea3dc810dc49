/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/paint.h"

#include "tiles/draw.h"

struct painting {
    struct gaz_arena *arena;
    const struct tile_scene *scene;
    const struct tile_view *view;
    struct tile_canvas *canvas;
    struct tile_box window;
    enum tile_layer layer;
};

static bool is_area_shown(const struct painting *p,
                          const struct tile_area *area)
{
    return area->level == GAZ_LEVEL_COUNTY &&
           tile_grid_meets(&area->box, &p->window);
}

/* First all the land in one mask, so that no background shines through where
 * two counties meet; then a tint for each. */
static void paint_areas(const struct painting *p, const uint32_t *tints,
                        bool has_land)
{
    const struct tile_features *f = p->scene->features;
    const struct tile_shapes *shapes = &p->scene->shapes;
    for (uint32_t i = 0; has_land && i < f->area_count; i++)
        if (is_area_shown(p, &f->areas[i]))
            tile_draw_area(p->canvas, p->view, shapes, &f->areas[i]);
    tile_raster_paint(p->canvas, TILE_STYLE_LAND);
    for (uint32_t i = 0; i < f->area_count; i++) {
        if (!is_area_shown(p, &f->areas[i]))
            continue;
        tile_draw_area(p->canvas, p->view, shapes, &f->areas[i]);
        tile_raster_paint(p->canvas, tints[f->areas[i].tint]);
    }
}

static void paint_shore(const struct painting *p)
{
    const struct tile_features *f = p->scene->features;
    struct tile_shore shore;
    int reach = tile_style_shore_sub(p->view->z) * p->view->scale;
    bool is_open = false;
    for (uint32_t i = 0; i < f->line_count; i++) {
        const struct tile_line *line = &f->lines[i];
        if (line->sea == 0 || !tile_grid_meets(&line->box, &p->window))
            continue;
        if (!is_open)
            tile_shore_open(p->arena, p->canvas, reach, &shore);
        is_open = true;
        tile_draw_shore(&shore, p->view, &p->scene->shapes, i, line->sea);
    }
    if (!is_open)
        return;
    tile_shore_fill(&shore);
    tile_raster_paint(p->canvas, TILE_STYLE_SHORE);
}

static void paint_strokes(const struct painting *p)
{
    const struct tile_features *f = p->scene->features;
    for (int s = 0; s < TILE_STYLE_STROKE_COUNT; s++) {
        const struct tile_stroke_style *style = &TILE_STYLE_STROKES[s];
        if (!(style->layers & (int)p->layer) || p->view->z < style->from)
            continue;
        for (uint32_t i = 0; i < f->line_count; i++)
            if (tile_style_matches(style, &f->lines[i]) &&
                tile_grid_meets(&f->lines[i].box, &p->window))
                tile_draw_line(p->canvas, p->view, &p->scene->shapes, i, style);
        tile_raster_paint(p->canvas, style->colour);
    }
}

/* Draws characters whose corner is at pixel (x, y) of scale 1: all halos first,
 * so that none eats a neighbour's stroke. */
static void stamp_runs(const struct painting *p, const struct tile_run *runs,
                       uint32_t count, const int64_t corner[2], uint32_t colour)
{
    int64_t left = corner[0] * p->view->scale - p->view->left;
    int64_t top = corner[1] * p->view->scale - p->view->top;
    for (uint32_t i = 0; i < count; i++)
        tile_raster_stamp(p->canvas, &runs[i].glyph->halo, left + runs[i].dx,
                          top + runs[i].dy, TILE_STYLE_HALO);
    for (uint32_t i = 0; i < count; i++)
        tile_raster_stamp(p->canvas, &runs[i].glyph->fill, left + runs[i].dx,
                          top + runs[i].dy, colour);
}

static void paint_label(const struct painting *p, uint32_t number)
{
    const struct tile_label *label = &p->scene->labels.items[number];
    const struct tile_typeset *set = &p->scene->typeset[number];
    const struct tile_text_style *style = &TILE_STYLE_TEXT[label->class];
    if (!(style->layers & (int)p->layer))
        return;
    if (label->has_icon)
        tile_draw_icon(p->canvas, p->view, style, label->icon_x, label->icon_y,
                       label->site->is_approximate);
    if (set->digit_count > 0) {
        int64_t corner[2] = {label->icon_x - set->digits_width / 2,
                             label->icon_y - set->digits_height / 2};
        stamp_runs(p, set->digits, set->digit_count, corner,
                   TILE_STYLE_DIGITS.colour);
    }
    bool is_made_up = label->site && label->site->is_synthetic;
    int64_t corner[2] = {label->text_x, label->text_y};
    stamp_runs(p, set->runs, set->run_count, corner,
               is_made_up ? TILE_STYLE_SYNTHETIC : style->colour);
}

static void paint_labels(const struct painting *p)
{
    uint32_t *found;
    uint32_t count =
        tile_place_in(p->arena, &p->scene->labels, p->view, &found);
    for (uint32_t i = 0; i < count; i++)
        paint_label(p, found[i]);
}

void tile_paint(struct gaz_arena *arena, const struct tile_scene *scene,
                enum tile_layer layer, const struct tile_view *view,
                struct tile_canvas *out)
{
    enum { MARGIN_PX = 64 }; /* wider than half of any stroke */
    struct painting p = {
        .arena = arena,
        .scene = scene,
        .view = view,
        .canvas = out,
        .window = tile_grid_reach(view, MARGIN_PX),
        .layer = layer,
    };
    uint32_t background = layer == TILE_LAYER_BASE ? TILE_STYLE_BACKGROUND : 0;
    tile_raster_open(arena, view->width, view->height, background, out);
    if (layer == TILE_LAYER_BASE) {
        paint_areas(&p, TILE_STYLE_TINT, true);
        paint_shore(&p);
    } else if (layer == TILE_LAYER_DIVISIONS) {
        paint_areas(&p, TILE_STYLE_GLASS, false);
    }
    paint_strokes(&p);
    paint_labels(&p);
}
