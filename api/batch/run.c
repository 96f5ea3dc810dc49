/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch/run.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "api/batch/sink.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "importers/csv.h"
#include "importers/jsonl.h"
#include "importers/ogr.h"
#include "importers/sheet.h"

#define UTF8_MARK "\xEF\xBB\xBF"

enum { HEAD_MAX_BYTES = 256 * 1024 };

/* What one run has open. */
struct job {
    struct api_batch_run *run;
    struct gaz_map map; /* of the input, as UTF-8; {0} for a spreadsheet */
    bool marks_utf8;    /* the output begins with a mark, for Excel */
    struct imp_reader *reader;
    struct api_batch_plan plan;
    struct api_batch_sink sink;
};

/* ---- kinds of table ---- */

static const struct {
    const char *name;
    api_batch_table table;
} TABLES[] = {
    {"csv", API_BATCH_TABLE_CSV},     {"tsv", API_BATCH_TABLE_TSV},
    {"jsonl", API_BATCH_TABLE_JSONL}, {"ndjson", API_BATCH_TABLE_JSONL},
    {"xlsx", API_BATCH_TABLE_XLSX},
};

bool api_batch_table_of_name(const char *name, api_batch_table *out)
{
    for (size_t i = 0; i < sizeof(TABLES) / sizeof(TABLES[0]); i++)
        if (strcasecmp(TABLES[i].name, name) == 0) {
            *out = TABLES[i].table;
            return true;
        }
    return false;
}

api_batch_table api_batch_table_of_path(const char *path)
{
    const char *dot = strrchr(path, '.');
    api_batch_table table = API_BATCH_TABLE_AUTO;
    if (dot && !strchr(dot, '/'))
        (void)api_batch_table_of_name(dot + 1, &table);
    return table;
}

static void settle_tables(struct api_batch_run *run)
{
    if (run->input_table == API_BATCH_TABLE_AUTO)
        run->input_table = api_batch_table_of_path(run->input);
    if (run->input_table == API_BATCH_TABLE_AUTO)
        run->input_table = API_BATCH_TABLE_CSV;
    if (run->output_table == API_BATCH_TABLE_AUTO && run->output)
        run->output_table = api_batch_table_of_path(run->output);
    if (run->output_table == API_BATCH_TABLE_AUTO)
        run->output_table = run->input_table;
    /* A spreadsheet is made of a file that is complete. */
    if (run->output_table == API_BATCH_TABLE_XLSX && !run->output)
        run->output_table = API_BATCH_TABLE_CSV;
}

static api_batch_format format_of(api_batch_table table)
{
    if (table == API_BATCH_TABLE_TSV)
        return API_BATCH_TSV;
    return table == API_BATCH_TABLE_JSONL ? API_BATCH_JSONL : API_BATCH_CSV;
}

/* ---- input ---- */

static bool has_mark(const struct gaz_map *map)
{
    return map->data && map->size >= 3 && memcmp(map->data, UTF8_MARK, 3) == 0;
}

/* Maps the input and makes it UTF-8. */
static gaz_status map_text(struct gaz_ctx *ctx, struct job *job)
{
    struct api_batch_run *run = job->run;
    bool is_pipe = strcmp(run->input, "-") == 0;
    gaz_status status = is_pipe ? imp_encoding_map_stream(ctx, stdin, &job->map)
                                : gaz_file_map(ctx, run->input, &job->map);
    if (status != GAZ_OK)
        return status;
    if (run->encoding == IMP_ENCODING_AUTO)
        run->encoding = imp_encoding_guess(job->map.data ? job->map.data : "",
                                           job->map.size);
    /* Whoever sent another encoding opens the answer in Excel. */
    job->marks_utf8 = run->encoding != IMP_ENCODING_UTF8 || has_mark(&job->map);
    if (run->encoding == IMP_ENCODING_UTF8)
        return GAZ_OK;
    return imp_encoding_decode(ctx, run->input, run->encoding, &job->map);
}

static gaz_status open_text(struct gaz_ctx *ctx, const struct job *job,
                            struct imp_reader **out)
{
    const struct api_batch_run *run = job->run;
    const char *data = job->map.data ? job->map.data : "";
    if (run->input_table == API_BATCH_TABLE_JSONL)
        return imp_jsonl_open_bytes(ctx, run->input, data, job->map.size, out);
    return imp_csv_open_bytes(
        ctx, run->input, data, job->map.size,
        run->input_table == API_BATCH_TABLE_TSV ? '\t' : ',', out);
}

