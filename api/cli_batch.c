/* SPDX-License-Identifier: Apache-2.0 */
/* cli_batch.c - a table from file to file: `diming batch`. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "api/batch/batch.h"
#include "api/batch/run.h"
#include "api/cli.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

static atomic_bool is_stopped;

/* A first signal ends the batch after the rows under way; a second one the
 * process. */
static void stop(int number)
{
    atomic_store(&is_stopped, true);
    (void)signal(number, SIG_DFL);
}

static void catch_signals(void)
{
    const struct sigaction action = {.sa_handler = stop};
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

/* ---- progress ---- */

struct clock {
    int64_t started_ms;
    int64_t shown_ms;
};

static void show_progress(const struct api_batch_counts *counts, void *user)
{
    enum { SHOW_EVERY_MS = 500 };
    struct clock *clock = user;
    const int64_t now = gaz_clock_ms();
    if (now - clock->shown_ms < SHOW_EVERY_MS)
        return;
    clock->shown_ms = now;
    const int64_t spent = now - clock->started_ms + 1;
    (void)fprintf(stderr, "\r%lld rows, %lld a second ",
                  (long long)counts->rows,
                  (long long)(counts->rows * 1000 / spent));
}

static void show_end(const struct api_batch_run *run)
{
    const struct api_batch_counts *c = &run->counts;
    (void)fprintf(stderr,
                  "%s%lld rows: %lld matched, %lld to review, %lld not found, "
                  "%lld invalid\n",
                  api_cli_has_terminal() ? "\r" : "", (long long)c->rows,
                  (long long)c->matched, (long long)c->review,
                  (long long)c->none, (long long)c->invalid);
    if (run->encoding != IMP_ENCODING_UTF8 &&
        run->encoding != IMP_ENCODING_AUTO)
        (void)fprintf(stderr, "read as %s\n", imp_encoding_name(run->encoding));
    if (run->has_rejects)
        (void)fprintf(stderr, "invalid rows: %s\n", run->rejects);
    if (run->is_cancelled)
        (void)fprintf(stderr, "stopped; go on with --resume\n");
}

/* ---- options ---- */

static bool take_table(const struct api_cli *cli, const char *option,
                       api_batch_table *out)
{
    const char *name = api_cli_option(cli, option);
    if (!name || api_batch_table_of_name(name, out))
        return true;
    (void)api_cli_misuse(cli, "%s is '%s'; it must be csv, tsv, jsonl or xlsx",
                         option, name);
    return false;
}

static bool take_encodings(const struct api_cli *cli, struct api_batch_run *run)
{
    const char *in = api_cli_option(cli, "--encoding");
    const char *out = api_cli_option(cli, "--output-encoding");
    imp_encoding written = IMP_ENCODING_UTF8;
    if (in && !imp_encoding_of_name(in, &run->encoding)) {
        (void)api_cli_misuse(cli,
                             "--encoding is '%s'; it must be auto, utf-8, "
                             "gb18030 or utf-16",
                             in);
        return false;
    }
    if (out &&
        (!imp_encoding_of_name(out, &written) ||
         (written != IMP_ENCODING_UTF8 && written != IMP_ENCODING_GB18030))) {
        (void)api_cli_misuse(cli,
                             "--output-encoding is '%s'; it must be utf-8 "
                             "or gb18030",
                             out);
        return false;
    }
    run->as_gb18030 = written == IMP_ENCODING_GB18030;
    return true;
}

static bool take_options(const struct api_cli *cli, struct api_batch_run *run)
{
    const char *at = api_cli_option(cli, "--at");
    if (at && !gaz_date_parse(at, &run->at)) {
        (void)api_cli_misuse(cli, "--at is '%s'; it must be YYYY-MM-DD", at);
        return false;
    }
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const int threads = cores < 1 ? 1 : cores > 16 ? 16 : (int)cores;
    run->columns = api_cli_option(cli, "--column");
    run->id = api_cli_option(cli, "--id");
    run->in_code = api_cli_option(cli, "--in");
    run->rejects = api_cli_option(cli, "--rejects");
    run->resume = api_cli_option(cli, "--resume") != NULL;
    const char *output = api_cli_option(cli, "--output");
    run->output = output && strcmp(output, "-") != 0 ? output : NULL;
    return take_table(cli, "--input-format", &run->input_table) &&
           take_table(cli, "--format", &run->output_table) &&
           take_encodings(cli, run) &&
           api_cli_number(cli, "--threads", 1, API_BATCH_THREADS_MAX, threads,
                          &run->threads);
}

/* ---- {"rows": [...]}, in one piece ---- */

static bool is_json(const struct api_cli *cli, const char *path)
{
    const char *name = api_cli_option(cli, "--format");
    return name ? strcmp(name, "json") == 0 : gaz_text_ends_with(path, ".json");
}

static gaz_status write_json(struct gaz_ctx *ctx, const char *path,
                             const struct gaz_buffer *out)
{
    if (path && strcmp(path, "-") != 0)
        return gaz_file_replace(ctx, path, out->data, out->size);
    if (fwrite(out->data, 1, out->size, stdout) != out->size)
        return gaz_fail(ctx, GAZ_IO, "cannot write standard output");
    return GAZ_OK;
}

static api_exit run_json(struct api_cli *cli, const char *path)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_map input = {.size = 0};
    struct api_batch batch = {.name = path};
    struct gaz_buffer out;
    gaz_buffer_open(&out, API_RESPONSE_MAX_BYTES);
    gaz_status status = strcmp(path, "-") == 0
                            ? imp_encoding_map_stream(ctx, stdin, &input)
                            : gaz_file_map(ctx, path, &input);
    if (status == GAZ_OK)
        status = api_cli_open_snapshot(cli);
    if (status == GAZ_OK)
        status = api_batch_json(&cli->worker, &batch,
                                input.data ? input.data : "", input.size, &out);
    if (status == GAZ_OK && out.full)
        status = gaz_fail(ctx, GAZ_LIMIT,
                          "the answer is too large; send JSON "
                          "lines");
    if (status == GAZ_OK)
        status = write_json(ctx, api_cli_option(cli, "--output"), &out);
    gaz_buffer_close(&out);
    gaz_file_unmap(&input);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    (void)fprintf(stderr, "%lld rows: %lld matched\n",
                  (long long)batch.counts.rows,
                  (long long)batch.counts.matched);
    return API_EXIT_OK;
}

api_exit api_cli_batch(struct api_cli *cli)
{
    if (cli->argument_count != 1)
        return api_cli_misuse(cli, "one FILE is needed, or - for standard "
                                   "input");
    const char *path = cli->arguments[0];
    if (is_json(cli, path))
        return run_json(cli, path);
    struct clock clock = {.started_ms = gaz_clock_ms()};
    struct api_batch_run run = {
        .input = path, .stream = stdout, .cancel = &is_stopped, .user = &clock};
    if (!take_options(cli, &run))
        return API_EXIT_USAGE;
    if (api_cli_has_terminal())
        run.progress = show_progress;
    catch_signals();
    gaz_status status = api_cli_open_snapshot(cli);
    run.snap = cli->snap;
    if (status == GAZ_OK)
        status = api_batch_run(&cli->worker.ctx, &run);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    show_end(&run);
    return run.is_cancelled ? API_EXIT_NONE : API_EXIT_OK;
}
