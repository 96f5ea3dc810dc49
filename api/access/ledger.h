/* ledger.h - the database behind the server, for what the snapshot does not
 * hold: one connection that reads, shared under a lock, opened when first asked
 * for and again after a failure. Who writes is write/scribe.h. */
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

/* The last entry of the journal; 0: there is none, or no database. */
uint64_t api_ledger_seq(struct gaz_ctx *ctx, struct api_ledger *ledger);

/* What is known of a line. */
struct api_ledger_line {
    struct gaz_boundary_line line;
    const struct gaz_coord *schematic; /* the line as the public sees it */
    size_t schematic_count;            /* 0: none */
    struct gaz_boundary_markers markers;
    struct gaz_boundary_points points;
};
struct api_ledger_lines {
    const struct api_ledger_line *items;
    size_t count;
};

/* All boundary lines; markers and points only `with_marks`. Without a database
 * there are none. */
gaz_status api_ledger_border(struct gaz_ctx *ctx, struct api_ledger *ledger,
                             bool with_marks, struct api_ledger_lines *out);

/* Work with the store of a ledger, under its lock. */
typedef gaz_status api_ledger_work(struct gaz_ctx *ctx, struct gaz_store *store,
                                   void *user);

/* GAZ_NOT_FOUND: there is no database; GAZ_INVALID: none that this program
 * reads; else what the work returns. */
gaz_status api_ledger_read(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           api_ledger_work *work, void *user);

/* api_ledger_boundary reads the newest edition of the line between two sides,
 * whichever is A, and its markers. Marker positions are not public: the caller
 * asks for the role. GAZ_NOT_FOUND: no such line, or no database. */
gaz_status api_ledger_boundary(struct gaz_ctx *ctx, struct api_ledger *ledger,
                               const char *const sides[2],
                               struct gaz_boundary_line *line,
                               struct gaz_boundary_markers *markers);

#endif
