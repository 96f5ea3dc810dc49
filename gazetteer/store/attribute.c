/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/attribute.h"

#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

static gaz_status put_one(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_attribute_owner *owner,
                          const struct gaz_attribute *attribute)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_ATTRIBUTE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":about", owner->about);
    gaz_sqlite_bind_text(stmt, ":name", gaz_attribute_name(attribute->kind));
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)owner->source);
    gaz_sqlite_bind_text(stmt, ":value", attribute->value);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)owner->record);
    return gaz_sqlite_run(ctx, stmt);
}

/* A place is found by its 20-digit code as it is by that of its division. */
static gaz_status put_toponym_code(struct gaz_ctx *ctx, struct gaz_store *store,
                                   gaz_id place, const char *code)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_CODE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", place);
    gaz_sqlite_bind_text(stmt, ":scheme", "toponym");
    gaz_sqlite_bind_text(stmt, ":value", code);
    gaz_sqlite_bind_int(stmt, ":valid_from", GAZ_DATE_OPEN);
    gaz_sqlite_bind_int(stmt, ":valid_to", GAZ_DATE_OPEN);
    return gaz_sqlite_run(ctx, stmt);
}

gaz_status gaz_attribute_put(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_attribute_owner *owner,
                             const struct gaz_attribute *items, int count)
{
    gaz_status status = gaz_store_writing(ctx, store);
    for (int i = 0; status == GAZ_OK && i < count; i++) {
        status = put_one(ctx, store, owner, &items[i]);
        if (status == GAZ_OK && items[i].kind == GAZ_ATTRIBUTE_TOPONYM_CODE)
            status = put_toponym_code(ctx, store, owner->about, items[i].value);
    }
    return status;
}

gaz_status gaz_attribute_address_of_code(struct gaz_ctx *ctx,
                                         struct gaz_store *store,
                                         const char *code, gaz_id *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_ADDRESS_OF_CODE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":code", code);
    status = gaz_sqlite_step(ctx, stmt);
    gaz_id id = status == GAZ_OK ? gaz_sqlite_id(stmt, 0) : 0;
    gaz_sqlite_reset(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = id;
    return GAZ_OK;
}

gaz_status gaz_scan_next_attribute(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                   struct gaz_attribute_row *out)
{
    const struct gaz_stmt *row = gaz_scan_row(scan, GAZ_SCAN_ATTRIBUTES);
    for (;;) {
        gaz_status status = gaz_scan_step(ctx, scan);
        if (status != GAZ_OK)
            return status;
        struct gaz_attribute_row found = {
            .about = gaz_sqlite_id(row, 0),
            .source = gaz_sqlite_int(row, 3),
            .attribute.value = gaz_sqlite_text(ctx, row, 2),
        };
        /* A name of a later version of this program is not ours to judge. */
        if (!gaz_attribute_find(gaz_sqlite_text(ctx, row, 1),
                                &found.attribute.kind))
            continue;
        *out = found;
        return GAZ_OK;
    }
}

/* ---- imports ---- */

gaz_status gaz_import_newest_record(struct gaz_ctx *ctx,
                                    struct gaz_store *store, int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_NEWEST_RECORD, &stmt);
    if (status != GAZ_OK)
        return status;
    status = gaz_sqlite_step(ctx, stmt);
    int64_t id = status == GAZ_OK ? gaz_sqlite_int(stmt, 0) : 0;
    gaz_sqlite_reset(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = id;
    return GAZ_OK;
}

gaz_status gaz_import_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_import_row **out, int *count)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db, GAZ_SQL[GAZ_SQL_SCAN_IMPORTS], &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_import_row *items =
        gaz_arena_array(&ctx->arena, GAZ_IMPORTS_MAX, sizeof(*items));
    int n = 0;
    while (n < GAZ_IMPORTS_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[n++] = (struct gaz_import_row){
            .id = gaz_sqlite_int(stmt, 0),
            .at = gaz_sqlite_text(ctx, stmt, 1),
            .source_key = gaz_sqlite_text(ctx, stmt, 2),
            .first_record = gaz_sqlite_int(stmt, 8),
            .last_record = gaz_sqlite_int(stmt, 9),
            .log = {.source = gaz_sqlite_int(stmt, 10),
                    .file = gaz_sqlite_text(ctx, stmt, 3),
                    .read = gaz_sqlite_int(stmt, 4),
                    .stored = gaz_sqlite_int(stmt, 5),
                    .merged = gaz_sqlite_int(stmt, 6),
                    .rejected = gaz_sqlite_int(stmt, 7)},
        };
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = n;
    return GAZ_OK;
}

gaz_status gaz_import_brought(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_import_row *import,
                              const gaz_id **out, int *count)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_IMPORT_RECORDS, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_id *ids = NULL;
    int n = 0;
    int capacity = 0;
    gaz_sqlite_bind_int(stmt, ":first", import->first_record);
    gaz_sqlite_bind_int(stmt, ":last", import->last_record);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        if (n == capacity) {
            int bigger = capacity ? 2 * capacity : 256;
            ids = gaz_arena_grow(&ctx->arena, ids,
                                 (size_t)capacity * sizeof(*ids),
                                 (size_t)bigger * sizeof(*ids));
            capacity = bigger;
        }
        ids[n++] = gaz_sqlite_id(stmt, 0);
    }
    gaz_sqlite_reset(stmt);
    if (status != GAZ_END)
        return status;
    *out = ids;
    *count = n;
    return GAZ_OK;
}
