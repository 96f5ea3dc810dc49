/* ledger.h - the database behind the server, for what the snapshot does not
 * hold: one connection that reads and one that writes, each shared under a lock
 * of its own, opened when first asked for and again after a failure. A reader
 * never waits for the writer. */
#ifndef API_ACCESS_LEDGER_H
#define API_ACCESS_LEDGER_H

#include "gazetteer/store/feed.h"

struct api_ledger;

struct api_ledger *api_ledger_open(const char *db);
void api_ledger_close(struct api_ledger *ledger); /* accepts NULL */

/* api_ledger_feed is gaz_store_feed. GAZ_NOT_FOUND: there is no database. */
gaz_status api_ledger_feed(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           int64_t since, int limit, struct gaz_feed *out);

/* Work with the store of a ledger, under its lock. */
typedef gaz_status api_ledger_work(struct gaz_ctx *ctx, struct gaz_store *store,
                                   void *user);

/* GAZ_NOT_FOUND: there is no database; GAZ_INVALID: none that this program
 * reads; else what the work returns. */
gaz_status api_ledger_read(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           api_ledger_work *work, void *user);

/* api_ledger_write runs the work inside begin and commit, and rolls back when
 * it fails. GAZ_LIMIT, before the work: another program has been writing for
 * GAZ_SQLITE_BUSY_MS. A database is never created or migrated here. */
gaz_status api_ledger_write(struct gaz_ctx *ctx, struct api_ledger *ledger,
                            api_ledger_work *work, void *user);
/* api_ledger_lend is the same for work that begins and commits itself. */
gaz_status api_ledger_lend(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           api_ledger_work *work, void *user);

#endif
