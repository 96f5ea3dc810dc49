/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/batch.h"

#include "gazetteer/search/confidence.h"

double gaz_batch_threshold(void)
{
    return gaz_confidence_shipped()->threshold;
}

const char *gaz_batch_name(gaz_batch_status status)
{
    static const char *const NAMES[] = {"matched", "review", "none", "invalid"};
    return (unsigned)status <= GAZ_BATCH_INVALID ? NAMES[status] : "none";
}

gaz_status gaz_batch_row(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                         const struct gaz_snapshot *snap,
                         const struct gaz_query *query,
                         struct gaz_batch_answer *out)
{
    struct gaz_batch_answer row = {.status = GAZ_BATCH_NONE};
    gaz_status status = gaz_geocode(ctx, searcher, snap, query, &row.answers);
    if (status == GAZ_INVALID || status == GAZ_LIMIT) {
        row.status = GAZ_BATCH_INVALID;
        row.failure = gaz_arena_strdup(&ctx->arena, gaz_ctx_failure(ctx));
        row.answers.standardised = "";
        ctx->failure[0] = '\0';
    } else if (status != GAZ_OK) {
        return status;
    }
    if (row.answers.count > 0) {
        const struct gaz_answer *best = &row.answers.items[0];
        bool is_sure = best->confidence >= gaz_batch_threshold() &&
                       best->signs[GAZ_SIGN_AGAINST] <= 0;
        row.status = is_sure ? GAZ_BATCH_MATCHED : GAZ_BATCH_REVIEW;
        if (is_sure)
            row.position = best->position;
    }
    *out = row;
    return GAZ_OK;
}
