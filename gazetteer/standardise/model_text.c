/* SPDX-License-Identifier: Apache-2.0 */
/* The text side of model_features.h: tokens, repeats, names. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/model_features.h"
#include "gazetteer/standardise/model_keys.h"

enum { REPEAT_MIN = 2 };

/* Characters that end the name of a level, and its bit. */
static const struct {
    uint32_t symbol;
    uint8_t bit;
} LEVELS[] = {{U'省', 0}, {U'市', 1}, {U'区', 2}, {U'县', 2}, {U'镇', 3},
              {U'乡', 3}, {U'路', 4}, {U'街', 4}, {U'号', 5}, {U'村', 6}};

/* Full-width forms are read as the narrow ones: the text may be unfolded. */
static uint32_t narrow(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    return c == 0x3000 ? ' ' : c;
}

static gaz_model_token_class class_of(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return GAZ_MODEL_TOKEN_DIGITS;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return GAZ_MODEL_TOKEN_LATIN;
    return c < 0x80 ? GAZ_MODEL_TOKEN_SIGN : GAZ_MODEL_TOKEN_CHARACTER;
}

static bool extends(const struct gaz_model_token *t, uint32_t c)
{
    gaz_model_token_class class = class_of(c);
    return t->class == class &&
           (class == GAZ_MODEL_TOKEN_DIGITS || class == GAZ_MODEL_TOKEN_LATIN);
}

static struct gaz_model_token token_of(uint32_t c)
{
    struct gaz_model_token t = {.symbol = c, .exact = c, .length = 1};
    t.class = (uint8_t)class_of(c);
    if (t.class == GAZ_MODEL_TOKEN_DIGITS)
        t.symbol = '0';
    if (t.class == GAZ_MODEL_TOKEN_LATIN)
        t.symbol = 'A';
    return t;
}

static void cut(const char *text, size_t size, struct gaz_model_text *out)
{
    size_t pos = 0;
    out->count = 0;
    out->code_points = 0;
    while (pos < size) {
        size_t start = pos;
        uint32_t c = narrow(gaz_text_next(text, size, &pos));
        struct gaz_model_token *t = &out->tokens[out->count];
        if (out->count > 0 && extends(t - 1, c)) {
            t[-1].exact = (uint32_t)key_mix(t[-1].exact, c);
            if (t[-1].length < 255)
                t[-1].length++;
        } else if (out->count == GAZ_MODEL_TOKENS) {
            pos = start;
            break;
        } else {
            *t = token_of(c);
            t->start = out->code_points;
            t->byte_start = (int)start;
            out->count++;
        }
        out->code_points++;
    }
    out->bytes = (int)pos;
}

static unsigned levels_of(const struct gaz_model_token *t)
{
    for (size_t i = 0; i < sizeof LEVELS / sizeof LEVELS[0]; i++) {
        if (LEVELS[i].symbol == t->symbol)
            return 1u << LEVELS[i].bit;
    }
    return 0;
}

/* What the text has before and after each token. */
static void count_around(struct gaz_model_text *text)
{
    unsigned levels = 0;
    unsigned digits = 0;
    for (int i = 0; i < text->count; i++) {
        struct gaz_model_token *t = &text->tokens[i];
        t->levels_before = (uint8_t)levels;
        t->digits_before = (uint8_t)digits;
        levels |= levels_of(t);
        digits += t->class == GAZ_MODEL_TOKEN_DIGITS;
    }
    levels = 0;
    digits = 0;
    for (int i = text->count; i-- > 0;) {
        struct gaz_model_token *t = &text->tokens[i];
        t->levels_after = (uint8_t)levels;
        t->digits_after = (uint8_t)digits;
        levels |= levels_of(t);
        digits += t->class == GAZ_MODEL_TOKEN_DIGITS;
    }
}

static bool same(const struct gaz_model_token *a,
                 const struct gaz_model_token *b)
{
    return a->class == GAZ_MODEL_TOKEN_CHARACTER && a->symbol == b->symbol;
}

/* Marks the run of n tokens at i, which comes again at j. */
static void mark_repeat(struct gaz_model_token *t, int i, int j, int n)
{
    for (int k = 0; k < n; k++) {
        if (t[i + k].later < n) {
            t[i + k].later = (uint8_t)n;
            t[i + k].later_first = k == 0;
        }
        if (t[j + k].earlier < n) {
            t[j + k].earlier = (uint8_t)n;
            t[j + k].earlier_first = k == 0;
        }
    }
}

static void find_repeats(struct gaz_model_text *text)
{
    struct gaz_model_token *t = text->tokens;
    int count = text->count;
    for (int i = 0; i + 1 < count; i++) {
        for (int j = i + 1; j < count; j++) {
            if (!same(&t[i], &t[j]) || (i > 0 && same(&t[i - 1], &t[j - 1])))
                continue;
            int n = 1;
            while (j + n < count && i + n < j && same(&t[i + n], &t[j + n]))
                n++;
            if (n >= REPEAT_MIN)
                mark_repeat(t, i, j, n);
        }
    }
}

uint64_t gaz_model_name_key(const struct gaz_model_token *tokens, int count)
{
    uint64_t key = 0;
    for (int i = 0; i < count; i++)
        key = key_mix(key, tokens[i].exact);
    return key;
}

static void mark_name(struct gaz_model_text *text, int from, int length,
                      uint32_t kinds)
{
    for (int k = 0; k < GAZ_MODEL_KINDS; k++) {
        if (!(kinds >> k & 1))
            continue;
        for (int q = 0; q < length; q++) {
            struct gaz_model_hit *hit = &text->hits[from + q][k];
            if (hit->length < length)
                *hit = (struct gaz_model_hit){(uint8_t)length, (uint8_t)q};
        }
    }
}

static void find_names(gaz_model_names_find *find, const void *names,
                       struct gaz_model_text *text)
{
    size_t used = (size_t)text->count;
    memset(text->hits, 0, used * sizeof text->hits[0]);
    for (int i = 0; i < text->count; i++) {
        uint64_t key = 0;
        for (int n = 1; n <= GAZ_MODEL_NAME_TOKENS; n++) {
            const struct gaz_model_token *t = &text->tokens[i + n - 1];
            if (i + n > text->count || t->class != GAZ_MODEL_TOKEN_CHARACTER)
                break; /* no name of a division goes on there */
            key = key_mix(key, t->exact);
            if (n < GAZ_MODEL_NAME_MIN_TOKENS)
                continue;
            uint32_t kinds = find(names, key);
            if (kinds)
                mark_name(text, i, n, kinds);
        }
    }
}

void gaz_model_text_read(gaz_model_names_find *find, const void *names,
                         const char *text, size_t size,
                         struct gaz_model_text *out)
{
    cut(text, size, out);
    count_around(out);
    find_repeats(out);
    find_names(find, names, out);
}
