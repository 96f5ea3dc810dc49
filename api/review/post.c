/* SPDX-License-Identifier: Apache-2.0 */
/* post.c - POST: one decision, many by rule, a sheet of them. */
#include <string.h>

#include "api/problem.h"
#include "api/review/ask.h"
#include "api/review/desk.h"
#include "api/review/handlers.h"
#include "api/review/write.h"
#include "gazetteer/base/text.h"

static const char NO_STORE[] = "no-store";

/* ---- one ---- */

static gaz_status answer_one(struct gaz_ctx *ctx, struct gaz_store *store,
                             struct api_desk_work *work)
{
    struct gaz_review review;
    gaz_status status = gaz_review_get(ctx, store, work->id, &review);
    if (status != GAZ_OK)
        return status;
    work->out->etag = api_review_write_etag(&ctx->arena, &review);
    status = api_review_write_item(ctx, store, work->request, &review,
                                   work->out->body);
    const char *detail = gaz_arena_printf(
        &ctx->arena, "review %lld %s", (long long)work->id, work->step.action);
    return status == GAZ_OK ? api_desk_keep(ctx, store, work, detail) : status;
}

static gaz_status decide(struct gaz_ctx *ctx, struct gaz_store *store,
                         void *user)
{
    struct api_desk_work *work = user;
    struct gaz_review review;
    struct api_review_batch batch = {.steps = &work->step, .count = 1};
    work->is_reached = true;
    gaz_status status = api_desk_who(work, &work->step);
    if (status == GAZ_OK)
        status = api_desk_recall(ctx, store, work);
    if (status != GAZ_OK || work->is_replay)
        return status;
    status =
        gaz_review_see(ctx, store, work->id, work->step.hides_closed, &review);
    if (status != GAZ_OK)
        return api_desk_refuse(ctx, store, work, status);
    status = api_desk_match(
        ctx, store, work, api_review_write_etag(&ctx->arena, &review), &review);
    if (status != GAZ_OK)
        return status;
    work->step.id = work->id;
    work->step.version = review.version;
    status = api_review_carry_out(ctx, store, &batch, &work->outcome);
    return status == GAZ_OK ? answer_one(ctx, store, work)
                            : api_desk_refuse(ctx, store, work, status);
}

gaz_status api_review_decide_post(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    const struct api_value *body;
    gaz_status status = api_review_ask_id(worker, request, &work.id);
    if (status == GAZ_OK)
        status = api_review_ask_body(worker, request, &body);
    if (status == GAZ_OK)
        status = api_review_ask_step(worker, body, "", &work.step);
    if (status == GAZ_OK)
        status = api_desk_write(&work, decide);
    out->cache_control = NO_STORE;
    return status;
}

/* ---- many ---- */

/* What a dry run has told: the same items at the same versions. */
static const char *set_etag(struct gaz_arena *arena,
                            const struct api_review_bulk_result *result)
{
    uint64_t hash = 0;
    for (int i = 0; i < result->count; i++) {
        const char *text = gaz_arena_printf(
            arena, "%016llx %lld.%d", (unsigned long long)hash,
            (long long)result->items[i].id, result->items[i].version);
        hash = gaz_text_hash(text, strlen(text));
    }
    return gaz_arena_printf(arena, "\"%d-%016llx\"", result->count,
                            (unsigned long long)hash);
}

/* A dry run ends with GAZ_END, so that it is rolled back. */
static gaz_status decide_many(struct gaz_ctx *ctx, struct gaz_store *store,
                              void *user)
{
    struct api_desk_work *work = user;
    struct api_review_bulk_result result = {.count = 0};
    work->is_reached = true;
    gaz_status status = api_desk_who(work, &work->bulk.step);
    if (status == GAZ_OK && !work->is_dry)
        status = api_desk_recall(ctx, store, work);
    if (status != GAZ_OK || work->is_replay)
        return status;
    status = api_review_bulk(ctx, store, &work->bulk, &result, &work->outcome);
    if (status != GAZ_OK)
        return api_desk_refuse(ctx, store, work, status);
    work->out->etag = set_etag(&ctx->arena, &result);
    if (!work->is_dry)
        status = api_desk_match(ctx, store, work, work->out->etag, NULL);
    if (status != GAZ_OK)
        return status;
    api_review_write_bulk(ctx, store, &work->bulk.step, work->is_dry, &result,
                          work->out->body);
    const char *detail = gaz_arena_printf(
        &ctx->arena, "review batch %lld %s %d", (long long)result.batch,
        work->bulk.step.action, result.count - result.skipped_count);
    return work->is_dry ? GAZ_END : api_desk_keep(ctx, store, work, detail);
}

gaz_status api_review_bulk_post(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    const struct api_value *body;
    gaz_status status = api_review_ask_body(worker, request, &body);
    if (status == GAZ_OK)
        status = api_review_ask_bulk(worker, body, &work.bulk, &work.is_dry);
    if (status == GAZ_OK)
        status = api_desk_write(&work, decide_many);
    out->cache_control = NO_STORE;
    return work.is_dry && status == GAZ_END ? GAZ_OK : status;
}

/* ---- a sheet ---- */

/* Each row is a transaction of its own; the line of the log is one more. */
static gaz_status note_sheet(struct gaz_ctx *ctx, struct gaz_store *store,
                             struct api_desk_work *work,
                             const struct api_review_counts *counts)
{
    const char *detail =
        gaz_arena_printf(&ctx->arena, "review sheet: %d done, %d refused",
                         counts->done, counts->refused);
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = api_desk_keep(ctx, store, work, detail);
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

static gaz_status import(struct gaz_ctx *ctx, struct gaz_store *store,
                         void *user)
{
    struct api_desk_work *work = user;
    struct api_review_counts counts;
    work->is_reached = true;
    gaz_status status = api_desk_who(work, &work->step);
    if (status == GAZ_OK)
        status = api_desk_recall(ctx, store, work);
    if (status != GAZ_OK || work->is_replay)
        return status;
    const struct api_review_sheet sheet = {.name = "body",
                                           .data = work->request->body,
                                           .size = work->request->body_size,
                                           .who = work->step.who,
                                           .key = work->step.key,
                                           .hides_closed =
                                               work->step.hides_closed};
    status = api_review_import(ctx, store, &sheet, &counts);
    if (status != GAZ_OK)
        return status;
    api_review_write_counts(&counts, work->out->body);
    return note_sheet(ctx, store, work, &counts);
}

gaz_status api_review_sheet_post(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    struct api_desk_work work = {
        .worker = worker, .request = request, .out = out};
    out->cache_control = NO_STORE;
    if (request->body_size == 0)
        return api_problem_parameter(worker, "body", "没有内容",
                                     "the body is empty; it must be CSV");
    gaz_status status = api_desk_lend(&work, import);
    return status;
}
