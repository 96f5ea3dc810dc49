/* table.h - the routes of batches and jobs. */
#ifndef API_JOBS_TABLE_H
#define API_JOBS_TABLE_H

#include "api/route.h"

extern const struct api_route JOBS_ROUTES[];
extern const struct api_param_doc JOBS_PARAM_DOCS[];
extern const struct api_example JOBS_EXAMPLES[];

/* A job that is done, as JSON: one to show cannot be asked for, as the other
 * examples are (tests/e2e/jobs.test.mjs compares it with a real one). */
extern const char JOBS_EXAMPLE_ANSWER[];

/* handlers.c */
api_handler api_jobs_post;
api_handler api_jobs_get_all;
api_handler api_jobs_get;
api_handler api_jobs_delete;
api_handler api_jobs_get_result;
api_handler api_jobs_get_rejects;

#endif
