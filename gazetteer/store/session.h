/* session.h - what a transaction changed, as SQLite's session extension notes
 * it: value by value, exact, and applied backwards to undo it.
 *
 * Only the tables that are named are watched; what their triggers write to
 * others (the journal, the R*Trees) is written again when a changeset is
 * undone.
 */
#ifndef GAZ_STORE_SESSION_H
#define GAZ_STORE_SESSION_H

#include "gazetteer/store/sqlite.h"

struct gaz_session;

/* @param tables  ends with NULL; those that refer to others before them, so
 *                that an undo deletes in that order */
gaz_status gaz_session_open(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                            const char *const *tables,
                            struct gaz_session **out);
void gaz_session_close(struct gaz_session *session); /* accepts NULL */

/* gaz_session_changes gives what has changed since; in ctx->arena. */
gaz_status gaz_session_changes(struct gaz_ctx *ctx, struct gaz_session *session,
                               const void **out, size_t *size);

/* gaz_session_undo applies a changeset backwards: all of it or nothing.
 * GAZ_INVALID: a value that it wrote is another by now, or something refers to
 * a row that would go; the failure names the table. */
gaz_status gaz_session_undo(struct gaz_ctx *ctx, struct gaz_sqlite *db,
                            const void *changes, size_t size);

#endif
