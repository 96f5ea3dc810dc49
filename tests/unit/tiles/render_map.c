/* SPDX-License-Identifier: Apache-2.0 */
/* render_map - draws any piece of the map, to look at it and for the pictures
 * of docs/how/tiles.md.
 *
 *     render_map SNAPSHOT STYLE Z LON LAT WIDTH HEIGHT SCALE OUT [OVERLAY]
 *
 * LON LAT is the middle. OVERLAY: "boxes" draws the room that each label keeps,
 * and the edges of the tiles; "edit" adds a made-up village in the middle, as
 * the service does after a commit, and frames the tiles whose bytes changed;
 * "pinyin" and "both" write other names.
 */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "tiles/feature.h"
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

static bool has_changed(struct gaz_ctx *ctx, struct tile_maker *makers[2],
                        const struct tile_request *request)
{
    struct gaz_buffer tiles[2];
    bool is_made = true;
    for (int i = 0; i < 2; i++) {
        gaz_buffer_open(&tiles[i], TILE_MAX_BYTES);
        is_made =
            is_made && tile_make(ctx, makers[i], request, &tiles[i]) == GAZ_OK;
    }
    bool is_same = is_made && tiles[0].size == tiles[1].size &&
                   memcmp(tiles[0].data, tiles[1].data, tiles[0].size) == 0;
    for (int i = 0; i < 2; i++)
        gaz_buffer_close(&tiles[i]);
    return !is_same;
}

/* The tiles that differ between two makers, framed. */
static void frame_changes(struct gaz_ctx *ctx, struct tile_maker *makers[2],
                          const char *style, const struct tile_view *view,
                          struct tile_canvas *canvas)
{
    int64_t side = INT64_C(256) * view->scale;
    for (int64_t y = view->top / side; y * side < view->top + view->height; y++)
        for (int64_t x = view->left / side; x * side < view->left + view->width;
             x++) {
            struct tile_request request = {.style = style,
                                           .z = view->z,
                                           .x = (int)x,
                                           .y = (int)y,
                                           .scale = view->scale};
            int64_t left = x * side - view->left;
            int64_t top = y * side - view->top;
            struct tile_rect box = {left + 1, top + 1, left + side - 1,
                                    top + side - 1};
            if (has_changed(ctx, makers, &request))
                frame(canvas, &box, 0xFFD02020);
        }
}

/* A village that does not exist, at a point of the world. */
static struct tile_edit made_up_village(struct tile_point at)
{
    struct gaz_coord where = tile_grid_unproject(at);
    return (struct tile_edit){
        .row = {.id = UINT64_C(1) << 40,
                .lon_e7 = (int32_t)(where.lon * 1e7),
                .lat_e7 = (int32_t)(where.lat * 1e7),
                .level = GAZ_LEVEL_VILLAGE,
                .status = GAZ_STATUS_CURRENT,
                .method = GAZ_METHOD_GAZETTEER,
                .flags = GAZ_SNAP_SYNTHETIC},
        .name = "虚构村",
        .name_roman = "",
        .code = "",
    };
}

struct order {
    const char *style;
    const char *path;
    const char *overlay;
    struct tile_view view;
    struct tile_point middle;
};

/* Draws the map after an edit; `maker` is the one before it. */
static gaz_status render_edit(struct gaz_ctx *ctx, struct tile_maker *maker,
                              const struct order *order,
                              struct tile_canvas *canvas)
{
    struct tile_edit edit = made_up_village(order->middle);
    struct tile_follow_stats stats;
    struct tile_maker *makers[2] = {maker, NULL};
    gaz_status status = tile_window(ctx, maker, order->style, 0, &order->view,
                                    canvas); /* its scene is there now */
    if (status == GAZ_OK &&
        !tile_maker_edit(ctx, maker, &edit, 1, &makers[1], &stats))
        status = gaz_fail(ctx, GAZ_INVALID, "the map takes no such edit");
    if (status == GAZ_OK)
        status =
            tile_window(ctx, makers[1], order->style, 0, &order->view, canvas);
    if (status == GAZ_OK)
        frame_changes(ctx, makers, order->style, &order->view, canvas);
    tile_maker_close(makers[1]);
    return status;
}

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
    if (status == GAZ_OK && strcmp(order->overlay, "edit") == 0)
        status = render_edit(ctx, maker, order, &canvas);
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
    struct order order = {.style = argv[2],
                          .path = argv[9],
                          .overlay = argc > 10 ? argv[10] : "",
                          .middle = at};
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
