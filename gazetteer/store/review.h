/* review.h - the queue of what a clerk decides: proposed merges, what imports
 * complained of, what checks found.
 *
 * Every decision makes a new version; a decision on an older version than the
 * stored one is refused, so that two clerks cannot overwrite each other. Who,
 * when and why is kept of each (review_event).
 *
 *     merge    accept joins the two, reject keeps them apart
 *     issue    of a row of an import     \ accept mends it where a fix is
 *     finding  of a check, by evidence   / known, else confirms it; edit mends
 *              it by another value; waive keeps the data as they are; reject
 *              says that the finding is wrong
 *
 * A finding is known by the hash of its evidence: found again unchanged it
 * keeps its state, so that what was waived stays waived; with other evidence it
 * is another finding. What a check finds no more is "gone".
 */
#ifndef GAZ_STORE_REVIEW_H
#define GAZ_STORE_REVIEW_H

#include "gazetteer/store/store.h"

enum { GAZ_REVIEW_LIST_MAX = 100000, GAZ_REVIEW_ANY = -1 };

/* The "rules" of proposed merges, so that either kind can be decided by rule.
 */
#define GAZ_REVIEW_PLACES "dedupe"
#define GAZ_REVIEW_ADDRESSES "dedupe-address"

struct gaz_review {
    int64_t id;       /* 0: not queued yet */
    const char *kind; /* "merge", "issue" or "finding" */
    gaz_id a;         /* merge: two places or two addresses, the lesser id
                       * first; issue: its row; finding: the hash of its
                       * evidence */
    gaz_id b;
    const char *rule;
    double score; /* merge: 0 to 1 */
    gaz_severity severity;
    const char *band; /* merge: "duplicate" or "review"; NULL: no merge */
    const char *zh;
    const char *en;
    gaz_id about;        /* the place or address; merge: a; 0: none */
    gaz_id other;        /* what it clashes with; merge: b; 0: none */
    const char *subject; /* "place", "address", "claim" or "change" of `about`;
                          * NULL: a row that was rejected; of a merge that is
                          * put: places */
    const char *code;    /* of the nearest division; "" */
    const char *fix_field; /* what would mend it, as `edit` takes it; NULL */
    const char *fix;
    bool fix_is_automatic;
    const char *evidence; /* JSON; NULL */
    const char *state;    /* "open", "accepted", "rejected", "waived", "fixed",
                           * "gone" */
    int version;          /* from 1 */
    int64_t decision;     /* merge_decision in force; 0: none */
    int64_t event;        /* the last decision; 0: none yet */
    const char *who;
    const char *why;
    const char *at;
};

/* ---- filling the queue, inside begin and commit ---- */

/* gaz_review_put queues a merge or a finding, once: one that is there already
 * keeps its state, and while open takes the new score and reason; a finding
 * that was gone or fixed is open again. `run` numbers the check, 0 of merges.
 * *is_new tells; NULL: what is not there yet is not queued. */
gaz_status gaz_review_put(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_review *review, int64_t run,
                          bool *is_new);

/* gaz_review_issues queues every open issue that is not yet, and that no
 * finding stands for; *out: how many. */
gaz_status gaz_review_issues(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t *out);

/* The number of the next check. */
gaz_status gaz_review_next_run(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t *out);

/* gaz_review_sweep: what a rule found before, below the division `in` (NULL:
 * anywhere), and not in this run, is gone; so are issues of imports that a
 * finding stands for now. *out grows by how many findings. */
gaz_status gaz_review_sweep(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *rule, const char *in, int64_t run,
                            int64_t *out);

/* ---- reading ---- */

gaz_status gaz_review_get(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t id, struct gaz_review *out);
/* The same; with `hides_closed` one about what is graded (secrecy.h) is
 * GAZ_NOT_FOUND. */
gaz_status gaz_review_see(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t id, bool hides_closed,
                          struct gaz_review *out);

