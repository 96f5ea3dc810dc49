/* model_blob.h - the bytes of data/model/elements.bin.
 *
 * Little-endian, every part at a multiple of 4 bytes, in this order:
 *
 *     struct gaz_model_header
 *     transitions   int16 [42][42], from tag, to tag, 1/256
 *     layers        for each: int32 biases [outputs], 2^-18 (the first: 2^-16);
 *                   int16 weights [taps][inputs / 2][outputs][2], 1/1024
 *     name index    uint32 [name_buckets + 1], first name of a bucket
 *     names         uint32 [names], 20 bits of the key << 12 | kinds
 *     for each table of characters, pairs and signs:
 *         index     uint32 [buckets + 1], first row of a bucket
 *         rows      16 bits of the key, then int8 [width], 1/64; the whole
 *                   filled up with zeros to a multiple of 4 bytes
 *
 * The bucket of a key comes from its upper half, the fingerprint from its lower
 * bits, so that both are independent. A key that was never learned meets a
 * wrong row about once in 20,000 look-ups.
 */
#ifndef GAZ_STANDARDISE_MODEL_BLOB_H
#define GAZ_STANDARDISE_MODEL_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/text.h"

enum {
    GAZ_MODEL_VERSION = 2,
    GAZ_MODEL_TAGS = 42,
    GAZ_MODEL_SCORES = 48, /* outputs of the last layer; six are not used */
    GAZ_MODEL_KIND_BITS = 12
};

/* The network: widths of what a token's rows say, and of the layers. */
enum {
    GAZ_MODEL_CHARACTER_WIDTH = 48,
    GAZ_MODEL_PAIR_WIDTH = 48,
    GAZ_MODEL_SIGN_WIDTH = 32,
    GAZ_MODEL_INPUTS = 128, /* the sum of the three */
    GAZ_MODEL_HIDDEN = 64,
    GAZ_MODEL_LAYERS = 4, /* three of three taps each, one to the scores */
    GAZ_MODEL_SPREAD_MAX = 4
};

/* Units of whole numbers: powers of two. */
enum {
    GAZ_MODEL_INPUT_BITS = 6,
    GAZ_MODEL_VALUE_BITS = 8, /* between layers, scores, transitions */
    GAZ_MODEL_WEIGHT_BITS = 10,
    GAZ_MODEL_VALUE_MAX = 8191 /* larger ones are cut to it */
};

typedef enum {
    GAZ_MODEL_CHARACTERS,
    GAZ_MODEL_PAIRS,
    GAZ_MODEL_SIGN_TABLE,
    GAZ_MODEL_TABLES
} gaz_model_table_kind;

#define GAZ_MODEL_MAGIC 0x4D454147u /* "GAEM" */

struct gaz_model_header {
    uint32_t magic;
    uint32_t version;
    uint64_t checksum; /* gaz_model_checksum */
    uint32_t size;     /* of the whole, bytes */
    uint32_t name_buckets;
    uint32_t names;
    uint32_t buckets[GAZ_MODEL_TABLES];
    uint32_t rows[GAZ_MODEL_TABLES];
    uint32_t reserved; /* 0 */
};

/* The shape of a layer. */
struct gaz_model_shape {
    int taps;   /* 3: the token, and those `spread` before and after; 1 */
    int spread; /* at most GAZ_MODEL_SPREAD_MAX */
    int inputs;
    int outputs;
};

static const struct gaz_model_shape GAZ_MODEL_SHAPES[GAZ_MODEL_LAYERS] = {
    {3, 1, GAZ_MODEL_INPUTS, GAZ_MODEL_HIDDEN},
    {3, 2, GAZ_MODEL_HIDDEN, GAZ_MODEL_HIDDEN},
    {3, 4, GAZ_MODEL_HIDDEN, GAZ_MODEL_HIDDEN},
    {1, 0, GAZ_MODEL_HIDDEN, GAZ_MODEL_SCORES},
};

static const int GAZ_MODEL_WIDTHS[GAZ_MODEL_TABLES] = {
    GAZ_MODEL_CHARACTER_WIDTH, GAZ_MODEL_PAIR_WIDTH, GAZ_MODEL_SIGN_WIDTH};

/* Bytes of a row of a table, and of all of them. */
static inline size_t gaz_model_row_bytes(int table)
{
    return sizeof(uint16_t) + (size_t)GAZ_MODEL_WIDTHS[table];
}

static inline size_t gaz_model_rows_bytes(int table, uint32_t rows)
{
    return (gaz_model_row_bytes(table) * rows + 3) / 4 * 4;
}

/* Weights of a layer. */
static inline size_t gaz_model_layer_weights(int layer)
{
    const struct gaz_model_shape *s = &GAZ_MODEL_SHAPES[layer];
    return (size_t)s->taps * (size_t)s->inputs * (size_t)s->outputs;
}

/* Where a weight stands in the weights of its layer. */
static inline size_t gaz_model_weight_at(const struct gaz_model_shape *s,
                                         int tap, int input, int output)
{
    size_t pair = (size_t)(tap * s->inputs + input) / 2;
    return (pair * (size_t)s->outputs + (size_t)output) * 2 +
           (size_t)(input & 1);
}

/* The hash of all that follows the field itself. */
static inline uint64_t gaz_model_checksum(const void *bytes, size_t size)
{
    size_t from = offsetof(struct gaz_model_header, size);
    return gaz_text_hash((const char *)bytes + from, size - from);
}

static inline uint32_t gaz_model_bucket(uint64_t key, uint32_t buckets)
{
    return (uint32_t)((key >> 32) * buckets >> 32);
}

static inline uint16_t gaz_model_fingerprint(uint64_t key)
{
    return (uint16_t)key;
}

static inline uint32_t gaz_model_name_fingerprint(uint64_t key)
{
    return (uint32_t)key & 0xFFFFFu;
}

#endif
