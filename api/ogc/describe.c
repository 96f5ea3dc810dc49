/* SPDX-License-Identifier: Apache-2.0 */
/* describe.c - which collections there are, and what may be asked of each. */
#include <string.h>

#include "api/ogc/answer.h"
#include "api/ogc/collection.h"
#include "api/ogc/crs.h"
#include "api/ogc/handlers.h"

/* ---- what a collection covers ---- */

struct extent {
    uint32_t count;
    bool has_box;
    struct gaz_box box;
    gaz_date from; /* the first day that is known, 0: none */
};

static void widen(struct extent *extent, const struct gaz_box *box)
{
    if (!extent->has_box)
        extent->box = *box;
    extent->has_box = true;
    if (box->min.lon < extent->box.min.lon)
        extent->box.min.lon = box->min.lon;
    if (box->min.lat < extent->box.min.lat)
        extent->box.min.lat = box->min.lat;
    if (box->max.lon > extent->box.max.lon)
        extent->box.max.lon = box->max.lon;
    if (box->max.lat > extent->box.max.lat)
        extent->box.max.lat = box->max.lat;
}

static struct extent measure(const struct api_worker *worker,
                             const struct ogc_collection *collection)
{
    struct extent extent = {.has_box = false};
    uint32_t count = collection->count(worker);
    for (uint32_t i = 0; i < count; i++) {
        struct gaz_box box;
        gaz_date from;
        gaz_date to;
        if (!collection->has(worker, i))
            continue;
        extent.count++;
        if (collection->box(worker, i, &box))
            widen(&extent, &box);
        collection->span(worker, i, &from, &to);
        if (from != GAZ_DATE_OPEN &&
            (extent.from == GAZ_DATE_OPEN || from < extent.from))
            extent.from = from;
    }
    return extent;
}

static void write_spatial(struct gaz_json *json, const struct gaz_box *box)
{
    gaz_json_object(json, "spatial");
    gaz_json_array(json, "bbox");
    gaz_json_array(json, NULL);
    gaz_json_number(json, NULL, box->min.lon, 7);
    gaz_json_number(json, NULL, box->min.lat, 7);
    gaz_json_number(json, NULL, box->max.lon, 7);
    gaz_json_number(json, NULL, box->max.lat, 7);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_string(json, "crs", OGC_CRSS[0].uri);
    gaz_json_end(json);
}

