/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/merge.h"

#include <string.h>

#include "gazetteer/store/handle.h"

/* Every table that a merge may touch, its key, which rows of it, and how they
 * go over to the kept place. In the order of the foreign keys. */
static const struct table {
    const char *name;
    const char *key;
    const char *rows;
    const char *move; /* NULL: the rows go with the merged place */
} TABLES[] = {
    {"place", "id", "id IN (:kept, :merged) OR parent IN (:kept, :merged)",
     "UPDATE place SET parent = :kept WHERE parent = :merged"},
    {"division", "place", "place IN (:kept, :merged)", NULL},
    {"name", "id", "place IN (:kept, :merged)", NULL},
    {"place_code", "id", "place IN (:kept, :merged)",
     "UPDATE OR IGNORE place_code SET place = :kept WHERE place = :merged"},
    {"place_area", "place", "place IN (:kept, :merged)", NULL},
    {"numbering", "place", "place IN (:kept, :merged)", NULL},
    {"address", "id", "parent IN (:kept, :merged) OR place IN (:kept, :merged)",
     "UPDATE address SET parent = iif(parent = :merged, :kept, parent),"
     " place = iif(place = :merged, :kept, place)"
     " WHERE parent = :merged OR place = :merged"},
    {"claim", "id", "place IN (:kept, :merged)",
     "UPDATE claim SET place = :kept WHERE place = :merged"},
    {"heritage", "place", "place IN (:kept, :merged)",
     "UPDATE OR IGNORE heritage SET place = :kept WHERE place = :merged"},
    {"change", "id",
     "from_place IN (:kept, :merged) OR to_place IN (:kept, :merged)",
     "UPDATE change SET"
     " from_place = iif(from_place = :merged, :kept, from_place),"
     " to_place = iif(to_place = :merged, :kept, to_place)"
     " WHERE from_place = :merged OR to_place = :merged"},
    {"line", "id",
     "left_place IN (:kept, :merged) OR right_place IN (:kept, :merged)",
     "UPDATE line SET"
     " left_place = iif(left_place = :merged, :kept, left_place),"
     " right_place = iif(right_place = :merged, :kept, right_place)"
     " WHERE left_place = :merged OR right_place = :merged"},
    {"record", "id", "about IN (:kept, :merged)",
     "UPDATE record SET about = :kept WHERE about = :merged"},
    {"issue", "id", "about IN (:kept, :merged)",
     "UPDATE issue SET about = :kept WHERE about = :merged"},
    {"redirect", "merged", "kept IN (:kept, :merged)",
     "UPDATE redirect SET kept = :kept WHERE kept = :merged"},
};

enum { TABLE_COUNT = sizeof(TABLES) / sizeof(TABLES[0]), COLUMNS_MAX = 64 };

/* What the statements of one merge or undo bind. */
struct work {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    int64_t decision;
    gaz_id kept;
    gaz_id merged;
};

struct columns {
    const char *items[COLUMNS_MAX];
    int count;
};

/* A statement that is made of names of our own tables; its numbers are bound.
 * With `out` it gives one number. */
static gaz_status run(const struct work *w, const char *sql, int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(w->ctx, w->store->db, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    if (strstr(sql, ":decision"))
        gaz_sqlite_bind_int(stmt, ":decision", w->decision);
    if (strstr(sql, ":kept"))
        gaz_sqlite_bind_id(stmt, ":kept", w->kept);
    if (strstr(sql, ":merged"))
        gaz_sqlite_bind_id(stmt, ":merged", w->merged);
    status = gaz_sqlite_step(w->ctx, stmt);
    if (status == GAZ_OK && out)
        *out = gaz_sqlite_int(stmt, 0);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END && !out ? GAZ_OK : status;
}

static gaz_status columns_of(const struct work *w, const char *table,
                             struct columns *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_prepare(w->ctx, w->store->db,
                           "SELECT name FROM pragma_table_info(:table)", &stmt);
    if (status != GAZ_OK)
        return status;
    out->count = 0;
    gaz_sqlite_bind_text(stmt, ":table", table);
    while (out->count < COLUMNS_MAX &&
           (status = gaz_sqlite_step(w->ctx, stmt)) == GAZ_OK)
        out->items[out->count++] = gaz_sqlite_text(w->ctx, stmt, 0);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

typedef gaz_status step(const struct work *w, const struct table *table,
                        const struct columns *columns);

static gaz_status each_table(const struct work *w, step *run_one)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < TABLE_COUNT; i++) {
        struct columns columns;
        status = columns_of(w, TABLES[i].name, &columns);
        if (status == GAZ_OK)
            status = run_one(w, &TABLES[i], &columns);
    }
    return status;
}

