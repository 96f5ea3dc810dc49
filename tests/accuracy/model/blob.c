/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/blob.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/model_blob.h"

enum { ROWS_PER_BUCKET = 2 };

/* A row of a table that is written. */
struct row {
    uint64_t key;
    const float *values;
    double size; /* sum of absolute values */
};

struct rows {
    struct row *items;
    uint32_t count;
};

static int larger_first(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int by_row_key(const void *a, const void *b)
{
    uint64_t x = ((const struct row *)a)->key;
    uint64_t y = ((const struct row *)b)->key;
    return x < y ? -1 : x > y;
}

/* The rows of a table, at most `most`, in the order of their keys. */
static struct rows collect(const struct weights *table,
                           const struct intern *intern, uint32_t most)
{
    struct rows rows = {0};
    rows.items = gaz_malloc(sizeof(struct row) * ((size_t)table->rows + 1));
    for (int r = 0; r < table->rows; r++) {
        struct row *row = &rows.items[rows.count++];
        row->key = intern->keys[r];
        row->values = table->now + (ptrdiff_t)r * table->columns;
        for (int c = 0; c < table->columns; c++)
            row->size += fabs((double)row->values[c]);
    }
    qsort(rows.items, rows.count, sizeof(struct row), larger_first);
    if (rows.count > most)
        rows.count = most;
    qsort(rows.items, rows.count, sizeof(struct row), by_row_key);
    return rows;
}

/* Where to write, and what has been cut. */
struct sink {
    uint8_t *at;
    int clipped;
};

static void put(struct sink *sink, const void *data, size_t size)
{
    memcpy(sink->at, data, size);
    sink->at += size;
}

static long rounded(struct sink *sink, float value, int bits, long most)
{
    long q = lround(ldexp((double)value, bits));
    if (labs(q) <= most)
        return q;
    sink->clipped++;
    return q < 0 ? -most : most;
}

static void put_transitions(struct sink *sink, const struct net *net)
{
    chain_row *transitions = net_transitions(net, 0);
    for (int x = 0; x < GAZ_MODEL_TAGS; x++) {
        for (int y = 0; y < GAZ_MODEL_TAGS; y++) {
            int16_t t = (int16_t)rounded(sink, transitions[x][y],
                                         GAZ_MODEL_VALUE_BITS, INT16_MAX);
            put(sink, &t, sizeof t);
        }
    }
}

static void put_layer(struct sink *sink, int layer, const float *biases,
                      const float *weights, int columns)
{
    const struct gaz_model_shape *s = &GAZ_MODEL_SHAPES[layer];
    int value_bits = layer ? GAZ_MODEL_VALUE_BITS : GAZ_MODEL_INPUT_BITS;
    for (int y = 0; y < s->outputs; y++) {
        int32_t b = (int32_t)rounded(
            sink, biases[y], GAZ_MODEL_WEIGHT_BITS + value_bits, INT32_MAX / 4);
        put(sink, &b, sizeof b);
    }
    int16_t *out = (int16_t *)(void *)sink->at;
    for (int tap = 0; tap < s->taps; tap++) {
        for (int x = 0; x < s->inputs; x++) {
            const float *row =
                weights + ((ptrdiff_t)tap * s->inputs + x) * columns;
            for (int y = 0; y < s->outputs; y++)
                out[gaz_model_weight_at(s, tap, x, y)] = (int16_t)rounded(
                    sink, row[y], GAZ_MODEL_WEIGHT_BITS, INT16_MAX);
        }
    }
    sink->at += sizeof(int16_t) * gaz_model_layer_weights(layer);
}

static void put_layers(struct sink *sink, const struct net *net)
{
    for (int l = 0; l < NET_LAYERS; l++)
        put_layer(sink, l, net->biases[l].now, net->layers[l].now,
                  GAZ_MODEL_HIDDEN);
    put_layer(sink, NET_LAYERS, net->last_biases[0].now, net->last[0].now,
              CHAIN_TAGS);
}

struct name {
    uint64_t key;
    uint32_t kinds;
};

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct name *)a)->key;
    uint64_t y = ((const struct name *)b)->key;
    return x < y ? -1 : x > y;
}

