/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/migrate.h"
#include "gazetteer/store/sql.h"

/* WAL, so that readers never wait for the writer.
 *
 * synchronous = FULL: every commit is on the disk when it returns. NORMAL would
 * survive kill -9 as well (the system holds the pages) but a power cut could
 * take the last commits. A commit here is a whole import or an officer's
 * decision, so one more fsync each is nothing.
 *
 * recursive_triggers stays off; the journal's triggers write to `journal` only.
 */
static const char WRITER[] = "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA foreign_keys = ON;"
                             "PRAGMA temp_store = MEMORY;"
                             "PRAGMA cache_size = -65536";

static const char READER[] = "PRAGMA query_only = ON;"
                             "PRAGMA temp_store = MEMORY;"
                             "PRAGMA mmap_size = 2000000000;"
                             "PRAGMA cache_size = -32768";

static gaz_status prepare_file(struct gaz_ctx *ctx, struct gaz_store *store,
                               const char *path)
{
    /* First of all: a file of somebody else must not be touched. */
    int version = 0;
    gaz_status status = gaz_migrate_check(ctx, store->db, path, &version);
    if (status != GAZ_OK)
        return status;
    if (store->mode != GAZ_STORE_WRITE && version != gaz_migrate_newest())
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%s' has schema %d, not %d: open it once for "
                        "writing to bring it up to date",
                        path, version, gaz_migrate_newest());
    if (store->mode == GAZ_STORE_READ)
        return gaz_sqlite_exec(ctx, store->db, READER);
    status = gaz_sqlite_exec(ctx, store->db, WRITER);
    if (status == GAZ_OK && version < gaz_migrate_newest())
        status = gaz_migrate_run(ctx, store->db, path, gaz_migrate_newest());
    return status;
}

/* The part of `path` before its last slash, with it; "." without one. */
static const char *folder_of(struct gaz_ctx *ctx, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? gaz_arena_strndup(&ctx->arena, path,
                                     (size_t)(slash - path) + 1)
                 : ".";
}

/* Two programs that create one database at the same time trip over each other
 * while SQLite changes from a rollback journal to WAL ("disk I/O error"), so
 * writers open one after the other. The lock is on the folder: a descriptor of
 * our own on the database file would drop SQLite's locks when it is closed.
 * Returns the descriptor, -1 when the folder cannot be locked: the open that
 * follows then says why. */
static int lock_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        (void)flock(fd, LOCK_EX);
    return fd;
}

static gaz_status open_file(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *path)
{
    if (store->mode == GAZ_STORE_UPDATE && access(path, F_OK) != 0)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no database '%s'", path);
    gaz_status status =
        gaz_sqlite_open(ctx, path, store->mode != GAZ_STORE_READ, GAZ_SQL,
                        GAZ_SQL_COUNT, &store->db);
    return status == GAZ_OK ? prepare_file(ctx, store, path) : status;
}

gaz_status gaz_store_open(struct gaz_ctx *ctx, const char *path,
                          gaz_store_mode mode, struct gaz_store **out)
{
    struct gaz_store *store = gaz_malloc(sizeof(*store));
    store->mode = mode;
    int lock = mode == GAZ_STORE_WRITE ? lock_folder(folder_of(ctx, path)) : -1;
    gaz_status status = open_file(ctx, store, path);
    if (lock >= 0)
        close(lock);
    if (status != GAZ_OK) {
        gaz_store_close(store);
        return status;
    }
    *out = store;
    return GAZ_OK;
}

void gaz_store_close(struct gaz_store *store)
{
    if (!store)
        return;
    gaz_sqlite_close(store->db);
    gaz_free(store);
}

void gaz_store_patience(struct gaz_store *store, int ms)
{
    gaz_sqlite_patience(store->db, ms);
}

gaz_status gaz_store_begin(struct gaz_ctx *ctx, struct gaz_store *store)
{
    /* A unit of work that failed and was left: its rows must not become part
     * of this one. */
    if (gaz_sqlite_in_transaction(store->db)) {
        gaz_status status = gaz_sqlite_exec(ctx, store->db, "ROLLBACK");
        if (status != GAZ_OK)
            return status;
    }
    /* IMMEDIATE: a writer waits here, not in the middle of its work. */
    return gaz_sqlite_exec(ctx, store->db,
                           store->mode == GAZ_STORE_READ ? "BEGIN"
                                                         : "BEGIN IMMEDIATE");
}

