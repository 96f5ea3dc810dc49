/* SPDX-License-Identifier: Apache-2.0 */
#include "api/write/write.h"

#include <string.h>
#include <strings.h>

#include "api/part.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"
#include "gazetteer/store/trail.h"

enum { TOKEN_MAX_BYTES = 128, ANY = -1, NONE = -2 };

/* ---- entity tags ---- */

const char *api_write_etag(struct gaz_arena *arena, const char *prefix,
                           gaz_id id, int64_t seq)
{
    char text[GAZ_ID_TEXT_BYTES];
    return gaz_arena_printf(arena, "\"%s.%s.%lld\"", prefix,
                            gaz_id_write(id, text), (long long)seq);
}

/* "x.ID.SEQ" without its quotes; NONE: another thing's. */
static int64_t read_tag(const char *tag, size_t len, gaz_id id)
{
    char text[64];
    char own[GAZ_ID_TEXT_BYTES];
    int64_t seq = 0;
    if (len >= sizeof(text))
        return NONE;
    memcpy(text, tag, len);
    text[len] = '\0';
    char *number = strrchr(text, '.');
    if (!number || !gaz_text_parse_int(number + 1, &seq) || seq < 0)
        return NONE;
    *number = '\0';
    return gaz_text_ends_with(text, gaz_id_write(id, own)) ? seq : NONE;
}

int64_t api_write_seen(const char *header, gaz_id id)
{
    int64_t best = NONE;
    for (const char *at = header; *at;) {
        at += strspn(at, " \t,");
        if (*at == '*')
            return ANY;
        if (at[0] == 'W' && at[1] == '/') /* a proxy that compresses */
            at += 2;
        if (*at != '"')
            break;
        const size_t len = strcspn(++at, "\"");
        const int64_t seq = read_tag(at, len, id);
        best = seq > best ? seq : best;
        at += len + (at[len] == '"' ? 1 : 0);
    }
    return best;
}

/* ---- answers ---- */

