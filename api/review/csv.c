/* SPDX-License-Identifier: Apache-2.0 */
/* csv.c - decisions as CSV, for a township that works offline. */
#include <string.h>

#include "api/represent.h"
#include "api/review/fields.h"
#include "api/review/review.h"
#include "gazetteer/base/text.h"
#include "gazetteer/quality/rule.h"
#include "importers/csv.h"

enum { VERSION_MAX = 1000000, ROWS_FIRST = 16 };

/* ---- export ---- */

static void cell(struct gaz_buffer *out, const char *text, char end)
{
    api_represent_csv_cell(out, text ? text : "", true);
    gaz_buffer_char(out, end);
}

/* Three cells: id, name and code; empty without a record. */
static void write_record(struct gaz_store *store, gaz_id id,
                         struct gaz_buffer *out)
{
    struct gaz_ctx quiet = {.failure = ""}; /* it may be gone: fine */
    struct api_record record;
    char text[GAZ_ID_TEXT_BYTES] = "";
    bool is_there = id && api_fields_load(&quiet, store, id, &record) == GAZ_OK;
    if (id)
        (void)gaz_id_write(id, text);
    cell(out, text, ',');
    cell(out, is_there ? api_fields_name(&record) : "", ',');
    cell(out, is_there && !record.is_address ? record.place.code : "", ',');
    gaz_ctx_close(&quiet);
}

static void write_review(struct gaz_store *store, const struct gaz_review *r,
                         struct gaz_buffer *out)
{
    gaz_buffer_printf(out, "%lld,%d,%s,%s,%s,", (long long)r->id, r->version,
                      r->kind, r->rule, gaz_severity_name(r->severity));
    if (strcmp(r->kind, "merge") == 0)
        gaz_buffer_printf(out, "%.4f", r->score);
    gaz_buffer_char(out, ',');
    write_record(store, r->about, out);
    write_record(store, r->other, out);
    cell(out, r->zh, ',');
    cell(out, r->fix, ',');
    cell(out, r->state, ',');
    gaz_buffer_text(out, ",,,"); /* action, field, value: to be filled in */
    cell(out, r->who, ',');
    cell(out, r->why, '\n');
}

gaz_status api_review_export(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_filter *filter,
                             struct gaz_buffer *out)
{
    struct gaz_reviews reviews;
    gaz_status status = gaz_review_list(ctx, store, filter, &reviews);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_text(out,
                    "id,version,kind,rule,severity,score,a,a_name,a_code,b,"
                    "b_name,b_code,message,fix,state,action,field,value,who,"
                    "why\n");
    for (int i = 0; i < reviews.count; i++)
        write_review(store, &reviews.items[i], out);
    return out->full ? gaz_fail(ctx, GAZ_LIMIT, "more than %zu bytes to write",
                                out->max)
                     : GAZ_OK;
}

/* ---- import ---- */

static const char *value(const struct imp_row *r, const char *column)
{
    for (int i = 0; i < r->count; i++)
        if (strcmp(r->columns[i], column) == 0)
            return r->values[i];
    return "";
}

static const char *given(const char *text)
{
    return *text ? text : NULL;
}

/* Over HTTP the key answers for the row, so both are told. */
static const char *who_of(struct gaz_ctx *ctx, const struct imp_row *r,
                          const struct api_review_sheet *sheet)
{
    const char *by = value(r, "who");
    if (!*by)
        return sheet->who;
    return sheet->key
               ? gaz_arena_printf(&ctx->arena, "%s（%s）", by, sheet->who)
               : by;
}

