/* SPDX-License-Identifier: Apache-2.0 */
#include "api/match.h"

#include "api/body.h"
#include "api/handlers.h"

static void write_evidence(struct gaz_json *json, const struct gaz_evidence *e)
{
    gaz_json_array(json, "evidence");
    for (int i = 0; i < e->count; i++) {
        const struct gaz_evidence_item *item = &e->items[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "element", gaz_evidence_slot_name(item->slot));
        gaz_json_string(json, "state", gaz_evidence_state_name(item->state));
        gaz_json_optional(json, "a", item->a);
        gaz_json_optional(json, "b", item->b);
        gaz_json_string(json, "zh", item->zh);
        gaz_json_string(json, "en", item->en);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

void api_match_write(struct gaz_json *json, const char *a, const char *b,
                     const struct gaz_judgement *judgement)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "a", a);
    gaz_json_string(json, "b", b);
    gaz_json_int(json, "label", (int)judgement->label);
    gaz_json_string(json, "match", gaz_judge_name(judgement->label));
    gaz_json_object(json, "probabilities");
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        gaz_json_number(json, gaz_judge_name((gaz_pair_label)k),
                        judgement->probability[k], 4);
    gaz_json_end(json);
    write_evidence(json, &judgement->evidence);
    gaz_json_end(json);
}

gaz_status api_match_get(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    const char *a = api_param(request, "a");
    const char *b = api_param(request, "b");
    struct gaz_judgement *judgement =
        gaz_arena_alloc(&worker->ctx.arena, sizeof *judgement);
    struct gaz_judge *judge;
    gaz_status status = gaz_judge_open(&worker->ctx, &judge);
    if (status != GAZ_OK)
        return status;
    status = gaz_judge_pair(&worker->ctx, judge, a, b, judgement);
    gaz_judge_close(judge);
    if (status != GAZ_OK) {
        worker->failure_zh = "地址为空、过长或不可读";
        return status;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    api_match_write(&json, a, b, judgement);
    return GAZ_OK;
}

/* A pair that cannot be judged says why in its place; the others go on. */
static void write_failure(struct gaz_json *json,
                          const struct api_body_pair *pair, const char *failure)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "a", pair->a);
    gaz_json_string(json, "b", pair->b);
    gaz_json_null(json, "label");
    gaz_json_string(json, "error", failure);
    gaz_json_end(json);
}

static void write_pair(struct gaz_json *json, struct gaz_ctx *ctx,
                       struct gaz_judge *judge,
                       const struct api_body_pair *pair)
{
    struct gaz_judgement judgement;
    gaz_ctx_next(ctx);
    if (gaz_judge_pair(ctx, judge, pair->a, pair->b, &judgement) == GAZ_OK)
        api_match_write(json, pair->a, pair->b, &judgement);
    else
        write_failure(json, pair, gaz_ctx_failure(ctx));
}

static void write_list(struct gaz_json *json, struct gaz_ctx *ctx,
                       struct gaz_judge *judge,
                       const struct api_body_pair *pairs, int count)
{
    const struct gaz_list_options options = {.has_evidence = true};
    struct gaz_candidate *list =
        gaz_arena_array(&ctx->arena, (size_t)count + 1, sizeof *list);
    gaz_status status = GAZ_OK;
    for (int i = 0; i < count; i++)
        list[i].text = pairs[i].b;
    if (count > 0)
        status = gaz_judge_list(ctx, judge, pairs[0].a, &options, list, count);
    for (int i = 0; i < count; i++) {
        if (status != GAZ_OK)
            write_failure(json, &pairs[i], gaz_ctx_failure(ctx));
        else if (list[i].status != GAZ_OK)
            write_failure(json, &pairs[i], list[i].failure);
        else
            api_match_write(json, pairs[i].a, pairs[i].b, &list[i].judgement);
    }
}

gaz_status api_match_post(struct api_worker *worker,
                          const struct api_request *request,
                          struct api_response *out)
{
    static const int LIMITS[] = {API_MATCH_MAX_PAIRS, GAZ_LIST_MAX};
    struct api_body_pair *pairs;
    int count;
    bool is_list;
    struct gaz_judge *judge;
    gaz_status status =
        api_body_pairs(worker, request->body, request->body_size, LIMITS,
                       &pairs, &count, &is_list);
    if (status == GAZ_OK)
        status = gaz_judge_open(&worker->ctx, &judge);
    if (status != GAZ_OK)
        return status;
    struct gaz_ctx ctx = {.failure = ""}; /* its arena is emptied for a pair */
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "results");
    if (is_list)
        write_list(&json, &ctx, judge, pairs, count);
    for (int i = 0; !is_list && i < count; i++)
        write_pair(&json, &ctx, judge, &pairs[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_judge_close(judge);
    gaz_ctx_close(&ctx);
    return GAZ_OK;
}
