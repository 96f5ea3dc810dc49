/* parts.h - what the jobs are inside; for jobs.c, keeper.c and runner.c. Only
 * they include it. */
#ifndef API_JOBS_PARTS_H
#define API_JOBS_PARTS_H

#include <pthread.h>
#include <stdio.h>

#include "api/jobs/jobs.h"

/* A job in memory. All under the lock, except what is said. */
struct api_jobs_entry {
    struct api_job job;
    bool wants_cancel;
    atomic_bool stop;       /* any thread */
    int64_t run_started_us; /* of the monotonic clock */
    int64_t run_from_rows;
    struct api_jobs_entry *next; /* by creation */
};

/* A table on its way. What is not said is of the thread that takes it. */
struct api_jobs_draft {
    struct api_jobs *jobs;
    struct api_job job; /* its owner: under the lock too, never changed */
    FILE *file;
    bool is_submitted;
    struct api_jobs_draft *next; /* under the lock */
};

struct api_jobs {
    struct api_jobs_options options; /* with the defaults filled in */
    struct api_swap *swap;
    api_swap_log *log;
    void *log_user;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a job came, one ended, or all closes */
    int folder;             /* the lock of the folder; -1: not ours */
    bool is_closing;
    struct api_jobs_entry *entries;
    struct api_jobs_draft *drafts;
    int damaged; /* states that could not be read */
    uint64_t ended[API_JOB_STATUSES];
    uint64_t rows;
    pthread_t threads[API_JOBS_RUNNING_MAX + 1];
    int thread_count;
};

/* api_jobs_say writes a line to the log: "job 7ZK31B2A...: ...". */
void api_jobs_say(const struct api_jobs *jobs, const char *id,
                  const char *sentence);

/* ---- keeper.c, under the lock ---- */

/* api_jobs_take_folder opens the folder and reads what is in it, unless that
 * is done. As api_jobs_spool_open. */
gaz_status api_jobs_take_folder(struct gaz_ctx *ctx, struct api_jobs *jobs,
                                bool makes);

void api_jobs_add(struct api_jobs *jobs, const struct api_job *job);
struct api_jobs_entry *api_jobs_entry_of(struct api_jobs *jobs, const char *id);
/* api_jobs_forget removes a job that is over, and its files. */
void api_jobs_forget(struct gaz_ctx *ctx, struct api_jobs *jobs,
                     const char *id);
/* api_jobs_settle ends a job: its state is saved, what it needs no more goes.
 */
void api_jobs_settle(struct gaz_ctx *ctx, struct api_jobs *jobs,
                     struct api_jobs_entry *entry, api_job_status status);

/* Drafts count as waiting: their place is kept. */
int api_jobs_count_waiting(const struct api_jobs *jobs);
int api_jobs_count_kept(const struct api_jobs *jobs);

/* api_jobs_wait waits for a change, at most `ms`. */
void api_jobs_wait(struct api_jobs *jobs, int ms);

/* ---- jobs.c, under the lock ---- */

/* api_jobs_need_folder sees to it that the folder is ours, and makes it when
 * `makes` says so. GAZ_NOT_FOUND: there is none; else problem 503. */
gaz_status api_jobs_need_folder(struct api_jobs *jobs,
                                struct api_worker *worker, bool makes);
gaz_status api_jobs_fail_folder(struct api_worker *worker);

/* ---- threads ---- */

void *api_jobs_keep(void *jobs); /* keeper.c: the folder, old results */
void *api_jobs_run(void *jobs);  /* runner.c: one job after the other */

#endif
