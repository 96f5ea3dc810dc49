/* SPDX-License-Identifier: Apache-2.0 */
/* cli_data.c - init, import, load, build, backup, status: the database. */
#include <string.h>
#include <unistd.h>

#include "api/cli.h"
#include "api/cli_url.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/json.h"
#include "gazetteer/index/build.h"
#include "importers/fetch.h"
#include "importers/pages.h"
#include "importers/pipeline.h"

api_exit api_cli_init(struct api_cli *cli)
{
    struct gaz_store *store;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_WRITE, &store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    gaz_store_close(store);
    (void)printf("%s is ready\n", api_cli_db(cli));
    return API_EXIT_OK;
}

static void show_progress(int64_t rows, void *user)
{
    (void)fprintf(stderr, "\r%s: %lld rows", (const char *)user,
                  (long long)rows);
}

static void print_report(const char *path, const struct imp_report *report,
                         bool is_dry)
{
    static const char *const SEVERITIES[] = {"info", "warning", "error"};
    (void)printf("%s: read %lld, stored %lld, merged %lld, unchanged %lld, "
                 "rejected %lld%s\n",
                 path, (long long)report->read, (long long)report->stored,
                 (long long)report->merged, (long long)report->unchanged,
                 (long long)report->rejected, is_dry ? " (dry run)" : "");
    for (int i = 0; i < report->rule_count; i++) {
        int severity = report->rules[i].severity;
        (void)printf("  %-5s %-7s %lld\n", report->rules[i].rule,
                     severity >= 0 && severity <= 2 ? SEVERITIES[severity] : "",
                     (long long)report->rules[i].count);
    }
    if (report->reject_path)
        (void)printf("  rejects: %s\n", report->reject_path);
}

/* Puts the file's name before a failure that does not say which file it was. */
static gaz_status blame_file(struct gaz_ctx *ctx, const char *path,
                             gaz_status status)
{
    if (status == GAZ_OK || strstr(ctx->failure, path))
        return status;
    const char *why = gaz_arena_strdup(&ctx->arena, gaz_ctx_failure(ctx));
    ctx->failure[0] = '\0';
    return gaz_fail(ctx, status, "%s: %s", path, why);
}

static const char *file_of(const struct imp_options *options)
{
    return options->name ? options->name : options->path;
}

static gaz_status import_file(struct api_cli *cli, struct gaz_store *store,
                              struct imp_options *options)
{
    bool has_terminal = api_cli_has_terminal();
    char name[256];
    (void)snprintf(name, sizeof(name), "%s", file_of(options));
    if (has_terminal) {
        options->progress = show_progress;
        options->progress_user = name;
    }
    struct imp_report report = {.read = 0};
    gaz_status status =
        imp_pipeline_run(&cli->worker.ctx, store, options, &report);
    if (has_terminal)
        (void)fprintf(stderr, "\r\033[K");
    if (status == GAZ_OK)
        print_report(file_of(options), &report, options->dry_run);
    (void)fflush(stdout);
    return blame_file(&cli->worker.ctx, file_of(options), status);
}

static gaz_status import_url(struct api_cli *cli, struct gaz_store *store,
                             int pause_ms, struct imp_options *options)
{
    struct api_cli_url url;
    gaz_status status = api_cli_url_open(cli, store, options->path,
                                         !options->dry_run, pause_ms, &url);
    if (status != GAZ_OK)
        return status;
    if (url.told[0])
        (void)printf("%s: %s\n", url.url, url.told);
    options->name = url.url;
    options->path = url.path;
    if (!options->reject_path)
        options->reject_path = gaz_arena_printf(&cli->worker.ctx.arena,
                                                "%s.rejects.csv", url.name);
    status = import_file(cli, store, options);
    if (status == GAZ_OK && !options->dry_run)
        status = api_cli_url_settle(cli, store, &url);
    api_cli_url_close(&url);
    return status;
}

