/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/pipeline.h"

#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/quality/check.h"
#include "gazetteer/store/attribute.h"
#include "importers/open.h"
#include "importers/profile.h"
#include "importers/profiles.h"
#include "importers/put.h"
#include "importers/report.h"
#include "importers/row_to_record.h"
#include "importers/run.h"

enum { PROGRESS_ROWS = 4096 };

/* ---- one row ---- */

static gaz_status reject_row(struct imp_run *run, const struct imp_row *row,
                             const char *raw, const struct gaz_issues *issues)
{
    gaz_status status = GAZ_OK;
    run->report.rejected++;
    for (int i = 0; i < issues->count && status == GAZ_OK; i++)
        if (issues->items[i].severity == GAZ_SEVERITY_ERROR)
            status =
                imp_reject_put(&run->row, run->reject, row,
                               row->raw ? row->raw : raw, &issues->items[i]);
    return status;
}

/* Warnings are counted with errors; a row that was there already is neither. */
static void count_issues(struct imp_run *run, const struct gaz_issues *issues)
{
    for (int i = 0; i < issues->count; i++)
        imp_report_count(&run->report, &issues->items[i]);
}

static gaz_status keep_issues(struct imp_run *run, int64_t record_id,
                              gaz_id about, const struct gaz_issues *issues)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < issues->count && status == GAZ_OK; i++)
        status = gaz_store_put_issue(&run->row, run->store, record_id, about,
                                     &issues->items[i]);
    return status;
}

static gaz_status put_entry(struct imp_run *run, const struct imp_kept *kept,
                            struct imp_outcome *out, struct gaz_issues *issues)
{
    if (run->is_line)
        return imp_put_line(run, kept, out, issues);
    switch (kept->entry->kind) {
    case GAZ_ENTRY_PLACE:
        return imp_put_place(run, kept, out, issues);
    case GAZ_ENTRY_ADDRESS:
        return imp_put_address(run, kept, out);
    case GAZ_ENTRY_CLAIM:
        return imp_put_claim(run, kept, out);
    case GAZ_ENTRY_CHANGE:
        break;
    }
    return imp_put_change(run, kept, out);
}

/* What the store refuses because of what the row says is the row's fault. */
static gaz_status blame_row(struct imp_run *run, gaz_status status,
                            struct gaz_issues *issues)
{
    if (status != GAZ_INVALID && status != GAZ_LIMIT)
        return status;
    const char *why =
        gaz_arena_strdup(&run->row.arena, gaz_ctx_failure(&run->row));
    imp_run_forgive(run);
    imp_report_note(
        issues, &(struct gaz_issue){.rule = "I06",
                                    .severity = GAZ_SEVERITY_ERROR,
                                    .message = gaz_arena_printf(
                                        &run->row.arena, "不能入库: %s", why),
                                    .message_en = why});
    return GAZ_OK;
}

/* dedupe and store: the record is kept, now what it means. */
static gaz_status store_row(struct imp_run *run, const struct imp_row *row,
                            const struct imp_kept *kept,
                            struct gaz_issues *issues)
{
    struct imp_outcome outcome = {0};
    gaz_status status = GAZ_OK;
    if (issues->errors == 0)
        status = blame_row(run, put_entry(run, kept, &outcome, issues), issues);
    if (status == GAZ_OK)
        status = keep_issues(run, kept->record_id, outcome.about, issues);
    if (status != GAZ_OK)
        return status;
    count_issues(run, issues);
    if (issues->errors > 0)
        return reject_row(run, row, kept->record->verbatim, issues);
    if (outcome.merged)
        run->report.merged++;
    else
        run->report.stored++;
    return GAZ_OK;
}

/* The stages in order. A row that cannot be read, or names a place that is not
 * known, is rejected before it is kept: it can be imported again. A row whose
 * content is wrong is kept with its issues: it stays wrong. */
