/* SPDX-License-Identifier: Apache-2.0 */
/* keeper.c - the jobs in memory and their folder: read at the start, saved at
 * each end, emptied of what is old. */
#include "api/jobs/parts.h"

#include <string.h>

#include "api/jobs/spool.h"
#include "gazetteer/base/clock.h"

enum { KEEP_EVERY_MS = 1000 };

void api_jobs_say(const struct api_jobs *jobs, const char *id,
                  const char *sentence)
{
    enum {
        SHOWN_CHARS = 8
    }; /* who knows an id can fetch what is without key */
    char line[GAZ_FAILURE_MAX_BYTES + 64];
    if (!jobs->log)
        return;
    (void)snprintf(line, sizeof(line), "job %.*s...: %s", SHOWN_CHARS, id,
                   sentence);
    jobs->log(line, jobs->log_user);
}

void api_jobs_wait(struct api_jobs *jobs, int ms)
{
    const struct timespec until = gaz_clock_after(ms);
    (void)pthread_cond_timedwait(&jobs->changed, &jobs->lock, &until);
}

/* ---- the list ---- */

struct api_jobs_entry *api_jobs_entry_of(struct api_jobs *jobs, const char *id)
{
    struct api_jobs_entry *entry = jobs->entries;
    while (entry && strcmp(entry->job.id, id) != 0)
        entry = entry->next;
    return entry;
}

void api_jobs_add(struct api_jobs *jobs, const struct api_job *job)
{
    struct api_jobs_entry *entry = gaz_malloc(sizeof(*entry));
    struct api_jobs_entry **at = &jobs->entries;
    entry->job = *job;
    while (*at && (*at)->job.created_ms <= job->created_ms)
        at = &(*at)->next;
    entry->next = *at;
    *at = entry;
    (void)pthread_cond_broadcast(&jobs->changed);
}

void api_jobs_forget(struct gaz_ctx *ctx, struct api_jobs *jobs, const char *id)
{
    struct api_jobs_entry **at = &jobs->entries;
    while (*at && strcmp((*at)->job.id, id) != 0)
        at = &(*at)->next;
    struct api_jobs_entry *entry = *at;
    if (!entry)
        return;
    *at = entry->next;
    api_jobs_spool_clear(ctx, jobs->options.dir, entry->job.id,
                         API_SPOOL_NOTHING);
    gaz_free(entry);
}

void api_jobs_settle(struct gaz_ctx *ctx, struct api_jobs *jobs,
                     struct api_jobs_entry *entry, api_job_status status)
{
    struct api_job *job = &entry->job;
    const bool is_done = status == API_JOB_DONE;
    job->status = status;
    job->finished_ms = gaz_clock_unix_ms();
    jobs->ended[status]++;
    gaz_status saved = api_jobs_spool_save(ctx, jobs->options.dir, job);
    if (saved != GAZ_OK)
        api_jobs_say(jobs, job->id, gaz_ctx_failure(ctx));
    /* without a saved state it is run again after a start: that needs a table
     */
    if (saved == GAZ_OK)
        api_jobs_spool_clear(ctx, jobs->options.dir, job->id,
                             is_done ? API_SPOOL_RESULT : API_SPOOL_STATE);
    (void)pthread_cond_broadcast(&jobs->changed);
}

static int count_drafts(const struct api_jobs *jobs)
{
    int count = 0;
    for (const struct api_jobs_draft *at = jobs->drafts; at; at = at->next)
        count++;
    return count;
}

int api_jobs_count_waiting(const struct api_jobs *jobs)
{
    int count = count_drafts(jobs);
    for (const struct api_jobs_entry *at = jobs->entries; at; at = at->next)
        count += at->job.status == API_JOB_QUEUED;
    return count;
}

int api_jobs_count_kept(const struct api_jobs *jobs)
{
    int count = count_drafts(jobs);
    for (const struct api_jobs_entry *at = jobs->entries; at; at = at->next)
        count++;
    return count;
}

/* ---- the folder ---- */

