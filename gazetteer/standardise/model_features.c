/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model_features.h"

#include "gazetteer/standardise/model_keys.h"

enum { AHEAD = 8, SIGNATURE_REACH = 14, SIGNATURE_UNITS = 3 };

/* What stands at distance d from token i; past the ends, 1 to 4 mark how far.
 */
static uint64_t at(const struct gaz_model_text *text, int i, int d)
{
    int j = i + d;
    if (j < 0)
        return j == -1 ? 1 : 2;
    if (j >= text->count)
        return j == text->count ? 3 : 4;
    return text->tokens[j].symbol;
}

static void add_windows(const struct gaz_model_text *text, int i,
                        struct key_list *out)
{
    uint64_t s[9];
    for (int d = -4; d <= 4; d++)
        s[d + 4] = at(text, i, d);
    for (uint32_t d = 1; d <= 7; d++)
        key_add(out, 10 + d, s[d]);
    for (uint32_t d = 1; d <= 6; d++)
        key_add(out, 20 + d, key_pack(s[d], s[d + 1]));
    for (uint32_t d = 1; d <= 5; d++)
        key_add(out, 30 + d, key_pack3(s[d], s[d + 1], s[d + 2]));
    for (uint32_t d = 1; d <= 4; d++)
        key_add(out, 40 + d,
                key_mix(key_pack3(s[d], s[d + 1], s[d + 2]), s[d + 3]));
    key_add(out, 50, key_pack(s[3], s[5]));
    key_add(out, 51, key_pack(s[2], s[4]));
    key_add(out, 52, key_pack(s[4], s[6]));
}

static void add_shapes(const struct gaz_model_text *text, int i,
                       struct key_list *out)
{
    for (int d = -2; d <= 2; d++) {
        int j = i + d;
        if (j < 0 || j >= text->count)
            continue;
        const struct gaz_model_token *t = &text->tokens[j];
        if (t->class == GAZ_MODEL_TOKEN_CHARACTER)
            continue;
        uint64_t shape = t->class * 8u + (t->length > 6 ? 6u : t->length);
        uint32_t place = (uint32_t)(d + 2);
        key_add(out, 60 + place, shape);
        key_add(out, 65 + place,
                key_pack(shape, d < 2 ? at(text, i, d + 1) : 0));
    }
    const struct gaz_model_token *t = &text->tokens[i];
    if (t->class != GAZ_MODEL_TOKEN_CHARACTER)
        key_add(out, 70, t->exact);
    int left = text->count - 1 - i;
    key_add(out, 71, i > 5 ? 5 : (uint64_t)i);
    key_add(out, 72, left > 3 ? 3 : (uint64_t)left);
}

/* The next unit word, and the last one: how far, and with what between. */
static void add_units(const struct gaz_model_text *text, int i,
                      struct key_list *out)
{
    const struct gaz_model_token *t = text->tokens;
    uint64_t here = t[i].symbol;
    int k = 0;
    while (k < AHEAD && i + k < text->count && !t[i + k].is_unit)
        k++;
    if (k < AHEAD && i + k < text->count) {
        uint64_t unit = t[i + k].symbol;
        key_add(out, 75, unit);
        key_add(out, 76, key_pack(unit, (uint64_t)k));
        key_add(out, 77, key_pack(unit, here));
        key_add(out, 78, key_pack3(unit, (uint64_t)k, at(text, i, k + 1)));
    } else {
        key_add(out, 76, 0);
    }
    k = 1;
    while (k < AHEAD && i - k >= 0 && !t[i - k].is_unit)
        k++;
    if (k < AHEAD && i - k >= 0) {
        uint64_t unit = t[i - k].symbol;
        key_add(out, 80, unit);
        key_add(out, 81, key_pack(unit, (uint64_t)k));
        key_add(out, 82, key_pack(unit, here));
    } else {
        key_add(out, 81, 0);
    }
}

