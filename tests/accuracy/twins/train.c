/* SPDX-License-Identifier: Apache-2.0 */
/* train.c - learns data/dedupe/weights.txt (README.md). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/accuracy/twins/logistic.h"

enum { CITIES = 3, ADDRESSES = 300000, FIRST_SEED = 20261101 };

/* A pair of match3 counts as so many of a city: people's texts are few, without
 * positions, and of another kind than an import's. */
static const double PAIR_WEIGHT = 0.1;

/* How sure the bands are, of the pairs that were learned from; clustering then
 * takes chains out of the first, most of them wrong. No band of duplicates
 * begins below LEAST, however easy the lessons were, and none of review above
 * MOST. */
static const double PRECISION[GAZ_TWINS_KINDS] = {0.992, 0.9993};
static const double RECALL[GAZ_TWINS_KINDS] = {0.995, 0.9995};
static const double LEAST = 0.5;
static const double MOST = 0.5;

static const struct {
    double block_m;
    double block_most;
} LIMITS[GAZ_TWINS_KINDS] = {{1000, 400}, {400, 400}};

static void set_limits(struct gaz_scale *scale)
{
    for (int kind = 0; kind < GAZ_TWINS_KINDS; kind++) {
        scale->parts[kind].block_m = LIMITS[kind].block_m;
        scale->parts[kind].block_most = LIMITS[kind].block_most;
    }
}

static const char HEADER[] =
    "# What speaks for, or against, two records being one: natural logarithms "
    "of\n"
    "# odds, added up; the chance is 1 / (1 + exp(-sum)). Learned by\n"
    "# tests/accuracy/twins from made-up cities and labelled pairs; "
    "docs/how/dedupe.md\n"
    "# says how, and how well it does. What forbids a join outright (the "
    "provincial\n"
    "# line, 村 against 社区, another township, two official codes, another "
    "number)\n"
    "# is no weight and stands in gazetteer/twins/cues.c.\n"
    "#\n"
    "# kind word number. name-X/Y: names like X, positions Y apart. start: any "
    "two\n"
    "# records that are compared. duplicate, review: chances where the bands "
    "begin.\n"
    "# block-m: neighbours of similar name are compared within so many "
    "metres.\n"
    "# block-most: records of one key; more is no evidence.\n";

static bool write_scale(const char *path, struct gaz_scale *scale)
{
    char word[GAZ_CUE_WORD_BYTES];
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    (void)fprintf(file, "%s\nversion %d\n", HEADER, GAZ_SCALE_VERSION);
    for (int kind = 0; kind < GAZ_TWINS_KINDS; kind++) {
        (void)fputc('\n', file);
        for (int i = 0; i < GAZ_SCALE_WORDS; i++)
            (void)fprintf(file, "%s %s %.4g\n",
                          gaz_twins_kind_name((gaz_twins_kind)kind),
                          gaz_scale_word(i, word),
                          *gaz_scale_number(&scale->parts[kind], i));
    }
    return fclose(file) == 0;
}

static void print_lessons(const char *name, const struct lessons *lessons)
{
    double one = 0;
    double two = 0;
    for (int i = 0; i < lessons->count; i++) {
        one += lessons->items[i].one;
        two += lessons->items[i].two;
    }
    (void)printf("%s: %.0f pairs that are one, %.0f that are two, %d ways\n",
                 name, one, two, lessons->count);
}

/* The ways in which two records that are two look most like one. */
static void print_doubtful(const struct lessons *lessons,
                           const struct gaz_scale_part *part)
{
    enum { SHOWN_PAIRS = 15 };
    static const double LIKELY = 0.5;
    for (int i = 0; i < lessons->count; i++) {
        const struct lesson *l = &lessons->items[i];
        struct gaz_cues cues = {.forbid = GAZ_FORBID_NONE};
        memcpy(cues.of, l->of, sizeof(cues.of));
        const double chance = gaz_scale_chance(part, &cues);
        if (l->from_text || l->two < SHOWN_PAIRS || chance < LIKELY)
            continue;
        (void)printf("  %.4f: %.0f one, %.0f two:", chance, l->one, l->two);
        for (int k = 0; k < GAZ_GROUPS; k++) {
            char word[GAZ_CUE_WORD_BYTES];
            (void)printf(" %s", gaz_cue_word(l->of[k], word));
        }
        (void)printf("\n");
    }
}

int main(int argc, char **argv)
{
    struct gaz_scale scale = {.parts = {{.start = 0}}};
    struct lessons lessons[GAZ_TWINS_KINDS];
    bool good = true;
    if (argc < 2 || argc > 3) {
        (void)fprintf(stderr, "usage: twins_train WEIGHTS.txt [MATCH3.tsv]\n");
        return 2;
    }
    set_limits(&scale);
    for (int kind = 0; kind < GAZ_TWINS_KINDS; kind++) {
        lessons_open(&lessons[kind]);
        lessons_add_known(&lessons[kind]);
    }
    for (int i = 0; good && i < CITIES; i++)
        good = lessons_add_city(lessons, FIRST_SEED + (uint64_t)i, ADDRESSES,
                                &scale);
    if (argc == 3 && !lessons_add_pairs(&lessons[GAZ_TWINS_ADDRESSES], argv[2],
                                        false, PAIR_WEIGHT))
        (void)fprintf(stderr, "twins_train: %s cannot be read\n", argv[2]);
    for (int kind = 0; kind < GAZ_TWINS_KINDS; kind++) {
        struct gaz_scale_part *part = &scale.parts[kind];
        print_lessons(gaz_twins_kind_name((gaz_twins_kind)kind),
                      &lessons[kind]);
        logistic_learn(&lessons[kind], part);
        struct logistic_bands bands =
            logistic_bands(&lessons[kind], part, PRECISION[kind], RECALL[kind]);
        part->duplicate = fmax(bands.duplicate, LEAST);
        part->review = fmin(bands.review, MOST);
        (void)printf("  duplicate from %.4f, review from %.4f\n",
                     part->duplicate, part->review);
        print_doubtful(&lessons[kind], part);
        lessons_close(&lessons[kind]);
    }
    good = good && write_scale(argv[1], &scale);
    return good ? 0 : 1;
}