static gaz_status decide(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct imp_row *r,
                         const struct api_review_sheet *sheet)
{
    struct api_review_outcome outcome;
    int64_t id;
    int64_t version;
    if (r->error)
        return gaz_fail(ctx, GAZ_INVALID, "%s", r->error);
    if (!gaz_text_parse_int(value(r, "id"), &id) || id < 1)
        return gaz_fail(ctx, GAZ_INVALID, "id '%.20s' is no number",
                        value(r, "id"));
    if (!gaz_text_parse_int(value(r, "version"), &version) || version < 1 ||
        version > VERSION_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "version '%.20s' is no number",
                        value(r, "version"));
    const char *field = given(value(r, "field"));
    const struct gaz_review_step step = {.id = id,
                                         .version = (int)version,
                                         .action = value(r, "action"),
                                         .who = who_of(ctx, r, sheet),
                                         .key = sheet->key,
                                         .hides_closed = sheet->hides_closed,
                                         .why = given(value(r, "why")),
                                         .field = field,
                                         .value =
                                             field ? value(r, "value") : NULL};
    return api_review_decide(ctx, store, &step, &outcome);
}

static void note_refused(struct gaz_ctx *ctx, const struct imp_row *r,
                         const char *why, struct api_review_counts *counts)
{
    int n = counts->refused++;
    if (n == 0 || (n >= ROWS_FIRST && (n & (n - 1)) == 0)) {
        size_t room = (size_t)(n < ROWS_FIRST ? ROWS_FIRST : 2 * n);
        counts->rows = gaz_arena_grow(&ctx->arena, counts->rows,
                                      (size_t)n * sizeof(*counts->rows),
                                      room * sizeof(*counts->rows));
    }
    counts->rows[n] = (struct api_review_row){
        .line = r->line, .why = gaz_arena_strdup(&ctx->arena, why)};
    if (!r->error && !gaz_text_parse_int(value(r, "id"), &counts->rows[n].id))
        counts->rows[n].id = 0;
}

static gaz_status take_row(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct imp_row *r,
                           const struct api_review_sheet *sheet,
                           struct api_review_counts *counts)
{
    struct gaz_ctx own = {.failure = ""}; /* of this row */
    gaz_status status = GAZ_OK;
    if (!r->error && !*value(r, "action")) {
        counts->empty++;
    } else if ((status = decide(&own, store, r, sheet)) == GAZ_OK) {
        counts->done++;
    } else {
        note_refused(ctx, r, gaz_ctx_failure(&own), counts);
    }
    if (status == GAZ_IO || status == GAZ_DB)
        status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&own));
    else
        status = GAZ_OK;
    gaz_ctx_close(&own);
    return status;
}

static gaz_status refuse_columns(struct gaz_ctx *ctx, const char *name,
                                 const struct imp_reader *reader)
{
    static const char *const WANTED[] = {"id", "version", "action", "who",
                                         "why"};
    for (size_t i = 0; i < sizeof(WANTED) / sizeof(WANTED[0]); i++) {
        bool found = false;
        for (int k = 0; k < reader->column_count; k++)
            found = found || strcmp(reader->columns[k], WANTED[i]) == 0;
        if (!found)
            return gaz_fail(ctx, GAZ_INVALID, "%s:1: no column '%s'", name,
                            WANTED[i]);
    }
    return GAZ_OK;
}

gaz_status api_review_import(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct api_review_sheet *sheet,
                             struct api_review_counts *out)
{
    struct imp_reader *reader = NULL;
    struct gaz_ctx row_ctx = {.failure = ""};
    gaz_status status = sheet->data
                            ? imp_csv_open_bytes(ctx, sheet->name, sheet->data,
                                                 sheet->size, ',', &reader)
                            : imp_csv_open(ctx, sheet->name, ',', &reader);
    if (status != GAZ_OK)
        return status;
    *out = (struct api_review_counts){0};
    status = refuse_columns(ctx, sheet->name, reader);
    while (status == GAZ_OK) {
        struct imp_row r;
        gaz_ctx_next(&row_ctx);
        status = imp_reader_next(&row_ctx, reader, &r);
        if (status == GAZ_OK)
            status = take_row(ctx, store, &r, sheet, out);
        else if (status != GAZ_END)
            status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&row_ctx));
    }
    imp_reader_close(reader);
    gaz_ctx_close(&row_ctx);
    return status == GAZ_END ? GAZ_OK : status;
}
