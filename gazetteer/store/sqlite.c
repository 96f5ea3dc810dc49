/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/sqlite.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <spatialite.h>

struct gaz_stmt {
    sqlite3_stmt *raw;
    struct gaz_sqlite *db;
    int bad; /* SQLite's code of the first bind that failed, or 0 */
};

struct gaz_sqlite {
    sqlite3 *raw;
    void *spatialite;
    const char *const *sql;
    int count;
    struct gaz_stmt *statements; /* count of them; raw is NULL until used */
};

/* SpatiaLite 5.0 keeps process-wide tables that its init and cleanup touch
 * without a lock of their own. */
static pthread_mutex_t spatialite_lock = PTHREAD_MUTEX_INITIALIZER;

static gaz_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_NOTADB:
        return GAZ_INVALID;
    case SQLITE_TOOBIG:
        return GAZ_LIMIT;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return GAZ_IO;
    default:
        return GAZ_DB;
    }
}

static gaz_status fail(struct gaz_ctx *ctx, const struct gaz_sqlite *db,
                       int code, const char *what)
{
    return gaz_fail(ctx, status_of(code), "%s: %s", what,
                    db->raw ? sqlite3_errmsg(db->raw) : sqlite3_errstr(code));
}

/* A sentence that an operator understands, for what is likely when opening. */
static gaz_status fail_open(struct gaz_ctx *ctx, const struct gaz_sqlite *db,
                            int code, const char *path)
{
    if ((code & 0xff) == SQLITE_NOTADB)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is not a database", path);
    return gaz_fail(ctx, status_of(code), "cannot open database '%s': %s", path,
                    sqlite3_errmsg(db->raw));
}

static gaz_status open_raw(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *path, bool write)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                   : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(path, &db->raw, flags, NULL);
    if (code != SQLITE_OK)
        return fail_open(ctx, db, code, path);
    sqlite3_busy_timeout(db->raw, GAZ_SQLITE_BUSY_MS);
    /* Reads the header: fails now when the file is no database. */
    code = sqlite3_exec(db->raw, "PRAGMA schema_version", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return fail_open(ctx, db, code, path);

    pthread_mutex_lock(&spatialite_lock);
    spatialite_initialize();
    db->spatialite = spatialite_alloc_connection();
    spatialite_init_ex(db->raw, db->spatialite, 0);
    pthread_mutex_unlock(&spatialite_lock);
    return GAZ_OK;
}

gaz_status gaz_sqlite_open(struct gaz_ctx *ctx, const char *path, bool write,
                           const char *const *sql, int count,
                           struct gaz_sqlite **out)
{
    if (!write && access(path, F_OK) != 0)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no database '%s'", path);
    struct gaz_sqlite *db = gaz_malloc(sizeof(*db));
    db->sql = sql;
    db->count = count;
    db->statements =
        gaz_malloc((size_t)(count > 0 ? count : 1) * sizeof(*db->statements));
    gaz_status status = open_raw(ctx, db, path, write);
    if (status != GAZ_OK) {
        gaz_sqlite_close(db);
        return status;
    }
    *out = db;
    return GAZ_OK;
}

void gaz_sqlite_close(struct gaz_sqlite *db)
{
    if (!db)
        return;
    for (int i = 0; i < db->count; i++)
        sqlite3_finalize(db->statements[i].raw);
    int code = sqlite3_close(db->raw);
    assert(code == SQLITE_OK); /* a scan was left open */
    (void)code;
    if (db->spatialite) {
        pthread_mutex_lock(&spatialite_lock);
        spatialite_cleanup_ex(db->spatialite);
        pthread_mutex_unlock(&spatialite_lock);
    }
    gaz_free(db->statements);
    gaz_free(db);
}

void gaz_sqlite_patience(struct gaz_sqlite *db, int ms)
{
    sqlite3_busy_timeout(db->raw, ms);
}

