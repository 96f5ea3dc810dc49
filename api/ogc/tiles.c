/* SPDX-License-Identifier: Apache-2.0 */
/* tiles.c - OGC API - Tiles: lists of tile sets, tile sets, tiles. */
#include "api/ogc/tiles.h"

#include <string.h>

#include "api/problem.h"
#include "api/tiles.h"
#include "api/tiles_about.h"

#define SCHEME "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
#define VECTOR "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
#define MAP "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map"
#define MVT "application/vnd.mapbox-vector-tile"

/* Which tiles a request is about. */
struct subject {
    const char *style;
    const char *list; /* path of the list of tile sets */
    bool is_vector;
};

static gaz_status find_subject(struct api_worker *worker,
                               const struct api_request *request,
                               bool is_vector, struct subject *out)
{
    const char *style = api_capture(request, "styleId");
    const char *set = api_capture(request, "tileMatrixSetId");
    out->is_vector = is_vector;
    out->style = style ? style : TILE_STYLES[0];
    out->list = is_vector ? "/tiles" : "/map/tiles";
    gaz_status status = api_tiles_style_check(worker, out->style);
    if (style && status == GAZ_OK)
        out->list = gaz_arena_printf(&worker->ctx.arena, "/styles/%s/map/tiles",
                                     out->style);
    if (status == GAZ_OK && set)
        status = ogc_tile_matrix_check(worker, set);
    return status;
}

/* ---- descriptions ---- */

static void write_template(struct gaz_json *json, struct api_worker *worker,
                           const struct api_request *request,
                           const struct subject *subject, const char *type,
                           const char *f)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rel", "item");
    gaz_json_string(json, "type", type);
    gaz_json_string(json, "href",
                    gaz_arena_printf(&worker->ctx.arena,
                                     "%s%s/" OGC_TILE_MATRIX_SET
                                     "/{tileMatrix}/{tileRow}/{tileCol}?f=%s",
                                     request->base_url ? request->base_url : "",
                                     subject->list, f));
    gaz_json_bool(json, "templated", true);
    gaz_json_end(json);
}

static const char *set_url(struct api_worker *worker,
                           const struct api_request *request,
                           const struct subject *subject)
{
    return ogc_answer_url(worker, request,
                          gaz_arena_printf(&worker->ctx.arena,
                                           "%s/" OGC_TILE_MATRIX_SET,
                                           subject->list));
}

static void write_set_head(struct gaz_json *json, struct api_worker *worker,
                           const struct api_request *request,
                           const struct subject *subject)
{
    gaz_json_string(json, "title", api_tiles_title(subject->style));
    gaz_json_string(json, "description", API_TILES_NOTE);
    gaz_json_string(json, "dataType", subject->is_vector ? "vector" : "map");
    gaz_json_string(json, "crs", OGC_TILE_MATRIX_CRS);
    gaz_json_string(json, "tileMatrixSetURI", OGC_TILE_MATRIX_URI);
    gaz_json_array(json, "links");
    ogc_answer_link(json, "self", "application/json",
                    set_url(worker, request, subject), "this tile set");
    ogc_answer_link(
        json, SCHEME, "application/json",
        ogc_answer_url(worker, request, "/tileMatrixSets/" OGC_TILE_MATRIX_SET),
        OGC_TILE_MATRIX_SET);
    if (subject->is_vector) {
        write_template(json, worker, request, subject, MVT, "mvt");
    } else {
        write_template(json, worker, request, subject, "image/png", "png");
        write_template(json, worker, request, subject, "image/webp", "webp");
    }
    gaz_json_end(json);
}

static void write_corner(struct gaz_json *json, const char *key,
                         struct gaz_coord corner)
{
    enum { DECIMALS = 6 };
    gaz_json_array(json, key);
    gaz_json_number(json, NULL, corner.lon, DECIMALS);
    gaz_json_number(json, NULL, corner.lat, DECIMALS);
    gaz_json_end(json);
}

