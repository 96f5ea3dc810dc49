/* spool.h - the folder of jobs: a folder a job, and in it
 *
 *     job                 its state (state.h), replaced in one step
 *     input.csv           the table as it came: .csv .tsv .jsonl .xlsx
 *     result.csv          when done; before, result.csv.part.csv and .progress
 *     rejects.csv         rows that could not be asked, when there are any
 *
 * Folders are of their owner only: tables hold people's addresses. One process
 * has the folder at a time.
 */
#ifndef API_JOBS_SPOOL_H
#define API_JOBS_SPOOL_H

#include "api/jobs/state.h"

/* api_jobs_spool_open makes the folder when `makes` says so, and locks it.
 * *lock is closed to let it go.
 * @return GAZ_OK; GAZ_NOT_FOUND: there is none; GAZ_LIMIT: another process has
 *         it; GAZ_IO */
gaz_status api_jobs_spool_open(struct gaz_ctx *ctx, const char *dir, bool makes,
                               int *lock);

/* Paths, in ctx->arena. */
const char *api_jobs_spool_input(struct gaz_ctx *ctx, const char *dir,
                                 const struct api_job *job);
const char *api_jobs_spool_result(struct gaz_ctx *ctx, const char *dir,
                                  const struct api_job *job);
const char *api_jobs_spool_rejects(struct gaz_ctx *ctx, const char *dir,
                                   const struct api_job *job);

/* "csv" ... of a table that is not AUTO. */
const char *api_jobs_spool_ending(api_batch_table table);

/* api_jobs_spool_create makes the folder of a job and opens its input. GAZ_IO.
 */
gaz_status api_jobs_spool_create(struct gaz_ctx *ctx, const char *dir,
                                 const struct api_job *job, FILE **out);

/* api_jobs_spool_has_room is true when the disk has room for a table of so many
 * bytes, its result, and a margin. */
bool api_jobs_spool_has_room(const char *dir, int64_t bytes);

/* api_jobs_spool_save replaces the state and makes it safe on disk. GAZ_IO. */
gaz_status api_jobs_spool_save(struct gaz_ctx *ctx, const char *dir,
                               const struct api_job *job);

/* api_jobs_spool_load reads the state of folder `id`.
 * @return GAZ_OK; GAZ_NOT_FOUND: the folder has none; GAZ_INVALID; GAZ_IO */
gaz_status api_jobs_spool_load(struct gaz_ctx *ctx, const char *dir,
                               const char *id, struct api_job *out);

/* api_jobs_spool_seal makes a finished result safe on disk and tells the sizes
 * of both files. GAZ_IO. */
gaz_status api_jobs_spool_seal(struct gaz_ctx *ctx, const char *dir,
                               struct api_job *job);

/* What api_jobs_spool_clear leaves. */
typedef enum {
    API_SPOOL_NOTHING, /* the folder itself goes */
    API_SPOOL_STATE,
    API_SPOOL_INPUT,  /* and the state */
    API_SPOOL_RESULT, /* and the rejects, and the state */
} api_spool_keep;

void api_jobs_spool_clear(struct gaz_ctx *ctx, const char *dir, const char *id,
                          api_spool_keep keep);

/* api_jobs_spool_each calls `take` with the id of each folder of a job. GAZ_IO.
 */
gaz_status api_jobs_spool_each(struct gaz_ctx *ctx, const char *dir,
                               void (*take)(const char *id, void *user),
                               void *user);

#endif
