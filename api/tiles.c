/* SPDX-License-Identifier: Apache-2.0 */
/* tiles.c - map tiles, their styles, sprites and TileJSON. */
#include "api/tiles.h"

#include <string.h>

#include "api/handlers.h"
#include "api/params.h"
#include "api/problem.h"
#include "api/tiles_about.h"
#include "gazetteer/base/text.h"
#include "tiles/vector_layers.h"

/* MapLibre draws closer zooms from these: a unit is 0.3 m then. */
enum { VECTOR_ZOOM_MAX = 15 };

gaz_status api_tiles_language(struct api_worker *worker,
                              const struct api_request *request,
                              tile_language *out)
{
    static const char *const NAMES[TILE_LANGUAGES] = {
        [TILE_LANGUAGE_CHINESE] = "zh",
        [TILE_LANGUAGE_PINYIN] = "pinyin",
        [TILE_LANGUAGE_BOTH] = "both",
    };
    const char *text = api_param(request, "names");
    *out = TILE_LANGUAGE_CHINESE;
    if (!text)
        return GAZ_OK;
    for (int i = 0; i < TILE_LANGUAGES; i++)
        if (strcmp(NAMES[i], text) == 0) {
            *out = (tile_language)i;
            return GAZ_OK;
        }
    worker->parameter = "names";
    return gaz_fail(&worker->ctx, GAZ_INVALID,
                    "'names' is '%.20s'; it is zh, pinyin or both", text);
}

static gaz_status parse_address(struct api_worker *worker,
                                const struct api_request *request,
                                struct tile_request *tile)
{
    tile->style = api_capture(request, "style");
    gaz_status status = api_tiles_style_check(worker, tile->style);
    if (status == GAZ_OK)
        status = api_tiles_language(worker, request, &tile->language);
    if (status == GAZ_OK)
        status =
            api_params_int(worker, request, "z", 0, TILE_ZOOM_MAX, 0, &tile->z);
    if (status != GAZ_OK)
        return status;
    int last = (1 << tile->z) - 1;
    status = api_params_int(worker, request, "x", 0, last, 0, &tile->x);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "y", 0, last, 0, &tile->y);
    return status;
}

gaz_status api_tiles_ready(struct api_worker *worker)
{
    if (worker->tiles)
        return GAZ_OK;
    return api_problem_fail(worker, GAZ_IO, 503, "地图瓦片暂不可用",
                            "no tile maker is loaded");
}

/* What the bytes are called: their own hash, whatever they were made from. */
static void name_content(struct api_worker *worker, uint64_t hash,
                         struct api_response *out)
{
    out->cache_control = "public, max-age=300";
    out->etag = gaz_arena_printf(&worker->ctx.arena, "\"%016llx\"",
                                 (unsigned long long)hash);
}

static uint64_t hash_of(const struct api_response *out)
{
    return gaz_text_hash(out->body->data, out->body->size);
}

gaz_status api_tiles_give(struct api_worker *worker,
                          const struct tile_request *tile,
                          struct api_response *out)
{
    uint64_t hash;
    gaz_status status = api_tiles_ready(worker);
    bool is_there = status == GAZ_OK &&
                    tile_serve_cached(worker->tiles, tile, out->body, &hash);
    if (!is_there && worker->is_trial) {
        worker->is_put_off = true;
        return status;
    }
    if (status == GAZ_OK && !is_there)
        status =
            tile_serve(&worker->ctx, worker->tiles, tile, out->body, &hash);
    if (status != GAZ_OK)
        return status;
    out->cache_control = "public, max-age=300";
    if (out->body->size == 0)
        out->status = 204;
    else
        name_content(worker, hash, out);
    return GAZ_OK;
}

static gaz_status answer_tile(struct api_worker *worker,
                              const struct api_request *request,
                              struct tile_request tile,
                              struct api_response *out)
{
    gaz_status status = parse_address(worker, request, &tile);
    return status == GAZ_OK ? api_tiles_give(worker, &tile, out) : status;
}

gaz_status api_tiles_png(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    struct tile_request tile = {.scale = 1, .format = TILE_PNG};
    return answer_tile(worker, request, tile, out);
}

gaz_status api_tiles_png_2x(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    struct tile_request tile = {.scale = 2, .format = TILE_PNG};
    return answer_tile(worker, request, tile, out);
}

