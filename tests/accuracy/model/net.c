/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/net.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/net_work.h"

static const double TABLE_DEVIATION = 0.05;
static const double SIGN_DEVIATION = 0.1;
/* Now and then the whole of a row is left out: what was never seen. */
static const float ROW_DROPOUT[GAZ_MODEL_TABLES] = {0.1f, 0.15f, 0};

static struct net_work *work_open(const struct net *net)
{
    struct net_work *w = gaz_malloc(sizeof *w);
    size_t inputs = sizeof(float) * NET_ROWS * (size_t)net->inputs;
    size_t hidden = sizeof(float) * NET_ROWS * (size_t)net->options.hidden;
    w->inputs = gaz_malloc(inputs);
    w->input_mask = gaz_malloc(inputs);
    w->input_gradient = gaz_malloc(inputs);
    for (int l = 0; l < NET_LAYERS; l++) {
        w->sums[l] = gaz_malloc(hidden);
        w->hidden[l] = gaz_malloc(hidden);
        w->mask[l] = gaz_malloc(hidden);
    }
    w->gradient = gaz_malloc(hidden);
    w->sum_gradient = gaz_malloc(hidden);
    w->turned = gaz_malloc(sizeof(float) * (size_t)net->options.hidden *
                           (size_t)(net->inputs + net->options.hidden));
    return w;
}

struct net *net_open(const struct vocabulary *vocabulary,
                     const struct net_options *o)
{
    struct net *n = gaz_malloc(sizeof *n);
    n->options = *o;
    n->random = o->seed * 2654435761u + 1;
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        bool signs = t == GAZ_MODEL_SIGN_TABLE;
        weights_open(&n->tables[t], vocabulary->rows[t], o->widths[t],
                     signs ? SIGN_DEVIATION : TABLE_DEVIATION, true,
                     &n->random);
        n->inputs += o->widths[t];
    }
    for (int l = 0; l < NET_LAYERS; l++) {
        int rows = 3 * (l ? o->hidden : n->inputs);
        weights_open(&n->layers[l], rows, o->hidden, sqrt(2.0 / rows), false,
                     &n->random);
        weights_open(&n->biases[l], 1, o->hidden, 0, false, &n->random);
    }
    for (int s = 0; s < NET_SCHEMES; s++) {
        weights_open(&n->last[s], o->hidden, CHAIN_TAGS, sqrt(1.0 / o->hidden),
                     false, &n->random);
        weights_open(&n->last_biases[s], 1, CHAIN_TAGS, 0, false, &n->random);
        weights_open(&n->transitions[s], CHAIN_TAGS, CHAIN_TAGS, 0, false,
                     &n->random);
    }
    n->work = work_open(n);
    return n;
}

void net_close(struct net *n)
{
    struct net_work *w = n->work;
    gaz_free(w->inputs);
    gaz_free(w->input_mask);
    gaz_free(w->input_gradient);
    for (int l = 0; l < NET_LAYERS; l++) {
        gaz_free(w->sums[l]);
        gaz_free(w->hidden[l]);
        gaz_free(w->mask[l]);
        weights_close(&n->layers[l]);
        weights_close(&n->biases[l]);
    }
    gaz_free(w->gradient);
    gaz_free(w->sum_gradient);
    gaz_free(w->turned);
    gaz_free(w);
    for (int t = 0; t < GAZ_MODEL_TABLES; t++)
        weights_close(&n->tables[t]);
    for (int s = 0; s < NET_SCHEMES; s++) {
        weights_close(&n->last[s]);
        weights_close(&n->last_biases[s]);
        weights_close(&n->transitions[s]);
    }
    gaz_free(n);
}

struct net_batch net_batch_make(struct lesson *const *lessons, int count)
{
    struct net_batch b = {.lessons = lessons, .count = count, .rows = NET_PAD};
    for (int k = 0; k < count; k++) {
        b.first[k] = b.rows;
        b.rows += lessons[k]->tokens + NET_PAD;
    }
    return b;
}

static void read_token(const struct net *n, const struct lesson *l, int token,
                       float *out)
{
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        int width = n->options.widths[t];
        for (int k = l->begin[t][token]; k < l->begin[t][token + 1]; k++) {
            if (l->ids[t][k] >= (uint32_t)n->tables[t].rows)
                continue;
            const float *row =
                net_row(n->tables[t].now, (int)l->ids[t][k], width);
            for (int c = 0; c < width; c++)
                out[c] += row[c];
        }
        out += width;
    }
}

