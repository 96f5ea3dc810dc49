/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/disk.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

enum { BUSY_MS = 2000, FAILURE_BYTES = 256, STATE_BYTES = 24 };

/* A key is form << 45 | zoom << 40 | x << 20 | y from the north. The view shows
 * the form of the key with style 0, language 0, PNG, scale 1: 1. */
static const char SCHEMA[] =
    "PRAGMA application_id = 1297105496;" /* "MPBX": MBTiles */
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE cache (key INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE VIEW tiles AS SELECT (key >> 40) & 31 AS zoom_level,"
    " (key >> 20) & 1048575 AS tile_column,"
    " (1 << ((key >> 40) & 31)) - 1 - (key & 1048575) AS tile_row,"
    " data AS tile_data FROM cache WHERE key >= 1 << 45 AND key < 2 << 45;"
    "CREATE VIEW metadata AS SELECT name, value FROM about"
    " WHERE name <> 'state' UNION ALL"
    " SELECT 'minzoom', coalesce(min(key) >> 40 & 31, 0) FROM cache"
    " WHERE key >= 1 << 45 AND key < 2 << 45 UNION ALL"
    " SELECT 'maxzoom', coalesce(max(key) >> 40 & 31, 0) FROM cache"
    " WHERE key >= 1 << 45 AND key < 2 << 45;"
    "INSERT INTO about VALUES ('name', 'diming tile cache'),"
    " ('format', 'png'), ('type', 'baselayer'), ('version', '1.0.0'),"
    " ('description', 'a cache: table cache has all forms of the tiles'),"
    " ('state', '');";

enum {
    GET,
    HAS,
    PUT,
    DELETE,
    KEYS,
    FORMS,
    EMPTY,
    READ_STATE,
    WRITE_STATE,
    COUNT
};
#define OF_STATE "(SELECT value FROM about WHERE name = 'state') = ?1"
enum { STATEMENTS = COUNT + 1 };
static const char *const SQL[STATEMENTS] = {
    [GET] = "SELECT data FROM cache WHERE key = ?2 AND " OF_STATE,
    [HAS] = "SELECT 1 FROM cache WHERE key = ?2 AND " OF_STATE,
    [PUT] = "INSERT OR REPLACE INTO cache SELECT ?2, ?3 WHERE " OF_STATE,
    [DELETE] = "DELETE FROM cache WHERE key = ?2",
    [KEYS] = "SELECT key FROM cache WHERE " OF_STATE " ORDER BY key",
    [FORMS] = "SELECT DISTINCT key >> 40 FROM cache",
    [EMPTY] = "DELETE FROM cache",
    [READ_STATE] = "SELECT value FROM about WHERE name = 'state'",
    [WRITE_STATE] = "UPDATE about SET value = ?1 WHERE name = 'state'",
    [COUNT] = "SELECT count(*), coalesce(sum(length(data)), 0) FROM cache",
};

struct tile_disk {
    pthread_mutex_t lock;
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
    struct tile_disk_stats stats;
    int users;
    bool has_form[TILE_DISK_FORMS];
    bool has_failed;
    char failure[FAILURE_BYTES];
};

static void note_failure(struct tile_disk *disk)
{
    if (disk->has_failed)
        return;
    disk->has_failed = true;
    (void)snprintf(disk->failure, sizeof disk->failure, "%s",
                   disk->db ? sqlite3_errmsg(disk->db) : "out of memory");
}

static bool run(struct tile_disk *disk, const char *sql)
{
    if (!disk->has_failed &&
        sqlite3_exec(disk->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        note_failure(disk);
    return !disk->has_failed;
}

/* A statement with its state and key; end with finish. */
static sqlite3_stmt *begin(struct tile_disk *disk, int number, uint64_t state,
                           uint64_t key)
{
    char text[STATE_BYTES];
    sqlite3_stmt *statement = disk->statements[number];
    int wants = sqlite3_bind_parameter_count(statement);
    (void)snprintf(text, sizeof text, "%016llx", (unsigned long long)state);
    if (wants > 0)
        (void)sqlite3_bind_text(statement, 1, text, -1, SQLITE_TRANSIENT);
    if (wants > 1)
        (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)key);
    return statement;
}

static void finish(struct tile_disk *disk, sqlite3_stmt *statement, int code)
{
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        note_failure(disk);
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
}

/* Runs a statement without an answer. */
static void step(struct tile_disk *disk, int number, uint64_t state,
                 uint64_t key)
{
    if (disk->has_failed)
        return;
    sqlite3_stmt *statement = begin(disk, number, state, key);
    finish(disk, statement, sqlite3_step(statement));
}

static bool has_state(struct tile_disk *disk, uint64_t state)
{
    char text[STATE_BYTES];
    if (disk->has_failed)
        return false;
    (void)snprintf(text, sizeof text, "%016llx", (unsigned long long)state);
    sqlite3_stmt *statement = begin(disk, READ_STATE, 0, 0);
    int code = sqlite3_step(statement);
    bool is_it =
        code == SQLITE_ROW &&
        strcmp((const char *)sqlite3_column_text(statement, 0), text) == 0;
    finish(disk, statement, code);
    return is_it;
}

/* ---- opening ---- */

static void close_all(struct tile_disk *disk)
{
    for (int i = 0; i < STATEMENTS; i++)
        (void)sqlite3_finalize(disk->statements[i]);
    (void)sqlite3_close(disk->db);
    (void)pthread_mutex_destroy(&disk->lock);
    gaz_free(disk);
}

static bool has_table(struct tile_disk *disk, const char *name)
{
    sqlite3_stmt *statement = NULL;
    bool is_there =
        sqlite3_prepare_v2(disk->db,
                           "SELECT 1 FROM sqlite_schema WHERE name = ?1 OR "
                           "?1 IS NULL",
                           -1, &statement, NULL) == SQLITE_OK;
    if (is_there && name)
        (void)sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    is_there = is_there && sqlite3_step(statement) == SQLITE_ROW;
    (void)sqlite3_finalize(statement);
    return is_there;
}

static gaz_status prepare(struct gaz_ctx *ctx, struct tile_disk *disk,
                          const char *path)
{
    if (!run(disk, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                   "PRAGMA trusted_schema = OFF; BEGIN IMMEDIATE;"))
        return gaz_fail(ctx, GAZ_IO, "tile cache '%s': %s", path,
                        disk->failure);
    if (!has_table(disk, NULL))
        (void)run(disk, SCHEMA);
    if (!has_table(disk, "cache") || !has_table(disk, "about"))
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%s' is not a tile cache of this program", path);
    for (int i = 0; !disk->has_failed && i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(disk->db, SQL[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &disk->statements[i], NULL) != SQLITE_OK)
            note_failure(disk);
    if (disk->has_failed)
        return gaz_fail(ctx, GAZ_IO, "tile cache '%s': %s", path,
                        disk->failure);
    return GAZ_OK;
}

static void note_form(struct tile_disk *disk, uint64_t form)
{
    if (form < TILE_DISK_FORMS)
        disk->has_form[form] = true;
}

static void note_forms(struct tile_disk *disk)
{
    int code;
    if (disk->has_failed)
        return;
    sqlite3_stmt *statement = begin(disk, FORMS, 0, 0);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        note_form(disk, (uint64_t)sqlite3_column_int64(statement, 0));
    finish(disk, statement, code);
}

static uint64_t empty(struct tile_disk *disk, uint64_t state)
{
    step(disk, EMPTY, 0, 0);
    uint64_t gone = (uint64_t)sqlite3_changes64(disk->db);
    step(disk, WRITE_STATE, state, 0);
    return gone;
}

gaz_status tile_disk_open(struct gaz_ctx *ctx, const char *path, uint64_t state,
                          struct tile_disk **out, uint64_t *emptied)
{
    struct tile_disk *disk = gaz_malloc(sizeof *disk);
    (void)pthread_mutex_init(&disk->lock, NULL);
    disk->users = 1;
    *emptied = 0;
    gaz_status status = GAZ_OK;
    if (sqlite3_open_v2(path, &disk->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        status = gaz_fail(ctx, GAZ_IO, "tile cache '%s': %s", path,
                          disk->db ? sqlite3_errmsg(disk->db) : "no memory");
    if (status == GAZ_OK) {
        (void)sqlite3_busy_timeout(disk->db, BUSY_MS);
        status = prepare(ctx, disk, path);
    }
    if (status == GAZ_OK && !has_state(disk, state))
        *emptied = empty(disk, state);
    if (status == GAZ_OK)
        note_forms(disk);
    if (status == GAZ_OK && !run(disk, "COMMIT"))
        status =
            gaz_fail(ctx, GAZ_IO, "tile cache '%s': %s", path, disk->failure);
    if (status != GAZ_OK) {
        close_all(disk);
        return status;
    }
    *out = disk;
    return GAZ_OK;
}

struct tile_disk *tile_disk_share(struct tile_disk *disk)
{
    (void)pthread_mutex_lock(&disk->lock);
    disk->users++;
    (void)pthread_mutex_unlock(&disk->lock);
    return disk;
}

void tile_disk_close(struct tile_disk *disk)
{
    if (!disk)
        return;
    (void)pthread_mutex_lock(&disk->lock);
    bool is_last = --disk->users == 0;
    (void)pthread_mutex_unlock(&disk->lock);
    if (is_last)
        close_all(disk);
}

/* ---- one tile ---- */

static bool look_up(struct tile_disk *disk, int number, uint64_t state,
                    uint64_t key, struct gaz_buffer *out)
{
    if (disk->has_failed)
        return false;
    sqlite3_stmt *statement = begin(disk, number, state, key);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW && out)
        gaz_buffer_bytes(out, sqlite3_column_blob(statement, 0),
                         (size_t)sqlite3_column_bytes(statement, 0));
    finish(disk, statement, code);
    return code == SQLITE_ROW;
}

bool tile_disk_get(struct tile_disk *disk, uint64_t state, uint64_t key,
                   struct gaz_buffer *out)
{
    (void)pthread_mutex_lock(&disk->lock);
    bool is_there = look_up(disk, GET, state, key, out);
    disk->stats.hits += is_there;
    disk->stats.misses += !is_there;
    (void)pthread_mutex_unlock(&disk->lock);
    return is_there;
}

bool tile_disk_has(struct tile_disk *disk, uint64_t state, uint64_t key)
{
    (void)pthread_mutex_lock(&disk->lock);
    bool is_there = look_up(disk, HAS, state, key, NULL);
    (void)pthread_mutex_unlock(&disk->lock);
    return is_there;
}

bool tile_disk_put(struct tile_disk *disk, uint64_t state, uint64_t key,
                   const void *data, size_t size)
{
    bool is_kept = false;
    (void)pthread_mutex_lock(&disk->lock);
    if (!disk->has_failed) {
        sqlite3_stmt *statement = begin(disk, PUT, state, key);
        (void)sqlite3_bind_blob64(statement, 3, size > 0 ? data : "", size,
                                  SQLITE_STATIC);
        int code = sqlite3_step(statement);
        finish(disk, statement, code);
        is_kept = code == SQLITE_DONE && sqlite3_changes(disk->db) == 1;
        note_form(disk, key >> 40);
    }
    (void)pthread_mutex_unlock(&disk->lock);
    return is_kept;
}

void tile_disk_group(struct tile_disk *disk, bool begins)
{
    (void)pthread_mutex_lock(&disk->lock);
    (void)run(disk, begins ? "BEGIN IMMEDIATE" : "COMMIT");
    (void)pthread_mutex_unlock(&disk->lock);
}

/* ---- all of them ---- */

typedef void visit_key(uint64_t key, void *user);

static void visit_keys(struct tile_disk *disk, uint64_t state, visit_key *visit,
                       void *user)
{
    int code;
    if (disk->has_failed)
        return;
    sqlite3_stmt *statement = begin(disk, KEYS, state, 0);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        visit((uint64_t)sqlite3_column_int64(statement, 0), user);
    finish(disk, statement, code);
}

bool tile_disk_has_form(struct tile_disk *disk, uint32_t form)
{
    (void)pthread_mutex_lock(&disk->lock);
    bool has = form < TILE_DISK_FORMS && disk->has_form[form];
    (void)pthread_mutex_unlock(&disk->lock);
    return has;
}

struct turning {
    struct tile_disk *disk;
    tile_disk_is_stale *is_stale;
    void *user;
    uint64_t kept;
};

static void turn_one(uint64_t key, void *user)
{
    struct turning *turning = user;
    if (turning->is_stale(key, turning->user))
        step(turning->disk, DELETE, 0, key);
    else
        turning->kept++;
}

uint64_t tile_disk_turn(struct tile_disk *disk, uint64_t from, uint64_t to,
                        tile_disk_is_stale *is_stale, void *user)
{
    struct turning turning = {disk, is_stale, user, 0};
    (void)pthread_mutex_lock(&disk->lock);
    if (run(disk, "BEGIN IMMEDIATE")) {
        if (has_state(disk, from)) {
            visit_keys(disk, from, turn_one, &turning);
            step(disk, WRITE_STATE, to, 0);
        } else if (!has_state(disk, to)) {
            (void)empty(disk, to);
        }
        (void)run(disk, "COMMIT");
    }
    (void)pthread_mutex_unlock(&disk->lock);
    return turning.kept;
}

void tile_disk_drop(struct tile_disk *disk, uint64_t from, uint64_t to,
                    const uint64_t *keys, uint32_t count)
{
    (void)pthread_mutex_lock(&disk->lock);
    if (run(disk, "BEGIN IMMEDIATE")) {
        if (has_state(disk, from)) {
            for (uint32_t i = 0; i < count; i++)
                step(disk, DELETE, 0, keys[i]);
            step(disk, WRITE_STATE, to, 0);
        }
        (void)run(disk, "COMMIT");
    }
    (void)pthread_mutex_unlock(&disk->lock);
}

void tile_disk_count(struct tile_disk *disk, struct tile_disk_stats *out)
{
    (void)pthread_mutex_lock(&disk->lock);
    if (!disk->has_failed) {
        sqlite3_stmt *statement = begin(disk, COUNT, 0, 0);
        int code = sqlite3_step(statement);
        disk->stats.tiles = (uint64_t)sqlite3_column_int64(statement, 0);
        disk->stats.bytes = (uint64_t)sqlite3_column_int64(statement, 1);
        finish(disk, statement, code);
    }
    *out = disk->stats;
    (void)pthread_mutex_unlock(&disk->lock);
}

const char *tile_disk_failure(struct tile_disk *disk)
{
    return disk->failure;
}
