/* SPDX-License-Identifier: Apache-2.0 */
#include "api/server_parts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "api/jobs/ask.h"
#include "api/params.h"
#include "api/pool.h"
#include "api/problem.h"
#include "api/reply.h"
#include "api/route.h"
#include "api/snapshot_swap.h"
#include "api/socket.h"
#include "api/worker.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/base/text.h"

enum {
    CHUNK_BYTES = 8192,
    SLICE_BYTES = 64 * 1024,      /* of an answer, between two deadlines */
    ONE_WRITE_BYTES = 256 * 1024, /* smaller answers are one mg_write */
    DRAIN_MAX_BYTES = 256 * 1024,
    DRAIN_MAX_MS = 300,
};

/* ---- reading the head ---- */

static int count_headers(const struct mg_request_info *info, const char *name)
{
    int count = 0;
    for (int i = 0; i < info->num_headers; i++)
        if (strcasecmp(info->http_headers[i].name, name) == 0)
            count++;
    return count;
}

int api_server_socket(const struct mg_request_info *info)
{
    return api_socket_find(info->remote_addr, info->remote_port,
                           info->server_port);
}

static const char *header(const struct mg_request_info *info, const char *name)
{
    for (int i = 0; i < info->num_headers; i++)
        if (strcasecmp(info->http_headers[i].name, name) == 0)
            return info->http_headers[i].value;
    return NULL;
}

/* How long the body is must have one reading only: two readings are how a
 * request is smuggled past a proxy. civetweb drops headers past its 64, where
 * a second length could hide. */
static gaz_status check_framing(struct api_exchange *exchange)
{
    struct api_worker *worker = &exchange->desk->worker;
    const struct mg_request_info *info = exchange->info;
    int lengths = count_headers(info, "Content-Length");
    const char *length = header(info, "Content-Length");
    bool is_chunked = count_headers(info, "Transfer-Encoding") > 0;
    exchange->has_unread = true; /* until the framing is known to be good */
    if (info->num_headers >= MG_MAX_HEADERS)
        return api_problem_fail(worker, GAZ_LIMIT, 431, "请求头过多",
                                "%d headers or more", MG_MAX_HEADERS);
    if (lengths > 1 || (lengths == 1 && is_chunked))
        return api_problem_fail(worker, GAZ_INVALID, 400, "请求长度有歧义",
                                "the length of the body is given twice");
    if (length &&
        (!length[0] || strspn(length, "0123456789") != strlen(length)))
        return api_problem_fail(worker, GAZ_INVALID, 400, "请求长度有误",
                                "Content-Length is '%.40s'", length);
    if (is_chunked)
        return api_problem_fail(worker, GAZ_INVALID, 411, "须注明请求长度",
                                "a body needs a Content-Length; chunked bodies "
                                "are not taken");
    exchange->has_unread = false;
    return GAZ_OK;
}

static bool is_plain_host(const char *host)
{
    return host && host[0] && strlen(host) < 256 &&
           strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789.-:") == strlen(host);
}

/* The wish may stand in any of several Prefer headers. */
static bool prefers_async(const struct mg_request_info *info)
{
    for (int i = 0; i < info->num_headers; i++)
        if (strcasecmp(info->http_headers[i].name, "Prefer") == 0 &&
            api_jobs_ask_prefers(info->http_headers[i].value))
            return true;
    return false;
}

static const char *make_base_url(struct api_exchange *exchange)
{
    const char *host = header(exchange->info, "Host");
    if (exchange->server->options.base_url)
        return exchange->server->options.base_url;
    if (!is_plain_host(host))
        return exchange->server->base_url;
    static const char SCHEME[] = "http://";
    const size_t size = strlen(host) + 1;
    char *url = gaz_arena_raw(&exchange->desk->worker.ctx.arena,
                              sizeof(SCHEME) - 1 + size);
    memcpy(url, SCHEME, sizeof(SCHEME) - 1);
    memcpy(url + sizeof(SCHEME) - 1, host, size);
    return url;
}

static gaz_status read_head(struct api_exchange *exchange)
{
    struct api_worker *worker = &exchange->desk->worker;
    const struct mg_request_info *info = exchange->info;
    struct api_request *request = &exchange->request;
    const char *raw = info->request_uri ? info->request_uri : "";
    request->path = "";
    request->content_type = header(info, "Content-Type");
    request->accept = header(info, "Accept");
    request->if_none_match = header(info, "If-None-Match");
    request->if_match = header(info, "If-Match");
    request->idempotency_key = header(info, "Idempotency-Key");
    request->prefers_async = prefers_async(info);
    request->base_url = make_base_url(exchange);
    gaz_status status = check_framing(exchange);
    if (status != GAZ_OK)
        return status;
    const char *path =
        api_params_decode(&worker->ctx.arena, raw, strcspn(raw, "?"), false);
    if (!path || path[0] != '/')
        return api_problem_fail(worker, GAZ_INVALID, 400, "请求路径有误",
                                "the path must begin with / and be UTF-8, "
                                "without NUL or broken %%-escapes");
    request->path = path;
    /* Not yet cut off in a URI that civetweb did not take. */
    const char *mark = strchr(raw, '?');
    return api_params_parse(
        worker, info->query_string || !mark ? info->query_string : mark + 1,
        request);
}

