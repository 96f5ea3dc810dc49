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

enum { ROWS_PER_BUCKET = 2, WEIGHT_MAX = 127, FIRST_STEP = 4, STEPS = 200 };

/* The weights of one feature. */
struct row {
    uint64_t key;
    const float *weights;
};

struct rows {
    struct row *items;
    uint32_t count;
};

static int by_bucket(const void *a, const void *b)
{
    uint64_t x = ((const struct row *)a)->key;
    uint64_t y = ((const struct row *)b)->key;
    return x < y ? -1 : x > y;
}

static struct rows collect(const struct crf *crf, const struct intern *intern)
{
    struct rows rows = {0};
    rows.items = gaz_malloc(sizeof(struct row) * ((size_t)crf->count + 1));
    for (uint32_t f = 0; f < crf->features; f++) {
        if (!crf->rows[f])
            continue;
        size_t at = (size_t)(crf->rows[f] - 1) * GAZ_MODEL_TAGS;
        rows.items[rows.count++] =
            (struct row){intern->keys[f], crf->weights + at};
    }
    qsort(rows.items, rows.count, sizeof(struct row), by_bucket);
    return rows;
}

static int quantum(float weight, double threshold)
{
    if (fabs((double)weight) < threshold)
        return 0;
    long q = lround((double)weight * BLOB_UNIT);
    return (int)(q > WEIGHT_MAX    ? WEIGHT_MAX
                 : q < -WEIGHT_MAX ? -WEIGHT_MAX
                                   : q);
}

/* Writes a row, returns its bytes: 0 when nothing is left of it. */
static size_t encode(const struct row *row, double threshold, uint8_t *out)
{
    uint8_t full[GAZ_MODEL_WIDTH] = {0};
    uint8_t *at = out + GAZ_MODEL_ROW_HEAD;
    int n = 0;
    for (int y = 0; y < GAZ_MODEL_TAGS; y++) {
        int q = quantum(row->weights[y], threshold);
        full[y] = (uint8_t)(int8_t)q;
        if (q == 0 || n++ >= GAZ_MODEL_PAIRS_MAX)
            continue;
        *at++ = (uint8_t)y;
        *at++ = full[y];
    }
    if (n == 0)
        return 0;
    uint16_t print = gaz_model_fingerprint(row->key);
    out[0] = (uint8_t)(print & 0xFF);
    out[1] = (uint8_t)(print >> 8);
    out[2] = (uint8_t)n;
    if (n <= GAZ_MODEL_PAIRS_MAX)
        return (size_t)(at - out);
    out[2] = GAZ_MODEL_FULL;
    memcpy(out + GAZ_MODEL_ROW_HEAD, full, sizeof full);
    return GAZ_MODEL_ROW_HEAD + sizeof full;
}

enum { ROW_MAX_BYTES = GAZ_MODEL_ROW_HEAD + GAZ_MODEL_WIDTH };

static void measure(const struct rows *rows, struct gaz_model_header *h,
                    struct blob_report *report)
{
    uint8_t bytes[ROW_MAX_BYTES];
    report->rows = 0;
    h->row_bytes = 0;
    for (uint32_t r = 0; r < rows->count; r++) {
        size_t size = encode(&rows->items[r], report->threshold, bytes);
        report->rows += size > 0;
        h->row_bytes += (uint32_t)size;
    }
    h->row_buckets = report->rows / ROWS_PER_BUCKET + 1;
    report->size =
        sizeof *h + sizeof(int16_t) * GAZ_MODEL_TAGS * GAZ_MODEL_TAGS +
        sizeof(uint32_t) *
            ((size_t)h->name_buckets + h->names + h->row_buckets + 2) +
        h->row_bytes;
    h->size = (uint32_t)report->size;
}

static void put(uint8_t **at, const void *data, size_t size)
{
    memcpy(*at, data, size);
    *at += size;
}

static void put_transitions(uint8_t **at, const struct crf *crf)
{
    for (int x = 0; x < GAZ_MODEL_TAGS; x++) {
        for (int y = 0; y < GAZ_MODEL_TAGS; y++) {
            int16_t t = chain_allows(x, y)
                            ? (int16_t)lround((double)crf->transitions[x][y] *
                                              BLOB_UNIT)
                            : GAZ_MODEL_NEVER;
            put(at, &t, sizeof t);
        }
    }
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

static void put_names(uint8_t **at, const struct names *names,
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
        put(at, &n, sizeof n);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t entry = gaz_model_name_fingerprint(sorted[i].key)
                             << GAZ_MODEL_KIND_BITS |
                         sorted[i].kinds;
        put(at, &entry, sizeof entry);
    }
    gaz_free(sorted);
}

static void put_rows(uint8_t **at, const struct rows *rows,
                     const struct gaz_model_header *h, double threshold)
{
    uint8_t *index = *at;
    uint8_t *bytes = index + sizeof(uint32_t) * ((size_t)h->row_buckets + 1);
    uint32_t written = 0;
    uint32_t bucket = 0;
    for (uint32_t r = 0; r < rows->count; r++) {
        uint32_t b = gaz_model_bucket(rows->items[r].key, h->row_buckets);
        for (; bucket <= b; bucket++)
            put(&index, &written, sizeof written);
        uint8_t row[ROW_MAX_BYTES];
        size_t size = encode(&rows->items[r], threshold, row);
        put(&bytes, row, size);
        written += (uint32_t)size;
    }
    for (; bucket <= h->row_buckets; bucket++)
        put(&index, &written, sizeof written);
    *at = bytes;
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

void blob_write(const char *path, const struct crf *crf,
                const struct intern *intern, const struct names *names,
                size_t limit, struct blob_report *report)
{
    struct gaz_model_header h = {
        .magic = GAZ_MODEL_MAGIC,
        .version = GAZ_MODEL_VERSION,
        .name_buckets = (uint32_t)names->count / ROWS_PER_BUCKET + 1,
        .names = (uint32_t)names->count,
        .unit = BLOB_UNIT,
    };
    struct rows rows = collect(crf, intern);
    for (int step = FIRST_STEP; step < STEPS; step++) {
        report->threshold = step / (double)STEPS;
        measure(&rows, &h, report);
        if (report->size <= limit)
            break;
    }
    uint8_t *bytes = gaz_malloc(report->size);
    uint8_t *at = bytes + sizeof h;
    put_transitions(&at, crf);
    put_names(&at, names, &h);
    put_rows(&at, &rows, &h, report->threshold);
    memcpy(bytes, &h, sizeof h);
    h.checksum = gaz_model_checksum(bytes, report->size);
    memcpy(bytes, &h, sizeof h);
    save(path, bytes, report->size);
    gaz_free(bytes);
    gaz_free(rows.items);
}
