/* SPDX-License-Identifier: Apache-2.0 */
#include "api/refresh.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "api/freshen.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/index/build.h"
#include "gazetteer/standardise/unicode.h"

enum {
    POLL_MS = 50,
    REOPEN_MS = 1000,    /* while there is no database */
    REST_MS = 20,        /* without a write: writers rest */
    REST_MAX_MS = 200,   /* writers that never rest are not waited for */
    RETRY_MIN_MS = 1000, /* after a failure; twice as long each time */
    RETRY_MAX_MS = 60000,
    REST_SHARE = 2, /* of a build's time: big databases leave a core free */
    PAUSE_MAX_MS = 30000,
};

struct api_refresh {
    pthread_mutex_t lock; /* is_closing, is_woken, state */
    pthread_cond_t wake;
    bool is_closing;
    bool is_woken;
    struct api_refresh_state state;
    pthread_t thread;
    bool is_running;
    struct api_freshen *freshen; /* the map, meanwhile */
    /* of the thread alone */
    struct api_refresh_options options;
    char *db;
    char *snapshot;
    struct gaz_store *store; /* NULL: not open */
    struct gaz_borders_memo *memo;
    int64_t version;                  /* of the data, when looked at last */
    bool is_written;                  /* since it was first looked at */
    int64_t retry_ms;                 /* how long after the next failure */
    char told[GAZ_FAILURE_MAX_BYTES]; /* the failure that is in the log */
};

/* Waits, less when it is woken (unless `deaf`); false: it is closing. */
static bool wait_ms(struct api_refresh *refresh, int64_t ms, bool deaf)
{
    const struct timespec until = gaz_clock_after(ms);
    (void)pthread_mutex_lock(&refresh->lock);
    int waited = 0;
    while (!refresh->is_closing && (deaf || !refresh->is_woken) && waited == 0)
        waited = pthread_cond_timedwait(&refresh->wake, &refresh->lock, &until);
    if (!deaf)
        refresh->is_woken = false;
    bool goes_on = !refresh->is_closing;
    (void)pthread_mutex_unlock(&refresh->lock);
    return goes_on;
}

static void say(struct api_refresh *refresh, const char *message)
{
    if (refresh->options.log)
        refresh->options.log(message, refresh->options.user);
}

static void set_phase(struct api_refresh *refresh, api_refresh_phase phase)
{
    (void)pthread_mutex_lock(&refresh->lock);
    refresh->state.phase = phase;
    (void)pthread_mutex_unlock(&refresh->lock);
}

/* ---- what there is to do ---- */

static uint64_t built_seq(struct api_refresh *refresh)
{
    struct api_shot *shot = api_snapshot_swap_take(refresh->options.swap);
    const uint64_t seq = shot ? shot->snap->journal_seq : 0;
    api_snapshot_swap_give(refresh->options.swap, shot);
    return seq;
}

/* Reads the journal's last entry. GAZ_END: nobody wrote since the last look. */
static gaz_status look(struct gaz_ctx *ctx, struct api_refresh *refresh)
{
    int64_t version = 0;
    uint64_t seq = 0;
    gaz_status status = GAZ_OK;
    if (!refresh->store)
        status =
            gaz_store_open(ctx, refresh->db, GAZ_STORE_READ, &refresh->store);
    if (status == GAZ_OK)
        status = gaz_store_data_version(ctx, refresh->store, &version);
    if (status == GAZ_OK && version == refresh->version)
        return GAZ_END;
    if (status == GAZ_OK)
        status = gaz_store_journal_seq(ctx, refresh->store, &seq);
    if (status != GAZ_OK) {
        gaz_store_close(refresh->store);
        refresh->store = NULL;
        refresh->version = 0;
        return status;
    }
    refresh->is_written = refresh->is_written || refresh->version != 0;
    refresh->version = version;
    (void)pthread_mutex_lock(&refresh->lock);
    refresh->state.journal_seq = seq;
    (void)pthread_mutex_unlock(&refresh->lock);
    return GAZ_OK;
}

static bool is_behind(struct api_refresh *refresh)
{
    struct api_refresh_state state;
    api_refresh_read(refresh, &state);
    return state.journal_seq > built_seq(refresh);
}

/* A database that was put back from a backup has fewer entries than the
 * snapshot knows. It counts from its first write on: not before, for it may be
 * the wrong file, and the snapshot the last that is left. */
static bool is_to_build(struct api_refresh *refresh)
{
    struct api_refresh_state state;
    api_refresh_read(refresh, &state);
    const uint64_t built = built_seq(refresh);
    return state.journal_seq > built ||
           (refresh->is_written && state.journal_seq < built);
}

/* A transaction seldom comes alone: an editor saves, a review merges. */
static void let_writers_rest(struct gaz_ctx *ctx, struct api_refresh *refresh)
{
    const int64_t until = gaz_clock_ms() + REST_MAX_MS;
    while (gaz_clock_ms() < until && wait_ms(refresh, REST_MS, true))
        if (look(ctx, refresh) != GAZ_OK)
            return;
}

/* ---- doing it ---- */

static void note_built(struct api_refresh *refresh, int64_t took_ms)
{
    (void)pthread_mutex_lock(&refresh->lock);
    refresh->state.phase = API_REFRESH_IDLE;
    refresh->state.builds++;
    refresh->state.took_ms = took_ms;
    (void)pthread_mutex_unlock(&refresh->lock);
    refresh->retry_ms = 0;
    refresh->told[0] = '\0';
}