/* A day known to the year or the month begins with it. */
static void write_temporal(struct gaz_json *json, struct gaz_arena *arena,
                           gaz_date from)
{
    int month = from / 100 % 100;
    int day = from % 100;
    gaz_json_object(json, "temporal");
    gaz_json_array(json, "interval");
    gaz_json_array(json, NULL);
    gaz_json_string(json, NULL,
                    from == GAZ_DATE_OPEN
                        ? NULL
                        : gaz_arena_printf(arena, "%04d-%02d-%02dT00:00:00Z",
                                           from / 10000, month > 0 ? month : 1,
                                           day > 0 ? day : 1));
    gaz_json_null(json, NULL);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_crs(struct gaz_json *json)
{
    gaz_json_array(json, "crs");
    for (int i = 0; i < OGC_CRS_COUNT; i++)
        gaz_json_string(json, NULL, OGC_CRSS[i].uri);
    gaz_json_end(json);
    gaz_json_string(json, "storageCrs", OGC_CRSS[OGC_CRS_STORAGE].uri);
}

static const char *path_of(struct api_worker *worker,
                           const struct ogc_collection *collection,
                           const char *tail)
{
    return gaz_arena_printf(&worker->ctx.arena, "/collections/%s%s",
                            collection->name, tail);
}

static void write_links(struct gaz_json *json, struct api_worker *worker,
                        const struct api_request *request,
                        const struct ogc_collection *collection)
{
    const char *self =
        ogc_answer_url(worker, request, path_of(worker, collection, ""));
    const char *items =
        ogc_answer_url(worker, request, path_of(worker, collection, "/items"));
    struct gaz_arena *arena = &worker->ctx.arena;
    gaz_json_array(json, "links");
    ogc_answer_link(json, "self", "application/json",
                    gaz_arena_printf(arena, "%s?f=json", self), collection->en);
    ogc_answer_link(json, "alternate", "text/html",
                    gaz_arena_printf(arena, "%s?f=html", self), collection->zh);
    ogc_answer_link(json, "items", "application/geo+json",
                    gaz_arena_printf(arena, "%s?f=json", items),
                    "the features, as GeoJSON");
    ogc_answer_link(json, "items", "text/html",
                    gaz_arena_printf(arena, "%s?f=html", items),
                    "the features, as HTML");
    ogc_answer_link(json, "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                    "application/schema+json",
                    ogc_answer_url(worker, request,
                                   path_of(worker, collection, "/queryables")),
                    "what may be asked of it");
    gaz_json_end(json);
}

static void write_collection(struct gaz_json *json, struct api_worker *worker,
                             const struct api_request *request,
                             const struct ogc_collection *collection)
{
    struct extent extent = measure(worker, collection);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id", collection->name);
    gaz_json_string(json, "title",
                    gaz_arena_printf(&worker->ctx.arena, "%s %s",
                                     collection->zh, collection->en));
    gaz_json_string(json, "description",
                    gaz_arena_printf(&worker->ctx.arena, "%s %s",
                                     collection->about_zh,
                                     collection->about_en));
    gaz_json_string(json, "itemType", "feature");
    gaz_json_object(json, "extent");
    if (extent.has_box)
        write_spatial(json, &extent.box);
    write_temporal(json, &worker->ctx.arena, extent.from);
    gaz_json_end(json);
    write_crs(json);
    write_links(json, worker, request, collection);
    gaz_json_end(json);
}

/* ---- /collections ---- */

static void write_list_page(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    static const char *const TRAIL[] = {"/", "地图", "/docs", "接口", NULL};
    struct gaz_buffer *body = out->body;
    ogc_answer_page(worker, request, "图层", TRAIL, out);
    gaz_buffer_text(body, "<p>以 OGC API - Features 发布，可直接加入 QGIS、"
                          "GDAL 等软件，地址即本服务的根。</p>\n<table><tr><th>"
                          "图层<th>说明<th>要素</tr>\n");
    for (int i = 0; OGC_COLLECTIONS[i]; i++) {
        const struct ogc_collection *collection = OGC_COLLECTIONS[i];
        if (!ogc_collection_is_shown(worker, collection))
            continue;
        gaz_buffer_text(body, "<tr><td>");
        ogc_answer_anchor(
            body,
            ogc_answer_url(worker, request, path_of(worker, collection, "")),
            collection->zh);
        gaz_buffer_text(body, "<td>");
        gaz_buffer_html(body, collection->about_zh);
        gaz_buffer_printf(body, "<td>%u</tr>\n",
                          measure(worker, collection).count);
    }
    gaz_buffer_text(body, "</table>\n");
    ogc_answer_page_end(body);
}

gaz_status ogc_describe_collections(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    ogc_format format;
    gaz_status status = ogc_answer_format(worker, request, OGC_JSON, &format);
    for (int i = 0; OGC_COLLECTIONS[i] && status == GAZ_OK; i++)
        if (ogc_collection_is_shown(worker, OGC_COLLECTIONS[i]))
            status = ogc_collection_open(worker, OGC_COLLECTIONS[i]);
    if (status != GAZ_OK)
        return status;
    if (format == OGC_HTML) {
        write_list_page(worker, request, out);
        return GAZ_OK;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "links");
    ogc_answer_links(&json, worker, request, "application/json");
    gaz_json_end(&json);
    write_crs(&json);
    gaz_json_array(&json, "collections");
    for (int i = 0; OGC_COLLECTIONS[i]; i++)
        if (ogc_collection_is_shown(worker, OGC_COLLECTIONS[i]))
            write_collection(&json, worker, request, OGC_COLLECTIONS[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

/* ---- /collections/{collectionId} and its queryables ---- */

static const char *type_name(ogc_type type)
{
    static const char *const NAMES[] = {"string", "integer", "number",
                                        "boolean", "string"};
    return NAMES[type];
}

static void write_properties_page(struct api_worker *worker,
                                  const struct api_request *request,
                                  const struct ogc_collection *collection,
                                  struct api_response *out)
{
    static const char *const TRAIL[] = {"/", "地图", "/collections", "图层",
                                        NULL};
    struct gaz_buffer *body = out->body;
    ogc_answer_page(worker, request, collection->zh, TRAIL, out);
    gaz_buffer_text(body, "<p>");
    gaz_buffer_html(body, collection->about_zh);
    gaz_buffer_printf(body, "</p>\n<p>共 %u 个要素。",
                      measure(worker, collection).count);
    ogc_answer_anchor(
        body,
        ogc_answer_url(worker, request, path_of(worker, collection, "/items")),
        "浏览要素");
    gaz_buffer_text(body, "</p>\n<h2>属性</h2>\n<table><tr><th>名称<th>含义"
                          "<th>类型</tr>\n");
    const struct ogc_property *property = collection->properties;
    for (; property->name; property++) {
        gaz_buffer_printf(body, "<tr><td><code>%s</code><td>", property->name);
        gaz_buffer_html(body, property->zh);
        gaz_buffer_printf(
            body, "<td>%s</tr>\n",
            property->type == OGC_DATE ? "date" : type_name(property->type));
    }
    gaz_buffer_text(body, "</table>\n<h2>坐标系</h2>\n<ul>\n");
    for (int i = 0; i < OGC_CRS_COUNT; i++)
        gaz_buffer_printf(body, "<li>%s <code>%s</code>\n", OGC_CRSS[i].name,
                          OGC_CRSS[i].uri);
    gaz_buffer_text(body, "</ul>\n");
    ogc_answer_page_end(body);
}

gaz_status ogc_describe_collection(struct api_worker *worker,
                                   const struct api_request *request,
                                   struct api_response *out)
{
    const struct ogc_collection *collection;
    ogc_format format;
    gaz_status status = ogc_collection_asked(worker, request, &collection);
    if (status == GAZ_OK)
        status = ogc_answer_format(worker, request, OGC_JSON, &format);
    if (status != GAZ_OK)
        return status;
    if (format == OGC_HTML) {
        write_properties_page(worker, request, collection, out);
        return GAZ_OK;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    write_collection(&json, worker, request, collection);
    return GAZ_OK;
}

static void write_queryable(struct gaz_json *json,
                            const struct ogc_property *property)
{
    gaz_json_object(json, property->name);
    gaz_json_string(json, "title", property->zh);
    gaz_json_string(json, "description", property->en);
    gaz_json_string(json, "type", type_name(property->type));
    if (property->type == OGC_DATE)
        gaz_json_string(json, "format", "date");
    gaz_json_end(json);
}

gaz_status ogc_describe_queryables(struct api_worker *worker,
                                   const struct api_request *request,
                                   struct api_response *out)
{
    const struct ogc_collection *collection;
    ogc_format format;
    gaz_status status = ogc_collection_asked(worker, request, &collection);
    if (status == GAZ_OK)
        status = ogc_answer_format(worker, request, OGC_JSON, &format);
    if (status != GAZ_OK)
        return status;
    if (format == OGC_HTML) {
        write_properties_page(worker, request, collection, out);
        return GAZ_OK;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "$schema",
                    "https://json-schema.org/draft/2020-12/schema");
    gaz_json_string(&json, "$id",
                    ogc_answer_url(worker, request, request->path));
    gaz_json_string(&json, "type", "object");
    gaz_json_string(&json, "title", collection->en);
    gaz_json_string(&json, "description", collection->about_en);
    gaz_json_bool(&json, "additionalProperties", false);
    gaz_json_object(&json, "properties");
    gaz_json_object(&json, "geometry");
    gaz_json_string(&json, "format",
                    gaz_arena_printf(&worker->ctx.arena, "geometry-%s",
                                     collection->geometry));
    gaz_json_string(&json, "x-ogc-role", "primary-geometry");
    gaz_json_end(&json);
    const struct ogc_property *property = collection->properties;
    for (; property->name; property++)
        write_queryable(&json, property);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}
