/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/written.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/numerals.h"
#include "gazetteer/standardise/unicode.h"

enum { REPUBLIC_BEGINS = 1911, DIGITS_MAX = 8, YEAR_MAX = 9999 };

/* Half width, no blanks at the ends; false: too long. */
static bool tidy(const char *text, char out[IMP_WRITTEN_MAX_BYTES])
{
    size_t len = strlen(text);
    size_t size = 0;
    if (len >= IMP_WRITTEN_MAX_BYTES || !gaz_text_is_utf8(text, len, NULL))
        return false;
    for (size_t pos = 0; pos < len;) {
        char bytes[4];
        uint32_t c = gaz_unicode_fold_one(gaz_text_next(text, len, &pos));
        size_t count = gaz_text_encode(c == 0x3000 ? ' ' : c, bytes);
        if (size + count >= IMP_WRITTEN_MAX_BYTES)
            return false;
        if (size == 0 && bytes[0] == ' ')
            continue;
        memcpy(out + size, bytes, count);
        size += count;
    }
    while (size > 0 && out[size - 1] == ' ')
        size--;
    out[size] = '\0';
    return size > 0;
}

/* Moves behind `word` if it is there. */
static bool skip(const char **at, const char *word)
{
    if (!gaz_text_starts_with(*at, word))
        return false;
    *at += strlen(word);
    return true;
}

static bool skip_any(const char **at, const char *const *words)
{
    for (; *words; words++)
        if (skip(at, *words))
            return true;
    return false;
}

/* ---- days ---- */

/* ○ (U+25CB) and O stand for 〇 in what typists write. */
static uint32_t digit_of(uint32_t c)
{
    return c == 0x25CB || c == 0x25EF ? 0x3007 : c;
}

/* A number in digits or number words; -1: none. */
static int take_number(const char **at)
{
    uint32_t words[DIGITS_MAX];
    size_t len = strlen(*at);
    size_t digits = strspn(*at, "0123456789");
    int count = 0;
    if (digits > 0 && digits <= DIGITS_MAX) {
        int value = 0;
        for (size_t i = 0; i < digits; i++)
            value = value * 10 + ((*at)[i] - '0');
        *at += digits;
        return value;
    }
    size_t pos = 0;
    while (count < DIGITS_MAX) {
        size_t next = pos;
        uint32_t c = digit_of(gaz_text_next(*at, len, &next));
        if (pos >= len || !gaz_numerals_is_digit(c))
            break;
        words[count++] = c;
        pos = next;
    }
    if (digits > 0 || count == 0)
        return -1;
    *at += pos;
    return gaz_numerals_value(words, count);
}

/* 20080501, 200805: no separators. */
static bool is_compact(const char *text, gaz_date *out)
{
    size_t len = strlen(text);
    char dashed[GAZ_DATE_MAX_BYTES];
    if (strspn(text, "0123456789") != len || (len != 6 && len != 8))
        return false;
    if (len == 6)
        (void)snprintf(dashed, sizeof(dashed), "%.4s-%.2s", text, text + 4);
    else
        (void)snprintf(dashed, sizeof(dashed), "%.4s-%.2s-%.2s", text, text + 4,
                       text + 6);
    return gaz_date_parse(dashed, out);
}

/* What spreadsheets put behind a day: 0:00:00, T00:00:00+08. */
static bool is_time(const char *text)
{
    if (!*text)
        return true;
    return (*text == 'T' || *text == ' ') && strchr(text, ':') &&
           strspn(text + 1, "0123456789:.+-Z ") == strlen(text + 1);
}

static bool build(const int parts[3], gaz_date *out)
{
    char text[32];
    if (parts[0] < 1 || parts[0] > YEAR_MAX || parts[1] > 12 || parts[2] > 31)
        return false;
    int size = snprintf(text, sizeof(text), "%04d", parts[0]);
    if (parts[1] > 0)
        size += snprintf(text + size, sizeof(text) - (size_t)size, "-%02d",
                         parts[1]);
    if (parts[2] > 0)
        (void)snprintf(text + size, sizeof(text) - (size_t)size, "-%02d",
                       parts[2]);
    return gaz_date_parse(text, out);
}

