/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"

void gaz_json_open(struct gaz_json *json, struct gaz_buffer *out)
{
    *json = (struct gaz_json){.out = out, .depth = -1};
}

/* Whether eight bytes stand for themselves: no byte below 0x20, no quote, no
 * backslash, none above 0x7F. A borrow can only mark a byte after one that is
 * marked rightly, so it never says yes wrongly. */
static bool is_plain_eight(uint64_t bytes)
{
    static const uint64_t ONES = 0x0101010101010101U;
    const uint64_t quote = bytes ^ ONES * '"';
    const uint64_t slash = bytes ^ ONES * '\\';
    const uint64_t found =
        (bytes - ONES * 0x20) | (quote - ONES) | (slash - ONES) | bytes;
    return (found & ONES * 0x80) == 0;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* How many bytes the character at `text` has, when it is surely well-formed:
 * what is rare is left to gaz_text_next (0). */
static size_t plain_length(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] >= 0xC2 && at[0] <= 0xDF && len >= 2 && (at[1] & 0xC0) == 0x80)
        return 2;
    if (at[0] >= 0xE1 && at[0] <= 0xEF && at[0] != 0xED && len >= 3 &&
        (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80)
        return 3;
    return 0;
}

/* Copies the bytes that stand for themselves, up to the first that may not;
 * returns how many. */
static size_t copy_plain(char *restrict to, const char *restrict text,
                         size_t len)
{
    size_t pos = 0;
    while (pos < len) {
        const unsigned char c = (unsigned char)text[pos];
        uint64_t eight;
        if (c < 0x80 && len - pos >= sizeof(eight)) {
            memcpy(&eight, text + pos, sizeof(eight));
            if (is_plain_eight(eight)) {
                memcpy(to + pos, &eight, sizeof(eight));
                pos += sizeof(eight);
                continue;
            }
        }
        if (is_plain(c)) {
            to[pos++] = (char)c;
            continue;
        }
        size_t bytes = plain_length(text + pos, len - pos);
        if (bytes == 0)
            return pos;
        for (size_t i = 0; i < bytes; i++)
            to[pos + i] = text[pos + i];
        pos += bytes;
    }
    return pos;
}

/* The character at text + *pos, which copy_plain left. */
static void write_odd(struct gaz_buffer *out, const char *text, size_t len,
                      size_t *pos)
{
    const size_t before = *pos;
    const unsigned char c = (unsigned char)text[before];
    const uint32_t code_point = gaz_text_next(text, len, pos);
    if (c >= 0x80 && code_point == 0xFFFD && *pos - before == 1)
        gaz_buffer_text(out, "\xEF\xBF\xBD");
    else if (c >= 0x80)
        gaz_buffer_bytes(out, text + before, *pos - before);
    else if (c == '"' || c == '\\')
        gaz_buffer_printf(out, "\\%c", c);
    else if (c == '\n')
        gaz_buffer_text(out, "\\n");
    else
        gaz_buffer_printf(out, "\\u%04x", (unsigned)c);
}

/* The text in quotes, `before` (a comma, or 0) and `after` (a colon, or 0)
 * around it. */
static void write_quoted(struct gaz_buffer *out, const char *text, size_t len,
                         char before, char after)
{
    char *at = gaz_buffer_room(out, len + 4);
    size_t pos = 0;
    while (at) {
        if (pos == 0 && before)
            *at++ = before;
        if (pos == 0)
            *at++ = '"';
        size_t plain = copy_plain(at, text + pos, len - pos);
        pos += plain;
        at += plain;
        if (pos == len)
            break;
        gaz_buffer_wrote(out, at);
        write_odd(out, text, len, &pos);
        at = gaz_buffer_room(out, len - pos + 2);
    }
    if (!at)
        return;
    *at++ = '"';
    if (after)
        *at++ = after;
    gaz_buffer_wrote(out, at);
}

enum { DIGITS_MAX = 20 }; /* of 64 bits */

/* Writes a number, `least` digits or more, so that it stands before `end`;
 * returns where it begins. */
static char *write_digits(char *end, uint64_t value, int least)
{
    for (; value > 0 || least > 0; least--) {
        *--end = (char)('0' + value % 10);
        value /= 10;
    }
    return end;
}

/* Writes the comma and the key that come before a value. */
static void begin_value(struct gaz_json *json, const char *key)
{
    if (json->depth < 0)
        return;
    const char comma = json->has_item[json->depth] ? ',' : 0;
    json->has_item[json->depth] = true;
    assert(json->is_array[json->depth] == (key == NULL));
    if (key)
        write_quoted(json->out, key, strlen(key), comma, ':');
    else if (comma)
        gaz_buffer_char(json->out, comma);
}

