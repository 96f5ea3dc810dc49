/* json.h - writes JSON into a gaz_buffer, commas and escapes included.
 *
 *     struct gaz_json json;
 *     gaz_json_open(&json, &buffer);
 *     gaz_json_object(&json, NULL);
 *     gaz_json_string(&json, "name", "乍浦镇");
 *     gaz_json_array(&json, "coordinates");
 *     gaz_json_number(&json, NULL, 121.0869, 7);
 *     gaz_json_end(&json);
 *     gaz_json_end(&json);
 *
 * `key` is NULL inside an array and at the top. Text that is not UTF-8 is
 * written with U+FFFD in place of the bad bytes: the output is always valid.
 * Reading JSON is jansson's job (gazetteer/base has no reader).
 */
#ifndef GAZ_BASE_JSON_H
#define GAZ_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/coord.h"

enum { GAZ_JSON_MAX_DEPTH = 32 };

struct gaz_json {
    struct gaz_buffer *out;
    int depth;
    bool is_array[GAZ_JSON_MAX_DEPTH];
    bool has_item[GAZ_JSON_MAX_DEPTH];
};

void gaz_json_open(struct gaz_json *json, struct gaz_buffer *out);

void gaz_json_object(struct gaz_json *json, const char *key);
void gaz_json_array(struct gaz_json *json, const char *key);
/* gaz_json_end closes the innermost object or array. */
void gaz_json_end(struct gaz_json *json);

/* gaz_json_string writes a string; a NULL value writes null. */
void gaz_json_string(struct gaz_json *json, const char *key, const char *value);
/* gaz_json_text is gaz_json_string for `len` bytes. */
void gaz_json_text(struct gaz_json *json, const char *key, const char *value,
                   size_t len);
/* gaz_json_optional writes the member only when value is neither NULL nor "".
 */
void gaz_json_optional(struct gaz_json *json, const char *key,
                       const char *value);
void gaz_json_int(struct gaz_json *json, const char *key, int64_t value);
/* gaz_json_number writes at most `decimals` places (0 to 9), trailing zeros
 * dropped; a value that is not finite is written as null. */
void gaz_json_number(struct gaz_json *json, const char *key, double value,
                     int decimals);
void gaz_json_bool(struct gaz_json *json, const char *key, bool value);
void gaz_json_null(struct gaz_json *json, const char *key);
/* gaz_json_raw writes text that is JSON already. */
void gaz_json_raw(struct gaz_json *json, const char *key, const char *value);
/* gaz_json_coord writes [lon,lat] with 7 places (1 cm), GeoJSON's axis order.
 */
void gaz_json_coord(struct gaz_json *json, const char *key,
                    struct gaz_coord coord);

#endif