/* ---- answering ---- */

static void run_route(void *user)
{
    struct api_exchange *exchange = user;
    api_route_run(&exchange->desk->worker, exchange->route, &exchange->request,
                  &exchange->response);
}

static void fail(struct api_exchange *exchange, gaz_status status)
{
    api_problem_answer(&exchange->desk->worker, &exchange->request, status,
                       &exchange->response);
}

/* Most tiles are in memory: their answer is not worth two changes of thread.
 * False when the handler has put the work off. */
static bool run_trial(struct api_exchange *exchange)
{
    struct api_worker *worker = &exchange->desk->worker;
    worker->is_trial = true;
    run_route(exchange);
    worker->is_trial = false;
    if (!worker->is_put_off)
        return true;
    worker->is_put_off = false;
    exchange->response = (struct api_response){.body = &exchange->desk->body};
    return false;
}

/* Runs the route on this thread, or on one with a large stack. */
static void run(struct api_exchange *exchange)
{
    if (!exchange->route || !(exchange->route->flags & API_HEAVY) ||
        exchange->request.draft) {
        run_route(exchange);
        return;
    }
    if ((exchange->route->flags & API_MADE) && run_trial(exchange))
        return;
    if (api_pool_run(exchange->server->pool, run_route, exchange))
        return;
    api_meter_refuse(exchange->server->meter, API_REFUSED_BUSY);
    fail(exchange, api_problem_fail(&exchange->desk->worker, GAZ_LIMIT, 503,
                                    "服务繁忙，请稍后再试",
                                    "too many heavy requests wait; try "
                                    "again"));
}

/* Before the body is read: who may not come in sends none. */
static gaz_status admit(struct api_exchange *exchange)
{
    const struct mg_request_info *info = exchange->info;
    const struct api_visitor visitor = {
        .address = info->remote_addr,
        .forwarded = header(info, "X-Forwarded-For"),
        .authorization = header(info, "Authorization"),
        .api_key = header(info, "X-Api-Key"),
        .route = exchange->route};
    gaz_status status = api_gate_admit(exchange->server->gate,
                                       &exchange->desk->worker, &visitor);
    if (status != GAZ_OK && info->content_length > 0)
        exchange->has_unread = true;
    return status;
}

/* What was begun is answered; what comes now would be cut off in the middle. */
static gaz_status refuse_late(struct api_exchange *exchange)
{
    struct api_worker *worker = &exchange->desk->worker;
    exchange->closes = true;
    exchange->has_unread = exchange->info->content_length > 0;
    worker->retry_after_s = 1;
    return api_problem_fail(worker, GAZ_LIMIT, 503, "服务正在停止",
                            "the service is stopping; try again");
}

static void answer(struct api_exchange *exchange)
{
    struct api_worker *worker = &exchange->desk->worker;
    gaz_status status = read_head(exchange);
    if (status == GAZ_OK && exchange->is_late)
        status = refuse_late(exchange);
    if (status == GAZ_OK) {
        exchange->route = api_route_find(worker, &exchange->request);
        status = admit(exchange);
    }
    if (status == GAZ_OK)
        status = api_server_take_body(exchange);
    if (status != GAZ_OK) {
        fail(exchange, status);
        return;
    }
    struct api_shot *shot = api_snapshot_swap_take(exchange->server->swap);
    worker->server = exchange->server;
    worker->meter = exchange->server->meter;
    worker->ledger = exchange->server->ledger;
    worker->courier = exchange->server->courier;
    worker->scribe = exchange->server->scribe;
    worker->refresh = exchange->server->refresh;
    worker->jobs = exchange->server->jobs;
    worker->gives_gcj02 = exchange->server->options.gives_gcj02;
    worker->snap = shot ? shot->snap : NULL;
    worker->tiles = shot ? shot->tiles : NULL;
    run(exchange);
    worker->snap = NULL;
    worker->tiles = NULL;
    api_snapshot_swap_give(exchange->server->swap, shot);
}

/* Large answers go out in slices, so that a reader that takes nothing is let
 * go. False when it was. */
