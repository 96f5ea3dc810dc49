/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/feed.h"

#include "gazetteer/store/handle.h"

static void read_row(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                     struct gaz_journal_entry *out)
{
    const char *op = gaz_sqlite_text(ctx, stmt, 4);
    *out = (struct gaz_journal_entry){
        .seq = gaz_sqlite_int(stmt, 0),
        .at = gaz_sqlite_text(ctx, stmt, 1),
        .table = gaz_sqlite_text(ctx, stmt, 2),
        .row = gaz_sqlite_int(stmt, 3),
        .op = op ? op[0] : '?',
        .about = gaz_sqlite_id(stmt, 5),
        .before = gaz_sqlite_text(ctx, stmt, 6),
        .after = gaz_sqlite_text(ctx, stmt, 7),
    };
}

gaz_status gaz_store_feed(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t since, int limit, struct gaz_feed *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT seq, at, tab, row, op, about, before, after FROM journal"
        " WHERE seq > :since ORDER BY seq LIMIT :limit",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":since", since);
    gaz_sqlite_bind_int(stmt, ":limit", limit + 1); /* one more: is there any */
    struct gaz_journal_entry *items =
        gaz_arena_array(&ctx->arena, (size_t)limit + 1, sizeof(*items));
    int count = 0;
    while (count <= limit && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        read_row(ctx, stmt, &items[count++]);
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = (struct gaz_feed){.items = items,
                             .count = count < limit ? count : limit,
                             .has_more = count > limit};
    return GAZ_OK;
}
