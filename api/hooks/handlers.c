/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.c - /v1/webhooks, for admins; and its table. */
#include <string.h>

#include "api/body.h"
#include "api/hooks/subscribe.h"
#include "api/hooks/table.h"
#include "api/problem.h"
#include "api/write/scribe.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "gazetteer/store/trail.h"

enum { NAME_MAX_BYTES = 200, BODY_BYTES = 16 * 1024 };

/* ---- changing: one transaction, one line of the audit log ---- */

typedef gaz_status change(struct api_worker *worker, struct gaz_store *store,
                          const struct api_request *request, void *user);

static gaz_status change_inside(struct api_worker *worker,
                                struct gaz_store *store,
                                const struct api_request *request, change *make,
                                void *user)
{
    struct gaz_ctx *ctx = &worker->ctx;
    const struct gaz_trail_entry entry = {.what = "admin",
                                          .who = worker->caller.name,
                                          .key = worker->caller.id,
                                          .address = worker->caller.address,
                                          .request = request->id,
                                          .method = request->method,
                                          .path = request->path,
                                          .status = 200};
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = make(worker, store, request, user);
    if (status == GAZ_OK)
        status = gaz_trail_put(ctx, store, &entry);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status != GAZ_OK) {
        gaz_status ignored = gaz_store_rollback(ctx, store);
        (void)ignored; /* the first failure stands */
    }
    worker->is_noted = status == GAZ_OK;
    return status;
}

static gaz_status run_change(struct api_worker *worker,
                             const struct api_request *request, change *make,
                             void *user)
{
    struct gaz_editor *editor;
    gaz_status status = api_scribe_take(worker, &editor);
    if (status != GAZ_OK)
        return status;
    status =
        change_inside(worker, gaz_editor_store(editor), request, make, user);
    return api_scribe_give(worker, status);
}

/* ---- listing ---- */

static void write_hook(struct gaz_json *json, struct gaz_arena *arena,
                       const struct gaz_hook *hook)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id", hook->id);
    gaz_json_string(json, "name", hook->name);
    gaz_json_string(json, "url", hook->url);
    gaz_json_string(json, "roles", gaz_role_names(arena, hook->roles));
    gaz_json_bool(json, "paused", hook->is_paused);
    gaz_json_int(json, "since", hook->since);
    gaz_json_int(json, "attempts", hook->attempts);
    gaz_json_optional(json, "failure", hook->failure);
    gaz_json_optional(json, "delivered", hook->delivered);
    gaz_json_optional(json, "created", hook->created);
    gaz_json_end(json);
}

