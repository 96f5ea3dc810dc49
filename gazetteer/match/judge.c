/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/judge.h"

#include <math.h>
#include <string.h>

#include "gazetteer/match/match_weights.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/standardise/weights.h"

struct gaz_judge {
    struct gaz_unicode *unicode;
    const struct gaz_match_weights *weights;
    struct gaz_side sides[2];
    struct gaz_overlaps overlaps[2];
    float features[2][GAZ_FEATURES];
};

gaz_status gaz_judge_open(struct gaz_ctx *ctx, struct gaz_judge **out)
{
    struct gaz_unicode *unicode;
    gaz_status status = gaz_unicode_open(ctx, &unicode);
    if (status != GAZ_OK)
        return status;
    struct gaz_judge *judge = gaz_malloc(sizeof *judge);
    judge->unicode = unicode;
    judge->weights = gaz_match_weights_shipped();
    *out = judge;
    return GAZ_OK;
}

void gaz_judge_close(struct gaz_judge *judge)
{
    if (!judge)
        return;
    gaz_unicode_close(judge->unicode);
    gaz_free(judge);
}

static gaz_status read_side(struct gaz_ctx *ctx, struct gaz_judge *judge,
                            const char *text, struct gaz_side *side)
{
    size_t size = strlen(text);
    if (size > GAZ_ADDRESS_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "an address of %zu bytes, at most %d",
                        size, (int)GAZ_ADDRESS_MAX_BYTES);
    gaz_status status = gaz_side_read(ctx, judge->unicode, gaz_weights_model(),
                                      text, size, side);
    if (status != GAZ_OK)
        return status;
    if (side->count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "an address without words");
    gaz_rarity_weigh(judge->weights->knowledge.rarity, side);
    return GAZ_OK;
}

static gaz_pair_label choose(const struct gaz_match_header *h,
                             const double probability[GAZ_MATCH_CLASSES])
{
    int best = 0;
    for (int k = 1; k < GAZ_MATCH_CLASSES; k++) {
        if (log(probability[k]) + (double)h->offsets[k] >
            log(probability[best]) + (double)h->offsets[best])
            best = k;
    }
    return (gaz_pair_label)best;
}

static bool is_identical(const struct gaz_side *a, const struct gaz_side *b)
{
    return a->count == b->count &&
           memcmp(a->tokens, b->tokens, sizeof *a->tokens * (size_t)a->count) ==
               0;
}

static void decide(struct gaz_judge *judge, struct gaz_judgement *out)
{
    const struct gaz_side *a = &judge->sides[0];
    const struct gaz_side *b = &judge->sides[1];
    if (is_identical(a, b)) { /* nothing to learn here */
        out->label = GAZ_PAIR_SAME;
        out->probability[0] = 0;
        out->probability[1] = 0;
        out->probability[2] = 1;
        return;
    }
    const struct gaz_match_weights *w = judge->weights;
    double order[2][GAZ_MATCH_CLASSES];
    double shares[2];
    gaz_features_compare(&w->knowledge, a, b, &judge->overlaps[0]);
    gaz_features_turn(a, b, &judge->overlaps[0], &judge->overlaps[1]);
    for (int way = 0; way < 2; way++) {
        (void)gaz_features_read(&w->knowledge, way ? b : a, way ? a : b,
                                &judge->overlaps[way], judge->features[way]);
        gaz_trees_ask(&w->order, judge->features[way], order[way]);
    }
    gaz_trees_shares(order, shares);
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        out->probability[k] = 0;
    for (int way = 0; way < 2; way++) {
        double p[GAZ_MATCH_CLASSES];
        if (shares[way] <= 0)
            continue;
        gaz_trees_ask(&w->trees, judge->features[way], p);
        for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
            out->probability[k] += shares[way] * p[k];
    }
    out->label = choose(w->header, out->probability);
}

gaz_status gaz_judge_label(struct gaz_ctx *ctx, struct gaz_judge *judge,
                           const char *a, const char *b,
                           struct gaz_judgement *out)
{
    gaz_status status = read_side(ctx, judge, a, &judge->sides[0]);
    if (status == GAZ_OK)
        status = read_side(ctx, judge, b, &judge->sides[1]);
    if (status != GAZ_OK)
        return status;
    decide(judge, out);
    out->evidence.count = 0;
    return GAZ_OK;
}

gaz_status gaz_judge_pair(struct gaz_ctx *ctx, struct gaz_judge *judge,
                          const char *a, const char *b,
                          struct gaz_judgement *out)
{
    gaz_status status = gaz_judge_label(ctx, judge, a, b, out);
    if (status != GAZ_OK)
        return status;
    gaz_evidence_read(&ctx->arena, &judge->sides[0], &judge->sides[1],
                      &out->evidence);
    return GAZ_OK;
}

const char *gaz_judge_name(gaz_pair_label label)
{
    static const char *const NAMES[] = {"different", "partly", "same"};
    return NAMES[label];
}