static gaz_status import_row(struct imp_run *run, const struct imp_row *row)
{
    struct gaz_issues issues = {0};
    struct gaz_record record = {0};
    struct imp_shape shape = {0};
    struct gaz_entry entry = {0};
    struct imp_links links = {0};
    gaz_status status = GAZ_OK;
    int64_t record_id = 0;
    bool is_new = false;

    imp_row_to_record(run, row, &record, &shape, &issues);
    if (issues.errors > 0)
        goto reject;
    if (!run->is_line) {
        status = gaz_standardise(&run->row, run->standardiser, &record, &entry);
        if (status != GAZ_OK)
            return status;
        gaz_check(&run->row, &record, &entry, &issues);
    }
    if (issues.errors == 0) {
        status = imp_resolve(run, &record, &entry, &links, &issues);
        if (status != GAZ_OK)
            return status;
        if (issues.errors > 0)
            goto reject;
    }
    status = gaz_store_put_record(&run->row, run->store, run->source, &record,
                                  &record_id, &is_new);
    if (status != GAZ_OK)
        return status;
    if (!is_new) {
        run->report.unchanged++;
        return GAZ_OK;
    }
    return store_row(run, row,
                     &(struct imp_kept){.record = &record,
                                        .record_id = record_id,
                                        .entry = &entry,
                                        .links = &links,
                                        .shape = &shape},
                     &issues);
reject:
    count_issues(run, &issues);
    return reject_row(run, row, record.verbatim, &issues);
}

/* ---- one file ---- */

static gaz_status import_rows(struct imp_run *run)
{
    gaz_status status = GAZ_OK;
    while (status == GAZ_OK) {
        struct imp_row row;
        gaz_ctx_next(&run->row);
        status = imp_reader_next(&run->row, run->reader, &row);
        if (status != GAZ_OK)
            break;
        run->report.read++;
        status = import_row(run, &row);
        if (run->options->progress && run->report.read % PROGRESS_ROWS == 0)
            run->options->progress(run->report.read,
                                   run->options->progress_user);
    }
    return status == GAZ_END ? GAZ_OK : status;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Is the source stored already with another edition? */
static gaz_status compare_source(struct imp_run *run)
{
    struct gaz_scan *scan = NULL;
    struct gaz_source stored;
    gaz_status status =
        gaz_store_scan(&run->row, run->store, GAZ_SCAN_SOURCES, &scan);
    while (status == GAZ_OK) {
        status = gaz_scan_next_source(&run->row, scan, &stored);
        if (status == GAZ_OK && same_text(stored.key, run->mapping.source.key))
            run->report.source_changed =
                !same_text(stored.edition, run->mapping.source.edition);
    }
    gaz_scan_close(scan);
    return status == GAZ_END ? GAZ_OK : status;
}

static bool has_news(const struct imp_report *report)
{
    return report->stored + report->merged + report->rejected > 0 ||
           report->source_changed;
}

static gaz_status write_log(struct imp_run *run)
{
    const struct imp_report *report = &run->report;
    int64_t last = 0;
    if (!has_news(report))
        return GAZ_OK; /* running it twice changes nothing */
    gaz_status status = gaz_import_newest_record(&run->row, run->store, &last);
    if (status != GAZ_OK)
        return status;
    if (last < run->first_record) { /* nothing new was kept */
        run->first_record = 0;
        last = 0;
    }
    return gaz_store_put_import(&run->row, run->store,
                                &(struct gaz_import_log){
                                    .source = run->source,
                                    .file = imp_run_file(run),
                                    .read = report->read,
                                    .stored = report->stored,
                                    .merged = report->merged,
                                    .unchanged = report->unchanged,
                                    .rejected = report->rejected,
                                    .first_record = run->first_record,
                                    .last_record = last,
                                });
}

/* All of it or nothing. The reject file gets its name before the commit: if it
 * cannot be written, the import did not happen. */
static gaz_status import_file(struct imp_run *run)
{
    bool written = false;
    gaz_status status = gaz_store_begin(&run->row, run->store);
    if (status != GAZ_OK)
        return status;
    status =
        gaz_import_newest_record(&run->row, run->store, &run->first_record);
    run->first_record++;
    if (status == GAZ_OK)
        status = compare_source(run);
    if (status == GAZ_OK)
        status = gaz_store_put_source(&run->row, run->store,
                                      &run->mapping.source, &run->source);
    if (status == GAZ_OK)
        status = import_rows(run);
    if (status == GAZ_OK)
        status = write_log(run);
    if (status == GAZ_OK)
        status = imp_reject_keep(&run->row, run->reject, &written);
    if (!written)
        run->report.reject_path = NULL;
    if (status == GAZ_OK && !run->options->dry_run)
        return gaz_store_commit(&run->row, run->store);
    gaz_status undone = gaz_store_rollback(&run->row, run->store);
    return status == GAZ_OK ? undone : status;
}

/* ---- opening what a file needs ---- */

static gaz_status read_profile(struct imp_run *run)
{
    struct gaz_ctx *ctx = run->file_ctx;
    const struct imp_options *options = run->options;
    const struct gaz_asset *asset = NULL;
    gaz_status status = imp_profiles_find(ctx, options->profile, &asset);
    if (status != GAZ_OK)
        return status;
    return imp_mapping_parse_given(ctx, asset->path, (const char *)asset->data,
                                   asset->size, &options->given, &run->mapping);
}

static gaz_status read_file(struct imp_run *run)
{
    struct gaz_ctx *ctx = run->file_ctx;
    const char *path = run->options->mapping;
    if (!path)
        path = gaz_arena_printf(&ctx->arena, "%s.map.json", run->options->path);
    struct gaz_map map;
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status != GAZ_OK)
        return status;
    status = imp_mapping_parse_given(ctx, path, map.data, map.size,
                                     &run->options->given, &run->mapping);
    gaz_file_unmap(&map);
    return status;
}

