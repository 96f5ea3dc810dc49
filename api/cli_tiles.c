/* SPDX-License-Identifier: Apache-2.0 */
/* cli_tiles.c - the map's tiles as one file, or made beforehand. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "api/cli.h"
#include "api/tiles_about.h"
#include "gazetteer/base/text.h"
#include "tiles/export.h"
#include "tiles/seed.h"

static volatile sig_atomic_t is_stopped;

static void stop(int number)
{
    (void)number;
    is_stopped = 1;
}

static void catch_signals(void)
{
    const struct sigaction action = {.sa_handler = stop};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

static void show_progress(void *user, uint64_t done, uint64_t total)
{
    enum { EVERY = 64 };
    (void)user;
    if (done % EVERY == 0 || done == total)
        (void)fprintf(stderr, "\r%llu of %llu tiles, %d %%%s",
                      (unsigned long long)done, (unsigned long long)total,
                      (int)(done * 100 / total), done == total ? "\n" : "");
}

/* ---- options ---- */

/* Which of `names` (ends with NULL) an option is; `fallback` when absent. */
static bool take_choice(const struct api_cli *cli, const char *option,
                        const char *const names[], int fallback, int *out)
{
    const char *text = api_cli_option(cli, option);
    *out = fallback;
    if (!text)
        return true;
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], text) == 0) {
            *out = i;
            return true;
        }
    (void)api_cli_misuse(cli, "%s is '%s'; see diming help tiles", option,
                         text);
    return false;
}

static bool take_zooms(struct api_cli *cli, struct tile_archive *archive)
{
    const char *text = api_cli_option(cli, "--zooms");
    int64_t first = -1;
    int64_t last = -1;
    if (text) {
        const char *dash = strchr(text, '-');
        const char *from = dash ? gaz_arena_strndup(&cli->worker.ctx.arena,
                                                    text, (size_t)(dash - text))
                                : text;
        if (!gaz_text_parse_int(from, &first) ||
            !gaz_text_parse_int(dash ? dash + 1 : text, &last))
            first = -1;
    }
    if (first < 0 || last < first || last > TILE_ZOOM_MAX) {
        (void)api_cli_misuse(
            cli, "--zooms is needed, such as 8-14, within 0-%d", TILE_ZOOM_MAX);
        return false;
    }
    archive->min_zoom = (int)first;
    archive->max_zoom = (int)last;
    return true;
}

static bool take_box(struct api_cli *cli, struct gaz_box *box)
{
    const char *rest = api_cli_option(cli, "--bbox");
    double *const numbers[] = {&box->min.lon, &box->min.lat, &box->max.lon,
                               &box->max.lat};
    for (int i = 0; rest && i < 4; i++) {
        const char *comma = strchr(rest, ',');
        size_t size = comma ? (size_t)(comma - rest) : strlen(rest);
        const char *part =
            gaz_arena_strndup(&cli->worker.ctx.arena, rest, size);
        if (!gaz_text_parse_double(part, numbers[i]) || (i < 3) != !!comma)
            rest = NULL;
        else
            rest = comma ? comma + 1 : "";
    }
    if (!rest)
        (void)api_cli_misuse(cli, "--bbox is needed: west, south, east, north "
                                  "in degrees, such as 120.9,30.5,121.4,30.9");
    return rest != NULL;
}

static bool take_options(struct api_cli *cli, struct tile_export *job)
{
    static const char *const FORMATS[] = {"png", "webp", "mvt", NULL};
    static const tile_format VALUES[] = {TILE_PNG, TILE_WEBP, TILE_MVT};
    static const char *const NAMES[] = {"zh", "pinyin", "both", NULL};
    static const int LANGUAGES[] = {TILE_LANGUAGE_CHINESE, TILE_LANGUAGE_PINYIN,
                                    TILE_LANGUAGE_BOTH};
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const int threads = cores < 1 ? 1 : cores > 16 ? 16 : (int)cores;
    const char *style = api_cli_option(cli, "--style");
    int format;
    int names;
    if (!take_choice(cli, "--format", FORMATS, 0, &format) ||
        !take_choice(cli, "--names", NAMES, 0, &names) ||
        !take_zooms(cli, &job->archive) || !take_box(cli, &job->archive.box) ||
        !api_cli_number(cli, "--scale", 1, 2, 1, &job->archive.scale) ||
        !api_cli_number(cli, "--threads", 1, TILE_EXPORT_THREADS_MAX, threads,
                        &job->threads))
        return false;
    job->style = style ? style : TILE_STYLES[0];
    job->archive.format = VALUES[format];
    job->language = (tile_language)LANGUAGES[names];
    job->goes_on = api_cli_option(cli, "--resume") != NULL;
    return true;
}

