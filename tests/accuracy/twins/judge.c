/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - how well the weights order the held-out pairs of match3.tsv: texts
 * without a gazetteer or positions, which is not what they are for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/accuracy/twins/lessons.h"

enum { SKIPPED = 77 };

struct point {
    double chance;
    double one;
    double two;
};

static int by_chance(const void *a, const void *b)
{
    const struct point *x = a;
    const struct point *y = b;
    return (x->chance < y->chance) - (x->chance > y->chance);
}

static double f1(double right, double claimed, double all)
{
    return claimed + all > 0 ? 2 * right / (claimed + all) : 0;
}

/* The best F1 that a threshold reaches, and that of the band of duplicates. */
static void print_scores(const struct lessons *lessons,
                         const struct gaz_scale_part *part)
{
    struct point *points =
        gaz_malloc(((size_t)lessons->count + 1) * sizeof(*points));
    double all = 0;
    double right = 0;
    double claimed = 0;
    double best = 0;
    double at = 1;
    double band[2] = {0, 0};
    for (int i = 0; i < lessons->count; i++) {
        struct gaz_cues cues = {.forbid = GAZ_FORBID_NONE};
        memcpy(cues.of, lessons->items[i].of, sizeof(cues.of));
        points[i] =
            (struct point){gaz_scale_chance(part, &cues), lessons->items[i].one,
                           lessons->items[i].two};
        all += points[i].one;
    }
    if (lessons->count > 0)
        qsort(points, (size_t)lessons->count, sizeof(*points), by_chance);
    for (int i = 0; i < lessons->count; i++) {
        right += points[i].one;
        claimed += points[i].one + points[i].two;
        if (f1(right, claimed, all) > best) {
            best = f1(right, claimed, all);
            at = points[i].chance;
        }
        if (points[i].chance >= part->duplicate) {
            band[0] = right;
            band[1] = claimed;
        }
    }
    gaz_free(points);
    (void)printf(
        "pairs that nothing forbids: %.0f the same; best F1 %.3f (from "
        "%.4f); duplicates: %.0f of %.0f right\n",
        all, best, at, band[0], band[1]);
}

int main(int argc, char **argv)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_scale scale;
    struct lessons lessons;
    int code = 1;
    lessons_open(&lessons);
    if (argc != 2 || !lessons_add_pairs(&lessons, argv[1], true, 1)) {
        (void)printf("skipped: no labelled pairs at %s\n",
                     argc < 2 ? "(none given)" : argv[1]);
        code = SKIPPED;
    } else if (gaz_scale_default(&ctx, &scale) == GAZ_OK) {
        print_scores(&lessons, &scale.parts[GAZ_TWINS_ADDRESSES]);
        code = 0;
    }
    lessons_close(&lessons);
    gaz_ctx_close(&ctx);
    return code;
}
