/* SPDX-License-Identifier: Apache-2.0 */
/* cli_serve.c - runs the server until a signal asks it to stop. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "api/cli.h"
#include "api/server.h"

static void log_line(const char *line, void *user)
{
    (void)user;
    (void)fprintf(stderr, "%s\n", line);
}

static bool parse_log(const struct api_cli *cli, api_log_level *out)
{
    static const char *const LEVELS[] = {"none", "errors", "all"};
    const char *text = api_cli_option(cli, "--log");
    *out = API_LOG_ERRORS;
    for (int i = 0; text && i < 3; i++) {
        if (strcmp(text, LEVELS[i]) == 0) {
            *out = (api_log_level)i;
            return true;
        }
    }
    if (text)
        (void)api_cli_misuse(
            cli, "--log is '%s'; it must be none, errors or all", text);
    return !text;
}

static bool parse_jobs(struct api_cli *cli, struct api_jobs_options *out)
{
    enum { MIB = 1024 * 1024, HOUR_MS = 3600 * 1000 };
    int mib;
    int hours;
    const char *dir = api_cli_option(cli, "--jobs");
    out->dir = dir ? dir : api_cli_beside_db(cli, "jobs");
    if (!api_cli_number(cli, "--jobs-mib", 1, 1024 * 1024, 0, &mib) ||
        !api_cli_number(cli, "--jobs-queue", 1, API_JOBS_KEPT_MAX, 0,
                        &out->queue_max) ||
        !api_cli_number(cli, "--jobs-running", 1, API_JOBS_RUNNING_MAX, 0,
                        &out->running_max) ||
        !api_cli_number(cli, "--jobs-threads", 1, API_BATCH_THREADS_MAX, 0,
                        &out->threads) ||
        !api_cli_number(cli, "--jobs-hours", 1, 24 * 3650, 0, &hours))
        return false;
    out->body_max_bytes = (int64_t)mib * MIB;
    out->keep_ms = (int64_t)hours * HOUR_MS;
    return true;
}

static bool parse_options(struct api_cli *cli, struct api_server_options *out)
{
    out->snapshot = api_cli_snapshot(cli);
    out->host = api_cli_option(cli, "--host");
    out->base_url = api_cli_option(cli, "--base-url");
    out->cors_origin = api_cli_option(cli, "--cors");
    out->no_rebuild = api_cli_option(cli, "--no-rebuild") != NULL;
    out->tile_cache = api_cli_option(cli, "--tile-cache");
    out->gives_gcj02 = api_cli_option(cli, "--gcj02") != NULL;
    out->log = log_line;
    out->gate.db = api_cli_db(cli);
    out->gate.trusted_proxy = api_cli_option(cli, "--proxy");
    out->gate.limits_own = api_cli_option(cli, "--rate") != NULL;
    out->hooks.allows_private = api_cli_option(cli, "--hook-private") != NULL;
    return api_cli_number(cli, "--hook-attempts", 1, 100, 0,
                          &out->hooks.attempts) &&
           api_cli_number(cli, "--hook-backoff-ms", 1, 3600000, 0,
                          &out->hooks.backoff_ms) &&
           api_cli_number(cli, "--hook-timeout-ms", 100, 60000, 0,
                          &out->hooks.timeout_ms) &&
           api_cli_number(cli, "--port", 0, 65535, 8080, &out->port) &&
           api_cli_number(cli, "--threads", 2, API_SERVER_THREADS_MAX, 0,
                          &out->threads) &&
           api_cli_number(cli, "--heavy", 1, 64, 0, &out->heavy_threads) &&
           api_cli_number(cli, "--idle-ms", 100, 600000, 0, &out->idle_ms) &&
           api_cli_number(cli, "--body-ms", 100, 600000, 0, &out->body_ms) &&
           api_cli_number(cli, "--rate", 1, 100000, 0, &out->gate.rate) &&
           parse_jobs(cli, &out->jobs) && parse_log(cli, &out->log_level);
}

/* The text goes into a header as it is. */
static bool is_header_text(const char *text)
{
    for (; text && *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

api_exit api_cli_serve(struct api_cli *cli)
{
    if (api_cli_option(cli, "--tls"))
        return api_cli_misuse(
            cli, "no TLS here: the web server library of Debian 12 loads an "
                 "OpenSSL that it cannot use, and the first HTTPS client "
                 "would crash the server. Put a reverse proxy in front "
                 "(docs/api.md has the nginx lines)");
    struct api_server_options options = {.port = 0};
    if (cli->argument_count > 0)
        return api_cli_misuse(cli, "'%s' is one word too many",
                              cli->arguments[0]);
    if (!parse_options(cli, &options))
        return API_EXIT_USAGE;
    if (!is_header_text(options.cors_origin) ||
        !is_header_text(options.base_url))
        return api_cli_misuse(cli, "--cors and --base-url take plain ASCII");
    /* blocked before any thread starts, so that all inherit it and the signal
     * is taken here */
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (access(options.snapshot, R_OK) != 0)
        (void)fprintf(stderr,
                      "diming serve: no snapshot '%s' yet; answers begin when "
                      "'diming build' has made it\n",
                      options.snapshot);
    struct api_server *server;
    gaz_status status = api_cli_choose_rules(cli);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    status = api_server_open(&cli->worker.ctx, &options, &server);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    (void)printf("listening on %s\n", api_server_url(server));
    (void)fflush(stdout);
    int signal_number;
    (void)sigwait(&signals, &signal_number);
    api_server_close(server);
    return API_EXIT_OK;
}
