/* batch.h - many addresses in one request, as CSV, TSV or JSON.
 *
 * Every row gets what a single /v1/geocode gives it (row.h).
 */
#ifndef API_BATCH_BATCH_H
#define API_BATCH_BATCH_H

#include "api/batch/row.h"
#include "api/http.h"

enum {
    API_BATCH_MAX_ROWS = 100000, /* of a request; a job has no limit */
    API_BATCH_MAX_MS = 60000,    /* of a request */
};

struct api_batch {
    const char *name;   /* of the input, for messages */
    const char *column; /* of the addresses; NULL: the usual names */
    char separator;     /* ',' or '\t' */
    int max_rows;       /* 0: no limit */
    int max_ms;         /* 0: no limit */
    struct api_batch_counts counts; /* out */
};

/* api_batch_csv appends the table with result columns.
 * @return GAZ_OK; GAZ_INVALID: empty, no such column; GAZ_LIMIT */
gaz_status api_batch_csv(struct api_worker *worker, struct api_batch *batch,
                         const char *data, size_t size, struct gaz_buffer *out);

/* api_batch_json appends {"results": [...]} for a body of api_body_rows. */
gaz_status api_batch_json(struct api_worker *worker, struct api_batch *batch,
                          const char *data, size_t size,
                          struct gaz_buffer *out);

/* api_batch_has_type is true when a Content-Type (NULL: none) is `type`, with
 * or without parameters. */
bool api_batch_has_type(const char *content_type, const char *type);

#endif
