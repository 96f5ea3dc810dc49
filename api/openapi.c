/* SPDX-License-Identifier: Apache-2.0 */
/* openapi.c - the description of the service, made from the route table. */
#include "api/openapi.h"

#include <string.h>

#include "api/handlers.h"
#include "api/jobs/table.h"
#include "api/openapi_example.h"
#include "api/static.h"
#include "gazetteer/base/json.h"

/* What the writers share. */
struct writing {
    struct gaz_json json;
    struct api_worker *worker;
    const struct api_request *request;
    struct gaz_buffer answer; /* of one example */
};

static void write_param(struct writing *w, const struct api_route *route,
                        const char *name, const char *where, bool is_required)
{
    struct gaz_json *json = &w->json;
    const struct api_param_doc *doc = api_route_doc(route, name);
    const char *example = api_openapi_example_value(w->worker, route, name);
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
    }
    if (doc && strcmp(doc->type, "string") == 0)
        gaz_json_string(json, "example", example);
    else if (doc)
        gaz_json_raw(json, "example", example);
    gaz_json_end(json);
}

/* The captures of the pattern, then the parameters of the query. */
static void write_params(struct writing *w, const struct api_route *route)
{
    gaz_json_array(&w->json, "parameters");
    const char *at = route->pattern;
    while ((at = strchr(at, '{')) != NULL) {
        size_t len = strcspn(at + 1, "}");
        write_param(w, route,
                    gaz_arena_strndup(&w->worker->ctx.arena, at + 1, len),
                    "path", true);
        at += len;
    }
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL)
        write_param(w, route, name, "query", is_required);
    if (route->flags & API_LOCKS) {
        write_param(w, route, "If-Match", "header", true);
        write_param(w, route, "Idempotency-Key", "header", false);
    }
    gaz_json_end(&w->json);
}

static bool is_json_type(const char *type, size_t len)
{
    return len >= 4 && memcmp(type + len - 4, "json", 4) == 0;
}

/* One "type/subtype": a schema, and an example (NULL: none). */
static void write_media(struct writing *w, const char *type, size_t len,
                        const char *example)
{
    struct gaz_json *json = &w->json;
    bool is_json = is_json_type(type, len);
    gaz_json_object(json, gaz_arena_strndup(&w->worker->ctx.arena, type, len));
    gaz_json_object(json, "schema");
    if (!is_json)
        gaz_json_string(json, "type", "string");
    gaz_json_end(json);
    if (example && is_json)
        gaz_json_raw(json, "example", example);
    else if (example)
        gaz_json_string(json, "example", example);
    gaz_json_end(json);
}

/* The example of a body is of the first type. */
static void write_request_body(struct writing *w, const struct api_route *route)
{
    gaz_json_object(&w->json, "requestBody");
    gaz_json_bool(&w->json, "required", true);
    gaz_json_object(&w->json, "content");
    const char *example = api_route_example(route);
    for (const char *at = route->consumes; *at;) {
        at += strspn(at, " ");
        size_t len = strcspn(at, " ");
        write_media(w, at, len, example);
        example = NULL;
        at += len;
    }
    gaz_json_end(&w->json);
    gaz_json_end(&w->json);
}

/* What the handler answers to the example, when it is JSON and short. */
static const char *ask_example(struct writing *w, const struct api_route *route)
{
    enum { EXAMPLE_MAX_BYTES = 6000 };
    struct api_response response = {.body = &w->answer};
    size_t len = strcspn(route->produces, " ;");
    if (route->handler == api_jobs_get)
        return JOBS_EXAMPLE_ANSWER;
    bool is_own = route->handler == api_openapi; /* would never end */
    gaz_buffer_clear(&w->answer);
    if (is_own || !is_json_type(route->produces, len) ||
        strstr(route->produces, "openapi") ||
        !api_openapi_example_ask(w->worker, w->request, route, &response) ||
        response.status != 200 || !response.content_type ||
        !is_json_type(response.content_type,
                      strcspn(response.content_type, " ;")) ||
        w->answer.size > EXAMPLE_MAX_BYTES)
        return NULL;
    return w->answer.data;
}

