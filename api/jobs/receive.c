/* SPDX-License-Identifier: Apache-2.0 */
/* receive.c - a table on its way to becoming a job. */
#include "api/jobs/parts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "api/access/digest.h"
#include "api/jobs/spool.h"
#include "api/problem.h"
#include "gazetteer/base/clock.h"

enum { BYTES_PER_MIB = 1024 * 1024 };

static int count_of_key(const struct api_jobs *jobs, const char *owner)
{
    int count = 0;
    for (const struct api_jobs_draft *at = jobs->drafts; at; at = at->next)
        count += strcmp(at->job.owner, owner) == 0;
    for (const struct api_jobs_entry *at = jobs->entries; at; at = at->next)
        count += !api_jobs_state_is_over(at->job.status) &&
                 strcmp(at->job.owner, owner) == 0;
    return count;
}

/* Under the lock. */
static gaz_status check_limits(struct api_jobs *jobs, struct api_worker *worker,
                               int64_t bytes)
{
    const struct api_jobs_options *options = &jobs->options;
    const char *owner = api_caller_owner(&worker->caller);
    worker->retry_after_s = API_JOBS_RETRY_S;
    if (owner[0] && count_of_key(jobs, owner) >= API_JOBS_PER_KEY_MAX)
        return api_problem_fail(worker, GAZ_LIMIT, 429, "此密钥的作业过多",
                                "the key has %d jobs that are not over; wait "
                                "for one, or cancel it",
                                (int)API_JOBS_PER_KEY_MAX);
    if (api_jobs_count_waiting(jobs) >= options->queue_max)
        return api_problem_fail(worker, GAZ_LIMIT, 503, "作业队列已满",
                                "the queue of jobs is full (%d wait)",
                                options->queue_max);
    if (api_jobs_count_kept(jobs) >= API_JOBS_KEPT_MAX)
        return api_problem_fail(worker, GAZ_LIMIT, 503, "保存的作业过多",
                                "%d jobs are kept; remove some that are over",
                                (int)API_JOBS_KEPT_MAX);
    if (!api_jobs_spool_has_room(options->dir, bytes))
        return api_problem_fail(worker, GAZ_IO, 503, "磁盘空间不足",
                                "the disk has no room for a table of %lld "
                                "bytes and its result",
                                (long long)bytes);
    worker->retry_after_s = 0;
    return GAZ_OK;
}

static gaz_status make_id(struct gaz_ctx *ctx, char out[API_JOBS_ID_CHARS + 1])
{
    static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char bytes[API_JOBS_ID_CHARS];
    gaz_status status = api_digest_random(ctx, bytes, sizeof(bytes));
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < API_JOBS_ID_CHARS; i++)
        out[i] = DIGITS[bytes[i] & 31];
    out[API_JOBS_ID_CHARS] = '\0';
    return GAZ_OK;
}

static gaz_status open_draft(struct api_jobs *jobs, struct api_worker *worker,
                             struct api_jobs_draft *draft)
{
    struct gaz_ctx ctx = {.failure = ""};
    gaz_status status = make_id(&ctx, draft->job.id);
    if (status == GAZ_OK)
        status = api_jobs_spool_create(&ctx, jobs->options.dir, &draft->job,
                                       &draft->file);
    if (status != GAZ_OK) {
        api_jobs_say(jobs, draft->job.id, gaz_ctx_failure(&ctx));
        status = api_jobs_fail_folder(worker);
    }
    gaz_ctx_close(&ctx);
    return status;
}

static struct api_jobs_draft *make_draft(struct api_jobs *jobs,
                                         const struct api_worker *worker,
                                         const struct api_job *asked,
                                         int64_t bytes)
{
    struct api_jobs_draft *draft = gaz_malloc(sizeof(*draft));
    draft->jobs = jobs;
    draft->job = *asked;
    (void)snprintf(draft->job.owner, sizeof(draft->job.owner), "%s",
                   api_caller_owner(&worker->caller));
    draft->job.input_bytes = bytes;
    draft->job.rows_total = -1;
    return draft;
}

/* Under the lock. */
static void take_off(struct api_jobs *jobs, const struct api_jobs_draft *draft)
{
    struct api_jobs_draft **at = &jobs->drafts;
    while (*at && *at != draft)
        at = &(*at)->next;
    if (*at)
        *at = draft->next;
}

