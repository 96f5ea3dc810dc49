/* batch.h - one row of a batch: the answer of a single call, and a status.
 *
 * The command line and HTTP call this for each row, so that a batch gives what
 * single calls give. A row whose best answer is under the threshold keeps its
 * candidates and is given no position: a department must not store a guess as a
 * fact.
 */
#ifndef GAZ_SEARCH_BATCH_H
#define GAZ_SEARCH_BATCH_H

#include "gazetteer/search/search.h"

/* gaz_batch_threshold is the lowest confidence at which a row is given a
 * position: of the answers at or above it, at most 1 in 200 was wrong when the
 * confidence was fitted. It stands in data/model/confidence.txt. A row in which
 * a name is at odds with the answer (平湖市枫泾镇) is for a person to settle
 * however sure the answer is. */
double gaz_batch_threshold(void);

typedef enum {
    GAZ_BATCH_MATCHED = 0, /* answers.items[0] is the answer */
    GAZ_BATCH_REVIEW,      /* candidates only: a person should choose */
    GAZ_BATCH_NONE,        /* nothing found */
    GAZ_BATCH_INVALID,     /* the row cannot be asked: empty, not UTF-8 ... */
} gaz_batch_status;

/* "matched", "review", "none", "invalid" */
const char *gaz_batch_name(gaz_batch_status status);

struct gaz_batch_answer {
    gaz_batch_status status;
    struct gaz_answers answers;   /* as gaz_geocode gives them */
    struct gaz_position position; /* method NONE unless MATCHED */
    const char *failure;          /* INVALID: the sentence; else NULL */
};

/* gaz_batch_row answers one row. A row that is wrong in itself gives GAZ_OK and
 * INVALID, so that the others go on; ctx->failure is cleared then. Other
 * failures are returned. Lives in ctx->arena: reset it between rows, after the
 * row is written. */
gaz_status gaz_batch_row(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                         const struct gaz_snapshot *snap,
                         const struct gaz_query *query,
                         struct gaz_batch_answer *out);

#endif
