/* SPDX-License-Identifier: Apache-2.0 */
#include "api/jobs/jobs.h"

#include <string.h>
#include <unistd.h>

#include "api/jobs/parts.h"
#include "api/jobs/spool.h"
#include "api/problem.h"
#include "gazetteer/base/clock.h"

enum { STOP_WAIT_MS = 1000 };

/* ---- opening and closing ---- */

static char *copy_text(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = gaz_malloc(size);
    memcpy(copy, text, size);
    return copy;
}

static void fill_options(struct api_jobs *jobs,
                         const struct api_jobs_options *given)
{
    struct api_jobs_options *options = &jobs->options;
    *options = *given;
    options->dir = copy_text(given->dir);
    if (options->body_max_bytes <= 0)
        options->body_max_bytes = API_JOBS_BODY_DEFAULT_BYTES;
    if (options->queue_max <= 0)
        options->queue_max = API_JOBS_QUEUE_DEFAULT;
    if (options->running_max <= 0)
        options->running_max = API_JOBS_RUNNING_DEFAULT;
    if (options->running_max > API_JOBS_RUNNING_MAX)
        options->running_max = API_JOBS_RUNNING_MAX;
    if (options->keep_ms <= 0)
        options->keep_ms = API_JOBS_KEEP_DEFAULT_MS;
}

static int start_threads(struct api_jobs *jobs)
{
    int failed = 0;
    while (!failed && jobs->thread_count <= jobs->options.running_max) {
        failed = pthread_create(
            &jobs->threads[jobs->thread_count], NULL,
            jobs->thread_count == 0 ? api_jobs_keep : api_jobs_run, jobs);
        if (!failed)
            jobs->thread_count++;
    }
    return failed;
}

gaz_status api_jobs_open(struct gaz_ctx *ctx,
                         const struct api_jobs_options *options,
                         struct api_swap *swap, api_swap_log *log, void *user,
                         struct api_jobs **out)
{
    struct api_jobs *jobs = gaz_malloc(sizeof(*jobs));
    fill_options(jobs, options);
    jobs->swap = swap;
    jobs->log = log;
    jobs->log_user = user;
    jobs->folder = -1;
    (void)pthread_mutex_init(&jobs->lock, NULL);
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&jobs->changed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    (void)pthread_mutex_lock(&jobs->lock);
    gaz_status status = api_jobs_take_folder(ctx, jobs, false);
    if (status != GAZ_OK && status != GAZ_NOT_FOUND && log)
        log(gaz_arena_printf(&ctx->arena, "no jobs yet: %s",
                             gaz_ctx_failure(ctx)),
            user);
    ctx->failure[0] = '\0';
    (void)pthread_mutex_unlock(&jobs->lock);
    const int failed = start_threads(jobs);
    if (failed) {
        api_jobs_close(jobs);
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                        strerror(failed));
    }
    *out = jobs;
    return GAZ_OK;
}

void api_jobs_close(struct api_jobs *jobs)
{
    if (!jobs)
        return;
    (void)pthread_mutex_lock(&jobs->lock);
    jobs->is_closing = true;
    for (struct api_jobs_entry *entry = jobs->entries; entry;
         entry = entry->next)
        atomic_store(&entry->stop, true);
    (void)pthread_cond_broadcast(&jobs->changed);
    (void)pthread_mutex_unlock(&jobs->lock);
    for (int i = 0; i < jobs->thread_count; i++)
        (void)pthread_join(jobs->threads[i], NULL);
    while (jobs->entries) {
        struct api_jobs_entry *entry = jobs->entries;
        jobs->entries = entry->next;
        gaz_free(entry);
    }
    if (jobs->folder >= 0)
        (void)close(jobs->folder);
    (void)pthread_cond_destroy(&jobs->changed);
    (void)pthread_mutex_destroy(&jobs->lock);
    gaz_free((void *)(uintptr_t)jobs->options.dir);
    gaz_free(jobs);
}

/* ---- looking ---- */

gaz_status api_jobs_fail_folder(struct api_worker *worker)
{
    return api_problem_fail(worker, GAZ_IO, 503, "作业暂不可用",
                            "the folder of jobs cannot be used now");
}

gaz_status api_jobs_need_folder(struct api_jobs *jobs,
                                struct api_worker *worker, bool makes)
{
    struct gaz_ctx ctx = {.failure = ""};
    gaz_status status = api_jobs_take_folder(&ctx, jobs, makes);
    if (status != GAZ_OK && status != GAZ_NOT_FOUND) {
        if (jobs->log)
            jobs->log(gaz_ctx_failure(&ctx), jobs->log_user);
        worker->retry_after_s = API_JOBS_RETRY_S;
        status = api_jobs_fail_folder(worker);
    }
    gaz_ctx_close(&ctx);
    return status;
}

