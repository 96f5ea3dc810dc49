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

/* The bytes from `pos` on that stand for themselves and can be told without
 * decoding: ASCII, and Han as UTF-8 writes it (E4 to E9). */
static size_t skip_plain(const char *text, size_t len, size_t pos)
{
    while (pos < len) {
        unsigned char c = (unsigned char)text[pos];
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\')
            pos++;
        else if (c >= 0xE4 && c <= 0xE9 && pos + 2 < len &&
                 ((unsigned char)text[pos + 1] & 0xC0) == 0x80 &&
                 ((unsigned char)text[pos + 2] & 0xC0) == 0x80)
            pos += 3;
        else
            break;
    }
    return pos;
}

static void write_escaped(struct gaz_buffer *out, const char *text, size_t len)
{
    gaz_buffer_char(out, '"');
    size_t begin = 0;
    size_t pos = 0;
    while ((pos = skip_plain(text, len, pos)) < len) {
        unsigned char c = (unsigned char)text[pos];
        size_t before = pos;
        bool plain = c >= 0x20 && c != '"' && c != '\\';
        bool broken = false;
        if (c < 0x80) {
            pos++;
        } else {
            uint32_t code_point = gaz_text_next(text, len, &pos);
            broken = code_point == 0xFFFD && pos - before == 1;
        }
        if (plain && !broken)
            continue;
        gaz_buffer_bytes(out, text + begin, before - begin);
        begin = pos;
        if (broken)
            gaz_buffer_text(out, "\xEF\xBF\xBD");
        else if (c == '"' || c == '\\')
            gaz_buffer_printf(out, "\\%c", c);
        else if (c == '\n')
            gaz_buffer_text(out, "\\n");
        else
            gaz_buffer_printf(out, "\\u%04x", (unsigned)c);
    }
    gaz_buffer_bytes(out, text + begin, len - begin);
    gaz_buffer_char(out, '"');
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
    if (json->has_item[json->depth])
        gaz_buffer_char(json->out, ',');
    json->has_item[json->depth] = true;
    assert(json->is_array[json->depth] == (key == NULL));
    if (key) {
        write_escaped(json->out, key, strlen(key));
        gaz_buffer_char(json->out, ':');
    }
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
    write_escaped(json->out, value, len);
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
    if (!(scaled < LARGEST) || fabs(scaled - floor(scaled) - 0.5) < MIDDLE)
        return false;
    uint64_t whole = (uint64_t)(scaled + 0.5);
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
