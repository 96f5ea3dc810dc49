/* SPDX-License-Identifier: Apache-2.0 */
#include "api/jobs/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

enum {
    FOLDER_MODE = 0700,
    FILE_MODE = 0600,
    GROWTH = 10, /* the table, and a result with all its columns */
    MARGIN_BYTES = 64 * 1024 * 1024,
};

static gaz_status fail_errno(struct gaz_ctx *ctx, const char *what,
                             const char *path)
{
    return gaz_fail(ctx, GAZ_IO, "cannot %s '%s': %s", what, path,
                    strerror(errno));
}

static const char *join(struct gaz_ctx *ctx, const char *dir, const char *id,
                        const char *name)
{
    return gaz_arena_printf(&ctx->arena, "%s/%s/%s", dir, id, name);
}

const char *api_jobs_spool_ending(api_batch_table table)
{
    static const char *const ENDINGS[] = {"csv", "csv", "tsv", "jsonl", "xlsx"};
    return ENDINGS[table];
}

const char *api_jobs_spool_input(struct gaz_ctx *ctx, const char *dir,
                                 const struct api_job *job)
{
    return gaz_arena_printf(&ctx->arena, "%s/%s/input.%s", dir, job->id,
                            api_jobs_spool_ending(job->input_table));
}

const char *api_jobs_spool_result(struct gaz_ctx *ctx, const char *dir,
                                  const struct api_job *job)
{
    return gaz_arena_printf(&ctx->arena, "%s/%s/result.%s", dir, job->id,
                            api_jobs_spool_ending(job->output_table));
}

const char *api_jobs_spool_rejects(struct gaz_ctx *ctx, const char *dir,
                                   const struct api_job *job)
{
    return join(ctx, dir, job->id, "rejects.csv");
}

/* Names of new and renamed files are safe only when their folder is. */
static gaz_status sync_path(struct gaz_ctx *ctx, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(ctx, "open", path);
    const bool is_safe = fsync(fd) == 0;
    gaz_status status = is_safe ? GAZ_OK : fail_errno(ctx, "sync", path);
    (void)close(fd);
    return status;
}

gaz_status api_jobs_spool_open(struct gaz_ctx *ctx, const char *dir, bool makes,
                               int *lock)
{
    if (makes && mkdir(dir, FOLDER_MODE) != 0 && errno != EEXIST)
        return fail_errno(ctx, "make the folder of jobs", dir);
    if (access(dir, F_OK) != 0)
        return GAZ_NOT_FOUND;
    const char *path = gaz_arena_printf(&ctx->arena, "%s/lock", dir);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return fail_errno(ctx, "open", path);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *lock = fd;
        return GAZ_OK;
    }
    const bool is_taken = errno == EWOULDBLOCK;
    gaz_status status =
        is_taken ? gaz_fail(ctx, GAZ_LIMIT, "another process has '%s'", dir)
                 : fail_errno(ctx, "lock", path);
    (void)close(fd);
    return status;
}

gaz_status api_jobs_spool_create(struct gaz_ctx *ctx, const char *dir,
                                 const struct api_job *job, FILE **out)
{
    const char *folder = gaz_arena_printf(&ctx->arena, "%s/%s", dir, job->id);
    if (mkdir(folder, FOLDER_MODE) != 0)
        return fail_errno(ctx, "make the folder", folder);
    const char *path = api_jobs_spool_input(ctx, dir, job);
    FILE *file = fopen(path, "wbxe");
    if (!file)
        return fail_errno(ctx, "create", path);
    *out = file;
    return GAZ_OK;
}

bool api_jobs_spool_has_room(const char *dir, int64_t bytes)
{
    struct statvfs disk;
    if (statvfs(dir, &disk) != 0)
        return true; /* writing will tell */
    const uint64_t unit = disk.f_frsize;
    return (uint64_t)disk.f_bavail >
           ((uint64_t)bytes * GROWTH + MARGIN_BYTES) / (unit > 0 ? unit : 512);
}