static void write_layers(struct gaz_json *json)
{
    gaz_json_array(json, "layers");
    for (int i = 0; i < TILE_SOURCES; i++) {
        gaz_json_object(json, NULL);
        gaz_json_string(json, "id", TILE_SOURCE_LAYERS[i]);
        gaz_json_string(json, "dataType", "vector");
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static gaz_status answer_set(struct api_worker *worker,
                             const struct api_request *request, bool is_vector,
                             struct api_response *out)
{
    struct subject subject;
    struct gaz_json json;
    gaz_status status = find_subject(worker, request, is_vector, &subject);
    if (status != GAZ_OK)
        return status;
    struct gaz_box box = api_tiles_box(worker->snap);
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    write_set_head(&json, worker, request, &subject);
    gaz_json_string(&json, "attribution",
                    api_tiles_attribution(worker, subject.style));
    gaz_json_object(&json, "boundingBox");
    write_corner(&json, "lowerLeft", box.min);
    write_corner(&json, "upperRight", box.max);
    gaz_json_string(&json, "crs",
                    "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    gaz_json_end(&json);
    if (is_vector)
        write_layers(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

static gaz_status answer_list(struct api_worker *worker,
                              const struct api_request *request, bool is_vector,
                              struct api_response *out)
{
    struct subject subject;
    struct gaz_json json;
    gaz_status status = find_subject(worker, request, is_vector, &subject);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "tilesets");
    gaz_json_object(&json, NULL);
    write_set_head(&json, worker, request, &subject);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_json_array(&json, "links");
    ogc_answer_link(&json, "self", "application/json",
                    ogc_answer_url(worker, request, subject.list), "this list");
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

/* ---- tiles ---- */

static gaz_status take_address(struct api_worker *worker,
                               const struct api_request *request,
                               struct tile_request *tile)
{
    static const char *const NAMES[] = {NULL, "tileMatrix", "tileRow",
                                        "tileCol"};
    bool is_outside;
    ogc_tile_fault fault = ogc_tile_address(
        api_capture(request, "tileMatrix"), api_capture(request, "tileRow"),
        api_capture(request, "tileCol"), tile, &is_outside);
    if (fault == OGC_TILE_GOOD)
        return GAZ_OK;
    if (is_outside)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个瓦片",
                                "%s is outside of the tile matrix set",
                                NAMES[fault]);
    return api_problem_parameter(worker, NAMES[fault], "应为整数",
                                 "%s must be a whole number", NAMES[fault]);
}

/* `f` of tiles: the first of `names` when absent. */
static gaz_status take_format(struct api_worker *worker,
                              const struct api_request *request, bool is_vector,
                              struct tile_request *tile,
                              struct api_response *out)
{
    const char *f = api_param(request, "f");
    if (!f)
        f = is_vector ? "mvt" : "png";
    if (is_vector && strcmp(f, "mvt") == 0) {
        tile->format = TILE_MVT;
        out->content_type = MVT;
    } else if (!is_vector && strcmp(f, "png") == 0) {
        tile->format = TILE_PNG;
        out->content_type = "image/png";
    } else if (!is_vector && strcmp(f, "webp") == 0) {
        tile->format = TILE_WEBP;
        out->content_type = "image/webp";
    } else {
        return api_problem_parameter(worker, "f", "没有这种格式",
                                     "f is '%.40s'; it must be %s", f,
                                     is_vector ? "mvt" : "png or webp");
    }
    return GAZ_OK;
}

static gaz_status answer_tile(struct api_worker *worker,
                              const struct api_request *request, bool is_vector,
                              struct api_response *out)
{
    struct subject subject;
    struct tile_request tile = {.scale = 1};
    gaz_status status = find_subject(worker, request, is_vector, &subject);
    tile.style = subject.style;
    if (status == GAZ_OK)
        status = take_address(worker, request, &tile);
    if (status == GAZ_OK)
        status = take_format(worker, request, is_vector, &tile, out);
    return status == GAZ_OK ? api_tiles_give(worker, &tile, out) : status;
}

/* ---- handlers ---- */

gaz_status ogc_tiles_vector_list(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    gaz_status status = ogc_answer_json(worker, request);
    return status == GAZ_OK ? answer_list(worker, request, true, out) : status;
}

gaz_status ogc_tiles_vector_set(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    gaz_status status = ogc_answer_json(worker, request);
    return status == GAZ_OK ? answer_set(worker, request, true, out) : status;
}

gaz_status ogc_tiles_vector_tile(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    return answer_tile(worker, request, true, out);
}

gaz_status ogc_tiles_map_list(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    gaz_status status = ogc_answer_json(worker, request);
    return status == GAZ_OK ? answer_list(worker, request, false, out) : status;
}

gaz_status ogc_tiles_map_set(struct api_worker *worker,
                             const struct api_request *request,
                             struct api_response *out)
{
    gaz_status status = ogc_answer_json(worker, request);
    return status == GAZ_OK ? answer_set(worker, request, false, out) : status;
}

gaz_status ogc_tiles_map_tile(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    return answer_tile(worker, request, false, out);
}

void ogc_tiles_links(struct gaz_json *json, struct api_worker *worker,
                     const struct api_request *request)
{
    ogc_answer_link(json, VECTOR, "application/json",
                    ogc_answer_url(worker, request, "/tiles"), "vector tiles");
    for (int i = 0; TILE_STYLES[i]; i++)
        ogc_answer_link(json, MAP, "application/json",
                        ogc_answer_url(worker, request,
                                       gaz_arena_printf(&worker->ctx.arena,
                                                        "/styles/%s/map/tiles",
                                                        TILE_STYLES[i])),
                        api_tiles_title(TILE_STYLES[i]));
    ogc_answer_link(
        json, "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
        "application/json", ogc_answer_url(worker, request, "/tileMatrixSets"),
        "tile matrix sets");
    ogc_answer_link(
        json, "related", "application/xml",
        ogc_answer_url(worker, request, "/wmts/1.0.0/WMTSCapabilities.xml"),
        "the same tiles as WMTS 1.0.0");
}