/* ---- remembering ---- */

static gaz_status note_before(const struct work *w, const struct table *t,
                              const struct columns *columns)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < columns->count; i++)
        status = run(
            w,
            gaz_arena_printf(&w->ctx->arena,
                             "INSERT INTO merge_cell"
                             " (decision, tab, row, col, was, has, old)"
                             " SELECT :decision, '%s', %s, '%s', 1, 0, \"%s\""
                             " FROM %s WHERE %s",
                             t->name, t->key, columns->items[i],
                             columns->items[i], t->name, t->rows),
            NULL);
    return status;
}

static gaz_status note_after(const struct work *w, const struct table *t,
                             const struct columns *columns)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < columns->count; i++)
        status = run(
            w,
            gaz_arena_printf(&w->ctx->arena,
                             "INSERT INTO merge_cell"
                             " (decision, tab, row, col, was, has, new)"
                             " SELECT :decision, '%s', %s, '%s', 0, 1, \"%s\""
                             " FROM %s WHERE %s"
                             " ON CONFLICT (decision, tab, row, col)"
                             " DO UPDATE SET has = 1, new = excluded.new",
                             t->name, t->key, columns->items[i],
                             columns->items[i], t->name, t->rows),
            NULL);
    return status;
}

static gaz_status forget_equal(const struct work *w)
{
    return run(w,
               "DELETE FROM merge_cell WHERE decision = :decision"
               " AND was = 1 AND has = 1 AND old IS new",
               NULL);
}

/* ---- merging ---- */

static gaz_status refuse_bad(const struct work *w)
{
    int64_t found = 0;
    int64_t nested = 0;
    if (w->kept == w->merged)
        return gaz_fail(w->ctx, GAZ_INVALID, "a place cannot join itself");
    gaz_status status = run(
        w, "SELECT COUNT(*) FROM place WHERE id IN (:kept, :merged)", &found);
    if (status == GAZ_OK)
        status = run(w,
                     "SELECT COUNT(*) FROM place"
                     " WHERE (id = :kept AND parent = :merged)"
                     "  OR (id = :merged AND parent = :kept)",
                     &nested);
    if (status != GAZ_OK)
        return status;
    if (found != 2)
        return gaz_fail(w->ctx, GAZ_NOT_FOUND,
                        "one of the two is no place (any more)");
    if (nested)
        return gaz_fail(w->ctx, GAZ_INVALID, "one lies in the other");
    return GAZ_OK;
}

#define BOTH_AS_THEY_WERE                                                      \
    "(SELECT json_group_array(json_object('id', p.id, 'code', p.code,"         \
    "  'category', p.category, 'address', p.address, 'names',"                 \
    "  (SELECT json_group_array(n.text) FROM name n WHERE n.place = p.id)))"   \
    " FROM place p WHERE p.id IN (:kept, :merged))"

static gaz_status put_decision(struct work *w, const struct gaz_merge *merge)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        w->ctx, w->store->db,
        "INSERT INTO merge_decision"
        " (kept, merged, score, decided_by, why, before)"
        " VALUES (:kept, :merged, :score, :by, :why, " BOTH_AS_THEY_WERE ")",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":kept", merge->kept);
    gaz_sqlite_bind_id(stmt, ":merged", merge->merged);
    gaz_sqlite_bind_real(stmt, ":score", merge->score);
    gaz_sqlite_bind_text(stmt, ":by", merge->by);
    gaz_sqlite_bind_text(stmt, ":why", merge->why);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    if (status == GAZ_OK)
        w->decision = gaz_sqlite_last_row(w->store->db);
    return status;
}

