/* SPDX-License-Identifier: Apache-2.0 */
/* tile_matrix.c - the tile matrix set of all tiles. */
#include <string.h>

#include "api/ogc/tiles.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"

enum { TILE_SIDE = 256 };

struct ogc_tile_matrix ogc_tile_matrix_at(int z)
{
    const double pixel = 0.00028; /* metres, of the standard's screen */
    int64_t side = INT64_C(1) << z;
    double cell = 2 * OGC_TILE_MATRIX_ORIGIN / TILE_SIDE / (double)side;
    return (struct ogc_tile_matrix){cell / pixel, cell, side};
}

gaz_status ogc_tile_matrix_check(struct api_worker *worker, const char *name)
{
    if (strcmp(name, OGC_TILE_MATRIX_SET) == 0)
        return GAZ_OK;
    return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个瓦片矩阵集",
                            "no tile matrix set '%.40s'; there is %s", name,
                            OGC_TILE_MATRIX_SET);
}

/* A number of at least 0; `*is_outside` when it is past `last`. */
static bool read_number(const char *text, int last, int *out, bool *is_outside)
{
    int64_t value;
    if (!text || !gaz_text_parse_int(text, &value))
        return false;
    *is_outside = value < 0 || value > last;
    *out = *is_outside ? 0 : (int)value;
    return !*is_outside;
}

ogc_tile_fault ogc_tile_address(const char *matrix, const char *row,
                                const char *column, struct tile_request *out,
                                bool *is_outside)
{
    *is_outside = false;
    if (!read_number(matrix, TILE_ZOOM_MAX, &out->z, is_outside))
        return OGC_TILE_BAD_MATRIX;
    int last = (1 << out->z) - 1;
    if (!read_number(row, last, &out->y, is_outside))
        return OGC_TILE_BAD_ROW;
    if (!read_number(column, last, &out->x, is_outside))
        return OGC_TILE_BAD_COLUMN;
    return OGC_TILE_GOOD;
}

/* ---- as JSON ---- */

static void write_head(struct gaz_json *json)
{
    gaz_json_string(json, "id", OGC_TILE_MATRIX_SET);
    gaz_json_string(json, "title", "Google Maps Compatible for the World");
    gaz_json_string(json, "uri", OGC_TILE_MATRIX_URI);
    gaz_json_string(json, "crs", OGC_TILE_MATRIX_CRS);
}

static void write_matrix(struct gaz_json *json, struct gaz_arena *arena, int z)
{
    struct ogc_tile_matrix matrix = ogc_tile_matrix_at(z);
    enum { DECIMALS = 9 };
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id", gaz_arena_printf(arena, "%d", z));
    gaz_json_number(json, "scaleDenominator", matrix.scale, DECIMALS);
    gaz_json_number(json, "cellSize", matrix.cell, DECIMALS);
    gaz_json_string(json, "cornerOfOrigin", "topLeft");
    gaz_json_array(json, "pointOfOrigin");
    gaz_json_number(json, NULL, -OGC_TILE_MATRIX_ORIGIN, DECIMALS);
    gaz_json_number(json, NULL, OGC_TILE_MATRIX_ORIGIN, DECIMALS);
    gaz_json_end(json);
    gaz_json_int(json, "tileWidth", TILE_SIDE);
    gaz_json_int(json, "tileHeight", TILE_SIDE);
    gaz_json_int(json, "matrixWidth", matrix.side);
    gaz_json_int(json, "matrixHeight", matrix.side);
    gaz_json_end(json);
}

gaz_status ogc_tile_matrix_one(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    struct gaz_json json;
    gaz_status status = ogc_answer_json(worker, request);
    if (status == GAZ_OK)
        status = ogc_tile_matrix_check(worker,
                                       api_capture(request, "tileMatrixSetId"));
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    write_head(&json);
    gaz_json_array(&json, "orderedAxes");
    gaz_json_string(&json, NULL, "X");
    gaz_json_string(&json, NULL, "Y");
    gaz_json_end(&json);
    gaz_json_string(
        &json, "wellKnownScaleSet",
        "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible");
    gaz_json_array(&json, "tileMatrices");
    for (int z = 0; z <= TILE_ZOOM_MAX; z++)
        write_matrix(&json, &worker->ctx.arena, z);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

gaz_status ogc_tile_matrix_list(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    struct gaz_json json;
    gaz_status status = ogc_answer_json(worker, request);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "tileMatrixSets");
    gaz_json_object(&json, NULL);
    write_head(&json);
    gaz_json_array(&json, "links");
    ogc_answer_link(
        &json, "self", "application/json",
        ogc_answer_url(worker, request, "/tileMatrixSets/" OGC_TILE_MATRIX_SET),
        "the tile matrices");
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}
