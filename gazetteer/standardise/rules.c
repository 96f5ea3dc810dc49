/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for numbers; those for words and signs are in rules_words.c. */
#include "gazetteer/standardise/rules.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/standardise/numbers.h"
#include "gazetteer/standardise/numerals.h"

enum {
    ORDINAL = 0x7B2C, /* 第 */
    ANNEX_FU = 0x9644,
    ANNEX_ZHI = 0x4E4B, /* 附 之 */
    UNTIL_ZHI = 0x81F3,
    UNTIL_DAO = 0x5230, /* 至 到 */
    DIGITS_MAX = 9,     /* of a number that is compared */
    TEXT_MAX = 40,      /* characters of a number that is rewritten */
    ROOM_DIGITS = 3,    /* 501 is a room, 2 may be a unit */
    PART_BYTES = 48,
};

void gaz_rules_keep(struct gaz_ruling *out, int end)
{
    out->end = end;
    out->is_kept = true;
}

bool gaz_rules_write(struct gaz_ruling *out, int end, gaz_rewrite_kind kind,
                     const char *to)
{
    size_t size = strlen(to);
    if (size >= sizeof(out->to))
        return false;
    out->end = end;
    out->is_kept = false;
    out->kind = kind;
    memcpy(out->to, to, size + 1);
    return true;
}

/* Writes the plain characters [from, to). */
static void copy(const struct gaz_chars *chars, int from, int to,
                 char out[PART_BYTES])
{
    size_t size = (size_t)(chars->plain[to] - chars->plain[from]);
    if (size >= PART_BYTES)
        size = 0;
    memcpy(out, chars->text + chars->plain[from], size);
    out[size] = '\0';
}

static bool is_plain_digits(const struct gaz_chars *chars, int from, int to)
{
    for (int i = from; i < to; i++)
        if (!gaz_chars_is_digit(chars->at[i]))
            return false;
    return to > from && to - from <= DIGITS_MAX;
}

static int32_t digits_value(const struct gaz_chars *chars, int from, int to)
{
    int32_t value = 0;
    for (int i = from; i < to; i++)
        value = value * 10 + (int32_t)(chars->at[i] - '0');
    return value;
}

/* A part as digits: 十二 and 第十二 as 12, others as they are. False for number
 * words that write no number. */
static bool part_text(const struct gaz_chars *chars, int from, int to,
                      char out[PART_BYTES], bool *is_words)
{
    if (chars->at[from] == ORDINAL) {
        from++;
        *is_words = true;
    }
    if (chars->at[from] < 0x80) {
        copy(chars, from, to, out);
        return out[0] != '\0';
    }
    *is_words = true;
    int32_t value = gaz_numerals_value(chars->at + from, to - from);
    if (value < 0)
        return false;
    (void)snprintf(out, PART_BYTES, "%d", (int)value);
    return true;
}

/* The standard word for a unit that was written as chars [from, to). */
static void unit_text(const struct gaz_chars *chars, enum gaz_unit_kind unit,
                      int from, int to, char out[PART_BYTES])
{
    static const struct {
        const char *from;
        const char *to;
    } WORDS[] = {
        {"#", "号"},      {"#楼", "号楼"},    {"栋", "幢"},   {"撞", "幢"},
        {"房", "室"},     {"号房", "室"},     {"号室", "室"}, {"F", "楼"},
        {"号房间", "室"}, {"号单元", "单元"},
    };
    copy(chars, from, to, out);
    if (unit == GAZ_UNIT_NONE)
        return;
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
        if (strcmp(out, WORDS[i].from) == 0) {
            (void)snprintf(out, PART_BYTES, "%s", WORDS[i].to);
            return;
        }
}

/* Units in front of which number words are numbers. 三楼村 is a village: no
 * generic term may follow. */
static bool counts(const struct gaz_chars *chars,
                   const struct gaz_number *number)
{
    switch (number->unit) {
    case GAZ_UNIT_PLATE:
    case GAZ_UNIT_BUILDING:
    case GAZ_UNIT_CELL:
    case GAZ_UNIT_FLOOR:
    case GAZ_UNIT_ROOM:
    case GAZ_UNIT_GROUP:
    case GAZ_UNIT_LANE:
        break;
    default:
        return false;
    }
    struct gaz_hit hit = gaz_chars_word(chars, number->end, GAZ_WORD_GENERIC);
    return hit.end == 0 || (hit.kinds & GAZ_WORD_LOOSE);
}

/* ---- chains: 3-2-501 ---- */

