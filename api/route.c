/* SPDX-License-Identifier: Apache-2.0 */
#include "api/route.h"

#include <string.h>

#include "api/access/ledger.h"
#include "api/problem.h"
#include "api/reply.h"
#include "api/static.h"
#include "gazetteer/base/text.h"

/* Takes "{name}" at *pattern and its text at *path: up to the literal that
 * follows in the pattern ("/", ".png", the end). */
static bool capture(struct gaz_arena *arena, const char **pattern,
                    const char **path, struct api_request *request)
{
    size_t name_len = strcspn(*pattern + 1, "}");
    const char *after = *pattern + 1 + name_len + 1;
    size_t literal_len = strcspn(after, "{/");
    size_t segment_len = strcspn(*path, "/");
    size_t value_len = segment_len;
    if (literal_len > 0) {
        if (segment_len < literal_len ||
            memcmp(*path + segment_len - literal_len, after, literal_len) != 0)
            return false;
        value_len -= literal_len;
    }
    if (value_len == 0 || request->capture_count == API_CAPTURES_MAX)
        return false;
    request->captures[request->capture_count++] = (struct api_param){
        .name = gaz_arena_strndup(arena, *pattern + 1, name_len),
        .value = gaz_arena_strndup(arena, *path, value_len),
    };
    *pattern = after;
    *path += value_len;
    return true;
}

