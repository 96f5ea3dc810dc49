/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/blob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/match/rarity.h"

static char *append(char *at, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(at, bytes, size);
    return at + size;
}

void blob_write(const char *path, const struct gaz_knowledge *knowledge,
                const struct boost_model *model, int features, double scale,
                const float offsets[GAZ_MATCH_CLASSES])
{
    size_t divisions = sizeof(struct gaz_division) * knowledge->divisions.count;
    size_t starts = sizeof *model->starts * (model->trees + 1);
    size_t nodes = sizeof *model->nodes * model->node_count;
    struct gaz_match_header h = {.magic = GAZ_MATCH_MAGIC,
                                 .version = GAZ_MATCH_VERSION,
                                 .features = (uint32_t)features,
                                 .divisions = knowledge->divisions.count,
                                 .trees = model->trees,
                                 .nodes = model->node_count,
                                 .scale = (float)scale};
    memcpy(h.offsets, offsets, sizeof h.offsets);
    h.size =
        (uint32_t)(sizeof h + GAZ_RARITY_SIZE + divisions + starts + nodes);
    char *bytes = gaz_malloc(h.size);
    char *at = bytes + sizeof h;
    at = append(at, knowledge->rarity, GAZ_RARITY_SIZE);
    at = append(at, knowledge->divisions.items, divisions);
    at = append(at, model->starts, starts);
    (void)append(at, model->nodes, nodes);
    memcpy(bytes, &h, sizeof h);
    h.checksum = gaz_match_weights_checksum(bytes, h.size);
    memcpy(bytes, &h, sizeof h);
    struct gaz_ctx ctx = {0};
    if (gaz_file_replace(&ctx, path, bytes, h.size) != GAZ_OK) {
        (void)fprintf(stderr, "match_train: %s\n", gaz_ctx_failure(&ctx));
        exit(4);
    }
    gaz_free(bytes);
    gaz_ctx_close(&ctx);
}
