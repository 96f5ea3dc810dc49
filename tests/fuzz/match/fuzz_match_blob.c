/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as weights: refused, or safe to judge with. The input overwrites
 * the beginning of the header, the trees and what follows of a small blob; size
 * and checksum are put right, so that the checks behind them are reached. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/match/features_list.h"
#include "gazetteer/match/match_weights.h"
#include "gazetteer/match/rarity.h"
#include "gazetteer/match/sounds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    TABLES = GAZ_RARITY_SIZE + GAZ_SOUND_COUNT * 2 +
             GAZ_CUE_SLOTS * (int)sizeof(struct gaz_cue_weight),
    INPUT_MAX = 1 << 12,
};

static void walk(const struct gaz_match_weights *w)
{
    float features[GAZ_LIST_ROW] = {0};
    double out[GAZ_MATCH_CLASSES];
    for (int fill = -1; fill < 3; fill++) {
        for (int i = 0; i < GAZ_LIST_ROW; i++)
            features[i] = (float)fill;
        gaz_trees_ask(&w->trees, features, out);
        gaz_trees_ask(&w->order, features, out);
        gaz_trees_ask(&w->lists, features, out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static _Alignas(8)
        uint8_t bytes[sizeof(struct gaz_match_header) + TABLES + INPUT_MAX];
    struct gaz_match_header h;
    if (size < sizeof h || size - sizeof h > INPUT_MAX)
        return 0;
    size_t rest = size - sizeof h;
    size_t whole = sizeof h + TABLES + rest;
    memcpy(&h, data, sizeof h);
    memcpy(bytes + sizeof h + TABLES, data + sizeof h, rest);
    h.magic = GAZ_MATCH_MAGIC;
    h.version = GAZ_MATCH_VERSION;
    h.size = (uint32_t)whole;
    memcpy(bytes, &h, sizeof h);
    h.checksum = gaz_match_weights_checksum(bytes, whole);
    memcpy(bytes, &h, sizeof h);
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_match_weights w;
    if (gaz_match_weights_open(&ctx, bytes, whole, &w) == GAZ_OK)
        walk(&w);
    else
        assert(ctx.failure[0] != '\0');
    gaz_ctx_close(&ctx);
    return 0;
}
