/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/parts.h"

#include <string.h>

#include "gazetteer/standardise/lexicon.h"
#include "gazetteer/standardise/numerals.h"
#include "gazetteer/standardise/phrases.h"
#include "gazetteer/standardise/words.h"

enum {
    GENERIC_MAX_UNITS = 6,
    MODIFIERS_MAX = 2,   /* 南后 of 南后街 */
    SHORT_MAX_UNITS = 4, /* a longer specific is more than one word */
    SPECIFIC_MIN_UNITS = 2, /* what modifiers must leave: 海南路 is 海南|路 */
    ORDINAL_PREFIX = 0x7B2C, /* 第 */
    GATE = 0x95E8,           /* 门 */
};

static const uint32_t DIVISION_KINDS = GAZ_WORD_PROVINCE | GAZ_WORD_CITY |
                                       GAZ_WORD_COUNTY | GAZ_WORD_TOWN |
                                       GAZ_WORD_ZONE;
static const uint32_t ESTATE_KINDS =
    GAZ_WORD_ESTATE | GAZ_WORD_ZONE | GAZ_WORD_SITE;
static const uint32_t SITE_KINDS = GAZ_WORD_ROAD | GAZ_WORD_ESTATE |
                                   GAZ_WORD_SITE | GAZ_WORD_ZONE |
                                   GAZ_WORD_FEATURE;

/* The suffixes of a body, which stand apart from any name. */
static const struct {
    const char *text;
    int units;
    int inner; /* a second word begins so many units from the end */
} BODIES[] = {
    {"村民委员会", 5, 3},
    {"居民委员会", 5, 3},
    {"村委会", 3, 0},
    {"居委会", 3, 0},
};

static bool is_direction(uint32_t c)
{
    static const uint32_t DIRECTIONS[] = {
        0x4E1C, 0x897F, 0x5357, 0x5317, /* 东 西 南 北 */
    };
    for (size_t i = 0; i < sizeof(DIRECTIONS) / sizeof(DIRECTIONS[0]); i++)
        if (DIRECTIONS[i] == c)
            return true;
    return false;
}

/* One-syllable words that join the generic behind them (R2). */
bool gaz_parts_is_modifier(uint32_t code_point)
{
    static const uint32_t MODIFIERS[] = {
        0x4E2D, 0x524D, 0x540E, 0x5DE6, 0x53F3, 0x4E0A, /* 中前后左右上 */
        0x4E0B, 0x65B0, 0x8001, 0x65E7, 0x5927, 0x5C0F, /* 下新老旧大小 */
        0x76F4, 0x652F,                                 /* 直支 */
    };
    for (size_t i = 0; i < sizeof(MODIFIERS) / sizeof(MODIFIERS[0]); i++)
        if (MODIFIERS[i] == code_point)
            return true;
    return is_direction(code_point);
}

size_t gaz_parts_offset(const struct gaz_units *units, int unit)
{
    return unit < units->count ? units->items[unit].at : units->size;
}

/* The kinds of the word that units [from, to) are, 0 for no word. */
uint32_t gaz_parts_kinds(const struct gaz_units *units, int from, int to)
{
    size_t at = gaz_parts_offset(units, from);
    size_t size = gaz_parts_offset(units, to) - at;
    struct gaz_word word;
    if (!gaz_lexicon_longest(gaz_words_lexicon(), units->text + at, size,
                             &word) ||
        word.size != size)
        return 0;
    return word.kinds;
}

/* The first unit of the longest generic of such kinds before `end`, or -1. At
 * least one unit is left for the specific. */
static int find_generic(const struct gaz_units *units, int end, uint32_t kinds)
{
    int from = end - GENERIC_MAX_UNITS;
    for (int i = from > 1 ? from : 1; i < end; i++) {
        uint32_t found = gaz_parts_kinds(units, i, end);
        if ((found & GAZ_WORD_GENERIC) && (found & kinds))
            return i;
    }
    return -1;
}

