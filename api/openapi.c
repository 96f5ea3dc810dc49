/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.c - the description of the service, made from the route table. */
#include <string.h>

#include "api/handlers.h"
#include "api/route.h"
#include "gazetteer/base/json.h"

static const struct api_param_doc *find_doc(const char *name)
{
    for (const struct api_param_doc *doc = API_PARAM_DOCS; doc->name; doc++)
        if (strcmp(doc->name, name) == 0)
            return doc;
    return NULL;
}

static void write_example(struct gaz_json *json,
                          const struct api_param_doc *doc)
{
    if (strcmp(doc->type, "string") == 0)
        gaz_json_string(json, "example", doc->example);
    else
        gaz_json_raw(json, "example", doc->example);
}

static void write_param(struct gaz_json *json, const char *name,
                        const char *where, bool is_required)
{
    const struct api_param_doc *doc = find_doc(name);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "name", name);
    gaz_json_string(json, "in", where);
    gaz_json_bool(json, "required", is_required);
    gaz_json_object(json, "schema");
    gaz_json_string(json, "type", doc ? doc->type : "string");
    if (doc && doc->min < doc->max) {
        gaz_json_number(json, "minimum", doc->min, 0);
        gaz_json_number(json, "maximum", doc->max, 0);
    }
    gaz_json_end(json);
    if (doc) {
        gaz_json_string(json, "description", doc->en);
        gaz_json_string(json, "x-description-zh", doc->zh);
        write_example(json, doc);
    }
    gaz_json_end(json);
}

/* The captures of the pattern, then the parameters of the query. */
static void write_params(struct gaz_json *json, struct gaz_arena *arena,
                         const struct api_route *route)
{
    gaz_json_array(json, "parameters");
    const char *at = route->pattern;
    while ((at = strchr(at, '{')) != NULL) {
        size_t len = strcspn(at + 1, "}");
        write_param(json, gaz_arena_strndup(arena, at + 1, len), "path", true);
        at += len;
    }
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL)
        write_param(json, name, "query", is_required);
    gaz_json_end(json);
}

static void write_content(struct gaz_json *json, struct gaz_arena *arena,
                          const char *types)
{
    gaz_json_object(json, "content");
    for (const char *at = types; *at;) {
        at += strspn(at, " ");
        size_t len = strcspn(at, " ;");
        bool is_json = len >= 4 && memcmp(at + len - 4, "json", 4) == 0;
        gaz_json_object(json, gaz_arena_strndup(arena, at, len));
        gaz_json_object(json, "schema");
        gaz_json_string(json, "type", is_json ? "object" : "string");
        gaz_json_end(json);
        gaz_json_end(json);
        at += strcspn(at, " ");
        if (*at && strchr(types, ';'))
            break; /* one type with a parameter: "text/csv; charset=utf-8" */
    }
    gaz_json_end(json);
}

static void write_responses(struct gaz_json *json, struct gaz_arena *arena,
                            const struct api_route *route)
{
    gaz_json_object(json, "responses");
    gaz_json_object(json, "200");
    gaz_json_string(json, "description", route->en);
    write_content(json, arena, route->produces);
    gaz_json_end(json);
    gaz_json_object(json, "default");
    gaz_json_string(json, "description", "what went wrong (RFC 9457)");
    write_content(json, arena, "application/problem+json");
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_operation(struct gaz_json *json, struct gaz_arena *arena,
                            const struct api_route *route)
{
    gaz_json_object(json, strcmp(route->method, "GET") == 0 ? "get" : "post");
    gaz_json_string(json, "operationId", route->name);
    gaz_json_string(json, "summary", route->en);
    gaz_json_string(json, "description", route->zh);
    write_params(json, arena, route);
    if (route->consumes) {
        gaz_json_object(json, "requestBody");
        gaz_json_bool(json, "required", true);
        write_content(json, arena, route->consumes);
        gaz_json_end(json);
    }
    write_responses(json, arena, route);
    gaz_json_end(json);
}

gaz_status api_openapi(struct api_worker *worker,
                       const struct api_request *request,
                       struct api_response *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "openapi", "3.1.0");
    gaz_json_object(&json, "info");
    gaz_json_string(&json, "title", "Diming 地名");
    gaz_json_string(&json, "version", DIMING_VERSION);
    gaz_json_string(
        &json, "description",
        "Standard place names and addresses of Pinghu and its "
        "border with Jinshan. 平湖市及沪浙边界的标准地名地址服务。");
    gaz_json_end(&json);
    gaz_json_array(&json, "servers");
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "url", request->base_url ? request->base_url : "/");
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_json_object(&json, "paths");
    for (const struct api_route *route = API_ROUTES; route->method; route++) {
        gaz_json_object(&json, route->pattern);
        write_operation(&json, &worker->ctx.arena, route);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}