static void put_names(struct sink *sink, const struct names *names,
                      const struct gaz_model_header *h)
{
    struct name *sorted = gaz_malloc(sizeof *sorted * (names->count + 1));
    uint32_t count = 0;
    for (size_t i = 0; i < names->room; i++) {
        if (names->keys[i])
            sorted[count++] = (struct name){names->keys[i], names->kinds[i]};
    }
    qsort(sorted, count, sizeof *sorted, by_key);
    uint32_t n = 0;
    for (uint32_t b = 0; b <= h->name_buckets; b++) {
        while (n < count &&
               gaz_model_bucket(sorted[n].key, h->name_buckets) < b)
            n++;
        put(sink, &n, sizeof n);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t entry = gaz_model_name_fingerprint(sorted[i].key)
                             << GAZ_MODEL_KIND_BITS |
                         sorted[i].kinds;
        put(sink, &entry, sizeof entry);
    }
    gaz_free(sorted);
}

static void put_rows(struct sink *sink, int table, const struct rows *rows,
                     uint32_t buckets)
{
    uint32_t n = 0;
    for (uint32_t b = 0; b <= buckets; b++) {
        while (n < rows->count &&
               gaz_model_bucket(rows->items[n].key, buckets) < b)
            n++;
        put(sink, &n, sizeof n);
    }
    uint8_t *begin = sink->at;
    for (uint32_t r = 0; r < rows->count; r++) {
        uint16_t print = gaz_model_fingerprint(rows->items[r].key);
        put(sink, &print, sizeof print);
        for (int c = 0; c < GAZ_MODEL_WIDTHS[table]; c++) {
            int8_t q = (int8_t)rounded(sink, rows->items[r].values[c],
                                       GAZ_MODEL_INPUT_BITS, INT8_MAX);
            put(sink, &q, sizeof q);
        }
    }
    sink->at = begin + gaz_model_rows_bytes(table, rows->count);
}

static void save(const char *path, const void *bytes, size_t size)
{
    struct gaz_ctx ctx = {0};
    if (gaz_file_replace(&ctx, path, bytes, size) != GAZ_OK) {
        fprintf(stderr, "%s\n", gaz_ctx_failure(&ctx));
        exit(2);
    }
    gaz_ctx_close(&ctx);
}

static size_t size_with(struct gaz_model_header *h, const struct names *names)
{
    h->name_buckets = (uint32_t)names->count / ROWS_PER_BUCKET + 1;
    h->names = (uint32_t)names->count;
    size_t size = sizeof *h + sizeof(int16_t) * GAZ_MODEL_TAGS * GAZ_MODEL_TAGS;
    size_t words = (size_t)h->name_buckets + 1 + h->names;
    for (int l = 0; l < GAZ_MODEL_LAYERS; l++)
        size += sizeof(int32_t) * (size_t)GAZ_MODEL_SHAPES[l].outputs +
                sizeof(int16_t) * gaz_model_layer_weights(l);
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        h->buckets[t] = h->rows[t] / ROWS_PER_BUCKET + 1;
        words += (size_t)h->buckets[t] + 1;
        size += gaz_model_rows_bytes(t, h->rows[t]);
    }
    h->size = (uint32_t)(size + sizeof(uint32_t) * words);
    return h->size;
}

void blob_write(const char *path, const struct net *net,
                const struct vocabulary *vocabulary, const struct names *names,
                size_t limit, struct blob_report *report)
{
    enum { FEWER = 500 };
    struct gaz_model_header h = {.magic = GAZ_MODEL_MAGIC,
                                 .version = GAZ_MODEL_VERSION};
    for (int t = 0; t < GAZ_MODEL_TABLES; t++)
        h.rows[t] = (uint32_t)net->tables[t].rows;
    while (size_with(&h, names) > limit && h.rows[GAZ_MODEL_PAIRS] > FEWER)
        h.rows[GAZ_MODEL_PAIRS] -= FEWER;
    uint8_t *bytes = gaz_malloc(h.size);
    struct sink sink = {.at = bytes + sizeof h};
    put_transitions(&sink, net);
    put_layers(&sink, net);
    put_names(&sink, names, &h);
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        struct rows rows =
            collect(&net->tables[t], &vocabulary->tables[t], h.rows[t]);
        put_rows(&sink, t, &rows, h.buckets[t]);
        gaz_free(rows.items);
    }
    memcpy(bytes, &h, sizeof h);
    h.checksum = gaz_model_checksum(bytes, h.size);
    memcpy(bytes, &h, sizeof h);
    save(path, bytes, h.size);
    gaz_free(bytes);
    report->size = h.size;
    report->clipped = sink.clipped;
    memcpy(report->rows, h.rows, sizeof h.rows);
}