static bool is_on_road(const struct gaz_rewriter *p)
{
    static const uint32_t ROADS[] = {0x8DEF, 0x8857, 0x5F04, 0x5DF7, 0x9053};
    for (size_t i = 0; p->at > 0 && i < sizeof(ROADS) / sizeof(ROADS[0]);
         i++) /* 路 街 弄 巷 道 */
        if (p->chars->at[p->at - 1] == ROADS[i])
            return true;
    const struct gaz_passed *last =
        p->seen_count > 0 ? &p->seen[p->seen_count - 1] : NULL;
    return last && last->end == p->at && (last->kinds & GAZ_WORD_ROAD);
}

static bool is_behind(const struct gaz_rewriter *p, const char *word)
{
    int size = 1;
    return p->at >= size && gaz_chars_is(p->chars, p->at - size, word);
}

/* The units of a chain, from the last backwards. */
static const char *const *chain_units(const struct gaz_rewriter *p,
                                      const struct gaz_number *number)
{
    static const char *const ROAD[][4] = {
        {"号", "室"}, {"号", "幢", "室"}, {"号", "幢", "单元", "室"}};
    static const char *const ESTATE[][4] = {{"幢", "室"}, {"幢", "单元", "室"}};
    static const char *const CELL[] = {"单元", "室"};
    int last = number->count - 1;
    bool room =
        number->parts[last].to - number->parts[last].from >= ROOM_DIGITS;
    bool on_road = is_on_road(p);
    if (number->count == 2 && (on_road || !room))
        return NULL;
    if (number->count == 2 && is_behind(p, "幢"))
        return CELL;
    if (on_road)
        return number->count <= 4 ? ROAD[number->count - 2] : NULL;
    return number->count <= 3 ? ESTATE[number->count - 2] : NULL;
}

static bool rule_chain(const struct gaz_rewriter *p,
                       const struct gaz_number *number, struct gaz_ruling *out)
{
    bool fits = number->unit == GAZ_UNIT_NONE ||
                number->unit == GAZ_UNIT_ROOM ||
                (number->unit == GAZ_UNIT_PLATE && number->count > 2);
    const char *const *units =
        fits && p->at > 0 ? chain_units(p, number) : NULL;
    if (!units)
        return false;
    char text[GAZ_REWRITTEN_MAX_BYTES] = "";
    size_t size = 0;
    for (int i = 0; i < number->count; i++) {
        char part[PART_BYTES];
        copy(p->chars, number->parts[i].from, number->parts[i].to, part);
        if (part[0] == '\0' || size + PART_BYTES > sizeof(text))
            return false;
        size += (size_t)snprintf(text + size, sizeof(text) - size, "%s%s", part,
                                 units[i]);
    }
    return gaz_rules_write(out, number->end, GAZ_REWRITE_CHAIN, text);
}

/* ---- annexes and ranges ---- */

/* What joins a number to the one behind it. */
struct joint {
    gaz_rewrite_kind kind; /* ANNEX or RANGE */
    char first[PART_BYTES];
    char second[PART_BYTES];
    int end;
};

static bool is_unit(const struct gaz_number *number, enum gaz_unit_kind unit)
{
    return number->unit == unit;
}

/* 3号附2, 3之2号, 3号-2; 101号至103号, 101至103号. */
static bool find_joint(const struct gaz_chars *chars,
                       const struct gaz_number *first, struct joint *out)
{
    int at = first->end;
    uint32_t sign = chars->at[at];
    bool annex = sign == ANNEX_FU || sign == ANNEX_ZHI;
    bool until = sign == UNTIL_ZHI || sign == UNTIL_DAO;
    bool dash = sign == '-' && is_unit(first, GAZ_UNIT_PLATE);
    struct gaz_number second;
    if (!annex && !until && !dash)
        return false;
    bool words = false;
    if (gaz_numbers_read(chars, at + 1, &second)) {
        if (second.count != 1 || (!is_unit(&second, GAZ_UNIT_NONE) &&
                                  !is_unit(&second, GAZ_UNIT_PLATE)))
            return false;
    } else {
        /* 158号之二: number words without a unit */
        second = (struct gaz_number){.end = at + 1};
        while (annex && gaz_numerals_is_digit(chars->at[second.end]))
            second.end++;
        if (second.end == at + 1)
            return false;
        second.parts[0].from = at + 1;
        second.parts[0].to = second.end;
    }
    if (!part_text(chars, second.parts[0].from, second.parts[0].to, out->second,
                   &words))
        return false;
    out->end = second.end;
    out->kind = annex ? GAZ_REWRITE_ANNEX : GAZ_REWRITE_RANGE;
    if (dash && is_unit(&second, GAZ_UNIT_NONE))
        out->kind = GAZ_REWRITE_ANNEX;
    return annex || is_unit(&second, GAZ_UNIT_PLATE) || dash;
}