static void note_failed(struct gaz_ctx *ctx, struct api_refresh *refresh)
{
    (void)pthread_mutex_lock(&refresh->lock);
    refresh->state.phase = API_REFRESH_FAILING;
    refresh->state.failures++;
    (void)pthread_mutex_unlock(&refresh->lock);
    const int64_t twice = refresh->retry_ms * 2;
    refresh->retry_ms = twice < RETRY_MIN_MS   ? RETRY_MIN_MS
                        : twice < RETRY_MAX_MS ? twice
                                               : RETRY_MAX_MS;
    if (strcmp(refresh->told, gaz_ctx_failure(ctx)) == 0)
        return;
    (void)snprintf(refresh->told, sizeof(refresh->told), "%s",
                   gaz_ctx_failure(ctx));
    say(refresh,
        gaz_arena_printf(&ctx->arena,
                         "snapshot not rebuilt, the old one answers: %s",
                         refresh->told));
}

/* Builds and swaps; then pauses for a part of the time that it took, so that a
 * big database does not keep a core busy for ever. */
static void rebuild(struct gaz_ctx *ctx, struct api_refresh *refresh)
{
    struct gaz_build_stats stats;
    set_phase(refresh, API_REFRESH_WORKING);
    let_writers_rest(ctx, refresh);
    const int64_t began_ms = gaz_clock_ms();
    gaz_status status =
        refresh->store
            ? gaz_build_snapshot_again(ctx, refresh->store, refresh->snapshot,
                                       refresh->memo, &stats)
            : GAZ_IO;
    if (status == GAZ_OK)
        (void)api_snapshot_swap_check(ctx, refresh->options.swap);
    if (status == GAZ_OK && is_behind(refresh))
        status = gaz_fail(ctx, GAZ_IO, "the new snapshot was not taken up");
    const int64_t took_ms = gaz_clock_ms() - began_ms;
    if (status == GAZ_OK)
        note_built(refresh, took_ms);
    else
        note_failed(ctx, refresh);
    int64_t pause_ms =
        status == GAZ_OK ? took_ms / REST_SHARE : refresh->retry_ms;
    if (status == GAZ_OK && pause_ms > PAUSE_MAX_MS)
        pause_ms = PAUSE_MAX_MS;
    (void)wait_ms(refresh, pause_ms, true);
}

/* ICU compiles its rules when they are first used, for 0.15 s: before the first
 * write waits for it. A failure shows again when a build needs it. */
static void warm_up(struct gaz_ctx *ctx)
{
    struct gaz_unicode *unicode;
    const char *ignored;
    if (gaz_unicode_open(ctx, &unicode) != GAZ_OK)
        return;
    if (gaz_unicode_pinyin(ctx, unicode, "乍浦", &ignored) == GAZ_OK)
        (void)gaz_unicode_ascii(ctx, unicode, "Zhà", &ignored);
    gaz_unicode_close(unicode);
}

static void *run(void *argument)
{
    struct api_refresh *refresh = argument;
    struct gaz_ctx ctx = {.failure = ""};
    warm_up(&ctx);
    do {
        gaz_ctx_next(&ctx);
        (void)look(&ctx, refresh);
        if (refresh->store && is_to_build(refresh)) {
            gaz_ctx_next(&ctx);
            rebuild(&ctx, refresh);
        }
    } while (wait_ms(refresh, refresh->store ? POLL_MS : REOPEN_MS, false));
    gaz_store_close(refresh->store);
    gaz_ctx_close(&ctx);
    return NULL;
}

/* ---- opening and closing ---- */

static char *copy(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *made = gaz_malloc(size);
    memcpy(made, text, size);
    return made;
}

gaz_status api_refresh_open(struct gaz_ctx *ctx,
                            const struct api_refresh_options *options,
                            struct api_refresh **out)
{
    struct api_refresh *refresh = gaz_malloc(sizeof(*refresh));
    refresh->options = *options;
    refresh->memo = gaz_borders_memo_open();
    refresh->db = copy(options->db);
    refresh->snapshot = copy(options->snapshot);
    (void)pthread_mutex_init(&refresh->lock, NULL);
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&refresh->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    const int failed = pthread_create(&refresh->thread, NULL, run, refresh);
    refresh->is_running = failed == 0;
    if (failed) {
        api_refresh_close(refresh);
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                        strerror(failed));
    }
    gaz_status status =
        api_freshen_open(ctx, refresh->db, options->swap, &refresh->freshen);
    if (status != GAZ_OK) {
        api_refresh_close(refresh);
        return status;
    }
    *out = refresh;
    return GAZ_OK;
}

void api_refresh_close(struct api_refresh *refresh)
{
    if (!refresh)
        return;
    api_freshen_close(refresh->freshen);
    (void)pthread_mutex_lock(&refresh->lock);
    refresh->is_closing = true;
    (void)pthread_cond_signal(&refresh->wake);
    (void)pthread_mutex_unlock(&refresh->lock);
    if (refresh->is_running)
        (void)pthread_join(refresh->thread, NULL);
    (void)pthread_cond_destroy(&refresh->wake);
    (void)pthread_mutex_destroy(&refresh->lock);
    gaz_borders_memo_close(refresh->memo);
    gaz_free(refresh->db);
    gaz_free(refresh->snapshot);
    gaz_free(refresh);
}

void api_refresh_wake(struct api_refresh *refresh)
{
    if (!refresh)
        return;
    api_freshen_wake(refresh->freshen);
    (void)pthread_mutex_lock(&refresh->lock);
    refresh->is_woken = true;
    (void)pthread_cond_signal(&refresh->wake);
    (void)pthread_mutex_unlock(&refresh->lock);
}

void api_refresh_read(struct api_refresh *refresh,
                      struct api_refresh_state *out)
{
    (void)pthread_mutex_lock(&refresh->lock);
    *out = refresh->state;
    (void)pthread_mutex_unlock(&refresh->lock);
}
