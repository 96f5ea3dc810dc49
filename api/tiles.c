/* SPDX-License-Identifier: Apache-2.0 */
/* tiles.c - map tiles and their TileJSON. */
#include "tiles/tile.h"

#include <string.h>

#include "api/handlers.h"
#include "api/params.h"
#include "api/part.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"

static gaz_status check_layer(struct api_worker *worker, const char *layer)
{
    for (int i = 0; TILE_LAYERS[i]; i++)
        if (strcmp(TILE_LAYERS[i], layer) == 0)
            return GAZ_OK;
    worker->parameter = "layer";
    return gaz_fail(&worker->ctx, GAZ_NOT_FOUND, "no layer '%.40s'", layer);
}

static gaz_status parse_address(struct api_worker *worker,
                                const struct api_request *request,
                                struct tile_request *tile)
{
    tile->layer = api_capture(request, "layer");
    gaz_status status = check_layer(worker, tile->layer);
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

static gaz_status answer_tile(struct api_worker *worker,
                              const struct api_request *request,
                              struct tile_request tile,
                              struct api_response *out)
{
    gaz_status status = parse_address(worker, request, &tile);
    if (status != GAZ_OK)
        return status;
    if (!worker->tiles)
        return api_problem_fail(worker, GAZ_IO, 503, "地图瓦片暂不可用",
                                "no tile maker is loaded");
    status = tile_make(&worker->ctx, worker->tiles, &tile, out->body);
    if (status != GAZ_OK)
        return status;
    out->cache_control = "public, max-age=300";
    if (out->body->size == 0) {
        out->status = 204;
        return GAZ_OK;
    }
    uint64_t hash = gaz_text_hash(out->body->data, out->body->size);
    out->etag = gaz_arena_printf(&worker->ctx.arena, "\"%016llx\"",
                                 (unsigned long long)hash);
    return GAZ_OK;
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

gaz_status api_tiles_mvt(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    struct tile_request tile = {.scale = 1, .format = TILE_MVT};
    return answer_tile(worker, request, tile, out);
}

/* The box of all positions, for "bounds" and "center". */
static struct gaz_box data_box(const struct gaz_snapshot *snap)
{
    struct gaz_box box = {{180, 90}, {-180, -90}};
    for (uint32_t i = 0; i < snap->place_count; i++) {
        if (snap->places[i].lon_e7 == INT32_MIN)
            continue;
        double lon = gaz_coord_from_e7(snap->places[i].lon_e7);
        double lat = gaz_coord_from_e7(snap->places[i].lat_e7);
        box.min.lon = lon < box.min.lon ? lon : box.min.lon;
        box.min.lat = lat < box.min.lat ? lat : box.min.lat;
        box.max.lon = lon > box.max.lon ? lon : box.max.lon;
        box.max.lat = lat > box.max.lat ? lat : box.max.lat;
    }
    if (box.min.lon > box.max.lon)
        box = (struct gaz_box){{-180, -85}, {180, 85}};
    return box;
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

static void write_vector_layers(struct gaz_json *json, const char *layer)
{
    gaz_json_array(json, "vector_layers");
    for (int i = 0; TILE_LAYERS[i]; i++) {
        bool is_all = strcmp(TILE_LAYERS[i], "base") == 0;
        if (is_all ||
            (strcmp(layer, "base") != 0 && strcmp(layer, TILE_LAYERS[i]) != 0))
            continue;
        gaz_json_object(json, NULL);
        gaz_json_string(json, "id", TILE_LAYERS[i]);
        gaz_json_object(json, "fields");
        gaz_json_end(json);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

gaz_status api_tiles_json(struct api_worker *worker,
                          const struct api_request *request,
                          struct api_response *out)
{
    const char *layer = api_capture(request, "layer");
    gaz_status status = check_layer(worker, layer);
    if (status != GAZ_OK)
        return status;
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *base = request->base_url ? request->base_url : "";
    struct api_credits credits = {.licence_count = 0};
    for (uint32_t i = 1; i < worker->snap->source_count; i++)
        api_part_credit(&credits, worker->snap, i);
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "tilejson", "3.0.0");
    gaz_json_string(&json, "name", gaz_arena_printf(arena, "diming-%s", layer));
    gaz_json_string(&json, "version", DIMING_VERSION);
    gaz_json_string(&json, "scheme", "xyz");
    gaz_json_string(&json, "attribution",
                    api_part_attribution(arena, &credits));
    gaz_json_array(&json, "tiles");
    gaz_json_string(
        &json, NULL,
        gaz_arena_printf(arena, "%s/tiles/%s/{z}/{x}/{y}.mvt", base, layer));
    gaz_json_end(&json);
    gaz_json_int(&json, "minzoom", 0);
    gaz_json_int(&json, "maxzoom", TILE_ZOOM_MAX);
    write_bounds(&json, data_box(worker->snap));
    write_vector_layers(&json, layer);
    gaz_json_end(&json);
    return GAZ_OK;
}