gaz_status api_jobs_receive(struct api_jobs *jobs, struct api_worker *worker,
                            const struct api_job *asked, int64_t bytes,
                            struct api_jobs_draft **out)
{
    if (!jobs)
        return api_problem_fail(worker, GAZ_IO, 503, "此服务不接受作业",
                                "this service takes no jobs");
    if (bytes > jobs->options.body_max_bytes)
        return api_problem_fail(
            worker, GAZ_LIMIT, 413, "表格过大",
            "a table of %lld bytes; a job takes at most %lld (%lld MiB)",
            (long long)bytes, (long long)jobs->options.body_max_bytes,
            (long long)(jobs->options.body_max_bytes / BYTES_PER_MIB));
    struct api_jobs_draft *draft = make_draft(jobs, worker, asked, bytes);
    (void)pthread_mutex_lock(&jobs->lock);
    gaz_status status = api_jobs_need_folder(jobs, worker, true);
    if (status == GAZ_OK)
        status = check_limits(jobs, worker, bytes);
    if (status == GAZ_OK) {
        draft->next = jobs->drafts;
        jobs->drafts = draft;
    }
    (void)pthread_mutex_unlock(&jobs->lock);
    if (status == GAZ_OK)
        status = open_draft(jobs, worker, draft);
    if (status == GAZ_OK)
        *out = draft;
    else
        api_jobs_drop(draft);
    return status;
}

static gaz_status fail_write(struct api_worker *worker,
                             const struct api_jobs_draft *draft,
                             const char *why)
{
    api_jobs_say(draft->jobs, draft->job.id,
                 gaz_arena_printf(&worker->ctx.arena,
                                  "its table could not be saved: %s", why));
    worker->retry_after_s = API_JOBS_RETRY_S;
    return api_problem_fail(worker, GAZ_IO, 503, "无法保存表格",
                            "the table could not be written to disk");
}

gaz_status api_jobs_receive_more(struct api_worker *worker,
                                 struct api_jobs_draft *draft, const void *data,
                                 size_t size)
{
    if (fwrite(data, 1, size, draft->file) != size)
        return fail_write(worker, draft, strerror(errno));
    return GAZ_OK;
}

/* Under the lock. */
static int waits_before(const struct api_jobs *jobs)
{
    int count = 0;
    for (const struct api_jobs_entry *at = jobs->entries; at; at = at->next)
        count += at->job.status == API_JOB_QUEUED;
    return count;
}

gaz_status api_jobs_submit(struct api_worker *worker,
                           struct api_jobs_draft *draft,
                           struct api_jobs_view *out)
{
    struct api_jobs *jobs = draft->jobs;
    struct gaz_ctx ctx = {.failure = ""};
    const bool is_safe =
        fflush(draft->file) == 0 && fsync(fileno(draft->file)) == 0;
    gaz_status status =
        is_safe ? GAZ_OK : fail_write(worker, draft, strerror(errno));
    (void)pthread_mutex_lock(&jobs->lock);
    draft->job.created_ms = gaz_clock_unix_ms();
    if (status == GAZ_OK &&
        api_jobs_spool_save(&ctx, jobs->options.dir, &draft->job) != GAZ_OK)
        status = fail_write(worker, draft, gaz_ctx_failure(&ctx));
    if (status == GAZ_OK) {
        draft->is_submitted = true;
        take_off(jobs, draft);
        *out = (struct api_jobs_view){.job = draft->job,
                                      .position = waits_before(jobs) + 1};
        api_jobs_add(jobs, &draft->job);
    }
    (void)pthread_mutex_unlock(&jobs->lock);
    gaz_ctx_close(&ctx);
    return status;
}

void api_jobs_drop(struct api_jobs_draft *draft)
{
    if (!draft)
        return;
    struct api_jobs *jobs = draft->jobs;
    if (draft->file)
        (void)fclose(draft->file);
    if (!draft->is_submitted) {
        struct gaz_ctx ctx = {.failure = ""};
        if (draft->job.id[0])
            api_jobs_spool_clear(&ctx, jobs->options.dir, draft->job.id,
                                 API_SPOOL_NOTHING);
        (void)pthread_mutex_lock(&jobs->lock);
        take_off(jobs, draft);
        (void)pthread_mutex_unlock(&jobs->lock);
        gaz_ctx_close(&ctx);
    }
    gaz_free(draft);
}
