/* SPDX-License-Identifier: Apache-2.0 */
/* render_map - draws any piece of the map, to look at it and for the pictures
 * of docs/how/tiles.md.
 *
 *     render_map SNAPSHOT STYLE Z LON LAT WIDTH HEIGHT SCALE OUT [OVERLAY]
 *
 * LON LAT is the middle. OVERLAY: "boxes" draws the room that each label keeps,
 * and the edges of the tiles; "pinyin" and "both" write other names.
 */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "tiles/png.h"
#include "tiles/scene.h"
#include "tiles/window.h"

static void line(struct tile_canvas *canvas, const struct tile_rect *at,
                 uint32_t colour)
{
    enum { SUB = TILE_GRID_SUB };
    tile_raster_stroke(canvas, at->min_x * SUB, at->min_y * SUB,
                       at->max_x * SUB, at->max_y * SUB, SUB / 2);
    tile_raster_paint(canvas, colour);
}

static void frame(struct tile_canvas *canvas, const struct tile_rect *r,
                  uint32_t colour)
{
    const struct tile_rect sides[4] = {
        {r->min_x, r->min_y, r->max_x, r->min_y},
        {r->max_x, r->min_y, r->max_x, r->max_y},
        {r->max_x, r->max_y, r->min_x, r->max_y},
        {r->min_x, r->max_y, r->min_x, r->min_y},
    };
    for (int i = 0; i < 4; i++)
        line(canvas, &sides[i], colour);
}

static void draw_boxes(const struct tile_scene *scene,
                       const struct tile_view *view, struct tile_canvas *canvas)
{
    int64_t side = INT64_C(256) * view->scale;
    for (int64_t x = side - view->left % side; x < view->width; x += side) {
        struct tile_rect edge = {x, 0, x, view->height};
        line(canvas, &edge, 0x905080C0);
    }
    for (int64_t y = side - view->top % side; y < view->height; y += side) {
        struct tile_rect edge = {0, y, view->width, y};
        line(canvas, &edge, 0x905080C0);
    }
    for (uint32_t i = 0; i < scene->labels.count; i++) {
        const struct tile_label *label = &scene->labels.items[i];
        if (label->mark_count == 0)
            continue;
        struct tile_rect box = {
            label->text_box.min_x * view->scale - view->left,
            label->text_box.min_y * view->scale - view->top,
            label->text_box.max_x * view->scale - view->left,
            label->text_box.max_y * view->scale - view->top};
        frame(canvas, &box, 0xC0E07020);
    }
}

struct order {
    const char *style;
    const char *path;
    const char *overlay;
    struct tile_view view;
};

static gaz_status render(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct order *order)
{
    struct tile_maker *maker;
    struct tile_canvas canvas;
    const struct tile_scene *scene;
    struct gaz_buffer png;
    tile_language language =
        strcmp(order->overlay, "pinyin") == 0 ? TILE_LANGUAGE_PINYIN
        : strcmp(order->overlay, "both") == 0 ? TILE_LANGUAGE_BOTH
                                              : TILE_LANGUAGE_CHINESE;
    gaz_status status = tile_maker_open(ctx, snap, &maker);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&png, 64 << 20);
    status =
        tile_window(ctx, maker, order->style, language, &order->view, &canvas);
    if (status == GAZ_OK)
        status = tile_scene_get(ctx, tile_maker_scenes(maker), order->style,
                                language, order->view.z, &scene);
    if (status == GAZ_OK) {
        if (strcmp(order->overlay, "boxes") == 0)
            draw_boxes(scene, &order->view, &canvas);
        tile_png_write(&ctx->arena, &canvas, &png);
        status = gaz_file_replace(ctx, order->path, png.data, png.size);
    }
    gaz_buffer_close(&png);
    tile_maker_close(maker);
    return status;
}

int main(int argc, char **argv)
{
    double n[6];
    if (argc < 10) {
        (void)fprintf(stderr, "usage: render_map SNAPSHOT STYLE Z LON LAT "
                              "WIDTH HEIGHT SCALE OUT [OVERLAY]\n");
        return 2;
    }
    for (int i = 0; i < 6; i++)
        if (!gaz_text_parse_double(argv[3 + i], &n[i])) {
            (void)fprintf(stderr, "render_map: '%s' is no number\n",
                          argv[3 + i]);
            return 2;
        }
    struct tile_point at = tile_grid_project((struct gaz_coord){n[1], n[2]});
    struct order order = {argv[2], argv[9], argc > 10 ? argv[10] : "", {0}};
    order.view = (struct tile_view){.z = (int)n[0],
                                    .scale = (int)n[5],
                                    .width = (int)n[3],
                                    .height = (int)n[4]};
    int shift = 24 - order.view.z;
    order.view.left =
        ((int64_t)at.x >> shift) * order.view.scale - order.view.width / 2;
    order.view.top =
        ((int64_t)at.y >> shift) * order.view.scale - order.view.height / 2;
    struct gaz_ctx ctx = {0};
    struct gaz_snapshot *snap;
    gaz_status status = gaz_snapshot_open(&ctx, argv[1], &snap);
    if (status == GAZ_OK) {
        status = render(&ctx, snap, &order);
        gaz_snapshot_close(snap);
    }
    if (status != GAZ_OK)
        (void)fprintf(stderr, "render_map: %s\n", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status != GAZ_OK;
}
