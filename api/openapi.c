/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.c - the description of the service, made from the route table. */
#include "api/openapi.h"

#include <string.h>

#include "api/handlers.h"
#include "api/route.h"
#include "gazetteer/base/json.h"

static void write_example(struct gaz_json *json,
                          const struct api_param_doc *doc)
{
    if (strcmp(doc->type, "string") == 0)
        gaz_json_string(json, "example", doc->example);
    else
        gaz_json_raw(json, "example", doc->example);
}

static void write_param(struct gaz_json *json, const struct api_route *route,
                        const char *name, const char *where, bool is_required)
{
    const struct api_param_doc *doc = api_route_doc(route, name);
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
        write_param(json, route, gaz_arena_strndup(arena, at + 1, len), "path",
                    true);
        at += len;
    }
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL)
        write_param(json, route, name, "query", is_required);
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

static bool is_first_of_path(size_t index)
{
    const char *pattern = api_route_at(index)->pattern;
    for (size_t i = 0; i < index; i++)
        if (strcmp(api_route_at(i)->pattern, pattern) == 0)
            return false;
    return true;
}

/* The methods of one path stand together. */
static void write_path(struct gaz_json *json, struct gaz_arena *arena,
                       size_t index)
{
    const struct api_route *first = api_route_at(index);
    const struct api_route *route;
    gaz_json_object(json, first->pattern);
    for (size_t i = index; (route = api_route_at(i)) != NULL; i++)
        if (strcmp(route->pattern, first->pattern) == 0)
            write_operation(json, arena, route);
    gaz_json_end(json);
}

void api_openapi_write(struct api_worker *worker,
                       const struct api_request *request, const char *version,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "openapi", version);
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
    const struct api_route *route;
    for (size_t i = 0; (route = api_route_at(i)) != NULL; i++)
        if (is_first_of_path(i))
            write_path(&json, &worker->ctx.arena, i);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

gaz_status api_openapi(struct api_worker *worker,
                       const struct api_request *request,
                       struct api_response *out)
{
    api_openapi_write(worker, request, "3.1.0", out->body);
    return GAZ_OK;
}
