/* SPDX-License-Identifier: Apache-2.0 */
/* From what holds at each token to scores of tags: rows of three tables side by
 * side, three layers that look at the tokens around, each adding to the one
 * before, and a last one. */
#include <string.h>

#include "gazetteer/standardise/model_parts.h"

enum {
    PAD = GAZ_MODEL_SPREAD_MAX,
    PADDED = GAZ_MODEL_TOKENS + 2 * PAD,
    LAST = GAZ_MODEL_LAYERS - 1,
    KEYS = 2 + GAZ_MODEL_SIGNS,
    STAGES = 2
};

typedef int16_t input_row[GAZ_MODEL_INPUTS];
typedef int16_t hidden_row[GAZ_MODEL_HIDDEN];

/* The rows that one token wants. */
struct look_up {
    struct gaz_model_features features;
    const uint32_t *index[KEYS];
};

struct network {
    struct look_up look_ups[STAGES];
    input_row inputs[PADDED]; /* rows before and after the text are 0 */
    hidden_row hidden[2][PADDED];
    int32_t sums[GAZ_MODEL_TOKENS][GAZ_MODEL_HIDDEN];
};

static int16_t cut(int32_t value, int32_t least, int32_t most)
{
    return (int16_t)(value < least ? least : value > most ? most : value);
}

static const uint32_t *index_of(const struct gaz_model *m, int table,
                                uint64_t key)
{
    const struct gaz_model_table *t = &m->tables[table];
    const uint32_t *index = t->index + gaz_model_bucket(key, t->buckets);
    __builtin_prefetch(index);
    return index;
}

/* Asks the processor for the memory that the look-up, a token later, reads. */
static void want(const struct gaz_model *m, const struct gaz_model_text *text,
                 int i, struct look_up *l)
{
    gaz_model_features_find(text, i, &l->features);
    l->index[0] = index_of(m, GAZ_MODEL_CHARACTERS, l->features.character);
    l->index[1] = index_of(m, GAZ_MODEL_PAIRS, l->features.pair);
    for (int k = 0; k < l->features.count; k++)
        l->index[2 + k] =
            index_of(m, GAZ_MODEL_SIGN_TABLE, l->features.signs[k]);
}

static void add_row(const struct gaz_model *m, int table, uint64_t key,
                    const uint32_t *index, int16_t *to)
{
    uint16_t print = gaz_model_fingerprint(key);
    size_t bytes = gaz_model_row_bytes(table);
    for (uint32_t r = index[0]; r < index[1]; r++) {
        const uint8_t *row = m->tables[table].rows + r * bytes;
        if ((row[0] | row[1] << 8) != print)
            continue;
        for (int k = 0; k < GAZ_MODEL_WIDTHS[table]; k++)
            to[k] = (int16_t)(to[k] + (int8_t)row[2 + k]);
        return;
    }
}

static void read_rows(const struct gaz_model *m, const struct look_up *l,
                      int16_t *to)
{
    const struct gaz_model_features *f = &l->features;
    add_row(m, GAZ_MODEL_CHARACTERS, f->character, l->index[0], to);
    to += GAZ_MODEL_CHARACTER_WIDTH;
    add_row(m, GAZ_MODEL_PAIRS, f->pair, l->index[1], to);
    to += GAZ_MODEL_PAIR_WIDTH;
    for (int k = 0; k < f->count; k++)
        add_row(m, GAZ_MODEL_SIGN_TABLE, f->signs[k], l->index[2 + k], to);
}

static void read_inputs(const struct gaz_model *m,
                        const struct gaz_model_text *text, struct network *n)
{
    memset(n->inputs, 0, (size_t)(text->count + 2 * PAD) * sizeof n->inputs[0]);
    for (int i = 0; i <= text->count; i++) {
        if (i < text->count)
            want(m, text, i, &n->look_ups[i % STAGES]);
        if (i > 0)
            read_rows(m, &n->look_ups[(i - 1) % STAGES],
                      n->inputs[PAD + i - 1]);
    }
}

/* The sums of a layer, none below 0, and what the layer before had. */
static void take_sums(const int32_t *sums, const int16_t *before, int bits,
                      int16_t *out)
{
    for (int k = 0; k < GAZ_MODEL_HIDDEN; k++) {
        int16_t value = cut(sums[k] >> bits, 0, GAZ_MODEL_VALUE_MAX);
        out[k] =
            before ? cut(value + before[k], 0, GAZ_MODEL_VALUE_MAX) : value;
    }
}

static void run_layer(const struct gaz_model *m, int layer, int count,
                      struct network *n)
{
    hidden_row *out = n->hidden[layer & 1];
    hidden_row *in = layer > 0 ? n->hidden[(layer - 1) & 1] : NULL;
    int bits = GAZ_MODEL_WEIGHT_BITS +
               (in ? 0 : GAZ_MODEL_INPUT_BITS - GAZ_MODEL_VALUE_BITS);
    gaz_model_layer_sums(&m->layers[layer], in ? in[PAD] : n->inputs[PAD],
                         count, n->sums[0]);
    memset(out, 0, PAD * sizeof *out);
    memset(out + PAD + count, 0, PAD * sizeof *out);
    for (int i = 0; i < count; i++)
        take_sums(n->sums[i], in ? in[PAD + i] : NULL, bits, out[PAD + i]);
}

void gaz_model_score(const struct gaz_model *model,
                     const struct gaz_model_text *text, gaz_model_scores *out)
{
    struct network n;
    read_inputs(model, text, &n);
    for (int layer = 0; layer < LAST; layer++)
        run_layer(model, layer, text->count, &n);
    int32_t *sums = n.sums[0];
    gaz_model_layer_sums(&model->layers[LAST], n.hidden[(LAST - 1) & 1][PAD],
                         text->count, sums);
    for (int i = 0; i < text->count; i++) {
        for (int y = 0; y < GAZ_MODEL_SCORES; y++)
            out[i][y] =
                cut(sums[i * GAZ_MODEL_SCORES + y] >> GAZ_MODEL_WEIGHT_BITS,
                    -INT16_MAX, INT16_MAX);
    }
}
