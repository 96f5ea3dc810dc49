/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/twins/lessons.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/unicode.h"
#include "gazetteer/twins/cue_words.h"
#include "gazetteer/twins/houses.h"
#include "tests/accuracy/match/pairs.h"
#include "tests/bench/doubles_score.h"

enum { SLOTS = 1 << 16 };

void lessons_open(struct lessons *lessons)
{
    *lessons =
        (struct lessons){.slots = gaz_malloc(SLOTS * sizeof(*lessons->slots))};
}

void lessons_close(struct lessons *lessons)
{
    gaz_free(lessons->items);
    gaz_free(lessons->slots);
}

static struct lesson *find(struct lessons *l, const int of[GAZ_GROUPS],
                           int from_text)
{
    const size_t size = GAZ_GROUPS * sizeof(int);
    uint64_t at =
        (gaz_text_hash((const char *)of, size) + (uint64_t)from_text) % SLOTS;
    for (; l->slots[at]; at = (at + 1) % SLOTS)
        if (l->items[l->slots[at] - 1].from_text == from_text &&
            memcmp(l->items[l->slots[at] - 1].of, of, size) == 0)
            return &l->items[l->slots[at] - 1];
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? 2 * l->capacity : 256;
        l->items =
            gaz_realloc(l->items, (size_t)l->capacity * sizeof(*l->items));
    }
    l->slots[at] = ++l->count;
    l->items[l->count - 1] = (struct lesson){.from_text = from_text};
    memcpy(l->items[l->count - 1].of, of, size);
    return &l->items[l->count - 1];
}

void lessons_add(struct lessons *lessons, const struct gaz_cues *cues,
                 bool is_one, double weight, bool from_text)
{
    if (cues->forbid || gaz_cues_need_person(cues) ||
        lessons->count == SLOTS / 2)
        return;
    struct lesson *lesson = find(lessons, cues->of, from_text);
    *(is_one ? &lesson->one : &lesson->two) += weight;
}

/* ---- cities ---- */

static gaz_status add_kind(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                           const struct doubles_labels *labels,
                           const struct gaz_scale *scale, gaz_twins_kind kind,
                           struct lessons *lessons)
{
    const int records =
        kind == GAZ_TWINS_PLACES ? corpus->place_count : corpus->address_count;
    struct gaz_twin_finder *finder;
    struct gaz_twin_pairs pairs;
    gaz_status status = gaz_twins_open(ctx, corpus, scale, kind, &finder);
    if (status != GAZ_OK)
        return status;
    int *roots = doubles_roots(labels, records);
    gaz_twins_block(finder, &pairs);
    for (int i = 0; i < pairs.count; i++) {
        struct gaz_cues cues;
        const int a = pairs.items[i].a;
        const int b = pairs.items[i].b;
        gaz_twins_cues(finder, a, b, &cues);
        lessons_add(lessons, &cues, roots[a] == roots[b], 1, false);
    }
    gaz_twins_pairs_close(&pairs);
    gaz_free(roots);
    gaz_twins_close(finder);
    return GAZ_OK;
}

bool lessons_add_city(struct lessons lessons[GAZ_TWINS_KINDS], uint64_t seed,
                      uint32_t addresses, const struct gaz_scale *scale)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_corpus *corpus = NULL;
    struct doubles doubles = {.places = {.count = 0}};
    gaz_status status = gaz_corpus_open(&ctx, gaz_rules_default(), &corpus);
    if (status == GAZ_OK)
        status = doubles_fill(&ctx, corpus, seed, addresses, &doubles);
    if (status == GAZ_OK)
        status = gaz_corpus_finish(&ctx, corpus);
    for (int kind = 0; status == GAZ_OK && kind < GAZ_TWINS_KINDS; kind++)
        status = add_kind(&ctx, corpus,
                          kind == GAZ_TWINS_PLACES ? &doubles.places
                                                   : &doubles.addresses,
                          scale, (gaz_twins_kind)kind, &lessons[kind]);
    if (status != GAZ_OK)
        (void)fprintf(stderr, "twins: %s\n", gaz_ctx_failure(&ctx));
    doubles_close(&doubles);
    gaz_corpus_close(corpus);
    gaz_ctx_close(&ctx);
    return status == GAZ_OK;
}

void lessons_add_known(struct lessons *lessons)
{
    static const gaz_like LIKES[] = {GAZ_LIKE_NONE, GAZ_LIKE_OTHER,
                                     GAZ_LIKE_ORDINAL};
    static const double PAIRS = 200;
    for (int like = 0; like < 3; like++)
        for (int near = 0; near < GAZ_NEARS; near++) {
            const int values[GAZ_GROUPS] = {
                [GAZ_GROUP_NAME] = (int)LIKES[like] * GAZ_NEARS + near,
                [GAZ_GROUP_VILLAGE] = GAZ_VILLAGE_OPEN,
                [GAZ_GROUP_NUMBERS] = GAZ_NUMBERS_NONE,
                [GAZ_GROUP_SITE] = GAZ_SITE_NONE,
                [GAZ_GROUP_CODE] = GAZ_CODE_OPEN,
                [GAZ_GROUP_HOUSES] = GAZ_HOUSES_NONE,
                [GAZ_GROUP_RIVALS] = GAZ_RIVALS_OPEN};
            struct gaz_cues cues = {.forbid = GAZ_FORBID_NONE};
            for (int i = 0; i < GAZ_GROUPS; i++)
                cues.of[i] = gaz_cue_at((gaz_cue_group)i, values[i]);
            lessons_add(lessons, &cues, false, PAIRS, false);
        }
}

/* ---- labelled pairs ---- */

static gaz_status add_pair(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                           const struct gaz_corpus *corpus,
                           const struct pair_row *row, double weight,
                           struct lessons *lessons)
{
    struct gaz_twin_side sides[2];
    struct gaz_cues cues;
    gaz_arena_reset(&ctx->arena);
    gaz_status status =
        gaz_side_text(ctx, unicode, &ctx->arena, row->a, &sides[0]);
    if (status == GAZ_OK)
        status = gaz_side_text(ctx, unicode, &ctx->arena, row->b, &sides[1]);
    if (status != GAZ_OK)
        return status;
    gaz_cues_find(corpus, GAZ_TWINS_ADDRESSES, &sides[0], &sides[1], &cues);
    lessons_add(lessons, &cues, row->label == 2, weight, true);
    return GAZ_OK;
}

bool lessons_add_pairs(struct lessons *lessons, const char *path, bool held_out,
                       double weight)
{
    static const struct gaz_corpus NOTHING = {.places = NULL};
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_unicode *unicode = NULL;
    struct pairs pairs = {0};
    FILE *there = fopen(path, "rb");
    if (!there)
        return false;
    (void)fclose(there);
    pairs_read(&pairs, path, NULL);
    gaz_status status = gaz_unicode_open(&ctx, &unicode);
    for (int i = 0; status == GAZ_OK && i < pairs.count; i++)
        if (pairs.items[i].held_out == held_out)
            status = add_pair(&ctx, unicode, &NOTHING, &pairs.items[i], weight,
                              lessons);
    if (status != GAZ_OK)
        (void)fprintf(stderr, "twins: %s\n", gaz_ctx_failure(&ctx));
    gaz_unicode_close(unicode);
    pairs_close(&pairs);
    gaz_ctx_close(&ctx);
    return status == GAZ_OK;
}