gaz_status gaz_sqlite_exec(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *sql)
{
    int code = sqlite3_exec(db->raw, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? GAZ_OK : fail(ctx, db, code, sql);
}

/* Runs one statement of a script to its end. */
static gaz_status script_statement(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                                   sqlite3_stmt *raw, const char *name)
{
    gaz_status status = GAZ_OK;
    int code;
    while (status == GAZ_OK && (code = sqlite3_step(raw)) != SQLITE_DONE) {
        if (code != SQLITE_ROW)
            status = fail(ctx, db, code, name);
        else if (sqlite3_column_int(raw, 0) != 1)
            status = gaz_fail(ctx, GAZ_DB, "%s: '%.80s' failed", name,
                              sqlite3_sql(raw));
    }
    return status;
}

gaz_status gaz_sqlite_script(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *name, const char *sql)
{
    gaz_status status = GAZ_OK;
    while (status == GAZ_OK && *sql) {
        sqlite3_stmt *raw = NULL;
        int code = sqlite3_prepare_v2(db->raw, sql, -1, &raw, &sql);
        if (code != SQLITE_OK)
            return fail(ctx, db, code, name);
        if (raw) /* NULL: a comment or blanks */
            status = script_statement(ctx, db, raw, name);
        sqlite3_finalize(raw);
    }
    return status;
}

gaz_status gaz_sqlite_number(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *sql, int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_prepare(ctx, db, sql, &stmt);
    if (status != GAZ_OK)
        return status;
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_int(stmt, 0);
    else if (status == GAZ_END)
        status = gaz_fail(ctx, GAZ_DB, "%s: no row", sql);
    gaz_sqlite_drop(stmt);
    return status;
}

struct sqlite3 *gaz_sqlite_raw(const struct gaz_sqlite *db)
{
    return db->raw;
}

bool gaz_sqlite_in_transaction(const struct gaz_sqlite *db)
{
    return sqlite3_get_autocommit(db->raw) == 0;
}

int64_t gaz_sqlite_last_row(const struct gaz_sqlite *db)
{
    return sqlite3_last_insert_rowid(db->raw);
}

int64_t gaz_sqlite_changes(const struct gaz_sqlite *db)
{
    return sqlite3_changes64(db->raw);
}

static gaz_status prepare(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                          const char *sql, unsigned flags,
                          struct gaz_stmt *stmt)
{
    int code = sqlite3_prepare_v3(db->raw, sql, -1, flags, &stmt->raw, NULL);
    if (code != SQLITE_OK)
        return fail(ctx, db, code, sql);
    stmt->db = db;
    return GAZ_OK;
}

gaz_status gaz_sqlite_use(struct gaz_ctx *ctx, struct gaz_sqlite *db, int index,
                          struct gaz_stmt **out)
{
    assert(index >= 0 && index < db->count);
    struct gaz_stmt *stmt = &db->statements[index];
    if (!stmt->raw) {
        gaz_status status =
            prepare(ctx, db, db->sql[index], SQLITE_PREPARE_PERSISTENT, stmt);
        if (status != GAZ_OK)
            return status;
    }
    sqlite3_reset(stmt->raw);
    sqlite3_clear_bindings(stmt->raw);
    stmt->bad = SQLITE_OK;
    *out = stmt;
    return GAZ_OK;
}

gaz_status gaz_sqlite_prepare(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                              const char *sql, struct gaz_stmt **out)
{
    struct gaz_stmt *stmt = gaz_malloc(sizeof(*stmt));
    gaz_status status = prepare(ctx, db, sql, 0, stmt);
    if (status != GAZ_OK) {
        gaz_free(stmt);
        return status;
    }
    *out = stmt;
    return GAZ_OK;
}

void gaz_sqlite_drop(struct gaz_stmt *stmt)
{
    if (!stmt)
        return;
    sqlite3_finalize(stmt->raw);
    gaz_free(stmt);
}

static int index_of(const struct gaz_stmt *stmt, const char *name)
{
    int index = sqlite3_bind_parameter_index(stmt->raw, name);
    assert(index > 0); /* the statement has no such parameter */
    return index;
}

static void note(struct gaz_stmt *stmt, int code)
{
    if (stmt->bad == SQLITE_OK)
        stmt->bad = code;
}

void gaz_sqlite_bind_text(struct gaz_stmt *stmt, const char *name,
                          const char *value)
{
    sqlite3_uint64 size = value ? strlen(value) : 0;
    note(stmt, sqlite3_bind_text64(stmt->raw, index_of(stmt, name), value, size,
                                   SQLITE_STATIC, SQLITE_UTF8));
}

void gaz_sqlite_bind_blob(struct gaz_stmt *stmt, const char *name,
                          const void *value, size_t size)
{
    note(stmt, sqlite3_bind_blob64(stmt->raw, index_of(stmt, name), value, size,
                                   SQLITE_STATIC));
}

void gaz_sqlite_bind_int(struct gaz_stmt *stmt, const char *name, int64_t value)
{
    note(stmt, sqlite3_bind_int64(stmt->raw, index_of(stmt, name), value));
}

void gaz_sqlite_bind_real(struct gaz_stmt *stmt, const char *name, double value)
{
    note(stmt, sqlite3_bind_double(stmt->raw, index_of(stmt, name), value));
}

void gaz_sqlite_bind_id(struct gaz_stmt *stmt, const char *name, gaz_id value)
{
    int index = index_of(stmt, name);
    note(stmt, value ? sqlite3_bind_int64(stmt->raw, index, (int64_t)value)
                     : sqlite3_bind_null(stmt->raw, index));
}

/* SpatiaLite's blob of a point: 0x00, 0x01 (little endian), the SRID, the box
 * (x, y, x, y), 0x7C, the type, x, y, 0xFE. Made and read here since the SQL
 * functions cost more than all the rest of a row. */
enum { POINT_BYTES = 60, POINT_X = 43, POINT_Y = 51 };

static const unsigned char POINT_HEAD[] = {0x00, 0x01, 0x8A, 0x11, 0x00, 0x00};
static const unsigned char POINT_TYPE[] = {0x7C, 0x01, 0x00, 0x00, 0x00};

void gaz_sqlite_bind_point(struct gaz_stmt *stmt, const char *name,
                           struct gaz_coord coord)
{
    unsigned char blob[POINT_BYTES];
    memcpy(blob, POINT_HEAD, sizeof(POINT_HEAD));
    for (size_t at = sizeof(POINT_HEAD); at < POINT_X - sizeof(POINT_TYPE);
         at += 2 * sizeof(double)) {
        memcpy(blob + at, &coord.lon, sizeof(double));
        memcpy(blob + at + sizeof(double), &coord.lat, sizeof(double));
    }
    memcpy(blob + POINT_X - sizeof(POINT_TYPE), POINT_TYPE, sizeof(POINT_TYPE));
    memcpy(blob + POINT_X, &coord.lon, sizeof(double));
    memcpy(blob + POINT_Y, &coord.lat, sizeof(double));
    blob[POINT_BYTES - 1] = 0xFE;
    note(stmt, sqlite3_bind_blob64(stmt->raw, index_of(stmt, name), blob,
                                   sizeof(blob), SQLITE_TRANSIENT));
}

gaz_status gaz_sqlite_step(struct gaz_ctx *ctx, struct gaz_stmt *stmt)
{
    if (stmt->bad != SQLITE_OK)
        return gaz_fail(ctx, status_of(stmt->bad), "cannot bind a value: %s",
                        sqlite3_errstr(stmt->bad));
    int code = sqlite3_step(stmt->raw);
    if (code == SQLITE_ROW)
        return GAZ_OK;
    if (code == SQLITE_DONE)
        return GAZ_END;
    return fail(ctx, stmt->db, code, "database");
}

gaz_status gaz_sqlite_run(struct gaz_ctx *ctx, struct gaz_stmt *stmt)
{
    gaz_status status = gaz_sqlite_step(ctx, stmt);
    sqlite3_reset(stmt->raw);
    return status == GAZ_END ? GAZ_OK : status;
}

void gaz_sqlite_reset(struct gaz_stmt *stmt)
{
    sqlite3_reset(stmt->raw);
}

int gaz_sqlite_columns(const struct gaz_stmt *stmt)
{
    return sqlite3_column_count(stmt->raw);
}

bool gaz_sqlite_is_null(const struct gaz_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->raw, column) == SQLITE_NULL;
}

