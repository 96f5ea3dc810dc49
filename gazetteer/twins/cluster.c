/* SPDX-License-Identifier: Apache-2.0 */
/* cluster.c - pairs put together, without chains. */
#include <stdlib.h>

#include "gazetteer/twins/twins.h"

/* Of each place: its cluster (0: none) and the next member of it (-1: last). */
struct clusters {
    const struct gaz_corpus *corpus;
    const struct gaz_scale *scale;
    struct gaz_arena *arena;
    int *of;
    int *next;
    int *first; /* by cluster */
    int count;
};

static int by_score(const void *a, const void *b)
{
    const struct gaz_twin *x = a;
    const struct gaz_twin *y = b;
    if (x->band != y->band)
        return x->band > y->band ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* The members of a place's cluster, or the place alone. */
static int head(const struct clusters *c, int place)
{
    return c->of[place] ? c->first[c->of[place]] : place;
}

/* Complete linkage: every one of one side with every one of the other. */
static bool may_join(const struct clusters *c, const struct gaz_twin *twin)
{
    for (int a = head(c, twin->a); a >= 0; a = c->next[a])
        for (int b = head(c, twin->b); b >= 0; b = c->next[b])
            if (gaz_twins_judge(c->arena, c->corpus, c->scale, a, b).band ==
                GAZ_BAND_DIFFERENT)
                return false;
    return true;
}

static void join(struct clusters *c, const struct gaz_twin *twin)
{
    int into = c->of[twin->a] ? c->of[twin->a] : c->of[twin->b];
    int a = head(c, twin->a);
    int b = head(c, twin->b);
    if (into == 0)
        into = ++c->count;
    c->first[into] = a;
    while (c->next[a] >= 0)
        a = c->next[a];
    c->next[a] = b;
    for (int i = c->first[into]; i >= 0; i = c->next[i])
        c->of[i] = into;
}

static void chain_note(struct clusters *c, struct gaz_twin *twin)
{
    twin->zh = gaz_arena_printf(
        c->arena, "%s；但与对方所在的簇中另一条不是同一地点", twin->zh);
    twin->en = gaz_arena_printf(
        c->arena, "%s; but another of its cluster is a different place",
        twin->en);
    if (twin->band == GAZ_BAND_DUPLICATE)
        twin->band = GAZ_BAND_REVIEW;
}

/* Numbers the clusters by their first pair: joining leaves gaps. */
static int renumber(struct clusters *c, struct gaz_twins *twins)
{
    int *fresh =
        gaz_arena_array(c->arena, (size_t)c->count + 1, sizeof(*fresh));
    int count = 0;
    for (int i = 0; i < twins->count; i++) {
        struct gaz_twin *twin = &twins->items[i];
        int at = c->of[twin->a];
        if (twin->band == GAZ_BAND_DIFFERENT || at == 0 || at != c->of[twin->b])
            continue;
        if (fresh[at] == 0)
            fresh[at] = ++count;
        twin->cluster = fresh[at];
    }
    return count;
}

static void cluster(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                    const struct gaz_scale *scale, struct gaz_twins *twins)
{
    size_t places = (size_t)corpus->place_count + 1;
    struct clusters c = {
        .corpus = corpus,
        .scale = scale,
        .arena = &ctx->arena,
        .of = gaz_arena_array(&ctx->arena, places, sizeof(int)),
        .next = gaz_arena_array(&ctx->arena, places, sizeof(int)),
        .first = gaz_arena_array(&ctx->arena, places, sizeof(int))};
    for (int i = 0; i < corpus->place_count; i++)
        c.next[i] = -1;
    for (int i = 0; i < twins->count; i++) {
        struct gaz_twin *twin = &twins->items[i];
        if (twin->band == GAZ_BAND_DIFFERENT ||
            (c.of[twin->a] && c.of[twin->a] == c.of[twin->b]))
            continue;
        if (may_join(&c, twin))
            join(&c, twin);
        else
            chain_note(&c, twin);
    }
    twins->cluster_count = renumber(&c, twins);
}

static void sort(struct gaz_twins *twins)
{
    if (twins->count > 0)
        qsort(twins->items, (size_t)twins->count, sizeof(*twins->items),
              by_score);
}

gaz_status gaz_twins_find(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          const struct gaz_scale *scale, struct gaz_twins *out)
{
    struct gaz_twin_pairs pairs;
    if (scale->of[GAZ_SCALE_BLOCK_M] < 1)
        return gaz_fail(ctx, GAZ_INVALID, "weights: block-m is less than 1");
    gaz_twins_block(ctx, corpus, scale, &pairs);
    struct gaz_twins made = {.count = pairs.count, .skipped = pairs.skipped};
    made.items = gaz_arena_array(&ctx->arena, (size_t)pairs.count + 1,
                                 sizeof(*made.items));
    for (int i = 0; i < pairs.count; i++)
        made.items[i] = gaz_twins_judge(&ctx->arena, corpus, scale,
                                        pairs.items[i].a, pairs.items[i].b);
    sort(&made);
    cluster(ctx, corpus, scale, &made);
    sort(&made); /* a chain may have changed a band */
    *out = made;
    return GAZ_OK;
}
