/* SPDX-License-Identifier: Apache-2.0 */
/* train.c - learns the weights of address matching (README.md).
 *
 *     match_train DIVISIONS MATCH3 OUT     writes the weights
 *     match_train DIVISIONS MATCH3 --cv    cross-validates on training queries
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/match/rarity.h"
#include "gazetteer/standardise/weights.h"
#include "tests/accuracy/match/blob.h"
#include "tests/accuracy/match/knowledge.h"
#include "tests/accuracy/match/score.h"

struct table {
    float *values;
    int *labels;
    float *weights;
    int *row; /* of the pairs */
    int rows;
    int features;
};

static struct boost_options options = {.rounds = 300,
                                       .leaves = 16,
                                       .min_rows = 20,
                                       .rate = 0.05,
                                       .l2 = 5,
                                       .columns = 0.4,
                                       .rows = 0.7,
                                       .seed = 1};
static double class_weight[GAZ_MATCH_CLASSES] = {1, 1, 1};
static int mode = 2;

static void fill(struct table *t, const struct pairs *pairs,
                 const struct gaz_knowledge *k)
{
    float features[GAZ_FEATURES];
    t->labels = gaz_malloc(sizeof *t->labels * (size_t)pairs->count * 2);
    t->weights = gaz_malloc(sizeof *t->weights * (size_t)pairs->count * 2);
    for (int i = 0; i < pairs->count * 2; i++) {
        int sw = i >= pairs->count;
        struct pair_row *row = &pairs->items[i % pairs->count];
        gaz_rarity_weigh(k->rarity, &row->sides[0]);
        gaz_rarity_weigh(k->rarity, &row->sides[1]);
        t->features = gaz_features_read(k, &row->sides[sw], &row->sides[1 - sw],
                                        features);
        if (!t->values)
            t->values = gaz_malloc(sizeof *t->values * (size_t)t->features *
                                   (size_t)pairs->count * 2);
        memcpy(t->values + (size_t)i * (size_t)t->features, features,
               sizeof *features * (size_t)t->features);
        t->labels[i] = row->label;
        t->weights[i] = (float)class_weight[row->label];
        t->rows++;
    }
}

static void take(struct boost_data *out, const struct table *t, const int *rows,
                 int count)
{
    size_t f = (size_t)t->features;
    float *values = gaz_malloc(sizeof *values * f * (size_t)count);
    int *labels = gaz_malloc(sizeof *labels * (size_t)count);
    float *weights = gaz_malloc(sizeof *weights * (size_t)count);
    for (int i = 0; i < count; i++) {
        memcpy(values + (size_t)i * f, t->values + (size_t)rows[i] * f,
               sizeof *values * f);
        labels[i] = t->labels[rows[i]];
        weights[i] = t->weights[rows[i]];
    }
    *out = (struct boost_data){values, labels, weights, count, t->features};
}

/* Log probabilities of the rows that `model` did not learn from. */
static void answer(const struct boost_model *m, const struct table *t, int row,
                   float *scores)
{
    struct gaz_trees trees = {m->starts, m->nodes, m->trees};
    const float *features = t->values + (size_t)row * (size_t)t->features;
    float s[GAZ_MATCH_CLASSES] = {0};
    gaz_trees_add(&trees, features, s);
    double total = exp((double)s[0]) + exp((double)s[1]) + exp((double)s[2]);
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        scores[k] += s[k] - (float)log(total);
}

static struct boost_model *learn(const struct table *t, const int *rows,
                                 int count, uint64_t seed)
{
    struct boost_data data;
    take(&data, t, rows, count);
    struct boost_options o = options;
    o.seed = seed;
    return boost_learn(&data, &o);
}

