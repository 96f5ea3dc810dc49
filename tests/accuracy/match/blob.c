/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/blob.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/file.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/match/sounds.h"

enum { BLOB_MAX_BYTES = 16 * 1024 * 1024 };

static void append(struct gaz_buffer *out, const void *bytes, size_t size)
{
    gaz_buffer_bytes(out, bytes, size);
}

static int8_t round_weight(float weight)
{
    float step = roundf(weight * GAZ_CUE_STEPS);
    return (int8_t)fmaxf(-INT8_MAX, fminf(INT8_MAX, step));
}

static void append_cues(struct gaz_buffer *out,
                        const struct linear_weight *weights)
{
    for (int i = 0; i < GAZ_CUE_SLOTS; i++) {
        struct gaz_cue_weight row;
        for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
            row.of[k] = round_weight(weights[i].of[k]);
        append(out, &row, sizeof row);
    }
}

static void append_trees(struct gaz_buffer *out, const struct boost_model *m)
{
    append(out, m->starts, sizeof *m->starts * (m->trees + 1));
    append(out, m->nodes, sizeof *m->nodes * m->node_count);
}

void blob_write(const char *path, const struct gaz_knowledge *knowledge,
                const struct learned *learned, int features,
                float offsets[2][GAZ_MATCH_CLASSES])
{
    struct gaz_match_header h = {.magic = GAZ_MATCH_MAGIC,
                                 .version = GAZ_MATCH_VERSION,
                                 .features = (uint32_t)features,
                                 .divisions = knowledge->divisions.count,
                                 .trees = learned->trees->trees,
                                 .nodes = learned->trees->node_count,
                                 .order_trees = learned->order->trees,
                                 .order_nodes = learned->order->node_count,
                                 .list_trees = learned->lists->trees,
                                 .list_nodes = learned->lists->node_count};
    struct gaz_buffer out;
    gaz_buffer_open(&out, BLOB_MAX_BYTES);
    memcpy(h.offsets, offsets[0], sizeof h.offsets);
    memcpy(h.list_offsets, offsets[1], sizeof h.list_offsets);
    append(&out, &h, sizeof h);
    append(&out, knowledge->rarity, GAZ_RARITY_SIZE);
    append(&out, knowledge->sounds, sizeof(uint16_t) * GAZ_SOUND_COUNT);
    append_cues(&out, learned->cues);
    append(&out, knowledge->divisions.items,
           sizeof(struct gaz_division) * knowledge->divisions.count);
    append_trees(&out, learned->trees);
    append_trees(&out, learned->order);
    append_trees(&out, learned->lists);
    h.size = (uint32_t)out.size;
    memcpy(out.data, &h, sizeof h);
    h.checksum = gaz_match_weights_checksum(out.data, out.size);
    memcpy(out.data, &h, sizeof h);
    struct gaz_ctx ctx = {.failure = ""};
    if (out.full ||
        gaz_file_replace(&ctx, path, out.data, out.size) != GAZ_OK) {
        (void)fprintf(stderr, "match_train: %s\n", gaz_ctx_failure(&ctx));
        exit(4);
    }
    gaz_buffer_close(&out);
    gaz_ctx_close(&ctx);
}
