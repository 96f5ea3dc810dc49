/* SPDX-License-Identifier: Apache-2.0 */
/* runner.c - runs one job after the other, by api/batch/run.h. */
#include "api/jobs/parts.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/batch/sink.h"
#include "api/jobs/spool.h"
#include "gazetteer/base/clock.h"

enum {
    IDLE_MS = 1000,
    /* A tenth of the weight of a question, which so is answered first; 19 would
     * stop a job on a machine that other programs share. */
    NICENESS = 10,
};

/* What the callbacks of a run need. */
struct watch {
    struct api_jobs *jobs;
    struct api_jobs_entry *entry;
};

static void note_progress(const struct api_batch_counts *counts, void *user)
{
    const struct watch *watch = user;
    struct api_jobs *jobs = watch->jobs;
    struct api_job *job = &watch->entry->job;
    (void)pthread_mutex_lock(&jobs->lock);
    if (counts->rows > job->counts.rows)
        jobs->rows += (uint64_t)(counts->rows - job->counts.rows);
    job->counts = *counts;
    (void)pthread_mutex_unlock(&jobs->lock);
}

static void note_total(int64_t rows, void *user)
{
    const struct watch *watch = user;
    (void)pthread_mutex_lock(&watch->jobs->lock);
    watch->entry->job.rows_total = rows;
    (void)pthread_mutex_unlock(&watch->jobs->lock);
}

/* ---- before ---- */

/* The next one that waits; NULL: none, or there is nothing to answer from. */
static struct api_jobs_entry *next_waiting(struct api_jobs *jobs)
{
    struct api_jobs_entry *entry = jobs->entries;
    while (entry && entry->job.status != API_JOB_QUEUED)
        entry = entry->next;
    return entry;
}

/* Rows that are safe on disk already. */
static int64_t safe_rows(struct gaz_ctx *ctx, const char *result)
{
    struct api_batch_checkpoint point;
    const char *path = api_batch_sink_progress(ctx, result);
    gaz_status status = api_batch_checkpoint_load(ctx, path, &point);
    ctx->failure[0] = '\0';
    return status == GAZ_OK ? point.counts.rows : 0;
}

/* Notes that the job runs, on disk too. A job that ends the process whenever it
 * runs is not run for ever. */
static gaz_status begin(struct gaz_ctx *ctx, struct api_jobs *jobs,
                        struct api_jobs_entry *entry)
{
    struct api_job *job = &entry->job;
    const char *dir = jobs->options.dir;
    const int64_t rows = safe_rows(ctx, api_jobs_spool_result(ctx, dir, job));
    job->attempts = rows > job->attempt_rows ? 1 : job->attempts + 1;
    job->attempt_rows = rows;
    job->status = API_JOB_RUNNING;
    if (job->started_ms == 0)
        job->started_ms = gaz_clock_unix_ms();
    entry->run_started_us = gaz_clock_us();
    entry->run_from_rows = rows;
    job->counts = (struct api_batch_counts){.rows = rows};
    atomic_store(&entry->stop, false);
    if (job->attempts > API_JOBS_ATTEMPTS_MAX)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "the service ended %d times while it answered this "
                        "table",
                        job->attempts - 1);
    return api_jobs_spool_save(ctx, dir, job);
}

/* ---- the run ---- */

static const char *or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static int threads_of(const struct api_jobs *jobs)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const int all = jobs->options.threads > 0 ? jobs->options.threads
                    : cores > 1               ? (int)cores
                                              : 1;
    const int each = all / jobs->options.running_max;
    return each < 1                       ? 1
           : each > API_BATCH_THREADS_MAX ? API_BATCH_THREADS_MAX
                                          : each;
}

static struct api_batch_run make_run(struct gaz_ctx *ctx, struct watch *watch,
                                     const struct gaz_snapshot *snap)
{
    const struct api_jobs *jobs = watch->jobs;
    const struct api_job *job = &watch->entry->job;
    const char *dir = jobs->options.dir;
    return (struct api_batch_run){
        .snap = snap,
        .input = api_jobs_spool_input(ctx, dir, job),
        .output = api_jobs_spool_result(ctx, dir, job),
        .rejects = api_jobs_spool_rejects(ctx, dir, job),
        .input_table = job->input_table,
        .output_table = job->output_table,
        .encoding = job->encoding,
        .as_gb18030 = job->output_encoding == IMP_ENCODING_GB18030,
        .columns = or_null(job->columns),
        .id = or_null(job->id_column),
        .in_code = or_null(job->in_code),
        .at = job->at,
        .threads = threads_of(jobs),
        .cancel = &watch->entry->stop,
        .counted = note_total,
        .progress = note_progress,
        .user = watch};
}

/* Goes on where the job was. What it left may be of no use, for there is
 * another snapshot by now, or a file did not reach the disk: then anew. */