static gaz_status list(struct api_worker *worker,
                       const struct api_request *request,
                       struct api_response *out)
{
    struct gaz_editor *editor;
    struct gaz_hooks hooks;
    struct gaz_json json;
    (void)request;
    gaz_status status = api_scribe_take(worker, &editor);
    if (status != GAZ_OK)
        return status;
    status = gaz_hook_list(&worker->ctx, gaz_editor_store(editor), &hooks);
    status = api_scribe_give(worker, status);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "webhooks");
    for (int i = 0; i < hooks.count; i++)
        write_hook(&json, &worker->ctx.arena, &hooks.items[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    out->cache_control = "no-store";
    return GAZ_OK;
}

static gaz_status list_dead(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    struct gaz_editor *editor;
    struct gaz_hook_deads dead;
    struct gaz_json json;
    gaz_status status = api_scribe_take(worker, &editor);
    if (status != GAZ_OK)
        return status;
    status = gaz_hook_list_dead(&worker->ctx, gaz_editor_store(editor),
                                api_capture(request, "hook"), &dead);
    status = api_scribe_give(worker, status);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "dead");
    for (int i = 0; i < dead.count; i++) {
        gaz_json_object(&json, NULL);
        gaz_json_int(&json, "id", dead.items[i].id);
        gaz_json_int(&json, "since", dead.items[i].since);
        gaz_json_int(&json, "last", dead.items[i].last);
        gaz_json_int(&json, "attempts", dead.items[i].attempts);
        gaz_json_string(&json, "failure", dead.items[i].failure);
        gaz_json_string(&json, "at", dead.items[i].at);
        gaz_json_bool(&json, "due", dead.items[i].is_due);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    out->cache_control = "no-store";
    return GAZ_OK;
}

/* ---- subscribing ---- */

static gaz_status read_object(struct api_worker *worker,
                              const struct api_request *request,
                              const char *const *known,
                              const struct api_value **out)
{
    if (request->body_size > BODY_BYTES)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "请求体过大",
                                "body of %zu bytes, at most %d",
                                request->body_size, (int)BODY_BYTES);
    gaz_status status =
        api_body_value(worker, NULL, request->body, request->body_size, out);
    if (status == GAZ_OK && (*out)->kind != API_VALUE_OBJECT)
        return api_problem_fail(worker, GAZ_INVALID, 422, "应为对象",
                                "the body must be an object");
    for (int i = 0; status == GAZ_OK && i < (*out)->count; i++) {
        bool is_known = false;
        for (const char *const *name = known; *name; name++)
            is_known = is_known || strcmp(*name, (*out)->items[i].name) == 0;
        if (!is_known)
            status = api_problem_fail(worker, GAZ_INVALID, 422, "没有这一项",
                                      "unknown member '/%.60s'",
                                      (*out)->items[i].name);
    }
    return status;
}

static gaz_status put_hook(struct api_worker *worker, struct gaz_store *store,
                           const struct api_request *request, void *user)
{
    (void)request;
    return gaz_hook_put(&worker->ctx, store, user);
}

static gaz_status read_hook(struct api_worker *worker,
                            const struct api_request *request,
                            struct gaz_hook *hook)
{
    static const char *const KNOWN[] = {"name", "url", "roles", NULL};
    const struct api_value *body = NULL;
    gaz_status status = read_object(worker, request, KNOWN, &body);
    if (status != GAZ_OK)
        return status;
    const char *roles = api_body_text(body, "roles");
    hook->name = api_body_text(body, "name");
    hook->url = api_body_text(body, "url");
    hook->roles = GAZ_ROLE_READER;
    if (!hook->name || !*hook->name || strlen(hook->name) > NAME_MAX_BYTES ||
        !hook->url)
        return api_problem_fail(worker, GAZ_INVALID, 422, "缺少名称或地址",
                                "/name (1 to %d bytes) and /url are needed",
                                (int)NAME_MAX_BYTES);
    if (roles && !gaz_role_parse(roles, &hook->roles))
        return api_problem_fail(worker, GAZ_INVALID, 422, "没有这种角色",
                                "/roles must be of reader, editor, surveyor, "
                                "clerk, admin");
    return GAZ_OK;
}

static gaz_status subscribe(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    struct gaz_hook hook = {.since = -1};
    char secret[API_SUBSCRIBE_SECRET_BYTES];
    struct gaz_json json;
    gaz_status status = read_hook(worker, request, &hook);
    if (status != GAZ_OK)
        return status;
    status = api_subscribe_make(&worker->ctx, &hook, secret);
    if (status == GAZ_INVALID) {
        worker->problem = 422;
        worker->failure_zh = "该地址不能订阅";
    }
    if (status == GAZ_OK)
        status = run_change(worker, request, put_hook, &hook);
    if (status != GAZ_OK)
        return status;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "id", hook.id);
    gaz_json_string(&json, "secret", secret);
    gaz_json_end(&json);
    out->status = 201;
    out->cache_control = "no-store";
    return GAZ_OK;
}

/* ---- the rest ---- */

static gaz_status remove_hook(struct api_worker *worker,
                              struct gaz_store *store,
                              const struct api_request *request, void *user)
{
    (void)user;
    return gaz_hook_remove(&worker->ctx, store, api_capture(request, "hook"));
}

static gaz_status unsubscribe(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    gaz_status status = run_change(worker, request, remove_hook, NULL);
    if (status == GAZ_OK)
        out->status = 204;
    return status;
}

