/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/numerals.h"

#include <stddef.h>

enum { VALUE_MAX = 999999, TEN = 10, HUNDRED = 100, THOUSAND = 1000 };

static const struct {
    uint32_t code_point;
    int32_t value;
} DIGITS[] = {
    {0x3007, 0},        {0x96F6, 0},       /* 〇 零 */
    {0x4E00, 1},        {0x4E8C, 2},       /* 一 二 */
    {0x4E24, 2},        {0x4E09, 3},       /* 两 三 */
    {0x56DB, 4},        {0x4E94, 5},       /* 四 五 */
    {0x516D, 6},        {0x4E03, 7},       /* 六 七 */
    {0x516B, 8},        {0x4E5D, 9},       /* 八 九 */
    {0x5341, TEN},      {0x5EFF, 20},      /* 十 廿 */
    {0x5345, 30},       {0x767E, HUNDRED}, /* 卅 百 */
    {0x5343, THOUSAND}, {0x58F9, 1},       /* 千 壹 */
    {0x8D30, 2},        {0x53C1, 3},       /* 贰 叁 */
    {0x8086, 4},        {0x4F0D, 5},       /* 肆 伍 */
    {0x9646, 6},        {0x67D2, 7},       /* 陆 柒 */
    {0x634C, 8},        {0x7396, 9},       /* 捌 玖 */
    {0x62FE, TEN},      {0x4F70, HUNDRED}, /* 拾 佰 */
};

static int32_t digit(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof(DIGITS) / sizeof(DIGITS[0]); i++)
        if (DIGITS[i].code_point == code_point)
            return DIGITS[i].value;
    return -1;
}

bool gaz_numerals_is_digit(uint32_t code_point)
{
    int32_t value = digit(code_point);
    return value >= 0 && value != THOUSAND;
}

/* 二〇一: digits one after another, as a room or a year is read. */
static int32_t read_digits(const uint32_t *text, int count)
{
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        int32_t d = digit(text[i]);
        if (d < 0 || d >= TEN || value > (VALUE_MAX - d) / TEN)
            return -1;
        value = value * TEN + d;
    }
    return value;
}

/* A number while it is read: 一百 | 二十 | 三. */
struct reading {
    int32_t total;
    int32_t unit;    /* the last one; units must shrink: 百 then 十 */
    int32_t waiting; /* a digit that no unit has claimed; -1: none */
};

static bool take_digit(struct reading *r, int32_t d)
{
    /* 一百零三: 零 holds a place, two digits in a row do not count. */
    if (r->waiting > 0 || (r->waiting == 0 && d == 0))
        return false;
    r->waiting = d;
    return true;
}

static bool take_unit(struct reading *r, int32_t d)
{
    /* 廿 and 卅 carry their own digit. */
    bool carries = d == 20 || d == 30;
    int32_t unit = carries ? TEN : d;
    if (unit >= r->unit || (carries && r->waiting > 0))
        return false;
    int32_t times = carries ? d / TEN : r->waiting > 0 ? r->waiting : 1;
    r->total += times * unit;
    r->unit = unit;
    r->waiting = -1;
    return true;
}

int32_t gaz_numerals_value(const uint32_t *text, int count)
{
    if (count <= 0)
        return -1;
    int32_t plain = read_digits(text, count);
    if (plain >= 0)
        return plain;
    struct reading r = {.unit = THOUSAND * TEN, .waiting = -1};
    for (int i = 0; i < count; i++) {
        int32_t d = digit(text[i]);
        bool good = d >= TEN ? take_unit(&r, d) : d >= 0 && take_digit(&r, d);
        if (!good)
            return -1;
    }
    return r.total + (r.waiting > 0 ? r.waiting : 0);
}

bool gaz_numerals_is_ordinal(const uint32_t *text, int count)
{
    if (count <= 0 || gaz_numerals_value(text, count) <= 0)
        return false;
    if (count == 1)
        return digit(text[0]) <= TEN;
    for (int i = 0; i < count; i++)
        if (digit(text[i]) >= TEN)
            return true;
    return false;
}