/* Other good answers than 200, without a body of their own. */
static void write_other_answers(struct gaz_json *json,
                                const struct api_route *route)
{
    const bool is_delete = strcmp(route->method, "DELETE") == 0;
    if (is_delete || (route->flags & API_SPOOLS)) {
        gaz_json_object(json, "202");
        gaz_json_string(json, "description",
                        is_delete ? "it will stop in a moment"
                                  : "a job was made; Location tells where it "
                                    "is");
        gaz_json_end(json);
    }
    if (is_delete) {
        gaz_json_object(json, "204");
        gaz_json_string(json, "description", "removed");
        gaz_json_end(json);
    }
}

/* A refusal, as RFC 9457. */
static void write_problem(struct writing *w, const char *status,
                          const char *description)
{
    static const char *const PROBLEM = "application/problem+json";
    struct gaz_json *json = &w->json;
    gaz_json_object(json, status);
    gaz_json_string(json, "description", description);
    gaz_json_object(json, "content");
    write_media(w, PROBLEM, strlen(PROBLEM), NULL);
    gaz_json_end(json);
    gaz_json_end(json);
}

/* Those that each route of its kind has; `default` stands for the others. */
static void write_problems(struct writing *w, const struct api_route *route)
{
    write_problem(w, "400", "a parameter, the path or the body is wrong");
    if (api_route_roles(route) != 0 && !(route->flags & API_LOCAL)) {
        write_problem(w, "401", "a key is needed, or this one is not known");
        write_problem(w, "403", "the key lacks the role");
    }
    if (strchr(route->pattern, '{'))
        write_problem(w, "404", "there is none of this name");
    if (route->flags & API_LOCKS) {
        write_problem(w, "412", "it has changed since it was read");
        write_problem(w, "422", "the rules speak against it");
    }
    if (route->consumes) {
        write_problem(w, "413", "the body is too large");
        write_problem(w, "415", "a body of another type");
    }
    write_problem(w, "429", "too many requests; Retry-After tells when");
    write_problem(w, "default", "what went wrong (RFC 9457)");
}

static void write_responses(struct writing *w, const struct api_route *route)
{
    struct gaz_json *json = &w->json;
    gaz_json_object(json, "responses");
    gaz_json_object(json, "200");
    gaz_json_string(json, "description", route->en);
    gaz_json_object(json, "content");
    write_media(w, route->produces, strcspn(route->produces, " ;"),
                ask_example(w, route));
    gaz_json_end(json);
    gaz_json_end(json);
    write_other_answers(json, route);
    write_problems(w, route);
    gaz_json_end(json);
}

static const char *method_key(const char *method)
{
    static const char *const KEYS[][2] = {{"GET", "get"},
                                          {"PUT", "put"},
                                          {"PATCH", "patch"},
                                          {"DELETE", "delete"}};
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
        if (strcmp(KEYS[i][0], method) == 0)
            return KEYS[i][1];
    return "post";
}

/* A key with one of these roles is needed. */
static void write_security(struct writing *w, const struct api_route *route)
{
    const unsigned roles = api_route_roles(route);
    if (roles == 0 || (route->flags & API_LOCAL))
        return;
    gaz_json_array(&w->json, "security");
    gaz_json_object(&w->json, NULL);
    gaz_json_array(&w->json, "key");
    gaz_json_end(&w->json);
    gaz_json_end(&w->json);
    gaz_json_end(&w->json);
    gaz_json_string(&w->json, "x-roles",
                    gaz_role_names(&w->worker->ctx.arena, roles));
}

