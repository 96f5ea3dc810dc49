/* find.h - one question, its answers: shared by HTTP and the command line. */
#ifndef API_FIND_H
#define API_FIND_H

#include "api/http.h"

typedef enum {
    API_FIND_GEOCODE,
    API_FIND_SEARCH,
    API_FIND_SUGGEST,
    API_FIND_REVERSE,
} api_find_kind;

/* api_find_answers reads the parameters of the request and asks. */
gaz_status api_find_answers(struct api_worker *worker,
                            const struct api_request *request,
                            api_find_kind kind, struct gaz_answers *out);

/* api_find_write_elements appends {"text", "elements": [{"label", "start",
 * "end", "text"}]}, offsets in code points of `text`; with `rewrites` (or
 * NULL) also "standardised" and "rewrites". */
void api_find_write_elements(const char *text,
                             const struct gaz_elements *elements,
                             const struct gaz_rewrites *rewrites,
                             struct gaz_buffer *out);

#endif