/* Takes the modifiers of a one-syllable generic (后街 counts as one) to it. */
static int widen_generic(const struct gaz_units *units, int generic, int end)
{
    bool widens = end - generic == 1 ||
                  gaz_parts_is_modifier(units->items[generic].code_point);
    int from = generic;
    while (widens && from > SPECIFIC_MIN_UNITS &&
           generic - from < MODIFIERS_MAX &&
           gaz_parts_is_modifier(units->items[from - 1].code_point))
        from--;
    return from;
}

/* Marks a number before the generic of a street (R7); returns where what is
 * left of the specific ends. */
static int mark_ordinal(struct gaz_units *units, int generic)
{
    uint32_t digits[GENERIC_MAX_UNITS];
    int from = generic;
    while (from > 0 && generic - from < GENERIC_MAX_UNITS &&
           !units->items[from - 1].is_word &&
           gaz_numerals_is_digit(units->items[from - 1].code_point))
        from--;
    for (int i = from; i < generic; i++)
        digits[i - from] = units->items[i].code_point;
    if (!gaz_numerals_is_ordinal(digits, generic - from))
        return generic;
    units->items[from].ordinal = gaz_numerals_value(digits, generic - from);
    if (from > 0 && units->items[from - 1].code_point == ORDINAL_PREFIX)
        from--;
    units->items[from].is_first = true;
    return from;
}

/* Sets apart the words inside a specific: a generic of two syllables at its end
 * (包头|胡同), a gate and the 北滨河 behind it. */
static void split_specific(struct gaz_units *units, int begin, int end)
{
    for (int i = begin + 1; i + 1 < end; i++) {
        uint32_t found = gaz_parts_kinds(units, i, end);
        if ((found & GAZ_WORD_GENERIC) && (found & GAZ_WORD_ROAD)) {
            units->items[i].is_first = true;
            return;
        }
    }
    for (int i = begin + 2; i + 2 < end; i++)
        if (units->items[i - 1].code_point == GATE &&
            is_direction(units->items[i].code_point))
            units->items[i].is_first = true;
}

static void mark_road(struct gaz_units *units, int end)
{
    int generic = find_generic(units, end, GAZ_WORD_ROAD);
    if (generic < 0)
        return;
    int specific = mark_ordinal(units, generic);
    if (specific == generic) {
        generic = widen_generic(units, generic, end);
        specific = generic;
    }
    units->items[generic].is_first = true;
    split_specific(units, 0, specific);
}

/* Sets apart the modifiers that end at `end`: 烈士, 壮族, 经济|技术. */
static void mark_modifiers(struct gaz_units *units, int begin, int end)
{
    for (int i = end - 2; i > begin && i >= end - 4; i--) {
        if (gaz_parts_kinds(units, i, end) & GAZ_WORD_MODIFIER) {
            units->items[i].is_first = true;
            end = i;
            i = end - 1;
        }
    }
}

/* True when an approved word goes on over the border before `unit`. */
static bool is_inside_word(const struct gaz_units *units, int unit)
{
    for (int i = unit - 1; i >= 0; i--)
        if (units->items[i].word_units > unit - i)
            return true;
    return false;
}

/* 费|县|汽车站, 北京|工人|体育馆: a division that begins at `begin`. Returns
 * the unit behind it, `begin` when there is none. */
static int mark_division(struct gaz_units *units, int begin, int end)
{
    const uint32_t divisions =
        GAZ_WORD_PROVINCE | GAZ_WORD_CITY | GAZ_WORD_COUNTY;
    for (int to = end - 1; to >= begin + 2; to--) {
        uint32_t kinds = gaz_parts_kinds(units, begin, to);
        if (!(kinds & divisions) || (kinds & GAZ_WORD_GENERIC) ||
            is_inside_word(units, to))
            continue;
        units->items[to].is_first = true;
        int generic = find_generic(units, to, divisions);
        if (generic > begin && !(kinds & GAZ_WORD_SHORT))
            units->items[generic].is_first = true;
        return to;
    }
    return begin;
}

