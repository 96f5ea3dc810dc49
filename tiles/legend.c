/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/legend.h"

#include <string.h>

#include "tiles/maker.h"

enum {
    ROW = 20,
    HEAD = 26,
    MARGIN = 10,
    SWATCH = 34,
    GAP = 8,
    ROWS_MAX = 32,
    OPS_MAX = 4,
    TINTS_SHOWN = 3,
};

static const struct tile_text_look WORDS = {
    .size = 12, .colour = 0xFF33383C, .wrap = 0};
static const struct tile_text_look TITLE = {
    .size = 14, .is_bold = true, .colour = 0xFF33383C, .spacing_64th = 128};

/* ---- gathering ---- */

static struct tile_legend_row *row_of(struct tile_legend *legend,
                                      const char *words)
{
    for (uint32_t i = 0; i < legend->count; i++)
        if (strcmp(legend->rows[i].words, words) == 0)
            return &legend->rows[i];
    if (legend->count == ROWS_MAX)
        return NULL;
    struct tile_legend_row *row = &legend->rows[legend->count++];
    row->words = words;
    return row;
}

static bool shows_areas(const struct tile_scene *scene,
                        const struct tile_op *op, const struct tile_box *window)
{
    const struct tile_features *f = scene->features;
    bool is_fill = op->type == TILE_LAYER_FILL;
    uint32_t count = is_fill ? f->area_count : f->line_count;
    for (uint32_t i = 0; i < count; i++)
        if (op->pen_of[i] != 0 &&
            (!window ||
             tile_grid_meets(is_fill ? &f->areas[i].box : &f->lines[i].box,
                             window)))
            return true;
    return false;
}

static bool shows_labels(struct gaz_ctx *ctx, const struct tile_scene *scene,
                         uint32_t layer, const struct tile_view *view)
{
    uint32_t *found = NULL;
    const struct tile_labels *labels = &scene->labels;
    uint32_t count =
        view ? tile_place_in(&ctx->arena, labels, view, &found) : labels->count;
    for (uint32_t i = 0; i < count; i++)
        if (tile_place_label(labels, found ? found[i] : i)->order.layer ==
            layer)
            return true;
    return false;
}

static void add_op(struct tile_legend *legend, const struct tile_op *op)
{
    struct tile_legend_row *row = row_of(legend, op->layer->legend);
    if (row && row->op_count < OPS_MAX)
        row->ops[row->op_count++] = op;
}

/* An icon with a number on it, "cluster-" and a count, is shown without one: a
 * legend has no feature that counts. */
static const struct tile_icon *icon_of(struct gaz_arena *arena,
                                       const struct tile_icons *icons,
                                       const char *image)
{
    size_t size = strlen(image);
    if (size > 1 && image[size - 1] == '-')
        image = gaz_arena_strndup(arena, image, size - 1);
    return size > 0 ? tile_icon_find(icons, image) : NULL;
}

static void add_symbol(struct gaz_ctx *ctx, struct tile_legend *legend,
                       const struct tile_style_layer *layer, int z,
                       const struct tile_icons *icons)
{
    struct tile_env env = tile_ops_env(&ctx->arena, z);
    struct tile_legend_row *row = row_of(legend, layer->legend);
    if (!row)
        return;
    const char *image = tile_style_text(layer, TILE_ICON_IMAGE, &env);
    row->icon = icon_of(&ctx->arena, icons, image);
    row->has_text = true;
    row->look = (struct tile_text_look){
        .size = 12,
        .colour =
            tile_style_colour(layer, TILE_TEXT_COLOR, TILE_PROPERTIES, &env),
    };
}

static void measure(struct gaz_ctx *ctx, struct tile_ink *ink,
                    struct tile_legend *legend)
{
    double widest = tile_ink_width(ctx, ink, &TITLE, "图例");
    for (uint32_t i = 0; i < legend->count; i++) {
        double width = tile_ink_width(ctx, ink, &WORDS, legend->rows[i].words);
        widest = width > widest ? width : widest;
    }
    legend->width = 2 * MARGIN + SWATCH + GAP + widest;
    legend->height = HEAD + ROW * (double)legend->count + MARGIN;
}

void tile_legend_make(struct gaz_ctx *ctx, struct tile_ink *ink,
                      const struct tile_scene *scene,
                      const struct tile_icons *icons,
                      const struct tile_style *style, int z,
                      const struct tile_view *view, struct tile_legend *out)
{
    struct tile_box window;
    if (view)
        window = tile_grid_reach(view, 0);
    *out = (struct tile_legend){
        .rows = gaz_arena_array(&ctx->arena, ROWS_MAX, sizeof *out->rows)};
    for (uint32_t i = 0; i < scene->ops.count; i++)
        if (scene->ops.items[i].layer->legend &&
            shows_areas(scene, &scene->ops.items[i], view ? &window : NULL))
            add_op(out, &scene->ops.items[i]);
    for (size_t i = style->count; i > 0; i--) {
        const struct tile_style_layer *layer = &style->layers[i - 1];
        if (layer->type == TILE_LAYER_SYMBOL && layer->legend &&
            shows_labels(ctx, scene, (uint32_t)(style->count - i), view))
            add_symbol(ctx, out, layer, z, icons);
    }
    measure(ctx, ink, out);
}

/* ---- drawing ---- */

