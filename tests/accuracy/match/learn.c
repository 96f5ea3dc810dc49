/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/learn.h"

#include <math.h>
#include <string.h>

#include "gazetteer/match/rarity.h"
#include "tests/accuracy/match/lists.h"

enum { CLASSES = GAZ_MATCH_CLASSES };

const struct learn_options LEARN_OPTIONS = {
    .trees = {.rounds = 700,
              .leaves = 16,
              .min_rows = 30,
              .rate = 0.025,
              .l2 = 10,
              .columns = 0.15,
              .rows = 0.6,
              .seed = 1},
    .order = {.rounds = 40,
              .leaves = 8,
              .min_rows = 40,
              .rate = 0.2,
              .l2 = 5,
              .columns = 0.4,
              .rows = 0.7,
              .seed = 2},
    .lists = {.rounds = 600,
              .leaves = 20,
              .min_rows = 40,
              .rate = 0.03,
              .l2 = 10,
              .columns = 0.15,
              .rows = 0.6,
              .seed = 3},
};

static void read_row(struct table *t, const struct gaz_knowledge *knowledge,
                     int row)
{
    const struct pair_row *pair = &t->pairs->items[row % t->pairs->count];
    int swapped = row >= t->pairs->count ? 1 : 0;
    const struct gaz_side *a = &pair->sides[swapped];
    const struct gaz_side *b = &pair->sides[1 - swapped];
    float features[GAZ_FEATURES];
    uint32_t cues[GAZ_CUES_MAX];
    struct gaz_overlaps overlaps;
    gaz_features_compare(knowledge, a, b, &overlaps);
    t->features = gaz_features_read(knowledge, a, b, &overlaps, features);
    if (!t->values)
        t->values = gaz_malloc(sizeof *t->values * (size_t)t->features *
                               (size_t)t->rows);
    memcpy(learn_values(t, row), features,
           sizeof *features * (size_t)t->features);
    int count = gaz_cues_read(a, b, &overlaps.written, cues);
    uint32_t *kept = gaz_malloc(sizeof *kept * (size_t)count);
    memcpy(kept, cues, sizeof *kept * (size_t)count);
    t->cues[row] = (struct linear_row){kept, count, pair->label};
}

void learn_table(const struct pairs *pairs,
                 const struct gaz_knowledge *knowledge, struct table *out)
{
    *out = (struct table){.pairs = pairs, .rows = pairs->count * 2};
    out->cues = gaz_malloc(sizeof *out->cues * (size_t)out->rows);
    for (int i = 0; i < pairs->count; i++) {
        gaz_rarity_weigh(knowledge->rarity, &pairs->items[i].sides[0]);
        gaz_rarity_weigh(knowledge->rarity, &pairs->items[i].sides[1]);
    }
    for (int i = 0; i < out->rows; i++)
        read_row(out, knowledge, i);
}

void learn_set_scores(struct table *t, const struct linear_weight *weights,
                      int row)
{
    float *at = learn_values(t, row) + t->features - CLASSES;
    memset(at, 0, sizeof *at * CLASSES);
    linear_score(weights, &t->cues[row], at);
}

/* Scores for each pair from weights that learned from the other folds. */
static void set_unseen_scores(struct table *t, const int *in, int count)
{
    int *others = gaz_malloc(sizeof *others * (size_t)count);
    for (int fold = 0; fold < PAIRS_INNER_FOLDS; fold++) {
        int other = 0;
        for (int i = 0; i < count; i++) {
            if (t->pairs->items[in[i]].inner != fold)
                others[other++] = in[i];
        }
        struct linear_weight *w = linear_learn(t->cues, others, other, 1);
        for (int i = 0; i < count; i++) {
            if (t->pairs->items[in[i]].inner == fold)
                learn_set_scores(t, w, in[i]);
        }
        gaz_free(w);
    }
    gaz_free(others);
}

/* A copy of rows of the table, `features` wide. */
static void take(const struct table *t, const int *rows, int count,
                 int features, struct boost_data *out)
{
    size_t f = (size_t)features;
    float *values = gaz_malloc(sizeof *values * f * (size_t)count);
    int *labels = gaz_malloc(sizeof *labels * (size_t)count);
    float *weights = gaz_malloc(sizeof *weights * (size_t)count);
    for (int i = 0; i < count; i++) {
        memcpy(values + (size_t)i * f, learn_values(t, rows[i]),
               sizeof *values * f);
        labels[i] = t->cues[rows[i]].label;
        weights[i] = 1;
    }
    *out = (struct boost_data){values, labels, weights, count, features};
}

static void give_back(struct boost_data *data)
{
    gaz_free((void *)data->values);
    gaz_free((void *)data->labels);
    gaz_free((void *)data->weights);
}

static struct boost_model *learn_order(const struct table *t, const int *in,
                                       int count,
                                       const struct boost_options *options)
{
    int *rows = gaz_malloc(sizeof *rows * (size_t)count * 2);
    int *labels = gaz_malloc(sizeof *labels * (size_t)count * 2);
    for (int i = 0; i < count; i++) {
        rows[i] = in[i];
        rows[count + i] = in[i] + t->pairs->count;
        labels[count + i] = 1;
    }
    struct boost_data data;
    take(t, rows, count * 2, t->features - CLASSES, &data);
    memcpy((void *)data.labels, labels, sizeof *labels * (size_t)count * 2);
    struct boost_model *m = boost_learn(&data, options);
    give_back(&data);
    gaz_free(rows);
    gaz_free(labels);
    return m;
}

void learn_judge(struct table *table, const int *in, int count,
                 const struct learn_options *options, struct learned *out)
{
    struct boost_data data;
    set_unseen_scores(table, in, count);
    take(table, in, count, table->features, &data);
    out->trees = boost_learn(&data, &options->trees);
    give_back(&data);
    lists_take(table, in, count, options->lists.seed, &data);
    out->lists = boost_learn(&data, &options->lists);
    give_back(&data);
    out->order = learn_order(table, in, count, &options->order);
    out->cues = linear_learn(table->cues, in, count, 1);
}

void learn_free(struct learned *learned)
{
    boost_free(learned->trees);
    boost_free(learned->order);
    boost_free(learned->lists);
    gaz_free(learned->cues);
}

static void run(const struct boost_model *m, const float *features,
                double out[CLASSES])
{
    struct gaz_trees trees = {m->starts, m->nodes, m->trees};
    gaz_trees_ask(&trees, features, out);
}

void learn_answer(const struct learned *learned, struct table *table, int pair,
                  float scores[CLASSES])
{
    double order[2][CLASSES];
    double shares[2];
    double mixed[CLASSES] = {0};
    for (int way = 0; way < 2; way++)
        run(learned->order,
            learn_values(table, pair + way * table->pairs->count), order[way]);
    gaz_trees_shares(order, shares);
    for (int way = 0; way < 2; way++) {
        int row = pair + way * table->pairs->count;
        double p[CLASSES];
        learn_set_scores(table, learned->cues, row);
        run(learned->trees, learn_values(table, row), p);
        for (int k = 0; k < CLASSES; k++)
            mixed[k] += shares[way] * p[k];
    }
    for (int k = 0; k < CLASSES; k++)
        scores[k] = (float)log(mixed[k]);
}
