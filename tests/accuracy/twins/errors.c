/* SPDX-License-Identifier: Apache-2.0 */
/* errors.c - pairs of a made-up city that are judged wrongly, to look at. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/bench/doubles_score.h"

struct view {
    const struct gaz_corpus *corpus;
    struct gaz_twin_finder *finder;
    gaz_twins_kind kind;
    const int *roots;
    struct gaz_arena arena;
    int64_t left; /* lines to print of each sort */
};

static void print_record(const struct view *v, int index)
{
    const struct gaz_twin_side *side = gaz_twins_side(v->finder, index);
    if (v->kind == GAZ_TWINS_ADDRESSES)
        (void)printf("  %s | %s", v->corpus->addresses[index].address.text,
                     side->name);
    else
        (void)printf("  %s %d | %s", side->name, side->category, side->street);
    for (int i = 0; i < GAZ_PARTS; i++)
        (void)printf(" %d", side->parts[i]);
    (void)printf(" | town %d village %d | %s%.0f m\n", side->town,
                 side->village, side->is_placed ? "+-" : "no place ",
                 side->accuracy_m);
}

static void print_pair(struct view *v, const char *what, int a, int b)
{
    if (v->left-- <= 0)
        return;
    struct gaz_twin twin = gaz_twins_judge(v->finder, &v->arena, a, b);
    (void)printf("%s %.3f %s %s\n", what, twin.score, gaz_band_name(twin.band),
                 twin.en);
    print_record(v, twin.a);
    print_record(v, twin.b);
}

static void print_labels(struct view *v, const struct doubles_labels *labels,
                         const struct gaz_twin_pairs *pairs, int64_t each)
{
    for (int which = 0; which < DOUBLES_CLASSES; which++) {
        v->left = each;
        for (int i = 0; i < labels->count; i++) {
            const struct doubles_label *l = &labels->items[i];
            if ((int)l->which != which)
                continue;
            const int a = l->root < l->record ? l->root : l->record;
            const int b = l->root < l->record ? l->record : l->root;
            const char *name = doubles_class_name(l->which);
            if (!doubles_has_pair(pairs, a, b))
                print_pair(v, "not brought together:", a, b);
            else if (gaz_twins_judge(v->finder, NULL, a, b).band !=
                     GAZ_BAND_DUPLICATE)
                print_pair(v, name, a, b);
        }
    }
}

static void print_wrong(struct view *v, const struct gaz_twin_pairs *pairs,
                        int64_t each)
{
    v->left = each;
    for (int i = 0; i < pairs->count; i++) {
        const int a = pairs->items[i].a;
        const int b = pairs->items[i].b;
        if (v->roots[a] != v->roots[b] &&
            gaz_twins_judge(v->finder, NULL, a, b).band == GAZ_BAND_DUPLICATE)
            print_pair(v, "wrong:", a, b);
    }
}

static gaz_status show(struct gaz_ctx *ctx, struct view *v,
                       const struct doubles_labels *labels, int records,
                       int64_t each)
{
    struct gaz_scale scale;
    struct gaz_twin_pairs pairs;
    gaz_status status = gaz_scale_default(ctx, &scale);
    if (status == GAZ_OK)
        status = gaz_twins_open(ctx, v->corpus, &scale, v->kind, &v->finder);
    if (status != GAZ_OK)
        return status;
    int *roots = doubles_roots(labels, records);
    v->roots = roots;
    gaz_twins_block(v->finder, &pairs);
    print_labels(v, labels, &pairs, each);
    print_wrong(v, &pairs, each);
    gaz_twins_pairs_close(&pairs);
    gaz_free(roots);
    gaz_twins_close(v->finder);
    gaz_arena_close(&v->arena);
    return GAZ_OK;
}

int main(int argc, char **argv)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_corpus *corpus = NULL;
    struct doubles doubles = {.places = {.count = 0}};
    int64_t numbers[3] = {50000, 77, 5};
    for (int i = 1; i < argc && i <= 3; i++)
        if (!gaz_text_parse_int(argv[i], &numbers[i - 1])) {
            (void)fprintf(stderr, "usage: twins_errors [ADDRESSES [SEED "
                                  "[LINES OF EACH SORT]]]\n");
            return 2;
        }
    gaz_status status = gaz_corpus_open(&ctx, gaz_rules_default(), &corpus);
    if (status == GAZ_OK)
        status = doubles_fill(&ctx, corpus, (uint64_t)numbers[1],
                              (uint32_t)numbers[0], &doubles);
    if (status == GAZ_OK)
        status = gaz_corpus_finish(&ctx, corpus);
    for (int kind = 0; status == GAZ_OK && kind < GAZ_TWINS_KINDS; kind++) {
        const bool places = kind == GAZ_TWINS_PLACES;
        struct view view = {.corpus = corpus, .kind = (gaz_twins_kind)kind};
        status = show(
            &ctx, &view, places ? &doubles.places : &doubles.addresses,
            places ? corpus->place_count : corpus->address_count, numbers[2]);
    }
    if (status != GAZ_OK)
        (void)fprintf(stderr, "twins_errors: %s\n", gaz_ctx_failure(&ctx));
    doubles_close(&doubles);
    gaz_corpus_close(corpus);
    gaz_ctx_close(&ctx);
    return status == GAZ_OK ? 0 : 1;
}