static void draw_fill(struct tile_ink *ink, const struct tile_op *op, double x,
                      double y)
{
    uint32_t count = op->pen_count < TINTS_SHOWN ? op->pen_count : TINTS_SHOWN;
    double width = (double)SWATCH / count;
    for (uint32_t i = 0; i < count; i++) {
        tile_ink_box(ink, x + width * i, y - 6, width, 12);
        tile_ink_fill(ink, op->pens[i].colour);
    }
    tile_ink_box(ink, x, y - 6, SWATCH, 12);
    tile_ink_stroke(ink, 0x60808080, 0.5, NULL, 0);
}

static void draw_line(struct tile_ink *ink, const struct tile_op *op, double x,
                      double y)
{
    double dashes[TILE_OPS_DASHES];
    const struct tile_pen *pen = &op->pens[0];
    double width = (double)pen->width / TILE_GRID_SUB;
    for (int i = 0; i < pen->dash_count; i++)
        dashes[i] = (double)pen->dashes[i] / TILE_GRID_SUB;
    tile_ink_move(ink, x, y);
    tile_ink_line(ink, x + SWATCH, y);
    tile_ink_stroke(ink, pen->colour, width > 8 ? 8 : width, dashes,
                    pen->dash_count);
}

static void draw_row(struct gaz_ctx *ctx, struct tile_ink *ink,
                     const struct tile_legend_row *row, double x, double y)
{
    for (int i = 0; i < row->op_count; i++)
        if (row->ops[i]->type == TILE_LAYER_FILL)
            draw_fill(ink, row->ops[i], x, y);
        else
            draw_line(ink, row->ops[i], x, y);
    if (row->icon)
        tile_ink_icon(ink, row->icon, x + SWATCH / 2.0, y);
    else if (row->has_text)
        (void)tile_ink_words(ctx, ink, x + SWATCH / 2.0, y - 9, &row->look,
                             "名", 1);
    (void)tile_ink_words(ctx, ink, x + SWATCH + GAP, y - 9, &WORDS, row->words,
                         0);
}

void tile_legend_draw(struct gaz_ctx *ctx, struct tile_ink *ink,
                      const struct tile_legend *legend, double x, double y)
{
    tile_ink_box(ink, x, y, legend->width, legend->height);
    tile_ink_fill(ink, 0xF0FFFFFF);
    tile_ink_box(ink, x + 0.5, y + 0.5, legend->width - 1, legend->height - 1);
    tile_ink_stroke(ink, 0xFFB0B0B0, 0.7, NULL, 0);
    (void)tile_ink_words(ctx, ink, x + legend->width / 2, y + 5, &TITLE, "图例",
                         1);
    for (uint32_t i = 0; i < legend->count; i++)
        draw_row(ctx, ink, &legend->rows[i], x + MARGIN,
                 y + HEAD + ROW * (i + 0.5));
}

/* ---- on a sheet of its own ---- */

static gaz_status find_map(struct gaz_ctx *ctx, struct tile_maker *maker,
                           const char *style, tile_language language, int z,
                           const struct tile_style **read,
                           const struct tile_scene **scene)
{
    struct tile_request request = {.style = style, .z = z, .scale = 1};
    gaz_status status = tile_maker_check(ctx, &request);
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, style, language, read);
    return status == GAZ_OK
               ? tile_scene_get(ctx, maker->scenes, style, language, z, scene)
               : status;
}

/* Draws a sheet as large as the legend; it is measured with the fonts of a
 * sheet before its own can be made. */
static gaz_status draw_sheet(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const struct tile_request *map,
                             const struct tile_view *view, tile_ink_kind kind,
                             struct gaz_buffer *out, struct tile_ink **ink)
{
    const struct tile_style *style;
    const struct tile_scene *scene;
    struct tile_ink *ruler = NULL;
    struct tile_legend legend;
    gaz_status status =
        find_map(ctx, maker, map->style, map->language, map->z, &style, &scene);
    if (status == GAZ_OK)
        status = tile_ink_open(ctx, TILE_INK_PNG, 1, 1, 1, out, &ruler);
    if (status != GAZ_OK)
        return status;
    tile_legend_make(ctx, ruler, scene, tile_scene_icons(maker->scenes), style,
                     map->z, view, &legend);
    tile_ink_close(ruler);
    status = tile_ink_open(ctx, kind, legend.width, legend.height, map->scale,
                           out, ink);
    if (status == GAZ_OK)
        tile_legend_draw(ctx, *ink, &legend, 0, 0);
    return status;
}

gaz_status tile_legend_stamp(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const char *style, tile_language language,
                             const struct tile_view *view, int bottom,
                             struct tile_canvas *canvas)
{
    struct tile_ink *ink = NULL;
    struct tile_canvas drawn;
    const struct tile_request map = {.style = style,
                                     .language = language,
                                     .z = view->z,
                                     .scale = view->scale};
    gaz_status status =
        draw_sheet(ctx, maker, &map, view, TILE_INK_PNG, NULL, &ink);
    if (status != GAZ_OK)
        return status;
    tile_ink_canvas(ink, &drawn);
    int x = canvas->width - drawn.width - MARGIN * view->scale;
    int y = canvas->height - drawn.height - (MARGIN + bottom) * view->scale;
    if (x >= 0 && y >= 0)
        tile_icon_stamp(canvas, &drawn, x, y);
    tile_ink_close(ink);
    return GAZ_OK;
}

gaz_status tile_legend_write(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const char *style, int z, tile_ink_kind kind,
                             int scale, struct gaz_buffer *out)
{
    struct tile_ink *ink = NULL;
    const struct tile_request map = {.style = style, .z = z, .scale = scale};
    gaz_status status = draw_sheet(ctx, maker, &map, NULL, kind, out, &ink);
    if (status != GAZ_OK)
        return status;
    status = tile_ink_finish(ctx, ink);
    tile_ink_close(ink);
    return status;
}