static void write_operation(struct writing *w, const struct api_route *route)
{
    struct gaz_json *json = &w->json;
    bool is_get = strcmp(route->method, "GET") == 0;
    gaz_json_object(json, method_key(route->method));
    gaz_json_string(json, "operationId", route->name);
    gaz_json_array(json, "tags");
    gaz_json_string(json, NULL, api_route_set_of(route)->tag);
    gaz_json_end(json);
    gaz_json_string(json, "summary", route->en);
    gaz_json_string(json, "description", route->zh);
    if (is_get)
        gaz_json_optional(json, "x-example-query", api_route_example(route));
    write_security(w, route);
    write_params(w, route);
    if (route->consumes)
        write_request_body(w, route);
    write_responses(w, route);
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
static void write_path(struct writing *w, size_t index)
{
    const struct api_route *first = api_route_at(index);
    const struct api_route *route;
    gaz_json_object(&w->json, first->pattern);
    for (size_t i = index; (route = api_route_at(i)) != NULL; i++)
        if (strcmp(route->pattern, first->pattern) == 0)
            write_operation(w, route);
    gaz_json_end(&w->json);
}

static void write_info(struct gaz_json *json)
{
    gaz_json_object(json, "info");
    gaz_json_string(json, "title", "Diming 地名");
    gaz_json_string(json, "version", DIMING_VERSION);
    gaz_json_string(
        json, "description",
        "Standard place names and addresses of Pinghu and its "
        "border with Jinshan. 平湖市及沪浙边界的标准地名地址服务。");
    gaz_json_object(json, "contact");
    gaz_json_string(json, "name", "Diming");
    gaz_json_end(json);
    gaz_json_object(json, "license");
    gaz_json_string(json, "name", "Apache-2.0");
    gaz_json_string(json, "url", "https://www.apache.org/licenses/LICENSE-2.0");
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_tags(struct gaz_json *json)
{
    gaz_json_array(json, "tags");
    for (const struct api_route_set *set = API_ROUTE_SETS; set->routes; set++) {
        gaz_json_object(json, NULL);
        gaz_json_string(json, "name", set->tag);
        gaz_json_string(json, "description", set->zh);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_components(struct gaz_json *json)
{
    gaz_json_object(json, "components");
    gaz_json_object(json, "securitySchemes");
    gaz_json_object(json, "key");
    gaz_json_string(json, "type", "http");
    gaz_json_string(json, "scheme", "bearer");
    gaz_json_string(json, "description",
                    "a key of 'diming key add', dm-ID-SECRET");
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
}

void api_openapi_write(struct api_worker *worker,
                       const struct api_request *request, const char *version,
                       struct gaz_buffer *out)
{
    struct writing w = {.worker = worker, .request = request};
    struct gaz_json *json = &w.json;
    gaz_json_open(json, out);
    gaz_buffer_open(&w.answer, API_RESPONSE_MAX_BYTES);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "openapi", version);
    write_info(json);
    gaz_json_array(json, "servers");
    gaz_json_object(json, NULL);
    gaz_json_string(json, "url", request->base_url ? request->base_url : "/");
    gaz_json_end(json);
    gaz_json_end(json);
    write_tags(json);
    gaz_json_array(json, "security"); /* reading is open to all */
    gaz_json_object(json, NULL);
    gaz_json_end(json);
    gaz_json_end(json);
    write_components(json);
    gaz_json_object(json, "paths");
    for (size_t i = 0; api_route_at(i) != NULL; i++)
        if (is_first_of_path(i))
            write_path(&w, i);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_buffer_close(&w.answer);
    worker->ctx.failure[0] = '\0'; /* of an example without an answer */
}

gaz_status api_openapi(struct api_worker *worker,
                       const struct api_request *request,
                       struct api_response *out)
{
    api_openapi_write(worker, request, "3.1.0", out->body);
    return GAZ_OK;
}

gaz_status api_openapi_page(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    static const char PAGE[] = "/assets/docs.html";
    struct api_request page = *request;
    page.path = api_static_has(PAGE) ? PAGE : "/";
    return api_static_answer(worker, &page, out);
}