void api_write_findings(struct gaz_json *json,
                        const struct gaz_editor_answer *answer)
{
    static const char *const GRADES[] = {"info", "warning", "error"};
    gaz_json_array(json, "findings");
    for (int i = 0; i < answer->finding_count; i++) {
        const struct gaz_editor_finding *finding = &answer->findings[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "rule", finding->rule);
        gaz_json_string(json, "severity", GRADES[finding->severity]);
        gaz_json_string(json, "detail", finding->en);
        gaz_json_string(json, "detail_zh", finding->zh);
        gaz_json_optional(json, "fix", finding->fix);
        if (finding->other)
            api_part_id(json, "other", finding->other);
        gaz_json_bool(json, "was_so_before", finding->is_old);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_record(struct gaz_json *json, const char *key,
                         const struct gaz_editor_answer *answer)
{
    if (!answer->has_state)
        gaz_json_null(json, key);
    else if (answer->is_address)
        api_form_write_address(json, key, &answer->address);
    else
        api_form_write_place(json, key, &answer->place);
}

static void write_change(struct gaz_json *json, struct api_write *write)
{
    const struct gaz_editor_answer *answer = &write->answer;
    if (!answer->edit) {
        gaz_json_null(json, "change");
        return;
    }
    gaz_json_object(json, "change");
    gaz_json_int(json, "group", answer->edit);
    gaz_json_int(json, "first", answer->first);
    gaz_json_int(json, "last", answer->last);
    gaz_json_string(json, "undo",
                    gaz_arena_printf(&write->worker->ctx.arena,
                                     "/v1/changes/%lld/undo",
                                     (long long)answer->first));
    gaz_json_end(json);
}

/* The answer to a change that was made, or would be. */
static void write_done(struct api_write *write)
{
    const struct gaz_editor_answer *answer = &write->answer;
    struct api_response *out = write->out;
    struct gaz_arena *arena = &write->worker->ctx.arena;
    const bool is_made = write->job->is_new && !write->by.is_dry;
    char id[GAZ_ID_TEXT_BYTES];
    struct gaz_json json;
    gaz_buffer_clear(out->body);
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "id", gaz_id_write(answer->about, id));
    gaz_json_bool(&json, "changed", answer->verdict == GAZ_EDITOR_DONE);
    gaz_json_bool(&json, "dry_run", write->by.is_dry);
    write_change(&json, write);
    if (answer->has_state && !(write->by.is_dry && write->job->is_new)) {
        out->etag = api_write_etag(arena, "", answer->about, answer->version);
        gaz_json_string(&json, "etag", out->etag);
    }
    api_write_findings(&json, answer);
    write_record(&json, answer->is_address ? "address" : "place", answer);
    gaz_json_end(&json);
    out->status = is_made ? 201 : 200;
    if (is_made)
        out->location = gaz_arena_printf(arena, "/v1/places/%s", id);
    out->cache_control = "no-store";
}

/* A refusal, with what helps to go on. */
static void write_problem(struct api_write *write, int http, const char *zh,
                          const char *en)
{
    const struct gaz_editor_answer *answer = &write->answer;
    struct api_response *out = write->out;
    struct gaz_json json;
    gaz_buffer_clear(out->body);
    api_problem_begin(&json, out->body, http, en, zh, write->request->path);
    if (write->form.slip_count > 0)
        api_form_write_slips(&write->form, &json, "errors");
    if (answer->finding_count > 0)
        api_write_findings(&json, answer);
    if (http == 412 && answer->has_state) {
        gaz_json_string(&json, "etag",
                        api_write_etag(&write->worker->ctx.arena, "",
                                       answer->about, answer->version));
        write_record(&json, "current", answer);
    }
    if (http == 409 && answer->about && answer->about != write->id)
        api_part_id(&json, "about", answer->about);
    gaz_json_end(&json);
    out->status = http;
    out->content_type = "application/problem+json; charset=utf-8";
    out->cache_control = "no-store";
    out->etag = NULL;
}

static gaz_status respond(struct api_write *write)
{
    static const int HTTP[] = {[GAZ_EDITOR_STALE] = 412,
                               [GAZ_EDITOR_REFUSED] = 422,
                               [GAZ_EDITOR_CONFLICT] = 409,
                               [GAZ_EDITOR_MISSING] = 404};
    const struct gaz_editor_answer *answer = &write->answer;
    if (write->form.slip_count > 0)
        write_problem(write, 422, "内容有误，逐项见 errors",
                      "the body has slips; see errors");
    else if (answer->verdict == GAZ_EDITOR_DONE ||
             answer->verdict == GAZ_EDITOR_SAME)
        write_done(write);
    else
        write_problem(write, HTTP[answer->verdict], answer->zh, answer->en);
    return GAZ_OK;
}

/* ---- in the transaction of the change ---- */

static gaz_status note(struct gaz_ctx *ctx, struct gaz_store *store,
                       const struct gaz_editor_answer *answer, void *user)
{
    struct api_write *write = user;
    const struct api_worker *worker = write->worker;
    write_done(write);
    const struct gaz_trail_entry entry = {
        .what = "write",
        .who = write->by.who,
        .key = write->by.key,
        .address = worker->caller.address,
        .request = write->request->id,
        .method = write->request->method,
        .path = write->request->path,
        .status = write->out->status,
        .detail = gaz_arena_printf(&ctx->arena, "change group %lld",
                                   (long long)answer->edit)};
    gaz_status status = GAZ_OK;
    if (answer->edit)
        status = gaz_trail_put(ctx, store, &entry);
    write->worker->is_noted = status == GAZ_OK && answer->edit;
    if (status != GAZ_OK || !write->token)
        return status;
    const struct gaz_edit_answer kept = {
        .hash = write->hash,
        .status = write->out->status,
        .etag = write->out->etag,
        .location = write->out->location,
        .body = gaz_arena_strndup(&ctx->arena, write->out->body->data,
                                  write->out->body->size)};
    return gaz_edit_remember(ctx, store, write->by.key, write->token, &kept);
}

/* True: the request was answered before, and is so again. */
static gaz_status recall(struct api_write *write, struct gaz_editor *editor,
                         bool *is_answered)
{
    struct gaz_edit_answer kept;
    struct gaz_ctx *ctx = &write->worker->ctx;
    *is_answered = false;
    if (!write->token)
        return GAZ_OK;
    gaz_status status = gaz_edit_recall(ctx, gaz_editor_store(editor),
                                        write->by.key, write->token, &kept);
    if (status == GAZ_NOT_FOUND)
        return GAZ_OK;
    if (status != GAZ_OK)
        return status;
    *is_answered = true;
    if (kept.hash != write->hash)
        return api_problem_fail(write->worker, GAZ_INVALID, 422,
                                "该幂等键已用于另一请求",
                                "this Idempotency-Key was used for another "
                                "request");
    gaz_buffer_clear(write->out->body);
    gaz_buffer_text(write->out->body, kept.body);
    write->out->status = kept.status;
    write->out->etag = kept.etag;
    write->out->location = kept.location;
    write->out->cache_control = "no-store";
    return GAZ_OK;
}

/* ---- reading the request ---- */

static bool is_json(const char *type, bool patches)
{
    const size_t len = type ? strcspn(type, "; ") : 0;
    static const char JSON[] = "application/json";
    static const char PATCH[] = "application/merge-patch+json";
    return (len == sizeof(JSON) - 1 && strncasecmp(type, JSON, len) == 0) ||
           (patches && len == sizeof(PATCH) - 1 &&
            strncasecmp(type, PATCH, len) == 0);
}

static gaz_status read_path(struct api_write *write)
{
    struct api_worker *worker = write->worker;
    const char *id = api_capture(write->request, "id");
    const char *number = api_capture(write->request, "index");
    if (!number)
        number = api_capture(write->request, "seq");
    write->number = -1;
    if (id && !gaz_id_parse(id, &write->id))
        return api_problem_parameter(worker, "id", "编号应为 13 位字符",
                                     "'%.40s' is no id; ids have 13 characters",
                                     id);
    if (number &&
        (!gaz_text_parse_int(number, &write->number) || write->number < 0))
        return api_problem_parameter(worker, "number", "应为自然数",
                                     "'%.40s' is no number", number);
    return GAZ_OK;
}

static gaz_status read_headers(struct api_write *write)
{
    struct api_worker *worker = write->worker;
    const struct api_request *request = write->request;
    const char *dry = api_param(request, "dry_run");
    write->by.is_dry = dry && strcmp(dry, "true") == 0;
    write->by.seen = ANY;
    write->token = request->idempotency_key;
    if (dry && !write->by.is_dry && strcmp(dry, "false") != 0)
        return api_problem_parameter(worker, "dry_run", "应为 true 或 false",
                                     "dry_run is '%.20s'; it must be true or "
                                     "false",
                                     dry);
    if (write->token &&
        (!*write->token || strlen(write->token) > TOKEN_MAX_BYTES))
        return api_problem_fail(worker, GAZ_INVALID, 400, "幂等键过长或为空",
                                "Idempotency-Key has 1 to %d bytes",
                                (int)TOKEN_MAX_BYTES);
    if (write->by.is_dry)
        write->token = NULL;
    if (!write->job->needs_match)
        return GAZ_OK;
    if (!request->if_match)
        return api_problem_fail(worker, GAZ_INVALID, 428,
                                "须用 If-Match 说明修改的是哪一版",
                                "If-Match is needed: the ETag of the record "
                                "as you read it");
    write->by.seen = api_write_seen(request->if_match, write->id);
    if (write->by.seen == NONE)
        write->by.seen = 0; /* a tag of something else: stale */
    return GAZ_OK;
}

static gaz_status read_body(struct api_write *write)
{
    struct api_worker *worker = write->worker;
    const struct api_request *request = write->request;
    const struct api_value *body = NULL;
    if (!is_json(request->content_type, write->job->patches))
        return api_problem_fail(
            worker, GAZ_INVALID, 415, "请求体应为 application/json",
            "the body must be application/json%s",
            write->job->patches ? " or application/merge-patch+json" : "");
    if (request->body_size > API_FORM_BODY_MAX_BYTES)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "请求体过大",
                                "body of %zu bytes, at most %d",
                                request->body_size,
                                (int)API_FORM_BODY_MAX_BYTES);
    gaz_status status =
        api_body_value(worker, NULL, request->body, request->body_size, &body);
    if (status != GAZ_OK)
        return status;
    api_form_envelope_read(&write->form, body, write->job->kind,
                           &write->envelope);
    struct gaz_arena *arena = &worker->ctx.arena;
    write->by.why = write->envelope.why;
    write->by.source = &write->envelope.source;
    write->by.verbatim =
        gaz_arena_strndup(arena, request->body, request->body_size);
    const char *all = gaz_arena_printf(arena, "%s %s\n%s", request->method,
                                       request->path, write->by.verbatim);
    write->hash = gaz_text_hash(all, strlen(all));
    return GAZ_OK;
}

