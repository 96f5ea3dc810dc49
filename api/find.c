/* SPDX-License-Identifier: Apache-2.0 */
/* find.c - geocode, search, suggest, reverse, parse: one question, answers. */
#include "api/find.h"

#include <string.h>

#include "api/handlers.h"
#include "api/problem.h"
#include "api/represent.h"
#include "gazetteer/base/text.h"

typedef gaz_status find_function(struct gaz_ctx *ctx,
                                 struct gaz_searcher *searcher,
                                 const struct gaz_snapshot *snap,
                                 const struct gaz_query *query,
                                 struct gaz_answers *out);

/* An argument that the search refused: blame q, which is the only one that the
 * checks of params.c leave open, or the division code. */
static gaz_status blame(struct api_worker *worker, gaz_status status,
                        const struct gaz_query *query)
{
    if (status == GAZ_LIMIT) {
        worker->parameter = "q";
        worker->problem = 414;
        worker->failure_zh = "查询过长";
    } else if (status == GAZ_INVALID) {
        worker->parameter = query->text[0] || !query->in_code ? "q" : "in";
        worker->failure_zh = "查询内容有误";
    }
    return status;
}

static gaz_status find_by_words(struct api_worker *worker,
                                const struct api_request *request,
                                find_function *find, int limit,
                                struct gaz_answers *out)
{
    struct gaz_query query;
    gaz_status status = api_params_query(worker, request, &query);
    if (status != GAZ_OK)
        return status;
    if (!api_param(request, "limit"))
        query.limit = limit;
    query.wants_rewrites = find == gaz_geocode;
    status = find(&worker->ctx, worker->searcher, worker->snap, &query, out);
    return blame(worker, status, &query);
}

static gaz_status find_by_position(struct api_worker *worker,
                                   const struct api_request *request, int limit,
                                   struct gaz_answers *out)
{
    struct gaz_reverse_query query = {.radius_m = 0};
    gaz_status status = api_params_coord(worker, request, &query.coord);
    if (status == GAZ_OK)
        status =
            api_params_number(worker, request, "radius", 1,
                              GAZ_REVERSE_RADIUS_MAX_M, 0, &query.radius_m);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "limit", 1, GAZ_ANSWERS_MAX,
                                limit, &query.limit);
    if (status == GAZ_OK)
        status = api_params_at(worker, request, &query.at);
    if (status == GAZ_OK)
        status = gaz_reverse(&worker->ctx, worker->snap, &query, out);
    return status;
}

static gaz_status find_any(struct api_worker *worker,
                           const struct api_request *request,
                           api_find_kind kind, int limit,
                           struct gaz_answers *out)
{
    switch (kind) {
    case API_FIND_GEOCODE:
        return find_by_words(worker, request, gaz_geocode, limit, out);
    case API_FIND_SUGGEST:
        return find_by_words(worker, request, gaz_suggest, limit, out);
    case API_FIND_REVERSE:
        return find_by_position(worker, request, limit, out);
    case API_FIND_SEARCH:
        break;
    }
    if (!api_param(request, "q") && !api_param(request, "category") &&
        !api_param(request, "in"))
        return api_problem_parameter(worker, "q",
                                     "q、category、in 至少要有一个",
                                     "one of q, category and in is needed");
    return find_by_words(worker, request, gaz_search, limit, out);
}

gaz_status api_find_answers(struct api_worker *worker,
                            const struct api_request *request,
                            api_find_kind kind, struct gaz_answers *out)
{
    return find_any(worker, request, kind, API_LIMIT_DEFAULT, out);
}

/* What an answer over HTTP holds when nothing else is asked for. Who types or
 * points at a map asks often and reads little of it. */
