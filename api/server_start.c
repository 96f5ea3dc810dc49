/* SPDX-License-Identifier: Apache-2.0 */
/* server_start.c - opening and closing the server. */
#include "api/server_parts.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "api/pool.h"
#include "api/refresh.h"
#include "api/snapshot_swap.h"
#include "api/worker.h"
#include "api/write/scribe.h"
#include "gazetteer/base/clock.h"

enum {
    QUEUE_PER_THREAD = 64,
    FILES_BESIDES = 512, /* snapshots, databases, jobs, webhooks */
};

/* civetweb's own messages: on stderr otherwise, with no way to silence them. */
static int log_message(const struct mg_connection *conn, const char *message)
{
    const struct api_server *server = mg_get_user_context_data(conn);
    if (server && server->options.log &&
        server->options.log_level == API_LOG_ALL)
        server->options.log(message, server->options.log_user);
    return 1;
}

static gaz_status start_civet(struct gaz_ctx *ctx, struct api_server *server)
{
    const struct api_server_options *options = &server->options;
    const char *host = options->host;
    if (!host || strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    struct in_addr address;
    if (inet_pton(AF_INET, host, &address) != 1)
        return gaz_fail(ctx, GAZ_INVALID,
                        "host '%s' is no IPv4 address; use 127.0.0.1, or "
                        "0.0.0.0 for all",
                        host);
    struct gaz_arena *arena = &ctx->arena;
    const char *settings[] = {
        "listening_ports",
        gaz_arena_printf(arena, "%s:%d", host, options->port),
        "num_threads",
        gaz_arena_printf(arena, "%d", options->threads),
        "request_timeout_ms",
        gaz_arena_printf(arena, "%d", options->idle_ms),
        "keep_alive_timeout_ms",
        gaz_arena_printf(arena, "%d", options->idle_ms),
        "enable_keep_alive",
        "yes",
        "tcp_nodelay",
        "1", /* 0: two writes cost 44 ms */
        "decode_url",
        "no", /* %2F and %00 must be seen */
        "max_request_size",
        gaz_arena_printf(arena, "%d", (int)API_SERVER_HEAD_MAX_BYTES),
        "listen_backlog",
        "512",
        "connection_queue",
        "256",
        NULL};
    const struct mg_callbacks callbacks = {
        .begin_request = api_server_begin_request,
        .http_error = api_server_answer_error,
        .log_message = log_message};
    (void)mg_init_library(0);
    server->is_library_open = true;
    server->civet = mg_start(&callbacks, server, settings);
    struct mg_server_port port;
    if (!server->civet || mg_get_server_ports(server->civet, 1, &port) < 1)
        return gaz_fail(ctx, GAZ_IO,
                        "cannot listen on %s:%d; is the port taken?", host,
                        options->port);
    bool is_any = strcmp(host, "0.0.0.0") == 0;
    (void)snprintf(server->base_url, sizeof(server->base_url), "http://%s:%d",
                   is_any ? "127.0.0.1" : host, port.port);
    (void)snprintf(server->url, sizeof(server->url), "%s/", server->base_url);
    return GAZ_OK;
}

/* A shell gives a process 1,024 open files at first (the hard limit is far
 * higher): a thousand idle clients would use them up, and whoever comes then
 * waits until some of those are let go. */
static void raise_file_limit(const struct api_server *server)
{
    const rlim_t want = (rlim_t)server->options.threads + FILES_BESIDES;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= want)
        return;
    limit.rlim_cur = want < limit.rlim_max ? want : limit.rlim_max;
    const bool is_raised = setrlimit(RLIMIT_NOFILE, &limit) == 0;
    if (is_raised && limit.rlim_cur >= want)
        return;
    char line[160];
    (void)snprintf(line, sizeof(line),
                   "this process may open %llu files only, fewer than its "
                   "clients may be (%d): raise the limit (ulimit -Hn, "
                   "LimitNOFILE)",
                   (unsigned long long)limit.rlim_max, server->options.threads);
    if (server->options.log && server->options.log_level != API_LOG_NONE)
        server->options.log(line, server->options.log_user);
}