static gaz_status run_table(struct gaz_ctx *ctx, struct watch *watch,
                            struct api_batch_run *run)
{
    const char *progress = api_batch_sink_progress(ctx, run->output);
    run->resume = access(progress, F_OK) == 0;
    gaz_status status = api_batch_run(ctx, run);
    if (status == GAZ_OK || !run->resume || run->counts.rows > 0)
        return status;
    ctx->failure[0] = '\0';
    api_jobs_spool_clear(ctx, watch->jobs->options.dir, watch->entry->job.id,
                         API_SPOOL_INPUT);
    watch->entry->run_from_rows = 0;
    run->resume = false;
    return api_batch_run(ctx, run);
}

/* ---- after ---- */

/* The sentence for who asked: paths of this machine are left out, and failures
 * of it stay in the log. */
static void tell_failure(const struct api_jobs *jobs, struct api_job *job,
                         gaz_status status, const char *sentence)
{
    char folder[GAZ_FAILURE_MAX_BYTES];
    (void)snprintf(folder, sizeof(folder), "%s/%s/", jobs->options.dir,
                   job->id);
    if (status == GAZ_IO || status == GAZ_DB) {
        (void)snprintf(job->failure, sizeof(job->failure),
                       "the files of the job could not be read or written; the "
                       "log of the service has the reason");
        return;
    }
    const size_t len = strlen(folder);
    size_t used = 0;
    while (*sentence && used < sizeof(job->failure) - 1) {
        if (strncmp(sentence, folder, len) == 0)
            sentence += len;
        else
            job->failure[used++] = *sentence++;
    }
    job->failure[used] = '\0';
}

/* Stopped because the service stops: it goes on at the next start, and this one
 * was no attempt that failed. */
static void put_off(struct gaz_ctx *ctx, const struct api_jobs *jobs,
                    struct api_job *job)
{
    job->attempts--;
    if (api_jobs_spool_save(ctx, jobs->options.dir, job) != GAZ_OK)
        api_jobs_say(jobs, job->id, gaz_ctx_failure(ctx));
}

static void end(struct gaz_ctx *ctx, struct api_jobs *jobs,
                struct api_jobs_entry *entry, gaz_status status,
                bool is_stopped)
{
    struct api_job *job = &entry->job;
    if (entry->wants_cancel) {
        ctx->failure[0] = '\0';
        api_jobs_settle(ctx, jobs, entry, API_JOB_CANCELLED);
        return;
    }
    if (is_stopped) {
        put_off(ctx, jobs, job);
        return;
    }
    if (status == GAZ_OK)
        status = api_jobs_spool_seal(ctx, jobs->options.dir, job);
    if (status == GAZ_OK) {
        job->rows_total = job->counts.rows;
        api_jobs_settle(ctx, jobs, entry, API_JOB_DONE);
        return;
    }
    api_jobs_say(jobs, job->id, gaz_ctx_failure(ctx));
    tell_failure(jobs, job, status, gaz_ctx_failure(ctx));
    ctx->failure[0] = '\0';
    api_jobs_settle(ctx, jobs, entry, API_JOB_FAILED);
}

/* Under the lock, which it lets go while rows are answered. */
static void run_job(struct gaz_ctx *ctx, struct api_jobs *jobs,
                    struct api_jobs_entry *entry,
                    const struct gaz_snapshot *snap)
{
    struct watch watch = {.jobs = jobs, .entry = entry};
    struct api_batch_run run = {.is_cancelled = false};
    gaz_status status = begin(ctx, jobs, entry);
    if (status == GAZ_OK) {
        run = make_run(ctx, &watch, snap);
        (void)pthread_mutex_unlock(&jobs->lock);
        status = run_table(ctx, &watch, &run);
        (void)pthread_mutex_lock(&jobs->lock);
        if (status == GAZ_OK && !run.is_cancelled)
            entry->job.counts = run.counts;
    }
    end(ctx, jobs, entry, status, run.is_cancelled);
}

void *api_jobs_run(void *argument)
{
    struct api_jobs *jobs = argument;
    struct gaz_ctx ctx = {.failure = ""};
    /* Linux: of this thread, and of those that it starts. */
    (void)setpriority(PRIO_PROCESS, 0, NICENESS);
    (void)pthread_mutex_lock(&jobs->lock);
    while (!jobs->is_closing) {
        struct api_jobs_entry *entry = next_waiting(jobs);
        struct api_shot *shot =
            entry ? api_snapshot_swap_take(jobs->swap) : NULL;
        if (shot) {
            run_job(&ctx, jobs, entry, shot->snap);
            api_snapshot_swap_give(jobs->swap, shot);
            gaz_ctx_next(&ctx);
        } else {
            api_jobs_wait(jobs, IDLE_MS);
        }
    }
    (void)pthread_mutex_unlock(&jobs->lock);
    gaz_ctx_close(&ctx);
    return NULL;
}
