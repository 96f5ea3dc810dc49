/* SPDX-License-Identifier: Apache-2.0 */
/* cli_progress.c - `diming check progress` and `diming check imports`: the kept
 * checks over time, and the imports that a check can be held to. */
#include <string.h>

#include "api/cli_check.h"
#include "gazetteer/base/json.h"
#include "gazetteer/store/attribute.h"
#include "gazetteer/store/quality.h"

enum { OUT_MAX_BYTES = 16 * 1024 * 1024 };

static void write_text(struct gaz_buffer *out, const char *text)
{
    gaz_buffer_text(out, text ? text : "");
}

static gaz_status put(struct api_cli *cli, struct gaz_buffer *out)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    if (out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                        OUT_MAX_BYTES);
    (void)fwrite(out->data, 1, out->size, stdout);
    return GAZ_OK;
}

/* ---- progress ---- */

struct progress {
    const struct gaz_quality_run *runs;
    int run_count;
    const struct gaz_quality_past *past;
    int past_count;
};

static void progress_json(const struct progress *p, struct gaz_buffer *out)
{
    struct gaz_json json;
    char day[GAZ_DATE_MAX_BYTES];
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "runs");
    for (int i = 0; i < p->run_count; i++) {
        const struct gaz_quality_run *run = &p->runs[i];
        gaz_json_object(&json, NULL);
        gaz_json_int(&json, "run", run->id);
        gaz_json_string(&json, "at", run->at);
        gaz_json_string(&json, "rules_of", gaz_date_write(run->day, day));
        gaz_json_int(&json, "places", run->places);
        gaz_json_int(&json, "addresses", run->addresses);
        gaz_json_int(&json, "error", run->errors);
        gaz_json_int(&json, "warning", run->warnings);
        gaz_json_int(&json, "info", run->hints);
        gaz_json_object(&json, "indicators");
        for (int k = 0; k < p->past_count; k++)
            if (p->past[k].run == run->id)
                gaz_json_number(&json, p->past[k].rule, p->past[k].value, 4);
        gaz_json_end(&json);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_text(out, "\n");
}

static void progress_csv(const struct progress *p, struct gaz_buffer *out)
{
    char day[GAZ_DATE_MAX_BYTES];
    gaz_buffer_text(out, "run,at,rules_of,what,value\r\n");
    for (int i = 0; i < p->run_count; i++) {
        const struct gaz_quality_run *run = &p->runs[i];
        const char *head =
            gaz_date_write(run->day, day); /* the same in each line */
        const struct {
            const char *what;
            int64_t value;
        } COUNTS[] = {{"places", run->places},
                      {"addresses", run->addresses},
                      {"error", run->errors},
                      {"warning", run->warnings},
                      {"info", run->hints}};
        for (size_t k = 0; k < sizeof(COUNTS) / sizeof(COUNTS[0]); k++)
            gaz_buffer_printf(out, "%lld,%s,%s,%s,%lld\r\n", (long long)run->id,
                              run->at, head, COUNTS[k].what,
                              (long long)COUNTS[k].value);
        for (int k = 0; k < p->past_count; k++)
            if (p->past[k].run == run->id)
                gaz_buffer_printf(out, "%lld,%s,%s,%s,%.4f\r\n",
                                  (long long)run->id, run->at, head,
                                  p->past[k].rule, p->past[k].value);
    }
}

/* How an indicator stood at a run; -1: it was not evaluated. */
static double value_at(const struct progress *p, int64_t run, const char *rule)
{
    for (int k = 0; k < p->past_count; k++)
        if (p->past[k].run == run && strcmp(p->past[k].rule, rule) == 0)
            return p->past[k].value;
    return -1;
}

/* The runs from above to below; of each indicator the first, the last and what
 * came between. */
static void progress_table(const struct progress *p, struct gaz_buffer *out)
{
    gaz_buffer_text(out, "run  at                        places  addresses"
                         "   error  warning     info\n");
    for (int i = 0; i < p->run_count; i++) {
        const struct gaz_quality_run *run = &p->runs[i];
        gaz_buffer_printf(out,
                          "%-4lld %-24s %7lld  %9lld %7lld  %7lld  %7lld\n",
                          (long long)run->id, run->at, (long long)run->places,
                          (long long)run->addresses, (long long)run->errors,
                          (long long)run->warnings, (long long)run->hints);
    }
    const int64_t first = p->runs[0].id;
    const int64_t last = p->runs[p->run_count - 1].id;
    gaz_buffer_text(out, "\n       first     last   change\n");
    for (int k = 0; k < p->past_count; k++) {
        const struct gaz_quality_past *now = &p->past[k];
        if (now->run != last)
            continue;
        const double before = value_at(p, first, now->rule);
        if (before < 0)
            gaz_buffer_printf(out, "%-5s      -  %7.2f        -\n", now->rule,
                              now->value);
        else
            gaz_buffer_printf(out, "%-5s %6.2f  %7.2f  %+7.2f\n", now->rule,
                              before, now->value, now->value - before);
    }
}

