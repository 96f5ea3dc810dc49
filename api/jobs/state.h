/* state.h - what is known of a job, and the text that keeps it.
 *
 * A job is a table that is answered after its request has ended. Its state is a
 * small text file, replaced in one step at each change, so that a service that
 * starts again knows what was asked and how far it is. The file is read after a
 * crash: it is outside bytes, and a seal at its end tells whether it is whole.
 *
 *     diming job 1
 *     id 7ZK3...            one line a field, always all, in one order
 *     status running
 *     ...
 *     seal 9f86d081884c7d65
 */
#ifndef API_JOBS_STATE_H
#define API_JOBS_STATE_H

#include "api/batch/run.h"
#include "gazetteer/store/key.h"

enum {
    API_JOBS_ID_CHARS = 26,     /* of Crockford's base 32: 130 bits */
    API_JOBS_TEXT_BYTES = 1024, /* of a name of columns, with its NUL */
    API_JOBS_STATE_MAX_BYTES = 16 * 1024,
};

typedef enum {
    API_JOB_QUEUED,
    API_JOB_RUNNING,
    API_JOB_DONE,
    API_JOB_FAILED,
    API_JOB_CANCELLED,
    API_JOB_STATUSES,
} api_job_status;

/* A job, copied freely. Times are milliseconds since 1970, UTC; 0: not yet. */
struct api_job {
    char id[API_JOBS_ID_CHARS + 1];
    char owner[GAZ_KEY_ID_CHARS + 1]; /* the key that made it; "": none */
    api_job_status status;
    int64_t created_ms;
    int64_t started_ms; /* the first time */
    int64_t finished_ms;
    /* What was asked. */
    api_batch_table input_table;         /* never AUTO */
    api_batch_table output_table;        /* never AUTO */
    imp_encoding encoding;               /* AUTO: told by the bytes */
    imp_encoding output_encoding;        /* UTF-8 or GB18030 */
    gaz_date at;                         /* the day it is answered for */
    char columns[API_JOBS_TEXT_BYTES];   /* of the address; "": the usual */
    char id_column[API_JOBS_TEXT_BYTES]; /* "": none */
    char in_code[16];                    /* "": all */
    int64_t input_bytes;
    /* What came of it. */
    int64_t rows_total; /* -1: not known */
    struct api_batch_counts counts;
    int64_t result_bytes; /* when done */
    int64_t reject_bytes; /* 0: no row was rejected */
    int attempts;         /* starts since the last row that was safe on disk */
    int64_t attempt_rows; /* rows that were safe then */
    char failure[GAZ_FAILURE_MAX_BYTES]; /* of a failed one, without paths */
};

/* "queued", "running" ... */
const char *api_jobs_state_name(api_job_status status);

static inline bool api_jobs_state_is_over(api_job_status status)
{
    return status != API_JOB_QUEUED && status != API_JOB_RUNNING;
}

/* api_jobs_state_is_id is true for 26 characters of the alphabet: nothing else
 * becomes part of a path. */
bool api_jobs_state_is_id(const char *text);

/* api_jobs_state_write appends the text of a job. */
void api_jobs_state_write(const struct api_job *job, struct gaz_buffer *out);

/* api_jobs_state_parse reads it back.
 * @return GAZ_OK; GAZ_INVALID with the line and the reason */
gaz_status api_jobs_state_parse(struct gaz_ctx *ctx, const char *text,
                                size_t size, struct api_job *out);

#endif