gaz_status api_tiles_webp(struct api_worker *worker,
                          const struct api_request *request,
                          struct api_response *out)
{
    struct tile_request tile = {.scale = 1, .format = TILE_WEBP};
    return answer_tile(worker, request, tile, out);
}

gaz_status api_tiles_webp_2x(struct api_worker *worker,
                             const struct api_request *request,
                             struct api_response *out)
{
    struct tile_request tile = {.scale = 2, .format = TILE_WEBP};
    return answer_tile(worker, request, tile, out);
}

gaz_status api_tiles_mvt(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    struct tile_request tile = {.scale = 1, .format = TILE_MVT};
    return answer_tile(worker, request, tile, out);
}

/* ---- the style, for MapLibre ---- */

gaz_status api_tiles_style(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    const char *name = api_capture(request, "style");
    const char *base = request->base_url ? request->base_url : "";
    tile_language language;
    gaz_status status = api_tiles_style_check(worker, name);
    if (status == GAZ_OK)
        status = api_tiles_language(worker, request, &language);
    if (status != GAZ_OK)
        return status;
    size_t size;
    const char *file = tile_style_file(name, &size);
    status = tile_style_json_adapt(&worker->ctx, name, file, size, language,
                                   base, out->body);
    if (status == GAZ_OK)
        name_content(worker, hash_of(out), out);
    return status;
}

static gaz_status answer_sprite(struct api_worker *worker, int scale,
                                bool is_index, struct api_response *out)
{
    gaz_status status = api_tiles_ready(worker);
    if (status == GAZ_OK)
        status = tile_sprite(&worker->ctx, worker->tiles, scale, is_index,
                             out->body);
    if (status == GAZ_OK)
        name_content(worker, hash_of(out), out);
    return status;
}

gaz_status api_tiles_sprite(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    (void)request;
    return answer_sprite(worker, 1, false, out);
}

gaz_status api_tiles_sprite_2x(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    (void)request;
    return answer_sprite(worker, 2, false, out);
}

gaz_status api_tiles_sprite_index(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    (void)request;
    return answer_sprite(worker, 1, true, out);
}

gaz_status api_tiles_sprite_index_2x(struct api_worker *worker,
                                     const struct api_request *request,
                                     struct api_response *out)
{
    (void)request;
    return answer_sprite(worker, 2, true, out);
}

static void write_bounds(struct gaz_json *json, struct gaz_box box)
{
    const double numbers[] = {box.min.lon, box.min.lat, box.max.lon,
                              box.max.lat};
    gaz_json_array(json, "bounds");
    for (int i = 0; i < 4; i++)
        gaz_json_number(json, NULL, numbers[i], 6);
    gaz_json_end(json);
    gaz_json_array(json, "center");
    gaz_json_number(json, NULL, (box.min.lon + box.max.lon) / 2, 6);
    gaz_json_number(json, NULL, (box.min.lat + box.max.lat) / 2, 6);
    gaz_json_int(json, NULL, 11);
    gaz_json_end(json);
}

gaz_status api_tiles_json(struct api_worker *worker,
                          const struct api_request *request,
                          struct api_response *out)
{
    const char *style = api_capture(request, "style");
    gaz_status status = api_tiles_style_check(worker, style);
    if (status != GAZ_OK)
        return status;
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *base = request->base_url ? request->base_url : "";
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "tilejson", "3.0.0");
    gaz_json_string(&json, "name", gaz_arena_printf(arena, "diming-%s", style));
    gaz_json_string(&json, "version", DIMING_VERSION);
    gaz_json_string(&json, "scheme", "xyz");
    gaz_json_string(&json, "attribution", api_tiles_attribution(worker, style));
    gaz_json_array(&json, "tiles");
    gaz_json_string(
        &json, NULL,
        gaz_arena_printf(arena, "%s/tiles/%s/{z}/{x}/{y}.mvt", base, style));
    gaz_json_end(&json);
    gaz_json_int(&json, "minzoom", 0);
    gaz_json_int(&json, "maxzoom", VECTOR_ZOOM_MAX);
    write_bounds(&json, api_tiles_box(worker->snap));
    tile_vector_layers_write(&json, "vector_layers", UINT32_MAX, 0,
                             VECTOR_ZOOM_MAX);
    gaz_json_end(&json);
    return GAZ_OK;
}