static void log_swap(const char *message, void *user)
{
    const struct api_server *server = user;
    if (server->options.log && server->options.log_level != API_LOG_NONE)
        server->options.log(message, server->options.log_user);
}

static int or_default(int value, int fallback)
{
    return value > 0 ? value : fallback;
}

gaz_status api_server_open(struct gaz_ctx *ctx,
                           const struct api_server_options *options,
                           struct api_server **out)
{
    struct api_server *server = gaz_malloc(sizeof(*server));
    server->options = *options;
    server->options.threads =
        or_default(options->threads, API_SERVER_THREADS_DEFAULT);
    server->options.idle_ms = or_default(options->idle_ms, 5000);
    server->options.body_ms = or_default(options->body_ms, 10000);
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    int heavy = or_default(options->heavy_threads, cores > 1 ? cores : 2);
    atomic_init(&server->next_id, (unsigned long long)time(NULL) << 20);
    server->desks = api_worker_desks_open();
    server->meter = api_meter_open();
    server->gate = api_gate_open(&options->gate, server->meter);
    if (options->gate.db)
        server->ledger = api_ledger_open(options->gate.db);
    if (options->gate.db)
        server->scribe = api_scribe_open(options->gate.db);
    gaz_status status =
        api_pool_open(ctx, heavy, heavy * QUEUE_PER_THREAD, &server->pool);
    if (status == GAZ_OK)
        status = api_snapshot_swap_open(ctx, options->snapshot, log_swap,
                                        server, &server->swap);
    if (status == GAZ_OK && options->gate.db)
        status = api_recorder_open(
            ctx,
            &(struct api_recorder_options){.db = options->gate.db,
                                           .ring = api_gate_ring(server->gate),
                                           .log = log_swap,
                                           .user = server},
            &server->recorder);
    if (status == GAZ_OK && options->gate.db) {
        struct api_courier_options hooks = options->hooks;
        hooks.db = options->gate.db;
        hooks.log = log_swap;
        hooks.user = server;
        status = api_courier_open(ctx, &hooks, &server->courier);
    }
    if (status == GAZ_OK && options->tile_cache)
        status = api_snapshot_swap_keep(ctx, server->swap, options->tile_cache);
    if (status == GAZ_OK && options->gate.db && !options->no_rebuild)
        status = api_refresh_open(
            ctx,
            &(struct api_refresh_options){.db = options->gate.db,
                                          .snapshot = options->snapshot,
                                          .swap = server->swap,
                                          .log = log_swap,
                                          .user = server},
            &server->refresh);
    if (status == GAZ_OK && options->jobs.dir)
        status = api_jobs_open(ctx, &options->jobs, server->swap, log_swap,
                               server, &server->jobs);
    raise_file_limit(server);
    if (status == GAZ_OK)
        status = start_civet(ctx, server);
    if (status != GAZ_OK) {
        api_server_close(server);
        return status;
    }
    *out = server;
    return GAZ_OK;
}

const char *api_server_url(const struct api_server *server)
{
    return server->url;
}

/* civetweb breaks off what is read or written when it stops. */
static void let_answers_end(struct api_server *server)
{
    const int64_t until_ms = gaz_clock_ms() + API_SERVER_CLOSE_MS;
    const struct timespec pause = {.tv_nsec = 2000000};
    atomic_store(&server->is_closing, true);
    while (atomic_load(&server->busy) > 0 && gaz_clock_ms() < until_ms)
        (void)nanosleep(&pause, NULL);
}

void api_server_close(struct api_server *server)
{
    if (!server)
        return;
    if (server->civet) {
        let_answers_end(server);
        mg_stop(server->civet);
    }
    if (server->is_library_open)
        (void)mg_exit_library();
    api_pool_close(server->pool);
    api_refresh_close(server->refresh);
    api_courier_close(server->courier);
    api_jobs_close(server->jobs);
    api_snapshot_swap_close(server->swap);
    api_worker_desks_close(server->desks);
    api_recorder_close(server->recorder); /* before the keys it counts */
    api_gate_close(server->gate);
    api_ledger_close(server->ledger);
    api_scribe_close(server->scribe);
    api_meter_close(server->meter);
    gaz_free(server);
}
