/* SPDX-License-Identifier: Apache-2.0 */
/* Gradients of the network, and the steps along them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/net_work.h"

enum { SNAPSHOT_EVERY = 100 }; /* batches */

/* Gradients of the chain and the last layer. */
static void learn_last(struct net *n, const struct net_batch *b, int k)
{
    static chain_row pairs[CHAIN_TAGS];
    struct net_work *w = n->work;
    const struct lesson *l = b->lessons[k];
    int s = l->scheme;
    int tags = n->options.tags[s];
    int hidden = n->options.hidden;
    memset(pairs, 0, sizeof pairs);
    net_last(n, b, k, s, w->scores);
    chain_marginals(tags, net_transitions(n, s), l->tokens, w->scores,
                    w->marginals, pairs);
    float *bias = n->last_biases[s].gradient;
    for (int i = 0; i < l->tokens; i++) {
        float *row = w->marginals[i];
        row[l->tags[i]] -= 1;
        if (i > 0)
            pairs[l->tags[i - 1]][l->tags[i]] -= 1;
        memset(row + tags, 0, sizeof(float) * (size_t)(CHAIN_TAGS - tags));
        for (int y = 0; y < tags; y++) {
            row[y] *= l->weight;
            bias[y] += row[y];
        }
    }
    for (int x = 0; x < tags; x++) {
        for (int y = 0; y < tags; y++)
            n->transitions[s].gradient[x * CHAIN_TAGS + y] +=
                l->weight * pairs[x][y];
    }
    float *in = net_row(w->hidden[NET_LAYERS - 1], b->first[k], hidden);
    matrix_add(hidden, l->tokens, CHAIN_TAGS,
               (struct matrix_view){in, 1, hidden}, w->marginals[0],
               n->last[s].gradient);
    matrix_turn(hidden, CHAIN_TAGS, n->last[s].now, w->turned);
    matrix_add(l->tokens, CHAIN_TAGS, hidden,
               (struct matrix_view){w->marginals[0], CHAIN_TAGS, 1}, w->turned,
               net_row(w->gradient, b->first[k], hidden));
}

/* Through the rectifier: gradients of the sums and of the biases. */
static void rectify_back(struct net *n, const struct net_batch *b, int layer)
{
    struct net_work *w = n->work;
    int hidden = n->options.hidden;
    memset(w->sum_gradient, 0,
           sizeof(float) * (size_t)b->rows * (size_t)hidden);
    float *bias = n->biases[layer].gradient;
    for (int row = NET_PAD; row < b->rows; row++) {
        const float *sums = net_row(w->sums[layer], row, hidden);
        const float *mask = net_row(w->mask[layer], row, hidden);
        const float *from = net_row(w->gradient, row, hidden);
        float *to = net_row(w->sum_gradient, row, hidden);
        for (int c = 0; c < hidden; c++) {
            to[c] = sums[c] > 0 ? from[c] * mask[c] : 0;
            bias[c] += to[c];
        }
    }
}

/* Gradients of a layer's weights and of what it read. What it added itself to
 * keeps its gradient. */
static void learn_layer(struct net *n, const struct net_batch *b, int layer)
{
    struct net_work *w = n->work;
    int hidden = n->options.hidden;
    int width = layer ? hidden : n->inputs;
    int rows = b->rows - 2 * NET_PAD;
    float *in = layer ? w->hidden[layer - 1] : w->inputs;
    float *in_gradient = layer ? w->gradient : w->input_gradient;
    float *sums = net_row(w->sum_gradient, NET_PAD, hidden);
    rectify_back(n, b, layer);
    for (int tap = 0; tap < 3; tap++) {
        int from = NET_PAD + (tap - 1) * GAZ_MODEL_SHAPES[layer].spread;
        struct weights *weights = &n->layers[layer];
        matrix_add(width, rows, hidden,
                   (struct matrix_view){net_row(in, from, width), 1, width},
                   sums, net_row(weights->gradient, tap * width, hidden));
        matrix_turn(width, hidden, net_row(weights->now, tap * width, hidden),
                    w->turned);
        matrix_add(rows, hidden, width, (struct matrix_view){sums, hidden, 1},
                   w->turned, net_row(in_gradient, from, width));
    }
}

