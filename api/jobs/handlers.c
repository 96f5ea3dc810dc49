/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.c - jobs over HTTP. */
#include "api/handlers.h"

#include <string.h>
#include <time.h>

#include "api/jobs/ask.h"
#include "api/jobs/jobs.h"
#include "api/jobs/spool.h"
#include "api/jobs/table.h"
#include "api/problem.h"
#include "gazetteer/base/json.h"

/* ---- a job as JSON ---- */

static void write_time(struct gaz_json *json, const char *key, int64_t ms)
{
    char text[32];
    struct tm tm;
    const time_t seconds = (time_t)(ms / 1000);
    if (ms <= 0 || !gmtime_r(&seconds, &tm) ||
        strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        gaz_json_null(json, key);
    else
        gaz_json_string(json, key, text);
}

static void write_link(struct gaz_json *json, const char *rel, const char *href,
                       const char *type)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rel", rel);
    gaz_json_string(json, "href", href);
    gaz_json_string(json, "type", type);
    gaz_json_end(json);
}

/* Of the result; static text. */
static const char *type_of(const struct api_job *job)
{
    const bool is_gb = job->output_encoding == IMP_ENCODING_GB18030;
    switch (job->output_table) {
    case API_BATCH_TABLE_TSV:
        return is_gb ? "text/tab-separated-values; charset=gb18030; "
                       "header=present"
                     : "text/tab-separated-values; charset=utf-8; "
                       "header=present";
    case API_BATCH_TABLE_JSONL:
        return "application/x-ndjson; charset=utf-8";
    case API_BATCH_TABLE_XLSX:
        return "application/"
               "vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case API_BATCH_TABLE_AUTO:
    case API_BATCH_TABLE_CSV:
        break;
    }
    return is_gb ? "text/csv; charset=gb18030; header=present"
                 : "text/csv; charset=utf-8; header=present";
}

static const char *url_of(struct gaz_arena *arena,
                          const struct api_request *request,
                          const struct api_job *job)
{
    return gaz_arena_printf(arena, "%s/v1/batch/jobs/%s",
                            request->base_url ? request->base_url : "",
                            job->id);
}

static void write_links(struct gaz_json *json, struct gaz_arena *arena,
                        const struct api_job *job, const char *url)
{
    gaz_json_array(json, "links");
    write_link(json, "self", url, "application/json");
    if (job->status == API_JOB_DONE)
        write_link(json, "result", gaz_arena_printf(arena, "%s/result", url),
                   type_of(job));
    if (job->status == API_JOB_DONE && job->reject_bytes > 0)
        write_link(json, "rejects", gaz_arena_printf(arena, "%s/rejects", url),
                   "text/csv; charset=utf-8; header=present");
    gaz_json_end(json);
}

static void write_rows(struct gaz_json *json, const struct api_jobs_view *view)
{
    const struct api_job *job = &view->job;
    gaz_json_int(json, "rows_done", job->counts.rows);
    if (job->rows_total >= 0)
        gaz_json_int(json, "rows_total", job->rows_total);
    else
        gaz_json_null(json, "rows_total");
    gaz_json_int(json, "rows_per_second", view->rows_per_s);
    gaz_json_object(json, "counts");
    gaz_json_int(json, "matched", job->counts.matched);
    gaz_json_int(json, "review", job->counts.review);
    gaz_json_int(json, "none", job->counts.none);
    gaz_json_int(json, "invalid", job->counts.invalid);
    gaz_json_end(json);
}

static void write_job(struct gaz_json *json, const char *key,
                      struct gaz_arena *arena,
                      const struct api_request *request,
                      const struct api_jobs_view *view)
{
    const struct api_job *job = &view->job;
    char at[GAZ_DATE_MAX_BYTES];
    gaz_json_object(json, key);
    gaz_json_string(json, "id", job->id);
    gaz_json_string(json, "status", api_jobs_state_name(job->status));
    if (view->is_being_stopped)
        gaz_json_bool(json, "is_being_stopped", true);
    if (view->position > 0)
        gaz_json_int(json, "position", view->position);
    write_time(json, "created", job->created_ms);
    write_time(json, "started", job->started_ms);
    write_time(json, "finished", job->finished_ms);
    write_time(json, "expires", view->expires_ms);
    gaz_json_string(json, "input", api_jobs_spool_ending(job->input_table));
    gaz_json_int(json, "input_bytes", job->input_bytes);
    gaz_json_string(json, "format", api_jobs_spool_ending(job->output_table));
    gaz_json_string(json, "at", gaz_date_write(job->at, at));
    write_rows(json, view);
    if (job->status == API_JOB_FAILED)
        gaz_json_string(json, "failure", job->failure);
    write_links(json, arena, job, url_of(arena, request, job));
    gaz_json_end(json);
}

