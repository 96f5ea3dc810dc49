/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for words and signs, and the order in which all rules are asked. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/numbers.h"
#include "gazetteer/standardise/rules.h"

enum {
    PHONE_DIGITS = 7,
    NOTE_MAX = 48,     /* characters in brackets */
    RECEIVER_MAX = 6,  /* 张三收, 欧阳先生收 */
    RECEIVES = 0x6536, /* 收 */
};

static const uint32_t DIVISIONS =
    GAZ_WORD_PROVINCE | GAZ_WORD_CITY | GAZ_WORD_COUNTY | GAZ_WORD_TOWN;
static const uint32_t NAMES =
    GAZ_WORD_PROVINCE | GAZ_WORD_CITY | GAZ_WORD_COUNTY | GAZ_WORD_TOWN |
    GAZ_WORD_VILLAGE | GAZ_WORD_HAMLET | GAZ_WORD_ROAD | GAZ_WORD_ESTATE |
    GAZ_WORD_SITE | GAZ_WORD_ZONE;

static struct gaz_hit known_name(const struct gaz_chars *chars, int from)
{
    struct gaz_hit hits[GAZ_HITS_MAX];
    int count = gaz_chars_hits(chars, from, hits);
    while (count-- > 0)
        if ((hits[count].kinds & NAMES) &&
            !(hits[count].kinds & GAZ_WORD_GENERIC) &&
            hits[count].end - from >= 2)
            return hits[count];
    return (struct gaz_hit){0, 0};
}

static bool is_alnum(uint32_t c)
{
    return gaz_chars_is_letter(c) || gaz_chars_is_digit(c);
}

/* ---- blanks and signs ---- */

/* A blank between Latin words or between two numbers says something. */
static bool rule_blank(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    const struct gaz_chars *chars = p->chars;
    int end = p->at;
    while (end < chars->count && gaz_chars_is_blank(chars->at[end]))
        end++;
    if (end == p->at)
        return false;
    bool parts = p->at > 0 && end < chars->count &&
                 is_alnum(chars->at[p->at - 1]) && is_alnum(chars->at[end]);
    return gaz_rules_write(out, end, GAZ_REWRITE_BLANK, parts ? " " : "");
}

static bool rule_sign(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    static const uint32_t SIGNS[] = {
        ',',    0xFF0C, '.',    0x3002, ';', 0xFF1B, ':',
        0xFF1A, '"',    0x201C, 0x201D, '!', 0xFF01, '(',
        0xFF08, ')',    0xFF09, '[',    ']', 0x3010, 0x3011,
    };
    const struct gaz_chars *chars = p->chars;
    bool in_number = p->at > 0 && gaz_chars_is_digit(chars->at[p->at - 1]) &&
                     gaz_chars_is_digit(chars->at[p->at + 1]);
    for (size_t i = 0; i < sizeof(SIGNS) / sizeof(SIGNS[0]) && !in_number; i++)
        if (chars->at[p->at] == SIGNS[i])
            return gaz_rules_write(out, p->at + 1, GAZ_REWRITE_SIGN, "");
    return false;
}

/* ---- brackets ---- */

static uint32_t closing(uint32_t c)
{
    switch (c) {
    case '(':
        return ')';
    case '[':
        return ']';
    case 0x3010: /* 【 */
        return 0x3011;
    case 0x3014: /* 〔 */
        return 0x3015;
    default:
        return 0;
    }
}

static bool is_noise(const struct gaz_chars *chars, int from, int to)
{
    int digits = 0;
    for (int i = from; i < to; i++) {
        digits = gaz_chars_is_digit(chars->at[i]) ? digits + 1 : 0;
        if (digits >= PHONE_DIGITS ||
            gaz_chars_word(chars, i, GAZ_WORD_NOISE).end)
            return true;
    }
    return to > from && chars->at[to - 1] == RECEIVES;
}

