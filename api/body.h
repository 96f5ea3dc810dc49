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

struct api_body_pair {
    const char *a;
    const char *b;
};

/* api_body_pairs reads {"pairs": [{"a": "...", "b": "..."}]}; as api_body_rows.
 */
gaz_status api_body_pairs(struct api_worker *worker, const char *data,
                          size_t size, int max_pairs,
                          struct api_body_pair **pairs, int *count);

#endif
