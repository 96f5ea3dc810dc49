/* match_weights.h - the bytes of data/model/match.bin, and the ones in the
 * binary.
 *
 * Little-endian, every part at a multiple of 4 bytes, in this order:
 *
 *     struct gaz_match_header
 *     rarity      uint8 [GAZ_RARITY_SIZE]              (rarity.h)
 *     sounds      uint16 [GAZ_SOUND_COUNT]             (sounds.h)
 *     cues        int8 [GAZ_CUE_SLOTS][GAZ_MATCH_CLASSES]  (cues.h)
 *     divisions   struct gaz_division [divisions]      (divisions.h)
 *     starts      uint32 [trees + 1]                   (trees.h)
 *     nodes       struct gaz_tree_node [nodes]
 *     starts and nodes of the trees that tell the asked text from the found one
 *     starts and nodes of the trees for lists          (features_list.h)
 *
 * Made by tests/accuracy/match; docs/how/address-matching.md has the figures.
 */
#ifndef GAZ_MATCH_MATCH_WEIGHTS_H
#define GAZ_MATCH_MATCH_WEIGHTS_H

#include "gazetteer/base/text.h"
#include "gazetteer/match/features.h"
#include "gazetteer/match/trees.h"

enum { GAZ_MATCH_VERSION = 2, GAZ_MATCH_TREES_MAX = 100000 };

#define GAZ_MATCH_MAGIC 0x4D4D4147u /* "GAMM" */

struct gaz_match_header {
    uint32_t magic;
    uint32_t version;
    uint64_t checksum; /* gaz_match_weights_checksum */
    uint32_t size;     /* of the whole, bytes */
    uint32_t features; /* what gaz_features_read returned to the trainer */
    uint32_t divisions;
    uint32_t trees;
    uint32_t nodes;
    uint32_t order_trees;
    uint32_t order_nodes;
    uint32_t list_trees;
    uint32_t list_nodes;
    float offsets[GAZ_MATCH_CLASSES]; /* added to log probabilities */
    float list_offsets[GAZ_MATCH_CLASSES];
    uint32_t reserved; /* 0; the size is a multiple of 8 */
};

struct gaz_match_weights {
    const struct gaz_match_header *header;
    struct gaz_knowledge knowledge;
    struct gaz_trees trees;
    struct gaz_trees order; /* class 0: a was asked; 1: b was */
    struct gaz_trees lists; /* features, then those of the list */
};

/* gaz_match_weights_checksum hashes all that follows the field itself. */
static inline uint64_t gaz_match_weights_checksum(const void *bytes,
                                                  size_t size)
{
    size_t from = offsetof(struct gaz_match_header, size);
    return gaz_text_hash((const char *)bytes + from, size - from);
}

/* gaz_match_weights_open checks size, version, checksum, and every node, and
 * points into `bytes`, which must begin at a multiple of 8 and outlive `out`.
 * @return GAZ_OK; GAZ_INVALID when they are not weights of this version */
gaz_status gaz_match_weights_open(struct gaz_ctx *ctx, const void *bytes,
                                  size_t size, struct gaz_match_weights *out);

/* gaz_match_weights_shipped returns those of data/model/match.bin, opened by
 * the first call in the process and shared by all threads. */
const struct gaz_match_weights *gaz_match_weights_shipped(void);

#endif