static gaz_status read_mapping(struct imp_run *run)
{
    gaz_status status =
        run->options->profile ? read_profile(run) : read_file(run);
    if (status != GAZ_OK)
        return status;
    run->is_line = strcmp(run->mapping.entry, "line") == 0;
    run->crs_name = run->options->crs ? run->options->crs : run->mapping.crs;
    return GAZ_OK;
}

static bool has_positions(const struct imp_run *run)
{
    bool has_x = false;
    for (int i = 0; i < run->mapping.field_count; i++)
        has_x = has_x || (strcmp(run->mapping.fields[i].target, "x") == 0 &&
                          run->columns[i] != IMP_COLUMN_ABSENT);
    return has_x || run->reader->has_geometry;
}

static gaz_status open_crs(struct imp_run *run)
{
    struct gaz_ctx *ctx = run->file_ctx;
    if (!has_positions(run)) {
        run->crs_name = NULL;
        return GAZ_OK;
    }
    if (run->crs_name && strcmp(run->crs_name, "file") == 0) {
        run->crs_name = run->reader->crs;
        if (!run->crs_name)
            return gaz_fail(ctx, GAZ_INVALID,
                            "'%s' does not say its coordinate system by an "
                            "EPSG code: name it, such as \"crs\": "
                            "\"EPSG:4549\"",
                            imp_run_file(run));
    }
    return gaz_crs_open(ctx, run->crs_name, &run->crs);
}

static void name_reject_file(struct imp_run *run)
{
    const char *path = run->options->path;
    const char *slash = strrchr(path, '/');
    run->report.reject_path =
        gaz_arena_strdup(&run->file_ctx->arena, run->options->reject_path);
    if (!run->report.reject_path)
        run->report.reject_path = gaz_arena_printf(
            &run->file_ctx->arena, "%s.rejects.csv", slash ? slash + 1 : path);
    run->reject = imp_reject_open(run->report.reject_path, imp_run_file(run));
}

static gaz_status open_run(struct imp_run *run)
{
    struct gaz_ctx *ctx = run->file_ctx;
    gaz_status status = read_mapping(run);
    if (status == GAZ_OK)
        status = imp_open_reader(ctx, run->options->path, &run->mapping,
                                 &run->reader);
    if (status == GAZ_OK)
        status = imp_row_bind(run);
    if (status == GAZ_OK)
        status = open_crs(run);
    if (status == GAZ_OK)
        status = gaz_geometry_open(ctx, &run->geometry);
    if (status == GAZ_OK)
        status = gaz_standardiser_open(ctx, NULL, &run->standardiser);
    if (status == GAZ_OK)
        name_reject_file(run);
    return status;
}

static void close_run(struct imp_run *run)
{
    imp_profile_forget(&run->seen);
    imp_reject_close(run->reject);
    gaz_standardiser_close(run->standardiser);
    gaz_geometry_close(run->geometry);
    gaz_crs_close(run->crs);
    imp_reader_close(run->reader);
    gaz_ctx_close(&run->row);
}

gaz_status imp_pipeline_run(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct imp_options *options,
                            struct imp_report *out)
{
    struct imp_run run = {
        .file_ctx = ctx,
        .store = store,
        .options = options,
    };
    gaz_status status = open_run(&run);
    if (status == GAZ_OK) {
        status = import_file(&run);
        if (status != GAZ_OK)
            status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&run.row));
    }
    if (status == GAZ_OK)
        *out = run.report;
    close_run(&run);
    return status;
}