int64_t gaz_sqlite_int(const struct gaz_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->raw, column);
}

double gaz_sqlite_real(const struct gaz_stmt *stmt, int column)
{
    return sqlite3_column_double(stmt->raw, column);
}

gaz_id gaz_sqlite_id(const struct gaz_stmt *stmt, int column)
{
    return (gaz_id)sqlite3_column_int64(stmt->raw, column);
}

const char *gaz_sqlite_text(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                            int column)
{
    const unsigned char *text = sqlite3_column_text(stmt->raw, column);
    if (!text)
        return NULL;
    size_t size = (size_t)sqlite3_column_bytes(stmt->raw, column);
    return gaz_arena_strndup(&ctx->arena, (const char *)text, size);
}

const void *gaz_sqlite_blob(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                            int column, size_t *size)
{
    const void *blob = sqlite3_column_blob(stmt->raw, column);
    *size = blob ? (size_t)sqlite3_column_bytes(stmt->raw, column) : 0;
    return blob ? gaz_arena_grow(&ctx->arena, blob, *size, *size) : NULL;
}

bool gaz_sqlite_point(const struct gaz_stmt *stmt, int column,
                      struct gaz_coord *out)
{
    const unsigned char *blob = sqlite3_column_blob(stmt->raw, column);
    if (!blob || sqlite3_column_bytes(stmt->raw, column) != POINT_BYTES ||
        memcmp(blob, POINT_HEAD, sizeof(POINT_HEAD)) != 0 ||
        memcmp(blob + POINT_X - sizeof(POINT_TYPE), POINT_TYPE,
               sizeof(POINT_TYPE)) != 0)
        return false;
    memcpy(&out->lon, blob + POINT_X, sizeof(double));
    memcpy(&out->lat, blob + POINT_Y, sizeof(double));
    return true;
}

gaz_status gaz_sqlite_copy(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *path)
{
    struct gaz_sqlite target = {0};
    gaz_status status = GAZ_OK;
    int code = sqlite3_open_v2(
        path, &target.raw,
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *backup = NULL;
    if (code == SQLITE_OK)
        backup = sqlite3_backup_init(target.raw, "main", db->raw, "main");
    if (!backup) {
        status = fail(ctx, &target, sqlite3_errcode(target.raw), path);
        goto out;
    }
    sqlite3_busy_timeout(target.raw, GAZ_SQLITE_BUSY_MS);
    /* All pages in one step: it reads one WAL snapshot, so a busy writer can
     * neither tear the copy nor make it start again. */
    code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE)
        status = gaz_fail(ctx, status_of(code), "cannot copy to '%s': %s", path,
                          sqlite3_errstr(code));
out:
    sqlite3_close(target.raw);
    return status;
}

static int always(void *unused)
{
    (void)unused;
    return 1;
}

void gaz_sqlite_fail_after(struct gaz_sqlite *db, int steps)
{
    sqlite3_progress_handler(db->raw, steps, steps > 0 ? always : NULL, NULL);
}
