/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/trail.h"

#include <stdio.h>

#include "gazetteer/store/handle.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

gaz_status gaz_trail_put(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_trail_entry *entry)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db,
            "INSERT INTO audit (at, what, who, key, address, request, method,"
            "  path, status, times, detail) VALUES (COALESCE(:at,"
            "  strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), :what, :who, :key,"
            "  :address, :request, :method, :path, :status, :times, :detail)",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":at", entry->at);
    gaz_sqlite_bind_text(stmt, ":what", entry->what);
    gaz_sqlite_bind_text(stmt, ":who", or_empty(entry->who));
    gaz_sqlite_bind_text(stmt, ":key", or_empty(entry->key));
    gaz_sqlite_bind_text(stmt, ":address", or_empty(entry->address));
    gaz_sqlite_bind_text(stmt, ":request", or_empty(entry->request));
    gaz_sqlite_bind_text(stmt, ":method", or_empty(entry->method));
    gaz_sqlite_bind_text(stmt, ":path", or_empty(entry->path));
    gaz_sqlite_bind_int(stmt, ":status", entry->status);
    gaz_sqlite_bind_int(stmt, ":times", entry->times > 0 ? entry->times : 1);
    gaz_sqlite_bind_text(stmt, ":detail", entry->detail);
    status = gaz_sqlite_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static struct gaz_trail_entry read_row(struct gaz_ctx *ctx,
                                       const struct gaz_stmt *row)
{
    return (struct gaz_trail_entry){
        .id = gaz_sqlite_int(row, 0),
        .at = gaz_sqlite_text(ctx, row, 1),
        .what = gaz_sqlite_text(ctx, row, 2),
        .who = gaz_sqlite_text(ctx, row, 3),
        .key = gaz_sqlite_text(ctx, row, 4),
        .address = gaz_sqlite_text(ctx, row, 5),
        .request = gaz_sqlite_text(ctx, row, 6),
        .method = gaz_sqlite_text(ctx, row, 7),
        .path = gaz_sqlite_text(ctx, row, 8),
        .status = (int)gaz_sqlite_int(row, 9),
        .times = gaz_sqlite_int(row, 10),
        .detail = gaz_sqlite_text(ctx, row, 11),
    };
}

gaz_status gaz_trail_list(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_trail_query *query,
                          struct gaz_trail *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT * FROM (SELECT id, at, what, who, key, address, request,"
        "  method, path, status, times, detail FROM audit WHERE id > :after"
        "  AND (:since IS NULL OR at >= :since)"
        "  AND (:until IS NULL OR at <= :until)"
        "  AND (:who IS NULL OR who = :who OR key = :who)"
        "  AND (:what IS NULL OR what = :what) ORDER BY id DESC"
        "  LIMIT :limit) ORDER BY id",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":after", query->after);
    gaz_sqlite_bind_text(stmt, ":since", query->since);
    gaz_sqlite_bind_text(stmt, ":until", query->until);
    gaz_sqlite_bind_text(stmt, ":who", query->who);
    gaz_sqlite_bind_text(stmt, ":what", query->what);
    gaz_sqlite_bind_int(stmt, ":limit", query->limit);
    struct gaz_trail_entry *items = NULL;
    size_t count = 0;
    size_t room = 0;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        if (count == room) {
            const size_t bigger = room > 0 ? room * 2 : 64;
            items = gaz_arena_grow(&ctx->arena, items, room * sizeof(*items),
                                   bigger * sizeof(*items));
            room = bigger;
        }
        items[count++] = read_row(ctx, stmt);
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_END)
        return status;
    *out = (struct gaz_trail){.items = items, .count = (int)count};
    return GAZ_OK;
}

gaz_status gaz_trail_add_use(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_trail_use *use, int64_t *total)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db,
            "INSERT INTO key_use (key, day, used) VALUES (:key, :day, :used)"
            " ON CONFLICT (key, day) DO UPDATE SET used = used + :used"
            " RETURNING used",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", use->key);
    gaz_sqlite_bind_int(stmt, ":day", use->day);
    gaz_sqlite_bind_int(stmt, ":used", use->used);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *total = gaz_sqlite_int(stmt, 0);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_trail_uses(struct gaz_ctx *ctx, struct gaz_store *store,
                          int32_t day, struct gaz_trail_use **out, int *count)
{
    struct gaz_stmt *stmt;
    int64_t rows = 0;
    gaz_status status = gaz_sqlite_number(
        ctx, store->db, "SELECT COUNT(*) FROM key_use", &rows);
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db, "SELECT key, used FROM key_use WHERE day = :day",
            &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_trail_use *items =
        gaz_arena_array(&ctx->arena, (size_t)rows + 1, sizeof(*items));
    int found = 0;
    gaz_sqlite_bind_int(stmt, ":day", day);
    while (found < (int)rows &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        (void)snprintf(items[found].key, sizeof(items[found].key), "%s",
                       or_empty(gaz_sqlite_text(ctx, stmt, 0)));
        items[found].day = day;
        items[found++].used = gaz_sqlite_int(stmt, 1);
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = found;
    return GAZ_OK;
}