static int32_t text_value(const char *text)
{
    int32_t value = 0;
    for (; *text >= '0' && *text <= '9' && value < 100000000; text++)
        value = value * 10 + (*text - '0');
    return value;
}

static bool rule_joint(const struct gaz_rewriter *p,
                       const struct gaz_number *number, struct gaz_ruling *out)
{
    struct joint joint;
    bool words = false;
    if ((number->unit != GAZ_UNIT_NONE && number->unit != GAZ_UNIT_PLATE) ||
        !part_text(p->chars, number->parts[0].from, number->parts[0].to,
                   joint.first, &words) ||
        !find_joint(p->chars, number, &joint))
        return false;
    bool rises = text_value(joint.second) > text_value(joint.first);
    char text[2 * PART_BYTES + 16];
    if (joint.kind == GAZ_REWRITE_RANGE && rises)
        (void)snprintf(text, sizeof(text), "%s-%s号", joint.first,
                       joint.second);
    else
        (void)snprintf(text, sizeof(text), "%s号-%s", joint.first,
                       joint.second);
    if (!rises)
        joint.kind = GAZ_REWRITE_ANNEX;
    return gaz_rules_write(out, joint.end, joint.kind, text);
}

/* 21-23号 is a range; 3-2号, which falls, the annex of 3号. */
static bool rule_pair(const struct gaz_rewriter *p,
                      const struct gaz_number *number, struct gaz_ruling *out)
{
    const struct gaz_chars *chars = p->chars;
    if (number->count != 2 || number->unit != GAZ_UNIT_PLATE)
        return false;
    bool digits = true;
    for (int i = 0; i < 2; i++)
        digits = digits && is_plain_digits(chars, number->parts[i].from,
                                           number->parts[i].to);
    if (!digits)
        return false;
    int32_t a = digits_value(chars, number->parts[0].from, number->parts[0].to);
    int32_t b = digits_value(chars, number->parts[1].from, number->parts[1].to);
    char text[PART_BYTES];
    (void)snprintf(text, sizeof(text), b > a ? "%d-%d号" : "%d号-%d", (int)a,
                   (int)b);
    return gaz_rules_write(out, number->end,
                           b > a ? GAZ_REWRITE_RANGE : GAZ_REWRITE_ANNEX, text);
}

/* ---- one number ---- */

/* 三号, 第3幢, 3#; what is right already is written as it was. */
static bool rule_plain(const struct gaz_rewriter *p,
                       const struct gaz_number *number, struct gaz_ruling *out)
{
    const struct gaz_chars *chars = p->chars;
    char part[PART_BYTES];
    char unit[PART_BYTES];
    bool words = chars->at[p->at] == ORDINAL;
    if (number->count != 1 || number->unit == GAZ_UNIT_NONE ||
        !part_text(chars, number->parts[0].from, number->parts[0].to, part,
                   &words))
        return false;
    if (words && !counts(chars, number))
        return false;
    int end = number->end;
    unit_text(chars, number->unit, number->parts[0].to, end, unit);
    if (number->unit == GAZ_UNIT_ROOM && gaz_chars_is(chars, end, "间"))
        end++;
    char text[2 * PART_BYTES];
    (void)snprintf(text, sizeof(text), "%s%s", part, unit);
    return gaz_rules_write(
        out, end, words ? GAZ_REWRITE_NUMERAL : GAZ_REWRITE_UNIT, text);
}

bool gaz_rules_number(const struct gaz_rewriter *p, struct gaz_ruling *out)
{
    const struct gaz_chars *chars = p->chars;
    struct gaz_number number;
    int from = p->at;
    if (chars->at[from] == ORDINAL && gaz_chars_is_digit(chars->at[from + 1]))
        from++; /* 第3幢 */
    if (!gaz_numbers_read(chars, from, &number)) {
        int end = p->at;
        while (gaz_chars_is_letter(chars->at[end]) ||
               gaz_chars_is_digit(chars->at[end]))
            end++;
        if (end > p->at)
            gaz_rules_keep(out, end);
        return end > p->at;
    }
    if (number.end - p->at <= TEXT_MAX &&
        (rule_joint(p, &number, out) || rule_pair(p, &number, out) ||
         (number.count > 1 && rule_chain(p, &number, out)) ||
         rule_plain(p, &number, out)))
        return true;
    gaz_rules_keep(out, number.end);
    return true;
}
