/* SPDX-License-Identifier: Apache-2.0 */
/* reconcile_suggest.c - what OpenRefine asks while somebody types, and the
 * preview of a place. */
#include <string.h>

#include "api/category.h"
#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "api/dialects/reconcile.h"
#include "api/ogc/answer.h"
#include "api/ogc/collection.h"
#include "api/problem.h"
#include "api/static.h"

static const char *prefix_of(const struct api_request *request)
{
    const char *prefix = api_param(request, "prefix");
    return prefix ? prefix : "";
}

static void open_result(struct gaz_json *json, struct gaz_buffer *out)
{
    gaz_json_open(json, out);
    gaz_json_object(json, NULL);
    gaz_json_array(json, "result");
}

static void close_result(struct gaz_json *json)
{
    gaz_json_end(json);
    gaz_json_end(json);
}

gaz_status dialect_reconcile_entity(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    struct gaz_query query = {.text = prefix_of(request), .limit = 10};
    struct gaz_answers answers = {.count = 0};
    if (query.text[0]) {
        gaz_status status =
            gaz_suggest(&worker->ctx, worker->searcher, snap, &query, &answers);
        if (status != GAZ_OK) {
            worker->parameter = "prefix";
            return status;
        }
    }
    struct gaz_json json;
    open_result(&json, out->body);
    for (int i = 0; i < answers.count; i++) {
        uint32_t place = answers.items[i].place;
        char id[GAZ_ID_TEXT_BYTES];
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "id", gaz_id_write(snap->places[place].id, id));
        gaz_json_string(&json, "name", api_part_name(snap, place));
        gaz_json_string(&json, "description", answers.items[i].label);
        gaz_json_array(&json, "notable");
        dialect_reconcile_write_type(&json, NULL, snap->places[place].category);
        gaz_json_end(&json);
        gaz_json_end(&json);
    }
    close_result(&json);
    return GAZ_OK;
}

static void write_property(struct gaz_json *json,
                           const struct ogc_property *property)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id", property->name);
    gaz_json_string(json, "name", property->zh);
    gaz_json_string(json, "description", property->en);
    gaz_json_end(json);
}

gaz_status dialect_reconcile_property(struct api_worker *worker,
                                      const struct api_request *request,
                                      struct api_response *out)
{
    (void)worker;
    const char *prefix = prefix_of(request);
    struct gaz_json json;
    open_result(&json, out->body);
    const struct ogc_property *property = OGC_PLACES.properties;
    for (; property->name; property++)
        if (strncmp(property->name, prefix, strlen(prefix)) == 0 ||
            strstr(property->zh, prefix))
            write_property(&json, property);
    close_result(&json);
    return GAZ_OK;
}

/* The categories that the data has, each once. */
gaz_status dialect_reconcile_type(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    enum { TYPES_MAX = 64 };
    const struct gaz_snapshot *snap = worker->snap;
    const struct api_category *seen[TYPES_MAX];
    const char *prefix = prefix_of(request);
    int count = 0;
    struct gaz_json json;
    open_result(&json, out->body);
    for (uint32_t i = 0; i < snap->place_count && count < TYPES_MAX; i++) {
        const struct api_category *type =
            api_category_find(snap->places[i].category);
        bool is_new = true;
        for (int k = 0; k < count; k++)
            is_new = is_new && seen[k] != type;
        if (!is_new)
            continue;
        seen[count++] = type;
        if (strstr(type->zh, prefix) || strstr(type->en, prefix))
            dialect_reconcile_write_type(&json, NULL, type->code);
    }
    close_result(&json);
    return GAZ_OK;
}

/* Data extension: what may be fetched of a type; the same for all. */
gaz_status dialect_reconcile_properties(struct api_worker *worker,
                                        const struct api_request *request,
                                        struct api_response *out)
{
    const char *type = api_param(request, "type");
    const struct ogc_property *property = OGC_PLACES.properties;
    struct gaz_json json;
    (void)worker;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    if (type)
        gaz_json_string(&json, "type", type);
    gaz_json_array(&json, "properties");
    for (; property->name; property++) {
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "id", property->name);
        gaz_json_string(&json, "name", property->zh);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

/* A small page for an iframe of another host's page: nothing but text. */
gaz_status dialect_reconcile_preview(struct api_worker *worker,
                                     const struct api_request *request,
                                     struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const char *id = api_param(request, "id");
    uint32_t place = id ? dialect_reconcile_place(snap, id) : GAZ_NONE;
    if (place == GAZ_NONE)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个地名",
                                "no place '%.40s'", id ? id : "");
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_buffer *body = out->body;
    out->csp = "default-src 'none'; style-src 'unsafe-inline'";
    gaz_buffer_text(body, "<!doctype html><html lang=\"zh\"><head><meta "
                          "charset=\"utf-8\"><title>");
    gaz_buffer_html(body, api_part_name(snap, place));
    gaz_buffer_text(body,
                    "</title></head><body style=\"font:15px/1.5 "
                    "system-ui,'Noto Sans CJK SC',sans-serif;margin:12px\">"
                    "<strong>");
    gaz_buffer_html(body, api_part_name(snap, place));
    gaz_buffer_text(body, "</strong> ");
    gaz_buffer_html(body, api_part_roman(snap, place));
    gaz_buffer_text(body, "<br>");
    gaz_buffer_html(body, gaz_snapshot_text(snap, row->label));
    gaz_buffer_text(body, "<br>");
    gaz_buffer_html(body, api_category_find(row->category)->zh);
    gaz_buffer_text(body, "<p>");
    gaz_buffer_html(body, gaz_snapshot_text(snap, row->history));
    gaz_buffer_text(body, "</p></body></html>\n");
    return GAZ_OK;
}
