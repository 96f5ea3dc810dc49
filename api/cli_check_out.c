/* SPDX-License-Identifier: Apache-2.0 */
/* cli_check_out.c - where the answer of `diming check` goes. */
#include "api/cli_check.h"

#include <unistd.h>

#include "gazetteer/audit/report.h"
#include "gazetteer/audit/waive.h"
#include "gazetteer/audit/write.h"
#include "gazetteer/base/file.h"
#include "gazetteer/store/quality.h"
#include "importers/sheet.h"

/* To a file in one step, or to standard output. */
static gaz_status put_out(struct gaz_ctx *ctx, const char *path,
                          const struct gaz_buffer *out)
{
    if (out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                        GAZ_WRITE_MAX_BYTES);
    if (path)
        return gaz_file_replace(ctx, path, out->data, out->size);
    (void)fwrite(out->data, 1, out->size, stdout);
    return GAZ_OK;
}

/* By way of a CSV file beside it, which is gone after. */
static gaz_status write_sheet(struct gaz_ctx *ctx, const char *path,
                              const struct api_check_request *request,
                              const struct gaz_audit *audit)
{
    static const char TYPES[] = "tttttttttttnttnn";
    const char *between = gaz_arena_printf(&ctx->arena, "%s.csv", path);
    struct gaz_buffer out;
    gaz_buffer_open(&out, GAZ_WRITE_MAX_BYTES);
    gaz_write_csv(audit, request->least, &out);
    gaz_status status = put_out(ctx, between, &out);
    gaz_buffer_close(&out);
    if (status == GAZ_OK)
        status = imp_sheet_from_csv(ctx, between, TYPES, path);
    (void)unlink(between);
    return status;
}

static gaz_status print(struct api_cli *cli,
                        const struct api_check_request *request,
                        const struct gaz_audit *audit)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--output");
    struct gaz_buffer out;
    if (request->format == API_CHECK_XLSX)
        return write_sheet(ctx, path, request, audit);
    gaz_buffer_open(&out, GAZ_WRITE_MAX_BYTES);
    if (request->format == API_CHECK_JSON)
        gaz_write_json(audit, request->least, &out);
    else if (request->format == API_CHECK_CSV)
        gaz_write_csv(audit, request->least, &out);
    else if (request->format == API_CHECK_GEOJSON)
        gaz_write_geojson(audit, request->least, &out);
    else
        gaz_write_table(audit, request->least, &out);
    gaz_status status = put_out(ctx, path, &out);
    gaz_buffer_close(&out);
    return status;
}

const char *api_check_scope(struct gaz_ctx *ctx,
                            const struct api_check_request *request)
{
    const char *in = request->options.in ? request->options.in : "";
    const char *source = request->source ? request->source : "";
    if (request->import)
        return gaz_arena_printf(&ctx->arena, "%s%s%s#%d", in,
                                *source ? " " : "", source, request->import);
    return gaz_arena_printf(&ctx->arena, "%s%s%s", in, *source ? " " : "",
                            source);
}

static gaz_status take_past(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *scope,
                            struct gaz_report_options *options)
{
    const struct gaz_quality_past *past = NULL;
    int count = 0;
    gaz_status status = gaz_quality_past(ctx, store, scope, &past, &count);
    if (status == GAZ_OK)
        status = gaz_quality_runs(ctx, store, scope, &options->runs,
                                  &options->run_count);
    if (status != GAZ_OK)
        return status;
    struct gaz_report_past *items =
        gaz_arena_array(&ctx->arena, (size_t)count + 1, sizeof(*items));
    for (int i = 0; i < count; i++)
        items[i] =
            (struct gaz_report_past){past[i].day, past[i].rule, past[i].value};
    options->past = items;
    options->past_count = count;
    return GAZ_OK;
}

/* What was checked, for the head of the report. */
static const char *scope_in_words(const struct api_check_request *request,
                                  const struct gaz_audit *audit,
                                  struct gaz_ctx *ctx)
{
    const char *in = request->options.in;
    const struct gaz_corpus_entry *first;
    const char *words = "全库";
    if (in && gaz_corpus_find_text(audit->corpus, GAZ_BY_CODE, in, &first) > 0)
        words = gaz_arena_printf(
            &ctx->arena, "%s（%s）",
            gaz_corpus_name(&audit->corpus->places[first->index]), in);
    else if (in)
        words = in;
    if (request->source)
        words = gaz_arena_printf(&ctx->arena, "%s，来源 %s", words,
                                 request->source);
    if (request->import)
        words = gaz_arena_printf(&ctx->arena, "%s，第%d次导入", words,
                                 request->import);
    return words;
}

static gaz_status report(struct api_cli *cli,
                         const struct api_check_request *request,
                         struct gaz_store *store, const struct gaz_audit *audit)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--report");
    struct gaz_report_options options = {
        .scope = scope_in_words(request, audit, ctx)};
    struct gaz_buffer out;
    if (!path)
        return GAZ_OK;
    gaz_status status =
        take_past(ctx, store, api_check_scope(ctx, request), &options);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&out, GAZ_WRITE_MAX_BYTES);
    gaz_report_write(ctx, audit, &options, &out);
    status = put_out(ctx, path, &out);
    gaz_buffer_close(&out);
    return status;
}

static gaz_status put_results(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_audit *audit, int64_t run)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < audit->result_count && status == GAZ_OK; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        const struct gaz_quality_indicator kept = {
            r->rule->id, r->tested, r->found, r->why ? -1 : r->value,
            r->target};
        if (!r->why)
            status = gaz_quality_put_indicator(ctx, store, run, &kept);
    }
    return status;
}

/* All of a run or nothing of it. */
static gaz_status keep(struct gaz_ctx *ctx,
                       const struct api_check_request *request,
                       struct gaz_store *store, const struct gaz_audit *audit)
{
    const struct gaz_quality_run run = {
        .day = audit->options.at,
        .scope = api_check_scope(ctx, request),
        .places = audit->corpus->place_count,
        .addresses = audit->corpus->address_count,
        .errors = audit->by_severity[GAZ_SEVERITY_ERROR],
        .warnings = audit->by_severity[GAZ_SEVERITY_WARNING],
        .hints = audit->by_severity[GAZ_SEVERITY_INFO],
        .waived = audit->waived_count};
    int64_t id = 0;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_quality_put_run(ctx, store, &run, &id);
    if (status == GAZ_OK)
        status = put_results(ctx, store, audit, id);
    return status == GAZ_OK ? gaz_store_commit(ctx, store) : status;
}

/* All of them, or nothing. */
static gaz_status queue(struct gaz_ctx *ctx, gaz_severity least,
                        struct gaz_store *store, const struct gaz_audit *audit)
{
    struct gaz_audit_queued counts;
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_OK)
        status = gaz_audit_queue(ctx, store, audit, least, &counts);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status == GAZ_OK)
        (void)fprintf(stderr, "queued: %lld new, %lld known, %lld gone\n",
                      (long long)counts.fresh, (long long)counts.standing,
                      (long long)counts.gone);
    return status;
}

gaz_status api_check_answer(struct api_cli *cli,
                            const struct api_check_request *request,
                            struct gaz_store *store,
                            const struct gaz_audit *audit)
{
    gaz_status status = report(cli, request, store, audit);
    if (status == GAZ_OK && request->keeps)
        status = keep(&cli->worker.ctx, request, store, audit);
    if (status == GAZ_OK && request->queues)
        status = queue(&cli->worker.ctx, request->least, store, audit);
    return status == GAZ_OK ? print(cli, request, audit) : status;
}