static bool may_see(const struct api_caller *caller, const struct api_job *job)
{
    return (caller->roles & GAZ_ROLE_ADMIN) != 0 || job->owner[0] == '\0' ||
           strcmp(job->owner, api_caller_owner(caller)) == 0;
}

static int position_of(const struct api_jobs *jobs,
                       const struct api_jobs_entry *entry)
{
    int position = 1;
    for (const struct api_jobs_entry *at = jobs->entries; at != entry;
         at = at->next)
        position += at->job.status == API_JOB_QUEUED;
    return position;
}

/* Rows of the stretch that runs, or of the whole. */
static int64_t rows_per_s(const struct api_jobs_entry *entry)
{
    const struct api_job *job = &entry->job;
    int64_t rows = job->counts.rows;
    int64_t ms = job->finished_ms - job->started_ms;
    if (job->status == API_JOB_RUNNING) {
        rows -= entry->run_from_rows;
        ms = (gaz_clock_us() - entry->run_started_us) / 1000;
    }
    return job->started_ms > 0 && rows > 0 && ms > 0 ? rows * 1000 / ms : 0;
}

static struct api_jobs_view view_of(const struct api_jobs *jobs,
                                    const struct api_jobs_entry *entry)
{
    struct api_jobs_view view = {.job = entry->job,
                                 .rows_per_s = rows_per_s(entry),
                                 .is_being_stopped = entry->wants_cancel};
    if (api_jobs_state_is_over(view.job.status)) {
        view.expires_ms = view.job.finished_ms + jobs->options.keep_ms;
        view.is_being_stopped = false;
    }
    if (view.job.status == API_JOB_QUEUED)
        view.position = position_of(jobs, entry);
    return view;
}

/* Under the lock; NULL: none that the caller may see. */
static struct api_jobs_entry *
look_up(struct api_jobs *jobs, const struct api_worker *worker, const char *id)
{
    struct api_jobs_entry *entry = api_jobs_entry_of(jobs, id);
    return entry && may_see(&worker->caller, &entry->job) ? entry : NULL;
}

static gaz_status fail_unknown(struct api_worker *worker)
{
    return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这项作业",
                            "no such job; it may have been removed, or belong "
                            "to another key");
}

gaz_status api_jobs_find(struct api_jobs *jobs, struct api_worker *worker,
                         const char *id, struct api_jobs_view *out)
{
    if (!jobs)
        return fail_unknown(worker);
    (void)pthread_mutex_lock(&jobs->lock);
    gaz_status status = api_jobs_need_folder(jobs, worker, false);
    const struct api_jobs_entry *entry =
        status == GAZ_OK ? look_up(jobs, worker, id) : NULL;
    if (entry)
        *out = view_of(jobs, entry);
    (void)pthread_mutex_unlock(&jobs->lock);
    if (entry)
        return GAZ_OK;
    return status == GAZ_OK || status == GAZ_NOT_FOUND ? fail_unknown(worker)
                                                       : status;
}

static bool is_listed(const struct api_caller *caller,
                      const struct api_job *job)
{
    return (caller->roles & GAZ_ROLE_ADMIN) != 0 ||
           (caller->id[0] && strcmp(job->owner, api_caller_owner(caller)) == 0);
}

void api_jobs_list(struct api_jobs *jobs, struct api_worker *worker,
                   struct api_jobs_view **items, int *count)
{
    *items = NULL;
    *count = 0;
    if (!jobs)
        return;
    (void)pthread_mutex_lock(&jobs->lock);
    *items =
        gaz_arena_array(&worker->ctx.arena,
                        (size_t)api_jobs_count_kept(jobs) + 1, sizeof(**items));
    for (const struct api_jobs_entry *at = jobs->entries; at; at = at->next)
        if (is_listed(&worker->caller, &at->job))
            (*items)[(*count)++] = view_of(jobs, at);
    (void)pthread_mutex_unlock(&jobs->lock);
}

/* ---- ending ---- */

/* Asks a running job to stop, on disk too, and waits a moment. It may be gone
 * by then. Under the lock. */
static struct api_jobs_entry *stop(struct gaz_ctx *ctx, struct api_jobs *jobs,
                                   struct api_jobs_entry *entry, const char *id)
{
    struct api_job cancelled = entry->job;
    cancelled.status = API_JOB_CANCELLED;
    if (!entry->wants_cancel &&
        api_jobs_spool_save(ctx, jobs->options.dir, &cancelled) != GAZ_OK)
        api_jobs_say(jobs, id, gaz_ctx_failure(ctx));
    entry->wants_cancel = true;
    atomic_store(&entry->stop, true);
    const int64_t until_us = gaz_clock_us() + (int64_t)STOP_WAIT_MS * 1000;
    while (entry && !api_jobs_state_is_over(entry->job.status)) {
        const int64_t left_us = until_us - gaz_clock_us();
        if (left_us <= 0)
            break;
        api_jobs_wait(jobs, (int)(left_us / 1000) + 1);
        entry = api_jobs_entry_of(jobs, id);
    }
    return entry;
}

