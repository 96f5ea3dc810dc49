/* join.h - an accepted merge: two places or two addresses become one, by
 * survivorship. */
#ifndef API_REVIEW_JOIN_H
#define API_REVIEW_JOIN_H

#include "gazetteer/store/review.h"

/* api_join_pair joins the two records of a review of kind merge, inside begin
 * and commit. *is_other: one of them was merged meanwhile; that is another
 * record, and whether it is the same as the second one nobody has judged, so
 * nothing is done. *decision: the row of merge_decision.
 * @return GAZ_OK; GAZ_INVALID: they cannot be one; GAZ_NOT_FOUND: one of them
 *         is no more */
gaz_status api_join_pair(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_review *review,
                         const struct gaz_review_step *step, bool *is_other,
                         int64_t *decision);

#endif