static gaz_status edit(struct api_write *write)
{
    struct gaz_editor *editor;
    bool is_answered = false;
    gaz_status status = api_scribe_take(write->worker, &editor);
    if (status != GAZ_OK)
        return status;
    status = recall(write, editor, &is_answered);
    if (status == GAZ_OK && !is_answered)
        status = write->job->call(write, editor);
    status = api_scribe_give(write->worker, status);
    return status == GAZ_OK && !is_answered ? respond(write) : status;
}

/* All slips at once: those of the thing as well, where it stands alone. */
static void read_on(struct api_write *write)
{
    const struct api_form_envelope *envelope = &write->envelope;
    struct gaz_place place = {.id = write->id};
    struct gaz_address address = {.id = write->id};
    struct gaz_name name = {.kind = GAZ_NAME_ALIAS};
    if (!envelope->thing || write->job->patches)
        return;
    if (write->job->kind == API_FORM_PLACE)
        api_form_place(&write->form, envelope->thing, envelope->pointer,
                       &place);
    else if (write->job->kind == API_FORM_ADDRESS)
        api_form_address(&write->form, envelope->thing, envelope->pointer,
                         &address);
    else
        api_form_name(&write->form, envelope->thing, envelope->pointer, &name);
}

gaz_status api_write_run(struct api_worker *worker,
                         const struct api_request *request,
                         const struct api_write_job *job,
                         struct api_response *out)
{
    struct api_write *write =
        gaz_arena_alloc(&worker->ctx.arena, sizeof(*write));
    *write = (struct api_write){.worker = worker,
                                .request = request,
                                .out = out,
                                .job = job,
                                .form = {.arena = &worker->ctx.arena}};
    write->by.sees_closed = (worker->caller.roles & GAZ_ROLE_ADMIN) != 0;
    write->by.who = worker->caller.name[0] ? worker->caller.name : "?";
    write->by.key = worker->caller.id;
    write->by.request = request->id;
    write->by.note = note;
    write->by.user = write;
    gaz_status status = read_path(write);
    if (status == GAZ_OK)
        status = read_headers(write);
    if (status == GAZ_OK)
        status = read_body(write);
    if (status != GAZ_OK)
        return status;
    if (write->form.slip_count == 0)
        return edit(write);
    read_on(write);
    return respond(write);
}
