/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "api/body.h"
#include "api/handlers.h"
#include "api/problem.h"
#include "api/represent.h"
#include "gazetteer/base/text.h"
#include "gazetteer/search/batch.h"
#include "importers/csv.h"

enum { FLUSH_BYTES = 64 * 1024 };

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* One address, as /v1/geocode answers it. `row` has its own arena, which is
 * emptied here. */
static gaz_status resolve(struct api_worker *row, const char *text,
                          struct gaz_batch_answer *out)
{
    gaz_ctx_next(&row->ctx);
    struct gaz_query query = {.text = text, .limit = API_LIMIT_DEFAULT};
    return gaz_batch_row(&row->ctx, row->searcher, row->snap, &query, out);
}

static gaz_status check_time(struct api_worker *worker,
                             const struct api_batch *batch, int64_t started_ms)
{
    if (batch->max_ms > 0 && batch->rows % 64 == 0 &&
        now_ms() - started_ms > batch->max_ms)
        return api_problem_fail(
            worker, GAZ_LIMIT, 413, "处理时间过长，请分批提交",
            "the batch took longer than %d ms; %lld rows were done: send "
            "fewer",
            batch->max_ms, (long long)batch->rows);
    return GAZ_OK;
}

static gaz_status flush_some(struct api_worker *worker,
                             const struct api_batch *batch, size_t least,
                             struct gaz_buffer *out)
{
    if (!batch->flush || out->size < least)
        return GAZ_OK;
    return batch->flush(&worker->ctx, out, batch->user);
}

/* ---- CSV ---- */

static const char *const RESULT_COLUMNS[] = {
    "status", "match",      "confidence", "label",   "lon",
    "lat",    "accuracy_m", "place_id",   "reasons", "candidates"};
enum { RESULT_COUNT = sizeof(RESULT_COLUMNS) / sizeof(RESULT_COLUMNS[0]) };

static int find_column(const struct imp_reader *reader, const char *name)
{
    for (int i = 0; i < reader->column_count; i++)
        if (strcasecmp(reader->columns[i], name) == 0)
            return i;
    return -1;
}

static gaz_status choose_column(struct api_worker *worker,
                                const struct api_batch *batch,
                                const struct imp_reader *reader, int *out)
{
    static const char *const USUAL[] = {"地址", "address", "详细地址",
                                        "标准地址", "addr"};
    int found = -1;
    if (batch->column)
        found = find_column(reader, batch->column);
    for (size_t i = 0;
         !batch->column && found < 0 && i < sizeof(USUAL) / sizeof(USUAL[0]);
         i++)
        found = find_column(reader, USUAL[i]);
    if (found < 0)
        return api_problem_parameter(
            worker, "column", "找不到地址列",
            "%s has no column '%.60s'; name the column that holds the "
            "addresses",
            batch->name, batch->column ? batch->column : "地址 or address");
    *out = found;
    return GAZ_OK;
}

static void write_header(const struct imp_reader *reader,
                         struct gaz_buffer *out)
{
    for (int i = 0; i < reader->column_count; i++) {
        api_represent_csv_cell(out, reader->columns[i], false);
        gaz_buffer_char(out, ',');
    }
    for (int i = 0; i < RESULT_COUNT; i++) {
        if (i > 0)
            gaz_buffer_char(out, ',');
        if (find_column(reader, RESULT_COLUMNS[i]) >= 0)
            gaz_buffer_text(out, "diming_");
        gaz_buffer_text(out, RESULT_COLUMNS[i]);
    }
    gaz_buffer_text(out, "\r\n");
}

static const char *join_reasons(struct gaz_arena *arena,
                                const struct gaz_answer *answer)
{
    const char *text = "";
    for (int i = 0; i < answer->reason_count; i++)
        text = gaz_arena_printf(arena, "%s%s%s", text, i > 0 ? "；" : "",
                                answer->reasons[i].zh);
    return text;
}

static const char *join_candidates(struct gaz_arena *arena,
                                   const struct gaz_answers *answers)
{
    const char *text = "";
    for (int i = 0; i < answers->count && i < API_BATCH_CANDIDATES_MAX; i++)
        text = gaz_arena_printf(arena, "%s%s%s (%.2f)", text,
                                i > 0 ? " | " : "", answers->items[i].label,
                                answers->items[i].confidence);
    return text;
}

/* label, lon, lat, accuracy_m, place_id: of a sure answer only. */
static void write_position_cells(const struct gaz_snapshot *snap,
                                 const struct gaz_batch_answer *result,
                                 struct gaz_buffer *out)
{
    const struct gaz_answer *best = &result->answers.items[0];
    char id[GAZ_ID_TEXT_BYTES];
    api_represent_csv_cell(out, best->label, true);
    if (result->position.method == GAZ_METHOD_NONE)
        gaz_buffer_text(out, ",,,,");
    else
        gaz_buffer_printf(out, ",%.7f,%.7f,%.1f,", result->position.coord.lon,
                          result->position.coord.lat,
                          result->position.accuracy_m);
    gaz_buffer_text(out, gaz_id_write(snap->places[best->place].id, id));
}

