/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/secrecy.h"

#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

enum { ROOM = 64 }; /* rows at first */

gaz_status gaz_secrecy_closed(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_closed *out)
{
    struct gaz_stmt *stmt;
    size_t count = 0;
    size_t room = ROOM;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db, "SELECT id FROM closed ORDER BY id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_id *ids = gaz_arena_array(&ctx->arena, room, sizeof(*ids));
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        if (count == room) {
            ids = gaz_arena_grow(&ctx->arena, ids, room * sizeof(*ids),
                                 2 * room * sizeof(*ids));
            room *= 2;
        }
        ids[count++] = gaz_sqlite_id(stmt, 0);
    }
    gaz_sqlite_drop(stmt);
    *out = (struct gaz_closed){.ids = ids, .count = count};
    return status == GAZ_END ? GAZ_OK : status;
}

bool gaz_secrecy_has(const struct gaz_closed *closed, gaz_id id)
{
    size_t low = 0;
    size_t high = closed->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (closed->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < closed->count && closed->ids[low] == id;
}

/* Whether a query with :id has a row. */
static gaz_status has_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *sql, gaz_id id, bool *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(ctx, store->db, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    *out = status == GAZ_OK;
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_secrecy_is_closed(struct gaz_ctx *ctx, struct gaz_store *store,
                                 gaz_id id, bool *out)
{
    return has_row(ctx, store, "SELECT 1 FROM closed WHERE id = :id", id, out);
}

gaz_status gaz_secrecy_raise(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id about, gaz_grade grade, int64_t record)
{
    struct gaz_stmt *stmt;
    if (grade == GAZ_GRADE_PUBLIC)
        return GAZ_OK;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_RAISE_GRADE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":about", about);
    gaz_sqlite_bind_int(stmt, ":grade", grade);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record);
    return gaz_sqlite_run(ctx, stmt);
}

gaz_status gaz_secrecy_set(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id about, gaz_grade grade, const char *why)
{
    struct gaz_stmt *stmt;
    bool is_there = false;
    char text[GAZ_ID_TEXT_BYTES];
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = has_row(ctx, store,
                         "SELECT 1 FROM place WHERE id = :id"
                         " UNION SELECT 1 FROM address WHERE id = :id"
                         " UNION SELECT 1 FROM secrecy WHERE about = :id",
                         about, &is_there);
    if (status == GAZ_OK && !is_there)
        status =
            gaz_fail(ctx, GAZ_NOT_FOUND, "no place or address with id '%s'",
                     gaz_id_write(about, text));
    if (status == GAZ_OK)
        status = gaz_sqlite_prepare(
            ctx, store->db,
            "INSERT INTO secrecy (about, grade, why)"
            " VALUES (:about, :grade, :why)"
            " ON CONFLICT (about) DO UPDATE SET grade = excluded.grade,"
            "  why = excluded.why WHERE grade <> excluded.grade",
            &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":about", about);
    gaz_sqlite_bind_int(stmt, ":grade", grade);
    gaz_sqlite_bind_text(stmt, ":why", why);
    status = gaz_sqlite_step(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_secrecy_list(struct gaz_ctx *ctx, struct gaz_store *store,
                            struct gaz_secrecy_rows *out)
{
    struct gaz_stmt *stmt;
    size_t count = 0;
    size_t room = ROOM;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT s.about, s.grade, COALESCE(n.text, a.text), s.why"
        " FROM secrecy s"
        " LEFT JOIN name n ON n.place = s.about AND n.ordinal = 0"
        " LEFT JOIN address a ON a.id = s.about"
        " WHERE s.grade > 0 ORDER BY s.about",
        &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_secrecy_row *rows =
        gaz_arena_array(&ctx->arena, room, sizeof(*rows));
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        if (count == room) {
            rows = gaz_arena_grow(&ctx->arena, rows, room * sizeof(*rows),
                                  2 * room * sizeof(*rows));
            room *= 2;
        }
        rows[count++] = (struct gaz_secrecy_row){
            .about = gaz_sqlite_id(stmt, 0),
            .grade = (gaz_grade)gaz_sqlite_int(stmt, 1),
            .label = gaz_sqlite_text(ctx, stmt, 2),
            .why = gaz_sqlite_text(ctx, stmt, 3)};
    }
    gaz_sqlite_drop(stmt);
    *out = (struct gaz_secrecy_rows){.items = rows, .count = count};
    return status == GAZ_END ? GAZ_OK : status;
}