static void begin_level(struct gaz_json *json, const char *key, bool is_array)
{
    begin_value(json, key);
    assert(json->depth + 1 < GAZ_JSON_MAX_DEPTH);
    json->depth++;
    json->is_array[json->depth] = is_array;
    json->has_item[json->depth] = false;
    gaz_buffer_char(json->out, is_array ? '[' : '{');
}

void gaz_json_object(struct gaz_json *json, const char *key)
{
    begin_level(json, key, false);
}

void gaz_json_array(struct gaz_json *json, const char *key)
{
    begin_level(json, key, true);
}

void gaz_json_end(struct gaz_json *json)
{
    assert(json->depth >= 0);
    gaz_buffer_char(json->out, json->is_array[json->depth] ? ']' : '}');
    json->depth--;
}

void gaz_json_string(struct gaz_json *json, const char *key, const char *value)
{
    if (value)
        gaz_json_text(json, key, value, strlen(value));
    else
        gaz_json_null(json, key);
}

void gaz_json_text(struct gaz_json *json, const char *key, const char *value,
                   size_t len)
{
    begin_value(json, key);
    write_quoted(json->out, value, len, 0, 0);
}

void gaz_json_optional(struct gaz_json *json, const char *key,
                       const char *value)
{
    if (value && value[0] != '\0')
        gaz_json_string(json, key, value);
}

void gaz_json_int(struct gaz_json *json, const char *key, int64_t value)
{
    char text[DIGITS_MAX + 1];
    begin_value(json, key);
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *at = write_digits(text + sizeof(text), magnitude, 1);
    if (value < 0)
        *--at = '-';
    gaz_buffer_bytes(json->out, at, (size_t)(text + sizeof(text) - at));
}

/* Decimals by integers, as printf rounds: where that can be told. False for
 * large numbers, many decimals and what lies near the middle of two. */
static bool write_short(struct gaz_buffer *out, double value, int decimals)
{
    static const double SCALES[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    static const double LARGEST = 1e10; /* an error of 1e-6 in what is scaled */
    static const double MIDDLE = 1e-4;
    if (decimals < 0 || decimals > 7)
        return false;
    double scaled = fabs(value) * SCALES[decimals];
    if (!(scaled < LARGEST))
        return false;
    uint64_t whole = (uint64_t)scaled;
    const double rest = scaled - (double)whole;
    if (fabs(rest - 0.5) < MIDDLE)
        return false;
    whole += rest > 0.5 ? 1 : 0;
    for (; decimals > 0 && whole % 10 == 0; decimals--)
        whole /= 10;
    char text[DIGITS_MAX + 2];
    char *end = text + sizeof(text);
    char *at = write_digits(end, whole, decimals + 1);
    if (decimals > 0) { /* room for the point: the whole part moves */
        size_t before = (size_t)(end - at) - (size_t)decimals;
        memmove(at - 1, at, before);
        at--;
        at[before] = '.';
    }
    if (value < 0 && whole > 0)
        gaz_buffer_char(out, '-');
    gaz_buffer_bytes(out, at, (size_t)(end - at));
    return true;
}

void gaz_json_number(struct gaz_json *json, const char *key, double value,
                     int decimals)
{
    begin_value(json, key);
    if (!isfinite(value)) {
        gaz_buffer_text(json->out, "null");
        return;
    }
    if (write_short(json->out, value, decimals))
        return;
    char text[352]; /* -DBL_MAX has 309 digits, 9 places more */
    int len = snprintf(text, sizeof(text), "%.*f", decimals, value);
    if (decimals > 0) {
        while (text[len - 1] == '0')
            len--;
        if (text[len - 1] == '.')
            len--;
    }
    if (len == 2 && text[0] == '-' && text[1] == '0')
        gaz_buffer_char(json->out, '0');
    else
        gaz_buffer_bytes(json->out, text, (size_t)len);
}

void gaz_json_bool(struct gaz_json *json, const char *key, bool value)
{
    begin_value(json, key);
    gaz_buffer_text(json->out, value ? "true" : "false");
}

void gaz_json_null(struct gaz_json *json, const char *key)
{
    begin_value(json, key);
    gaz_buffer_text(json->out, "null");
}

void gaz_json_raw(struct gaz_json *json, const char *key, const char *value)
{
    begin_value(json, key);
    gaz_buffer_text(json->out, value);
}

void gaz_json_coord(struct gaz_json *json, const char *key,
                    struct gaz_coord coord)
{
    gaz_json_array(json, key);
    gaz_json_number(json, NULL, coord.lon, 7);
    gaz_json_number(json, NULL, coord.lat, 7);
    gaz_json_end(json);
}