static void learn_token(struct net *n, const struct lesson *l, int token,
                        int row)
{
    const float *gradient = net_row(n->work->input_gradient, row, n->inputs);
    const float *mask = net_row(n->work->input_mask, row, n->inputs);
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        int width = n->options.widths[t];
        for (int k = l->begin[t][token]; k < l->begin[t][token + 1]; k++) {
            if (l->ids[t][k] >= (uint32_t)n->tables[t].rows)
                continue;
            float *to = weights_touch(&n->tables[t], l->ids[t][k]);
            for (int c = 0; c < width; c++)
                to[c] += gradient[c] * mask[c];
        }
        gradient += width;
        mask += width;
    }
}

/* The rows of the tables that all lessons have. */
static void learn_tables(struct net *n, const struct net_batch *b)
{
    for (int k = 0; k < b->count; k++) {
        for (int i = 0; i < b->lessons[k]->tokens; i++)
            learn_token(n, b->lessons[k], i, b->first[k] + i);
    }
}

static void learn_batch(struct net *n, const struct net_batch *b)
{
    struct net_work *w = n->work;
    size_t row = sizeof(float) * (size_t)b->rows;
    /* Rows between texts are never written: what an earlier batch left there
     * would count. */
    for (int l = 0; l < NET_LAYERS; l++)
        memset(w->mask[l], 0, row * (size_t)n->options.hidden);
    memset(w->gradient, 0, row * (size_t)n->options.hidden);
    memset(w->input_gradient, 0, row * (size_t)n->inputs);
    net_forward(n, b, true);
    for (int k = 0; k < b->count; k++)
        learn_last(n, b, k);
    for (int layer = NET_LAYERS; layer-- > 0;)
        learn_layer(n, b, layer);
    learn_tables(n, b);
}

enum { ALL_WEIGHTS = GAZ_MODEL_TABLES + 2 * NET_LAYERS + 3 * NET_SCHEMES };

static void list_weights(struct net *n, struct weights *out[ALL_WEIGHTS])
{
    for (int t = 0; t < GAZ_MODEL_TABLES; t++)
        *out++ = &n->tables[t];
    for (int l = 0; l < NET_LAYERS; l++) {
        *out++ = &n->layers[l];
        *out++ = &n->biases[l];
    }
    for (int s = 0; s < NET_SCHEMES; s++) {
        *out++ = &n->last[s];
        *out++ = &n->last_biases[s];
        *out++ = &n->transitions[s];
    }
}

/* `step` counts from 1; `left` falls from 1 to 0. */
static void take_step(struct net *n, int step, double left)
{
    struct weights *all[ALL_WEIGHTS];
    list_weights(n, all);
    double rate = n->options.rate * (0.05 + 0.95 * left) *
                  sqrt(1 - pow(0.999, step)) / (1 - pow(0.9, step));
    for (int i = 0; i < ALL_WEIGHTS; i++)
        weights_step(all[i], (float)rate);
}

static void take_snapshot(struct net *n, int count)
{
    struct weights *all[ALL_WEIGHTS];
    list_weights(n, all);
    for (int i = 0; i < ALL_WEIGHTS; i++)
        weights_snapshot(all[i], count);
}

static void settle(struct net *n)
{
    struct weights *all[ALL_WEIGHTS];
    list_weights(n, all);
    for (int i = 0; i < ALL_WEIGHTS; i++)
        weights_settle(all[i]);
}

static void shuffle(struct lesson **order, int count, uint32_t *random)
{
    for (int i = count - 1; i > 0; i--) {
        int j = (int)(random_next(random) % (uint32_t)(i + 1));
        struct lesson *kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

void net_learn(struct net *n, struct lesson *const *lessons, int count)
{
    struct lesson **order =
        gaz_malloc(sizeof(struct lesson *) * (size_t)(count + 1));
    memcpy(order, lessons, sizeof(struct lesson *) * (size_t)count);
    int epochs = n->options.epochs;
    int batches = (count + NET_BATCH - 1) / NET_BATCH;
    int snapshots = 0;
    int step = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, count, &n->random);
        for (int k = 0; k < batches; k++) {
            int from = k * NET_BATCH;
            int size = count - from < NET_BATCH ? count - from : NET_BATCH;
            struct net_batch b = net_batch_make(order + from, size);
            learn_batch(n, &b);
            double left = 1 - step / ((double)batches * epochs);
            take_step(n, ++step, left);
            if (epoch >= epochs * 2 / 3 && k % SNAPSHOT_EVERY == 0)
                take_snapshot(n, ++snapshots);
        }
        fprintf(stderr, "epoch %d of %d\n", epoch + 1, epochs);
    }
    settle(n);
    gaz_free(order);
}
