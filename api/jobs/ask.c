/* SPDX-License-Identifier: Apache-2.0 */
#include "api/jobs/ask.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "api/batch/batch.h"
#include "api/problem.h"
#include "gazetteer/base/date.h"
#include "gazetteer/base/text.h"

bool api_jobs_ask_prefers(const char *prefer)
{
    static const char WISH[] = "respond-async";
    while (prefer && *prefer) {
        prefer += strspn(prefer, " \t,");
        const size_t len = strcspn(prefer, " \t,;=");
        if (len == sizeof(WISH) - 1 && strncasecmp(prefer, WISH, len) == 0)
            return true;
        prefer += strcspn(prefer, ",");
    }
    return false;
}

gaz_status api_jobs_ask_mode(struct api_worker *worker,
                             const struct api_request *request, bool *is_job)
{
    static const char *const ONLY_JOBS[] = {
        "id_column", "format", "encoding", "output_encoding", "at", "in", NULL};
    const char *mode = api_param(request, "mode");
    *is_job = mode ? strcmp(mode, "job") == 0 : request->prefers_async;
    if (mode && !*is_job && strcmp(mode, "now") != 0)
        return api_problem_parameter(worker, "mode", "mode 只能是 now 或 job",
                                     "mode is '%.40s'; it must be now or job",
                                     mode);
    for (int i = 0; !*is_job && ONLY_JOBS[i]; i++)
        if (api_param(request, ONLY_JOBS[i]))
            return api_problem_parameter(
                worker, ONLY_JOBS[i], "此参数仅用于作业（mode=job）",
                "'%s' is for jobs (mode=job)", ONLY_JOBS[i]);
    return GAZ_OK;
}

static gaz_status parse_type(struct api_worker *worker, const char *type,
                             api_batch_table *out)
{
    static const struct {
        const char *type;
        api_batch_table table;
    } TYPES[] = {
        {"text/csv", API_BATCH_TABLE_CSV},
        {"text/tab-separated-values", API_BATCH_TABLE_TSV},
        {"application/x-ndjson", API_BATCH_TABLE_JSONL},
        {"application/jsonl", API_BATCH_TABLE_JSONL},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         API_BATCH_TABLE_XLSX},
    };
    for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
        if (api_batch_has_type(type, TYPES[i].type)) {
            *out = TYPES[i].table;
            return GAZ_OK;
        }
    return api_problem_fail(
        worker, GAZ_INVALID, 415, "作业只接受 CSV、TSV、JSON Lines 与 XLSX",
        "the body's type is '%.60s'; a job takes text/csv, "
        "text/tab-separated-values, application/x-ndjson or "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        type ? type : "");
}

static gaz_status parse_name(struct api_worker *worker,
                             const struct api_request *request,
                             const char *name, char *out, size_t size)
{
    const char *value = api_param(request, name);
    const int len = snprintf(out, size, "%s", value ? value : "");
    if (len < 0 || (size_t)len >= size)
        return api_problem_parameter(worker, name, "参数过长",
                                     "%s is longer than %zu bytes", name,
                                     size - 1);
    return GAZ_OK;
}

static gaz_status parse_format(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_job *job)
{
    const char *format = api_param(request, "format");
    job->output_table = job->input_table;
    if (format && !api_batch_table_of_name(format, &job->output_table))
        return api_problem_parameter(worker, "format", "没有这种格式",
                                     "format is '%.40s'; it must be csv, tsv, "
                                     "jsonl or xlsx",
                                     format);
    return GAZ_OK;
}

static gaz_status parse_encodings(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_job *job)
{
    const char *in = api_param(request, "encoding");
    const char *out = api_param(request, "output_encoding");
    if (in && !imp_encoding_of_name(in, &job->encoding))
        return api_problem_parameter(worker, "encoding", "没有这种编码",
                                     "encoding is '%.40s'; it must be auto, "
                                     "utf-8, gb18030 or utf-16",
                                     in);
    job->output_encoding = IMP_ENCODING_UTF8;
    if (out && (!imp_encoding_of_name(out, &job->output_encoding) ||
                (job->output_encoding != IMP_ENCODING_UTF8 &&
                 job->output_encoding != IMP_ENCODING_GB18030)))
        return api_problem_parameter(worker, "output_encoding",
                                     "输出编码只能是 utf-8 或 gb18030",
                                     "output_encoding is '%.40s'; it must be "
                                     "utf-8 or gb18030",
                                     out);
    if (job->output_encoding == IMP_ENCODING_GB18030 &&
        (job->output_table == API_BATCH_TABLE_JSONL ||
         job->output_table == API_BATCH_TABLE_XLSX))
        return api_problem_parameter(worker, "output_encoding",
                                     "JSON Lines 与 XLSX 只用 UTF-8",
                                     "JSON lines and spreadsheets are never "
                                     "gb18030");
    return GAZ_OK;
}

/* The day is settled now: a job that runs over midnight, or goes on the next
 * day, gives one answer. */
static gaz_status parse_day(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_job *job)
{
    const char *at = api_param(request, "at");
    job->at = gaz_date_today();
    if (at && !gaz_date_parse(at, &job->at))
        return api_problem_parameter(worker, "at", "日期有误",
                                     "at is '%.40s'; it must be YYYY-MM-DD",
                                     at);
    return GAZ_OK;
}

gaz_status api_jobs_ask_parse(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_job *out)
{
    struct api_job job = {.id = ""};
    gaz_status status =
        parse_type(worker, request->content_type, &job.input_table);
    if (status == GAZ_OK)
        status = parse_format(worker, request, &job);
    if (status == GAZ_OK)
        status = parse_encodings(worker, request, &job);
    if (status == GAZ_OK)
        status = parse_day(worker, request, &job);
    if (status == GAZ_OK)
        status = parse_name(worker, request, "column", job.columns,
                            sizeof(job.columns));
    if (status == GAZ_OK)
        status = parse_name(worker, request, "id_column", job.id_column,
                            sizeof(job.id_column));
    if (status == GAZ_OK)
        status =
            parse_name(worker, request, "in", job.in_code, sizeof(job.in_code));
    if (status == GAZ_OK)
        *out = job;
    return status;
}
