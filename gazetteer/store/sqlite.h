/* sqlite.h - the only door to SQLite and SpatiaLite.
 *
 * A gaz_sqlite is one connection, of one thread, and the statements of a table
 * of SQL text, prepared when first used and kept. Values are bound by name. A
 * failed bind is remembered and reported by the next step, so that binding
 * needs no checks.
 *
 *     struct gaz_stmt *stmt;
 *     status = gaz_sqlite_use(ctx, db, SQL_NAME_OF, &stmt);
 *     if (status != GAZ_OK)
 *         return status;
 *     gaz_sqlite_bind_id(stmt, ":place", id);
 *     while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
 *         names[count++] = gaz_sqlite_text(ctx, stmt, 0);
 *     gaz_sqlite_reset(stmt);
 *
 * Text and blobs that are bound must live until the reset; those that are read
 * live in ctx->arena.
 *
 * Statuses of all calls that can fail: GAZ_INVALID (a constraint, or not a
 * database file), GAZ_IO (the file cannot be opened, read or written),
 * GAZ_LIMIT (a value of over 1 GB), GAZ_DB (locked, damaged, the rest).
 */
#ifndef GAZ_STORE_SQLITE_H
#define GAZ_STORE_SQLITE_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"
#include "gazetteer/base/id.h"

struct gaz_sqlite;
struct gaz_stmt;

enum {
    GAZ_SQLITE_BUSY_MS = 10000, /* a writer waits so long for another */
    GAZ_SQLITE_SRID = 4490,
};

/* gaz_sqlite_open opens a file, with SpatiaLite, and creates it when `write`.
 *
 * @param sql    `count` statements, for gaz_sqlite_use; kept by reference
 * @return as above; GAZ_NOT_FOUND when it is to be read and does not exist */
gaz_status gaz_sqlite_open(struct gaz_ctx *ctx, const char *path, bool write,
                           const char *const *sql, int count,
                           struct gaz_sqlite **out);
/* gaz_sqlite_close rolls back what is open; accepts NULL. Statements of
 * gaz_sqlite_prepare must be dropped before. */
void gaz_sqlite_close(struct gaz_sqlite *db);

/* gaz_sqlite_patience replaces GAZ_SQLITE_BUSY_MS. */
void gaz_sqlite_patience(struct gaz_sqlite *db, int ms);

/* gaz_sqlite_exec runs one fixed statement and ignores its rows. */
gaz_status gaz_sqlite_exec(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *sql);
/* gaz_sqlite_script runs several. Each row that they return must begin with a
 * 1: SpatiaLite's functions give 0 when they fail. */
gaz_status gaz_sqlite_script(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *name, const char *sql);
/* gaz_sqlite_number runs a statement that gives one number. */
gaz_status gaz_sqlite_number(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *sql, int64_t *out);

bool gaz_sqlite_in_transaction(const struct gaz_sqlite *db);
int64_t gaz_sqlite_last_row(const struct gaz_sqlite *db);
/* gaz_sqlite_changes is how many rows the last statement changed. */
int64_t gaz_sqlite_changes(const struct gaz_sqlite *db);

/* gaz_sqlite_use gives statement `index` of the table, reset and unbound. It
 * belongs to the connection. */
gaz_status gaz_sqlite_use(struct gaz_ctx *ctx, struct gaz_sqlite *db, int index,
                          struct gaz_stmt **out);
/* gaz_sqlite_prepare gives a statement of the caller's own. */
gaz_status gaz_sqlite_prepare(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                              const char *sql, struct gaz_stmt **out);
void gaz_sqlite_drop(struct gaz_stmt *stmt); /* accepts NULL */

/* NULL binds NULL. */
void gaz_sqlite_bind_text(struct gaz_stmt *stmt, const char *name,
                          const char *value);
void gaz_sqlite_bind_blob(struct gaz_stmt *stmt, const char *name,
                          const void *value, size_t size);
void gaz_sqlite_bind_int(struct gaz_stmt *stmt, const char *name,
                         int64_t value);
void gaz_sqlite_bind_real(struct gaz_stmt *stmt, const char *name,
                          double value);
/* An id, or a row number; 0 binds NULL. */
void gaz_sqlite_bind_id(struct gaz_stmt *stmt, const char *name, gaz_id value);
/* A point as SpatiaLite's own blob, EPSG:4490. */
void gaz_sqlite_bind_point(struct gaz_stmt *stmt, const char *name,
                           struct gaz_coord coord);

/* gaz_sqlite_step gives GAZ_OK with a row, GAZ_END after the last. */
gaz_status gaz_sqlite_step(struct gaz_ctx *ctx, struct gaz_stmt *stmt);
/* gaz_sqlite_run steps once, resets, and is GAZ_OK without a row too. */
gaz_status gaz_sqlite_run(struct gaz_ctx *ctx, struct gaz_stmt *stmt);
/* gaz_sqlite_reset ends the statement's reading; needed after rows. */
void gaz_sqlite_reset(struct gaz_stmt *stmt);

int gaz_sqlite_columns(const struct gaz_stmt *stmt);
bool gaz_sqlite_is_null(const struct gaz_stmt *stmt, int column);
int64_t gaz_sqlite_int(const struct gaz_stmt *stmt, int column);
double gaz_sqlite_real(const struct gaz_stmt *stmt, int column);
/* NULL gives 0. */
gaz_id gaz_sqlite_id(const struct gaz_stmt *stmt, int column);
/* NULL gives NULL. */
const char *gaz_sqlite_text(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                            int column);
const void *gaz_sqlite_blob(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                            int column, size_t *size);
/* gaz_sqlite_point is false when the column is no point blob. */
bool gaz_sqlite_point(const struct gaz_stmt *stmt, int column,
                      struct gaz_coord *out);

/* gaz_sqlite_copy writes a consistent copy of the whole database, as of now,
 * to a file that must not exist. Writers go on meanwhile. */
gaz_status gaz_sqlite_copy(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *path);

/* gaz_sqlite_raw is SQLite's own handle, for session.c. */
struct sqlite3;
struct sqlite3 *gaz_sqlite_raw(const struct gaz_sqlite *db);

/* gaz_sqlite_fail_after makes the connection fail (as an interrupt does) when
 * it has run about `steps` instructions of SQLite's machine; 0: never. The
 * tests inject failures with it. */
void gaz_sqlite_fail_after(struct gaz_sqlite *db, int steps);

#endif
