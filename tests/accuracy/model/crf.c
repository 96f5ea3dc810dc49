/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/crf.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/arena.h"

enum { TOKEN_FEATURES = 3 * GAZ_MODEL_FEATURES };

struct training {
    struct crf *crf;
    const struct crf_options *options;
    float *squares; /* sums of squared gradients, as weights */
    float *sums;    /* of the weights, for the average */
    chain_row transition_squares[CHAIN_TAGS];
    chain_row transition_sums[CHAIN_TAGS];
    uint32_t random;
    uint32_t kept[GAZ_MODEL_TOKENS][TOKEN_FEATURES]; /* rows in use */
    int counts[GAZ_MODEL_TOKENS];
    chain_row emissions[GAZ_MODEL_TOKENS];
    chain_row marginals[GAZ_MODEL_TOKENS];
    chain_row pairs[CHAIN_TAGS];
};

/* xorshift32 */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void choose_rows(struct crf *crf, struct sequence *const *sequences,
                        int count, uint32_t cutoff)
{
    crf->rows = gaz_malloc(sizeof(uint32_t) * crf->features);
    for (int s = 0; s < count; s++) {
        const struct sequence *q = sequences[s];
        for (int k = 0; k < q->begin[q->tokens]; k++)
            crf->rows[q->ids[k]]++;
    }
    for (uint32_t f = 0; f < crf->features; f++)
        crf->rows[f] = crf->rows[f] >= cutoff ? ++crf->count : 0;
}

static void add_row(int tags, const float *row, float *to)
{
    for (int y = 0; y < tags; y++)
        to[y] += row[y];
}

static void begin_emissions(const struct sequence *q, int i, float *out)
{
    if (q->offset)
        memcpy(out, q->offset + (size_t)i * CHAIN_TAGS, sizeof(chain_row));
    else
        memset(out, 0, sizeof(chain_row));
}

void crf_emissions(const struct crf *crf, const struct sequence *q,
                   chain_row *out)
{
    size_t tags = (size_t)crf->tags;
    for (int i = 0; i < q->tokens; i++) {
        begin_emissions(q, i, out[i]);
        for (int k = q->begin[i]; k < q->begin[i + 1]; k++) {
            uint32_t row = q->ids[k] < crf->features ? crf->rows[q->ids[k]] : 0;
            if (row)
                add_row(crf->tags, crf->weights + (row - 1) * tags, out[i]);
        }
    }
}

void crf_label(struct crf *crf, const struct sequence *q, uint8_t *out)
{
    static chain_row emissions[GAZ_MODEL_TOKENS];
    crf_emissions(crf, q, emissions);
    chain_best(crf->tags, crf->transitions, q->tokens, emissions, out);
}

/* Rows are far apart in memory: asks for all of them at once. */
static void fetch(const float *row, size_t tags)
{
    for (size_t y = 0; y < tags; y += 16)
        __builtin_prefetch(row + y);
}

/* Notes the rows of the features that are not left out this time. */
static void choose_kept(struct training *t, const struct sequence *q)
{
    size_t tags = (size_t)t->crf->tags;
    uint32_t limit = (uint32_t)(t->options->dropout * (1 << 24));
    for (int i = 0; i < q->tokens; i++) {
        t->counts[i] = 0;
        for (int k = q->begin[i]; k < q->begin[i + 1]; k++) {
            uint32_t row = t->crf->rows[q->ids[k]];
            if (!row || next_random(&t->random) >> 8 < limit)
                continue;
            t->kept[i][t->counts[i]++] = row - 1;
            fetch(t->crf->weights + (row - 1) * tags, tags);
            fetch(t->squares + (row - 1) * tags, tags);
        }
    }
}

static void read_kept(struct training *t, const struct sequence *q)
{
    size_t tags = (size_t)t->crf->tags;
    choose_kept(t, q);
    for (int i = 0; i < q->tokens; i++) {
        begin_emissions(q, i, t->emissions[i]);
        for (int k = 0; k < t->counts[i]; k++)
            add_row(t->crf->tags, t->crf->weights + t->kept[i][k] * tags,
                    t->emissions[i]);
    }
}

