/* SPDX-License-Identifier: Apache-2.0 */
#include "api/follow.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "gazetteer/index/build.h"
#include "gazetteer/store/review.h"

struct api_follow {
    struct api_follow_options options;
    char *db;
    char *snapshot;
    pthread_t thread;
    pthread_mutex_t lock; /* is_closing, is_nudged */
    pthread_cond_t wake;
    bool is_closing;
    bool is_nudged;
    /* of the thread */
    struct gaz_store *store; /* NULL: not open */
    struct stat seen;        /* of the database that is open */
    int64_t event; /* the last decision that was looked at; -1: none */
};

static void say(const struct api_follow *follow, const char *message)
{
    if (follow->options.log)
        follow->options.log(message, follow->options.user);
}

/* Opens the database when it is another file than the open one; a file that is
 * not there, or of another version, is no failure: it may come. */
static bool open_store(struct gaz_ctx *ctx, struct api_follow *follow)
{
    struct stat now;
    bool is_there = stat(follow->db, &now) == 0;
    bool is_same = is_there && follow->store &&
                   now.st_ino == follow->seen.st_ino &&
                   now.st_dev == follow->seen.st_dev;
    if (is_same)
        return true;
    gaz_store_close(follow->store);
    follow->store = NULL;
    if (!is_there || gaz_store_open(ctx, follow->db, GAZ_STORE_READ,
                                    &follow->store) != GAZ_OK)
        return false;
    follow->seen = now;
    return true;
}

/* What the snapshot that answers knows; false: none answers. */
static bool read_known(struct api_follow *follow, uint64_t *seq)
{
    struct api_shot *shot = api_snapshot_swap_take(follow->options.swap);
    if (shot)
        *seq = shot->snap->journal_seq;
    api_snapshot_swap_give(follow->options.swap, shot);
    return shot != NULL;
}

static gaz_status build(struct gaz_ctx *ctx, struct api_follow *follow)
{
    struct gaz_build_stats stats;
    gaz_status status =
        gaz_build_snapshot(ctx, follow->store, follow->snapshot, &stats);
    if (status == GAZ_OK)
        (void)api_snapshot_swap_check(ctx, follow->options.swap);
    return status;
}

static gaz_status look(struct gaz_ctx *ctx, struct api_follow *follow)
{
    int64_t event = 0;
    uint64_t known = 0;
    bool is_behind = false;
    gaz_status status = gaz_review_last_event(ctx, follow->store, &event);
    if (status != GAZ_OK || event == follow->event ||
        !read_known(follow, &known))
        return status;
    follow->event = event; /* also when the build fails: told once */
    status = gaz_review_decided_since(ctx, follow->store, known, &is_behind);
    return status == GAZ_OK && is_behind ? build(ctx, follow) : status;
}

static void look_once(struct api_follow *follow)
{
    struct gaz_ctx ctx = {.failure = ""};
    gaz_status status = open_store(&ctx, follow) ? look(&ctx, follow) : GAZ_OK;
    if (status != GAZ_OK) {
        say(follow, gaz_arena_printf(&ctx.arena, "snapshot not built: %s",
                                     gaz_ctx_failure(&ctx)));
        gaz_store_close(follow->store);
        follow->store = NULL;
    }
    gaz_ctx_close(&ctx);
}

/* A second, or until there is something to do. */
static void wait_a_second(struct api_follow *follow)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    int timed_out = 0;
    while (!follow->is_closing && !follow->is_nudged && timed_out == 0)
        timed_out =
            pthread_cond_timedwait(&follow->wake, &follow->lock, &until);
    follow->is_nudged = false;
}

static void *run(void *argument)
{
    struct api_follow *follow = argument;
    (void)pthread_mutex_lock(&follow->lock);
    while (!follow->is_closing) {
        (void)pthread_mutex_unlock(&follow->lock);
        look_once(follow);
        (void)pthread_mutex_lock(&follow->lock);
        if (!follow->is_closing)
            wait_a_second(follow);
    }
    (void)pthread_mutex_unlock(&follow->lock);
    return NULL;
}

static char *copy(const char *text)
{
    char *out = gaz_malloc(strlen(text) + 1);
    memcpy(out, text, strlen(text) + 1);
    return out;
}

static void free_all(struct api_follow *follow)
{
    gaz_store_close(follow->store);
    (void)pthread_cond_destroy(&follow->wake);
    (void)pthread_mutex_destroy(&follow->lock);
    gaz_free(follow->db);
    gaz_free(follow->snapshot);
    gaz_free(follow);
}

gaz_status api_follow_open(struct gaz_ctx *ctx,
                           const struct api_follow_options *options,
                           struct api_follow **out)
{
    struct api_follow *follow = gaz_malloc(sizeof(*follow));
    follow->options = *options;
    follow->db = copy(options->db);
    follow->snapshot = copy(options->snapshot);
    follow->event = -1;
    (void)pthread_mutex_init(&follow->lock, NULL);
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&follow->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    int failed = pthread_create(&follow->thread, NULL, run, follow);
    if (failed) {
        free_all(follow);
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                        strerror(failed));
    }
    *out = follow;
    return GAZ_OK;
}

void api_follow_close(struct api_follow *follow)
{
    if (!follow)
        return;
    (void)pthread_mutex_lock(&follow->lock);
    follow->is_closing = true;
    (void)pthread_cond_signal(&follow->wake);
    (void)pthread_mutex_unlock(&follow->lock);
    (void)pthread_join(follow->thread, NULL);
    free_all(follow);
}

void api_follow_nudge(struct api_follow *follow)
{
    if (!follow)
        return;
    (void)pthread_mutex_lock(&follow->lock);
    follow->is_nudged = true;
    (void)pthread_cond_signal(&follow->wake);
    (void)pthread_mutex_unlock(&follow->lock);
}
