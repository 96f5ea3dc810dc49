/* review.h - the queue of what a clerk decides: proposed merges, open issues.
 *
 * Every decision makes a new version; a decision on an older version than the
 * stored one is refused, so that two clerks cannot overwrite each other. Who,
 * when and why is kept of each (review_event).
 */
#ifndef GAZ_STORE_REVIEW_H
#define GAZ_STORE_REVIEW_H

#include "gazetteer/store/store.h"

enum { GAZ_REVIEW_LIST_MAX = 100000 };

struct gaz_review {
    int64_t id;       /* 0: not queued yet */
    const char *kind; /* "merge" or "issue" */
    gaz_id a; /* merge: two places, the lesser id first; issue: its row */
    gaz_id b;
    const char *rule;
    double score;
    const char *zh;
    const char *en;
    const char *state; /* "open", "accepted", "rejected" */
    int version;       /* from 1 */
    int64_t decision;  /* merge_decision of an accepted merge; 0: none */
    gaz_id about;      /* issue: the place or address; 0: none */
    const char *who;   /* of the last decision; NULL: none yet */
    const char *why;
    const char *at;
};

/* gaz_review_put queues a merge, once: a pair that is there already keeps its
 * state, and while open takes the new score and reason. *is_new tells. Inside
 * begin and commit, as gaz_review_issues and gaz_review_decide. */
gaz_status gaz_review_put(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_review *review, bool *is_new);

/* gaz_review_issues queues every open issue that is not yet; *out: how many. */
gaz_status gaz_review_issues(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t *out);

gaz_status gaz_review_get(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t id, struct gaz_review *out);

/* By kind, score (best first) and id; `state` NULL: all. */
struct gaz_reviews {
    struct gaz_review *items;
    int count;
};
gaz_status gaz_review_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *state, struct gaz_reviews *out);

struct gaz_review_step {
    int64_t id;
    int version;        /* that the clerk has seen; 0: whichever */
    const char *action; /* "accept", "reject", "undo" */
    const char *who;
    const char *why;  /* NULL: not told; a rejection must tell */
    int64_t decision; /* of an accepted merge */
};

/* gaz_review_allow tells whether a decision may be made of a review as it is:
 * GAZ_OK, or GAZ_INVALID as of gaz_review_decide. */
gaz_status gaz_review_allow(struct gaz_ctx *ctx,
                            const struct gaz_review *review,
                            const struct gaz_review_step *step);

/* gaz_review_decide changes the state; of a rejected issue the issue is waived,
 * and open again after an undo. Merging is the caller's work (merge.h), in the
 * same transaction.
 * @return GAZ_OK; GAZ_NOT_FOUND; GAZ_INVALID: another version, decided already,
 *         nothing to undo, no who, a rejection without a why */
gaz_status gaz_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step);

#endif
