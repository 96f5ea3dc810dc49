/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.c - /metrics and /readyz. */
#include "api/handlers.h"
#include "api/access/meter.h"
#include "api/jobs/jobs.h"
#include "api/problem.h"
#include "gazetteer/base/json.h"

gaz_status api_access_metrics(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    (void)request;
    out->cache_control = "no-store";
    if (!worker->meter)
        return api_problem_fail(worker, GAZ_IO, 503, "没有运行指标",
                                "nothing is counted here");
    api_meter_write(worker->meter, worker->snap, out->body);
    api_jobs_write_metrics(worker->jobs, out->body);
    return GAZ_OK;
}

gaz_status api_access_ready(struct api_worker *worker,
                            const struct api_request *request,
                            struct api_response *out)
{
    (void)request;
    out->cache_control = "no-store";
    if (!worker->snap) {
        worker->retry_after_s = 1;
        return api_problem_fail(worker, GAZ_IO, 503, "还没有可用的数据快照",
                                "no snapshot is loaded yet; 'diming build' "
                                "makes one");
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "status", "ready");
    gaz_json_int(&json, "journal_seq", (int64_t)worker->snap->journal_seq);
    gaz_json_end(&json);
    return GAZ_OK;
}
