/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the bytes of a model: nothing in them is trusted. */
#include <stdlib.h>

#include "gazetteer/standardise/model.h"
#include "gazetteer/standardise/model_parts.h"

enum { TAGS = GAZ_MODEL_TAGS };

static uint64_t layers_size(void)
{
    uint64_t size = 0;
    for (int i = 0; i < GAZ_MODEL_LAYERS; i++)
        size += sizeof(int32_t) * (uint64_t)GAZ_MODEL_SHAPES[i].outputs +
                sizeof(int16_t) * gaz_model_layer_weights(i);
    return size;
}

static uint64_t parts_size(const struct gaz_model_header *h)
{
    uint64_t words = (uint64_t)h->name_buckets + 1 + h->names;
    uint64_t size = sizeof *h + sizeof(int16_t) * TAGS * TAGS + layers_size();
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        words += (uint64_t)h->buckets[t] + 1;
        size += gaz_model_rows_bytes(t, h->rows[t]);
    }
    return size + sizeof(uint32_t) * words;
}

static const char *header_problem(const struct gaz_model_header *h, size_t size)
{
    if (h->magic != GAZ_MODEL_MAGIC)
        return "not a model of elements";
    if (h->version != GAZ_MODEL_VERSION)
        return "model of another version";
    bool empty = h->name_buckets == 0;
    for (int t = 0; t < GAZ_MODEL_TABLES; t++)
        empty |= h->buckets[t] == 0;
    if (h->size != size || empty || parts_size(h) != size)
        return "parts of the model do not fit";
    if (gaz_model_checksum(h, size) != h->checksum)
        return "checksum of the model is wrong";
    return NULL;
}

static const void *find_layers(struct gaz_model *m, const void *at)
{
    for (int i = 0; i < GAZ_MODEL_LAYERS; i++) {
        struct gaz_model_layer *layer = &m->layers[i];
        layer->shape = &GAZ_MODEL_SHAPES[i];
        layer->biases = at;
        at = layer->biases + layer->shape->outputs;
        layer->weights = at;
        at = layer->weights + gaz_model_layer_weights(i);
    }
    return at;
}

static void find_parts(struct gaz_model *m, const struct gaz_model_header *h)
{
    m->header = h;
    m->transitions = (const int16_t *)(h + 1);
    m->name_index = find_layers(m, m->transitions + (size_t)TAGS * TAGS);
    m->names = m->name_index + h->name_buckets + 1;
    const uint32_t *at = m->names + h->names;
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        m->tables[t].buckets = h->buckets[t];
        m->tables[t].index = at;
        m->tables[t].rows = (const uint8_t *)(at + h->buckets[t] + 1);
        at = (const uint32_t *)(at + h->buckets[t] + 1 +
                                gaz_model_rows_bytes(t, h->rows[t]) /
                                    sizeof(uint32_t));
    }
    for (int x = 0; x < TAGS; x++) {
        const int16_t *row = m->transitions + (size_t)x * TAGS;
        m->reach[x] = row[0];
        for (int y = 2; y < TAGS; y += 2)
            m->reach[x] = row[y] > m->reach[x] ? row[y] : m->reach[x];
    }
}

/* An index begins at 0, never falls, and ends at the number of what it is of.
 */
static bool is_index(const uint32_t *index, uint32_t buckets, uint32_t end)
{
    if (index[0] != 0 || index[buckets] != end)
        return false;
    for (uint32_t i = 0; i < buckets; i++) {
        if (index[i] > index[i + 1])
            return false;
    }
    return true;
}

/* No input can bring a sum beyond 32 bits. */
static bool is_layer(const struct gaz_model_layer *layer)
{
    const struct gaz_model_shape *s = layer->shape;
    for (int y = 0; y < s->outputs; y++) {
        int64_t most = llabs(layer->biases[y]);
        for (int tap = 0; tap < s->taps; tap++) {
            for (int x = 0; x < s->inputs; x++)
                most +=
                    GAZ_MODEL_VALUE_MAX *
                    llabs(layer->weights[gaz_model_weight_at(s, tap, x, y)]);
        }
        if (most > INT32_MAX)
            return false;
    }
    return true;
}

static const char *parts_problem(const struct gaz_model *m)
{
    const struct gaz_model_header *h = m->header;
    if (!is_index(m->name_index, h->name_buckets, h->names))
        return "index of names is damaged";
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        if (!is_index(m->tables[t].index, h->buckets[t], h->rows[t]))
            return "index of rows is damaged";
    }
    for (int i = 0; i < GAZ_MODEL_LAYERS; i++) {
        if (!is_layer(&m->layers[i]))
            return "weights of a layer are too large";
    }
    return NULL;
}

gaz_status gaz_model_open(struct gaz_ctx *ctx, const void *bytes, size_t size,
                          struct gaz_model **out)
{
    const struct gaz_model_header *h = bytes;
    if (size < sizeof *h)
        return gaz_fail(ctx, GAZ_INVALID, "model of %zu bytes", size);
    if ((uintptr_t)bytes % sizeof(uint64_t) != 0)
        return gaz_fail(ctx, GAZ_INVALID, "model is not aligned");
    const char *problem = header_problem(h, size);
    struct gaz_model m = {0};
    if (!problem) {
        find_parts(&m, h);
        problem = parts_problem(&m);
    }
    if (problem)
        return gaz_fail(ctx, GAZ_INVALID, "%s", problem);
    struct gaz_model *model = gaz_malloc(sizeof *model);
    *model = m;
    *out = model;
    return GAZ_OK;
}

void gaz_model_close(struct gaz_model *model)
{
    gaz_free(model);
}
