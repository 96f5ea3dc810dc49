/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/romanise.h"

#include <assert.h>
#include <string.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/parts.h"
#include "gazetteer/standardise/readings.h"

static_assert(sizeof(((struct gaz_units *)0)->items) /
                      sizeof(struct gaz_unit) ==
                  GAZ_ROMANISE_MAX_CHARS,
              "one unit a character");

enum { SPELLING_MAX_BYTES = 4096 };

/* Gives `count` units from `first` the syllables of an approved reading. With
 * fewer syllables than characters the last ones are silent (盆儿 pénr). */
static void assign(struct gaz_ctx *ctx, struct gaz_units *units, int first,
                   int count, const char *reading)
{
    const char *at = reading;
    for (int i = first; i < first + count; i++) {
        const char *blank = strchr(at, ' ');
        size_t len = blank ? (size_t)(blank - at) : strlen(at);
        units->items[i].syllable = gaz_arena_strndup(&ctx->arena, at, len);
        units->items[i].is_word = count > 1;
        at += blank ? len + 1 : len;
    }
    units->items[first].word_units = count;
}

/* Appends the Han word at *pos with its reading: an approved word, or one
 * character as ICU reads it. */
static void read_han(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                     int category, struct gaz_units *units, size_t *pos)
{
    size_t used = 0;
    int first = units->count;
    const char *approved = gaz_readings_word(
        units->text + *pos, units->size - *pos, category, &used);
    size_t end = *pos + used;
    do {
        size_t at = *pos;
        uint32_t c = gaz_text_next(units->text, units->size, pos);
        units->items[units->count++] = (struct gaz_unit){
            .code_point = c, .at = at, .syllable = "", .is_han = true};
    } while (*pos < end);
    if (approved) {
        assign(ctx, units, first, units->count - first, approved);
        return;
    }
    char reading[GAZ_READING_BYTES] = "";
    struct gaz_unit *unit = &units->items[first];
    if (gaz_unicode_reading(unicode, unit->code_point, reading))
        unit->syllable = gaz_arena_strdup(&ctx->arena, reading);
    else /* no reading is known: the character itself shows the gap */
        unit->syllable = gaz_arena_strndup(&ctx->arena, units->text + unit->at,
                                           *pos - unit->at);
}

/* Appends the run of other characters at *pos; blanks and signs only cut. */
static void read_run(struct gaz_ctx *ctx, struct gaz_units *units, size_t *pos)
{
    size_t from = *pos;
    size_t next = from;
    uint32_t first = gaz_text_next(units->text, units->size, &next);
    if (!gaz_unicode_is_word(first)) {
        *pos = next;
        return;
    }
    while (*pos < units->size) {
        next = *pos;
        uint32_t c = gaz_text_next(units->text, units->size, &next);
        if (c == ' ' || gaz_text_is_han(c))
            break;
        *pos = next;
    }
    units->items[units->count++] =
        (struct gaz_unit){.code_point = first,
                          .at = from,
                          .is_first = true,
                          .syllable = gaz_arena_strndup(
                              &ctx->arena, units->text + from, *pos - from)};
}

/* Cuts the name into units; false when it has no Han. */
static bool read_units(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                       int category, struct gaz_units *units)
{
    bool any_han = false;
    bool cut = true;
    for (size_t pos = 0; pos < units->size;) {
        size_t next = pos;
        bool han =
            gaz_text_is_han(gaz_text_next(units->text, units->size, &next));
        int first = units->count;
        if (han)
            read_han(ctx, unicode, category, units, &pos);
        else
            read_run(ctx, units, &pos);
        if (han && cut)
            units->items[first].is_first = true;
        any_han = any_han || han;
        cut = !han;
    }
    return any_han;
}

/* R11: a syllable that begins so is set off from the one before it. */
static bool begins_with_vowel(const char *syllable)
{
    static const char *const VOWELS[] = {"a", "ā", "á", "ǎ", "à", "o",
                                         "ō", "ó", "ǒ", "ò", "e", "ē",
                                         "é", "ě", "è", "ê"};
    for (size_t i = 0; i < sizeof(VOWELS) / sizeof(VOWELS[0]); i++)
        if (gaz_text_starts_with(syllable, VOWELS[i]))
            return true;
    return false;
}

/* Appends with the first letter large (R10). */
static void put_capital(struct gaz_buffer *out, const char *text)
{
    size_t len = strlen(text);
    size_t pos = 0;
    char bytes[4];
    uint32_t c = gaz_text_next(text, len, &pos);
    gaz_buffer_bytes(out, bytes, gaz_text_encode(gaz_unicode_upper(c), bytes));
    gaz_buffer_bytes(out, text + pos, len - pos);
}

/* Writes "2", or "Dì-9" behind 第; returns the units used. */
static int put_ordinal(struct gaz_buffer *out, const struct gaz_units *units,
                       int at)
{
    int number = at;
    if (!units->items[at].ordinal) {
        put_capital(out, units->items[at].syllable);
        gaz_buffer_char(out, '-');
        number++;
    }
    gaz_buffer_printf(out, "%d", (int)units->items[number].ordinal);
    int end = number + 1;
    while (end < units->count && !units->items[end].is_first)
        end++;
    return end - at;
}

static bool is_ordinal(const struct gaz_units *units, int at)
{
    return units->items[at].ordinal > 0 ||
           (at + 1 < units->count && units->items[at].is_first &&
            units->items[at + 1].ordinal > 0 && !units->items[at + 1].is_first);
}