static void write_result(struct api_worker *row,
                         const struct gaz_batch_answer *result,
                         struct gaz_buffer *out)
{
    gaz_buffer_text(out, gaz_batch_name(result->status));
    if (result->answers.count == 0) {
        gaz_buffer_text(out, ",none,0,,,,,,");
        api_represent_csv_cell(out, result->failure ? result->failure : "",
                               true);
        gaz_buffer_text(out, ",\r\n");
        return;
    }
    const struct gaz_answer *best = &result->answers.items[0];
    gaz_buffer_printf(out, ",%s,%.3f,", gaz_match_name(best->match),
                      best->confidence);
    if (result->status == GAZ_BATCH_MATCHED)
        write_position_cells(row->snap, result, out);
    else
        gaz_buffer_text(out, ",,,,");
    gaz_buffer_char(out, ',');
    api_represent_csv_cell(out, join_reasons(&row->ctx.arena, best), true);
    gaz_buffer_char(out, ',');
    if (result->status == GAZ_BATCH_REVIEW)
        api_represent_csv_cell(
            out, join_candidates(&row->ctx.arena, &result->answers), true);
    gaz_buffer_text(out, "\r\n");
}

/* The text with U+FFFD for bytes that are not UTF-8: the answer always is. */
static const char *clean(struct gaz_arena *arena, const char *text)
{
    size_t len = strlen(text);
    if (gaz_text_is_utf8(text, len, NULL))
        return text;
    char *out = gaz_arena_alloc(arena, len * 3 + 1);
    size_t size = 0;
    for (size_t pos = 0; pos < len;)
        size += gaz_text_encode(gaz_text_next(text, len, &pos), out + size);
    return out;
}

/* A row that cannot be read keeps its text, in the first column. */
static gaz_status write_csv_row(struct api_worker *row,
                                const struct imp_row *input,
                                const struct imp_reader *reader, int column,
                                struct api_batch *batch, struct gaz_buffer *out)
{
    struct gaz_batch_answer result = {.status = GAZ_BATCH_INVALID};
    result.failure = input->error_zh ? input->error_zh : input->error;
    gaz_status status = GAZ_OK;
    gaz_ctx_next(&row->ctx);
    if (!input->error)
        status = resolve(row, input->values[column], &result);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < reader->column_count; i++) {
        const char *raw =
            i == 0 && input->raw ? clean(&row->ctx.arena, input->raw) : "";
        api_represent_csv_cell(out, input->error ? raw : input->values[i],
                               false);
        gaz_buffer_char(out, ',');
    }
    batch->rows++;
    if (result.status == GAZ_BATCH_MATCHED)
        batch->found++;
    write_result(row, &result, out);
    return GAZ_OK;
}

/* The sentence of whoever failed: the batch, the reader, or the search. */
static gaz_status first_failure(struct api_worker *worker, gaz_status status,
                                const struct gaz_ctx *reader,
                                const struct gaz_ctx *row)
{
    if (worker->ctx.failure[0])
        return status;
    return gaz_fail(&worker->ctx, status, "%s",
                    gaz_ctx_failure(reader->failure[0] ? reader : row));
}

/* The rows of an open table; `row` has an arena of its own. */
static gaz_status run_csv(struct api_worker *worker, struct api_worker *row,
                          struct api_batch *batch, struct imp_reader *reader,
                          struct gaz_buffer *out)
{
    int column = 0;
    gaz_status status = choose_column(worker, batch, reader, &column);
    if (status != GAZ_OK)
        return status;
    write_header(reader, out);
    int64_t started_ms = now_ms();
    struct gaz_ctx rows = {.failure = ""};
    struct imp_row input;
    while ((status = imp_reader_next(&rows, reader, &input)) == GAZ_OK) {
        if (batch->max_rows > 0 && batch->rows == batch->max_rows)
            status = api_problem_fail(worker, GAZ_LIMIT, 413, "行数过多",
                                      "more than %d rows; send the table in "
                                      "parts",
                                      batch->max_rows);
        if (status == GAZ_OK)
            status = check_time(worker, batch, started_ms);
        if (status == GAZ_OK)
            status = write_csv_row(row, &input, reader, column, batch, out);
        if (status == GAZ_OK)
            status = flush_some(worker, batch, FLUSH_BYTES, out);
        if (status != GAZ_OK)
            break;
        gaz_ctx_next(&rows);
    }
    if (status != GAZ_OK && status != GAZ_END)
        status = first_failure(worker, status, &rows, &row->ctx);
    gaz_ctx_close(&rows);
    return status == GAZ_END ? flush_some(worker, batch, 0, out) : status;
}

