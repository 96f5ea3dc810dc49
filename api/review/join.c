/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/join.h"

#include <string.h>

#include "gazetteer/store/merge.h"
#include "gazetteer/twins/stand.h"
#include "gazetteer/twins/survive.h"

/* One accepted pair. */
struct pair {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    const struct gaz_review *review;
    const struct gaz_review_step *step;
    struct gaz_survival survival;
    bool *is_other;
};

/* `kept` and `merged` are set by the caller. */
static gaz_status carry_out(const struct pair *pair, struct gaz_merge *merge,
                            int64_t *decision)
{
    merge->score = pair->review->score;
    merge->by = pair->step->who;
    merge->why = pair->step->why ? pair->step->why : pair->review->zh;
    return gaz_store_merge(pair->ctx, pair->store, merge, decision);
}

/* Edited since it was queued, it may be what must never be joined. */
static gaz_status refuse_forbidden(const struct pair *pair, gaz_twins_kind kind)
{
    struct gaz_twin twin;
    gaz_status status = gaz_twins_stand(
        pair->ctx, pair->store, kind, pair->review->a, pair->review->b, &twin);
    if (status == GAZ_OK && twin.score == 0)
        return gaz_fail(pair->ctx, GAZ_INVALID, "they cannot be one: %s (%s)",
                        twin.en, twin.zh);
    return status;
}

/* ---- places ---- */

static gaz_status load_place(const struct pair *pair, gaz_id id,
                             struct gaz_heir *out)
{
    gaz_status status =
        gaz_store_place(pair->ctx, pair->store, id, &out->place);
    if (status != GAZ_OK)
        return status;
    *pair->is_other = *pair->is_other || out->place.id != id;
    return gaz_store_origin(pair->ctx, pair->store, out->place.id,
                            &out->origin);
}

static gaz_status join_places(const struct pair *pair, int64_t *decision)
{
    struct gaz_heir heirs[2];
    struct gaz_place made;
    gaz_status status = load_place(pair, pair->review->a, &heirs[0]);
    if (status == GAZ_OK)
        status = load_place(pair, pair->review->b, &heirs[1]);
    if (status == GAZ_OK && !*pair->is_other)
        status = refuse_forbidden(pair, GAZ_TWINS_PLACES);
    if (status != GAZ_OK || *pair->is_other)
        return status;
    const int kept = gaz_survive_turns(&pair->survival, &heirs[0], &heirs[1]);
    status = gaz_survive_merge(pair->ctx, &pair->survival, &heirs[kept],
                               &heirs[1 - kept], &made);
    struct gaz_merge merge = {.kept = heirs[kept].place.id,
                              .merged = heirs[1 - kept].place.id,
                              .made = &made};
    return status == GAZ_OK ? carry_out(pair, &merge, decision) : status;
}

/* ---- addresses ---- */

static gaz_status load_address(const struct pair *pair, gaz_id id,
                               struct gaz_address_heir *out)
{
    gaz_status status =
        gaz_store_address(pair->ctx, pair->store, id, &out->address);
    if (status != GAZ_OK)
        return status;
    *pair->is_other = *pair->is_other || out->address.id != id;
    return gaz_store_origin(pair->ctx, pair->store, out->address.id,
                            &out->origin);
}

static gaz_status join_addresses(const struct pair *pair, int64_t *decision)
{
    struct gaz_address_heir heirs[2];
    gaz_status status = load_address(pair, pair->review->a, &heirs[0]);
    if (status == GAZ_OK)
        status = load_address(pair, pair->review->b, &heirs[1]);
    if (status == GAZ_OK && !*pair->is_other)
        status = refuse_forbidden(pair, GAZ_TWINS_ADDRESSES);
    if (status != GAZ_OK || *pair->is_other)
        return status;
    const int kept =
        gaz_survive_address_turns(&pair->survival, &heirs[0], &heirs[1]);
    const struct gaz_address made =
        gaz_survive_address(&pair->survival, &heirs[kept], &heirs[1 - kept]);
    struct gaz_merge merge = {.kept = heirs[kept].address.id,
                              .merged = heirs[1 - kept].address.id,
                              .address = &made};
    return carry_out(pair, &merge, decision);
}

gaz_status api_join_pair(struct gaz_ctx *ctx, struct gaz_store *store,
                         const struct gaz_review *review,
                         const struct gaz_review_step *step, bool *is_other,
                         int64_t *decision)
{
    struct pair pair = {.ctx = ctx,
                        .store = store,
                        .review = review,
                        .step = step,
                        .is_other = is_other};
    const bool is_address =
        review->subject && strcmp(review->subject, "address") == 0;
    gaz_status status = gaz_survive_default(ctx, &pair.survival);
    if (status != GAZ_OK)
        return status;
    return is_address ? join_addresses(&pair, decision)
                      : join_places(&pair, decision);
}
