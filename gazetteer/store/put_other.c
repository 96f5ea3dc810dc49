/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

/* gaz_sqlite_use, inside begin and commit. */
static gaz_status use(struct gaz_ctx *ctx, struct gaz_store *store,
                      enum gaz_sql index, struct gaz_stmt **out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    return status == GAZ_OK ? gaz_sqlite_use(ctx, store->db, (int)index, out)
                            : status;
}

/* Steps once for one number; 0 without a row. */
static gaz_status one_id(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                         int64_t *out)
{
    gaz_status status = gaz_sqlite_step(ctx, stmt);
    *out = status == GAZ_OK ? gaz_sqlite_int(stmt, 0) : 0;
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_store_put_source(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_source *source, int64_t *out)
{
    if (!source->key || !*source->key)
        return gaz_fail(ctx, GAZ_INVALID, "a source without a key");
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_PUT_SOURCE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", source->key);
    gaz_sqlite_bind_text(stmt, ":title", source->title);
    gaz_sqlite_bind_text(stmt, ":origin", source->origin);
    gaz_sqlite_bind_text(stmt, ":edition", source->edition);
    gaz_sqlite_bind_text(stmt, ":licence", source->licence);
    gaz_sqlite_bind_text(stmt, ":credit", source->credit);
    gaz_sqlite_bind_text(stmt, ":url", source->url);
    gaz_sqlite_bind_text(stmt, ":grade", source->grade);
    status = gaz_sqlite_run(ctx, stmt);
    if (status == GAZ_OK)
        status = use(ctx, store, GAZ_SQL_SOURCE_ID, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", source->key);
    int64_t id;
    status = one_id(ctx, stmt, &id);
    if (status == GAZ_OK)
        *out = id;
    return status;
}

static gaz_status find_record(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t source, const char *key, int64_t hash,
                              int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_RECORD_ID, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":source", source);
    gaz_sqlite_bind_text(stmt, ":key", key);
    gaz_sqlite_bind_int(stmt, ":hash", hash);
    return one_id(ctx, stmt, out);
}

gaz_status gaz_store_put_record(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t source, const struct gaz_record *record,
                                int64_t *record_id, bool *is_new)
{
    const char *payload = record->verbatim ? record->verbatim : "";
    int64_t hash = (int64_t)gaz_text_hash(payload, strlen(payload));
    int64_t id;
    gaz_status status = find_record(ctx, store, source, record->key, hash, &id);
    if (status != GAZ_OK)
        return status;
    bool is_known = id != 0;
    if (!is_known) {
        struct gaz_stmt *stmt;
        status = use(ctx, store, GAZ_SQL_PUT_RECORD, &stmt);
        if (status != GAZ_OK)
            return status;
        gaz_sqlite_bind_int(stmt, ":source", source);
        gaz_sqlite_bind_text(stmt, ":key", record->key);
        gaz_sqlite_bind_int(stmt, ":hash", hash);
        gaz_sqlite_bind_int(stmt, ":kind", record->kind);
        gaz_sqlite_bind_text(stmt, ":file", record->file);
        gaz_sqlite_bind_int(stmt, ":line", record->line);
        gaz_sqlite_bind_text(stmt, ":payload", payload);
        status = gaz_sqlite_run(ctx, stmt);
        if (status != GAZ_OK)
            return status;
        id = gaz_sqlite_last_row(store->db);
    }
    *record_id = id;
    *is_new = !is_known;
    return GAZ_OK;
}

/* ---- claims ---- */

/* A record names its subject by a code or by the key of another record. */
static gaz_status claim_place(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_claim *claim)
{
    if (claim->place)
        return GAZ_OK;
    const char *subject = claim->subject ? claim->subject : "";
    gaz_status status = gaz_get_code_owner(ctx, store, subject, &claim->place);
    if (status == GAZ_OK && claim->place == 0)
        status = gaz_get_record_owner(ctx, store, subject, &claim->place);
    if (status == GAZ_OK && claim->place == 0)
        status = gaz_fail(ctx, GAZ_NOT_FOUND, "no place for the subject '%s'",
                          subject);
    return status;
}

static gaz_status claim_id(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_claim *claim, int64_t record_id,
                           int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_CLAIM_ID, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    gaz_sqlite_bind_id(stmt, ":place", claim->place);
    gaz_sqlite_bind_text(stmt, ":property", claim->property);
    gaz_sqlite_bind_text(stmt, ":value", claim->value);
    gaz_sqlite_bind_text(stmt, ":value_date", claim->value_date);
    gaz_sqlite_bind_text(stmt, ":source_title", claim->source_title);
    return one_id(ctx, stmt, out);
}

gaz_status gaz_store_put_claim(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_claim *claim, int64_t record_id)
{
    struct gaz_claim put = *claim;
    int64_t id;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK && (!claim->property || !claim->value))
        status =
            gaz_fail(ctx, GAZ_INVALID, "a claim without property or value");
    if (status == GAZ_OK)
        status = claim_place(ctx, store, &put);
    if (status == GAZ_OK)
        status = claim_id(ctx, store, &put, record_id, &id);
    struct gaz_stmt *stmt;
    if (status == GAZ_OK)
        status = use(ctx, store, GAZ_SQL_PUT_CLAIM, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", (gaz_id)id);
    gaz_sqlite_bind_id(stmt, ":place", put.place);
    gaz_sqlite_bind_text(stmt, ":subject", put.subject);
    gaz_sqlite_bind_text(stmt, ":property", put.property);
    gaz_sqlite_bind_text(stmt, ":value", put.value);
    gaz_sqlite_bind_text(stmt, ":value_date", put.value_date);
    gaz_sqlite_bind_text(stmt, ":source_title", put.source_title);
    gaz_sqlite_bind_text(stmt, ":source_url", put.source_url);
    gaz_sqlite_bind_text(stmt, ":grade", put.grade);
    gaz_sqlite_bind_int(stmt, ":is_preferred", put.is_preferred);
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)put.source);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    status = gaz_sqlite_run(ctx, stmt);
    if (status == GAZ_OK && id == 0)
        id = gaz_sqlite_last_row(store->db);
    if (status == GAZ_OK)
        status = gaz_heritage_note(ctx, store, &put, id);
    return status;
}

