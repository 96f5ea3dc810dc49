/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.c - /metrics and /readyz. */
#include "api/handlers.h"
#include "api/access/meter.h"
#include "api/hooks/courier.h"
#include "api/jobs/jobs.h"
#include "api/problem.h"
#include "api/refresh.h"
#include "gazetteer/base/json.h"

static void write_refresh(struct api_refresh *refresh, struct gaz_buffer *out)
{
    struct api_refresh_state state;
    api_refresh_read(refresh, &state);
    const struct {
        const char *name;
        const char *type;
        const char *help;
        unsigned long long value;
    } NUMBERS[] = {
        {"diming_database_journal_seq", "gauge",
         "The last entry of the database's journal.", state.journal_seq},
        {"diming_rebuilds_total", "counter", "Snapshots built and taken up.",
         state.builds},
        {"diming_rebuild_failures_total", "counter",
         "Builds that failed; the log says why.", state.failures},
        {"diming_rebuild_failing", "gauge", "1 when the last build failed.",
         state.phase == API_REFRESH_FAILING},
        {"diming_rebuild_last_milliseconds", "gauge",
         "The last build, until it answered.",
         (unsigned long long)state.took_ms},
    };
    for (size_t i = 0; i < sizeof(NUMBERS) / sizeof(NUMBERS[0]); i++)
        gaz_buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %llu\n",
                          NUMBERS[i].name, NUMBERS[i].help, NUMBERS[i].name,
                          NUMBERS[i].type, NUMBERS[i].name, NUMBERS[i].value);
}

static void write_courier(struct api_courier *courier, struct gaz_buffer *out)
{
    static const char NAME[] = "diming_webhook_deliveries_total";
    struct api_courier_counts counts;
    api_courier_counts_read(courier, &counts);
    gaz_buffer_printf(
        out,
        "# HELP %s Deliveries by what came of them.\n# TYPE %s counter\n"
        "%s{outcome=\"delivered\"} %llu\n%s{outcome=\"failed\"} %llu\n"
        "%s{outcome=\"buried\"} %llu\n",
        NAME, NAME, NAME, (unsigned long long)counts.delivered, NAME,
        (unsigned long long)counts.failed, NAME,
        (unsigned long long)counts.buried);
}

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
    if (worker->refresh)
        write_refresh(worker->refresh, out->body);
    if (worker->courier)
        write_courier(worker->courier, out->body);
    api_jobs_write_metrics(worker->jobs, out->body);
    return GAZ_OK;
}

/* How the snapshot keeps in step; why a build failed is in the log only, since
 * it may name paths. */
static void write_rebuild(const struct api_worker *worker,
                          struct gaz_json *json)
{
    static const char *const PHASES[] = {"idle", "working", "failing"};
    struct api_refresh_state state;
    if (!worker->refresh) {
        gaz_json_string(json, "rebuild", "off");
        return;
    }
    api_refresh_read(worker->refresh, &state);
    gaz_json_string(json, "rebuild", PHASES[state.phase]);
    gaz_json_int(json, "database_seq", (int64_t)state.journal_seq);
    gaz_json_int(json, "rebuild_failures", (int64_t)state.failures);
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
    write_rebuild(worker, &json);
    gaz_json_end(&json);
    return GAZ_OK;
}