static gaz_status move(const struct work *w, const struct table *t,
                       const struct columns *columns)
{
    (void)columns;
    return t->move ? run(w, t->move, NULL) : GAZ_OK;
}

static gaz_status join(const struct work *w, const struct gaz_place *made)
{
    gaz_id id;
    struct gaz_place place = *made;
    place.id = w->kept;
    gaz_status status = each_table(w, move);
    if (status == GAZ_OK)
        status = run(w, "DELETE FROM place WHERE id = :merged", NULL);
    if (status == GAZ_OK)
        status = gaz_store_put_place(w->ctx, w->store, &place, "", "", 0, &id);
    if (status == GAZ_OK)
        status = run(w,
                     "INSERT INTO redirect (merged, kept, decision)"
                     " VALUES (:merged, :kept, :decision)",
                     NULL);
    return status;
}

gaz_status gaz_store_merge(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_merge *merge, int64_t *out)
{
    struct work w = {.ctx = ctx,
                     .store = store,
                     .kept = merge->kept,
                     .merged = merge->merged};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_bad(&w);
    if (status == GAZ_OK)
        status = put_decision(&w, merge);
    if (status == GAZ_OK)
        status = each_table(&w, note_before);
    if (status == GAZ_OK)
        status = join(&w, merge->made);
    if (status == GAZ_OK)
        status = each_table(&w, note_after);
    if (status == GAZ_OK)
        status = forget_equal(&w);
    if (status == GAZ_OK)
        *out = w.decision;
    return status;
}

/* ---- undoing ---- */

#define CELLS(table)                                                           \
    "merge_cell WHERE decision = :decision AND tab = '" table "'"

/* Is everything that the merge wrote still as it wrote it? */
static gaz_status verify(const struct work *w, const struct table *t,
                         const struct columns *columns)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < columns->count; i++) {
        int64_t changed = 0;
        status = run(
            w,
            gaz_arena_printf(&w->ctx->arena,
                             "SELECT COUNT(*) FROM merge_cell c"
                             " LEFT JOIN %s t ON t.%s = c.row"
                             " WHERE c.decision = :decision AND c.tab = '%s'"
                             " AND c.col = '%s' AND iif(c.has, t.%s IS NULL"
                             " OR t.\"%s\" IS NOT c.new, t.%s IS NOT NULL)",
                             t->name, t->key, t->name, columns->items[i],
                             t->key, columns->items[i], t->key),
            &changed);
        if (status == GAZ_OK && changed)
            return gaz_fail(w->ctx, GAZ_INVALID,
                            "%s.%s has changed since the merge: undo the "
                            "later change first",
                            t->name, columns->items[i]);
    }
    return status;
}

static gaz_status drop_new(const struct work *w, const struct table *t,
                           const struct columns *columns)
{
    (void)columns;
    return run(w,
               gaz_arena_printf(&w->ctx->arena,
                                "DELETE FROM %s WHERE %s IN (SELECT row"
                                " FROM " CELLS("%s") " AND was = 0)",
                                t->name, t->key, t->name),
               NULL);
}

/* "a, b" or, of each, what `format` makes of it (it takes the name twice). */
static const char *list(const struct work *w, const struct columns *columns,
                        const char *before, const char *between,
                        const char *after)
{
    const char *text = "";
    for (int i = 0; i < columns->count; i++)
        text = gaz_arena_printf(&w->ctx->arena, "%s%s%s%s%s%s%s%s", text,
                                *text ? ", " : "", before, columns->items[i],
                                between, *between ? columns->items[i] : "",
                                *between ? after : "", *between ? "" : after);
    return text;
}

static gaz_status put_back(const struct work *w, const struct table *t,
                           const struct columns *columns)
{
    return run(
        w,
        gaz_arena_printf(&w->ctx->arena,
                         "INSERT INTO %s (%s) SELECT %s FROM " CELLS(
                             "%s") " AND was = 1 AND has = 0 GROUP BY row",
                         t->name, list(w, columns, "\"", "", "\""),
                         list(w, columns, "MAX(CASE col WHEN '",
                              "' THEN old END) AS \"", "\""),
                         t->name),
        NULL);
}