static gaz_status open_reader(struct gaz_ctx *ctx, struct job *job)
{
    const struct api_batch_run *run = job->run;
    if (run->input_table == API_BATCH_TABLE_XLSX) {
        job->marks_utf8 = true;
        if (strcmp(run->input, "-") == 0)
            return gaz_fail(ctx, GAZ_INVALID,
                            "a spreadsheet cannot come through a pipe");
        return imp_ogr_open(ctx, run->input, "XLSX", NULL, &job->reader);
    }
    gaz_status status = map_text(ctx, job);
    if (status != GAZ_OK)
        return status;
    return open_text(ctx, job, &job->reader);
}

static bool is_cancelled(const struct api_batch_run *run)
{
    return run->cancel && atomic_load(run->cancel);
}

/* Reads the table once to its end, which costs a twentieth of answering it. */
static gaz_status count_rows(struct gaz_ctx *ctx, const struct job *job)
{
    struct gaz_ctx rows = {.failure = ""};
    struct imp_reader *reader = NULL;
    struct imp_row row;
    int64_t count = 0;
    gaz_status status = open_text(ctx, job, &reader);
    while (status == GAZ_OK && !is_cancelled(job->run)) {
        gaz_ctx_next(&rows);
        status = imp_reader_next(&rows, reader, &row);
        count += status == GAZ_OK;
    }
    /* what else stops the reader is told when its row comes */
    if (status == GAZ_END)
        job->run->counted(count, job->run->user);
    imp_reader_close(reader);
    gaz_ctx_close(&rows);
    return reader ? GAZ_OK : status;
}

/* ---- going on ---- */

static uint64_t hash_options(struct gaz_ctx *ctx, const struct job *job)
{
    const struct api_batch_run *run = job->run;
    const char *text = gaz_arena_printf(
        &ctx->arena, "%d|%d|%d|%d|%d|%d|%s|%s|%s|%s", (int)run->input_table,
        (int)run->output_table, (int)run->encoding, (int)run->as_gb18030,
        (int)job->marks_utf8, (int)run->at, run->columns ? run->columns : "",
        run->id ? run->id : "", run->in_code ? run->in_code : "",
        run->rejects ? run->rejects : "");
    return gaz_text_hash(text, strlen(text));
}

