/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review.h"

#include <string.h>

#include "gazetteer/store/merge.h"
#include "gazetteer/twins/survive.h"

static gaz_status load_heir(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id id, struct gaz_heir *out)
{
    gaz_status status = gaz_store_place(ctx, store, id, &out->place);
    return status == GAZ_OK
               ? gaz_store_origin(ctx, store, out->place.id, &out->origin)
               : status;
}

static gaz_status merge(struct gaz_ctx *ctx, struct gaz_store *store,
                        const struct gaz_review *review,
                        const struct gaz_review_step *step, int64_t *decision)
{
    struct gaz_survival survival;
    struct gaz_heir heirs[2];
    struct gaz_place made;
    gaz_status status = gaz_survive_default(ctx, &survival);
    if (status == GAZ_OK)
        status = load_heir(ctx, store, review->a, &heirs[0]);
    if (status == GAZ_OK)
        status = load_heir(ctx, store, review->b, &heirs[1]);
    if (status != GAZ_OK)
        return status;
    int kept = gaz_survive_turns(&survival, &heirs[0], &heirs[1]) ? 1 : 0;
    status = gaz_survive_merge(ctx, &survival, &heirs[kept], &heirs[1 - kept],
                               &made);
    const struct gaz_merge asked = {.kept = heirs[kept].place.id,
                                    .merged = heirs[1 - kept].place.id,
                                    .made = &made,
                                    .score = review->score,
                                    .by = step->who,
                                    .why = step->why ? step->why : review->zh};
    return status == GAZ_OK ? gaz_store_merge(ctx, store, &asked, decision)
                            : status;
}

static gaz_status carry_out(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_review_step *step)
{
    struct gaz_review review;
    struct gaz_review_step full = *step;
    full.decision = 0;
    gaz_status status = gaz_review_get(ctx, store, step->id, &review);
    if (status == GAZ_OK)
        status = gaz_review_allow(ctx, &review, step);
    if (status != GAZ_OK)
        return status;
    bool merges = strcmp(review.kind, "merge") == 0 &&
                  strcmp(step->action, "accept") == 0;
    if (merges)
        status = merge(ctx, store, &review, step, &full.decision);
    if (status == GAZ_OK)
        status = gaz_review_decide(ctx, store, &full);
    if (status == GAZ_OK && review.decision)
        status = gaz_store_unmerge(ctx, store, review.decision, step->who,
                                   step->why);
    return status;
}

gaz_status api_review_decide(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_step *step)
{
    gaz_status status = gaz_store_begin(ctx, store);
    if (status != GAZ_OK)
        return status;
    status = carry_out(ctx, store, step);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status != GAZ_OK) {
        gaz_status ignored = gaz_store_rollback(ctx, store);
        (void)ignored; /* the first failure stands */
    }
    return status;
}
