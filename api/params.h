/* params.h - the query of a request: decoded once, read strictly.
 *
 * Every value has a named range; a wrong one is a 400 problem that names the
 * parameter, the value and what is allowed. Nothing is guessed or clipped.
 */
#ifndef API_PARAMS_H
#define API_PARAMS_H

#include "api/http.h"

enum {
    API_LIMIT_DEFAULT = 10,
    API_LIMIT_BRIEF = 5,        /* of reverse and suggest over HTTP */
    API_PARAM_MAX_BYTES = 4096, /* of one decoded value */
};

typedef enum { API_LANG_ZH, API_LANG_EN } api_lang;

/* api_params_decode decodes %XX (and + as a blank when `is_query`). NULL when
 * an escape is broken, a NUL is hidden in it, or the result is not UTF-8. */
const char *api_params_decode(struct gaz_arena *arena, const char *text,
                              size_t len, bool is_query);

/* api_params_parse fills request->params from "a=1&b=%E5%8C%97" (may be NULL).
 * @return GAZ_OK; GAZ_INVALID: broken escape, a name twice; GAZ_LIMIT */
gaz_status api_params_parse(struct api_worker *worker, const char *query,
                            struct api_request *request);

/* The readers below leave *out alone on failure; an absent parameter gives the
 * fallback. */
gaz_status api_params_int(struct api_worker *worker,
                          const struct api_request *request, const char *name,
                          int min, int max, int fallback, int *out);
gaz_status api_params_number(struct api_worker *worker,
                             const struct api_request *request,
                             const char *name, double min, double max,
                             double fallback, double *out);
/* `at`: YYYY-MM-DD, or 0 when absent. */
gaz_status api_params_at(struct api_worker *worker,
                         const struct api_request *request, gaz_date *out);
gaz_status api_params_lang(struct api_worker *worker,
                           const struct api_request *request, api_lang *out);
/* `lon` and `lat`, both required. */
gaz_status api_params_coord(struct api_worker *worker,
                            const struct api_request *request,
                            struct gaz_coord *out);
/* q, limit, at, focus, in and category; out->focus lives in the arena. */
gaz_status api_params_query(struct api_worker *worker,
                            const struct api_request *request,
                            struct gaz_query *out);

#endif
