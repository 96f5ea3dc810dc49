/* migrate.h - the schema's versions: what a file is, and bringing it up to
 * date.
 *
 * PRAGMA application_id tells a Diming database from any other SQLite file;
 * PRAGMA user_version counts the migrations that ran. Both are set in the
 * transaction of the migrations: a crash leaves the old version or the new.
 */
#ifndef GAZ_STORE_MIGRATE_H
#define GAZ_STORE_MIGRATE_H

#include "gazetteer/store/sqlite.h"

enum { GAZ_MIGRATE_APPLICATION_ID = 0x44694d69 }; /* "DiMi" */

/* gaz_migrate_newest is the version this program writes. */
int gaz_migrate_newest(void);

/* gaz_migrate_check is GAZ_OK for a Diming database that is not newer than the
 * program, and for an empty file (version 0); *version is what it has.
 * GAZ_INVALID with the reason for the others. */
gaz_status gaz_migrate_check(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                             const char *path, int *version);

/* gaz_migrate_run brings the file to version `to` in one transaction; nothing
 * to do is GAZ_OK. Two programs may race: the second finds it done. */
gaz_status gaz_migrate_run(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                           const char *path, int to);

#endif