struct recovery {
    struct gaz_ctx *ctx;
    struct api_jobs *jobs;
};

/* A job that ran goes back to the queue; what an end has left behind goes. */
static void recover_job(struct gaz_ctx *ctx, struct api_jobs *jobs,
                        struct api_job *job)
{
    const char *dir = jobs->options.dir;
    if (job->status == API_JOB_RUNNING)
        job->status = API_JOB_QUEUED;
    if (api_jobs_state_is_over(job->status)) {
        api_jobs_spool_clear(ctx, dir, job->id,
                             job->status == API_JOB_DONE ? API_SPOOL_RESULT
                                                         : API_SPOOL_STATE);
        if (job->finished_ms == 0) { /* cancelled, and killed before its end */
            job->finished_ms = gaz_clock_unix_ms();
            if (api_jobs_spool_save(ctx, dir, job) != GAZ_OK)
                api_jobs_say(jobs, job->id, gaz_ctx_failure(ctx));
        }
    }
    api_jobs_add(jobs, job);
}

static void recover(const char *id, void *user)
{
    const struct recovery *recovery = user;
    struct gaz_ctx *ctx = recovery->ctx;
    struct api_jobs *jobs = recovery->jobs;
    struct api_job job;
    gaz_ctx_next(ctx);
    gaz_status status = api_jobs_spool_load(ctx, jobs->options.dir, id, &job);
    if (status == GAZ_OK) {
        recover_job(ctx, jobs, &job);
    } else if (status == GAZ_NOT_FOUND) {
        /* its table never came whole */
        api_jobs_spool_clear(ctx, jobs->options.dir, id, API_SPOOL_NOTHING);
        api_jobs_say(jobs, id, "removed: its table had not come whole");
    } else {
        jobs->damaged++;
        api_jobs_say(jobs, id,
                     gaz_arena_printf(&ctx->arena,
                                      "left as it is: '%s/%s/job' is damaged: "
                                      "%s",
                                      jobs->options.dir, id,
                                      gaz_ctx_failure(ctx)));
    }
}

gaz_status api_jobs_take_folder(struct gaz_ctx *ctx, struct api_jobs *jobs,
                                bool makes)
{
    if (jobs->folder >= 0)
        return GAZ_OK;
    gaz_status status =
        api_jobs_spool_open(ctx, jobs->options.dir, makes, &jobs->folder);
    if (status != GAZ_OK)
        return status;
    struct gaz_ctx own = {.failure = ""};
    struct recovery recovery = {.ctx = &own, .jobs = jobs};
    status = api_jobs_spool_each(ctx, jobs->options.dir, recover, &recovery);
    gaz_ctx_close(&own);
    return status;
}

/* ---- the thread ---- */

static void remove_old(struct gaz_ctx *ctx, struct api_jobs *jobs)
{
    const int64_t before_ms = gaz_clock_unix_ms() - jobs->options.keep_ms;
    struct api_jobs_entry *next;
    for (struct api_jobs_entry *entry = jobs->entries; entry; entry = next) {
        next = entry->next;
        if (api_jobs_state_is_over(entry->job.status) &&
            entry->job.finished_ms <= before_ms) {
            api_jobs_say(jobs, entry->job.id, "removed: its time is over");
            api_jobs_forget(ctx, jobs, entry->job.id);
        }
    }
}

void *api_jobs_keep(void *argument)
{
    struct api_jobs *jobs = argument;
    struct gaz_ctx ctx = {.failure = ""};
    (void)pthread_mutex_lock(&jobs->lock);
    while (!jobs->is_closing) {
        gaz_status status = api_jobs_take_folder(&ctx, jobs, false);
        if (status == GAZ_OK)
            remove_old(&ctx, jobs);
        gaz_ctx_next(&ctx);
        api_jobs_wait(jobs, KEEP_EVERY_MS);
    }
    (void)pthread_mutex_unlock(&jobs->lock);
    gaz_ctx_close(&ctx);
    return NULL;
}
