/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/feed.h"

#include "gazetteer/store/handle.h"

/* What an entry names beside what it is about, before or after. */
#define NAMES_CLOSED(column)                                                   \
    "EXISTS (SELECT 1 FROM json_each(" column ") m WHERE m.key IN"             \
    " ('parent', 'place', 'from_place', 'to_place', 'kept', 'merged')"         \
    " AND m.value IN shut)"

/* Who may be told (gaz_feed_secrecy). An address that has left a closed road
 * was counted in it before: so the ids that the values name are looked at as
 * well as what the entry is about. A grade is told to those who have seen what
 * it is about. */
#define SECRECY                                                                \
    "CASE WHEN tab = 'secrecy' THEN"                                           \
    " CASE WHEN about NOT IN shut THEN 2"                                      \
    "  WHEN COALESCE(json_extract(before, '$.grade'), 0) = 0"                  \
    "   AND EXISTS (SELECT 1 FROM journal e WHERE e.about = j.about"           \
    "    AND e.tab IN ('place', 'address') AND e.seq < j.seq) THEN 2"          \
    "  ELSE 1 END"                                                             \
    " WHEN NOT EXISTS (SELECT 1 FROM shut) THEN 0"                             \
    " WHEN about IN shut OR " NAMES_CLOSED(                                    \
        "after") " THEN 1"                                                     \
                 " WHEN NOT " NAMES_CLOSED(                                    \
                     "before") " THEN 0"                                       \
                               " WHEN op = 'D' THEN 1 ELSE 3 END"

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
        .secrecy = (gaz_feed_secrecy)gaz_sqlite_int(stmt, 8),
    };
}

gaz_status gaz_store_feed(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t since, int limit, struct gaz_feed *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "WITH shut (id) AS MATERIALIZED (SELECT id FROM closed)"
        " SELECT seq, at, tab, row, op, about, before, after, " SECRECY
        " FROM journal j WHERE seq > :since ORDER BY seq LIMIT :limit",
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
