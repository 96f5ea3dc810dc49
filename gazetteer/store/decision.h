/* decision.h - one decision of a clerk (a row of merge_decision), and what it
 * changed, so that it can be undone. For the files of this room.
 *
 *     struct gaz_decision d = {.ctx = ctx, .store = store, .kept = id ...};
 *     status = gaz_decision_begin(&d);   the tables are watched
 *     ... rows change; d.id is set when the decision's row is written
 *     status = gaz_decision_end(&d, status);
 */
#ifndef GAZ_STORE_DECISION_H
#define GAZ_STORE_DECISION_H

#include "gazetteer/store/session.h"
#include "gazetteer/store/store.h"

struct gaz_decision {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    int64_t id; /* row of merge_decision; 0: not written yet */
    gaz_id kept;
    gaz_id merged;
    struct gaz_session *session;
};

/* gaz_decision_run runs a statement that is made of names of our own tables;
 * :decision, :kept and :merged are bound. With `out` it gives one number. */
gaz_status gaz_decision_run(const struct gaz_decision *decision,
                            const char *sql, int64_t *out);

gaz_status gaz_decision_begin(struct gaz_decision *decision);
/* gaz_decision_end keeps what has changed since the begin, when `status` is
 * GAZ_OK, and gives the first failure back. GAZ_INVALID: nothing has changed.
 */
gaz_status gaz_decision_end(struct gaz_decision *decision, gaz_status status);

/* gaz_decision_undo puts all of it back. GAZ_INVALID: a value that the decision
 * wrote has changed since. */
gaz_status gaz_decision_undo(const struct gaz_decision *decision);

#endif
