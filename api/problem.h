/* problem.h - what went wrong, as RFC 9457 problem details.
 *
 * A handler that fails returns a gaz_status with the sentence in worker->ctx;
 * the helpers below add the parameter to blame and the sentence in Chinese.
 * api_problem_answer makes the answer; api_problem_write makes one without a
 * handler (the server's own refusals).
 *
 *     {"type": "urn:diming:problem:bad-request", "title": "Bad request",
 *      "title_zh": "请求有误", "status": 400, "detail": "limit is 0, ...",
 *      "detail_zh": "...", "instance": "/v1/geocode", "parameter": "limit"}
 */
#ifndef API_PROBLEM_H
#define API_PROBLEM_H

#include "api/http.h"

/* api_problem_parameter notes that `name` is wrong, in both languages; returns
 * GAZ_INVALID. `en` is a format and names the value and what is allowed. */
gaz_status api_problem_parameter(struct api_worker *worker, const char *name,
                                 const char *zh, const char *en, ...)
    __attribute__((format(printf, 4, 5)));

/* api_problem_fail notes a failure with its own HTTP status; returns `status`.
 */
gaz_status api_problem_fail(struct api_worker *worker, gaz_status status,
                            int http, const char *zh, const char *en, ...)
    __attribute__((format(printf, 5, 6)));

/* api_problem_status returns the HTTP status that a gaz_status means. */
int api_problem_status(gaz_status status);

/* api_problem_answer turns a handler's failure into the answer. Sentences of
 * IO and DB failures stay in the log: they may name paths. */
void api_problem_answer(struct api_worker *worker,
                        const struct api_request *request, gaz_status status,
                        struct api_response *out);

/* api_problem_begin opens an object with the members of problem details; the
 * caller adds its own and ends it. */
struct gaz_json;
void api_problem_begin(struct gaz_json *json, struct gaz_buffer *out, int http,
                       const char *detail, const char *detail_zh,
                       const char *instance);

/* api_problem_write appends problem details to `out`. */
void api_problem_write(struct gaz_buffer *out, int http, const char *detail,
                       const char *detail_zh, const char *instance,
                       const char *parameter);

/* api_problem_reason returns the reason phrase of a status line. */
const char *api_problem_reason(int http);

#endif
