/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/numbers.h"

#include "gazetteer/standardise/numerals.h"

enum {
    LETTERS_MAX = 2,         /* AB座; more is a name */
    ORDINAL_PREFIX = 0x7B2C, /* 第 */
};

enum { WITH_WORDS = 1, WITH_LETTERS = 2, ANY = 3 };

/* Longer ones before their beginnings. */
static const struct {
    const char *text;
    int size; /* characters */
    enum gaz_unit_kind kind;
    int with; /* also behind number words, letters */
} UNITS[] = {
    {"号楼", 2, GAZ_UNIT_BUILDING, ANY},
    {"号单元", 3, GAZ_UNIT_CELL, ANY},
    {"号房间", 3, GAZ_UNIT_ROOM, 0},
    {"号房", 2, GAZ_UNIT_ROOM, 0},
    {"号室", 2, GAZ_UNIT_ROOM, 0},
    {"号门", 2, GAZ_UNIT_AREA, ANY},
    {"号馆", 2, GAZ_UNIT_AREA, ANY},
    {"号库", 2, GAZ_UNIT_AREA, ANY},
    {"号院", 2, GAZ_UNIT_AREA, WITH_WORDS},
    {"号大街", 3, GAZ_UNIT_ROUTE, WITH_WORDS},
    {"号路", 2, GAZ_UNIT_ROUTE, WITH_WORDS},
    {"号", 1, GAZ_UNIT_PLATE, ANY},
    {"#楼", 2, GAZ_UNIT_BUILDING, 0},
    {"#", 1, GAZ_UNIT_PLATE, 0},
    {"幢", 1, GAZ_UNIT_BUILDING, ANY},
    {"栋", 1, GAZ_UNIT_BUILDING, ANY},
    {"座", 1, GAZ_UNIT_BUILDING, ANY},
    {"撞", 1, GAZ_UNIT_BUILDING, 0}, /* a usual slip for 幢 */
    {"单元", 2, GAZ_UNIT_CELL, ANY},
    {"梯", 1, GAZ_UNIT_CELL, ANY},
    {"楼", 1, GAZ_UNIT_FLOOR, ANY},
    {"层", 1, GAZ_UNIT_FLOOR, ANY},
    {"F", 1, GAZ_UNIT_FLOOR, 0},
    {"室", 1, GAZ_UNIT_ROOM, ANY},
    {"房", 1, GAZ_UNIT_ROOM, 0},
    {"支弄", 2, GAZ_UNIT_LANE, WITH_WORDS},
    {"弄", 1, GAZ_UNIT_LANE, WITH_WORDS},
    {"巷", 1, GAZ_UNIT_LANE, WITH_WORDS},
    {"组团", 2, GAZ_UNIT_AREA, ANY},
    {"组", 1, GAZ_UNIT_GROUP, WITH_WORDS},
    {"队", 1, GAZ_UNIT_GROUP, WITH_WORDS},
    {"区", 1, GAZ_UNIT_AREA, ANY},
    {"期", 1, GAZ_UNIT_AREA, WITH_WORDS},
    {"排", 1, GAZ_UNIT_BUILDING, WITH_WORDS},
    {"国道", 2, GAZ_UNIT_ROUTE, 0},
    {"省道", 2, GAZ_UNIT_ROUTE, 0},
    {"县道", 2, GAZ_UNIT_ROUTE, 0},
    {"路", 1, GAZ_UNIT_ROUTE, 0},
    {"街", 1, GAZ_UNIT_STREET, 0},
    {"公里", 2, GAZ_UNIT_LENGTH, ANY},
    {"米", 1, GAZ_UNIT_LENGTH, ANY},
};

/* What behind 号 or a letter's unit makes it part of a name: 一号桥, A区块. */
static bool is_name_part(uint32_t c)
{
    static const uint32_t NAMES[] = {0x6865, 0x6E2F, 0x7EBF, 0x6751,
                                     0x5757, 0x57DF, 0x95F8, 0x573A};
    /* 桥 港 线 村 块 域 闸 场 */
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
        if (NAMES[i] == c)
            return true;
    return false;
}

/* The end of a run of letters and digits; *letters and *digits are counted. */
static int read_run(const struct gaz_chars *chars, int from, int *letters,
                    int *digits)
{
    int at = from;
    *letters = 0;
    *digits = 0;
    for (; at < chars->count; at++) {
        if (gaz_chars_is_digit(chars->at[at]))
            (*digits)++;
        else if (gaz_chars_is_letter(chars->at[at]))
            (*letters)++;
        else
            break;
    }
    return at;
}

static int read_words(const struct gaz_chars *chars, int from)
{
    int at = from;
    if (chars->at[at] == ORDINAL_PREFIX)
        at++;
    int first = at;
    while (at < chars->count && gaz_numerals_is_digit(chars->at[at]))
        at++;
    return at > first ? at : from;
}

static bool read_unit(const struct gaz_chars *chars, int with,
                      struct gaz_number *out)
{
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
        if ((UNITS[i].with & with) != with ||
            !gaz_chars_is(chars, out->end, UNITS[i].text))
            continue;
        if (is_name_part(chars->at[out->end + UNITS[i].size]))
            return false;
        out->end += UNITS[i].size;
        out->unit = UNITS[i].kind;
        return true;
    }
    return false;
}

/* Further parts: 3-2-501. */
static void read_chain(const struct gaz_chars *chars, struct gaz_number *out)
{
    while (out->count < GAZ_NUMBER_PARTS) {
        uint32_t dash = chars->at[out->end];
        int letters = 0;
        int digits = 0;
        if (dash != '-' && dash != '_' && dash != '/')
            return;
        int to = read_run(chars, out->end + 1, &letters, &digits);
        if (digits == 0 && (letters == 0 || letters > LETTERS_MAX))
            return;
        out->parts[out->count].from = out->end + 1;
        out->parts[out->count].to = to;
        out->count++;
        out->end = to;
    }
}

bool gaz_numbers_read(const struct gaz_chars *chars, int from,
                      struct gaz_number *out)
{
    struct gaz_number number = {.count = 1};
    int letters = 0;
    int digits = 0;
    int to = read_run(chars, from, &letters, &digits);
    int with = 0;
    if (to == from) {
        to = read_words(chars, from);
        with = WITH_WORDS;
    } else if (digits == 0) {
        with = WITH_LETTERS;
        if (letters > LETTERS_MAX)
            return false;
    } else if (letters == 1 && chars->at[to - 1] == 'F') {
        to--; /* the unit of 10F */
    }
    if (to == from)
        return false;
    number.parts[0].from = from;
    number.parts[0].to = to;
    number.end = to;
    number.digits = letters == 0 && with == 0 ? digits : 0;
    if (with != WITH_WORDS)
        read_chain(chars, &number);
    if (number.count > 1)
        with = 0;
    bool unit = read_unit(chars, with, &number);
    if (!unit && with)
        return false;
    *out = number;
    return true;
}
