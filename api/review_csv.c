/* SPDX-License-Identifier: Apache-2.0 */
/* review_csv.c - decisions as CSV, for a township that works offline. */
#include <stdio.h>
#include <string.h>

#include "api/review.h"
#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"
#include "importers/csv.h"

enum { EXPORT_MAX_BYTES = 1 << 28, VERSION_MAX = 1000000 };

/* ---- export ---- */

static void field(struct gaz_buffer *out, const char *text, char end)
{
    text = text ? text : "";
    bool quotes = strpbrk(text, ",\"\r\n") != NULL;
    if (quotes)
        gaz_buffer_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            gaz_buffer_char(out, '"');
        gaz_buffer_char(out, *text);
    }
    if (quotes)
        gaz_buffer_char(out, '"');
    gaz_buffer_char(out, end);
}

static void place(struct gaz_store *store, gaz_id id, struct gaz_buffer *out)
{
    struct gaz_place found = {.name_count = 0};
    char text[GAZ_ID_TEXT_BYTES] = "";
    struct gaz_ctx quiet = {.failure = ""}; /* an address is no place: fine */
    if (id)
        (void)gaz_id_write(id, text);
    gaz_status status =
        id ? gaz_store_place(&quiet, store, id, &found) : GAZ_OK;
    bool named = status == GAZ_OK && found.name_count > 0;
    field(out, text, ',');
    field(out, named ? found.names[0].text : "", ',');
    field(out, named ? found.code : "", ',');
    gaz_ctx_close(&quiet);
}

static void row(struct gaz_store *store, const struct gaz_review *r,
                struct gaz_buffer *out)
{
    bool is_merge = strcmp(r->kind, "merge") == 0;
    gaz_buffer_printf(out, "%lld,%d,%s,%s,", (long long)r->id, r->version,
                      r->kind, r->rule);
    if (is_merge)
        gaz_buffer_printf(out, "%.4f", r->score);
    gaz_buffer_char(out, ',');
    place(store, is_merge ? r->a : r->about, out);
    place(store, is_merge ? r->b : 0, out);
    field(out, r->zh, ',');
    field(out, r->state, ',');
    gaz_buffer_text(out, ","); /* action: for the township to fill in */
    field(out, r->who, ',');
    field(out, r->why, '\n');
}

gaz_status api_review_export(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *state)
{
    struct gaz_reviews reviews;
    struct gaz_buffer out;
    gaz_status status = gaz_review_list(ctx, store, state, &reviews);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&out, EXPORT_MAX_BYTES);
    gaz_buffer_text(&out, "id,version,kind,rule,score,a,a_name,a_code,b,b_name,"
                          "b_code,message,state,action,who,why\n");
    for (int i = 0; i < reviews.count; i++)
        row(store, &reviews.items[i], &out);
    if (out.full)
        status = gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                          EXPORT_MAX_BYTES);
    else
        (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return status;
}

/* ---- import ---- */

static const char *value(const struct imp_row *r, const char *column)
{
    for (int i = 0; i < r->count; i++)
        if (strcmp(r->columns[i], column) == 0)
            return r->values[i];
    return "";
}

static gaz_status decide(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct imp_row *r, const char *who)
{
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
    const char *by = value(r, "who");
    const struct gaz_review_step step = {
        .id = id,
        .version = (int)version,
        .action = value(r, "action"),
        .who = *by ? by : who,
        .why = *value(r, "why") ? value(r, "why") : NULL};
    return api_review_decide(ctx, store, &step);
}

static gaz_status take_row(struct gaz_store *store, const char *path,
                           const struct imp_row *r, const char *who,
                           struct api_review_counts *counts)
{
    struct gaz_ctx ctx = {.failure = ""}; /* of this row */
    gaz_status status = GAZ_OK;
    if (!r->error && !*value(r, "action")) {
        counts->empty++;
    } else if ((status = decide(&ctx, store, r, who)) == GAZ_OK) {
        counts->done++;
    } else {
        (void)fprintf(stderr, "%s:%lld: %s\n", path, (long long)r->line,
                      gaz_ctx_failure(&ctx));
        counts->refused++;
    }
    gaz_ctx_close(&ctx);
    return status == GAZ_IO || status == GAZ_DB ? status : GAZ_OK;
}

static gaz_status refuse_columns(struct gaz_ctx *ctx, const char *path,
                                 const struct imp_reader *reader)
{
    static const char *const WANTED[] = {"id", "version", "action", "who",
                                         "why"};
    for (size_t i = 0; i < sizeof(WANTED) / sizeof(WANTED[0]); i++) {
        bool found = false;
        for (int k = 0; k < reader->column_count; k++)
            found = found || strcmp(reader->columns[k], WANTED[i]) == 0;
        if (!found)
            return gaz_fail(ctx, GAZ_INVALID, "%s:1: no column '%s'", path,
                            WANTED[i]);
    }
    return GAZ_OK;
}

gaz_status api_review_import(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *path, const char *who,
                             struct api_review_counts *out)
{
    struct imp_reader *reader = NULL;
    struct gaz_ctx row_ctx = {.failure = ""};
    gaz_status status = imp_csv_open(ctx, path, ',', &reader);
    if (status != GAZ_OK)
        return status;
    *out = (struct api_review_counts){0};
    status = refuse_columns(ctx, path, reader);
    while (status == GAZ_OK) {
        struct imp_row r;
        gaz_ctx_next(&row_ctx);
        status = imp_reader_next(&row_ctx, reader, &r);
        if (status == GAZ_OK)
            status = take_row(store, path, &r, who, out);
        else if (status != GAZ_END)
            status = gaz_fail(ctx, status, "%s", gaz_ctx_failure(&row_ctx));
    }
    imp_reader_close(reader);
    gaz_ctx_close(&row_ctx);
    return status == GAZ_END ? GAZ_OK : status;
}
