/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/match_weights.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/match/rarity.h"

extern const struct gaz_asset gaz_match_assets[];

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct gaz_match_weights shipped;

static uint64_t parts_size(const struct gaz_match_header *h)
{
    return sizeof *h + GAZ_RARITY_SIZE +
           (uint64_t)h->divisions * sizeof(struct gaz_division) +
           ((uint64_t)h->trees + 1) * sizeof(uint32_t) +
           (uint64_t)h->nodes * sizeof(struct gaz_tree_node);
}

static const char *header_problem(const struct gaz_match_header *h, size_t size)
{
    if (h->magic != GAZ_MATCH_MAGIC)
        return "not weights of address matching";
    if (h->version != GAZ_MATCH_VERSION)
        return "weights of matching are of another version";
    if (h->size != size || parts_size(h) != size)
        return "parts of the weights of matching do not fit";
    if (gaz_match_weights_checksum(h, size) != h->checksum)
        return "checksum of the weights of matching is wrong";
    if (h->features > GAZ_FEATURES || h->trees > GAZ_MATCH_TREES_MAX ||
        h->trees % GAZ_MATCH_CLASSES != 0)
        return "weights of matching have impossible counts";
    if (!isfinite(h->scale) || !isfinite(h->offsets[0]) ||
        !isfinite(h->offsets[1]) || !isfinite(h->offsets[2]))
        return "weights of matching are not numbers";
    return NULL;
}

static void find_parts(const struct gaz_match_header *h,
                       struct gaz_match_weights *out)
{
    const uint8_t *rarity = (const uint8_t *)(h + 1);
    const void *at = rarity + GAZ_RARITY_SIZE;
    out->header = h;
    out->knowledge.rarity = rarity;
    out->knowledge.divisions.items = at;
    out->knowledge.divisions.count = h->divisions;
    at = out->knowledge.divisions.items + h->divisions;
    out->trees.starts = at;
    out->trees.trees = h->trees;
    at = out->trees.starts + h->trees + 1;
    out->trees.nodes = at;
}

/* Children stand behind their parent and inside the tree: every walk ends. */
static bool is_tree(const struct gaz_tree_node *tree, uint32_t nodes,
                    uint32_t features)
{
    for (uint32_t i = 0; i < nodes; i++) {
        if (!isfinite(tree[i].value))
            return false;
        if (tree[i].feature == GAZ_TREE_LEAF)
            continue;
        if (tree[i].feature >= features || tree[i].next <= i ||
            tree[i].next + 1u >= nodes)
            return false;
    }
    return nodes > 0;
}

static bool are_trees(const struct gaz_match_weights *w)
{
    const uint32_t *starts = w->trees.starts;
    if (starts[0] != 0 || starts[w->trees.trees] != w->header->nodes)
        return false;
    for (uint32_t t = 0; t < w->trees.trees; t++) {
        if (starts[t + 1] < starts[t] || starts[t + 1] > w->header->nodes ||
            !is_tree(w->trees.nodes + starts[t], starts[t + 1] - starts[t],
                     w->header->features))
            return false;
    }
    return true;
}

static bool is_sorted(const struct gaz_divisions *d)
{
    for (uint32_t i = 1; i < d->count; i++) {
        if (d->items[i].hash < d->items[i - 1].hash)
            return false;
    }
    return true;
}

gaz_status gaz_match_weights_open(struct gaz_ctx *ctx, const void *bytes,
                                  size_t size, struct gaz_match_weights *out)
{
    const struct gaz_match_header *h = bytes;
    if (size < sizeof *h)
        return gaz_fail(ctx, GAZ_INVALID, "weights of %zu bytes", size);
    if ((uintptr_t)bytes % sizeof(uint64_t) != 0)
        return gaz_fail(ctx, GAZ_INVALID, "weights are not aligned");
    const char *problem = header_problem(h, size);
    struct gaz_match_weights w = {0};
    if (!problem) {
        find_parts(h, &w);
        if (!is_sorted(&w.knowledge.divisions))
            problem = "divisions of the weights of matching are not sorted";
        else if (!are_trees(&w))
            problem = "a tree of the weights of matching is damaged";
    }
    if (problem)
        return gaz_fail(ctx, GAZ_INVALID, "%s", problem);
    *out = w;
    return GAZ_OK;
}

/* A binary that was built with broken weights cannot be used: it stops. */
static void open_shipped(void)
{
    struct gaz_ctx ctx = {0};
    const struct gaz_asset *asset = &gaz_match_assets[0];
    if (gaz_match_weights_open(&ctx, asset->data, asset->size, &shipped) !=
        GAZ_OK) {
        (void)fprintf(stderr, "diming: %s\n", gaz_ctx_failure(&ctx));
        abort();
    }
    gaz_ctx_close(&ctx);
}

const struct gaz_match_weights *gaz_match_weights_shipped(void)
{
    (void)pthread_once(&once, open_shipped);
    return &shipped;
}