static bool has_url(const struct api_cli *cli)
{
    for (int i = 0; i < cli->argument_count; i++)
        if (imp_fetch_is_url(cli->arguments[i]))
            return true;
    return false;
}

api_exit api_cli_import(struct api_cli *cli)
{
    if (cli->argument_count == 0)
        return api_cli_misuse(cli, "which FILE?");
    if (cli->argument_count > 1 && api_cli_option(cli, "--rejects"))
        return api_cli_misuse(cli, "--rejects goes with one FILE");
    if (has_url(cli) && !api_cli_option(cli, "--mapping") &&
        !api_cli_option(cli, "--profile"))
        return api_cli_misuse(cli, "a URL needs --mapping");
    if (api_cli_option(cli, "--mapping") && api_cli_option(cli, "--profile"))
        return api_cli_misuse(cli, "--mapping or --profile, not both");
    int pause_ms;
    if (!api_cli_number(cli, "--pause", 0, IMP_PAGES_PAUSE_MAX_MS, 0,
                        &pause_ms))
        return API_EXIT_USAGE;
    struct gaz_store *store = NULL;
    gaz_status status = api_cli_choose_rules(cli);
    if (status == GAZ_OK)
        status = api_cli_open_store(cli, GAZ_STORE_WRITE, &store);
    for (int i = 0; status == GAZ_OK && i < cli->argument_count; i++) {
        struct imp_options options = {
            .path = cli->arguments[i],
            .mapping = api_cli_option(cli, "--mapping"),
            .profile = api_cli_option(cli, "--profile"),
            .given = {.source = api_cli_option(cli, "--source"),
                      .values = api_cli_option(cli, "--set")},
            .crs = api_cli_option(cli, "--crs"),
            .reject_path = api_cli_option(cli, "--rejects"),
            .dry_run = api_cli_option(cli, "--dry-run") != NULL,
        };
        status = imp_fetch_is_url(options.path)
                     ? import_url(cli, store, pause_ms, &options)
                     : import_file(cli, store, &options);
    }
    gaz_store_close(store);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

/* One line of load.txt: a path relative to the folder. */
static gaz_status load_line(struct api_cli *cli, struct gaz_store *store,
                            const char *folder, const char *line)
{
    struct gaz_arena *arena = &cli->worker.ctx.arena;
    const char *slash = strrchr(line, '/');
    const char *rejects = api_cli_option(cli, "--rejects");
    struct imp_options options = {
        .path = gaz_arena_printf(arena, "%s/%s", folder, line)};
    if (rejects)
        options.reject_path = gaz_arena_printf(
            arena, "%s/%s.rejects.csv", rejects, slash ? slash + 1 : line);
    return import_file(cli, store, &options);
}

static gaz_status load_list(struct api_cli *cli, struct gaz_store *store,
                            const char *folder, const struct gaz_map *list)
{
    gaz_status status = GAZ_OK;
    const char *at = list->data;
    const char *end = at + list->size;
    while (status == GAZ_OK && at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        size_t len = (size_t)(stop - at);
        while (len > 0 && (at[len - 1] == ' ' || at[len - 1] == '\r'))
            len--;
        if (len > 0 && at[0] != '#')
            status =
                load_line(cli, store, folder,
                          gaz_arena_strndup(&cli->worker.ctx.arena, at, len));
        at = newline ? newline + 1 : end;
    }
    return status;
}

/* The data of a package: /usr/share/diming/data for /usr/bin/diming. */
static const char *find_shipped(struct gaz_ctx *ctx)
{
    enum { PATH_BYTES = 4096 };
    char self[PATH_BYTES];
    const ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (len <= 0)
        return NULL;
    self[len] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    const char *folder =
        gaz_arena_printf(&ctx->arena, "%s/../share/diming/data", self);
    return access(folder, R_OK) == 0 ? folder : NULL;
}

api_exit api_cli_load(struct api_cli *cli)
{
    if (cli->argument_count > 1)
        return api_cli_misuse(cli, "one DIR is taken");
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *folder =
        cli->argument_count == 1 ? cli->arguments[0] : find_shipped(ctx);
    if (!folder)
        return api_cli_misuse(cli, "one DIR is needed: no shipped data stands "
                                   "beside this program");
    struct gaz_map list;
    gaz_status status = gaz_file_map(
        ctx, gaz_arena_printf(&ctx->arena, "%s/load.txt", folder), &list);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    struct gaz_store *store = NULL;
    status = api_cli_open_store(cli, GAZ_STORE_WRITE, &store);
    if (status == GAZ_OK && list.size > 0)
        status = load_list(cli, store, folder, &list);
    gaz_store_close(store);
    gaz_file_unmap(&list);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

api_exit api_cli_build(struct api_cli *cli)
{
    struct gaz_store *store = NULL;
    struct gaz_build_stats stats;
    const char *path = api_cli_snapshot(cli);
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = gaz_build_snapshot(&cli->worker.ctx, store, path, &stats);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    (void)printf("%s: %u places, %u names, %u addresses, %llu bytes\n", path,
                 stats.places, stats.names, stats.addresses,
                 (unsigned long long)stats.bytes);
    return API_EXIT_OK;
}

api_exit api_cli_backup(struct api_cli *cli)
{
    if (cli->argument_count != 1)
        return api_cli_misuse(cli, "one FILE is needed");
    struct gaz_store *store = NULL;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = gaz_store_backup(&cli->worker.ctx, store, cli->arguments[0]);
    gaz_store_close(store);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

struct status_row {
    const char *name;
    long long value;
};

static void print_status(const struct status_row *rows, size_t count,
                         bool is_json)
{
    struct gaz_buffer out;
    struct gaz_json json;
    gaz_buffer_open(&out, 65536);
    gaz_json_open(&json, &out);
    gaz_json_object(&json, NULL);
    for (size_t i = 0; i < count; i++) {
        if (is_json)
            gaz_json_int(&json, rows[i].name, rows[i].value);
        else
            (void)printf("%-20s %lld\n", rows[i].name, rows[i].value);
    }
    gaz_json_end(&json);
    if (is_json)
        (void)printf("%s\n", out.data);
    gaz_buffer_close(&out);
}

api_exit api_cli_status(struct api_cli *cli)
{
    const char *format = api_cli_option(cli, "--format");
    bool is_json = format && strcmp(format, "json") == 0;
    if (format && !is_json && strcmp(format, "table") != 0)
        return api_cli_misuse(cli, "--format is '%s'", format);
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_store *store = NULL;
    struct gaz_store_status s = {.schema_version = 0};
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    uint64_t seq = 0;
    if (status == GAZ_OK)
        status = gaz_store_status_read(ctx, store, &s);
    if (status == GAZ_OK)
        status = gaz_store_journal_seq(ctx, store, &seq);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    struct gaz_snapshot *snap = NULL;
    status = gaz_snapshot_open(ctx, api_cli_snapshot(cli), &snap);
    if (status != GAZ_OK && status != GAZ_NOT_FOUND)
        return api_cli_fail(cli, status);
    const struct status_row rows[] = {
        {"schema_version", s.schema_version},
        {"sources", s.sources},
        {"records", s.records},
        {"places", s.places},
        {"names", s.names},
        {"addresses", s.addresses},
        {"claims", s.claims},
        {"issues_open", s.issues_open},
        {"journal_entries", s.journal_entries},
        {"journal_seq", (long long)seq},
        {"snapshot_places", snap ? snap->place_count : 0},
        {"snapshot_journal_seq", snap ? (long long)snap->journal_seq : 0},
    };
    print_status(rows, sizeof(rows) / sizeof(rows[0]), is_json);
    gaz_snapshot_close(snap);
    return API_EXIT_OK;
}
