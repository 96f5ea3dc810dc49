/* jobs.h - tables that are answered after their request has ended.
 *
 *     POST /v1/batch?mode=job -> a draft: the body goes to a file as it comes
 *       -> submit: the state is safe on disk, the job waits in the queue
 *       -> a thread of jobs runs it (runner.c, api/batch/run.h)
 *       -> its result is fetched, until it is removed or too old
 *
 * A service that stops, or is killed, goes on with what it had not finished;
 * the result is byte for byte what it would have been. Threads of jobs have a
 * low priority, so that questions are answered first.
 *
 * A job is seen by the key that made it, and by an admin. One that was made
 * without a key is seen by whoever knows its id, which cannot be guessed.
 */
#ifndef API_JOBS_JOBS_H
#define API_JOBS_JOBS_H

#include "api/http.h"
#include "api/jobs/state.h"
#include "api/snapshot_swap.h"
#include "gazetteer/base/file.h"

struct api_jobs_options {
    const char *dir;        /* the folder of jobs; NULL: none are taken */
    int64_t body_max_bytes; /* of a table; 0: the default, as below */
    int queue_max;          /* jobs that wait */
    int running_max;        /* jobs at a time */
    int threads;            /* of all that run; 0: one a core */
    int64_t keep_ms;        /* of what is over */
};

enum {
    API_JOBS_QUEUE_DEFAULT = 16,
    API_JOBS_RUNNING_DEFAULT = 1,
    API_JOBS_RUNNING_MAX = 16,
    API_JOBS_PER_KEY_MAX = 8, /* not over yet */
    API_JOBS_KEPT_MAX = 1000, /* in all */
    API_JOBS_ATTEMPTS_MAX = 5,
    API_JOBS_RETRY_S = 60,
};
static const int64_t API_JOBS_BODY_DEFAULT_BYTES = (int64_t)1 << 30;
static const int64_t API_JOBS_KEEP_DEFAULT_MS = (int64_t)7 * 86400 * 1000;

/* A job as somebody sees it. */
struct api_jobs_view {
    struct api_job job;
    int64_t expires_ms;    /* when it is removed; 0: not over yet */
    int64_t rows_per_s;    /* 0: nothing to tell by */
    int position;          /* in the queue, 1 is the next; 0: not in it */
    bool is_being_stopped; /* cancelled, but its last rows are under way */
};

struct api_jobs;
struct api_jobs_draft;

/* api_jobs_open begins to work on what the folder holds. A folder that another
 * process has is taken over when that lets it go; one that does not exist is
 * made when the first job comes. `log` may be NULL.
 * @return GAZ_OK; GAZ_IO: no thread */
gaz_status api_jobs_open(struct gaz_ctx *ctx,
                         const struct api_jobs_options *options,
                         struct api_swap *swap, api_swap_log *log, void *user,
                         struct api_jobs **out);

/* api_jobs_close stops what runs, to go on at the next start; accepts NULL. */
void api_jobs_close(struct api_jobs *jobs);

/* api_jobs_receive begins to take a table of `bytes` for what `asked` says
 * (ask.h). Problems: 413 too large, 429 the key has enough jobs, 503 the queue
 * is full, the disk is, or there is no folder. `jobs` may be NULL. */
gaz_status api_jobs_receive(struct api_jobs *jobs, struct api_worker *worker,
                            const struct api_job *asked, int64_t bytes,
                            struct api_jobs_draft **out);

/* api_jobs_receive_more takes the next bytes. Problem: 503 the disk is full. */
gaz_status api_jobs_receive_more(struct api_worker *worker,
                                 struct api_jobs_draft *draft, const void *data,
                                 size_t size);

/* api_jobs_submit queues a table that has come whole. The draft stays open. */
gaz_status api_jobs_submit(struct api_worker *worker,
                           struct api_jobs_draft *draft,
                           struct api_jobs_view *out);

/* api_jobs_drop closes a draft; one that was not submitted leaves nothing.
 * Accepts NULL. */
void api_jobs_drop(struct api_jobs_draft *draft);

/* api_jobs_find gives a job to who may see it. Problem: 404, also for a job of
 * somebody else. `jobs` may be NULL. */
gaz_status api_jobs_find(struct api_jobs *jobs, struct api_worker *worker,
                         const char *id, struct api_jobs_view *out);

/* api_jobs_list gives the jobs of the caller's key (an admin: all), the oldest
 * first, in the arena. Without a key there are none. */
void api_jobs_list(struct api_jobs *jobs, struct api_worker *worker,
                   struct api_jobs_view **items, int *count);

/* api_jobs_remove cancels a job that is not over and waits a moment for its
 * end; one that is over goes with its files, *is_gone. Problem: 404. */
gaz_status api_jobs_remove(struct api_jobs *jobs, struct api_worker *worker,
                           const char *id, struct api_jobs_view *out,
                           bool *is_gone);

/* api_jobs_result maps the result, or the rejects, of a job that is done.
 * Problems: 404 no such job, no rejects, or it failed or was cancelled; 409 not
 * yet. */
gaz_status api_jobs_result(struct api_jobs *jobs, struct api_worker *worker,
                           const char *id, bool wants_rejects,
                           struct api_jobs_view *view, struct gaz_map *out);

/* api_jobs_write_metrics appends Prometheus text; accepts NULL. */
void api_jobs_write_metrics(struct api_jobs *jobs, struct gaz_buffer *out);

#endif
