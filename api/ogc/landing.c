/* SPDX-License-Identifier: Apache-2.0 */
/* landing.c - the landing page, conformance, and the description.
 *
 * "/" is the map for a person and the landing page for a program: a browser
 * asks for text/html, GDAL, QGIS and ogc-client for JSON.
 */
#include "api/dialects/handlers.h"
#include "api/ogc/answer.h"
#include "api/ogc/handlers.h"
#include "api/ogc/tiles.h"
#include "api/openapi.h"
#include "api/problem.h"
#include "api/static.h"

#define OPENAPI_30 "application/vnd.oai.openapi+json;version=3.0"
#define OPENAPI_31 "application/vnd.oai.openapi+json;version=3.1"

#define SPEC "http://www.opengis.net/spec/"
#define PART_1(name) (SPEC "ogcapi-features-1/1.0/conf/" name)
#define PART_2(name) (SPEC "ogcapi-features-2/1.0/conf/" name)
#define PART_3(name) (SPEC "ogcapi-features-3/1.0/conf/" name)
#define COMMON(name) (SPEC "ogcapi-common-" name)
#define CQL2(name) (SPEC "cql2/1.0/conf/" name)
#define TMS(name) (SPEC "tms/2.0/conf/" name)
#define TILES(name) (SPEC "ogcapi-tiles-1/1.0/conf/" name)

static const char *const CONFORMANCE[] = {
    PART_1("core"),
    PART_1("oas30"),
    PART_1("html"),
    PART_1("geojson"),
    PART_2("crs"),
    PART_3("queryables"),
    PART_3("queryables-query-parameters"),
    PART_3("filter"),
    PART_3("features-filter"),
    COMMON("1/1.0/conf/core"),
    COMMON("2/1.0/conf/collections"),
    CQL2("cql2-text"),
    CQL2("basic-cql2"),
    CQL2("advanced-comparison-operators"),
    CQL2("basic-spatial-functions"),
    CQL2("basic-spatial-functions-plus"),
    TILES("core"),
    TILES("tileset"),
    TILES("tilesets-list"),
    TILES("dataset-tilesets"),
    TILES("oas30"),
    TILES("png"),
    TILES("mvt"),
    TMS("tilematrixset"),
    TMS("json-tilematrixset"),
    TMS("json-tilesetmetadata"),
};

gaz_status ogc_landing_get(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    ogc_format format;
    gaz_status status = ogc_answer_format(worker, request, OGC_HTML, &format);
    if (status != GAZ_OK)
        return status;
    if (format == OGC_HTML)
        return api_static_answer(worker, request, out);
    struct gaz_json json;
    out->content_type = "application/json; charset=utf-8";
    out->etag = NULL;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "title", "Diming 地名");
    gaz_json_string(&json, "description",
                    "平湖市及沪浙边界的标准地名地址。Standard place names and "
                    "addresses of Pinghu and its border with Jinshan.");
    gaz_json_array(&json, "links");
    ogc_answer_links(&json, worker, request, "application/json");
    ogc_answer_link(&json, "service-desc", OPENAPI_30,
                    ogc_answer_url(worker, request, "/api"),
                    "description of the service, OpenAPI 3.0");
    ogc_answer_link(&json, "service-desc", OPENAPI_31,
                    ogc_answer_url(worker, request, "/openapi.json"),
                    "description of the service, OpenAPI 3.1");
    ogc_answer_link(&json, "service-doc", "text/html",
                    ogc_answer_url(worker, request, "/docs"),
                    "description of the service for people");
    ogc_answer_link(&json, "conformance", "application/json",
                    ogc_answer_url(worker, request, "/conformance"),
                    "conformance classes");
    ogc_answer_link(&json, "data", "application/json",
                    ogc_answer_url(worker, request, "/collections"),
                    "the collections");
    ogc_tiles_links(&json, worker, request);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

static void write_classes_page(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    static const char *const TRAIL[] = {"/", "地图", "/collections", "图层",
                                        NULL};
    ogc_answer_page(worker, request, "遵循的标准", TRAIL, out);
    gaz_buffer_text(out->body, "<ul>\n");
    for (size_t i = 0; i < sizeof(CONFORMANCE) / sizeof(CONFORMANCE[0]); i++) {
        gaz_buffer_text(out->body, "<li><code>");
        gaz_buffer_html(out->body, CONFORMANCE[i]);
        gaz_buffer_text(out->body, "</code>\n");
    }
    gaz_buffer_text(out->body, "</ul>\n");
    ogc_answer_page_end(out->body);
}

gaz_status ogc_landing_conformance(struct api_worker *worker,
                                   const struct api_request *request,
                                   struct api_response *out)
{
    ogc_format format;
    gaz_status status = ogc_answer_format(worker, request, OGC_JSON, &format);
    if (status != GAZ_OK)
        return status;
    if (format == OGC_HTML) {
        write_classes_page(worker, request, out);
        return GAZ_OK;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "conformsTo");
    for (size_t i = 0; i < sizeof(CONFORMANCE) / sizeof(CONFORMANCE[0]); i++)
        gaz_json_string(&json, NULL, CONFORMANCE[i]);
    gaz_json_end(&json);
    gaz_json_array(&json, "links");
    ogc_answer_links(&json, worker, request, "application/json");
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

gaz_status ogc_landing_api(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    if (api_param(request, "q")) {
        if (!worker->snap)
            return api_problem_fail(worker, GAZ_IO, 503, "还没有可用的数据快照",
                                    "no snapshot is loaded yet");
        out->content_type = "application/geo+json; charset=utf-8";
        return dialect_photon_search(worker, request, out);
    }
    out->content_type = OPENAPI_30;
    api_openapi_write(worker, request, "3.0.3", out->body);
    return GAZ_OK;
}
