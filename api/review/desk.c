/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/desk.h"

#include <string.h>

#include "api/problem.h"
#include "api/review/write.h"
#include "api/write/scribe.h"
#include "gazetteer/base/text.h"
#include "gazetteer/store/trail.h"

enum { CURRENT_MAX_BYTES = 1 << 20, TOKEN_MAX_BYTES = 128 };

/* ---- the database ---- */

gaz_status api_desk_read(struct api_desk_work *work, api_ledger_work *run)
{
    struct api_worker *worker = work->worker;
    if (!worker->ledger)
        return api_problem_fail(worker, GAZ_IO, 503, "没有数据库",
                                "this server has no database");
    gaz_status status =
        api_ledger_read(&worker->ctx, worker->ledger, run, work);
    if (!work->is_reached &&
        (status == GAZ_NOT_FOUND || status == GAZ_INVALID)) {
        worker->problem = 503;
        worker->failure_zh = "没有可用的数据库";
    }
    return status;
}

static gaz_status write_inside(struct gaz_ctx *ctx, struct gaz_store *store,
                               struct api_desk_work *work, api_ledger_work *run)
{
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = run(ctx, store, work);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status != GAZ_OK) {
        gaz_status ignored = gaz_store_rollback(ctx, store);
        (void)ignored; /* the first failure stands */
    }
    return status;
}

gaz_status api_desk_write(struct api_desk_work *work, api_ledger_work *run)
{
    struct gaz_editor *editor;
    gaz_status status = api_scribe_take(work->worker, &editor);
    if (status != GAZ_OK)
        return status;
    status =
        write_inside(&work->worker->ctx, gaz_editor_store(editor), work, run);
    return api_scribe_give(work->worker, status);
}

gaz_status api_desk_lend(struct api_desk_work *work, api_ledger_work *run)
{
    struct gaz_editor *editor;
    gaz_status status = api_scribe_take(work->worker, &editor);
    if (status != GAZ_OK)
        return status;
    status = run(&work->worker->ctx, gaz_editor_store(editor), work);
    return api_scribe_give(work->worker, status);
}

/* ---- who ---- */

bool api_desk_hides_closed(const struct api_worker *worker)
{
    return !(worker->caller.roles & GAZ_ROLE_ADMIN);
}

gaz_status api_desk_who(struct api_desk_work *work,
                        struct gaz_review_step *step)
{
    const struct api_caller *caller = &work->worker->caller;
    if (!caller->id[0] || !caller->name[0])
        return api_problem_fail(work->worker, GAZ_INVALID, 401, "需要有效密钥",
                                "no key says who decides");
    step->who = caller->name;
    step->key = caller->id;
    step->hides_closed = api_desk_hides_closed(work->worker);
    return GAZ_OK;
}

/* ---- refusals ---- */

static const struct {
    int http;
    const char *zh;
} VERDICTS[] = {
    [GAZ_REVIEW_ALLOWED] = {0, NULL},
    [GAZ_REVIEW_STALE] = {412, "您看到之后它已被他人办理，请看现在的状态"},
    [GAZ_REVIEW_SETTLED] = {409, "它已经办理过，或没有可撤销的"},
    [GAZ_REVIEW_INCOMPLETE] = {400, "缺少理由、字段或值，或值不合格式"},
    [GAZ_REVIEW_UNFIT] = {400, "这一类待审事项不能这样办理"},
    [GAZ_REVIEW_UNSOUND] = {422, "规则或记录的现状不允许，未作任何改动"},
};

static void tell_current(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct api_worker *worker,
                         const struct gaz_review *review)
{
    struct gaz_buffer buffer;
    struct gaz_json json;
    gaz_buffer_open(&buffer, CURRENT_MAX_BYTES);
    gaz_json_open(&json, &buffer);
    api_review_write_brief(&json, NULL, ctx, store, review);
    if (!buffer.full)
        worker->current = gaz_arena_strdup(&ctx->arena, buffer.data);
    gaz_buffer_close(&buffer);
}

