/* SPDX-License-Identifier: Apache-2.0 */
/* find.c - the finder: records laid out, keys sorted, pairs judged. */
#include <stdlib.h>

#include "gazetteer/twins/finder.h"

static gaz_status lay_out(struct gaz_ctx *ctx, struct gaz_twin_finder *finder,
                          int index, struct gaz_twin_side *out)
{
    return finder->kind == GAZ_TWINS_PLACES
               ? gaz_side_place(ctx, finder->corpus, &finder->keep, index, out)
               : gaz_side_address(ctx, finder->corpus, &finder->keep, index,
                                  out);
}

static gaz_status lay_out_all(struct gaz_ctx *outer,
                              struct gaz_twin_finder *finder)
{
    struct gaz_ctx ctx = {.failure = ""}; /* reset after each record */
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < finder->count; i++) {
        status = lay_out(&ctx, finder, i, &finder->sides[i]);
        gaz_arena_reset(&ctx.arena);
    }
    if (status != GAZ_OK)
        status = gaz_fail(outer, status, "%s", gaz_ctx_failure(&ctx));
    gaz_ctx_close(&ctx);
    return status;
}

static int by_key(const void *a, const void *b)
{
    const struct gaz_keyed *x = a;
    const struct gaz_keyed *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void add_key(struct gaz_keys *keys, uint64_t key, int index)
{
    if (keys->count == keys->capacity) {
        keys->capacity = keys->capacity ? 2 * keys->capacity : 256;
        keys->items = gaz_realloc(keys->items, (size_t)keys->capacity *
                                                   sizeof(*keys->items));
    }
    keys->items[keys->count++] = (struct gaz_keyed){key, index};
}

static void sort_keys(struct gaz_twin_finder *finder, gaz_key key)
{
    uint64_t values[GAZ_KEYS_OF_SIDE];
    struct gaz_keys *keys = &finder->keys[key];
    for (int i = 0; i < finder->count; i++) {
        int count = gaz_key_read(finder, key, &finder->sides[i], values);
        for (int k = 0; k < count; k++)
            add_key(keys, values[k], i);
    }
    if (keys->count > 0)
        qsort(keys->items, (size_t)keys->count, sizeof(*keys->items), by_key);
}

gaz_status gaz_twins_open(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          const struct gaz_scale *scale, gaz_twins_kind kind,
                          struct gaz_twin_finder **out)
{
    struct gaz_twin_finder *finder = gaz_malloc(sizeof(*finder));
    finder->corpus = corpus;
    finder->scale_kept = scale->parts[kind];
    finder->scale = &finder->scale_kept;
    finder->kind = kind;
    finder->count =
        kind == GAZ_TWINS_PLACES ? corpus->place_count : corpus->address_count;
    finder->sides =
        gaz_malloc(((size_t)finder->count + 1) * sizeof(*finder->sides));
    gaz_status status = lay_out_all(ctx, finder);
    if (status != GAZ_OK) {
        gaz_twins_close(finder);
        return status;
    }
    for (int key = 0; key < GAZ_KEYS; key++)
        sort_keys(finder, (gaz_key)key);
    *out = finder;
    return GAZ_OK;
}

void gaz_twins_close(struct gaz_twin_finder *finder)
{
    if (!finder)
        return;
    for (int key = 0; key < GAZ_KEYS; key++)
        gaz_free(finder->keys[key].items);
    gaz_free(finder->sides);
    gaz_arena_close(&finder->keep);
    gaz_free(finder);
}

const struct gaz_twin_side *gaz_twins_side(const struct gaz_twin_finder *finder,
                                           int index)
{
    return &finder->sides[index];
}

/* ---- pairs ---- */

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

static void sort(struct gaz_twins *twins)
{
    if (twins->count > 0)
        qsort(twins->items, (size_t)twins->count, sizeof(*twins->items),
              by_score);
}

static int count_kept(const struct gaz_twins *twins, gaz_band least)
{
    int count = 0;
    for (int band = (int)least; band < GAZ_BANDS; band++)
        count += twins->by_band[band];
    return count;
}

/* What one pair costs is its sides and, if it is listed, two sentences. */
static void judge_all(struct gaz_ctx *ctx, const struct gaz_twin_finder *finder,
                      const struct gaz_twin_pairs *pairs, gaz_band least,
                      struct gaz_twins *made)
{
    unsigned char *bands = gaz_malloc((size_t)pairs->count + 1);
    for (int i = 0; i < pairs->count; i++) {
        bands[i] = (unsigned char)gaz_twins_judge(
                       finder, NULL, pairs->items[i].a, pairs->items[i].b)
                       .band;
        made->by_band[bands[i]]++;
    }
    made->items = gaz_arena_array(
        &ctx->arena, (size_t)count_kept(made, least) + 1, sizeof(*made->items));
    for (int i = 0; i < pairs->count; i++)
        if (bands[i] >= (unsigned char)least)
            made->items[made->count++] = gaz_twins_judge(
                finder, &ctx->arena, pairs->items[i].a, pairs->items[i].b);
    gaz_free(bands);
}

gaz_status gaz_twins_find(struct gaz_ctx *ctx, struct gaz_twin_finder *finder,
                          gaz_band least, struct gaz_twins *out)
{
    struct gaz_twin_pairs pairs;
    gaz_twins_block(finder, &pairs);
    struct gaz_twins made = {.kind = finder->kind, .skipped = pairs.skipped};
    judge_all(ctx, finder, &pairs, least, &made);
    gaz_twins_pairs_close(&pairs);
    sort(&made);
    gaz_cluster_all(ctx, finder, &made);
    sort(&made); /* a chain may have changed a band */
    *out = made;
    return GAZ_OK;
}

gaz_status gaz_twins_one(struct gaz_ctx *ctx, struct gaz_twin_finder *finder,
                         int index, gaz_band least, struct gaz_twins *out)
{
    struct gaz_twin_pairs pairs;
    struct gaz_twins made = {.kind = finder->kind};
    gaz_status status = lay_out(ctx, finder, index, &finder->sides[index]);
    if (status != GAZ_OK)
        return status;
    gaz_block_one(finder, &finder->sides[index], index, &pairs);
    made.skipped = pairs.skipped;
    judge_all(ctx, finder, &pairs, least, &made);
    gaz_twins_pairs_close(&pairs);
    sort(&made);
    *out = made;
    return GAZ_OK;
}