/* 第二|松花|江: the ordinal stands apart of a specific of two syllables. */
static void mark_prefix(struct gaz_units *units, int end)
{
    int to = 1;
    while (to < end && gaz_numerals_is_digit(units->items[to].code_point))
        to++;
    if (units->items[0].code_point == ORDINAL_PREFIX && to > 1 &&
        end - to >= SPECIFIC_MIN_UNITS)
        units->items[to].is_first = true;
}

static void mark_site(struct gaz_units *units, int end)
{
    int generic = find_generic(units, end, SITE_KINDS);
    if (generic < 0)
        return;
    generic = widen_generic(units, generic, end);
    units->items[generic].is_first = true;
    int begin = mark_division(units, 0, generic + 1);
    mark_prefix(units, generic);
    mark_modifiers(units, begin, generic);
}

/* R14: the long name of a building, memorial or body is cut into all its words,
 * the divisions before it first: 浙江|省|平湖|市|青少年|抗战|历史|宣教馆. */
static void mark_building(struct gaz_units *units, struct gaz_unicode *unicode,
                          int end)
{
    int generic = find_generic(units, end, SITE_KINDS);
    if ((generic < 0 ? end : generic) <= SHORT_MAX_UNITS) {
        mark_site(units, end);
        return;
    }
    int begin = 0;
    for (int to = mark_division(units, begin, end); to > begin;
         to = mark_division(units, begin, end))
        begin = to;
    /* A generic of one syllable belongs to the words: its modifier joins it. */
    bool stands = generic > begin && end - generic > 1;
    if (stands)
        units->items[generic].is_first = true;
    gaz_phrases_mark(units, unicode, begin, stands ? generic : end);
}

static void mark_plain(struct gaz_units *units, int end, uint32_t kinds)
{
    int generic = find_generic(units, end, kinds);
    if (generic < 0)
        return;
    units->items[generic].is_first = true;
    mark_modifiers(units, 0, generic);
}

/* Sets apart a body's suffix; returns where the name before it ends. */
static int mark_body(struct gaz_units *units)
{
    for (size_t i = 0; i < sizeof(BODIES) / sizeof(BODIES[0]); i++) {
        int from = units->count - BODIES[i].units;
        size_t size = strlen(BODIES[i].text);
        if (from < 1 || gaz_parts_offset(units, from) + size != units->size ||
            memcmp(units->text + gaz_parts_offset(units, from), BODIES[i].text,
                   size) != 0)
            continue;
        units->items[from].is_first = true;
        if (BODIES[i].inner)
            units->items[units->count - BODIES[i].inner].is_first = true;
        return from;
    }
    return units->count;
}

void gaz_parts_mark(struct gaz_units *units, struct gaz_unicode *unicode,
                    int category)
{
    int end = mark_body(units);
    int class = category / 100;
    if (category == 21610 || category == 27610 || class == 222)
        return; /* R3: all joined */
    if (category == 21620 || category == 27620) {
        /* 社区 stands apart, the rest is a village's name. */
        if (end > 2 &&
            (gaz_parts_kinds(units, end - 2, end) & GAZ_WORD_VILLAGE))
            units->items[end - 2].is_first = true;
    } else if (class >= 212 && class <= 217) {
        mark_plain(units, end, DIVISION_KINDS);
    } else if (class == 221) {
        mark_plain(units, end, ESTATE_KINDS);
    } else if (class == 235) {
        mark_road(units, end);
    } else if (class >= 250 && class < 280) {
        mark_building(units, unicode, end);
    } else if (category == 0) {
        mark_plain(units, end, DIVISION_KINDS | SITE_KINDS);
    } else {
        mark_site(units, end);
    }
}
