/* review.h - a clerk's decisions carried out: state, merge, edit or undo, as
 * one.
 *
 *     struct api_review_outcome outcome;
 *     status = api_review_decide(ctx, store, &step, &outcome);
 *     if (status == GAZ_INVALID) ... outcome.verdict says of what kind
 *
 * An accepted merge joins the two places (survivorship as data); an accepted
 * finding whose fix is known is mended by it; an edit puts another value. What
 * is mended is judged by the rules before the commit: a new error, or the same
 * finding again, and nothing is changed. An undo puts everything back.
 */
#ifndef API_REVIEW_REVIEW_H
#define API_REVIEW_REVIEW_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/store/review.h"

enum { API_REVIEW_BULK_MAX = 10000, API_REVIEW_CSV_MAX_BYTES = 1 << 28 };

struct api_review_outcome {
    gaz_review_verdict verdict;
    int64_t refused; /* the review that was refused; 0: none */
    int64_t event;   /* the first that was written */
};

/* One that was left out of many: its records are others by now. */
struct api_review_skip {
    int64_t id;
    const char *why; /* Chinese and English */
};

/* Decisions that stand or fall together; what was skipped lives in the arena.
 */
struct api_review_batch {
    struct gaz_review_step *steps;
    int count;
    bool skips; /* a merge that cannot be made any more is left out, not a
                 * failure of all */
    struct api_review_skip *skipped;
    int skipped_count;
};

/* api_review_carry_out works inside begin and commit; after a failure roll
 * back.
 * @return GAZ_OK; GAZ_INVALID: refused, outcome says; GAZ_NOT_FOUND; as
 *         gaz_store_merge, gaz_store_correct, gaz_store_unmerge */
gaz_status api_review_carry_out(struct gaz_ctx *ctx, struct gaz_store *store,
                                struct api_review_batch *batch,
                                struct api_review_outcome *out);

/* api_review_decide runs one decision in a transaction of its own; nothing is
 * changed unless GAZ_OK. step->decision is not read. */
gaz_status api_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step,
                             struct api_review_outcome *out);

/* ---- many at once ---- */

struct api_review_bulk {
    struct gaz_review_filter filter;
    struct gaz_review_step step; /* id and version are those of each */
};

struct api_review_bulk_result {
    const struct gaz_review *items; /* as they were before */
    int count;                      /* with those that were skipped */
    const struct api_review_skip *skipped;
    int skipped_count;
    int64_t batch; /* filter.batch finds them again; 0: none was decided */
};

/* api_review_bulk decides all that fit the filter, inside begin and commit:
 * roll back for a dry run, which has told all that would be. An undo takes the
 * last decision first. GAZ_LIMIT: more than API_REVIEW_BULK_MAX. */
gaz_status api_review_bulk(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct api_review_bulk *bulk,
                           struct api_review_bulk_result *result,
                           struct api_review_outcome *out);

/* ---- as CSV, for a township that works offline ---- */

/* Columns that the reader wants: id, version, action, who, why. field and value
 * go with an edit. */
gaz_status api_review_export(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_filter *filter,
                             struct gaz_buffer *out);

/* A row of the file that was not carried out. */
struct api_review_row {
    int64_t line;
    int64_t id; /* 0: not readable */
    const char *why;
};
struct api_review_counts {
    int done;
    int empty; /* without an action */
    int refused;
    struct api_review_row *rows; /* refused ones, in the arena */
};

/* What an import reads, and for whom. */
struct api_review_sheet {
    const char *name; /* of the file */
    const void *data; /* what it holds; NULL: it is read */
    size_t size;
    const char *who;   /* stands in for a row without one; NULL: none */
    const char *key;   /* of access; its `who` is told beside the row's */
    bool hides_closed; /* rows about graded records are not found */
};

/* Each row with an action is one decision in a transaction of its own; a row
 * that is refused changes nothing, and the others go on. */
gaz_status api_review_import(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct api_review_sheet *sheet,
                             struct api_review_counts *out);

#endif
