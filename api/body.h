/* body.h - reads JSON that came from outside: the one door to jansson.
 *
 * jansson recurses once a level, and a worker's stack is 100 KB: 4 KB of "[["
 * would end the server. So the depth is counted over the raw bytes first.
 */
#ifndef API_BODY_H
#define API_BODY_H

#include "api/http.h"

enum {
    API_BODY_MAX_DEPTH = 32,
    API_BODY_JSON_MAX_BYTES = 8 * 1024 * 1024,
};

/* api_body_depth returns how deep arrays and objects are nested, counting
 * outside strings; stops at `max` + 1. */
int api_body_depth(const char *data, size_t size, int max);

struct api_body_row {
    const char *id; /* JSON text: "\"a\"", "7", "null" */
    const char *text;
};

/* api_body_rows reads {"rows": [{"id": ..., "text": "..."}]}; `id` is a string
 * or a whole number and may be absent. Lives in the arena.
 * @return GAZ_OK; GAZ_INVALID names the row and the member; GAZ_LIMIT: more
 *         than max_rows or API_BODY_JSON_MAX_BYTES */
gaz_status api_body_rows(struct api_worker *worker, const char *data,
                         size_t size, int max_rows, struct api_body_row **rows,
                         int *count);

/* JSON of any shape, as a tree in the arena. */
typedef enum {
    API_VALUE_NULL,
    API_VALUE_BOOLEAN,
    API_VALUE_NUMBER,
    API_VALUE_TEXT,
    API_VALUE_LIST,
    API_VALUE_OBJECT,
} api_value_kind;

struct api_value {
    api_value_kind kind;
    const char *name; /* as a member of an object, else NULL */
    const char *text; /* TEXT; of a NUMBER, as it would be written */
    double number;    /* NUMBER; 0 or 1 of a BOOLEAN */
    const struct api_value *items; /* LIST, OBJECT */
    int count;
};

/* api_body_value reads JSON that came in the body or in the parameter
 * `parameter`. GAZ_INVALID: no JSON, or too deep; GAZ_LIMIT: too large. */
gaz_status api_body_value(struct api_worker *worker, const char *parameter,
                          const char *data, size_t size,
                          const struct api_value **out);

/* api_body_member returns the member of an object, NULL when there is none;
 * `object` may be NULL. */
const struct api_value *api_body_member(const struct api_value *object,
                                        const char *name);
/* The text of a TEXT or NUMBER member; NULL when it is absent or another. */
const char *api_body_text(const struct api_value *object, const char *name);

struct api_body_pair {
    const char *a;
    const char *b;
};

/* api_body_pairs reads {"pairs": [{"a": "...", "b": "..."}]}, or
 * {"a": "...", "candidates": ["..."]} as pairs with one a, and *is_list.
 * limits: of pairs, of candidates. As api_body_rows. */
gaz_status api_body_pairs(struct api_worker *worker, const char *data,
                          size_t size, const int limits[2],
                          struct api_body_pair **pairs, int *count,
                          bool *is_list);

#endif
