/* SPDX-License-Identifier: Apache-2.0 */
/* items.c - the features of a collection, and one of them. */
#include "api/ogc/answer.h"
#include "api/ogc/feature.h"
#include "api/ogc/handlers.h"
#include "api/ogc/query.h"
#include "api/ogc/table.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"

enum { TABLE_COLUMNS = 8, OFFSET_MAX_BYTES = 16 };

static const char *page_url(struct api_worker *worker,
                            const struct api_request *request, int offset)
{
    return ogc_answer_again(worker, request, "offset",
                            gaz_arena_printf(&worker->ctx.arena, "%d", offset));
}

/* The page after this one, and the one before; NULL at the ends. */
static const char *next_url(struct api_worker *worker,
                            const struct api_request *request,
                            const struct ogc_query *query,
                            const struct ogc_page *page)
{
    uint32_t end = (uint32_t)query->offset + page->count;
    return page->count > 0 && end < page->matched
               ? page_url(worker, request, (int)end)
               : NULL;
}

static const char *previous_url(struct api_worker *worker,
                                const struct api_request *request,
                                const struct ogc_query *query)
{
    int offset = query->offset - query->limit;
    return query->offset > 0
               ? page_url(worker, request, offset > 0 ? offset : 0)
               : NULL;
}

static void write_page_links(struct gaz_json *json, struct api_worker *worker,
                             const struct api_request *request,
                             const struct ogc_query *query,
                             const struct ogc_page *page)
{
    const char *next = next_url(worker, request, query, page);
    const char *previous = previous_url(worker, request, query);
    gaz_json_array(json, "links");
    ogc_answer_links(json, worker, request, "application/geo+json");
    if (next)
        ogc_answer_link(json, "next", "application/geo+json", next,
                        "the next page");
    if (previous)
        ogc_answer_link(json, "prev", "application/geo+json", previous,
                        "the page before");
    ogc_answer_link(
        json, "collection", "application/json",
        ogc_answer_url(worker, request,
                       gaz_arena_printf(&worker->ctx.arena, "/collections/%s",
                                        query->collection->name)),
        query->collection->en);
    gaz_json_end(json);
}