/* What stands in brackets is a note, unless it is all a name or a number. */
static bool rule_bracket(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    const struct gaz_chars *chars = p->chars;
    uint32_t close = closing(chars->at[p->at]);
    int from = p->at + 1;
    int to = from;
    while (close && to < chars->count && to - from < NOTE_MAX &&
           chars->at[to] != close)
        to++;
    if (!close || to == chars->count || chars->at[to] != close)
        return false;
    struct gaz_number number;
    bool is_part = known_name(chars, from).end == to ||
                   (gaz_numbers_read(chars, from, &number) &&
                    number.end == to && number.unit != GAZ_UNIT_NONE);
    if (!is_part)
        return gaz_rules_write(out, to + 1,
                               is_noise(chars, from, to) ? GAZ_REWRITE_NOISE
                                                         : GAZ_REWRITE_NOTE,
                               "");
    char text[GAZ_REWRITTEN_MAX_BYTES];
    size_t size = (size_t)(chars->plain[to] - chars->plain[from]);
    if (size >= sizeof(text))
        return false;
    memcpy(text, chars->text + chars->plain[from], size);
    text[size] = '\0';
    return gaz_rules_write(out, to + 1, GAZ_REWRITE_SIGN, text);
}

/* ---- what is no part of an address ---- */

/* A glance that spares most characters the words. */
static bool begins_phone(uint32_t c)
{
    return c == 0x8054 || c == 0x7535 || c == 0x624B || c == 'T' || c == 't' ||
           c == '+' || c == '-' || gaz_chars_is_digit(c); /* 联 电 手 */
}

static bool begins_label(uint32_t c)
{
    return c == 0x8054 || c == 0x6536 || c == 0x90AE; /* 联 收 邮 */
}

/* 电话:0573-85012345, +86 13800138000 */
static bool rule_phone(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    static const char *const WORDS[] = {
        "联系电话", "联系方式", "电话", "手机号", "手机", "Tel", "TEL", "tel"};
    const struct gaz_chars *chars = p->chars;
    int at = p->at;
    if (!begins_phone(chars->at[at]))
        return false;
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
        if (gaz_chars_is(chars, at, WORDS[i])) {
            at += (int)gaz_text_count(WORDS[i], strlen(WORDS[i]));
            break;
        }
    while (at > p->at && at < chars->count &&
           (gaz_chars_is_blank(chars->at[at]) || chars->at[at] == ':'))
        at++;
    if (chars->at[at] == '+')
        at++;
    int longest = 0;
    int run = 0;
    while (gaz_chars_is_digit(chars->at[at]) ||
           (run > 0 && chars->at[at] == '-')) {
        run = chars->at[at] == '-' ? 0 : run + 1;
        longest = run > longest ? run : longest;
        at++;
    }
    struct gaz_number number;
    if (longest < PHONE_DIGITS || (gaz_numbers_read(chars, p->at, &number) &&
                                   number.unit != GAZ_UNIT_NONE))
        return false;
    return gaz_rules_write(out, at, GAZ_REWRITE_NOISE, "");
}

/* 158号|张三收: behind a number, at the end. */
static bool rule_receiver(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    static const uint32_t ENDS[] = {0x53F7, 0x5BA4, 0x5E62,
                                    0x697C, 0x5C42, 0x5143};
    const struct gaz_chars *chars = p->chars;
    int left = chars->count - p->at;
    if (p->at == 0 || left > RECEIVER_MAX ||
        chars->at[chars->count - 1] != RECEIVES)
        return false;
    uint32_t before = chars->at[p->at - 1];
    bool ends = gaz_chars_is_digit(before) || gaz_chars_is_blank(before) ||
                gaz_chars_is_sign(before);
    for (size_t i = 0; i < sizeof(ENDS) / sizeof(ENDS[0]); i++)
        ends = ends || before == ENDS[i]; /* 号 室 幢 楼 层 元 */
    for (int i = p->at; ends && i < chars->count; i++)
        ends = gaz_text_is_han(chars->at[i]);
    return ends && gaz_rules_write(out, chars->count, GAZ_REWRITE_NOISE, "");
}

