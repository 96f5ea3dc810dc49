/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/match_weights.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/match/features_list.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/match/sounds.h"

extern const struct gaz_asset gaz_match_assets[];

enum {
    CUES_SIZE = GAZ_CUE_SLOTS * GAZ_MATCH_CLASSES,
    SOUNDS_SIZE = GAZ_SOUND_COUNT * (int)sizeof(uint16_t),
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct gaz_match_weights shipped;

static uint64_t trees_size(uint32_t trees, uint32_t nodes)
{
    return ((uint64_t)trees + 1) * sizeof(uint32_t) +
           (uint64_t)nodes * sizeof(struct gaz_tree_node);
}

static uint64_t parts_size(const struct gaz_match_header *h)
{
    return sizeof *h + GAZ_RARITY_SIZE + SOUNDS_SIZE + CUES_SIZE +
           (uint64_t)h->divisions * sizeof(struct gaz_division) +
           trees_size(h->trees, h->nodes) +
           trees_size(h->order_trees, h->order_nodes) +
           trees_size(h->list_trees, h->list_nodes);
}

static bool are_counts(const struct gaz_match_header *h)
{
    const uint32_t counts[] = {h->trees, h->order_trees, h->list_trees};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i] > GAZ_MATCH_TREES_MAX ||
            counts[i] % GAZ_MATCH_CLASSES != 0)
            return false;
    }
    return h->features <= GAZ_FEATURES;
}

static bool are_numbers(const float values[GAZ_MATCH_CLASSES])
{
    return isfinite(values[0]) && isfinite(values[1]) && isfinite(values[2]);
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
    if (!are_counts(h))
        return "weights of matching have impossible counts";
    if (!are_numbers(h->offsets) || !are_numbers(h->list_offsets))
        return "weights of matching are not numbers";
    return NULL;
}

/* Returns what stands behind the trees. */
static const void *find_trees(const void *at, uint32_t trees, uint32_t nodes,
                              struct gaz_trees *out)
{
    out->starts = at;
    out->trees = trees;
    out->nodes = (const void *)(out->starts + trees + 1);
    return out->nodes + nodes;
}

static void find_parts(const struct gaz_match_header *h,
                       struct gaz_match_weights *out)
{
    const uint8_t *rarity = (const uint8_t *)(h + 1);
    const void *at = rarity + GAZ_RARITY_SIZE;
    out->header = h;
    out->knowledge.rarity = rarity;
    out->knowledge.sounds = at;
    at = out->knowledge.sounds + GAZ_SOUND_COUNT;
    out->knowledge.cues = at;
    at = out->knowledge.cues + GAZ_CUE_SLOTS;
    out->knowledge.divisions.items = at;
    out->knowledge.divisions.count = h->divisions;
    at = out->knowledge.divisions.items + h->divisions;
    at = find_trees(at, h->trees, h->nodes, &out->trees);
    at = find_trees(at, h->order_trees, h->order_nodes, &out->order);
    (void)find_trees(at, h->list_trees, h->list_nodes, &out->lists);
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

static bool are_trees(const struct gaz_trees *t, uint32_t nodes,
                      uint32_t features)
{
    if (t->starts[0] != 0 || t->starts[t->trees] != nodes)
        return false;
    for (uint32_t i = 0; i < t->trees; i++) {
        uint32_t from = t->starts[i];
        uint32_t to = t->starts[i + 1];
        if (to < from || to > nodes ||
            !is_tree(t->nodes + from, to - from, features))
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
        else if (!are_trees(&w.trees, h->nodes, h->features) ||
                 !are_trees(&w.order, h->order_nodes, h->features) ||
                 !are_trees(&w.lists, h->list_nodes,
                            h->features + GAZ_LIST_FEATURES))
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
