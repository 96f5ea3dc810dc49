/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/judge.h"

#include <math.h>
#include <string.h>

#include "gazetteer/match/features_list.h"
#include "gazetteer/match/match_weights.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/standardise/weights.h"

struct gaz_judge {
    struct gaz_unicode *unicode;
    const struct gaz_match_weights *weights;
    struct gaz_side sides[2];
    struct gaz_overlaps overlaps[2];
    float features[2][GAZ_FEATURES];
    float rows[GAZ_LIST_MAX][GAZ_LIST_ROW];
    bool is_identical[GAZ_LIST_MAX];
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

static gaz_pair_label choose(const float offsets[GAZ_MATCH_CLASSES],
                             const double probability[GAZ_MATCH_CLASSES])
{
    int best = 0;
    for (int k = 1; k < GAZ_MATCH_CLASSES; k++) {
        if (log(probability[k]) + (double)offsets[k] >
            log(probability[best]) + (double)offsets[best])
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

/* True for the same tokens: nothing to learn there. */
static bool decide_identical(const struct gaz_judge *judge,
                             struct gaz_judgement *out)
{
    if (!is_identical(&judge->sides[0], &judge->sides[1]))
        return false;
    out->label = GAZ_PAIR_SAME;
    out->probability[GAZ_PAIR_DIFFERENT] = 0;
    out->probability[GAZ_PAIR_PARTLY] = 0;
    out->probability[GAZ_PAIR_SAME] = 1;
    return true;
}

static void decide(struct gaz_judge *judge, struct gaz_judgement *out)
{
    const struct gaz_side *a = &judge->sides[0];
    const struct gaz_side *b = &judge->sides[1];
    if (decide_identical(judge, out))
        return;
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
    out->label = choose(w->header->offsets, out->probability);
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

/* ---- lists ---- */

/* Reads a candidate into sides[1]. */
static gaz_status read_candidate(struct gaz_ctx *ctx, struct gaz_judge *judge,
                                 struct gaz_candidate *c)
{
    ctx->failure[0] = '\0'; /* each has a reason of its own */
    c->failure = NULL;
    c->judgement.evidence.count = 0;
    c->status = read_side(ctx, judge, c->text, &judge->sides[1]);
    if (c->status != GAZ_OK)
        c->failure = gaz_arena_strdup(&ctx->arena, gaz_ctx_failure(ctx));
    return c->status;
}

/* The features of sides[1] as a candidate. */
static void read_row(struct gaz_judge *judge, float *row)
{
    const struct gaz_knowledge *k = &judge->weights->knowledge;
    const struct gaz_side *a = &judge->sides[0];
    const struct gaz_side *b = &judge->sides[1];
    gaz_features_compare(k, a, b, &judge->overlaps[0]);
    (void)gaz_features_read(k, a, b, &judge->overlaps[0], row);
}

static void decide_list(struct gaz_judge *judge,
                        struct gaz_candidate *const *judged, int count)
{
    const struct gaz_match_weights *w = judge->weights;
    int features = (int)w->header->features;
    const float *rows[GAZ_LIST_MAX];
    for (int i = 0; i < count; i++)
        rows[i] = judge->rows[i];
    for (int i = 0; i < count; i++) {
        struct gaz_judgement *j = &judged[i]->judgement;
        if (judge->is_identical[i])
            continue;
        gaz_features_list(rows, count, features, i, judge->rows[i] + features);
        gaz_trees_ask(&w->lists, judge->rows[i], j->probability);
        j->label = choose(w->header->list_offsets, j->probability);
    }
}

/* Reads all candidates; returns how many could be. */
static int read_list(struct gaz_ctx *ctx, struct gaz_judge *judge,
                     const struct gaz_list_options *options,
                     struct gaz_candidate *list, int count,
                     struct gaz_candidate **judged)
{
    int good = 0;
    for (int i = 0; i < count; i++) {
        struct gaz_judgement *j = &list[i].judgement;
        if (read_candidate(ctx, judge, &list[i]) != GAZ_OK)
            continue;
        if (options->is_alone) {
            decide(judge, j);
        } else {
            judge->is_identical[good] = decide_identical(judge, j);
            read_row(judge, judge->rows[good]);
        }
        if (options->has_evidence)
            gaz_evidence_read(&ctx->arena, &judge->sides[0], &judge->sides[1],
                              &j->evidence);
        judged[good++] = &list[i];
    }
    ctx->failure[0] = '\0';
    return good;
}

gaz_status gaz_judge_list(struct gaz_ctx *ctx, struct gaz_judge *judge,
                          const char *asked,
                          const struct gaz_list_options *options,
                          struct gaz_candidate *list, int count)
{
    struct gaz_candidate *judged[GAZ_LIST_MAX];
    if (count > GAZ_LIST_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "%d candidates, at most %d", count,
                        (int)GAZ_LIST_MAX);
    gaz_status status = read_side(ctx, judge, asked, &judge->sides[0]);
    if (status != GAZ_OK)
        return status;
    int good = read_list(ctx, judge, options, list, count, judged);
    if (options->is_alone || good == 0)
        return GAZ_OK;
    if (good > 1) {
        decide_list(judge, judged, good);
        return GAZ_OK;
    }
    status = read_side(ctx, judge, judged[0]->text, &judge->sides[1]);
    if (status == GAZ_OK)
        decide(judge, &judged[0]->judgement);
    return status;
}

const char *gaz_judge_name(gaz_pair_label label)
{
    static const char *const NAMES[] = {"different", "partly", "same"};
    return NAMES[label];
}