/* What to list; NULL, 0 or GAZ_REVIEW_ANY: whatever. */
struct gaz_review_filter {
    const char *state;
    const char *kind;
    const char *rule;
    const char *band;
    const char *in;    /* beginning of a division code */
    int severity;      /* gaz_severity, or GAZ_REVIEW_ANY */
    int64_t batch;     /* decided together, last */
    bool automatic;    /* the fix is one that the rule calls automatic */
    gaz_id about;      /* this record is one of its two */
    int64_t after;     /* behind this one in the list */
    int limit;         /* 0: GAZ_REVIEW_LIST_MAX */
    bool hides_closed; /* what is about a graded record (secrecy.h) */
};

/* The worst first, then by id. */
struct gaz_reviews {
    struct gaz_review *items;
    int count;
    int64_t total; /* that fit the filter, `after` and limit apart */
    bool has_more; /* behind the last */
};
gaz_status gaz_review_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_review_filter *filter,
                           struct gaz_reviews *out);

/* How many there are of each rule and state, by rule. */
struct gaz_review_share {
    const char *rule;
    const char *state;
    gaz_severity severity; /* the highest */
    int64_t count;
};
gaz_status gaz_review_shares(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_share **out, int *count);

/* The findings that a clerk has waived or rejected, by hash. */
struct gaz_review_waiver {
    gaz_id hash;
    const char *state; /* "waived" or "rejected" */
    const char *who;
    const char *why;
};
gaz_status gaz_review_waivers(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_review_waiver **out, int *count);

/* The trail of one, oldest first. */
struct gaz_review_event {
    int64_t id;
    int version; /* that it made */
    const char *action;
    const char *who;
    const char *key; /* of access; NULL: on this machine */
    const char *why;
    const char *field;
    const char *value;
    int64_t batch; /* 0: none */
    const char *at;
};
gaz_status gaz_review_events(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t review,
                             const struct gaz_review_event **out, int *count);

/* ---- deciding ---- */

struct gaz_review_step {
    int64_t id;
    int version;        /* that the clerk has seen; 0: whichever */
    const char *action; /* "accept", "reject", "waive", "edit", "undo" */
    const char *who;
    const char *key;   /* id of the access key; NULL: none */
    const char *why;   /* NULL: not told; reject and waive must tell */
    const char *field; /* of an edit, with its new value; else NULL */
    const char *value;
    int64_t decision;  /* merge_decision of the merge or edit; 0: none */
    bool insists;      /* a warning does not stop the edit; needs a why */
    int64_t batch;     /* GAZ_REVIEW_ANY: this step begins one; 0: none */
    bool hides_closed; /* not found, when it is about a graded record */
};

/* May this be decided? */
typedef enum {
    GAZ_REVIEW_ALLOWED,
    GAZ_REVIEW_STALE,      /* another version by now */
    GAZ_REVIEW_SETTLED,    /* decided already, or nothing to undo */
    GAZ_REVIEW_INCOMPLETE, /* no who, why or value; no such action */
    GAZ_REVIEW_UNFIT,      /* this action is not for this kind */
    GAZ_REVIEW_UNSOUND,    /* the rules, or the records by now, speak against
                            * it: the caller's verdict, not gaz_review_allow's */
} gaz_review_verdict;

/* gaz_review_allow writes the sentence of a refusal into ctx. */
gaz_review_verdict gaz_review_allow(struct gaz_ctx *ctx,
                                    const struct gaz_review *review,
                                    const struct gaz_review_step *step);

/* gaz_review_decide changes the state and writes the trail; an issue that was
 * rejected or waived is waived, one that was mended is fixed, and open again
 * after an undo. Merging and editing is the caller's work (merge.h, correct.h),
 * in the same transaction. *event (may be NULL) is the event's number.
 * @return GAZ_OK; GAZ_NOT_FOUND; GAZ_INVALID: as gaz_review_allow */
gaz_status gaz_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step,
                             int64_t *event);

#endif
