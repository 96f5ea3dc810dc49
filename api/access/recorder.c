/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/recorder.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gazetteer/store/trail.h"

enum {
    FLUSH_MS = 500,
    PATH_BYTES = 200,
    AT_BYTES = 128,
    USES_MAX = 256,
    PATIENCE_MS = 1000
};

struct line {
    char at[AT_BYTES];
    const char *what; /* static */
    struct api_caller caller;
    char request[24];
    char method[12];
    char path[PATH_BYTES];
    int status;
    int64_t times;
};

struct api_recorder {
    pthread_mutex_t lock; /* waiting, count, lost, is_closing */
    pthread_cond_t wake;
    struct line waiting[API_RECORDER_WAITING_MAX];
    int count;
    uint64_t lost;
    bool is_closing;
    pthread_t thread;
    bool is_running;
    /* of the thread alone */
    struct line writing[API_RECORDER_WAITING_MAX];
    struct gaz_store *store; /* NULL: not open */
    struct api_recorder_options options;
    char *db;
    bool has_told; /* that the log cannot be written */
};

static void copy(char *out, size_t size, const char *text)
{
    (void)snprintf(out, size, "%s", text ? text : "");
    size_t len = strlen(out); /* a cut character goes */
    if (len == size - 1) {
        while (len > 0 && ((unsigned char)out[len - 1] & 0xC0) == 0x80)
            out[--len] = '\0';
        if (len > 0 && (unsigned char)out[len - 1] >= 0xC0)
            out[--len] = '\0';
    }
    for (char *at = out; *at; at++) /* a terminal will show it */
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
}

static void stamp(char out[AT_BYTES])
{
    struct timespec now;
    struct tm tm;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &tm);
    (void)snprintf(out, AT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ",
                   tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                   tm.tm_min, tm.tm_sec, now.tv_nsec / 1000000);
}

static bool is_alike(const struct line *a, const struct line *b)
{
    return a->status == b->status && strcmp(a->what, b->what) == 0 &&
           strcmp(a->caller.id, b->caller.id) == 0 &&
           strcmp(a->caller.address, b->caller.address) == 0 &&
           strcmp(a->method, b->method) == 0 && strcmp(a->path, b->path) == 0;
}

/* Only uses and refusals that carry nothing of their own are counted together:
 * the request's id is then that of the first. */
static struct line *find_alike(struct api_recorder *recorder,
                               const struct line *line)
{
    for (int i = 0; i < recorder->count; i++)
        if (is_alike(&recorder->waiting[i], line))
            return &recorder->waiting[i];
    return NULL;
}

void api_recorder_note(struct api_recorder *recorder, const char *what,
                       const struct api_caller *caller,
                       const struct api_request *request, int status)
{
    if (!recorder)
        return;
    struct line line = {
        .what = what, .caller = *caller, .status = status, .times = 1};
    stamp(line.at);
    copy(line.request, sizeof(line.request), request->id);
    copy(line.method, sizeof(line.method), request->method);
    copy(line.path, sizeof(line.path), request->path);
    (void)pthread_mutex_lock(&recorder->lock);
    struct line *alike = find_alike(recorder, &line);
    if (alike)
        alike->times++;
    else if (recorder->count < API_RECORDER_WAITING_MAX)
        recorder->waiting[recorder->count++] = line;
    else
        recorder->lost++;
    (void)pthread_mutex_unlock(&recorder->lock);
}

uint64_t api_recorder_lost(struct api_recorder *recorder)
{
    (void)pthread_mutex_lock(&recorder->lock);
    const uint64_t lost = recorder->lost;
    (void)pthread_mutex_unlock(&recorder->lock);
    return lost;
}

/* ---- the thread ---- */

static gaz_status put_lines(struct gaz_ctx *ctx, struct api_recorder *recorder,
                            int count)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < count; i++) {
        const struct line *line = &recorder->writing[i];
        status = gaz_trail_put(
            ctx, recorder->store,
            &(struct gaz_trail_entry){.at = line->at,
                                      .what = line->what,
                                      .who = line->caller.name,
                                      .key = line->caller.id,
                                      .address = line->caller.address,
                                      .request = line->request,
                                      .method = line->method,
                                      .path = line->path,
                                      .status = line->status,
                                      .times = line->times});
    }
    return status;
}

static gaz_status put_all(struct gaz_ctx *ctx, struct api_recorder *recorder,
                          int count, struct gaz_trail_use *uses, int use_count,
                          int64_t *totals)
{
    gaz_status status = GAZ_OK;
    if (!recorder->store) {
        status = gaz_store_open(ctx, recorder->db, GAZ_STORE_UPDATE,
                                &recorder->store);
        if (status == GAZ_OK)
            gaz_store_patience(recorder->store, PATIENCE_MS);
    }
    if (status == GAZ_OK)
        status = gaz_store_begin(ctx, recorder->store);
    if (status == GAZ_OK)
        status = put_lines(ctx, recorder, count);
    for (int i = 0; status == GAZ_OK && i < use_count; i++)
        status = gaz_trail_add_use(ctx, recorder->store, &uses[i], &totals[i]);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, recorder->store);
    if (status != GAZ_OK) { /* closing rolls back */
        gaz_store_close(recorder->store);
        recorder->store = NULL;
    }
    return status;
}

