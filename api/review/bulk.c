/* SPDX-License-Identifier: Apache-2.0 */
/* bulk.c - one decision on all that fit a filter. */
#include <stdlib.h>
#include <string.h>

#include "api/review/review.h"

/* What was decided last is undone first: it may rest on what was before. */
static int last_first(const void *a, const void *b)
{
    const struct gaz_review *x = a;
    const struct gaz_review *y = b;
    return (x->event < y->event) - (x->event > y->event);
}

/* Those that the decision is open to: an undo by rule leaves open ones alone.
 */
static int keep_fit(struct gaz_reviews *reviews,
                    const struct gaz_review_step *step)
{
    struct gaz_ctx quiet = {.failure = ""}; /* refusals are no failures here */
    int kept = 0;
    for (int i = 0; i < reviews->count; i++) {
        struct gaz_review_step own = *step;
        own.id = reviews->items[i].id;
        gaz_review_verdict verdict =
            gaz_review_allow(&quiet, &reviews->items[i], &own);
        if (verdict != GAZ_REVIEW_SETTLED)
            reviews->items[kept++] = reviews->items[i];
        gaz_ctx_next(&quiet);
    }
    gaz_ctx_close(&quiet);
    return kept;
}

static gaz_status find(struct gaz_ctx *ctx, struct gaz_store *store,
                       const struct api_review_bulk *bulk,
                       struct gaz_reviews *out)
{
    struct gaz_review_filter filter = bulk->filter;
    bool is_undo = strcmp(bulk->step.action, "undo") == 0;
    filter.limit = 0;
    if (!filter.state && !is_undo)
        filter.state = "open";
    gaz_status status = gaz_review_list(ctx, store, &filter, out);
    if (status != GAZ_OK)
        return status;
    out->count = keep_fit(out, &bulk->step);
    if (is_undo && out->count > 1)
        qsort(out->items, (size_t)out->count, sizeof(*out->items), last_first);
    if (out->count > API_REVIEW_BULK_MAX)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "%d to decide, at most %d at once: "
                        "narrow it with in or severity",
                        out->count, API_REVIEW_BULK_MAX);
    return GAZ_OK;
}

gaz_status api_review_bulk(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct api_review_bulk *bulk,
                           struct api_review_bulk_result *result,
                           struct api_review_outcome *out)
{
    struct gaz_reviews found = {.count = 0};
    *out = (struct api_review_outcome){.verdict = GAZ_REVIEW_ALLOWED};
    gaz_status status = find(ctx, store, bulk, &found);
    if (status != GAZ_OK)
        return status;
    struct api_review_batch batch = {
        .steps = gaz_arena_array(&ctx->arena, (size_t)found.count + 1,
                                 sizeof(struct gaz_review_step)),
        .count = found.count,
        .skips = true};
    for (int i = 0; i < found.count; i++) {
        batch.steps[i] = bulk->step;
        batch.steps[i].id = found.items[i].id;
        batch.steps[i].version = found.items[i].version;
    }
    status = api_review_carry_out(ctx, store, &batch, out);
    if (status == GAZ_OK)
        *result = (struct api_review_bulk_result){
            .items = found.items,
            .count = found.count,
            .skipped = batch.skipped,
            .skipped_count = batch.skipped_count,
            .batch = batch.count > 1 ? out->event : 0};
    return status;
}