/* Opens the snapshot and its map. */
static gaz_status open_map(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = api_cli_open_snapshot(cli);
    return status == GAZ_OK
               ? tile_maker_open(ctx, cli->snap, &cli->worker.tiles)
               : status;
}

static void close_map(struct api_cli *cli)
{
    tile_maker_close(cli->worker.tiles);
    cli->worker.tiles = NULL;
}

static gaz_status run_export(struct api_cli *cli, struct tile_export *job)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = open_map(cli);
    if (status != GAZ_OK)
        return status;
    job->snapshot = cli->snap->checksum;
    status = api_tiles_about(&cli->worker, job->style, &job->archive);
    if (status == GAZ_OK)
        status = tile_export_run(ctx, cli->worker.tiles, job);
    close_map(cli);
    return status;
}

static gaz_status run_seed(struct api_cli *cli, const char *file,
                           struct tile_seed *job)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    uint64_t emptied = 0;
    gaz_status status = open_map(cli);
    if (status != GAZ_OK)
        return status;
    status = tile_maker_keep(ctx, cli->worker.tiles, file, &emptied);
    if (emptied > 0)
        (void)fprintf(stderr, "%s: %llu tiles of another map thrown away\n",
                      file, (unsigned long long)emptied);
    if (status == GAZ_OK)
        status = tile_seed_run(ctx, cli->worker.tiles, job);
    close_map(cli);
    return status;
}

static api_exit report(struct api_cli *cli, gaz_status status,
                       bool is_cancelled, const char *hint)
{
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    if (!is_cancelled)
        return API_EXIT_OK;
    (void)fprintf(stderr, "stopped; %s\n", hint);
    return API_EXIT_NONE;
}

static void tell(const char *file, uint64_t total, uint64_t kept)
{
    (void)printf("%s: %llu tiles, %llu of them from before\n", file,
                 (unsigned long long)total, (unsigned long long)kept);
}

static api_exit seed(struct api_cli *cli, const struct tile_export *options)
{
    const char *file = api_cli_option(cli, "--tile-cache");
    const struct tile_archive *a = &options->archive;
    struct tile_seed job = {
        .form = {.style = options->style,
                 .language = options->language,
                 .scale = a->scale,
                 .format = a->format},
        .box = a->box,
        .min_zoom = a->min_zoom,
        .max_zoom = a->max_zoom,
        .threads = options->threads,
        .cancel = options->cancel,
        .progress = options->progress,
    };
    if (!file)
        return api_cli_misuse(cli, "seed needs --tile-cache FILE");
    gaz_status status = run_seed(cli, file, &job);
    api_exit code = report(cli, status, job.is_cancelled,
                           "the same command goes on where it was");
    if (code == API_EXIT_OK)
        tell(file, job.total, job.kept);
    return code;
}

api_exit api_cli_tiles(struct api_cli *cli)
{
    struct tile_export job = {.cancel = &is_stopped};
    const char *verb = cli->argument_count > 0 ? cli->arguments[0] : "";
    bool is_seed = strcmp(verb, "seed") == 0;
    if (cli->argument_count != (is_seed ? 1 : 2) ||
        (!is_seed && strcmp(verb, "export") != 0))
        return api_cli_misuse(cli, "export and one file, or seed, are needed");
    if (!take_options(cli, &job))
        return API_EXIT_USAGE;
    if (api_cli_has_terminal())
        job.progress = show_progress;
    catch_signals();
    if (is_seed)
        return seed(cli, &job);
    job.path = cli->arguments[1];
    gaz_status status = run_export(cli, &job);
    api_exit code =
        report(cli, status, job.is_cancelled, "go on with --resume");
    if (code == API_EXIT_OK)
        tell(job.path, job.total, job.kept);
    return code;
}
