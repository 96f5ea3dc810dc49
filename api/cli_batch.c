/* SPDX-License-Identifier: Apache-2.0 */
/* cli_batch.c - a table through the code of /v1/batch, without its limits. */
#include <string.h>
#include <unistd.h>

#include "api/batch.h"
#include "api/cli.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

enum { INPUT_MAX_BYTES = 1 << 30 };

struct sink {
    FILE *file;
    const char *path;
    struct api_batch *batch;
};

static gaz_status flush_to_file(struct gaz_ctx *ctx, struct gaz_buffer *out,
                                void *user)
{
    const struct sink *sink = user;
    if (fwrite(out->data, 1, out->size, sink->file) != out->size)
        return gaz_fail(ctx, GAZ_IO, "cannot write '%s'", sink->path);
    gaz_buffer_clear(out);
    if (api_cli_has_terminal())
        (void)fprintf(stderr, "\r%lld rows", (long long)sink->batch->rows);
    return GAZ_OK;
}

/* Standard input as a whole: the reader wants the bytes in memory. */
static gaz_status read_stdin(struct gaz_ctx *ctx, struct gaz_buffer *out)
{
    char chunk[16384];
    size_t got;
    while ((got = fread(chunk, 1, sizeof(chunk), stdin)) > 0)
        gaz_buffer_bytes(out, chunk, got);
    if (ferror(stdin))
        return gaz_fail(ctx, GAZ_IO, "cannot read standard input");
    if (out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes on standard input",
                        (int)INPUT_MAX_BYTES);
    return GAZ_OK;
}

typedef enum { TABLE_CSV, TABLE_TSV, TABLE_JSON } table_format;

static bool choose_format(const struct api_cli *cli, const char *path,
                          table_format *out)
{
    const char *name = api_cli_option(cli, "--format");
    bool is_known = true;
    if (!name)
        *out = gaz_text_ends_with(path, ".json")  ? TABLE_JSON
               : gaz_text_ends_with(path, ".tsv") ? TABLE_TSV
                                                  : TABLE_CSV;
    else if (strcmp(name, "csv") == 0)
        *out = TABLE_CSV;
    else if (strcmp(name, "tsv") == 0)
        *out = TABLE_TSV;
    else if (strcmp(name, "json") == 0)
        *out = TABLE_JSON;
    else
        is_known = false;
    if (!is_known)
        (void)api_cli_misuse(cli, "--format is '%s'", name);
    return is_known;
}

static gaz_status run_table(struct api_cli *cli, const struct gaz_map *input,
                            table_format format, struct sink *sink)
{
    struct api_worker *worker = &cli->worker;
    struct api_batch *batch = sink->batch;
    const char *data = input->data ? input->data : "";
    struct gaz_buffer out;
    gaz_buffer_open(&out, API_RESPONSE_MAX_BYTES);
    gaz_status status;
    if (format == TABLE_JSON)
        status = api_batch_json(worker, batch, data, input->size, &out);
    else
        status = api_batch_csv(worker, batch, data, input->size, &out);
    if (status == GAZ_OK && out.full)
        status = gaz_fail(&worker->ctx, GAZ_LIMIT, "the answer is too large");
    if (status == GAZ_OK && out.size > 0)
        status = flush_to_file(&worker->ctx, &out, sink);
    gaz_buffer_close(&out);
    if (fflush(sink->file) != 0 && status == GAZ_OK)
        status =
            gaz_fail(&worker->ctx, GAZ_IO, "cannot write '%s'", sink->path);
    return status;
}

/* Runs into `path`.part and renames it: a failure leaves no half a table. */
static gaz_status run_to_path(struct api_cli *cli, const struct gaz_map *input,
                              table_format format, struct sink *sink)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *part = gaz_arena_printf(&ctx->arena, "%s.part", sink->path);
    sink->file = fopen(part, "wb");
    if (!sink->file)
        return gaz_fail(ctx, GAZ_IO, "cannot write '%s'", part);
    gaz_status status = run_table(cli, input, format, sink);
    if (fclose(sink->file) != 0 && status == GAZ_OK)
        status = gaz_fail(ctx, GAZ_IO, "cannot write '%s'", part);
    if (status == GAZ_OK && rename(part, sink->path) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot rename '%s'", part);
    if (status != GAZ_OK)
        (void)unlink(part);
    return status;
}

static gaz_status open_input(struct gaz_ctx *ctx, const char *path,
                             struct gaz_buffer *piped, struct gaz_map *out)
{
    if (strcmp(path, "-") != 0)
        return gaz_file_map(ctx, path, out);
    gaz_status status = read_stdin(ctx, piped);
    if (status == GAZ_OK)
        *out = (struct gaz_map){.data = piped->data, .size = piped->size};
    return status;
}

api_exit api_cli_batch(struct api_cli *cli)
{
    table_format format = TABLE_CSV;
    if (cli->argument_count != 1)
        return api_cli_misuse(cli, "one FILE is needed, or - for standard "
                                   "input");
    const char *path = cli->arguments[0];
    if (!choose_format(cli, path, &format))
        return API_EXIT_USAGE;
    struct api_batch batch = {.name = path,
                              .column = api_cli_option(cli, "--column"),
                              .separator = format == TABLE_TSV ? '\t' : ','};
    struct sink sink = {.file = stdout,
                        .path = api_cli_option(cli, "--output"),
                        .batch = &batch};
    batch.user = &sink;
    if (format != TABLE_JSON) /* JSON is written in one piece */
        batch.flush = flush_to_file;
    struct gaz_buffer piped;
    gaz_buffer_open(&piped, INPUT_MAX_BYTES);
    struct gaz_map input = {.size = 0};
    gaz_status status = open_input(&cli->worker.ctx, path, &piped, &input);
    if (status == GAZ_OK)
        status = api_cli_open_snapshot(cli);
    bool is_stdout = !sink.path || strcmp(sink.path, "-") == 0;
    if (is_stdout)
        sink.path = "standard output";
    if (status == GAZ_OK)
        status = is_stdout ? run_table(cli, &input, format, &sink)
                           : run_to_path(cli, &input, format, &sink);
    if (!piped.data)
        gaz_file_unmap(&input);
    gaz_buffer_close(&piped);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    (void)fprintf(stderr, "%s%lld rows, %lld found\n",
                  api_cli_has_terminal() ? "\r" : "", (long long)batch.rows,
                  (long long)batch.found);
    return API_EXIT_OK;
}
