/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/latin.h"

#include <string.h>

#include "gazetteer/base/text.h"

enum {
    NAME_CHARACTERS_MAX = 32,
    KEY_CHARACTERS_MAX = 63, /* one bit each, and one for the end */
};

static bool is_letter(uint32_t c)
{
    /* with tone marks: Latin-1, Extended-A and -B */
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c < 0x250);
}

gaz_script gaz_latin_script(const char *text, size_t size)
{
    bool han = false;
    bool latin = false;
    bool digits = false;
    size_t at = 0;
    for (uint32_t c; (c = gaz_text_next(text, size, &at)) != 0;) {
        han = han || gaz_text_is_han(c);
        latin = latin || is_letter(c);
        digits = digits || (c >= '0' && c <= '9');
    }
    if (han && latin)
        return GAZ_SCRIPT_MIXED;
    if (han)
        return GAZ_SCRIPT_HAN;
    if (latin)
        return GAZ_SCRIPT_LATIN;
    return digits ? GAZ_SCRIPT_DIGITS : GAZ_SCRIPT_NONE;
}

static bool is_ascii(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

gaz_status gaz_latin_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         const char *text, size_t size,
                         char out[GAZ_LATIN_MAX_BYTES])
{
    if (!is_ascii(text, size)) {
        const char *copy = gaz_arena_strndup(&ctx->arena, text, size);
        gaz_status status = gaz_unicode_ascii(ctx, unicode, copy, &text);
        if (status != GAZ_OK)
            return status;
        size = strlen(text);
    }
    size_t at = 0;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
            continue;
        if (at + 1 == GAZ_LATIN_MAX_BYTES) {
            at = 0; /* longer than any name */
            break;
        }
        out[at++] = c;
    }
    out[at] = '\0';
    return GAZ_OK;
}

bool gaz_latin_umlaut(char key[GAZ_LATIN_MAX_BYTES])
{
    static const char *const FORMS[] = {"lyu", "nyu", "lu", "nu"};
    for (size_t i = 0; i < sizeof(FORMS) / sizeof(FORMS[0]); i++) {
        char *at = strstr(key, FORMS[i]);
        if (!at)
            continue;
        size_t form = strlen(FORMS[i]);
        at[1] = 'v';
        memmove(at + 2, at + form, strlen(at + form) + 1);
        return true;
    }
    return false;
}

/* A vowel with its tone mark, as a plain letter; ü is v. 0: no such letter. */
static char toneless(uint32_t c)
{
    static const struct {
        uint32_t from;
        char to;
    } VOWELS[] = {
        {0x101, 'a'}, {0xE1, 'a'},  {0x1CE, 'a'}, {0xE0, 'a'},  {0x113, 'e'},
        {0xE9, 'e'},  {0x11B, 'e'}, {0xE8, 'e'},  {0x12B, 'i'}, {0xED, 'i'},
        {0x1D0, 'i'}, {0xEC, 'i'},  {0x14D, 'o'}, {0xF3, 'o'},  {0x1D2, 'o'},
        {0xF2, 'o'},  {0x16B, 'u'}, {0xFA, 'u'},  {0x1D4, 'u'}, {0xF9, 'u'},
        {0x1D6, 'v'}, {0x1D8, 'v'}, {0x1DA, 'v'}, {0x1DC, 'v'}, {0xFC, 'v'},
        {0x100, 'a'}, {0xC1, 'a'},  {0x1CD, 'a'}, {0xC0, 'a'},  {0x112, 'e'},
        {0xC9, 'e'},  {0x11A, 'e'}, {0xC8, 'e'},  {0x14C, 'o'}, {0xD3, 'o'},
        {0x1D1, 'o'}, {0xD2, 'o'},
    };
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return (char)c;
    for (size_t i = 0; c >= 0x80 && i < sizeof(VOWELS) / sizeof(VOWELS[0]); i++)
        if (VOWELS[i].from == c)
            return VOWELS[i].to;
    return 0;
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouv", c) != NULL;
}