/* 联系人李女士, 邮编314200: a word and what belongs to it. */
static bool rule_labelled(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    static const struct {
        const char *word;
        bool is_number;
        int max;
    } LABELS[] = {{"联系人", false, 4},
                  {"收件人", false, 4},
                  {"收货人", false, 4},
                  {"邮政编码", true, 6},
                  {"邮编", true, 6}};
    const struct gaz_chars *chars = p->chars;
    if (!begins_label(chars->at[p->at]))
        return false;
    for (size_t i = 0; i < sizeof(LABELS) / sizeof(LABELS[0]); i++) {
        const char *word = LABELS[i].word;
        if (!gaz_chars_is(chars, p->at, word))
            continue;
        int at = p->at + (int)gaz_text_count(word, strlen(word));
        while (at < chars->count && (gaz_chars_is_blank(chars->at[at]) ||
                                     gaz_chars_is_sign(chars->at[at])))
            at++;
        int end = at;
        while (end < chars->count && end - at < LABELS[i].max &&
               (LABELS[i].is_number ? gaz_chars_is_digit(chars->at[end])
                                    : gaz_text_is_han(chars->at[end])))
            end++;
        bool is_whole = LABELS[i].is_number ? end - at == LABELS[i].max : true;
        return gaz_rules_write(out, is_whole ? end : at, GAZ_REWRITE_NOISE, "");
    }
    return false;
}

static bool rule_noise(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    struct gaz_hit hit = gaz_chars_word(p->chars, p->at, GAZ_WORD_NOISE);
    return hit.end > 0 && gaz_rules_write(out, hit.end, GAZ_REWRITE_NOISE, "");
}

/* ---- names ---- */

static bool is_same(const struct gaz_chars *chars,
                    const struct gaz_passed *passed, int from, int end)
{
    return passed->end - passed->from == end - from &&
           memcmp(chars->at + passed->from, chars->at + from,
                  (size_t)(end - from) * sizeof(chars->at[0])) == 0;
}

/* A division that was said before, word for word; of villages only one that
 * stands right behind itself, for 八里村八里村159号 is a hamlet of its name. */
static bool is_repeated(const struct gaz_rewriter *p, struct gaz_hit hit)
{
    struct gaz_number number;
    bool division = (hit.kinds & DIVISIONS) && !(hit.kinds & GAZ_WORD_SHORT);
    bool village = (hit.kinds & GAZ_WORD_VILLAGE) != 0 &&
                   !gaz_numbers_read(p->chars, hit.end, &number) &&
                   hit.end < p->chars->count;
    for (int i = 0; i < p->seen_count; i++)
        if (is_same(p->chars, &p->seen[i], p->at, hit.end) &&
            (division || (village && p->seen[i].end == p->at)))
            return true;
    return false;
}

static bool rule_name(struct gaz_rewriter *p, struct gaz_ruling *out)
{
    struct gaz_hit hit = known_name(p->chars, p->at);
    if (hit.end == 0)
        return false;
    if (is_repeated(p, hit))
        return gaz_rules_write(out, hit.end, GAZ_REWRITE_REPEATED, "");
    if (p->seen_count < GAZ_REWRITER_SEEN_MAX)
        p->seen[p->seen_count++] =
            (struct gaz_passed){p->at, hit.end, hit.kinds};
    gaz_rules_keep(out, hit.end);
    return true;
}

void gaz_rules_apply(struct gaz_rewriter *p, struct gaz_ruling *out)
{
    uint32_t c = p->chars->at[p->at];
    bool ascii = c < 0x80;
    if (ascii && (rule_blank(p, out) || rule_bracket(p, out)))
        return;
    if (rule_phone(p, out) || rule_receiver(p, out) || rule_labelled(p, out) ||
        rule_name(p, out) || rule_noise(p, out) || rule_bracket(p, out) ||
        gaz_rules_number(p, out) || rule_sign(p, out))
        return;
    gaz_rules_keep(out, p->at + 1);
}