gaz_status api_jobs_remove(struct api_jobs *jobs, struct api_worker *worker,
                           const char *id, struct api_jobs_view *out,
                           bool *is_gone)
{
    struct gaz_ctx ctx = {.failure = ""};
    gaz_status status = api_jobs_find(jobs, worker, id, out);
    if (status != GAZ_OK)
        return status;
    (void)pthread_mutex_lock(&jobs->lock);
    struct api_jobs_entry *entry = api_jobs_entry_of(jobs, id);
    *is_gone = !entry || api_jobs_state_is_over(entry->job.status);
    if (*is_gone) {
        api_jobs_forget(&ctx, jobs, id);
    } else if (entry->job.status == API_JOB_QUEUED) {
        api_jobs_settle(&ctx, jobs, entry, API_JOB_CANCELLED);
    } else {
        entry = stop(&ctx, jobs, entry, id);
        *is_gone = !entry;
    }
    if (!*is_gone)
        *out = view_of(jobs, entry);
    (void)pthread_mutex_unlock(&jobs->lock);
    gaz_ctx_close(&ctx);
    return GAZ_OK;
}

/* ---- the result ---- */

static gaz_status check_result(struct api_worker *worker,
                               const struct api_job *job, bool wants_rejects)
{
    if (!api_jobs_state_is_over(job->status)) {
        worker->retry_after_s = 1;
        return api_problem_fail(worker, GAZ_INVALID, 409, "作业尚未完成",
                                "the job is %s; ask again when it is done",
                                api_jobs_state_name(job->status));
    }
    if (job->status != API_JOB_DONE)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "此作业没有结果",
                                "the job is %s and has no result",
                                api_jobs_state_name(job->status));
    if (wants_rejects && job->reject_bytes == 0)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有退回的行",
                                "no row was rejected");
    return GAZ_OK;
}

gaz_status api_jobs_result(struct api_jobs *jobs, struct api_worker *worker,
                           const char *id, bool wants_rejects,
                           struct api_jobs_view *view, struct gaz_map *out)
{
    struct gaz_ctx ctx = {.failure = ""};
    gaz_status status = api_jobs_find(jobs, worker, id, view);
    if (status == GAZ_OK)
        status = check_result(worker, &view->job, wants_rejects);
    if (status != GAZ_OK)
        return status;
    const char *dir = jobs->options.dir;
    const char *path = wants_rejects
                           ? api_jobs_spool_rejects(&ctx, dir, &view->job)
                           : api_jobs_spool_result(&ctx, dir, &view->job);
    if (gaz_file_map(&ctx, path, out) != GAZ_OK) {
        api_jobs_say(jobs, id, gaz_ctx_failure(&ctx));
        status = api_problem_fail(worker, GAZ_IO, 500, "结果无法读取",
                                  "the result cannot be read");
    }
    gaz_ctx_close(&ctx);
    return status;
}

/* ---- metrics ---- */

void api_jobs_write_metrics(struct api_jobs *jobs, struct gaz_buffer *out)
{
    if (!jobs)
        return;
    int now[API_JOB_STATUSES] = {0};
    (void)pthread_mutex_lock(&jobs->lock);
    for (const struct api_jobs_entry *at = jobs->entries; at; at = at->next)
        now[at->job.status]++;
    gaz_buffer_text(out, "# HELP diming_jobs Jobs that are kept, by status.\n"
                         "# TYPE diming_jobs gauge\n");
    for (int i = 0; i < API_JOB_STATUSES; i++)
        gaz_buffer_printf(out, "diming_jobs{status=\"%s\"} %d\n",
                          api_jobs_state_name((api_job_status)i), now[i]);
    gaz_buffer_text(out, "# HELP diming_jobs_ended_total Jobs that ended since "
                         "the start.\n"
                         "# TYPE diming_jobs_ended_total counter\n");
    for (int i = API_JOB_DONE; i < API_JOB_STATUSES; i++)
        gaz_buffer_printf(out, "diming_jobs_ended_total{status=\"%s\"} %llu\n",
                          api_jobs_state_name((api_job_status)i),
                          (unsigned long long)jobs->ended[i]);
    gaz_buffer_printf(
        out,
        "# HELP diming_jobs_rows_total Rows that jobs answered.\n"
        "# TYPE diming_jobs_rows_total counter\n"
        "diming_jobs_rows_total %llu\n"
        "# HELP diming_jobs_damaged Jobs whose state could not be read.\n"
        "# TYPE diming_jobs_damaged gauge\ndiming_jobs_damaged %d\n",
        (unsigned long long)jobs->rows, jobs->damaged);
    (void)pthread_mutex_unlock(&jobs->lock);
}