/* A row at a time: CHECKs look at several columns. */
static gaz_status restore(const struct work *w, const struct table *t,
                          const struct columns *columns)
{
    const char *set = "";
    for (int i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i], t->key) != 0)
            set = gaz_arena_printf(&w->ctx->arena,
                                   "%s%s\"%s\" = iif(m.\"has %s\","
                                   " m.\"%s\", %s.\"%s\")",
                                   set, *set ? ", " : "", columns->items[i],
                                   columns->items[i], columns->items[i],
                                   t->name, columns->items[i]);
    return run(
        w,
        gaz_arena_printf(
            &w->ctx->arena,
            "UPDATE %s SET %s FROM (SELECT row AS the_row, %s, %s"
            " FROM " CELLS("%s") " AND was = 1 AND has = 1 GROUP BY row) AS m"
                                 " WHERE %s.%s = m.the_row",
            t->name, set,
            list(w, columns, "MAX(CASE col WHEN '", "' THEN old END) AS \"",
                 "\""),
            list(w, columns, "MAX(col = '", "') AS \"has ", "\""), t->name,
            t->name, t->key),
        NULL);
}

static gaz_status close_decision(const struct work *w, const char *by,
                                 const char *why)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        w->ctx, w->store->db,
        "UPDATE merge_decision SET undone_by = :by, undone_why = :why,"
        " undone_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
        " WHERE id = :decision",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":by", by);
    gaz_sqlite_bind_text(stmt, ":why", why);
    gaz_sqlite_bind_int(stmt, ":decision", w->decision);
    status = gaz_sqlite_run(w->ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status refuse_undone(const struct work *w)
{
    int64_t there = 0;
    int64_t standing = 0;
    gaz_status status = run(
        w, "SELECT COUNT(*) FROM merge_decision WHERE id = :decision", &there);
    if (status == GAZ_OK)
        status = run(w,
                     "SELECT COUNT(*) FROM merge_decision"
                     " WHERE id = :decision AND undone_at IS NULL",
                     &standing);
    if (status != GAZ_OK)
        return status;
    if (!there)
        return gaz_fail(w->ctx, GAZ_NOT_FOUND, "no merge %lld",
                        (long long)w->decision);
    if (!standing)
        return gaz_fail(w->ctx, GAZ_INVALID, "merge %lld is undone already",
                        (long long)w->decision);
    return GAZ_OK;
}

gaz_status gaz_store_unmerge(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t decision, const char *by, const char *why)
{
    const struct work w = {.ctx = ctx, .store = store, .decision = decision};
    static step *const STEPS[] = {verify, drop_new, put_back, restore};
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_undone(&w);
    /* rows refer to one another: asked at the commit */
    if (status == GAZ_OK)
        status =
            gaz_sqlite_exec(ctx, store->db, "PRAGMA defer_foreign_keys = ON");
    for (size_t i = 0; status == GAZ_OK && i < sizeof(STEPS) / sizeof(STEPS[0]);
         i++)
        status = each_table(&w, STEPS[i]);
    if (status == GAZ_OK)
        status =
            run(&w, "DELETE FROM merge_cell WHERE decision = :decision", NULL);
    return status == GAZ_OK ? close_decision(&w, by, why) : status;
}

gaz_status gaz_store_origin(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id place, struct gaz_origin *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db,
        "SELECT COALESCE(p.record, 0), s.grade,"
        " (SELECT COUNT(*) FROM record WHERE about = p.id)"
        " FROM place p LEFT JOIN record r ON r.id = p.record"
        " LEFT JOIN source s ON s.id = r.source WHERE p.id = :place",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", place);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = (struct gaz_origin){.record = gaz_sqlite_int(stmt, 0),
                                   .grade = gaz_sqlite_text(ctx, stmt, 1),
                                   .records = gaz_sqlite_int(stmt, 2)};
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? gaz_fail(ctx, GAZ_NOT_FOUND, "no such place")
                             : status;
}