gaz_status api_batch_csv(struct api_worker *worker, struct api_batch *batch,
                         const char *data, size_t size, struct gaz_buffer *out)
{
    struct imp_reader *reader;
    gaz_status status =
        imp_csv_open_bytes(&worker->ctx, batch->name, data, size,
                           batch->separator ? batch->separator : ',', &reader);
    if (status != GAZ_OK)
        return status;
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
        gaz_buffer_text(out, "\xEF\xBB\xBF"); /* Excel sent it and wants it */
    struct api_worker row = *worker;
    row.ctx = (struct gaz_ctx){.failure = ""};
    status = run_csv(worker, &row, batch, reader, out);
    gaz_ctx_close(&row.ctx);
    imp_reader_close(reader);
    return status;
}

/* ---- JSON ---- */

static void write_candidates(struct gaz_json *json,
                             const struct gaz_snapshot *snap,
                             const struct gaz_answers *answers)
{
    gaz_json_array(json, "candidates");
    for (int i = 0; i < answers->count && i < API_BATCH_CANDIDATES_MAX; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        gaz_json_object(json, NULL);
        api_part_id(json, "place_id", snap->places[answer->place].id);
        gaz_json_string(json, "label", answer->label);
        gaz_json_string(json, "match", gaz_match_name(answer->match));
        gaz_json_number(json, "confidence", answer->confidence, 3);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static gaz_status write_json_result(struct gaz_json *json,
                                    struct api_worker *row,
                                    const struct api_body_row *input,
                                    struct api_batch *batch)
{
    struct gaz_batch_answer result;
    gaz_status status = resolve(row, input->text, &result);
    if (status != GAZ_OK)
        return status;
    gaz_json_object(json, NULL);
    gaz_json_raw(json, "id", input->id);
    gaz_json_string(json, "text", input->text);
    gaz_json_string(json, "status", gaz_batch_name(result.status));
    gaz_json_optional(json, "error", result.failure);
    gaz_json_array(json, "features"); /* one when matched, else none */
    batch->rows++;
    if (result.status == GAZ_BATCH_MATCHED) {
        batch->found++;
        api_represent_feature(json, row, &result.answers.items[0], API_LANG_ZH);
    }
    gaz_json_end(json);
    if (result.status == GAZ_BATCH_REVIEW)
        write_candidates(json, row->snap, &result.answers);
    gaz_json_end(json);
    return GAZ_OK;
}

gaz_status api_batch_json(struct api_worker *worker, struct api_batch *batch,
                          const char *data, size_t size, struct gaz_buffer *out)
{
    struct api_body_row *rows;
    int count;
    gaz_status status = api_body_rows(
        worker, data, size, batch->max_rows > 0 ? batch->max_rows : INT32_MAX,
        &rows, &count);
    if (status != GAZ_OK)
        return status;
    struct api_worker row = *worker;
    row.ctx = (struct gaz_ctx){.failure = ""};
    int64_t started_ms = now_ms();
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "results");
    for (int i = 0; i < count && status == GAZ_OK; i++) {
        status = check_time(worker, batch, started_ms);
        if (status == GAZ_OK)
            status = write_json_result(&json, &row, &rows[i], batch);
    }
    if (status != GAZ_OK)
        status = first_failure(worker, status, &row.ctx, &row.ctx);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_ctx_close(&row.ctx);
    return status;
}

/* ---- HTTP ---- */

static bool is_type(const char *content_type, const char *type)
{
    size_t len = strlen(type);
    return content_type && strncasecmp(content_type, type, len) == 0 &&
           (content_type[len] == '\0' || content_type[len] == ';' ||
            content_type[len] == ' ');
}

gaz_status api_batch_post(struct api_worker *worker,
                          const struct api_request *request,
                          struct api_response *out)
{
    struct api_batch batch = {.name = "the body",
                              .column = api_param(request, "column"),
                              .separator = ',',
                              .max_rows = API_BATCH_MAX_ROWS,
                              .max_ms = API_BATCH_MAX_MS};
    if (is_type(request->content_type, "application/json"))
        return api_batch_json(worker, &batch, request->body, request->body_size,
                              out->body);
    if (is_type(request->content_type, "text/tab-separated-values"))
        batch.separator = '\t';
    else if (!is_type(request->content_type, "text/csv"))
        return api_problem_fail(
            worker, GAZ_INVALID, 415, "只接受 text/csv 与 application/json",
            "the body's type is '%.60s'; send text/csv or "
            "application/json",
            request->content_type ? request->content_type : "");
    out->content_type = "text/csv; charset=utf-8; header=present";
    out->disposition = "attachment; filename=\"diming-batch.csv\"";
    return api_batch_csv(worker, &batch, request->body, request->body_size,
                         out->body);
}
