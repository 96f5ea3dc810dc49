/* review.h - a clerk's decision carried out: state, merge or undo, as one. */
#ifndef API_REVIEW_H
#define API_REVIEW_H

#include "gazetteer/store/review.h"

/* api_review_decide runs one decision in a transaction of its own: an accepted
 * merge joins the two places (survivorship as data), an undo takes them apart.
 * step->decision is not read. Statuses of gaz_review_decide, gaz_store_merge
 * and gaz_store_unmerge; nothing is changed unless GAZ_OK. */
gaz_status api_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step);

/* The CSV of decisions: written for a township that works offline, and read
 * back. Columns that the reader wants: id, version, action, who, why. */
gaz_status api_review_export(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *state);
/* Each row with an action is one decision; a row that is refused is told on
 * stderr with file and line, and the others go on. `who` stands in for a row
 * without one; NULL: none. */
struct api_review_counts {
    int done;
    int empty;
    int refused;
};
gaz_status api_review_import(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *path, const char *who,
                             struct api_review_counts *out);

#endif
