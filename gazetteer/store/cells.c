/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/cells.h"

#include <string.h>

#include "gazetteer/store/handle.h"

enum { COLUMNS_MAX = 64 };

struct columns {
    const char *items[COLUMNS_MAX];
    int count;
};

/* A statement that is made of names of our own tables; its numbers are bound.
 * With `out` it gives one number. */
gaz_status gaz_cells_run(const struct gaz_cells *w, const char *sql,
                         int64_t *out)
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

static gaz_status columns_of(const struct gaz_cells *w, const char *table,
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

typedef gaz_status step(const struct gaz_cells *w,
                        const struct gaz_cell_table *table,
                        const struct columns *columns);

static gaz_status each_table(const struct gaz_cells *w, step *run_one)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && w->tables[i].name; i++) {
        struct columns columns;
        status = columns_of(w, w->tables[i].name, &columns);
        if (status == GAZ_OK)
            status = run_one(w, &w->tables[i], &columns);
    }
    return status;
}

/* ---- remembering ---- */

static gaz_status note_before(const struct gaz_cells *w,
                              const struct gaz_cell_table *t,
                              const struct columns *columns)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < columns->count; i++)
        status = gaz_cells_run(
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

static gaz_status note_after(const struct gaz_cells *w,
                             const struct gaz_cell_table *t,
                             const struct columns *columns)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < columns->count; i++)
        status = gaz_cells_run(
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

static gaz_status forget_equal(const struct gaz_cells *w)
{
    return gaz_cells_run(w,
                         "DELETE FROM merge_cell WHERE decision = :decision"
                         " AND was = 1 AND has = 1 AND old IS new",
                         NULL);
}

/* ---- restoring ---- */

#define CELLS(table)                                                           \
    "merge_cell WHERE decision = :decision AND tab = '" table "'"

/* Is everything that the merge wrote still as it wrote it? */
static gaz_status verify(const struct gaz_cells *w,
                         const struct gaz_cell_table *t,
                         const struct columns *columns)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < columns->count; i++) {
        int64_t changed = 0;
        status = gaz_cells_run(
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

static gaz_status drop_new(const struct gaz_cells *w,
                           const struct gaz_cell_table *t,
                           const struct columns *columns)
{
    (void)columns;
    return gaz_cells_run(
        w,
        gaz_arena_printf(&w->ctx->arena,
                         "DELETE FROM %s WHERE %s IN (SELECT row"
                         " FROM " CELLS("%s") " AND was = 0)",
                         t->name, t->key, t->name),
        NULL);
}

/* "a, b" or, of each, what `format` makes of it (it takes the name twice). */
static const char *list(const struct gaz_cells *w,
                        const struct columns *columns, const char *before,
                        const char *between, const char *after)
{
    const char *text = "";
    for (int i = 0; i < columns->count; i++)
        text = gaz_arena_printf(&w->ctx->arena, "%s%s%s%s%s%s%s%s", text,
                                *text ? ", " : "", before, columns->items[i],
                                between, *between ? columns->items[i] : "",
                                *between ? after : "", *between ? "" : after);
    return text;
}

static gaz_status put_back(const struct gaz_cells *w,
                           const struct gaz_cell_table *t,
                           const struct columns *columns)
{
    return gaz_cells_run(
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
static gaz_status restore(const struct gaz_cells *w,
                          const struct gaz_cell_table *t,
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
    return gaz_cells_run(
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

gaz_status gaz_cells_before(const struct gaz_cells *w)
{
    return each_table(w, note_before);
}

gaz_status gaz_cells_after(const struct gaz_cells *w)
{
    gaz_status status = each_table(w, note_after);
    return status == GAZ_OK ? forget_equal(w) : status;
}

gaz_status gaz_cells_restore(const struct gaz_cells *w)
{
    static step *const STEPS[] = {verify, drop_new, put_back, restore};
    /* rows refer to one another: asked at the commit */
    gaz_status status =
        gaz_sqlite_exec(w->ctx, w->store->db, "PRAGMA defer_foreign_keys = ON");
    for (size_t i = 0; status == GAZ_OK && i < sizeof(STEPS) / sizeof(STEPS[0]);
         i++)
        status = each_table(w, STEPS[i]);
    if (status == GAZ_OK)
        status = gaz_cells_run(
            w, "DELETE FROM merge_cell WHERE decision = :decision", NULL);
    return status;
}
