/* ask.h - what a request asks of a job: the parameters of POST /v1/batch. */
#ifndef API_JOBS_ASK_H
#define API_JOBS_ASK_H

#include "api/http.h"
#include "api/jobs/state.h"

/* api_jobs_ask_prefers is true for a Prefer header (RFC 7240) with
 * respond-async in it. */
bool api_jobs_ask_prefers(const char *prefer);

/* api_jobs_ask_mode tells whether a job is asked for: `mode` is "job", or the
 * client prefers it and names no mode. Problem: 400, another mode, or a
 * parameter that only jobs have. */
gaz_status api_jobs_ask_mode(struct api_worker *worker,
                             const struct api_request *request, bool *is_job);

/* api_jobs_ask_parse reads type and parameters; the other fields of `out` are
 * empty. Problems: 400, 415. */
gaz_status api_jobs_ask_parse(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_job *out);

#endif