gaz_status gaz_store_commit(struct gaz_ctx *ctx, struct gaz_store *store)
{
    return gaz_sqlite_exec(ctx, store->db, "COMMIT");
}

gaz_status gaz_store_rollback(struct gaz_ctx *ctx, struct gaz_store *store)
{
    /* SQLite rolls back by itself after some failures. */
    if (!gaz_sqlite_in_transaction(store->db))
        return GAZ_OK;
    return gaz_sqlite_exec(ctx, store->db, "ROLLBACK");
}

gaz_status gaz_store_writing(struct gaz_ctx *ctx, const struct gaz_store *store)
{
    if (gaz_sqlite_in_transaction(store->db))
        return GAZ_OK;
    return gaz_fail(ctx, GAZ_INVALID, "a put outside of begin and commit");
}

static gaz_status sync_path(struct gaz_ctx *ctx, const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        gaz_status status = gaz_fail(ctx, GAZ_IO, "cannot sync '%s': %s", path,
                                     strerror(errno));
        if (fd >= 0)
            close(fd);
        return status;
    }
    close(fd);
    return GAZ_OK;
}

/* Both the file and its name must be on the disk. */
static gaz_status move_over(struct gaz_ctx *ctx, const char *from,
                            const char *to)
{
    gaz_status status = sync_path(ctx, from, O_RDONLY);
    if (status != GAZ_OK)
        return status;
    if (rename(from, to) != 0)
        return gaz_fail(ctx, GAZ_IO, "cannot rename '%s' to '%s': %s", from, to,
                        strerror(errno));
    return sync_path(ctx, folder_of(ctx, to), O_RDONLY | O_DIRECTORY);
}

gaz_status gaz_store_backup(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *path)
{
    if (gaz_sqlite_in_transaction(store->db))
        return gaz_fail(ctx, GAZ_INVALID,
                        "no backup inside a transaction: commit first");
    /* A database in use (this one, perhaps) has a WAL beside it: a new file in
     * its place would be damaged by the old WAL. */
    const char *wal = gaz_arena_printf(&ctx->arena, "%s-wal", path);
    if (access(wal, F_OK) == 0)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is a database in use", path);
    const char *fresh = gaz_arena_printf(&ctx->arena, "%s.new", path);
    unlink(fresh); /* of a backup that was killed */
    gaz_status status = gaz_sqlite_copy(ctx, store->db, fresh);
    if (status == GAZ_OK)
        status = move_over(ctx, fresh, path);
    if (status != GAZ_OK)
        unlink(fresh);
    return status;
}

gaz_status gaz_store_journal_seq(struct gaz_ctx *ctx, struct gaz_store *store,
                                 uint64_t *out)
{
    int64_t seq;
    gaz_status status = gaz_sqlite_number(
        ctx, store->db, "SELECT COALESCE(MAX(seq), 0) FROM journal", &seq);
    if (status == GAZ_OK)
        *out = (uint64_t)seq;
    return status;
}

gaz_status gaz_store_data_version(struct gaz_ctx *ctx, struct gaz_store *store,
                                  int64_t *out)
{
    return gaz_sqlite_number(ctx, store->db, "PRAGMA data_version", out);
}

gaz_status gaz_store_status_read(struct gaz_ctx *ctx, struct gaz_store *store,
                                 struct gaz_store_status *out)
{
    struct gaz_store_status read = {0};
    int64_t version = 0;
    const struct {
        const char *sql;
        int64_t *into;
    } COUNTS[] = {
        {"PRAGMA user_version", &version},
        {"SELECT COUNT(*) FROM source", &read.sources},
        {"SELECT COUNT(*) FROM record", &read.records},
        {"SELECT COUNT(*) FROM place", &read.places},
        {"SELECT COUNT(*) FROM name", &read.names},
        {"SELECT COUNT(*) FROM address", &read.addresses},
        {"SELECT COUNT(*) FROM claim", &read.claims},
        {"SELECT COUNT(*) FROM issue WHERE state = 'open'", &read.issues_open},
        {"SELECT COUNT(*) FROM journal", &read.journal_entries},
    };
    for (size_t i = 0; i < sizeof(COUNTS) / sizeof(COUNTS[0]); i++) {
        gaz_status status =
            gaz_sqlite_number(ctx, store->db, COUNTS[i].sql, COUNTS[i].into);
        if (status != GAZ_OK)
            return status;
    }
    read.schema_version = (int)version;
    *out = read;
    return GAZ_OK;
}
