/* SPDX-License-Identifier: Apache-2.0 */
/* http.c - a batch that is answered at once: /v1/batch. */
#include "api/batch/batch.h"

#include <string.h>
#include <strings.h>

#include "api/batch/row.h"
#include "api/body.h"
#include "api/handlers.h"
#include "api/problem.h"
#include "api/represent.h"
#include "gazetteer/base/clock.h"
#include "importers/csv.h"

static gaz_status check_limits(struct api_worker *worker,
                               const struct api_batch *batch,
                               int64_t started_ms)
{
    const int64_t rows = batch->counts.rows;
    if (batch->max_rows > 0 && rows == batch->max_rows)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "行数过多",
                                "more than %d rows; send the table in parts, "
                                "or as a job (mode=job)",
                                batch->max_rows);
    if (batch->max_ms > 0 && rows % 64 == 0 &&
        gaz_clock_ms() - started_ms > batch->max_ms)
        return api_problem_fail(
            worker, GAZ_LIMIT, 413, "处理时间过长，请分批提交",
            "the batch took longer than %d ms; %lld rows were done: send "
            "fewer, or as a job (mode=job)",
            batch->max_ms, (long long)rows);
    return GAZ_OK;
}

/* ---- CSV ---- */

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

static gaz_status run_rows(struct api_worker *worker, struct api_batch *batch,
                           const struct api_batch_plan *plan,
                           struct imp_reader *reader, struct gaz_buffer *out)
{
    struct gaz_ctx rows = {.failure = ""};
    struct gaz_ctx row = {.failure = ""};
    struct imp_row input;
    gaz_status status;
    int64_t started_ms = gaz_clock_ms();
    while ((status = imp_reader_next(&rows, reader, &input)) == GAZ_OK) {
        const char *failure;
        status = check_limits(worker, batch, started_ms);
        if (status == GAZ_OK)
            status = api_batch_row_write(&row, worker->searcher, plan, &input,
                                         out, &batch->counts, &failure);
        if (status != GAZ_OK)
            break;
        gaz_ctx_next(&rows);
    }
    if (status != GAZ_OK && status != GAZ_END)
        status = first_failure(worker, status, &rows, &row);
    gaz_ctx_close(&row);
    gaz_ctx_close(&rows);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status api_batch_csv(struct api_worker *worker, struct api_batch *batch,
                         const char *data, size_t size, struct gaz_buffer *out)
{
    struct api_batch_plan plan = {
        .snap = worker->snap,
        .format = batch->separator == '\t' ? API_BATCH_TSV : API_BATCH_CSV};
    struct imp_reader *reader;
    gaz_status status =
        imp_csv_open_bytes(&worker->ctx, batch->name, data, size,
                           batch->separator ? batch->separator : ',', &reader);
    if (status != GAZ_OK)
        return status;
    status =
        api_batch_row_plan(&worker->ctx, reader, batch->column, NULL, &plan);
    if (status != GAZ_OK) {
        worker->parameter = "column";
        worker->failure_zh = "找不到地址列";
    } else {
        if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
            gaz_buffer_text(out, "\xEF\xBB\xBF"); /* Excel wants it back */
        api_batch_row_head(&plan, out);
        status = run_rows(worker, batch, &plan, reader, out);
    }
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
    gaz_ctx_next(&row->ctx);
    const struct gaz_query query = {.text = input->text,
                                    .limit = API_LIMIT_DEFAULT};
    gaz_status status =
        gaz_batch_row(&row->ctx, row->searcher, row->snap, &query, &result);
    if (status != GAZ_OK)
        return status;
    gaz_json_object(json, NULL);
    gaz_json_raw(json, "id", input->id);
    gaz_json_string(json, "text", input->text);
    gaz_json_string(json, "status", gaz_batch_name(result.status));
    gaz_json_optional(json, "error", result.failure);
    gaz_json_array(json, "features"); /* one when matched, else none */
    batch->counts.rows++;
    if (result.status == GAZ_BATCH_MATCHED) {
        batch->counts.matched++;
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
    int64_t started_ms = gaz_clock_ms();
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "results");
    for (int i = 0; i < count && status == GAZ_OK; i++) {
        status = check_limits(worker, batch, started_ms);
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

bool api_batch_has_type(const char *content_type, const char *type)
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
    if (api_batch_has_type(request->content_type, "application/json"))
        return api_batch_json(worker, &batch, request->body, request->body_size,
                              out->body);
    bool is_tsv =
        api_batch_has_type(request->content_type, "text/tab-separated-values");
    if (is_tsv)
        batch.separator = '\t';
    else if (!api_batch_has_type(request->content_type, "text/csv"))
        return api_problem_fail(
            worker, GAZ_INVALID, 415, "只接受 text/csv 与 application/json",
            "the body's type is '%.60s'; send text/csv or "
            "application/json",
            request->content_type ? request->content_type : "");
    out->content_type =
        is_tsv ? "text/tab-separated-values; charset=utf-8; header=present"
               : "text/csv; charset=utf-8; header=present";
    out->disposition = is_tsv ? "attachment; filename=\"diming-batch.tsv\""
                              : "attachment; filename=\"diming-batch.csv\"";
    return api_batch_csv(worker, &batch, request->body, request->body_size,
                         out->body);
}