static bool write_slices(struct api_exchange *exchange, const char *data,
                         size_t size)
{
    int socket = api_server_socket(exchange->info);
    int64_t began_us = gaz_clock_us();
    size_t done = 0;
    while (done < size) {
        /* the socket's buffer takes megabytes at once, so the rate alone would
         * wait long for a reader that has stopped */
        if (!api_socket_is_writable(socket,
                                    exchange->server->options.body_ms) ||
            api_server_is_too_slow(exchange, began_us, (int64_t)done))
            return false;
        size_t slice = size - done < SLICE_BYTES ? size - done : SLICE_BYTES;
        int put = mg_write(exchange->conn, data + done, slice);
        if (put <= 0)
            return false;
        done += (size_t)put;
    }
    return true;
}

static void send_answer(struct api_exchange *exchange)
{
    struct api_desk *desk = exchange->desk;
    struct gaz_buffer *wire = &desk->wire;
    const bool has_file = exchange->response.has_file;
    const struct gaz_map *file = &exchange->response.file;
    const char *body = has_file ? file->data : desk->body.data;
    size_t body_size = exchange->is_head ? 0
                       : has_file        ? file->size
                                         : desk->body.size;
    struct api_reply reply = {
        .response = &exchange->response,
        .id = exchange->id,
        .cors_origin = exchange->server->options.cors_origin,
        .closes = exchange->closes,
    };
    api_reply_write_head(&reply, wire);
    if (!api_reply_has_body(exchange->response.status))
        body_size = 0;
    bool is_small = body_size <= ONE_WRITE_BYTES;
    if (is_small && body_size > 0)
        gaz_buffer_bytes(wire, body, body_size);
    bool is_sent = mg_write(exchange->conn, wire->data, wire->size) > 0;
    if (is_sent && !is_small)
        is_sent = write_slices(exchange, body, body_size);
    exchange->sent = body_size;
    if (!is_sent)
        exchange->closes = true;
}

static void log_answer(const struct api_exchange *exchange)
{
    const struct api_server_options *options = &exchange->server->options;
    double ms = (double)(gaz_clock_us() - exchange->started_us) / 1000.0;
    int status = exchange->response.status;
    bool is_notable = status >= 500 || ms > API_SERVER_SLOW_MS;
    if (!options->log || options->log_level == API_LOG_NONE ||
        (options->log_level == API_LOG_ERRORS && !is_notable))
        return;
    char line[1024];
    struct api_log_entry entry = {
        .id = exchange->id,
        .method = exchange->request.method,
        .uri = exchange->info->request_uri,
        .status = status,
        .ms = ms,
        .bytes = exchange->sent,
        .failure = status >= 500 ? exchange->desk->worker.ctx.failure : ""};
    api_reply_log_line(line, sizeof(line), &entry);
    options->log(line, options->log_user);
}

/* What the audit log keeps of an answer: who was turned away, and every use of
 * a key where one is needed. A write that was made is there already. */
static void note(const struct api_exchange *exchange)
{
    const struct api_worker *worker = &exchange->desk->worker;
    const int status = exchange->response.status;
    const bool is_key = worker->caller.id[0] != '\0';
    const bool is_denied =
        status == 401 || status == 403 || (status == 429 && is_key);
    const bool is_closed_route =
        exchange->route && api_route_roles(exchange->route) != 0;
    if (is_denied)
        api_recorder_note(exchange->server->recorder, "denied", &worker->caller,
                          &exchange->request, status);
    else if (is_key && is_closed_route && !(worker->is_noted && status < 300))
        api_recorder_note(exchange->server->recorder, "use", &worker->caller,
                          &exchange->request, status);
}