static const struct manner {
    int limit;
    bool is_brief;
    int whole; /* answers that are whole even so: the best, but for a list
                * from which a person will choose */
} MANNERS[] = {
    [API_FIND_GEOCODE] = {API_LIMIT_DEFAULT, false, 1},
    [API_FIND_SEARCH] = {API_LIMIT_DEFAULT, false, 1},
    [API_FIND_SUGGEST] = {API_LIMIT_BRIEF, true, 0},
    [API_FIND_REVERSE] = {API_LIMIT_BRIEF, true, 1},
};

/* detail=full or brief: how many of the answers are whole. */
static gaz_status read_detail(struct api_worker *worker,
                              const struct api_request *request,
                              const struct manner *manner, int *out)
{
    const char *text = api_param(request, "detail");
    bool is_full = text ? strcmp(text, "full") == 0 : !manner->is_brief;
    if (text && !is_full && strcmp(text, "brief") != 0)
        return api_problem_parameter(
            worker, "detail", "详略只有 full 和 brief",
            "detail is '%.40s'; it must be full or brief", text);
    *out = is_full ? API_WHOLE_ALL : manner->whole;
    return GAZ_OK;
}

static gaz_status answer(struct api_worker *worker,
                         const struct api_request *request, api_find_kind kind,
                         struct api_response *out)
{
    const struct manner *manner = &MANNERS[kind];
    api_lang lang;
    int whole = API_WHOLE_ALL;
    struct gaz_answers answers = {.count = 0};
    gaz_status status = api_params_lang(worker, request, &lang);
    if (status == GAZ_OK)
        status = read_detail(worker, request, manner, &whole);
    if (status == GAZ_OK)
        status = find_any(worker, request, kind, manner->limit, &answers);
    if (status != GAZ_OK)
        return status;
    const char *query = api_param(request, "q");
    if (kind != API_FIND_REVERSE && !query)
        query = "";
    api_represent_answers(worker, &answers, query, lang, whole, out->body);
    return GAZ_OK;
}

gaz_status api_find_geocode(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    return answer(worker, request, API_FIND_GEOCODE, out);
}

gaz_status api_find_search(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    return answer(worker, request, API_FIND_SEARCH, out);
}

gaz_status api_find_suggest(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    return answer(worker, request, API_FIND_SUGGEST, out);
}

gaz_status api_find_reverse(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    return answer(worker, request, API_FIND_REVERSE, out);
}

void api_find_write_elements(const char *text,
                             const struct gaz_elements *elements,
                             const struct gaz_rewrites *rewrites,
                             struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "text", text);
    gaz_json_array(&json, "elements");
    for (int i = 0; i < elements->count; i++) {
        const struct gaz_element *element = &elements->items[i];
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "label", gaz_element_name(element->label));
        gaz_json_int(&json, "start", element->start);
        gaz_json_int(&json, "end", element->end);
        gaz_json_text(&json, "text", text + element->byte_start,
                      (size_t)(element->byte_end - element->byte_start));
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    if (rewrites) {
        gaz_json_string(&json, "standardised", rewrites->text);
        api_represent_rewrites(&json, rewrites);
    }
    gaz_json_end(&json);
}

gaz_status api_find_parse(struct api_worker *worker,
                          const struct api_request *request,
                          struct api_response *out)
{
    const char *text = api_param(request, "q");
    struct gaz_elements *elements =
        gaz_arena_alloc(&worker->ctx.arena, sizeof(*elements));
    gaz_status status = gaz_parse(&worker->ctx, text, elements);
    if (status != GAZ_OK)
        return blame(worker, status, &(struct gaz_query){.text = text});
    struct gaz_rewrites *rewrites =
        gaz_arena_alloc(&worker->ctx.arena, sizeof(*rewrites));
    status = gaz_search_rewrite(&worker->ctx, worker->searcher, worker->snap,
                                text, rewrites);
    if (status != GAZ_OK)
        return blame(worker, status, &(struct gaz_query){.text = text});
    api_find_write_elements(text, elements, rewrites, out->body);
    return GAZ_OK;
}
