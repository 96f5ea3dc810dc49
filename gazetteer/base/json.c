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

static void write_escaped(struct gaz_buffer *out, const char *text, size_t len)
{
    gaz_buffer_char(out, '"');
    size_t begin = 0;
    size_t pos = 0;
    while (pos < len) {
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
    begin_value(json, key);
    gaz_buffer_printf(json->out, "%lld", (long long)value);
}

void gaz_json_number(struct gaz_json *json, const char *key, double value,
                     int decimals)
{
    begin_value(json, key);
    if (!isfinite(value)) {
        gaz_buffer_text(json->out, "null");
        return;
    }
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
