/* ledger.h - the database behind the server, for what the snapshot does not
 * hold: one connection that reads, shared under a lock, opened when first asked
 * for and again after a failure. */
#ifndef API_ACCESS_LEDGER_H
#define API_ACCESS_LEDGER_H

#include "gazetteer/store/boundary.h"
#include "gazetteer/store/feed.h"

struct api_ledger;

struct api_ledger *api_ledger_open(const char *db);
void api_ledger_close(struct api_ledger *ledger); /* accepts NULL */

/* api_ledger_feed is gaz_store_feed. GAZ_NOT_FOUND: there is no database. */
gaz_status api_ledger_feed(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           int64_t since, int limit, struct gaz_feed *out);

/* api_ledger_boundary reads the newest edition of the line between two sides,
 * whichever is A, and its markers. Marker positions are not public: the caller
 * asks for the role. GAZ_NOT_FOUND: no such line, or no database. */
gaz_status api_ledger_boundary(struct gaz_ctx *ctx, struct api_ledger *ledger,
                               const char *const sides[2],
                               struct gaz_boundary_line *line,
                               struct gaz_boundary_markers *markers);

#endif