/* The next (step 1) or last (step -1) three units and numbers, in order. */
static uint64_t signature(const struct gaz_model_text *text, int from, int step)
{
    uint64_t sign = 0;
    int units = 0;
    int reach = 0;
    for (int j = from; j >= 0 && j < text->count; j += step) {
        if (units == SIGNATURE_UNITS || ++reach > SIGNATURE_REACH)
            break;
        const struct gaz_model_token *t = &text->tokens[j];
        if (t->class != GAZ_MODEL_TOKEN_DIGITS && !t->is_unit)
            continue;
        sign = sign << 21 | t->symbol;
        units++;
    }
    return sign;
}

/* What the rest of the text has: numbers, and words of each level. */
static void add_surroundings(const struct gaz_model_text *text, int i,
                             struct key_list *out)
{
    uint64_t digits[2] = {0, 0};
    uint64_t levels[2] = {0, 0};
    for (int j = 0; j < text->count; j++) {
        if (j == i)
            continue;
        const struct gaz_model_token *t = &text->tokens[j];
        digits[j > i] += t->class == GAZ_MODEL_TOKEN_DIGITS;
        if (t->level)
            levels[j > i] |= 1u << (t->level - 1);
    }
    uint64_t here = text->tokens[i].symbol;
    key_add(out, 85, digits[0] > 3 ? 3 : digits[0]);
    key_add(out, 86, digits[1] > 3 ? 3 : digits[1]);
    key_add(out, 87, signature(text, i, 1));
    key_add(out, 88, signature(text, i - 1, -1));
    key_add(out, 90, levels[0]);
    key_add(out, 91, levels[1]);
    key_add(out, 92, key_pack(levels[0], here));
    key_add(out, 93, key_pack(levels[1], here));
    key_add(out, 94, key_pack3(levels[0] & 0x3f, here, at(text, i, 1)));
}

static void add_repeats(const struct gaz_model_text *text, int i,
                        struct key_list *out)
{
    const struct gaz_model_token *t = &text->tokens[i];
    if (i > 0 && t[-1].later && (t->later_first || !t->later))
        key_add(out, 104, t[-1].later > 6 ? 6 : t[-1].later);
    if (i > 0 && t[-1].earlier && (t->earlier_first || !t->earlier))
        key_add(out, 105, t[-1].earlier > 6 ? 6 : t[-1].earlier);
    if (!t->later && !t->earlier)
        return;
    uint64_t later = t->later > 6 ? 6 : t->later;
    uint64_t earlier = t->earlier > 6 ? 6 : t->earlier;
    uint64_t first = (t->later_first ? 2u : 0u) + (t->earlier_first ? 1u : 0u);
    uint64_t seen = (later ? 2u : 0u) + (earlier ? 1u : 0u);
    key_add(out, 100, seen);
    key_add(out, 101, key_pack(seen * 4 + first, t->symbol));
    key_add(out, 102, key_pack3(later, earlier, first));
    key_add(out, 103, key_pack3(later, earlier, t->symbol));
}

static uint64_t place_in(struct gaz_model_hit hit)
{
    if (hit.offset == 0)
        return 0;
    return hit.offset == hit.length - 1 ? 2 : 1;
}

static void add_names(const struct gaz_model_text *text, int i,
                      struct key_list *out)
{
    uint64_t kinds = 0;
    for (uint32_t k = 0; k < GAZ_MODEL_KINDS; k++) {
        struct gaz_model_hit hit = text->hits[i][k];
        if (hit.length) {
            uint64_t length = hit.length > 6 ? 6 : hit.length;
            key_add(out, 110, key_pack3(k, hit.offset, length));
            key_add(out, 111, key_pack(k, place_in(hit)));
            kinds |= (4 + place_in(hit)) << (3 * k);
        }
        if (i == 0)
            continue;
        struct gaz_model_hit last = text->hits[i - 1][k];
        if (last.length && last.offset == last.length - 1)
            key_add(out, 112, k);
    }
    if (kinds)
        key_add(out, 113, kinds);
}

int gaz_model_features(const struct gaz_model_text *text, int i,
                       uint64_t keys[GAZ_MODEL_FEATURES])
{
    struct key_list out = {0};
    out.keys = keys;
    key_add(&out, 1, 0);
    add_windows(text, i, &out);
    add_shapes(text, i, &out);
    add_units(text, i, &out);
    add_surroundings(text, i, &out);
    add_repeats(text, i, &out);
    add_names(text, i, &out);
    return out.count;
}