bool imp_written_date(const char *written, gaz_date *out)
{
    static const char *const ENDS[3][6] = {{"年", "-", ".", "/", NULL},
                                           {"月", "-", ".", "/", NULL},
                                           {"日", "号", NULL}};
    char text[IMP_WRITTEN_MAX_BYTES];
    int parts[3] = {0, 0, 0};
    const char *at = text;
    if (!tidy(written, text))
        return false;
    if (is_compact(text, out))
        return true;
    (void)skip(&at, "公元");
    bool is_republic = skip(&at, "民国");
    for (int i = 0; i < 3 && *at && *at != ' '; i++) {
        if (is_republic && i == 0 && skip(&at, "元"))
            parts[0] = 1;
        else
            parts[i] = take_number(&at);
        if (parts[i] <= 0)
            return false;
        bool ends = skip_any(&at, ENDS[i]);
        if (!ends && i < 2 && *at)
            return false;
    }
    if (is_republic)
        parts[0] += REPUBLIC_BEGINS;
    return is_time(at) && build(parts, out);
}

/* ---- angles ---- */

static const char *const POSITIVE[] = {"东经", "北纬", "东", "北", "E",
                                       "N",    "e",    "n",  NULL};
static const char *const NEGATIVE[] = {"西经", "南纬", "西", "南", "W",
                                       "S",    "w",    "s",  NULL};

/* Digits with at most one point; false: none. */
static bool take_decimal(const char **at, double *out, bool *has_point)
{
    char text[24];
    size_t len = strspn(*at, "0123456789.");
    if (len == 0 || len >= sizeof(text))
        return false;
    memcpy(text, *at, len);
    text[len] = '\0';
    *has_point = strchr(text, '.') != NULL;
    *at += len;
    return gaz_text_parse_double(text, out);
}

static void skip_blanks(const char **at)
{
    while (**at == ' ')
        (*at)++;
}

/* 121°05′12″: the parts behind each other, each with its sign; a point ends. */
static bool take_parts(const char **at, double *out)
{
    static const char *const SIGNS[3][10] = {
        {"°", "º", "度", "˚", "-", ":", " ", "d", NULL},
        {"′", "'", "’", "分", "-", ":", " ", "m", "‘", NULL},
        {"″", "\"", "”", "秒", "''", "′′", "s", "“", NULL}};
    static const double WORTH[3] = {1, 60, 3600};
    double total = 0;
    for (int i = 0; i < 3; i++) {
        double value = 0;
        bool has_point = false;
        skip_blanks(at);
        if (i > 0 && !(**at >= '0' && **at <= '9'))
            break;
        if (!take_decimal(at, &value, &has_point) || (i > 0 && value >= 60))
            return false;
        total += value / WORTH[i];
        bool ends = skip_any(at, SIGNS[i]);
        if (!ends || has_point)
            break;
    }
    *out = total;
    return true;
}

bool imp_written_angle(const char *written, double *out)
{
    char text[IMP_WRITTEN_MAX_BYTES];
    double value = 0;
    if (!tidy(written, text))
        return false;
    if (gaz_text_parse_double(text, &value)) {
        *out = value;
        return true;
    }
    const char *at = text;
    bool is_negative = skip_any(&at, NEGATIVE);
    bool is_told = is_negative || skip_any(&at, POSITIVE);
    skip_blanks(&at);
    if (!take_parts(&at, &value))
        return false;
    skip_blanks(&at);
    if (!is_told) {
        is_negative = skip_any(&at, NEGATIVE);
        (void)(is_negative || skip_any(&at, POSITIVE));
    }
    if (*at)
        return false;
    *out = is_negative ? -value : value;
    return true;
}

/* ---- numbers ---- */

bool imp_written_number(const char *written, double *out)
{
    static const char *const UNITS[] = {"%",  "平方米", "㎡", "m2", "m²",
                                        "米", "层",     "幢", "户", NULL};
    char text[IMP_WRITTEN_MAX_BYTES];
    char digits[IMP_WRITTEN_MAX_BYTES];
    size_t size = 0;
    if (!tidy(written, text))
        return false;
    const char *at = text;
    for (; *at && strchr("0123456789.,-", *at); at++)
        if (*at != ',')
            digits[size++] = *at;
    digits[size] = '\0';
    skip_blanks(&at);
    (void)skip_any(&at, UNITS);
    return *at == '\0' && gaz_text_parse_double(digits, out);
}
