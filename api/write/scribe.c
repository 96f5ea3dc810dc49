/* SPDX-License-Identifier: Apache-2.0 */
#include "api/write/scribe.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "api/problem.h"
#include "api/refresh.h"

struct api_scribe {
    pthread_mutex_t lock;
    struct gaz_editor *editor; /* NULL: not open */
    char *db;
};

struct api_scribe *api_scribe_open(const char *db)
{
    struct api_scribe *scribe = gaz_malloc(sizeof(*scribe));
    (void)pthread_mutex_init(&scribe->lock, NULL);
    scribe->db = gaz_malloc(strlen(db) + 1);
    memcpy(scribe->db, db, strlen(db) + 1);
    return scribe;
}

void api_scribe_close(struct api_scribe *scribe)
{
    if (!scribe)
        return;
    gaz_editor_close(scribe->editor);
    (void)pthread_mutex_destroy(&scribe->lock);
    gaz_free(scribe->db);
    gaz_free(scribe);
}

static gaz_status busy(struct api_worker *worker)
{
    worker->retry_after_s = 1;
    return api_problem_fail(worker, GAZ_LIMIT, 503,
                            "数据库正在写入，请稍后再试",
                            "others are writing to the database; try again");
}

/* The disk is full or read-only, or fails: that passes, or an operator mends
 * it. Nothing was changed. */
static gaz_status unwritable(struct api_worker *worker)
{
    worker->retry_after_s = API_SCRIBE_RETRY_S;
    return api_problem_fail(
        worker, GAZ_IO, 503, "数据库暂不可写，请稍后再试",
        "the database cannot be written: %s",
        gaz_arena_strdup(&worker->ctx.arena, gaz_ctx_failure(&worker->ctx)));
}

gaz_status api_scribe_take(struct api_worker *worker, struct gaz_editor **out)
{
    struct api_scribe *scribe = worker->scribe;
    struct timespec until;
    if (!scribe)
        return api_problem_fail(worker, GAZ_IO, 503, "没有数据库",
                                "this server has no database");
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += API_SCRIBE_WAIT_MS / 1000;
    if (pthread_mutex_timedlock(&scribe->lock, &until) != 0)
        return busy(worker);
    gaz_status status = GAZ_OK;
    if (!scribe->editor) {
        status = gaz_editor_open(&worker->ctx, scribe->db, &scribe->editor);
        if (status == GAZ_OK)
            gaz_store_patience(gaz_editor_store(scribe->editor),
                               API_SCRIBE_WAIT_MS);
    }
    if (status != GAZ_OK) {
        (void)pthread_mutex_unlock(&scribe->lock);
        return status == GAZ_IO ? unwritable(worker) : status;
    }
    *out = scribe->editor;
    return GAZ_OK;
}

gaz_status api_scribe_give(struct api_worker *worker, gaz_status status)
{
    struct api_scribe *scribe = worker->scribe;
    const bool is_locked =
        status == GAZ_DB && strstr(gaz_ctx_failure(&worker->ctx), "locked");
    if ((status == GAZ_DB || status == GAZ_IO) && !is_locked) {
        gaz_editor_close(scribe->editor); /* opened anew by the next */
        scribe->editor = NULL;
    }
    (void)pthread_mutex_unlock(&scribe->lock);
    if (is_locked) {
        worker->ctx.failure[0] = '\0';
        return busy(worker);
    }
    if (status == GAZ_IO)
        return unwritable(worker);
    api_refresh_wake(worker->refresh);
    return status;
}
