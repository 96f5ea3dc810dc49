/* SPDX-License-Identifier: Apache-2.0 */
/* cli_tiles.c - the map's tiles as one file. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "api/cli.h"
#include "api/tiles_about.h"
#include "gazetteer/base/text.h"
#include "tiles/export.h"

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

static gaz_status run(struct api_cli *cli, struct tile_export *job)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = api_cli_open_snapshot(cli);
    if (status == GAZ_OK)
        status = tile_maker_open(ctx, cli->snap, &cli->worker.tiles);
    if (status != GAZ_OK)
        return status;
    job->snapshot = cli->snap->checksum;
    status = api_tiles_about(&cli->worker, job->style, &job->archive);
    if (status == GAZ_OK)
        status = tile_export_run(ctx, cli->worker.tiles, job);
    tile_maker_close(cli->worker.tiles);
    cli->worker.tiles = NULL;
    return status;
}

api_exit api_cli_tiles(struct api_cli *cli)
{
    struct tile_export job = {.cancel = &is_stopped};
    if (cli->argument_count != 2 || strcmp(cli->arguments[0], "export") != 0)
        return api_cli_misuse(cli, "export and one file are needed");
    job.path = cli->arguments[1];
    if (!take_options(cli, &job))
        return API_EXIT_USAGE;
    if (api_cli_has_terminal())
        job.progress = show_progress;
    catch_signals();
    gaz_status status = run(cli, &job);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    if (job.is_cancelled) {
        (void)fprintf(stderr, "stopped; go on with --resume\n");
        return API_EXIT_NONE;
    }
    (void)printf("%s: %llu tiles, %llu of them from before\n", job.path,
                 (unsigned long long)job.total, (unsigned long long)job.kept);
    return API_EXIT_OK;
}