static void put_spelling(struct gaz_buffer *out, const struct gaz_units *units)
{
    for (int i = 0; i < units->count;) {
        const struct gaz_unit *unit = &units->items[i];
        if (unit->is_first && out->size > 0)
            gaz_buffer_char(out, ' ');
        if (is_ordinal(units, i)) {
            i += put_ordinal(out, units, i);
            continue;
        }
        if (unit->is_first && unit->is_han) {
            put_capital(out, unit->syllable);
        } else {
            if (!unit->is_first && begins_with_vowel(unit->syllable))
                gaz_buffer_char(out, '\'');
            gaz_buffer_text(out, unit->syllable);
        }
        i++;
    }
}

/* The letters and digits of `text`, toneless, small. */
static gaz_status plain_of(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                           const char *text, const char **out)
{
    const char *ascii = NULL;
    gaz_status status = gaz_unicode_ascii(ctx, unicode, text, &ascii);
    if (status != GAZ_OK)
        return status;
    char *plain = gaz_arena_alloc(&ctx->arena, strlen(ascii) + 1);
    size_t size = 0;
    for (const char *c = ascii; *c; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
            (unsigned char)*c >= 0x80)
            plain[size++] = *c;
    *out = plain;
    return GAZ_OK;
}

static void append(char *out, size_t *size, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[(*size)++] = text[i];
}

/* Plain and initials, from the syllables as spoken. */
static gaz_status speak(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                        const struct gaz_units *units, struct gaz_roman *out)
{
    size_t room = 1;
    for (int i = 0; i < units->count; i++)
        room += strlen(units->items[i].syllable);
    char *plain = gaz_arena_alloc(&ctx->arena, room);
    char *initials = gaz_arena_alloc(&ctx->arena, room);
    size_t plain_size = 0;
    size_t initials_size = 0;
    for (int i = 0; i < units->count; i++) {
        const char *part = NULL;
        gaz_status status =
            plain_of(ctx, unicode, units->items[i].syllable, &part);
        if (status != GAZ_OK)
            return status;
        size_t len = strlen(part);
        if (plain_size + len >= room)
            break; /* lower case that grew: no Latin of ours does */
        append(plain, &plain_size, part, len);
        size_t pos = 0;
        (void)gaz_text_next(part, len, &pos);
        size_t keep = units->items[i].is_han ? pos : len;
        append(initials, &initials_size, part, keep);
    }
    out->plain = plain;
    out->initials = initials;
    return GAZ_OK;
}

gaz_status gaz_romanise(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                        const char *name, int category, struct gaz_roman *out)
{
    struct gaz_units units = {.text = name, .size = strlen(name)};
    if (!gaz_text_is_utf8(name, units.size, NULL))
        return gaz_fail(ctx, GAZ_INVALID, "name is not UTF-8");
    bool fits = gaz_text_count(name, units.size) <= GAZ_ROMANISE_MAX_CHARS;
    if (!fits || !read_units(ctx, unicode, category, &units))
        return gaz_romanise_spelling(ctx, unicode, name, out);
    struct gaz_roman roman = {0};
    gaz_status status = speak(ctx, unicode, &units, &roman);
    if (status != GAZ_OK)
        return status;
    roman.text = gaz_readings_whole(name, units.size, category);
    if (!roman.text) {
        struct gaz_buffer text;
        gaz_buffer_open(&text, SPELLING_MAX_BYTES);
        gaz_parts_mark(&units, unicode, category);
        put_spelling(&text, &units);
        roman.text = gaz_arena_strndup(&ctx->arena, text.data ? text.data : "",
                                       text.size);
        gaz_buffer_close(&text);
    }
    *out = roman;
    return GAZ_OK;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'v';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The end of the pinyin syllable at s[from]. R11 keeps a syllable that begins
 * with a vowel apart, so an n or g before a vowel begins the next one. */
static size_t syllable_end(const char *s, size_t from)
{
    size_t at = from;
    /* The apostrophe of Cha-p'u belongs to its consonant. */
    while ((is_letter(s[at]) && !is_vowel(s[at])) ||
           (s[at] == '\'' && at > from))
        at++;
    while (is_vowel(s[at]))
        at++;
    if (s[at] == 'n' && !is_vowel(s[at + 1])) {
        at++;
        bool more = s[at] == 'g' || s[at] == 'r'; /* gang, pénr */
        if (more && !is_vowel(s[at + 1]))
            at++;
    } else if (s[at] == 'r' && !is_vowel(s[at + 1])) {
        at++;
    }
    return at;
}

gaz_status gaz_romanise_spelling(struct gaz_ctx *ctx,
                                 struct gaz_unicode *unicode,
                                 const char *spelling, struct gaz_roman *out)
{
    const char *ascii = NULL;
    gaz_status status = gaz_unicode_ascii(ctx, unicode, spelling, &ascii);
    if (status != GAZ_OK)
        return status;
    struct gaz_roman roman = {.text = gaz_arena_strdup(&ctx->arena, spelling)};
    status = plain_of(ctx, unicode, spelling, &roman.plain);
    if (status != GAZ_OK)
        return status;
    char *initials = gaz_arena_alloc(&ctx->arena, strlen(ascii) + 1);
    size_t size = 0;
    for (size_t at = 0; ascii[at];) {
        if (is_letter(ascii[at])) {
            initials[size++] = ascii[at];
            at = syllable_end(ascii, at);
            continue;
        }
        bool kept = (ascii[at] >= '0' && ascii[at] <= '9') ||
                    (unsigned char)ascii[at] >= 0x80;
        if (kept)
            initials[size++] = ascii[at];
        at++;
    }
    roman.initials = initials;
    *out = roman;
    return GAZ_OK;
}