gaz_status api_desk_refuse(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct api_desk_work *work, gaz_status status)
{
    struct api_worker *worker = work->worker;
    const gaz_review_verdict verdict = work->outcome.verdict;
    struct gaz_ctx quiet = {.failure = ""}; /* the refusal stands */
    struct gaz_review review;
    if (status == GAZ_NOT_FOUND) {
        worker->problem = 404;
        worker->failure_zh = "没有这一条待审";
        return status;
    }
    if (verdict == GAZ_REVIEW_ALLOWED)
        return status;
    worker->problem = VERDICTS[verdict].http;
    worker->failure_zh = VERDICTS[verdict].zh;
    bool tells = verdict == GAZ_REVIEW_STALE || verdict == GAZ_REVIEW_SETTLED ||
                 verdict == GAZ_REVIEW_UNSOUND;
    if (tells && work->outcome.refused &&
        gaz_review_get(&quiet, store, work->outcome.refused, &review) == GAZ_OK)
        tell_current(ctx, store, worker, &review);
    gaz_ctx_close(&quiet);
    return status;
}

/* ---- versions ---- */

/* True when If-Match names the tag (strong comparison, RFC 9110 13.1.1). */
static bool names_tag(const char *header, const char *etag)
{
    size_t len = strlen(etag);
    for (const char *at = header; *at;) {
        at += strspn(at, " \t,");
        size_t token = strcspn(at, " \t,");
        if (token == len && memcmp(at, etag, len) == 0)
            return true;
        at += token;
    }
    return false;
}

gaz_status api_desk_match(struct gaz_ctx *ctx, struct gaz_store *store,
                          struct api_desk_work *work, const char *etag,
                          const struct gaz_review *review)
{
    const char *header = work->request->if_match;
    struct api_worker *worker = work->worker;
    bool is_named = header && *header && strcmp(header, "*") != 0;
    if (is_named && names_tag(header, etag))
        return GAZ_OK;
    if (review)
        tell_current(ctx, store, worker, review);
    work->out->etag = NULL;
    if (!is_named)
        return api_problem_fail(worker, GAZ_INVALID, 428,
                                "办理须以 If-Match 注明所见的版本",
                                "If-Match must name the version that you have "
                                "seen: it is %s now",
                                etag);
    return api_problem_fail(worker, GAZ_INVALID, 412,
                            VERDICTS[GAZ_REVIEW_STALE].zh,
                            "it is at %s by now, not %.40s", etag, header);
}

/* ---- requests that come twice ---- */

static uint64_t request_hash(struct gaz_arena *arena,
                             const struct api_request *request)
{
    const char *all = gaz_arena_printf(
        arena, "%s %s %016llx", request->path,
        request->if_match ? request->if_match : "",
        (unsigned long long)gaz_text_hash(request->body, request->body_size));
    return gaz_text_hash(all, strlen(all));
}

gaz_status api_desk_recall(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct api_desk_work *work)
{
    struct gaz_edit_answer first;
    const char *token = work->request->idempotency_key;
    if (!token)
        return GAZ_OK;
    if (!*token || strlen(token) > TOKEN_MAX_BYTES)
        return api_problem_fail(
            work->worker, GAZ_INVALID, 400, "幂等键过长或为空",
            "Idempotency-Key has 1 to %d bytes", (int)TOKEN_MAX_BYTES);
    gaz_status status =
        gaz_edit_recall(ctx, store, work->worker->caller.id, token, &first);
    if (status != GAZ_OK)
        return status == GAZ_NOT_FOUND ? GAZ_OK : status;
    if (first.hash != request_hash(&ctx->arena, work->request))
        return api_problem_fail(work->worker, GAZ_INVALID, 422,
                                "该幂等键已用于另一请求",
                                "this Idempotency-Key was used for another "
                                "request");
    work->is_replay = true;
    work->out->status = first.status;
    work->out->etag = first.etag;
    gaz_buffer_text(work->out->body, first.body);
    return GAZ_OK;
}

gaz_status api_desk_keep(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct api_desk_work *work, const char *detail)
{
    const struct api_request *request = work->request;
    const struct api_caller *caller = &work->worker->caller;
    const struct api_response *out = work->out;
    const struct gaz_trail_entry entry = {.what = "write",
                                          .who = caller->name,
                                          .key = caller->id,
                                          .address = caller->address,
                                          .request =
                                              request->id ? request->id : "",
                                          .method = request->method,
                                          .path = request->path,
                                          .status = out->status,
                                          .detail = detail};
    gaz_status status = gaz_trail_put(ctx, store, &entry);
    if (status != GAZ_OK || !request->idempotency_key)
        return status;
    const struct gaz_edit_answer answer = {
        .hash = request_hash(&ctx->arena, request),
        .status = out->status,
        .etag = out->etag,
        .body =
            gaz_arena_strndup(&ctx->arena, out->body->data, out->body->size)};
    return gaz_edit_remember(ctx, store, caller->id, request->idempotency_key,
                             &answer);
}
