/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/chars.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/words.h"

enum { MATCHES_MAX = 8 };

/* Traditional forms of unit words; names come folded or are not known. */
static uint32_t unit_form(uint32_t c)
{
    switch (c) {
    case 0x865F: /* 號 */
        return 0x53F7;
    case 0x6A13: /* 樓 */
        return 0x697C;
    case 0x68DF: /* 棟 */
        return 0x680B;
    case 0x5C64: /* 層 */
        return 0x5C42;
    case 0x55AE: /* 單 */
        return 0x5355;
    case 0x5340: /* 區 */
        return 0x533A;
    case 0x93AE: /* 鎮 */
        return 0x9547;
    case 0x9109: /* 鄉 */
        return 0x4E61;
    case 0x7E23: /* 縣 */
        return 0x53BF;
    case 0x9580: /* 門 */
        return 0x95E8;
    case 0x8655: /* 處 */
        return 0x5904;
    case 0x968A: /* 隊 */
        return 0x961F;
    default:
        return c;
    }
}

static uint32_t plain_form(uint32_t c)
{
    if (c < 0x80)
        return c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c == 0x3000)
        return ' ';
    /* hyphens, dashes, minus: - ‐ ‑ ‒ – — ― − ~ */
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == '~')
        return '-';
    return c == 0xFFFD ? '?' : unit_form(c);
}

size_t gaz_chars_read(const struct gaz_lexicon *names, const char *text,
                      size_t size, struct gaz_chars *out)
{
    size_t pos = 0;
    size_t plain = 0;
    out->count = 0;
    out->names = names;
    out->words = gaz_words_lexicon();
    while (pos < size) {
        size_t next = pos;
        uint32_t c = plain_form(gaz_text_next(text, size, &next));
        if (next > GAZ_ADDRESS_MAX_BYTES)
            break;
        out->at[out->count] = c;
        out->source[out->count] = (uint16_t)pos;
        out->plain[out->count] = (uint16_t)plain;
        plain += gaz_text_encode(c, out->text + plain);
        out->count++;
        pos = next;
    }
    out->at[out->count] = 0;
    out->source[out->count] = (uint16_t)pos;
    out->plain[out->count] = (uint16_t)plain;
    out->text[plain] = '\0';
    return pos;
}

/* The character that begins at a byte behind `from`; the lexicons cut between
 * characters, so there is one. */
static int char_at(const struct gaz_chars *chars, int from, size_t bytes)
{
    size_t want = chars->plain[from] + bytes;
    int at = from;
    while (at < chars->count && chars->plain[at] < want)
        at++;
    return at;
}

static int matches(const struct gaz_chars *chars,
                   const struct gaz_lexicon *lexicon, int from,
                   struct gaz_word out[MATCHES_MAX])
{
    size_t at = chars->plain[from];
    return gaz_lexicon_matches(lexicon, chars->text + at,
                               chars->plain[chars->count] - at, out,
                               MATCHES_MAX);
}

int gaz_chars_hits(const struct gaz_chars *chars, int from,
                   struct gaz_hit out[GAZ_HITS_MAX])
{
    struct gaz_word words[MATCHES_MAX];
    struct gaz_word names[MATCHES_MAX];
    int word_count = matches(chars, chars->words, from, words);
    int name_count = chars->names && chars->names != chars->words
                         ? matches(chars, chars->names, from, names)
                         : 0;
    int count = 0;
    for (int w = 0, n = 0; w < word_count || n < name_count; count++) {
        bool word = w < word_count &&
                    (n == name_count || words[w].size <= names[n].size);
        bool name = n < name_count &&
                    (w == word_count || names[n].size <= words[w].size);
        size_t size = word ? words[w].size : names[n].size;
        uint32_t kinds =
            (word ? words[w].kinds : 0) | (name ? names[n].kinds : 0);
        out[count] = (struct gaz_hit){char_at(chars, from, size), kinds};
        w += word;
        n += name;
    }
    return count;
}

struct gaz_hit gaz_chars_word(const struct gaz_chars *chars, int from,
                              uint32_t kinds)
{
    struct gaz_word words[MATCHES_MAX];
    int count = matches(chars, chars->words, from, words);
    while (count-- > 0)
        if (words[count].kinds & kinds)
            return (struct gaz_hit){char_at(chars, from, words[count].size),
                                    words[count].kinds};
    return (struct gaz_hit){0, 0};
}

bool gaz_chars_is(const struct gaz_chars *chars, int from, const char *text)
{
    size_t size = strlen(text);
    size_t at = chars->plain[from];
    return chars->plain[chars->count] - at >= size &&
           memcmp(chars->text + at, text, size) == 0;
}

bool gaz_chars_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool gaz_chars_is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool gaz_chars_is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0;
}

bool gaz_chars_is_sign(uint32_t c)
{
    if (c < 0x80)
        return !gaz_chars_is_digit(c) && !gaz_chars_is_letter(c) &&
               !gaz_chars_is_blank(c);
    /* General and CJK punctuation, full-width signs, middle dot. */
    return (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3001 && c <= 0x303F && c != 0x3005 && c != 0x3007) ||
           (c >= 0xFF00 && c <= 0xFF20) || c == 0xB7;
}
