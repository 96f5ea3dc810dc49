/* SPDX-License-Identifier: Apache-2.0 */
/* wmts.c - WMTS 1.0.0: a layer for each style of the map, KVP and REST. Errors
 * are reports of OWS Common 1.1 (OGC 06-121r3, 8.5). */
#include <string.h>
#include <strings.h>

#include "api/ogc/tiles.h"
#include "api/tiles.h"

#define XML "application/xml; charset=utf-8"

static const char *const FORMATS[] = {"image/png", "image/webp"};
static const tile_format FORMAT_VALUES[] = {TILE_PNG, TILE_WEBP};

/* Names of parameters do not depend on case (OGC 06-121r3, 11.5.2). */
static const char *find(const struct api_request *request, const char *name)
{
    for (int i = 0; i < request->param_count; i++)
        if (strcasecmp(request->params[i].name, name) == 0)
            return request->params[i].value;
    return NULL;
}

static gaz_status refuse(struct api_response *out, int http, const char *code,
                         const char *locator, const char *text)
{
    gaz_buffer_clear(out->body);
    out->status = http;
    out->content_type = XML;
    out->etag = NULL;
    gaz_buffer_printf(
        out->body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<ExceptionReport xmlns=\"http://www.opengis.net/ows/1.1\" "
        "version=\"1.1.0\" xml:lang=\"en\"><Exception exceptionCode=\"%s\" "
        "locator=\"%s\"><ExceptionText>%s</ExceptionText></Exception>"
        "</ExceptionReport>\n",
        code, locator, text);
    return GAZ_OK;
}

/* Says that a parameter is missing or has a value that it cannot have. */
static gaz_status refuse_value(struct api_response *out, const char *locator,
                               const char *value)
{
    return value ? refuse(out, 400, "InvalidParameterValue", locator,
                          "the capabilities tell which values there are")
                 : refuse(out, 400, "MissingParameterValue", locator,
                          "this parameter is needed");
}

static int index_of(const char *const *names, int count, const char *text)
{
    for (int i = 0; text && i < count; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    return -1;
}

static bool is_layer(const char *name)
{
    for (int i = 0; name && TILE_STYLES[i]; i++)
        if (strcmp(TILE_STYLES[i], name) == 0)
            return true;
    return false;
}

/* What GetTile needs, from either kind of address. */
struct wanted {
    const char *layer;
    const char *style;
    const char *set;
    const char *matrix;
    const char *row;
    const char *column;
    const char *format;
};

static gaz_status answer_tile(struct api_worker *worker,
                              const struct wanted *wanted,
                              struct api_response *out)
{
    static const char *const NAMES[] = {NULL, "TileMatrix", "TileRow",
                                        "TileCol"};
    struct tile_request tile = {.style = wanted->layer, .scale = 1};
    int format = index_of(FORMATS, 2, wanted->format);
    bool is_outside;
    if (!is_layer(wanted->layer))
        return refuse_value(out, "Layer", wanted->layer);
    if (wanted->style && wanted->style[0] &&
        strcmp(wanted->style, "default") != 0)
        return refuse_value(out, "Style", wanted->style);
    if (format < 0)
        return refuse_value(out, "Format", wanted->format);
    if (!wanted->set || strcmp(wanted->set, OGC_TILE_MATRIX_SET) != 0)
        return refuse_value(out, "TileMatrixSet", wanted->set);
    ogc_tile_fault fault = ogc_tile_address(wanted->matrix, wanted->row,
                                            wanted->column, &tile, &is_outside);
    if (is_outside && fault != OGC_TILE_BAD_MATRIX)
        return refuse(out, 400, "TileOutOfRange", NAMES[fault],
                      "there is no such row or column");
    if (fault == OGC_TILE_BAD_MATRIX)
        return refuse_value(out, NAMES[fault], wanted->matrix);
    if (fault != OGC_TILE_GOOD)
        return refuse_value(out, NAMES[fault],
                            fault == OGC_TILE_BAD_ROW ? wanted->row
                                                      : wanted->column);
    tile.format = FORMAT_VALUES[format];
    out->content_type = FORMATS[format];
    return api_tiles_give(worker, &tile, out);
}

static gaz_status answer_capabilities(struct api_worker *worker,
                                      const struct api_request *request,
                                      struct api_response *out)
{
    out->content_type = XML;
    return ogc_wmts_capabilities(worker, request, out);
}

gaz_status ogc_wmts_kvp(struct api_worker *worker,
                        const struct api_request *request,
                        struct api_response *out)
{
    const char *service = find(request, "service");
    const char *version = find(request, "version");
    const char *action = find(request, "request");
    if (!service || strcasecmp(service, "WMTS") != 0)
        return refuse_value(out, "service", service);
    if (action && strcmp(action, "GetCapabilities") == 0)
        return answer_capabilities(worker, request, out);
    if (action && strcmp(action, "GetFeatureInfo") == 0)
        return refuse(out, 501, "OperationNotSupported", "GetFeatureInfo",
                      "ask /v1/reverse what is at a position");
    if (!action || strcmp(action, "GetTile") != 0)
        return refuse_value(out, "request", action);
    if (version && strcmp(version, "1.0.0") != 0)
        return refuse_value(out, "version", version);
    const struct wanted wanted = {
        find(request, "layer"),         find(request, "style"),
        find(request, "tilematrixset"), find(request, "tilematrix"),
        find(request, "tilerow"),       find(request, "tilecol"),
        find(request, "format")};
    return answer_tile(worker, &wanted, out);
}

gaz_status ogc_wmts_rest_capabilities(struct api_worker *worker,
                                      const struct api_request *request,
                                      struct api_response *out)
{
    return answer_capabilities(worker, request, out);
}

static gaz_status answer_rest(struct api_worker *worker,
                              const struct api_request *request,
                              const char *format, struct api_response *out)
{
    const struct wanted wanted = {api_capture(request, "layer"),
                                  "default",
                                  api_capture(request, "tileMatrixSetId"),
                                  api_capture(request, "tileMatrix"),
                                  api_capture(request, "tileRow"),
                                  api_capture(request, "tileCol"),
                                  format};
    return answer_tile(worker, &wanted, out);
}

gaz_status ogc_wmts_rest_png(struct api_worker *worker,
                             const struct api_request *request,
                             struct api_response *out)
{
    return answer_rest(worker, request, FORMATS[0], out);
}

gaz_status ogc_wmts_rest_webp(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    return answer_rest(worker, request, FORMATS[1], out);
}