static void drop_inputs(struct net *n, float *values, float *mask)
{
    float drop = n->options.input_dropout;
    int c = 0;
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        bool gone =
            ROW_DROPOUT[t] > 0 && random_unit(&n->random) < ROW_DROPOUT[t];
        for (int end = c + n->options.widths[t]; c < end; c++) {
            bool kept = random_unit(&n->random) >= drop && !gone;
            mask[c] = kept ? 1 / (1 - drop) : 0;
            values[c] *= mask[c];
        }
    }
}

static void read_inputs(struct net *n, const struct net_batch *b, bool learning)
{
    struct net_work *w = n->work;
    memset(w->inputs, 0, sizeof(float) * (size_t)b->rows * (size_t)n->inputs);
    for (int k = 0; k < b->count; k++) {
        for (int i = 0; i < b->lessons[k]->tokens; i++) {
            float *row = net_row(w->inputs, b->first[k] + i, n->inputs);
            read_token(n, b->lessons[k], i, row);
            if (learning)
                drop_inputs(n, row,
                            net_row(w->input_mask, b->first[k] + i, n->inputs));
        }
    }
}

/* One row: rectified, dropped in part, added to that of the layer before. */
static void rectify(struct net *n, int layer, int row, bool learning)
{
    struct net_work *w = n->work;
    int hidden = n->options.hidden;
    const float *sums = net_row(w->sums[layer], row, hidden);
    float *out = net_row(w->hidden[layer], row, hidden);
    float *mask = net_row(w->mask[layer], row, hidden);
    const float *before =
        layer ? net_row(w->hidden[layer - 1], row, hidden) : NULL;
    float drop = n->options.dropout;
    for (int c = 0; c < hidden; c++) {
        float value = sums[c] > 0 ? sums[c] : 0;
        if (learning) {
            mask[c] = random_unit(&n->random) < drop ? 0 : 1 / (1 - drop);
            value *= mask[c];
        }
        out[c] = value + (before ? before[c] : 0);
    }
}

static void run_layer(struct net *n, const struct net_batch *b, int layer,
                      bool learning)
{
    struct net_work *w = n->work;
    int hidden = n->options.hidden;
    int width = layer ? hidden : n->inputs;
    float *in = layer ? w->hidden[layer - 1] : w->inputs;
    size_t bytes = sizeof(float) * (size_t)b->rows * (size_t)hidden;
    memset(w->sums[layer], 0, bytes);
    memset(w->hidden[layer], 0, bytes);
    for (int k = 0; k < b->count; k++) {
        for (int i = 0; i < b->lessons[k]->tokens; i++)
            memcpy(net_row(w->sums[layer], b->first[k] + i, hidden),
                   n->biases[layer].now, sizeof(float) * (size_t)hidden);
    }
    for (int tap = 0; tap < 3; tap++) {
        int from = NET_PAD + (tap - 1) * GAZ_MODEL_SHAPES[layer].spread;
        struct matrix_view view = {net_row(in, from, width), width, 1};
        matrix_add(b->rows - 2 * NET_PAD, width, hidden, view,
                   net_row(n->layers[layer].now, tap * width, hidden),
                   net_row(w->sums[layer], NET_PAD, hidden));
    }
    for (int k = 0; k < b->count; k++) {
        for (int i = 0; i < b->lessons[k]->tokens; i++)
            rectify(n, layer, b->first[k] + i, learning);
    }
}

void net_forward(struct net *n, const struct net_batch *b, bool learning)
{
    read_inputs(n, b, learning);
    for (int layer = 0; layer < NET_LAYERS; layer++)
        run_layer(n, b, layer, learning);
}

void net_last(struct net *n, const struct net_batch *b, int k, int scheme,
              chain_row *out)
{
    int hidden = n->options.hidden;
    int tokens = b->lessons[k]->tokens;
    for (int i = 0; i < tokens; i++)
        memcpy(out[i], n->last_biases[scheme].now, sizeof out[i]);
    struct matrix_view view = {
        net_row(n->work->hidden[NET_LAYERS - 1], b->first[k], hidden), hidden,
        1};
    matrix_add(tokens, hidden, CHAIN_TAGS, view, n->last[scheme].now, out[0]);
}

void net_scores(struct net *n, const struct lesson *lesson, int scheme,
                chain_row *out)
{
    struct lesson one = *lesson;
    struct lesson *const lessons[] = {&one};
    struct net_batch b = net_batch_make(lessons, 1);
    net_forward(n, &b, false);
    net_last(n, &b, 0, scheme, out);
}

chain_row *net_transitions(const struct net *n, int scheme)
{
    return (chain_row *)n->transitions[scheme].now;
}

void net_label(struct net *n, const struct lesson *lesson, uint8_t *tags)
{
    static chain_row scores[GAZ_MODEL_TOKENS];
    net_scores(n, lesson, 0, scores);
    chain_best(n->options.tags[0], net_transitions(n, 0), lesson->tokens,
               scores, tags);
}