bool api_route_match(struct gaz_arena *arena, const char *pattern,
                     const char *path, struct api_request *request)
{
    request->capture_count = 0;
    while (*pattern) {
        if (*pattern == '{') {
            if (!capture(arena, &pattern, &path, request))
                return false;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

const struct api_route *api_route_at(size_t index)
{
    for (const struct api_route_set *set = API_ROUTE_SETS; set->routes; set++)
        for (const struct api_route *route = set->routes; route->method;
             route++)
            if (index-- == 0)
                return route;
    return NULL;
}

static const struct api_param_doc *find_doc(const struct api_param_doc *docs,
                                            const char *name)
{
    for (; docs->name; docs++)
        if (strcmp(docs->name, name) == 0)
            return docs;
    return NULL;
}

const struct api_route_set *api_route_set_of(const struct api_route *route)
{
    for (const struct api_route_set *set = API_ROUTE_SETS; set->routes; set++)
        for (const struct api_route *at = set->routes; at->method; at++)
            if (at == route)
                return set;
    return NULL;
}

const char *api_route_example(const struct api_route *route)
{
    const struct api_route_set *set = api_route_set_of(route);
    for (const struct api_example *at = set->examples; at->name; at++)
        if (strcmp(at->name, route->name) == 0)
            return at->text;
    return NULL;
}

const struct api_param_doc *api_route_doc(const struct api_route *route,
                                          const char *name)
{
    const struct api_route_set *set = api_route_set_of(route);
    return set ? find_doc(set->docs, name) : NULL;
}

static const char *wanted_method(const struct api_request *request)
{
    return strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
}

const struct api_route *api_route_find(struct api_worker *worker,
                                       struct api_request *request)
{
    const char *method = wanted_method(request);
    for (const struct api_route_set *set = API_ROUTE_SETS; set->routes; set++)
        for (const struct api_route *route = set->routes; route->method;
             route++)
            if (strcmp(route->method, method) == 0 &&
                api_route_match(&worker->ctx.arena, route->pattern,
                                request->path, request))
                return route;
    request->capture_count = 0;
    return NULL;
}

const char *api_route_params(const char *rest, char name[32], bool *is_required)
{
    rest += strspn(rest, " ");
    size_t len = strcspn(rest, " !");
    if (len == 0 || len >= 32)
        return NULL;
    memcpy(name, rest, len);
    name[len] = '\0';
    *is_required = rest[len] == '!';
    return rest + len + (*is_required ? 1 : 0);
}

static bool takes_param(const struct api_route *route, const char *wanted)
{
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL)
        if (strcmp(name, wanted) == 0)
            return true;
    return false;
}

/* Unknown parameters are most often slips of the pen ("lng" for "lon"): an
 * answer that ignores them would mislead. */
gaz_status api_route_check(struct api_worker *worker,
                           const struct api_route *route,
                           const struct api_request *request)
{
    for (int i = 0; i < request->param_count; i++) {
        const char *name = request->params[i].name;
        if (!(route->flags & API_TAKES_ANY) && !takes_param(route, name))
            return api_problem_parameter(
                worker, name, "没有这个参数",
                "unknown parameter '%.40s'; this path takes: %s", name,
                route->params[0] ? route->params : "none");
    }
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL) {
        const char *value = api_param(request, name);
        if (is_required && (!value || !value[0]))
            return api_problem_parameter(
                worker, gaz_arena_strdup(&worker->ctx.arena, name),
                "缺少必需的参数", "parameter '%s' is missing", name);
    }
    return GAZ_OK;
}

/* The methods that some route has for this path: "GET, HEAD, OPTIONS"; NULL
 * when no route has the path. */
static const char *allowed_methods(struct api_worker *worker,
                                   const struct api_request *request)
{
    static const char *const METHODS[] = {"GET", "POST", "PUT", "PATCH",
                                          "DELETE"};
    enum { METHOD_COUNT = sizeof(METHODS) / sizeof(METHODS[0]) };
    bool has[METHOD_COUNT] = {api_static_has(request->path)};
    bool has_any = has[0];
    struct api_request probe = *request;
    const struct api_route *route;
    const char *all = "";
    for (size_t i = 0; (route = api_route_at(i)) != NULL; i++) {
        if (!api_route_match(&worker->ctx.arena, route->pattern, request->path,
                             &probe))
            continue;
        has_any = true;
        for (int k = 0; k < METHOD_COUNT; k++)
            has[k] = has[k] || strcmp(route->method, METHODS[k]) == 0;
    }
    for (int k = 0; k < METHOD_COUNT; k++)
        if (has[k])
            all = gaz_arena_printf(&worker->ctx.arena, "%s%s, ", all,
                                   k == 0 ? "GET, HEAD" : METHODS[k]);
    return has_any ? gaz_arena_printf(&worker->ctx.arena, "%sOPTIONS", all)
                   : NULL;
}

/* No route: the page's files, OPTIONS, 405 or 404. */
static gaz_status answer_without_route(struct api_worker *worker,
                                       const struct api_request *request,
                                       struct api_response *out)
{
    if (strcmp(wanted_method(request), "GET") == 0 &&
        api_static_has(request->path))
        return api_static_answer(worker, request, out);
    const char *allow = allowed_methods(worker, request);
    if (!allow)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个地址",
                                "no such path; /openapi.json lists them");
    out->allow = allow;
    if (strcmp(request->method, "OPTIONS") == 0) {
        out->status = 204;
        return GAZ_OK;
    }
    return api_problem_fail(worker, GAZ_INVALID, 405, "此地址不支持该方法",
                            "method %.20s is not allowed here; allowed: %s",
                            request->method, allow);
}

/* True when If-None-Match names `etag` (weak comparison, RFC 9110 13.1.2). */
static bool has_etag(const char *header, const char *etag)
{
    if (!header || !etag)
        return false;
    size_t len = strlen(etag);
    for (const char *at = header; *at;) {
        at += strspn(at, " \t,");
        if (*at == '*')
            return true;
        if (at[0] == 'W' && at[1] == '/')
            at += 2;
        size_t token = strcspn(at, " \t,");
        if (token == len && memcmp(at, etag, len) == 0)
            return true;
        at += token;
    }
    return false;
}

/* What has been hashed and one more piece; pieces do not run together. */
static uint64_t fold_number(uint64_t hash, uint64_t value)
{
    const uint64_t both[] = {hash, value};
    return gaz_text_hash((const char *)both, sizeof(both));
}

