/* model_blob.h - the bytes of data/model/elements.bin.
 *
 * Little-endian, every part at a multiple of 4 bytes, in this order:
 *
 *     struct gaz_model_header
 *     transitions   int16 [42][42], from tag, to tag; NEVER forbids
 *     name index    uint32 [name_buckets + 1], first name of a bucket
 *     names         uint32 [names], 20 bits of the key << 12 | kinds
 *     row index     uint32 [row_buckets + 1], first byte of a bucket's rows
 *     rows          bytes
 *
 * A row is a fingerprint of the key (2 bytes), the number of weights n (1 byte)
 * and n pairs of a tag and a weight (1 byte each); or, when n is 255, 48
 * weights in the order of the tags, the last six 0: faster to add, and no
 * longer. A weight counts 1 / scale of the unit of the transitions. The bucket
 * of a key comes from its upper half, the fingerprint from its lower bits, so
 * that both are independent. A key that was never learned meets a wrong row
 * about once in 20,000 look-ups.
 */
#ifndef GAZ_STANDARDISE_MODEL_BLOB_H
#define GAZ_STANDARDISE_MODEL_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/text.h"

enum {
    GAZ_MODEL_VERSION = 1,
    GAZ_MODEL_TAGS = 42,
    GAZ_MODEL_NEVER = -32000,
    GAZ_MODEL_ROW_HEAD = 3,
    GAZ_MODEL_FULL = 255,     /* in place of n */
    GAZ_MODEL_WIDTH = 48,     /* weights of a full row */
    GAZ_MODEL_PAIRS_MAX = 20, /* a row of more is written as a full one */
    GAZ_MODEL_KIND_BITS = 12
};

#define GAZ_MODEL_MAGIC 0x4D454147u /* "GAEM" */

struct gaz_model_header {
    uint32_t magic;
    uint32_t version;
    uint64_t checksum; /* gaz_model_checksum */
    uint32_t size;     /* of the whole, bytes */
    uint32_t name_buckets;
    uint32_t names;
    uint32_t row_buckets;
    uint32_t row_bytes;
    uint32_t unit; /* quanta in a weight of 1.0, for the record */
};

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