/* Answers one request; `closes`: the connection ends with it. */
static int serve(struct mg_connection *conn, const struct mg_request_info *info,
                 bool closes)
{
    struct api_server *server = mg_get_user_context_data(conn);
    struct api_exchange exchange = {.server = server,
                                    .conn = conn,
                                    .info = info,
                                    .closes = closes,
                                    .started_us = gaz_clock_us()};
    struct gaz_ctx ctx = {.failure = ""};
    (void)atomic_fetch_add(&server->busy, 1); /* first: close waits for it */
    exchange.is_late = atomic_load(&server->is_closing);
    api_meter_begin(server->meter);
    if (api_worker_take(&ctx, server->desks, &exchange.desk) != GAZ_OK) {
        (void)mg_send_http_error(conn, 503, "%s", "no worker");
        api_meter_end(server->meter, NULL, 503, 0);
        (void)atomic_fetch_sub(&server->busy, 1);
        gaz_ctx_close(&ctx);
        return 503;
    }
    api_reply_make_id(atomic_fetch_add(&server->next_id, 1), exchange.id);
    exchange.request.method = info->request_method;
    exchange.request.id = exchange.id;
    exchange.response.body = &exchange.desk->body;
    exchange.is_head = strcmp(info->request_method, "HEAD") == 0;
    answer(&exchange);
    const char *wish = header(info, "Connection");
    if ((wish && strcasecmp(wish, "close") == 0) ||
        (info->http_version && strcmp(info->http_version, "1.0") == 0))
        exchange.closes = true;
    exchange.closes = exchange.closes || exchange.has_unread;
    api_jobs_drop(exchange.request.draft);
    send_answer(&exchange);
    gaz_file_unmap(&exchange.response.file);
    if (exchange.closes)
        mg_disable_connection_keep_alive(conn);
    if (exchange.has_unread)
        api_socket_drain(api_server_socket(info), DRAIN_MAX_BYTES,
                         DRAIN_MAX_MS);
    log_answer(&exchange);
    note(&exchange);
    api_meter_end(server->meter, exchange.route, exchange.response.status,
                  gaz_clock_us() - exchange.started_us);
    api_worker_give(server->desks, exchange.desk);
    (void)atomic_fetch_sub(&server->busy, 1);
    gaz_ctx_close(&ctx);
    return exchange.response.status;
}

int api_server_begin_request(struct mg_connection *conn)
{
    return serve(conn, mg_get_request_info(conn), false);
}

/* civetweb ends a URI at the first byte over 127 and gives up: it leaves the
 * rest of the head, unread, in request_uri. People type Chinese into curl,
 * which sends it as it is; such a question is read here and answered. Headers
 * are not read: the answer is the plain one, and the connection closes. */
static bool read_typed_uri(struct gaz_ctx *ctx,
                           const struct mg_request_info *info,
                           struct mg_request_info *out)
{
    const char *raw = info ? info->request_uri : NULL;
    if (!raw || raw[0] != '/' || !info->request_method ||
        strcmp(info->request_method, "GET") != 0 || info->num_headers > 0)
        return false;
    size_t size = 0;
    bool is_ascii = true;
    while ((unsigned char)raw[size] > ' ' && raw[size] != 0x7F)
        is_ascii = (unsigned char)raw[size++] < 0x80 && is_ascii;
    if (is_ascii || !gaz_text_starts_with(raw + size, " HTTP/1."))
        return false;
    *out = *info;
    out->request_uri = gaz_arena_strndup(&ctx->arena, raw, size);
    out->http_version = "1.1";
    return true;
}

/* What civetweb refuses itself: heads that are broken, too long or too late. */
int api_server_answer_error(struct mg_connection *conn, int status,
                            const char *message)
{
    (void)message;
    const struct mg_request_info *info = mg_get_request_info(conn);
    struct gaz_ctx ctx = {.failure = ""};
    struct mg_request_info typed;
    bool is_typed = status == 400 && read_typed_uri(&ctx, info, &typed);
    if (is_typed)
        (void)serve(conn, &typed, true);
    gaz_ctx_close(&ctx);
    if (is_typed)
        return 0;
    char id[20];
    struct api_server *server = mg_get_user_context_data(conn);
    api_meter_refuse(server->meter, API_REFUSED_PROTOCOL);
    api_reply_make_id(atomic_fetch_add(&server->next_id, 1), id);
    struct gaz_buffer body;
    struct gaz_buffer wire;
    gaz_buffer_open(&body, CHUNK_BYTES);
    gaz_buffer_open(&wire, (size_t)2 * CHUNK_BYTES);
    bool is_too_long = status == 413 || status == 414;
    int http = is_too_long ? 431 : status;
    api_problem_write(&body, http,
                      is_too_long ? "the head of the request is longer than "
                                    "16384 bytes"
                                  : "the head of the request is broken, or "
                                    "longer than 16384 bytes",
                      NULL, NULL, NULL);
    struct api_response response = {
        .status = http,
        .content_type = "application/problem+json; charset=utf-8",
        .body = &body,
        .cache_control = "no-store"};
    struct api_reply reply = {.response = &response, .id = id, .closes = true};
    api_reply_write_head(&reply, &wire);
    const bool is_head = info && info->request_method &&
                         strcmp(info->request_method, "HEAD") == 0;
    if (!is_head)
        gaz_buffer_bytes(&wire, body.data, body.size);
    (void)mg_write(conn, wire.data, wire.size);
    mg_disable_connection_keep_alive(conn);
    if (info)
        api_socket_drain(api_server_socket(info), DRAIN_MAX_BYTES,
                         DRAIN_MAX_MS);
    gaz_buffer_close(&body);
    gaz_buffer_close(&wire);
    return 0;
}
