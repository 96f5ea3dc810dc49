/* SPDX-License-Identifier: Apache-2.0 */
/* A text to labelled elements. The model learned from Simplified half-width
 * text: others are folded for it, character for character, so that what it
 * finds can be said of the text as given. */
#include "gazetteer/base/text.h"
#include "gazetteer/search/query.h"
#include "gazetteer/search/search.h"
#include "gazetteer/standardise/unicode.h"
#include "gazetteer/standardise/weights.h"

/* Folds `text`; NULL when that changes nothing. */
static const char *fold(struct gaz_ctx *ctx, const char *text, size_t size,
                        size_t *folded_size)
{
    enum { CHARACTER_MAX_BYTES = 4 };
    char *out = gaz_arena_alloc(&ctx->arena, size * CHARACTER_MAX_BYTES);
    size_t at = 0;
    size_t pos = 0;
    bool changed = false;
    while (pos < size) {
        uint32_t c = gaz_text_next(text, size, &pos);
        uint32_t one = gaz_unicode_fold_one(c);
        changed |= one != c;
        at += gaz_text_encode(one, out + at);
    }
    *folded_size = at;
    return changed ? out : NULL;
}

/* Sets byte offsets from the offsets in code points. */
static void find_bytes(const char *text, size_t size, struct gaz_elements *out)
{
    size_t pos = 0;
    int at = 0;
    for (int i = 0; i < out->count; i++) {
        struct gaz_element *e = &out->items[i];
        for (; at < e->start; at++)
            (void)gaz_text_next(text, size, &pos);
        e->byte_start = (int)pos;
        for (; at < e->end; at++)
            (void)gaz_text_next(text, size, &pos);
        e->byte_end = (int)pos;
    }
}

gaz_status gaz_parse(struct gaz_ctx *ctx, const char *text,
                     struct gaz_elements *out)
{
    size_t size = 0;
    gaz_status status = gaz_query_check_text(ctx, text, &size);
    if (status != GAZ_OK)
        return status;
    if (size == 0)
        return gaz_fail(ctx, GAZ_INVALID, "the query is empty");
    size_t folded_size = 0;
    const char *folded = fold(ctx, text, size, &folded_size);
    if (!folded) {
        gaz_model_label(gaz_weights_model(), text, size, out);
        return GAZ_OK;
    }
    gaz_model_label(gaz_weights_model(), folded, folded_size, out);
    find_bytes(text, size, out);
    return GAZ_OK;
}