static void answer_job(struct api_worker *worker,
                       const struct api_request *request,
                       const struct api_jobs_view *view,
                       struct api_response *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    write_job(&json, NULL, &worker->ctx.arena, request, view);
    out->content_type = "application/json; charset=utf-8";
    out->cache_control = "no-store";
}

/* ---- the handlers ---- */

gaz_status api_jobs_post(struct api_worker *worker,
                         const struct api_request *request,
                         struct api_response *out)
{
    bool is_job;
    struct api_jobs_view view;
    gaz_status status = api_jobs_ask_mode(worker, request, &is_job);
    if (status != GAZ_OK)
        return status;
    if (!is_job)
        return api_batch_post(worker, request, out);
    if (!request->draft)
        return api_problem_fail(worker, GAZ_IO, 503, "此服务不接受作业",
                                "this service takes no jobs");
    status = api_jobs_submit(worker, request->draft, &view);
    if (status != GAZ_OK)
        return status;
    answer_job(worker, request, &view, out);
    out->status = 202;
    out->location = url_of(&worker->ctx.arena, request, &view.job);
    if (request->prefers_async)
        out->preference = "respond-async";
    return GAZ_OK;
}

gaz_status api_jobs_get_all(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    struct api_jobs_view *items;
    int count;
    struct gaz_json json;
    api_jobs_list(worker->jobs, worker, &items, &count);
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "jobs");
    for (int i = 0; i < count; i++)
        write_job(&json, NULL, &worker->ctx.arena, request, &items[i]);
    gaz_json_end(&json);
    if (worker->caller.id[0] == '\0')
        gaz_json_string(&json, "note",
                        "jobs that were made without a key are found by their "
                        "id only");
    gaz_json_end(&json);
    out->cache_control = "no-store";
    return GAZ_OK;
}

gaz_status api_jobs_get(struct api_worker *worker,
                        const struct api_request *request,
                        struct api_response *out)
{
    struct api_jobs_view view;
    gaz_status status =
        api_jobs_find(worker->jobs, worker, api_capture(request, "id"), &view);
    if (status == GAZ_OK)
        answer_job(worker, request, &view, out);
    return status;
}

gaz_status api_jobs_delete(struct api_worker *worker,
                           const struct api_request *request,
                           struct api_response *out)
{
    struct api_jobs_view view;
    bool is_gone;
    gaz_status status = api_jobs_remove(
        worker->jobs, worker, api_capture(request, "id"), &view, &is_gone);
    if (status != GAZ_OK)
        return status;
    if (is_gone)
        out->status = 204;
    else
        answer_job(worker, request, &view, out);
    if (!is_gone && view.is_being_stopped)
        out->status = 202;
    return GAZ_OK;
}

static gaz_status answer_file(struct api_worker *worker,
                              const struct api_request *request,
                              bool wants_rejects, struct api_response *out)
{
    struct api_jobs_view view;
    gaz_status status =
        api_jobs_result(worker->jobs, worker, api_capture(request, "id"),
                        wants_rejects, &view, &out->file);
    if (status != GAZ_OK)
        return status;
    const struct api_job *job = &view.job;
    const char *ending =
        wants_rejects ? "csv" : api_jobs_spool_ending(job->output_table);
    out->has_file = true;
    if (!wants_rejects)
        out->content_type = type_of(job);
    out->cache_control = "private, no-store";
    out->disposition = gaz_arena_printf(
        &worker->ctx.arena, "attachment; filename=\"diming-%s-%.8s.%s\"",
        wants_rejects ? "rejects" : "batch", job->id, ending);
    return GAZ_OK;
}

gaz_status api_jobs_get_result(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    return answer_file(worker, request, false, out);
}

gaz_status api_jobs_get_rejects(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    return answer_file(worker, request, true, out);
}
