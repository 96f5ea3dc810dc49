/* reply.h - the head of an answer, and its line in the log. */
#ifndef API_REPLY_H
#define API_REPLY_H

#include "api/http.h"

struct api_reply {
    const struct api_response *response;
    const char *id;
    const char *cors_origin; /* NULL: none */
    bool closes;
};

/* False for 204 and 304, which have neither body nor Content-Length. */
bool api_reply_has_body(int status);

/* api_reply_write_head appends the status line and the headers. */
void api_reply_write_head(const struct api_reply *reply,
                          struct gaz_buffer *out);

/* api_reply_write_hex writes 16 hexadecimal digits and a NUL; returns `out`. */
const char *api_reply_write_hex(uint64_t value, char *out);

/* api_reply_make_id writes a request id: 16 hexadecimal digits, well mixed. */
void api_reply_make_id(unsigned long long number, char out[20]);

/* What the log says about one answer. */
struct api_log_entry {
    const char *id;
    const char *method;
    const char *uri; /* NULL when the request had none */
    int status;
    double ms;
    size_t bytes;        /* of the answer's body, as sent */
    const char *failure; /* "" when nothing failed */
};

/* api_reply_log_line writes one line: time, id, method, path (without the
 * query, which may hold somebody's address), status, time taken, bytes. */
void api_reply_log_line(char *out, size_t size,
                        const struct api_log_entry *entry);

#endif
