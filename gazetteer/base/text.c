/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/text.h"

#include <math.h>
#include <string.h>

static const uint32_t REPLACEMENT = 0xFFFD;

/* Length of the well-formed sequence at s (Unicode 15, table 3-7), 0 if none;
 * the code point goes to *out. */
static size_t decode(const unsigned char *s, size_t len, uint32_t *out)
{
    if (s[0] < 0x80) {
        *out = s[0];
        return 1;
    }
    size_t need = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || len < need)
        return 0;
    uint32_t value = s[0] & (0xFFU >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xC0U) != 0x80)
            return 0;
        value = value << 6 | (s[i] & 0x3FU);
    }
    static const uint32_t FIRST[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < FIRST[need] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *out = value;
    return need;
}

uint32_t gaz_text_next(const char *text, size_t len, size_t *pos)
{
    if (*pos >= len)
        return 0;
    uint32_t code_point = 0;
    size_t used =
        decode((const unsigned char *)text + *pos, len - *pos, &code_point);
    *pos += used ? used : 1;
    return used ? code_point : REPLACEMENT;
}

size_t gaz_text_encode(uint32_t code_point, char out[4])
{
    uint32_t c = code_point;
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool gaz_text_is_utf8(const char *text, size_t len, size_t *bad_at)
{
    size_t pos = 0;
    while (pos < len) {
        uint32_t code_point = 0;
        size_t used =
            decode((const unsigned char *)text + pos, len - pos, &code_point);
        if (used == 0) {
            if (bad_at)
                *bad_at = pos;
            return false;
        }
        pos += used;
    }
    return true;
}

size_t gaz_text_count(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t pos = 0; pos < len; count++)
        (void)gaz_text_next(text, len, &pos);
    return count;
}

bool gaz_text_is_han(uint32_t c)
{
    return c == 0x3007 || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x323AF);
}

bool gaz_text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool gaz_text_ends_with(const char *text, const char *suffix)
{
    size_t len = strlen(text);
    size_t end = strlen(suffix);
    return len >= end && memcmp(text + len - end, suffix, end) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads digits into a mantissa; digits past the 18th move the exponent only.
 * Returns how many digits there were. */
static int read_mantissa(const char **at, uint64_t *mantissa, int *dropped)
{
    int count = 0;
    for (; is_digit(**at); (*at)++, count++) {
        if (*mantissa < 100000000000000000U)
            *mantissa = *mantissa * 10 + (uint64_t)(**at - '0');
        else
            (*dropped)++;
    }
    return count;
}

static bool read_exponent(const char **at, int *exponent)
{
    enum { EXPONENT_MAX = 400 };
    if (**at != 'e' && **at != 'E')
        return true;
    (*at)++;
    bool negative = **at == '-';
    if (**at == '-' || **at == '+')
        (*at)++;
    if (!is_digit(**at))
        return false;
    int value = 0;
    for (; is_digit(**at); (*at)++)
        if (value < EXPONENT_MAX)
            value = value * 10 + (**at - '0');
    *exponent = negative ? -value : value;
    return true;
}

bool gaz_text_parse_double(const char *text, double *out)
{
    const char *at = text;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    uint64_t mantissa = 0;
    int dropped = 0;
    int whole = read_mantissa(&at, &mantissa, &dropped);
    int exponent = dropped;
    int fraction = 0;
    if (*at == '.') {
        at++;
        dropped = 0;
        fraction = read_mantissa(&at, &mantissa, &dropped);
        exponent -= fraction - dropped;
    }
    int power = 0;
    if (whole + fraction == 0 || !read_exponent(&at, &power) || *at != '\0')
        return false;
    exponent += power;
    /* A division by an exact power of ten rounds once; pow(10, -n) would round
     * twice. Exact for up to 15 digits and 22 places: all coordinates. */
    double value = exponent < 0 ? (double)mantissa / pow(10, -exponent)
                                : (double)mantissa * pow(10, exponent);
    if (!isfinite(value))
        return false;
    *out = negative ? -value : value;
    return true;
}

bool gaz_text_parse_int(const char *text, int64_t *out)
{
    const char *at = text;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    if (!is_digit(*at))
        return false;
    uint64_t value = 0;
    for (; is_digit(*at); at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    uint64_t max = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    if (*at != '\0' || value > max)
        return false;
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

uint64_t gaz_text_hash(const char *text, size_t len)
{
    uint64_t hash = 0xCBF29CE484222325U;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3U;
    /* FNV's high bits are weak on short keys; the finaliser of MurmurHash3
     * spreads them. */
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 33;
    hash *= 0xC4CEB9FE1A85EC53U;
    return hash ^ hash >> 33;
}
