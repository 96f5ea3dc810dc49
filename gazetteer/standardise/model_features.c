/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model_features.h"

#include "gazetteer/standardise/model_keys.h"

/* Kinds of keys: part of the weights' format, never to be renumbered. */
enum {
    CHARACTER = 1,
    PAIR = 2,
    SHAPE = 60,
    EXACT = 61,
    REPEAT = 62,
    FROM_START = 63,
    FROM_END = 64,
    NAME = 65,
    NAME_PART = 66,
    DIGITS_BEFORE = 70,
    DIGITS_AFTER = 71,
    LEVELS_BEFORE = 72,
    LEVELS_AFTER = 73
};
enum { NO_NEXT = 3, MANY = 6, NEAR_MAX = 5, DIGITS_MAX = 3 };

static uint64_t at_most(int value, int limit)
{
    return (uint64_t)(value < limit ? value : limit);
}

static void add(struct gaz_model_features *out, uint64_t kind, uint64_t value)
{
    out->signs[out->count++] = key_mix(value, kind);
}

static void add_repeats(const struct gaz_model_token *t,
                        struct gaz_model_features *out)
{
    if (!t->later && !t->earlier)
        return;
    uint64_t first = (t->later_first ? 2u : 0u) + (t->earlier_first ? 1u : 0u);
    add(out, REPEAT,
        key_pack3(at_most(t->later, MANY), at_most(t->earlier, MANY), first));
}

static void add_around(const struct gaz_model_token *t,
                       struct gaz_model_features *out)
{
    add(out, DIGITS_BEFORE, at_most(t->digits_before, DIGITS_MAX));
    add(out, DIGITS_AFTER, at_most(t->digits_after, DIGITS_MAX));
    add(out, LEVELS_BEFORE, t->levels_before);
    add(out, LEVELS_AFTER, t->levels_after);
}

static uint64_t part_of(struct gaz_model_hit hit)
{
    if (hit.offset == 0)
        return 0;
    return hit.offset == hit.length - 1 ? 2 : 1;
}

void gaz_model_features_find(const struct gaz_model_text *text, int i,
                             struct gaz_model_features *out)
{
    const struct gaz_model_token *t = &text->tokens[i];
    bool last = i + 1 == text->count;
    out->count = 0;
    out->character = key_mix(t->symbol, CHARACTER);
    out->pair =
        key_mix(key_pack(t->symbol, last ? NO_NEXT : t[1].symbol), PAIR);
    if (t->class != GAZ_MODEL_TOKEN_CHARACTER) {
        add(out, SHAPE, (uint64_t)t->class * 8 + at_most(t->length, MANY));
        add(out, EXACT, t->exact);
    }
    add_repeats(t, out);
    add_around(t, out);
    add(out, FROM_START, at_most(i, NEAR_MAX));
    add(out, FROM_END, at_most(text->count - 1 - i, NEAR_MAX));
    for (uint64_t k = 0; k < GAZ_MODEL_KINDS; k++) {
        struct gaz_model_hit hit = text->hits[i][k];
        if (!hit.length)
            continue;
        add(out, NAME, key_pack3(k, hit.offset, at_most(hit.length, MANY)));
        add(out, NAME_PART, key_pack(k, part_of(hit)));
    }
}