gaz_status api_jobs_spool_save(struct gaz_ctx *ctx, const char *dir,
                               const struct api_job *job)
{
    const char *path = join(ctx, dir, job->id, "job");
    struct gaz_buffer text;
    gaz_buffer_open(&text, API_JOBS_STATE_MAX_BYTES);
    api_jobs_state_write(job, &text);
    gaz_status status =
        text.full ? gaz_fail(ctx, GAZ_LIMIT, "the state of a job is too long")
                  : gaz_file_replace(ctx, path, text.data, text.size);
    gaz_buffer_close(&text);
    if (status == GAZ_OK)
        status = sync_path(ctx, join(ctx, dir, job->id, "."));
    if (status == GAZ_OK)
        status = sync_path(ctx, dir);
    return status;
}

gaz_status api_jobs_spool_load(struct gaz_ctx *ctx, const char *dir,
                               const char *id, struct api_job *out)
{
    struct gaz_map map;
    struct api_job job;
    const char *path = join(ctx, dir, id, "job");
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status != GAZ_OK)
        return status;
    status =
        api_jobs_state_parse(ctx, map.data ? map.data : "", map.size, &job);
    gaz_file_unmap(&map);
    if (status == GAZ_OK && strcmp(job.id, id) != 0)
        status = gaz_fail(ctx, GAZ_INVALID, "it is of job %s", job.id);
    if (status == GAZ_OK)
        *out = job;
    return status;
}

gaz_status api_jobs_spool_seal(struct gaz_ctx *ctx, const char *dir,
                               struct api_job *job)
{
    struct stat info;
    const char *result = api_jobs_spool_result(ctx, dir, job);
    const char *rejects = api_jobs_spool_rejects(ctx, dir, job);
    gaz_status status = sync_path(ctx, result); /* GDAL does not */
    if (status != GAZ_OK)
        return status;
    if (stat(result, &info) != 0)
        return fail_errno(ctx, "stat", result);
    job->result_bytes = (int64_t)info.st_size;
    job->reject_bytes =
        stat(rejects, &info) == 0 ? (int64_t)info.st_size : (int64_t)0;
    return GAZ_OK;
}

static bool is_kept(const char *name, api_spool_keep keep)
{
    if (keep == API_SPOOL_NOTHING)
        return false;
    if (strcmp(name, "job") == 0)
        return true;
    if (keep == API_SPOOL_INPUT)
        return gaz_text_starts_with(name, "input.");
    /* not what a run has left that did not end: result.csv.part.csv */
    static const char *const RESULTS[] = {"result.csv", "result.tsv",
                                          "result.jsonl", "result.xlsx",
                                          "rejects.csv"};
    for (size_t i = 0;
         keep == API_SPOOL_RESULT && i < sizeof(RESULTS) / sizeof(RESULTS[0]);
         i++)
        if (strcmp(name, RESULTS[i]) == 0)
            return true;
    return false;
}

void api_jobs_spool_clear(struct gaz_ctx *ctx, const char *dir, const char *id,
                          api_spool_keep keep)
{
    /* A folder without a state is one to be cleared: what is left after a crash
     * goes at the next start. */
    if (keep == API_SPOOL_NOTHING)
        (void)unlink(join(ctx, dir, id, "job"));
    const char *path = gaz_arena_printf(&ctx->arena, "%s/%s", dir, id);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.' && !is_kept(entry->d_name, keep))
            (void)unlink(join(ctx, dir, id, entry->d_name));
    (void)closedir(folder);
    if (keep == API_SPOOL_NOTHING)
        (void)rmdir(path);
}

gaz_status api_jobs_spool_each(struct gaz_ctx *ctx, const char *dir,
                               void (*take)(const char *id, void *user),
                               void *user)
{
    DIR *folder = opendir(dir);
    if (!folder)
        return fail_errno(ctx, "read the folder of jobs", dir);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (api_jobs_state_is_id(entry->d_name))
            take(entry->d_name, user);
    (void)closedir(folder);
    return GAZ_OK;
}
