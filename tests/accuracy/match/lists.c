/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/lists.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/arena.h"

struct taken {
    float *values;
    int *labels;
    float *weights;
    int rows;
    int width;
};

int lists_end(const struct pairs *pairs, const int *in, int count, int from)
{
    int to = from + 1;
    while (to < count && to - from < LISTS_MAX && in[to] == in[to - 1] + 1 &&
           strcmp(pairs->items[in[to]].a, pairs->items[in[from]].a) == 0)
        to++;
    return to;
}

static void read_row(const struct table *table, const float *const *rows,
                     int count, int which, float *out)
{
    size_t own = (size_t)table->features;
    memcpy(out, rows[which], sizeof *out * own);
    gaz_features_list(rows, count, table->features, which, out + own);
}

static void add_list(const struct table *table, const int *list, int count,
                     struct taken *out)
{
    const float *rows[LISTS_MAX];
    for (int i = 0; i < count; i++)
        rows[i] = learn_values(table, list[i]);
    for (int i = 0; i < count; i++) {
        int row = out->rows++;
        read_row(table, rows, count, i,
                 out->values + (size_t)row * (size_t)out->width);
        out->labels[row] = table->cues[list[i]].label;
        out->weights[row] = 1;
    }
}

/* A list with 2 or more candidates of `list`, not all, chosen at random. */
static int choose_some(const int *list, int count, uint64_t *random, int *out)
{
    int want = 2 + (int)boost_random(random, (uint64_t)(count - 2));
    int chosen = 0;
    for (int i = 0; i < count; i++) {
        if ((int)boost_random(random, (uint64_t)(count - i)) < want - chosen)
            out[chosen++] = list[i];
    }
    return chosen;
}

void lists_take(const struct table *table, const int *in, int count,
                uint64_t seed, struct boost_data *out)
{
    size_t room = (size_t)count * 2;
    struct taken taken = {.width = table->features + GAZ_LIST_FEATURES};
    taken.values =
        gaz_malloc(sizeof *taken.values * room * (size_t)taken.width);
    taken.labels = gaz_malloc(sizeof *taken.labels * room);
    taken.weights = gaz_malloc(sizeof *taken.weights * room);
    uint64_t random = seed;
    for (int from = 0; from < count;) {
        int some[LISTS_MAX];
        int to = lists_end(table->pairs, in, count, from);
        if (to - from > 1)
            add_list(table, in + from, to - from, &taken);
        if (to - from > 2)
            add_list(table, some,
                     choose_some(in + from, to - from, &random, some), &taken);
        from = to;
    }
    *out = (struct boost_data){taken.values, taken.labels, taken.weights,
                               taken.rows, taken.width};
}

void lists_answer(const struct learned *learned, struct table *table,
                  const int *list, int count,
                  float (*scores)[GAZ_MATCH_CLASSES])
{
    const float *rows[LISTS_MAX];
    float row[GAZ_LIST_ROW];
    struct gaz_trees trees = {learned->lists->starts, learned->lists->nodes,
                              learned->lists->trees};
    if (count == 1) {
        learn_answer(learned, table, list[0], scores[0]);
        return;
    }
    for (int i = 0; i < count; i++) {
        learn_set_scores(table, learned->cues, list[i]);
        rows[i] = learn_values(table, list[i]);
    }
    for (int i = 0; i < count; i++) {
        double p[GAZ_MATCH_CLASSES];
        read_row(table, rows, count, i, row);
        gaz_trees_ask(&trees, row, p);
        for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
            scores[i][k] = (float)log(p[k]);
    }
}
