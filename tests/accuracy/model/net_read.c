/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of characters and pairs from plain texts: each should tell which
 * characters stand beside it (skip-gram with negative samples). */
#include <math.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/net.h"

enum { WIDTH_MAX = 128, REACH = 2, PLACES = 6, SAMPLES = 4 };
static const float RATE = 0.08f;
static const float LEAST_RATE = 1e-4f;
static const double SIZE = 0.3; /* of a value of a row, in the end */

struct reading {
    struct net *net;
    int width;
    float *beside;  /* [PLACES][characters][width] */
    uint32_t *pool; /* characters of all texts, to draw from */
    size_t pool_size;
    float rate;
};

static void fill_pool(struct reading *r, struct lesson *const *lessons,
                      int count)
{
    size_t total = 1;
    for (int i = 0; i < count; i++)
        total += (size_t)lessons[i]->tokens;
    r->pool = gaz_malloc(sizeof(uint32_t) * total);
    for (int i = 0; i < count; i++) {
        size_t n = (size_t)lessons[i]->tokens;
        memcpy(r->pool + r->pool_size, lessons[i]->ids[GAZ_MODEL_CHARACTERS],
               sizeof(uint32_t) * n);
        r->pool_size += n;
    }
}

/* One true neighbour at a place, and a few drawn ones. */
static void learn_place(struct reading *r, float *row, int place,
                        uint32_t neighbour)
{
    float change[WIDTH_MAX] = {0};
    size_t characters = (size_t)r->net->tables[GAZ_MODEL_CHARACTERS].rows;
    for (int s = 0; s < SAMPLES; s++) {
        uint32_t c = neighbour;
        if (s > 0)
            c = r->pool[random_next(&r->net->random) % r->pool_size];
        float *beside =
            r->beside + ((size_t)place * characters + c) * (size_t)r->width;
        float dot = 0;
        for (int k = 0; k < r->width; k++)
            dot += row[k] * beside[k];
        float g = r->rate * ((s == 0 ? 1 : 0) - 1 / (1 + expf(-dot)));
        for (int k = 0; k < r->width; k++) {
            change[k] += g * beside[k];
            beside[k] += g * row[k];
        }
    }
    for (int k = 0; k < r->width; k++)
        row[k] += change[k];
}

/* A character's neighbours, or (table 1) those of a pair. */
static void learn_token(struct reading *r, const struct lesson *l, int i,
                        int table)
{
    float *row =
        r->net->tables[table].now + (size_t)l->ids[table][i] * (size_t)r->width;
    int end = table == GAZ_MODEL_PAIRS ? i + 1 : i;
    for (int d = 1; d <= REACH; d++) {
        const uint32_t *characters = l->ids[GAZ_MODEL_CHARACTERS];
        if (i - d >= 0)
            learn_place(r, row, REACH - d, characters[i - d]);
        if (end + d < l->tokens)
            learn_place(r, row, REACH - 1 + d, characters[end + d]);
    }
}

static void scale(struct weights *w)
{
    size_t size = (size_t)w->rows * (size_t)w->columns;
    double sum = 1e-12;
    for (size_t i = 0; i < size; i++)
        sum += (double)w->now[i] * (double)w->now[i];
    float factor = (float)(SIZE / sqrt(sum / (double)size));
    for (size_t i = 0; i < size; i++)
        w->now[i] *= factor;
}

void net_read(struct net *net, struct lesson *const *lessons, int count)
{
    struct reading r = {.net = net, .width = net->options.widths[0]};
    struct weights *characters = &net->tables[GAZ_MODEL_CHARACTERS];
    r.beside = gaz_malloc(sizeof(float) * PLACES * (size_t)r.width *
                          (size_t)characters->rows);
    fill_pool(&r, lessons, count);
    double all = (double)r.pool_size * net->options.reading_epochs;
    double done = 0;
    for (int epoch = 0; epoch < net->options.reading_epochs; epoch++) {
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < lessons[k]->tokens; i++) {
                r.rate = RATE * (float)(1 - done++ / all) + LEAST_RATE;
                learn_token(&r, lessons[k], i, GAZ_MODEL_CHARACTERS);
                learn_token(&r, lessons[k], i, GAZ_MODEL_PAIRS);
            }
        }
    }
    scale(characters);
    scale(&net->tables[GAZ_MODEL_PAIRS]);
    gaz_free(r.beside);
    gaz_free(r.pool);
}
