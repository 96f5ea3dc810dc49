/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/migrate.h"

#include <assert.h>

#include "gazetteer/base/asset.h"

extern const struct gaz_asset GAZ_STORE_SCHEMA[];

/* In order; the position is the version. Only ever append. */
static const char *const MIGRATIONS[] = {
    "001_tables.sql",   "002_journal.sql",    "003_access.sql",
    "004_quality.sql",  "005_review.sql",     "006_numbering.sql",
    "007_boundary.sql", "008_attributes.sql", "009_queue.sql",
    "010_writing.sql",  "011_fetched.sql",    "012_address_merge.sql",
    "013_secrecy.sql",
};

enum { NEWEST = sizeof(MIGRATIONS) / sizeof(MIGRATIONS[0]) };

int gaz_migrate_newest(void)
{
    return NEWEST;
}

gaz_status gaz_migrate_check(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *path, int *version)
{
    int64_t application = 0;
    int64_t user = 0;
    int64_t objects = 0;
    gaz_status status =
        gaz_sqlite_number(ctx, db, "PRAGMA application_id", &application);
    if (status == GAZ_OK)
        status = gaz_sqlite_number(ctx, db, "PRAGMA user_version", &user);
    if (status == GAZ_OK)
        status = gaz_sqlite_number(
            ctx, db, "SELECT COUNT(*) FROM sqlite_master", &objects);
    if (status != GAZ_OK)
        return status;
    bool is_empty = application == 0 && user == 0 && objects == 0;
    if (!is_empty && application != GAZ_MIGRATE_APPLICATION_ID)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is not a Diming database",
                        path);
    if (user > NEWEST)
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%s' was made by a newer Diming (schema %lld, this "
                        "program knows %d)",
                        path, (long long)user, NEWEST);
    *version = (int)user;
    return GAZ_OK;
}

static gaz_status run_one(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                          int version)
{
    assert(version >= 1 && version <= NEWEST);
    const char *name = MIGRATIONS[version - 1];
    const struct gaz_asset *asset = gaz_asset_find(GAZ_STORE_SCHEMA, name);
    if (!asset)
        return gaz_fail(ctx, GAZ_DB, "migration %s is not in the program",
                        name);
    return gaz_sqlite_script(ctx, db, name, (const char *)asset->data);
}

/* A PRAGMA takes no parameter; both numbers are our own. */
static gaz_status stamp(struct gaz_ctx *ctx, struct gaz_sqlite *db, int version)
{
    const char *sql = gaz_arena_printf(
        &ctx->arena, "PRAGMA application_id = %d; PRAGMA user_version = %d",
        GAZ_MIGRATE_APPLICATION_ID, version);
    return gaz_sqlite_exec(ctx, db, sql);
}

static gaz_status run_inside(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *path, int to)
{
    int version = 0;
    gaz_status status = gaz_migrate_check(ctx, db, path, &version);
    if (status != GAZ_OK || version >= to)
        return status;
    for (int next = version + 1; status == GAZ_OK && next <= to; next++)
        status = run_one(ctx, db, next);
    if (status == GAZ_OK)
        status = stamp(ctx, db, to);
    return status;
}

gaz_status gaz_migrate_run(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *path, int to)
{
    gaz_status status = gaz_sqlite_exec(ctx, db, "BEGIN IMMEDIATE");
    if (status != GAZ_OK)
        return status;
    status = run_inside(ctx, db, path, to);
    if (status == GAZ_OK)
        status = gaz_sqlite_exec(ctx, db, "COMMIT");
    if (status != GAZ_OK && gaz_sqlite_in_transaction(db)) {
        gaz_status ignored = gaz_sqlite_exec(ctx, db, "ROLLBACK");
        (void)
            ignored; /* closing rolls back as well; the first failure stands */
    }
    return status;
}
