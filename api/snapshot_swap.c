/* SPDX-License-Identifier: Apache-2.0 */
#include "api/snapshot_swap.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer/base/clock.h"

struct api_swap {
    pthread_mutex_t lock; /* current, users, is_closing */
    pthread_cond_t wake;
    struct api_shot *current;
    bool is_closing;
    bool is_watched;
    pthread_t watcher;
    pthread_mutex_t check_lock; /* seen: one check at a time */
    struct stat seen;           /* of the file tried last */
    char *path;
    char *tile_cache; /* path, under check_lock; NULL: none */
    api_swap_log *log;
    void *user;
};

static void close_shot(struct api_shot *shot)
{
    tile_maker_close(shot->tiles);
    if (!shot->owner)
        gaz_snapshot_close(shot->snap);
    gaz_free(shot);
}

static gaz_status open_shot(struct gaz_ctx *ctx, const char *path,
                            struct api_shot **out)
{
    struct api_shot *shot = gaz_malloc(sizeof(*shot));
    shot->users = 1;
    gaz_status status = gaz_snapshot_open(ctx, path, &shot->snap);
    if (status == GAZ_OK)
        status = tile_maker_open(ctx, shot->snap, &shot->tiles);
    if (status != GAZ_OK) {
        close_shot(shot);
        return status;
    }
    shot->tiles_seq = shot->snap->journal_seq;
    *out = shot;
    return GAZ_OK;
}

struct api_shot *api_snapshot_swap_take(struct api_swap *swap)
{
    (void)pthread_mutex_lock(&swap->lock);
    struct api_shot *shot = swap->current;
    if (shot)
        shot->users++;
    (void)pthread_mutex_unlock(&swap->lock);
    return shot;
}

void api_snapshot_swap_give(struct api_swap *swap, struct api_shot *shot)
{
    while (shot) {
        struct api_shot *owner = shot->owner;
        (void)pthread_mutex_lock(&swap->lock);
        bool is_last = --shot->users == 0;
        (void)pthread_mutex_unlock(&swap->lock);
        if (!is_last)
            return;
        close_shot(shot);
        shot = owner;
    }
}