static gaz_status write_json(struct api_worker *worker,
                             const struct api_request *request,
                             const struct ogc_query *query,
                             const struct ogc_page *page,
                             struct gaz_buffer *out)
{
    struct api_credits credits = {.licence_count = 0};
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "FeatureCollection");
    gaz_json_int(&json, "numberMatched", page->matched);
    gaz_json_int(&json, "numberReturned", page->count);
    for (uint32_t i = 0; i < page->count; i++)
        query->collection->credit(worker, page->rows[i], &credits);
    gaz_json_string(&json, "attribution",
                    api_part_attribution(&worker->ctx.arena, &credits));
    gaz_json_string(&json, "licence",
                    api_part_licence(&worker->ctx.arena, &credits));
    write_page_links(&json, worker, request, query, page);
    gaz_json_array(&json, "features");
    for (uint32_t i = 0; i < page->count && !out->full; i++) {
        gaz_status status = ogc_feature_open(&json, worker, query->collection,
                                             query->crs, page->rows[i]);
        if (status != GAZ_OK)
            return status;
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

static void write_cells(struct api_worker *worker,
                        const struct ogc_collection *collection, uint32_t index,
                        const char *path, struct api_response *out)
{
    struct ogc_row row = {.worker = worker, .index = index};
    for (int i = 0; i < TABLE_COLUMNS && collection->properties[i].name; i++) {
        struct ogc_value value;
        collection->properties[i].get(&row, &value);
        const char *text = ogc_feature_text(worker, &value);
        gaz_buffer_text(out->body, "<td>");
        if (i == 0)
            ogc_answer_anchor(out->body, path, text[0] ? text : "（无名）");
        else
            gaz_buffer_html(out->body, text);
    }
}

/* Whose data the page shows. */
static void write_credits(struct api_worker *worker,
                          const struct api_credits *credits,
                          struct gaz_buffer *out)
{
    gaz_buffer_text(out, "<p class=\"quiet\">");
    gaz_buffer_html(out, api_part_attribution(&worker->ctx.arena, credits));
    gaz_buffer_text(out, " · ");
    gaz_buffer_html(out, api_part_licence(&worker->ctx.arena, credits));
    gaz_buffer_text(out, "</p>\n");
}

static void write_anchor_if(struct gaz_buffer *body, const char *url,
                            const char *text)
{
    if (url)
        ogc_answer_anchor(body, url, text);
}

static void write_table(struct api_worker *worker,
                        const struct api_request *request,
                        const struct ogc_query *query,
                        const struct ogc_page *page, struct api_response *out)
{
    const struct ogc_collection *collection = query->collection;
    struct gaz_arena *arena = &worker->ctx.arena;
    struct gaz_buffer *body = out->body;
    const char *const trail[] = {
        "/",
        "地图",
        "/collections",
        "图层",
        gaz_arena_printf(arena, "/collections/%s", collection->name),
        collection->zh,
        NULL};
    ogc_answer_page(worker, request, collection->zh, trail, out);
    gaz_buffer_printf(body, "<p>符合条件的要素 %u 个，本页 %u 个。</p>\n",
                      page->matched, page->count);
    gaz_buffer_text(body, "<div class=\"scroll\"><table><tr>");
    for (int i = 0; i < TABLE_COLUMNS && collection->properties[i].name; i++) {
        gaz_buffer_text(body, "<th>");
        gaz_buffer_html(body, collection->properties[i].zh);
    }
    gaz_buffer_text(body, "</tr>\n");
    struct api_credits credits = {.licence_count = 0};
    for (uint32_t i = 0; i < page->count; i++) {
        char id[OGC_FEATURE_ID_BYTES];
        collection->id(worker, page->rows[i], id);
        const char *path =
            ogc_answer_url(worker, request,
                           gaz_arena_printf(arena, "/collections/%s/items/%s",
                                            collection->name, id));
        gaz_buffer_text(body, "<tr>");
        write_cells(worker, collection, page->rows[i], path, out);
        collection->credit(worker, page->rows[i], &credits);
        gaz_buffer_text(body, "</tr>\n");
    }
    gaz_buffer_text(body, "</table></div>\n<p class=\"pages\">");
    write_anchor_if(body, previous_url(worker, request, query), "上一页");
    write_anchor_if(body, next_url(worker, request, query, page), "下一页");
    gaz_buffer_text(body, "</p>\n");
    write_credits(worker, &credits, body);
    ogc_answer_page_end(body);
}

/* What comes from the database is known by its bytes: the journal also grows by
 * what does not show. */
static void tag_by_content(struct api_worker *worker,
                           const struct ogc_collection *collection,
                           struct api_response *out)
{
    if (collection->load && !out->body->full)
        out->etag = gaz_arena_printf(&worker->ctx.arena, "\"%016llx\"",
                                     (unsigned long long)gaz_text_hash(
                                         out->body->data, out->body->size));
}

gaz_status ogc_items_get(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    const struct ogc_collection *collection;
    struct ogc_query query;
    struct ogc_page page;
    ogc_format format;
    gaz_status status = ogc_collection_asked(worker, request, &collection);
    if (status == GAZ_OK)
        status = ogc_answer_format(worker, request, OGC_JSON, &format);
    if (status == GAZ_OK)
        status = ogc_query_read(worker, request, collection, OGC_ITEM_PARAMS,
                                &query);
    if (status == GAZ_OK)
        status = ogc_query_run(worker, &query, &page);
    if (status != GAZ_OK)
        return status;
    if (format == OGC_HTML) {
        write_table(worker, request, &query, &page, out);
        return GAZ_OK;
    }
    out->content_crs = query.crs->header;
    status = write_json(worker, request, &query, &page, out->body);
    if (status == GAZ_OK)
        tag_by_content(worker, collection, out);
    return status;
}

/* ---- one feature ---- */

static void write_feature_page(struct api_worker *worker,
                               const struct api_request *request,
                               const struct ogc_collection *collection,
                               uint32_t index, struct api_response *out)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    struct ogc_row row = {.worker = worker, .index = index};
    struct ogc_value value;
    const char *const trail[] = {
        "/",
        "地图",
        "/collections",
        "图层",
        gaz_arena_printf(arena, "/collections/%s/items", collection->name),
        collection->zh,
        NULL};
    collection->properties[0].get(&row, &value);
    const char *title = ogc_feature_text(worker, &value);
    ogc_answer_page(worker, request, title[0] ? title : collection->zh, trail,
                    out);
    gaz_buffer_text(out->body, "<table>\n");
    const struct ogc_property *property = collection->properties;
    for (; property->name; property++) {
        property->get(&row, &value);
        const char *text = ogc_feature_text(worker, &value);
        if (!text[0])
            continue;
        gaz_buffer_text(out->body, "<tr><th>");
        gaz_buffer_html(out->body, property->zh);
        gaz_buffer_text(out->body, "<td>");
        gaz_buffer_html(out->body, text);
        gaz_buffer_text(out->body, "</tr>\n");
    }
    struct ogc_shape shape;
    collection->shape(&row, &shape);
    if (shape.kind == OGC_SHAPE_POINT)
        gaz_buffer_printf(out->body,
                          "<tr><th>经纬度（CGCS2000）<td>%.7f, %.7f</tr>\n",
                          shape.box.min.lon, shape.box.min.lat);
    gaz_buffer_text(out->body, "</table>\n");
    struct api_credits credits = {.licence_count = 0};
    collection->credit(worker, index, &credits);
    write_credits(worker, &credits, out->body);
    ogc_answer_page_end(out->body);
}

