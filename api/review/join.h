/* join.h - an accepted merge: two places or two addresses become one, by
 * survivorship. */
#ifndef API_REVIEW_JOIN_H
#define API_REVIEW_JOIN_H

#include "gazetteer/store/review.h"

/* api_join_pair joins the two records of a review of kind merge, inside begin
 * and commit; *decision is the row of merge_decision. What hinders it by now is
 * told in *hindrance (else left alone), and nothing is done: one of them was
 * merged meanwhile (that is another record, and whether it is the same as the
 * second one nobody has judged), or edited so that they cannot be one.
 * @return GAZ_OK, also when it is hindered; GAZ_INVALID: as gaz_store_merge;
 *         GAZ_NOT_FOUND: one of them is no more */
gaz_status api_join_pair(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_review *review,
                         const struct gaz_review_step *step,
                         const char **hindrance, int64_t *decision);

#endif