static uint64_t fold(uint64_t hash, const char *text)
{
    return fold_number(hash, gaz_text_hash(text, strlen(text)));
}

/* Same snapshot, question, day and program: same bytes. So a client that has
 * the answer is told so without making it again. Handlers may set another. */
static const char *make_etag(struct api_worker *worker,
                             const struct api_request *request, unsigned flags)
{
    uint64_t hash = worker->snap->checksum;
    hash = fold(hash, DIMING_VERSION);
    hash = fold_number(hash, (uint64_t)gaz_date_today());
    hash = fold(hash, request->base_url ? request->base_url : "");
    hash = fold(hash, request->path);
    if (flags & API_READS_LEDGER) {
        hash = fold_number(
            hash,
            worker->ledger ? api_ledger_seq(&worker->ctx, worker->ledger) : 0);
        hash = fold_number(hash, worker->caller.roles);
    }
    if ((flags & API_NEGOTIATES) && request->accept)
        hash = fold(hash, request->accept);
    for (int i = 0; i < request->param_count; i++) {
        hash = fold(hash, request->params[i].name);
        hash = fold(hash, request->params[i].value);
    }
    char *etag = gaz_arena_alloc(&worker->ctx.arena, 16 + sizeof("\"\""));
    etag[0] = '"';
    (void)api_reply_write_hex(hash, etag + 1);
    etag[17] = '"';
    return etag;
}

static gaz_status run_handler(struct api_worker *worker,
                              const struct api_route *route,
                              const struct api_request *request,
                              struct api_response *out)
{
    gaz_status status = route->handler(worker, request, out);
    if (status == GAZ_OK && out->body->full)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "结果过大，请缩小范围",
                                "the answer is larger than %d bytes; ask for "
                                "less",
                                (int)API_RESPONSE_MAX_BYTES);
    if (status == GAZ_OK && out->status != 200 && out->status != 201)
        out->etag = NULL;
    return status;
}

static gaz_status answer_route(struct api_worker *worker,
                               const struct api_route *route,
                               const struct api_request *request,
                               struct api_response *out)
{
    gaz_status status = api_route_check(worker, route, request);
    if (status != GAZ_OK)
        return status;
    if ((route->flags & API_NEEDS_SNAPSHOT) && !worker->snap)
        return api_problem_fail(worker, GAZ_IO, 503, "还没有可用的数据快照",
                                "no snapshot is loaded yet; 'diming build' "
                                "makes one");
    out->content_type = route->produces;
    out->varies = (route->flags & API_NEGOTIATES) != 0;
    bool is_cacheable = (route->flags & API_NEEDS_SNAPSHOT) &&
                        strcmp(route->method, "GET") == 0;
    if (is_cacheable) {
        if (!(route->flags & API_MADE))
            out->etag = make_etag(worker, request, route->flags);
        out->cache_control = "no-cache";
    }
    if (route->flags & API_READS_LEDGER) {
        out->varies_by_key = true;
        if (worker->caller.roles)
            out->cache_control = "private, no-cache";
    }
    if (has_etag(request->if_none_match, out->etag))
        return GAZ_OK;
    return run_handler(worker, route, request, out);
}

void api_route_run(struct api_worker *worker, const struct api_route *route,
                   struct api_request *request, struct api_response *out)
{
    out->status = 200;
    gaz_status status = route ? answer_route(worker, route, request, out)
                              : answer_without_route(worker, request, out);
    if (status != GAZ_OK) {
        api_problem_answer(worker, request, status, out);
        return;
    }
    if (out->status == 200 && has_etag(request->if_none_match, out->etag)) {
        out->status = 304;
        gaz_buffer_clear(out->body);
    }
}

void api_route_dispatch(struct api_worker *worker, struct api_request *request,
                        struct api_response *out)
{
    api_route_run(worker, api_route_find(worker, request), request, out);
}