static void cross_validate(const struct table *t, const struct pairs *pairs,
                           float offsets[GAZ_MATCH_CLASSES])
{
    size_t rows = (size_t)t->rows;
    int *in = gaz_malloc(sizeof *in * rows);
    float *scores = gaz_malloc(sizeof *scores * rows * GAZ_MATCH_CLASSES);
    int *labels = gaz_malloc(sizeof *labels * rows);
    int answers = 0;
    FILE *dump = fopen("cv.tsv", "w");
    for (int fold = 0; fold < PAIRS_FOLDS; fold++) {
        int count = 0;
        for (int i = 0; i < t->rows; i++) {
            if (i >= pairs->count && mode == 0)
                continue;
            int j = i % pairs->count;
            if (!pairs->items[j].held_out && pairs->items[j].fold != fold)
                in[count++] = i;
        }
        struct boost_model *m =
            learn(t, in, count, options.seed + (uint64_t)fold);
        for (int i = 0; i < pairs->count; i++) {
            if (pairs->items[i].held_out || pairs->items[i].fold != fold)
                continue;
            float *s = scores + (ptrdiff_t)answers * GAZ_MATCH_CLASSES;
            answer(m, t, i, s);
            if (mode == 2)
                answer(m, t, i + pairs->count, s);
            if (dump)
                (void)fprintf(dump, "%d\t%d\t%.4f\t%.4f\t%.4f\t%s\t%s\n", i,
                              t->labels[i], (double)s[0], (double)s[1],
                              (double)s[2], pairs->items[i].a,
                              pairs->items[i].b);
            labels[answers++] = t->labels[i];
        }
        boost_free(m);
    }
    if (dump)
        (void)fclose(dump);
    for (int tuned = 0; tuned < 2; tuned++) {
        if (tuned)
            score_tune(scores, labels, answers, offsets);
        struct score score = {{{0}}};
        for (int i = 0; i < answers; i++)
            score.told[labels[i]][score_label(
                scores + (ptrdiff_t)i * GAZ_MATCH_CLASSES, offsets)]++;
        score_print(&score, tuned ? "tuned" : "plain");
    }
    (void)printf("offsets %.2f %.2f %.2f, %d features\n", (double)offsets[0],
                 (double)offsets[1], (double)offsets[2], t->features);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        (void)fprintf(stderr, "usage: match_train DIVISIONS MATCH3 OUT|--cv\n");
        return 2;
    }
    for (int i = 4; i + 1 < argc; i += 2) {
        double v = strtod(argv[i + 1], NULL);
        if (!strcmp(argv[i], "rounds"))
            options.rounds = (int)v;
        if (!strcmp(argv[i], "leaves"))
            options.leaves = (int)v;
        if (!strcmp(argv[i], "min"))
            options.min_rows = (int)v;
        if (!strcmp(argv[i], "rate"))
            options.rate = v;
        if (!strcmp(argv[i], "l2"))
            options.l2 = v;
        if (!strcmp(argv[i], "columns"))
            options.columns = v;
        if (!strcmp(argv[i], "rows"))
            options.rows = v;
        if (!strcmp(argv[i], "mode"))
            mode = (int)v;
        if (!strcmp(argv[i], "w2"))
            class_weight[2] = v;
    }
    static uint8_t rarity[GAZ_RARITY_SIZE];
    struct gaz_knowledge knowledge = {.rarity = rarity};
    struct pairs pairs = {0};
    struct table table = {0};
    pairs_read(&pairs, argv[2], gaz_weights_model());
    knowledge_rarity(&pairs, rarity);
    knowledge_divisions(argv[1], &knowledge.divisions);
    fill(&table, &pairs, &knowledge);
    float offsets[GAZ_MATCH_CLASSES] = {0};
    cross_validate(&table, &pairs, offsets);
    if (strcmp(argv[3], "--cv") == 0)
        return 0;
    int *in = gaz_malloc(sizeof *in * (size_t)table.rows);
    int count = 0;
    for (int i = 0; i < table.rows; i++) {
        if (!pairs.items[i % pairs.count].held_out)
            in[count++] = i;
    }
    struct boost_model *m = learn(&table, in, count, options.seed);
    blob_write(argv[3], &knowledge, m, table.features, 1.0, offsets);
    return 0;
}