/* ---- changes ---- */

static gaz_status end_of(struct gaz_ctx *ctx, struct gaz_store *store,
                         const char *code, gaz_id *id)
{
    if (*id != 0 || !code || !*code)
        return GAZ_OK;
    return gaz_get_code_owner(ctx, store, code, id);
}

static gaz_status change_id(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_change *change, int64_t record_id,
                            int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_CHANGE_ID, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    gaz_sqlite_bind_int(stmt, ":kind", change->kind);
    gaz_sqlite_bind_int(stmt, ":date", change->date);
    gaz_sqlite_bind_id(stmt, ":from_place", change->from);
    gaz_sqlite_bind_id(stmt, ":to_place", change->to);
    gaz_sqlite_bind_text(stmt, ":from_code", change->from_code);
    gaz_sqlite_bind_text(stmt, ":to_code", change->to_code);
    return one_id(ctx, stmt, out);
}

gaz_status gaz_store_put_change(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_change *change,
                                int64_t record_id)
{
    struct gaz_change put = *change;
    int64_t id;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = end_of(ctx, store, put.from_code, &put.from);
    if (status == GAZ_OK)
        status = end_of(ctx, store, put.to_code, &put.to);
    if (status == GAZ_OK)
        status = change_id(ctx, store, &put, record_id, &id);
    struct gaz_stmt *stmt;
    if (status == GAZ_OK)
        status = use(ctx, store, GAZ_SQL_PUT_CHANGE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", (gaz_id)id);
    gaz_sqlite_bind_int(stmt, ":kind", put.kind);
    gaz_sqlite_bind_int(stmt, ":date", put.date);
    gaz_sqlite_bind_int(stmt, ":basis", put.basis);
    gaz_sqlite_bind_id(stmt, ":from_place", put.from);
    gaz_sqlite_bind_id(stmt, ":to_place", put.to);
    gaz_sqlite_bind_text(stmt, ":from_code", put.from_code);
    gaz_sqlite_bind_text(stmt, ":to_code", put.to_code);
    gaz_sqlite_bind_text(stmt, ":note", put.note);
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)put.source);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    return gaz_sqlite_run(ctx, stmt);
}

/* ---- lines, issues, the log ---- */

gaz_status gaz_store_put_line(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_line *line, const char *key,
                              int64_t record_id)
{
    struct gaz_stmt *stmt;
    const void *wkb = NULL;
    size_t size = 0;
    gaz_status status =
        gaz_put_points(ctx, line->points, line->point_count, &wkb, &size);
    if (status == GAZ_OK)
        status = use(ctx, store, GAZ_SQL_PUT_LINE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", key);
    gaz_sqlite_bind_text(stmt, ":name", line->name);
    gaz_sqlite_bind_text(stmt, ":code", line->code);
    gaz_sqlite_bind_int(stmt, ":kind", (int64_t)line->kind);
    gaz_sqlite_bind_int(stmt, ":level", line->level);
    gaz_sqlite_bind_int(stmt, ":is_schematic", line->is_schematic);
    gaz_sqlite_bind_int(stmt, ":is_synthetic", line->is_synthetic);
    gaz_sqlite_bind_id(stmt, ":left_place", line->left);
    gaz_sqlite_bind_id(stmt, ":right_place", line->right);
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)line->source);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    gaz_sqlite_bind_blob(stmt, ":wkb", wkb, size);
    return gaz_sqlite_run(ctx, stmt);
}

gaz_status gaz_store_put_issue(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t record_id, gaz_id about,
                               const struct gaz_issue *issue)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_PUT_ISSUE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    gaz_sqlite_bind_id(stmt, ":about", about);
    gaz_sqlite_bind_text(stmt, ":rule", issue->rule);
    gaz_sqlite_bind_int(stmt, ":severity", issue->severity);
    gaz_sqlite_bind_text(stmt, ":message", issue->message);
    gaz_sqlite_bind_text(stmt, ":message_en", issue->message_en);
    gaz_sqlite_bind_text(stmt, ":field", issue->column);
    gaz_sqlite_bind_text(stmt, ":evidence", issue->evidence);
    return gaz_sqlite_run(ctx, stmt);
}

gaz_status gaz_store_put_import(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_import_log *log)
{
    struct gaz_stmt *stmt;
    gaz_status status = use(ctx, store, GAZ_SQL_PUT_IMPORT, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)log->source);
    gaz_sqlite_bind_text(stmt, ":file", log->file);
    gaz_sqlite_bind_int(stmt, ":read", log->read);
    gaz_sqlite_bind_int(stmt, ":stored", log->stored);
    gaz_sqlite_bind_int(stmt, ":merged", log->merged);
    gaz_sqlite_bind_int(stmt, ":unchanged", log->unchanged);
    gaz_sqlite_bind_int(stmt, ":rejected", log->rejected);
    gaz_sqlite_bind_int(stmt, ":first_record", log->first_record);
    gaz_sqlite_bind_int(stmt, ":last_record", log->last_record);
    return gaz_sqlite_run(ctx, stmt);
}