/* What could not be written waits again, before what has come meanwhile. */
static void put_back(struct api_recorder *recorder, int count)
{
    (void)pthread_mutex_lock(&recorder->lock);
    int room = API_RECORDER_WAITING_MAX - recorder->count;
    int kept = count < room ? count : room;
    memmove(recorder->waiting + kept, recorder->waiting,
            (size_t)recorder->count * sizeof(struct line));
    memcpy(recorder->waiting, recorder->writing,
           (size_t)kept * sizeof(struct line));
    recorder->count += kept;
    recorder->lost += (uint64_t)(count - kept);
    (void)pthread_mutex_unlock(&recorder->lock);
}

static void tell(struct gaz_ctx *ctx, struct api_recorder *recorder)
{
    if (!recorder->has_told && recorder->options.log)
        recorder->options.log(
            gaz_arena_printf(&ctx->arena,
                             "the audit log cannot be written, its lines "
                             "wait: %s",
                             gaz_ctx_failure(ctx)),
            recorder->options.user);
    recorder->has_told = true;
}

static void flush(struct gaz_ctx *ctx, struct api_recorder *recorder)
{
    struct gaz_trail_use uses[USES_MAX];
    int64_t totals[USES_MAX];
    int use_count =
        recorder->options.ring
            ? api_keyring_take_uses(recorder->options.ring, uses, USES_MAX)
            : 0;
    (void)pthread_mutex_lock(&recorder->lock);
    const int count = recorder->count;
    memcpy(recorder->writing, recorder->waiting,
           (size_t)count * sizeof(struct line));
    recorder->count = 0;
    (void)pthread_mutex_unlock(&recorder->lock);
    if (count == 0 && use_count == 0)
        return;
    gaz_ctx_next(ctx);
    const gaz_status status =
        put_all(ctx, recorder, count, uses, use_count, totals);
    if (status != GAZ_OK) {
        tell(ctx, recorder);
        put_back(recorder, count);
    } else {
        recorder->has_told = false;
    }
    for (int i = 0; i < use_count; i++)
        api_keyring_settle(recorder->options.ring, &uses[i],
                           status == GAZ_OK ? totals[i] : -1);
}

/* False when it is closing. */
static bool rest(struct api_recorder *recorder)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)FLUSH_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    (void)pthread_mutex_lock(&recorder->lock);
    int waited = 0;
    while (!recorder->is_closing && waited == 0)
        waited =
            pthread_cond_timedwait(&recorder->wake, &recorder->lock, &until);
    const bool goes_on = !recorder->is_closing;
    (void)pthread_mutex_unlock(&recorder->lock);
    return goes_on;
}

static void *run(void *argument)
{
    struct api_recorder *recorder = argument;
    struct gaz_ctx ctx = {.failure = ""};
    while (rest(recorder))
        flush(&ctx, recorder);
    flush(&ctx, recorder);
    gaz_store_close(recorder->store);
    gaz_ctx_close(&ctx);
    return NULL;
}

gaz_status api_recorder_open(struct gaz_ctx *ctx,
                             const struct api_recorder_options *options,
                             struct api_recorder **out)
{
    struct api_recorder *recorder = gaz_malloc(sizeof(*recorder));
    recorder->options = *options;
    recorder->db = gaz_malloc(strlen(options->db) + 1);
    memcpy(recorder->db, options->db, strlen(options->db) + 1);
    (void)pthread_mutex_init(&recorder->lock, NULL);
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&recorder->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    const int failed = pthread_create(&recorder->thread, NULL, run, recorder);
    recorder->is_running = failed == 0;
    if (failed) {
        api_recorder_close(recorder);
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                        strerror(failed));
    }
    *out = recorder;
    return GAZ_OK;
}

void api_recorder_close(struct api_recorder *recorder)
{
    if (!recorder)
        return;
    (void)pthread_mutex_lock(&recorder->lock);
    recorder->is_closing = true;
    (void)pthread_cond_signal(&recorder->wake);
    (void)pthread_mutex_unlock(&recorder->lock);
    if (recorder->is_running)
        (void)pthread_join(recorder->thread, NULL);
    (void)pthread_cond_destroy(&recorder->wake);
    (void)pthread_mutex_destroy(&recorder->lock);
    gaz_free(recorder->db);
    gaz_free(recorder);
}
