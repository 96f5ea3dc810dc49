/* pipeline.h - a table over several threads, rows in order, memory flat.
 *
 * One thread (the caller's) reads rows into chunks and hands finished chunks to
 * `put`, in the order of the input; the others answer them. There are a few
 * chunks and no more, so memory does not grow with the table.
 */
#ifndef API_BATCH_PIPELINE_H
#define API_BATCH_PIPELINE_H

#include <stdatomic.h>

#include "api/batch/row.h"

enum { API_BATCH_THREADS_MAX = 64 };

/* A finished stretch of the table. */
struct api_batch_piece {
    const struct gaz_buffer *out; /* rows, ready to be written */
    const struct gaz_buffer
        *rejects;                   /* rows of the reject file; may be empty */
    struct api_batch_counts counts; /* of this stretch */
    const char *last_id;            /* of its last row, "" when there is none */
};

struct api_batch_pipeline {
    const struct api_batch_plan *plan;
    struct imp_reader *reader;
    int threads;               /* 1 to API_BATCH_THREADS_MAX */
    const atomic_bool *cancel; /* stops after the rows under way; NULL: never */
    gaz_status (*put)(struct gaz_ctx *ctx, const struct api_batch_piece *piece,
                      void *user);
    void *user;
};

/* api_batch_pipeline_run returns when all that was read is put: at the end of
 * the table, on cancel (GAZ_OK as well: the caller knows), or at a failure of
 * the reader, of a row, or of `put`. What came before a failure was put. */
gaz_status api_batch_pipeline_run(struct gaz_ctx *ctx,
                                  const struct api_batch_pipeline *pipeline);

/* "line,id,reason_zh,raw" of the reject file, with the mark that makes
 * spreadsheets read the Chinese as UTF-8. */
extern const char API_BATCH_REJECT_HEAD[];

#endif
