/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/desk.h"

#include <string.h>

#include "api/problem.h"
#include "api/review/write.h"
#include "gazetteer/base/text.h"

enum { CURRENT_MAX_BYTES = 1 << 20, IDEMPOTENCY_MAX_BYTES = 200 };

/* ---- the database ---- */

typedef gaz_status door(struct gaz_ctx *ctx, struct api_ledger *ledger,
                        api_ledger_work *work, void *user);

static gaz_status go(struct api_desk_work *work, door *open,
                     api_ledger_work *run)
{
    struct api_worker *worker = work->worker;
    if (!worker->ledger)
        return api_problem_fail(worker, GAZ_IO, 503, "没有数据库",
                                "this server has no database");
    gaz_status status = open(&worker->ctx, worker->ledger, run, work);
    if (status == GAZ_OK || work->is_reached)
        return status;
    if (status == GAZ_LIMIT) {
        worker->problem = 503;
        worker->failure_zh = "数据库正在写入，请稍后再试";
    } else if (status == GAZ_NOT_FOUND || status == GAZ_INVALID) {
        worker->problem = 503;
        worker->failure_zh = "没有可用的数据库";
    }
    return status;
}

gaz_status api_desk_read(struct api_desk_work *work, api_ledger_work *run)
{
    return go(work, api_ledger_read, run);
}

gaz_status api_desk_write(struct api_desk_work *work, api_ledger_work *run)
{
    return go(work, api_ledger_write, run);
}

gaz_status api_desk_lend(struct api_desk_work *work, api_ledger_work *run)
{
    return go(work, api_ledger_lend, run);
}

/* ---- who ---- */

gaz_status api_desk_who(struct gaz_ctx *ctx, struct gaz_store *store,
                        struct api_desk_work *work,
                        struct gaz_review_step *step)
{
    struct gaz_keys keys;
    const char *id = work->worker->caller.id;
    gaz_status status = gaz_store_list_keys(ctx, store, &keys);
    for (int i = 0; status == GAZ_OK && i < keys.count; i++)
        if (strcmp(keys.items[i].id, id) == 0) {
            step->who = keys.items[i].name;
            step->key = keys.items[i].id;
            return GAZ_OK;
        }
    return status == GAZ_OK
               ? api_problem_fail(work->worker, GAZ_INVALID, 401,
                                  "需要有效的密钥",
                                  "no key in force says who decides")
               : status;
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

static const char *request_id(struct gaz_arena *arena,
                              const struct api_desk_work *work)
{
    return gaz_arena_printf(arena, "%s/%s", work->worker->caller.id,
                            work->request->idempotency);
}

static uint64_t request_hash(struct gaz_arena *arena,
                             const struct api_request *request)
{
    const char *head = gaz_arena_printf(
        arena, "%s %s %016llx", request->path,
        request->if_match ? request->if_match : "",
        (unsigned long long)gaz_text_hash(request->body, request->body_size));
    return gaz_text_hash(head, strlen(head));
}

gaz_status api_desk_recall(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct api_desk_work *work)
{
    struct gaz_review_request first;
    const char *key = work->request->idempotency;
    if (!key)
        return GAZ_OK;
    if (!*key || strlen(key) > IDEMPOTENCY_MAX_BYTES)
        return api_problem_fail(
            work->worker, GAZ_INVALID, 400, "Idempotency-Key 过长或为空",
            "Idempotency-Key has 1 to %d bytes", IDEMPOTENCY_MAX_BYTES);
    gaz_status status = gaz_review_request_get(
        ctx, store, request_id(&ctx->arena, work), &first);
    if (status != GAZ_OK)
        return status == GAZ_NOT_FOUND ? GAZ_OK : status;
    if (first.hash != request_hash(&ctx->arena, work->request))
        return api_problem_fail(work->worker, GAZ_INVALID, 422,
                                "此 Idempotency-Key 已用于另一请求",
                                "this Idempotency-Key was another request's");
    work->is_replay = true;
    work->out->etag = first.etag;
    gaz_buffer_text(work->out->body, first.answer);
    return GAZ_OK;
}

gaz_status api_desk_keep(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct api_desk_work *work)
{
    if (!work->request->idempotency)
        return GAZ_OK;
    const struct gaz_review_request request = {
        .id = request_id(&ctx->arena, work),
        .hash = request_hash(&ctx->arena, work->request),
        .etag = work->out->etag,
        .answer = work->out->body->data};
    return gaz_review_request_put(ctx, store, &request);
}
