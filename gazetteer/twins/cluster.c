/* SPDX-License-Identifier: Apache-2.0 */
/* cluster.c - pairs put together, without chains: around one record. */
#include "gazetteer/twins/finder.h"

/* Of each record: its cluster (0: none) and the next member of it (-1: last).
 */
struct clusters {
    const struct gaz_twin_finder *finder;
    struct gaz_arena *arena;
    int *of;
    int *next;
    int *first; /* by cluster */
    int count;
};

/* The members of a record's cluster, or the record alone. */
static int head(const struct clusters *c, int record)
{
    return c->of[record] ? c->first[c->of[record]] : record;
}

/* No record of one side is contradicted by one of the other. */
static bool do_agree(const struct clusters *c, const struct gaz_twin *twin)
{
    for (int a = head(c, twin->a); a >= 0; a = c->next[a])
        for (int b = head(c, twin->b); b >= 0; b = c->next[b]) {
            struct gaz_cues cues;
            gaz_twins_cues(c->finder, a < b ? a : b, a < b ? b : a, &cues);
            if (gaz_cues_contradict(&cues))
                return false;
        }
    return true;
}

static bool is_like_all(const struct clusters *c, int middle, int first)
{
    for (int i = first; i >= 0; i = c->next[i])
        if (i != middle && gaz_twins_judge(c->finder, NULL, middle, i).band ==
                               GAZ_BAND_DIFFERENT)
            return false;
    return true;
}

/* One record is the middle: all others may be one with it. Two slips of its
 * name need not be like each other. */
static bool has_middle(const struct clusters *c, const struct gaz_twin *twin)
{
    const int firsts[2] = {head(c, twin->a), head(c, twin->b)};
    for (int side = 0; side < 2; side++)
        for (int i = firsts[side]; i >= 0; i = c->next[i])
            if (is_like_all(c, i, firsts[0]) && is_like_all(c, i, firsts[1]))
                return true;
    return false;
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

static void chain_note(struct clusters *c, struct gaz_twin *twin, int *by_band)
{
    twin->zh = gaz_arena_printf(c->arena, "%s；但与对方所在的簇中另一条不同",
                                twin->zh);
    twin->en = gaz_arena_printf(
        c->arena, "%s; but another of its cluster is different", twin->en);
    if (twin->band == GAZ_BAND_DUPLICATE) {
        twin->band = GAZ_BAND_REVIEW;
        by_band[GAZ_BAND_DUPLICATE]--;
        by_band[GAZ_BAND_REVIEW]++;
    }
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

void gaz_cluster_all(struct gaz_ctx *ctx, const struct gaz_twin_finder *finder,
                     struct gaz_twins *twins)
{
    size_t records = (size_t)finder->count + 1;
    struct clusters c = {
        .finder = finder,
        .arena = &ctx->arena,
        .of = gaz_arena_array(&ctx->arena, records, sizeof(int)),
        .next = gaz_arena_array(&ctx->arena, records, sizeof(int)),
        .first = gaz_arena_array(&ctx->arena, (size_t)twins->count + 2,
                                 sizeof(int))};
    for (int i = 0; i < finder->count; i++)
        c.next[i] = -1;
    for (int i = 0; i < twins->count; i++) {
        struct gaz_twin *twin = &twins->items[i];
        if (twin->band == GAZ_BAND_DIFFERENT ||
            (c.of[twin->a] && c.of[twin->a] == c.of[twin->b]))
            continue;
        if (do_agree(&c, twin) && has_middle(&c, twin))
            join(&c, twin);
        else
            chain_note(&c, twin, twins->by_band);
    }
    twins->cluster_count = renumber(&c, twins);
}