static gaz_status write_feature(struct api_worker *worker,
                                const struct api_request *request,
                                const struct ogc_collection *collection,
                                uint32_t index, struct api_response *out)
{
    const struct ogc_crs *crs;
    struct api_credits credits = {.licence_count = 0};
    struct gaz_json json;
    gaz_status status = ogc_crs_parse(worker, request, "crs", &crs);
    gaz_json_open(&json, out->body);
    if (status == GAZ_OK)
        status = ogc_feature_open(&json, worker, collection, crs, index);
    if (status != GAZ_OK)
        return status;
    collection->credit(worker, index, &credits);
    gaz_json_string(&json, "attribution",
                    api_part_attribution(&worker->ctx.arena, &credits));
    gaz_json_string(&json, "licence",
                    api_part_licence(&worker->ctx.arena, &credits));
    gaz_json_array(&json, "links");
    ogc_answer_links(&json, worker, request, "application/geo+json");
    ogc_answer_link(
        &json, "collection", "application/json",
        ogc_answer_url(worker, request,
                       gaz_arena_printf(&worker->ctx.arena, "/collections/%s",
                                        collection->name)),
        collection->en);
    gaz_json_end(&json);
    gaz_json_end(&json);
    out->content_crs = crs->header;
    return GAZ_OK;
}

gaz_status ogc_items_one(struct api_worker *worker,
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
    const char *id = api_capture(request, "featureId");
    uint32_t index = id ? collection->find(worker, id) : GAZ_NONE;
    if (index == GAZ_NONE || !collection->has(worker, index))
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个要素",
                                "no feature '%.40s' in '%s'", id ? id : "",
                                collection->name);
    if (format == OGC_HTML) {
        write_feature_page(worker, request, collection, index, out);
        return GAZ_OK;
    }
    return write_feature(worker, request, collection, index, out);
}