gaz_status api_check_progress(struct api_cli *cli,
                              const struct api_check_request *request,
                              struct gaz_store *store)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct progress p = {.run_count = 0};
    struct gaz_buffer out;
    const char *scope = api_check_scope(ctx, request);
    gaz_status status =
        gaz_quality_runs(ctx, store, scope, &p.runs, &p.run_count);
    if (status == GAZ_OK)
        status = gaz_quality_past(ctx, store, scope, &p.past, &p.past_count);
    if (status != GAZ_OK)
        return status;
    if (p.run_count == 0 && request->format == API_CHECK_TABLE) {
        (void)printf("no run was kept; diming check --keep keeps one\n");
        return GAZ_OK;
    }
    gaz_buffer_open(&out, OUT_MAX_BYTES);
    if (request->format == API_CHECK_JSON)
        progress_json(&p, &out);
    else if (request->format == API_CHECK_CSV)
        progress_csv(&p, &out);
    else
        progress_table(&p, &out);
    status = put(cli, &out);
    gaz_buffer_close(&out);
    return status;
}

/* ---- imports ---- */

gaz_status api_check_imports(struct api_cli *cli,
                             const struct api_check_request *request,
                             struct gaz_store *store)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const struct gaz_import_row *rows = NULL;
    struct gaz_buffer out;
    int count = 0;
    const bool is_csv = request->format == API_CHECK_CSV;
    gaz_status status = gaz_import_list(ctx, store, &rows, &count);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&out, OUT_MAX_BYTES);
    gaz_buffer_text(&out, is_csv ? "import,at,source,file,read,stored,merged,"
                                   "rejected\r\n"
                                 : "import  at                        source, "
                                   "file: read, stored, merged, rejected\n");
    for (int i = 0; i < count; i++) {
        const struct gaz_import_row *row = &rows[i];
        gaz_buffer_printf(&out, is_csv ? "%lld,%s,\"" : "%-7lld %-24s  ",
                          (long long)row->id, row->at);
        write_text(&out, row->source_key);
        gaz_buffer_text(&out, is_csv ? "\",\"" : ", ");
        write_text(&out, row->log.file);
        gaz_buffer_printf(&out,
                          is_csv ? "\",%lld,%lld,%lld,%lld\r\n"
                                 : ": %lld, %lld, %lld, %lld\n",
                          (long long)row->log.read, (long long)row->log.stored,
                          (long long)row->log.merged,
                          (long long)row->log.rejected);
    }
    status = put(cli, &out);
    gaz_buffer_close(&out);
    return status;
}

gaz_status api_check_take_import(struct gaz_ctx *ctx, struct gaz_store *store,
                                 int import, struct gaz_audit_options *out)
{
    const struct gaz_import_row *rows = NULL;
    const gaz_id *ids = NULL;
    int count = 0;
    int id_count = 0;
    gaz_status status = gaz_import_list(ctx, store, &rows, &count);
    int at = 0;
    while (status == GAZ_OK && at < count && rows[at].id != import)
        at++;
    if (status == GAZ_OK && at == count)
        status =
            gaz_fail(ctx, GAZ_NOT_FOUND,
                     "no import %d; 'diming check imports' lists them", import);
    if (status == GAZ_OK && rows[at].first_record == 0)
        status = gaz_fail(ctx, GAZ_INVALID,
                          "import %d brought nothing new, or was before this "
                          "version kept which records it brought; --source %s "
                          "takes all of its source",
                          import, rows[at].source_key);
    if (status == GAZ_OK)
        status = gaz_import_brought(ctx, store, &rows[at], &ids, &id_count);
    if (status != GAZ_OK)
        return status;
    static const gaz_id NONE = 0;
    out->only = ids ? ids : &NONE;
    out->only_count = id_count;
    return GAZ_OK;
}