/* A name with its syllables: one a character. */
struct spelled {
    uint32_t c[NAME_CHARACTERS_MAX];
    int starts[NAME_CHARACTERS_MAX + 1];
    char letters[GAZ_LATIN_MAX_BYTES];
    int count;
};

/* True when a syllable begins at letters[i]: at a consonant before a vowel (zh,
 * ch, sh count as one); inside a word the rules put an apostrophe before the
 * others, which the caller sees. */
static bool begins_syllable(const char *letters, const bool *after_gap, int i)
{
    if (is_vowel(letters[i]))
        return false;
    bool is_pair = letters[i + 1] == 'h' && strchr("zcs", letters[i]);
    bool ends_pair =
        i > 0 && letters[i] == 'h' && strchr("zcs", letters[i - 1]);
    int next = i + (is_pair ? 2 : 1);
    return !ends_pair && !after_gap[next] && is_vowel(letters[next]);
}

static bool cut_syllables(const char *roman, struct spelled *out)
{
    bool after_gap[GAZ_LATIN_MAX_BYTES + 1] = {false};
    size_t size = strlen(roman);
    size_t at = 0;
    int letters = 0;
    for (uint32_t c; (c = gaz_text_next(roman, size, &at)) != 0;) {
        char letter = toneless(c);
        if (letters + 3 > GAZ_LATIN_MAX_BYTES)
            return false;
        if (letter)
            out->letters[letters++] = letter;
        else
            after_gap[letters] = true;
    }
    out->letters[letters] = out->letters[letters + 1] = '\0';
    int syllables = 0;
    for (int i = 0; i < letters; i++) {
        bool is_digit = out->letters[i] >= '0' && out->letters[i] <= '9';
        if (i > 0 && !after_gap[i] && !is_digit &&
            !begins_syllable(out->letters, after_gap, i))
            continue;
        if (syllables == NAME_CHARACTERS_MAX)
            return false;
        out->starts[syllables++] = i;
    }
    if (syllables != out->count)
        return false;
    out->starts[syllables] = letters;
    return true;
}

static bool spell(const char *name, const char *roman, struct spelled *out)
{
    size_t size = strlen(name);
    size_t at = 0;
    out->count = 0;
    for (uint32_t c; (c = gaz_text_next(name, size, &at)) != 0;) {
        if (out->count == NAME_CHARACTERS_MAX || !gaz_text_is_han(c))
            return false;
        out->c[out->count++] = c;
    }
    return out->count > 0 && cut_syllables(roman, out);
}

/* The places in the key that one character of the name can lead to. */
static uint64_t advance(const uint32_t *key, int size, uint64_t from,
                        uint32_t character, const char *syllable, int letters)
{
    uint64_t to = 0;
    for (int at = 0; at < size; at++) {
        if (!(from >> at & 1U))
            continue;
        if (key[at] == character)
            to |= 1ULL << (at + 1);
        for (int n = 0; n < letters && at + n < size &&
                        key[at + n] == (unsigned char)syllable[n];
             n++)
            to |= 1ULL << (at + n + 1);
    }
    return to;
}

bool gaz_latin_matches(const char *key, size_t size, const char *name,
                       const char *roman, bool *whole)
{
    uint32_t letters[KEY_CHARACTERS_MAX];
    int count = 0;
    size_t at = 0;
    for (uint32_t c; (c = gaz_text_next(key, size, &at)) != 0;) {
        if (count == KEY_CHARACTERS_MAX)
            return false;
        letters[count++] = c;
    }
    struct spelled spelled;
    if (count == 0 || !spell(name, roman, &spelled))
        return false;
    uint64_t reached = 1;
    for (int i = 0; i < spelled.count; i++) {
        int start = spelled.starts[i];
        reached =
            advance(letters, count, reached, spelled.c[i],
                    spelled.letters + start, spelled.starts[i + 1] - start);
        if (reached >> count & 1U) {
            *whole = i + 1 == spelled.count;
            return true;
        }
    }
    return false;
}
