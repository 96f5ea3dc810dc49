/* SPDX-License-Identifier: Apache-2.0 */
#include "api/openapi_example.h"

#include <string.h>

#include "api/jobs/state.h"
#include "api/params.h"
#include "api/part.h"

static bool is_named(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* A town with a position, else the first place. */
static uint32_t example_place(const struct gaz_snapshot *snap)
{
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (snap->places[i].level == GAZ_LEVEL_TOWN &&
            snap->places[i].lon_e7 != INT32_MIN &&
            snap->places[i].status == GAZ_STATUS_CURRENT)
            return i;
    return 0;
}

static const char *id_of(struct api_worker *worker, uint32_t place)
{
    char text[GAZ_ID_TEXT_BYTES];
    return gaz_arena_strdup(&worker->ctx.arena,
                            gaz_id_write(worker->snap->places[place].id, text));
}

const char *api_openapi_example_value(struct api_worker *worker,
                                      const struct api_route *route,
                                      const char *name)
{
    static const char *const IDS[] = {"id", "featureId", "ids", NULL};
    const struct gaz_snapshot *snap = worker->snap;
    const struct api_param_doc *doc = api_route_doc(route, name);
    /* a number, or the id of a job, is no id of a place */
    bool is_place =
        !doc || (strcmp(doc->type, "string") == 0 &&
                 !(doc->example && api_jobs_state_is_id(doc->example)));
    if (snap && snap->place_count > 0 && is_place) {
        uint32_t place = example_place(snap);
        if (is_named(name, IDS))
            return id_of(worker, place);
        if (strcmp(name, "code") == 0 && snap->places[place].code_text)
            return gaz_snapshot_text(snap, snap->places[place].code_text);
    }
    return doc ? doc->example : NULL;
}

static void add_param(struct api_request *request, const char *name,
                      const char *value)
{
    if (value && request->param_count < API_PARAMS_MAX)
        request->params[request->param_count++] =
            (struct api_param){.name = name, .value = value};
}

/* The path with its captures filled. */
static const char *fill_path(struct api_worker *worker,
                             const struct api_route *route)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *path = "";
    const char *at = route->pattern;
    while (*at) {
        size_t literal = strcspn(at, "{");
        path = gaz_arena_printf(arena, "%s%.*s", path, (int)literal, at);
        at += literal;
        if (!*at)
            break;
        size_t len = strcspn(at + 1, "}");
        const char *value = api_openapi_example_value(
            worker, route, gaz_arena_strndup(arena, at + 1, len));
        path = gaz_arena_printf(arena, "%s%s", path, value ? value : "");
        at += len + 2;
    }
    return path;
}

bool api_openapi_example_ask(struct api_worker *worker,
                             const struct api_request *request,
                             const struct api_route *route,
                             struct api_response *out)
{
    const char *example = api_route_example(route);
    bool is_post = strcmp(route->method, "GET") != 0;
    if (api_route_roles(route) != 0) /* nothing is written, nothing is shown
                                      * that the reader may not see */
        return false;
    bool has_snapshot =
        worker->snap || (route->flags & API_NEEDS_SNAPSHOT) == 0;
    if (!has_snapshot || (is_post && !example) ||
        strcmp(route->method, "DELETE") == 0)
        return false;
    struct api_request own = {.method = route->method,
                              .path = fill_path(worker, route),
                              .accept = "application/json",
                              .base_url = request->base_url};
    if (is_post) {
        own.body = example;
        own.body_size = strlen(example);
        own.content_type =
            gaz_arena_strndup(&worker->ctx.arena, route->consumes,
                              strcspn(route->consumes, " ;"));
    } else if (example && api_params_parse(worker, example, &own) != GAZ_OK) {
        return false;
    }
    char name[32];
    bool is_required;
    const char *rest = route->params;
    while ((rest = api_route_params(rest, name, &is_required)) != NULL)
        if (is_required && !api_param(&own, name))
            add_param(&own, gaz_arena_strdup(&worker->ctx.arena, name),
                      api_openapi_example_value(worker, route, name));
    api_route_dispatch(worker, &own, out);
    return true;
}