static gaz_status pause_hook(struct api_worker *worker, struct gaz_store *store,
                             const struct api_request *request, void *user)
{
    const bool *is_paused = user;
    return gaz_hook_pause(&worker->ctx, store, api_capture(request, "hook"),
                          *is_paused);
}

static gaz_status pause(struct api_worker *worker,
                        const struct api_request *request,
                        struct api_response *out)
{
    static const char *const KNOWN[] = {"paused", NULL};
    const struct api_value *body = NULL;
    gaz_status status = read_object(worker, request, KNOWN, &body);
    if (status != GAZ_OK)
        return status;
    const struct api_value *paused = api_body_member(body, "paused");
    if (!paused || paused->kind != API_VALUE_BOOLEAN)
        return api_problem_fail(worker, GAZ_INVALID, 422,
                                "paused 应为 true 或 false",
                                "/paused must be true or false");
    bool is_paused = paused->number != 0;
    status = run_change(worker, request, pause_hook, &is_paused);
    if (status == GAZ_OK)
        out->status = 204;
    return status;
}

static gaz_status replay_letter(struct api_worker *worker,
                                struct gaz_store *store,
                                const struct api_request *request, void *user)
{
    const int64_t *letter = user;
    return gaz_hook_replay(&worker->ctx, store, api_capture(request, "hook"),
                           *letter);
}

static gaz_status replay(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    int64_t letter = 0;
    if (!gaz_text_parse_int(api_capture(request, "letter"), &letter))
        return api_problem_parameter(worker, "letter", "应为编号",
                                     "'%.40s' is no number",
                                     api_capture(request, "letter"));
    gaz_status status = run_change(worker, request, replay_letter, &letter);
    if (status == GAZ_OK)
        out->status = 204;
    return status;
}

/* ---- the table ---- */

#define JSON "application/json; charset=utf-8"
#define BODY "application/json"
#define ADMIN (API_HEAVY | API_ROLES(GAZ_ROLE_ADMIN))

const struct api_route HOOKS_ROUTES[] = {
    {"GET", "/v1/webhooks", list, "", JSON, NULL, ADMIN, "webhooks",
     "变更推送的订阅", "who has the change feed brought, and how far it is"},
    {"POST", "/v1/webhooks", subscribe, "", JSON, BODY, ADMIN, "webhook_create",
     "新增订阅；签名密钥只显示这一次",
     "subscribe a URL; the secret of the signature is shown once"},
    {"PATCH", "/v1/webhooks/{hook}", pause, "", JSON, BODY, ADMIN,
     "webhook_pause", "暂停或恢复推送", "pause it, or let it go on"},
    {"DELETE", "/v1/webhooks/{hook}", unsubscribe, "", JSON, NULL, ADMIN,
     "webhook_delete", "取消订阅", "unsubscribe"},
    {"GET", "/v1/webhooks/{hook}/dead", list_dead, "", JSON, NULL, ADMIN,
     "webhook_dead", "未能送达的推送", "what was given up after many attempts"},
    {"POST", "/v1/webhooks/{hook}/dead/{letter}/replay", replay, "", JSON, NULL,
     ADMIN, "webhook_replay", "重新推送", "send it again"},
    {.method = NULL},
};

const struct api_param_doc HOOKS_PARAM_DOCS[] = {
    {"hook", "string", "0HQ4T0Q2", 0, 0, "订阅的编号", "id of a subscription"},
    {"letter", "integer", "1", 0, 9007199254740992.0, "未送达推送的编号",
     "number of a dead letter"},
    {.name = NULL},
};

const struct api_example HOOKS_EXAMPLES[] = {
    {"webhook_create", "{\"name\": \"示例部门\", \"url\": "
                       "\"https://hooks.example.org/diming\", \"roles\": "
                       "\"reader\"}"},
    {"webhook_pause", "{\"paused\": true}"},
    {.name = NULL},
};
