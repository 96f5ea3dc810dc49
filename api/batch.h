/* batch.h - many addresses at once, as CSV or JSON.
 *
 * Every row gets what a single /v1/geocode gives it (gaz_batch_row). A row
 * whose best answer is not sure enough gets candidates and no position: never a
 * silent wrong answer.
 */
#ifndef API_BATCH_H
#define API_BATCH_H

#include "api/http.h"

enum {
    API_BATCH_MAX_ROWS = 100000, /* of a request; a command has no limit */
    API_BATCH_MAX_MS = 60000,    /* of a request */
    API_BATCH_CANDIDATES_MAX = 3,
};

struct api_batch {
    const char *name;   /* of the input, for messages */
    const char *column; /* of the addresses; NULL: the usual names */
    char separator;     /* ',' or '\t' */
    int max_rows;       /* 0: no limit */
    int max_ms;         /* 0: no limit */
    /* Called now and then to take what is in the buffer; NULL: never. */
    gaz_status (*flush)(struct gaz_ctx *ctx, struct gaz_buffer *out,
                        void *user);
    void *user;
    int64_t rows; /* out: how many there were */
    int64_t found;
};

/* api_batch_csv appends the table with result columns. All columns of the input
 * are kept; a row that cannot be read is kept as its text with the reason.
 * @return GAZ_OK; GAZ_INVALID: empty, no such column; GAZ_LIMIT; what flush
 *         returned */
gaz_status api_batch_csv(struct api_worker *worker, struct api_batch *batch,
                         const char *data, size_t size, struct gaz_buffer *out);

/* api_batch_json appends {"results": [...]} for a body of api_body_rows. */
gaz_status api_batch_json(struct api_worker *worker, struct api_batch *batch,
                          const char *data, size_t size,
                          struct gaz_buffer *out);

#endif