static void adjust(const struct crf_options *o, int count, float scale,
                   const float *gradient, float *weights, float *squares)
{
    for (int y = 0; y < count; y++) {
        float g = scale * gradient[y] + o->decay * weights[y];
        squares[y] += g * g;
        weights[y] -= o->rate * g / (sqrtf(squares[y]) + 0.3f);
    }
}

static void learn_one(struct training *t, const struct sequence *q)
{
    struct crf *crf = t->crf;
    read_kept(t, q);
    memset(t->pairs, 0, sizeof t->pairs);
    chain_marginals(crf->tags, crf->transitions, q->tokens, t->emissions,
                    t->marginals, t->pairs);
    for (int i = 0; i < q->tokens; i++) {
        t->marginals[i][q->tags[i]] -= 1;
        if (i > 0)
            t->pairs[q->tags[i - 1]][q->tags[i]] -= 1;
        for (int k = 0; k < t->counts[i]; k++) {
            size_t at = (size_t)t->kept[i][k] * (size_t)crf->tags;
            adjust(t->options, crf->tags, q->weight, t->marginals[i],
                   crf->weights + at, t->squares + at);
        }
    }
    for (int x = 0; x < crf->tags; x++)
        adjust(t->options, crf->tags, q->weight, t->pairs[x],
               crf->transitions[x], t->transition_squares[x]);
}

static void add_to_sums(struct training *t)
{
    struct crf *crf = t->crf;
    size_t size = (size_t)crf->count * (size_t)crf->tags;
    for (size_t i = 0; i < size; i++)
        t->sums[i] += crf->weights[i];
    for (int x = 0; x < crf->tags; x++)
        add_row(crf->tags, crf->transitions[x], t->transition_sums[x]);
}

static void take_average(struct training *t, int epochs)
{
    struct crf *crf = t->crf;
    size_t size = (size_t)crf->count * (size_t)crf->tags;
    for (size_t i = 0; i < size; i++)
        crf->weights[i] = t->sums[i] / (float)epochs;
    for (int x = 0; x < crf->tags; x++) {
        for (int y = 0; y < crf->tags; y++)
            crf->transitions[x][y] = t->transition_sums[x][y] / (float)epochs;
    }
}

static void shuffle(int *order, int count, uint32_t *random)
{
    for (int i = count - 1; i > 0; i--) {
        int j = (int)(next_random(random) % (uint32_t)(i + 1));
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static void learn(struct training *t, struct sequence *const *sequences,
                  int count)
{
    int *order = gaz_malloc(sizeof(int) * (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        order[i] = i;
    int averaged = 0;
    for (int epoch = 0; epoch < t->options->epochs; epoch++) {
        shuffle(order, count, &t->random);
        for (int i = 0; i < count; i++)
            learn_one(t, sequences[order[i]]);
        if (epoch < t->options->epochs / 3)
            continue;
        add_to_sums(t);
        averaged++;
    }
    take_average(t, averaged);
    gaz_free(order);
}

struct crf *crf_train(struct sequence *const *sequences, int count,
                      uint32_t features, const struct crf_options *options)
{
    struct crf *crf = gaz_malloc(sizeof *crf);
    struct training *t = gaz_malloc(sizeof *t);
    crf->tags = options->tags;
    crf->features = features;
    choose_rows(crf, sequences, count, options->cutoff);
    size_t size = (size_t)crf->count * (size_t)crf->tags * sizeof(float);
    crf->weights = gaz_malloc(size);
    *t = (struct training){.crf = crf, .options = options};
    t->random = options->seed * 2654435761u + 1;
    t->squares = gaz_malloc(size);
    t->sums = gaz_malloc(size);
    learn(t, sequences, count);
    gaz_free(t->squares);
    gaz_free(t->sums);
    gaz_free(t);
    return crf;
}

void crf_close(struct crf *crf)
{
    if (!crf)
        return;
    gaz_free(crf->rows);
    gaz_free(crf->weights);
    gaz_free(crf);
}