/* Lets `fresh` answer from now on; the swap's hold on the old one ends. */
static void put_current(struct api_swap *swap, struct api_shot *fresh)
{
    (void)pthread_mutex_lock(&swap->lock);
    struct api_shot *old = swap->current;
    swap->current = fresh;
    (void)pthread_mutex_unlock(&swap->lock);
    api_snapshot_swap_give(swap, old);
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev &&
           a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Opens the file of tiles for the first map; later ones take it over. */
static gaz_status keep(struct gaz_ctx *ctx, struct api_swap *swap,
                       struct api_shot *shot)
{
    uint64_t emptied = 0;
    gaz_status status = GAZ_OK;
    if (shot && swap->tile_cache)
        status = tile_maker_keep(ctx, shot->tiles, swap->tile_cache, &emptied);
    if (emptied > 0 && swap->log)
        swap->log(gaz_arena_printf(&ctx->arena,
                                   "tile cache: %llu tiles of another map "
                                   "thrown away",
                                   (unsigned long long)emptied),
                  swap->user);
    return status;
}

gaz_status api_snapshot_swap_keep(struct gaz_ctx *ctx, struct api_swap *swap,
                                  const char *tile_cache)
{
    size_t size = strlen(tile_cache) + 1;
    (void)pthread_mutex_lock(&swap->check_lock);
    gaz_free(swap->tile_cache);
    swap->tile_cache = gaz_malloc(size);
    memcpy(swap->tile_cache, tile_cache, size);
    struct api_shot *shot = api_snapshot_swap_take(swap);
    gaz_status status = keep(ctx, swap, shot);
    api_snapshot_swap_give(swap, shot);
    (void)pthread_mutex_unlock(&swap->check_lock);
    return status;
}

/* Lets the new map go on from the old one, which keeps answering meanwhile. */
static void follow(struct gaz_ctx *ctx, struct api_swap *swap,
                   struct api_shot *fresh)
{
    struct tile_follow_stats stats;
    struct api_shot *old = api_snapshot_swap_take(swap);
    if (!old) {
        if (keep(ctx, swap, fresh) != GAZ_OK && swap->log)
            swap->log(gaz_arena_printf(&ctx->arena, "no tile cache: %s",
                                       gaz_ctx_failure(ctx)),
                      swap->user);
        return;
    }
    if (tile_maker_follow(ctx, fresh->tiles, old->tiles, &stats) == GAZ_OK &&
        swap->log && stats.scenes > 0)
        swap->log(gaz_arena_printf(&ctx->arena,
                                   "map: %u scenes compared, %u tiles dirty, "
                                   "%zu cached tiles kept, %llu in the file",
                                   stats.scenes, stats.dirty, stats.kept,
                                   (unsigned long long)stats.stored),
                  swap->user);
    api_snapshot_swap_give(swap, old);
}

/* Opens the file when it is another than the one seen last. GAZ_END: nothing
 * new. A bad file is tried once, not every second. */
static gaz_status load_if_new(struct gaz_ctx *ctx, struct api_swap *swap)
{
    struct stat now;
    if (stat(swap->path, &now) != 0 || is_same_file(&now, &swap->seen))
        return GAZ_END;
    swap->seen = now;
    struct api_shot *fresh;
    gaz_status status = open_shot(ctx, swap->path, &fresh);
    if (status != GAZ_OK)
        return status;
    if (swap->log)
        swap->log(gaz_arena_printf(&ctx->arena,
                                   "snapshot %016llx loaded, %u places",
                                   (unsigned long long)fresh->snap->checksum,
                                   fresh->snap->place_count),
                  swap->user);
    follow(ctx, swap, fresh);
    put_current(swap, fresh);
    return GAZ_OK;
}

/* A shot that borrows the snapshot of another. */
static struct api_shot *borrow(struct api_swap *swap, struct api_shot *from)
{
    struct api_shot *made = gaz_malloc(sizeof(*made));
    made->users = 1;
    made->snap = from->snap;
    made->owner = from->owner ? from->owner : from;
    (void)pthread_mutex_lock(&swap->lock);
    made->owner->users++;
    (void)pthread_mutex_unlock(&swap->lock);
    return made;
}

bool api_snapshot_swap_edit(struct gaz_ctx *ctx, struct api_swap *swap,
                            struct api_shot *shot,
                            const struct tile_edit *edits, uint32_t count,
                            uint64_t seq)
{
    struct tile_follow_stats stats;
    struct tile_maker *tiles;
    (void)pthread_mutex_lock(&swap->check_lock);
    bool does = shot == swap->current &&
                tile_maker_edit(ctx, shot->tiles, edits, count, &tiles, &stats);
    if (does) {
        struct api_shot *fresh = borrow(swap, shot);
        fresh->tiles = tiles;
        fresh->tiles_seq = seq;
        put_current(swap, fresh);
    }
    (void)pthread_mutex_unlock(&swap->check_lock);
    return does;
}

void api_snapshot_swap_passed(struct api_swap *swap, struct api_shot *shot,
                              uint64_t seq)
{
    (void)pthread_mutex_lock(&swap->check_lock);
    shot->tiles_seq = seq;
    (void)pthread_mutex_unlock(&swap->check_lock);
}

bool api_snapshot_swap_check(struct gaz_ctx *ctx, struct api_swap *swap)
{
    (void)pthread_mutex_lock(&swap->check_lock);
    gaz_status status = load_if_new(ctx, swap);
    if (status != GAZ_OK && status != GAZ_END && swap->log)
        swap->log(gaz_arena_printf(&ctx->arena, "snapshot not loaded: %s",
                                   gaz_ctx_failure(ctx)),
                  swap->user);
    (void)pthread_mutex_unlock(&swap->check_lock);
    return status == GAZ_OK;
}

/* Waits a second, or less when the swap closes; false then. */
static bool wait_a_second(struct api_swap *swap)
{
    const struct timespec until = gaz_clock_after(1000);
    (void)pthread_mutex_lock(&swap->lock);
    int waited = 0;
    while (!swap->is_closing && waited == 0)
        waited = pthread_cond_timedwait(&swap->wake, &swap->lock, &until);
    bool goes_on = !swap->is_closing;
    (void)pthread_mutex_unlock(&swap->lock);
    return goes_on;
}

static void *watch(void *argument)
{
    struct api_swap *swap = argument;
    struct gaz_ctx ctx = {.failure = ""};
    while (wait_a_second(swap)) {
        (void)api_snapshot_swap_check(&ctx, swap);
        gaz_ctx_next(&ctx);
    }
    gaz_ctx_close(&ctx);
    return NULL;
}

gaz_status api_snapshot_swap_open(struct gaz_ctx *ctx, const char *path,
                                  api_swap_log *log, void *user,
                                  struct api_swap **out)
{
    struct api_swap *swap = gaz_malloc(sizeof(*swap));
    size_t size = strlen(path) + 1;
    swap->path = gaz_malloc(size);
    memcpy(swap->path, path, size);
    swap->log = log;
    swap->user = user;
    (void)pthread_mutex_init(&swap->lock, NULL);
    (void)pthread_mutex_init(&swap->check_lock, NULL);
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&swap->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    gaz_status status = load_if_new(ctx, swap);
    if (status == GAZ_END)
        status = GAZ_OK; /* not there yet */
    if (status == GAZ_OK) {
        int failed = pthread_create(&swap->watcher, NULL, watch, swap);
        swap->is_watched = failed == 0;
        if (failed)
            status = gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                              strerror(failed));
    }
    if (status != GAZ_OK) {
        api_snapshot_swap_close(swap);
        return status;
    }
    *out = swap;
    return GAZ_OK;
}

void api_snapshot_swap_close(struct api_swap *swap)
{
    if (!swap)
        return;
    (void)pthread_mutex_lock(&swap->lock);
    swap->is_closing = true;
    (void)pthread_cond_signal(&swap->wake);
    (void)pthread_mutex_unlock(&swap->lock);
    if (swap->is_watched)
        (void)pthread_join(swap->watcher, NULL);
    api_snapshot_swap_give(swap, swap->current);
    (void)pthread_cond_destroy(&swap->wake);
    (void)pthread_mutex_destroy(&swap->check_lock);
    (void)pthread_mutex_destroy(&swap->lock);
    gaz_free(swap->path);
    gaz_free(swap->tile_cache);
    gaz_free(swap);
}
