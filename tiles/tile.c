/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/tile.h"

#include <string.h>
#include <sys/stat.h>

#include "gazetteer/base/text.h"
#include "tiles/maker.h"
#include "tiles/png.h"
#include "tiles/vector.h"
#include "tiles/webp.h"
#include "tiles/window.h"

enum { SCALES = 2 };

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15) ^ gaz_text_hash(data, size);
}

/* Snapshot, styles, icons, fonts, and the program itself, known by its file. */
static uint64_t state_of(const struct gaz_snapshot *snap,
                         const struct tile_scenes *scenes)
{
    size_t size;
    struct stat program = {0};
    uint64_t hash = tile_glyph_stamp(tile_scene_font(scenes));
    hash = mix(hash, &snap->checksum, sizeof snap->checksum);
    for (int i = 0; TILE_STYLES[i]; i++) {
        const char *text = tile_style_file(TILE_STYLES[i], &size);
        hash = mix(hash, text, size);
    }
    const char *sheet = tile_icon_file(&size);
    hash = mix(hash, sheet, size);
    if (stat("/proc/self/exe", &program) != 0)
        return hash;
    const int64_t seen[] = {program.st_size, program.st_mtim.tv_sec,
                            program.st_mtim.tv_nsec};
    return mix(hash, seen, sizeof seen);
}

gaz_status tile_maker_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_maker **out)
{
    struct tile_scenes *scenes;
    gaz_status status = tile_scene_open(ctx, snap, &scenes);
    if (status != GAZ_OK)
        return status;
    struct tile_maker *maker = gaz_malloc(sizeof *maker);
    maker->scenes = scenes;
    maker->cache = tile_cache_open(TILE_CACHE_BYTES);
    maker->state = state_of(snap, scenes);
    *out = maker;
    return GAZ_OK;
}

void tile_maker_close(struct tile_maker *maker)
{
    if (!maker)
        return;
    tile_scene_close(maker->scenes);
    tile_cache_close(maker->cache);
    tile_disk_close(maker->disk);
    gaz_free(maker);
}

struct tile_scenes *tile_maker_scenes(struct tile_maker *maker)
{
    return maker->scenes;
}

gaz_status tile_maker_check(struct gaz_ctx *ctx,
                            const struct tile_request *request)
{
    if (request->z < 0 || request->z > TILE_ZOOM_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "zoom %d is not 0 to %d", request->z,
                        TILE_ZOOM_MAX);
    if (!tile_grid_is_valid(request->z, request->x, request->y))
        return gaz_fail(ctx, GAZ_INVALID,
                        "tile %d/%d/%d is outside of the world", request->z,
                        request->x, request->y);
    if (request->scale < 1 || request->scale > SCALES)
        return gaz_fail(ctx, GAZ_INVALID, "scale %d is not 1 or 2",
                        request->scale);
    return GAZ_OK;
}

static uint32_t sources_of(const struct tile_style *style)
{
    return style->has_background ? UINT32_MAX : style->sources;
}

static gaz_status write_vector(struct gaz_ctx *ctx, struct tile_maker *maker,
                               const struct tile_style *style,
                               const struct tile_request *request,
                               struct gaz_buffer *out)
{
    struct tile_view view =
        tile_grid_view(request->z, request->x, request->y, 1);
    tile_vector_write(&ctx->arena, tile_scene_features(maker->scenes),
                      tile_scene_shapes(maker->scenes, request->z),
                      sources_of(style), &view, out);
    return GAZ_OK;
}

static gaz_status write_picture(struct gaz_ctx *ctx, struct tile_maker *maker,
                                const struct tile_style *style,
                                const struct tile_request *request,
                                struct gaz_buffer *out)
{
    const struct tile_scene *scene;
    gaz_status status = tile_scene_get(ctx, maker->scenes, request->style,
                                       request->language, request->z, &scene);
    if (status != GAZ_OK)
        return status;
    struct tile_canvas canvas;
    struct tile_view view =
        tile_grid_view(request->z, request->x, request->y, request->scale);
    tile_paint(&ctx->arena, scene, &view, &canvas);
    if (request->format == TILE_WEBP)
        return tile_webp_write(ctx, &canvas, out);
    const struct tile_png_palette *palette =
        request->format == TILE_PNG ? tile_scene_palette(maker->scenes, style)
                                    : NULL;
    if (palette)
        tile_png_write_palette(&ctx->arena, &canvas, palette, out);
    else
        tile_png_write(&ctx->arena, &canvas, out);
    return GAZ_OK;
}

gaz_status tile_make(struct gaz_ctx *ctx, struct tile_maker *maker,
                     const struct tile_request *request, struct gaz_buffer *out)
{
    const struct tile_style *style;
    gaz_status status = tile_maker_check(ctx, request);
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, request->style,
                                  request->language, &style);
    if (status != GAZ_OK)
        return status;
    struct gaz_buffer made;
    gaz_buffer_open(&made, TILE_MAX_BYTES);
    status = request->format == TILE_MVT
                 ? write_vector(ctx, maker, style, request, &made)
                 : write_picture(ctx, maker, style, request, &made);
    bool is_full = made.full;
    if (status == GAZ_OK && !is_full)
        gaz_buffer_bytes(out, made.data, made.size);
    gaz_buffer_close(&made);
    if (status == GAZ_OK && (is_full || out->full))
        return gaz_fail(ctx, GAZ_LIMIT, "tile %d/%d/%d is larger than %d bytes",
                        request->z, request->x, request->y, TILE_MAX_BYTES);
    return status;
}

gaz_status tile_window(struct gaz_ctx *ctx, struct tile_maker *maker,
                       const char *style, tile_language language,
                       const struct tile_view *view, struct tile_canvas *out)
{
    const struct tile_scene *scene;
    struct tile_request request = {
        .style = style, .z = view->z, .scale = view->scale};
    gaz_status status = tile_maker_check(ctx, &request);
    if (status == GAZ_OK)
        status = tile_scene_get(ctx, maker->scenes, style, language, view->z,
                                &scene);
    if (status == GAZ_OK)
        tile_paint(&ctx->arena, scene, view, out);
    return status;
}

gaz_status tile_sprite(struct gaz_ctx *ctx, struct tile_maker *maker, int scale,
                       bool is_index, struct gaz_buffer *out)
{
    struct tile_canvas canvas;
    struct gaz_buffer index;
    gaz_buffer_open(&index, TILE_MAX_BYTES);
    tile_icon_sheet(&ctx->arena, tile_scene_icons(maker->scenes), scale,
                    &canvas, &index);
    if (is_index)
        gaz_buffer_bytes(out, index.data, index.size);
    else
        tile_png_write(&ctx->arena, &canvas, out);
    gaz_buffer_close(&index);
    if (out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "the sprite is too large");
    return GAZ_OK;
}