/* What this run would write into a checkpoint, nothing done yet. */
static gaz_status describe(struct gaz_ctx *ctx, const struct job *job,
                           struct api_batch_checkpoint *out)
{
    const struct api_batch_run *run = job->run;
    struct stat info = {.st_size = 0};
    if (strcmp(run->input, "-") != 0 && stat(run->input, &info) != 0)
        return gaz_fail(ctx, GAZ_IO, "cannot stat '%s': %s", run->input,
                        strerror(errno));
    *out = (struct api_batch_checkpoint){
        .input_bytes = (int64_t)info.st_size,
        .input_mtime_ns =
            (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec,
        .snapshot = run->snap->checksum,
        .options = hash_options(ctx, job)};
    return GAZ_OK;
}

static gaz_status find_checkpoint(struct gaz_ctx *ctx, struct job *job,
                                  const struct api_batch_checkpoint *now,
                                  struct api_batch_checkpoint *out)
{
    const char *output = job->run->output;
    if (!output || strcmp(job->run->input, "-") == 0)
        return gaz_fail(ctx, GAZ_INVALID,
                        "only a batch from a file to a file can go on");
    gaz_status status = api_batch_checkpoint_load(
        ctx, api_batch_sink_progress(ctx, output), out);
    if (status == GAZ_NOT_FOUND) {
        ctx->failure[0] = '\0';
        return gaz_fail(ctx, GAZ_INVALID, "nothing to resume for '%s'", output);
    }
    if (status == GAZ_OK)
        status = api_batch_checkpoint_same(ctx, out, now);
    return status;
}

/* Reads past the rows that are answered already, and looks whether the last of
 * them is the one that was. */
static gaz_status skip_rows(struct gaz_ctx *ctx, struct job *job,
                            const struct api_batch_checkpoint *from)
{
    struct gaz_ctx rows = {.failure = ""};
    gaz_status status = GAZ_OK;
    uint64_t last = 0;
    for (int64_t i = 0; i < from->counts.rows && status == GAZ_OK; i++) {
        if (is_cancelled(job->run))
            break;
        struct imp_row row;
        gaz_ctx_next(&rows);
        status = imp_reader_next(&rows, job->reader, &row);
        const char *id = status == GAZ_OK && job->plan.id >= 0 && !row.error
                             ? row.values[job->plan.id]
                             : "";
        last = id[0] ? gaz_text_hash(id, strlen(id)) : 0;
    }
    gaz_ctx_close(&rows);
    if (is_cancelled(job->run)) /* nothing will be read */
        return GAZ_OK;
    if (status != GAZ_OK || last != from->last_id)
        return gaz_fail(ctx, GAZ_INVALID,
                        "cannot go on: the rows of the input are others");
    return GAZ_OK;
}

static gaz_status open_sink(struct gaz_ctx *ctx, struct job *job)
{
    struct api_batch_run *run = job->run;
    struct api_batch_checkpoint now;
    struct api_batch_checkpoint from = {.input_bytes = 0};
    gaz_status status = describe(ctx, job, &now);
    if (status == GAZ_OK && run->resume)
        status = find_checkpoint(ctx, job, &now, &from);
    if (status == GAZ_OK && run->resume)
        status = skip_rows(ctx, job, &from);
    if (status == GAZ_OK)
        status =
            api_batch_sink_open(ctx, &job->sink, run->resume ? &from : NULL);
    if (status != GAZ_OK || run->resume)
        return status;
    job->sink.point = now;
    struct gaz_buffer head;
    gaz_buffer_open(&head, HEAD_MAX_BYTES);
    if (job->marks_utf8 && !run->as_gb18030 &&
        job->plan.format != API_BATCH_JSONL)
        gaz_buffer_text(&head, UTF8_MARK);
    api_batch_row_head(&job->plan, &head);
    status = head.full ? gaz_fail(ctx, GAZ_LIMIT,
                                  "the column names are too "
                                  "long")
                       : api_batch_sink_text(ctx, &job->sink, &head);
    gaz_buffer_close(&head);
    return status;
}

/* ---- the run ---- */

static gaz_status put_piece(struct gaz_ctx *ctx,
                            const struct api_batch_piece *piece, void *user)
{
    struct job *job = user;
    gaz_status status = api_batch_sink_put(ctx, &job->sink, piece);
    if (status == GAZ_OK && job->run->progress)
        job->run->progress(&job->sink.point.counts, job->run->user);
    return status;
}

static gaz_status answer_rows(struct gaz_ctx *ctx, struct job *job)
{
    struct api_batch_run *run = job->run;
    const struct api_batch_pipeline pipeline = {.plan = &job->plan,
                                                .reader = job->reader,
                                                .threads = run->threads,
                                                .cancel = run->cancel,
                                                .put = put_piece,
                                                .user = job};
    gaz_status status = api_batch_pipeline_run(ctx, &pipeline);
    run->counts = job->sink.point.counts;
    run->is_cancelled = status == GAZ_OK && is_cancelled(run);
    run->has_rejects = job->sink.reject_out != NULL;
    if (status == GAZ_OK && !run->is_cancelled)
        return api_batch_sink_finish(ctx, &job->sink);
    if (run->counts.rows > 0) {
        gaz_status paused = api_batch_sink_pause(ctx, &job->sink);
        status = status == GAZ_OK ? paused : status;
    }
    return status;
}

static gaz_status prepare(struct gaz_ctx *ctx, struct job *job)
{
    struct api_batch_run *run = job->run;
    settle_tables(run);
    if (run->as_gb18030 && (run->output_table == API_BATCH_TABLE_JSONL ||
                            run->output_table == API_BATCH_TABLE_XLSX))
        return gaz_fail(ctx, GAZ_INVALID,
                        "JSON lines and spreadsheets are never GB18030");
    gaz_status status = open_reader(ctx, job);
    if (status == GAZ_OK && run->counted &&
        run->input_table != API_BATCH_TABLE_XLSX)
        status = count_rows(ctx, job);
    if (status != GAZ_OK)
        return status;
    job->plan = (struct api_batch_plan){.snap = run->snap,
                                        .format = format_of(run->output_table),
                                        .at = run->at,
                                        .in_code = run->in_code};
    status =
        api_batch_row_plan(ctx, job->reader, run->columns, run->id, &job->plan);
    if (status != GAZ_OK)
        return status;
    job->sink = (struct api_batch_sink){.output = run->output,
                                        .rejects = run->rejects,
                                        .as_gb18030 = run->as_gb18030,
                                        .out = run->stream};
    if (run->output_table == API_BATCH_TABLE_XLSX) {
        job->sink.max_rows = IMP_SHEET_MAX_ROWS;
        job->sink.sheet_types = api_batch_row_types(&ctx->arena, &job->plan);
    }
    return open_sink(ctx, job);
}

gaz_status api_batch_run(struct gaz_ctx *ctx, struct api_batch_run *run)
{
    struct job job = {.run = run};
    gaz_status status = prepare(ctx, &job);
    if (status == GAZ_OK)
        status = answer_rows(ctx, &job);
    api_batch_sink_close(&job.sink);
    imp_reader_close(job.reader);
    gaz_file_unmap(&job.map);
    return status;
}
