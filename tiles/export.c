/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/export.h"

#include <pthread.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/deflate.h"
#include "tiles/hilbert.h"
#include "tiles/mbtiles.h"
#include "tiles/pmtiles.h"
#include "tiles/pyramid.h"

enum { AHEAD_OF_WRITER = 16 }; /* tiles of one thread */

struct slot {
    struct gaz_buffer data;
    bool is_ready;
};

/* Threads make tiles `next` and on into the slots, at most `slot_count` ahead
 * of the one that writes. */
struct pool {
    const struct tile_export *job;
    struct tile_maker *maker;
    const uint64_t *ids;
    uint64_t count;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t next;    /* to be made */
    uint64_t written; /* all before it are in the spool */
    bool is_over;     /* cancelled or failed */
    gaz_status failure;
    char why[GAZ_FAILURE_MAX_BYTES];
    struct slot *slots;
    uint64_t slot_count;
};

static gaz_status make(struct gaz_ctx *ctx, const struct pool *pool,
                       uint64_t id, struct gaz_buffer *out)
{
    const struct tile_archive *archive = &pool->job->archive;
    struct tile_address tile = tile_hilbert_address(id);
    struct tile_request request = {
        pool->job->style, pool->job->language, tile.z,         tile.x,
        tile.y,           archive->scale,      archive->format};
    gaz_buffer_clear(out);
    gaz_status status = tile_make(ctx, pool->maker, &request, out);
    if (status != GAZ_OK || archive->format != TILE_MVT || out->size == 0)
        return status;
    unsigned char *packed;
    size_t size = tile_deflate_gzip(&ctx->arena, out->data, out->size, &packed);
    gaz_buffer_clear(out);
    gaz_buffer_bytes(out, packed, size);
    return GAZ_OK;
}

/* Waits for room and takes the next tile; false when there is none. */
static bool take(struct pool *pool, uint64_t *index)
{
    while (!pool->is_over && pool->next < pool->count &&
           pool->next >= pool->written + pool->slot_count)
        (void)pthread_cond_wait(&pool->changed, &pool->lock);
    if (pool->is_over || pool->next >= pool->count)
        return false;
    *index = pool->next++;
    return true;
}

static void *work(void *argument)
{
    struct pool *pool = argument;
    struct gaz_ctx ctx = {.failure = ""};
    uint64_t index;
    (void)pthread_mutex_lock(&pool->lock);
    while (take(pool, &index)) {
        struct slot *slot = &pool->slots[index % pool->slot_count];
        (void)pthread_mutex_unlock(&pool->lock);
        gaz_status status = make(&ctx, pool, pool->ids[index], &slot->data);
        (void)pthread_mutex_lock(&pool->lock);
        slot->is_ready = true;
        if (status != GAZ_OK && !pool->is_over) {
            pool->is_over = true;
            pool->failure = status;
            memcpy(pool->why, ctx.failure, sizeof pool->why);
        }
        (void)pthread_cond_broadcast(&pool->changed);
        gaz_ctx_next(&ctx);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    gaz_ctx_close(&ctx);
    return NULL;
}

/* Waits for the tile that is to be written next; NULL: it is over. */
static struct slot *await(struct pool *pool)
{
    struct slot *slot = &pool->slots[pool->written % pool->slot_count];
    (void)pthread_mutex_lock(&pool->lock);
    if (pool->job->cancel && *pool->job->cancel)
        pool->is_over = true;
    while (!pool->is_over && !slot->is_ready)
        (void)pthread_cond_wait(&pool->changed, &pool->lock);
    bool is_over = pool->is_over;
    if (is_over)
        (void)pthread_cond_broadcast(&pool->changed);
    (void)pthread_mutex_unlock(&pool->lock);
    return is_over ? NULL : slot;
}

static void release(struct pool *pool, struct slot *slot, gaz_status status)
{
    (void)pthread_mutex_lock(&pool->lock);
    slot->is_ready = false;
    pool->written++;
    if (status != GAZ_OK)
        pool->is_over = true;
    (void)pthread_cond_broadcast(&pool->changed);
    (void)pthread_mutex_unlock(&pool->lock);
}

static gaz_status write_tiles(struct gaz_ctx *ctx, struct pool *pool,
                              struct tile_spool *spool)
{
    const struct tile_export *job = pool->job;
    gaz_status status = GAZ_OK;
    while (status == GAZ_OK && pool->written < pool->count) {
        struct slot *slot = await(pool);
        if (!slot)
            break;
        status = tile_spool_put(ctx, spool, pool->ids[pool->written],
                                slot->data.data, slot->data.size);
        release(pool, slot, status);
        if (job->progress)
            job->progress(job->user, pool->written, pool->count);
    }
    if (status == GAZ_OK && pool->failure != GAZ_OK)
        status = gaz_fail(ctx, pool->failure, "%s", pool->why);
    return status;
}

static void open_pool(struct pool *pool)
{
    pool->slot_count = (uint64_t)pool->job->threads * AHEAD_OF_WRITER;
    pool->slots = gaz_malloc(pool->slot_count * sizeof *pool->slots);
    for (uint64_t i = 0; i < pool->slot_count; i++) {
        pool->slots[i] = (struct slot){.is_ready = false};
        gaz_buffer_open(&pool->slots[i].data, TILE_MAX_BYTES);
    }
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->changed, NULL);
}

static void close_pool(struct pool *pool)
{
    for (uint64_t i = 0; i < pool->slot_count; i++)
        gaz_buffer_close(&pool->slots[i].data);
    gaz_free(pool->slots);
    (void)pthread_cond_destroy(&pool->changed);
    (void)pthread_mutex_destroy(&pool->lock);
}

static gaz_status make_all(struct gaz_ctx *ctx, struct pool *pool,
                           struct tile_spool *spool)
{
    pthread_t threads[TILE_EXPORT_THREADS_MAX];
    int count = 0;
    gaz_status status = GAZ_OK;
    open_pool(pool);
    while (count < pool->job->threads &&
           pthread_create(&threads[count], NULL, work, pool) == 0)
        count++;
    if (count == 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot start a thread");
    else
        status = write_tiles(ctx, pool, spool);
    for (int i = 0; i < count; i++)
        (void)pthread_join(threads[i], NULL);
    close_pool(pool);
    return status;
}

/* All that the tiles depend on: only the same job goes on with a part. */
static uint64_t job_hash(struct gaz_arena *arena, const struct tile_export *job)
{
    const struct tile_archive *a = &job->archive;
    const char *text = gaz_arena_printf(
        arena, "%s %d %d %d %d %d %.9f %.9f %.9f %.9f %s %llx", job->style,
        (int)job->language, (int)a->format, a->scale, a->min_zoom, a->max_zoom,
        a->box.min.lon, a->box.min.lat, a->box.max.lon, a->box.max.lat,
        a->version, (unsigned long long)job->snapshot);
    return gaz_text_hash(text, strlen(text));
}

static gaz_status export_to(struct gaz_ctx *ctx, struct pool *pool,
                            struct tile_export *job, struct tile_spool *spool)
{
    bool is_pmtiles = gaz_text_ends_with(job->path, ".pmtiles");
    pool->next = pool->written = job->kept = tile_spool_count(spool);
    gaz_status status = make_all(ctx, pool, spool);
    job->is_cancelled = pool->written < pool->count;
    if (status != GAZ_OK || job->is_cancelled)
        return status;
    return is_pmtiles
               ? tile_pmtiles_write(ctx, job->path, &job->archive, spool)
               : tile_mbtiles_write(ctx, job->path, &job->archive, spool);
}

static gaz_status check(struct gaz_ctx *ctx, const struct tile_export *job)
{
    if (!gaz_text_ends_with(job->path, ".pmtiles") &&
        !gaz_text_ends_with(job->path, ".mbtiles"))
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%s': the file is .mbtiles or .pmtiles", job->path);
    if (job->threads < 1 || job->threads > TILE_EXPORT_THREADS_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "1 to %d threads",
                        TILE_EXPORT_THREADS_MAX);
    if (job->archive.format == TILE_MVT && job->archive.scale != 1)
        return gaz_fail(ctx, GAZ_INVALID, "vector tiles have no scale");
    return GAZ_OK;
}

gaz_status tile_export_run(struct gaz_ctx *ctx, struct tile_maker *maker,
                           struct tile_export *job)
{
    const struct tile_archive *a = &job->archive;
    struct pool pool = {.job = job, .maker = maker};
    struct tile_spool *spool;
    uint64_t *ids = NULL;
    gaz_status status = check(ctx, job);
    if (status == GAZ_OK)
        status = tile_pyramid_list(ctx, &a->box, a->min_zoom, a->max_zoom,
                                   TILE_EXPORT_MAX, &ids, &pool.count);
    if (status != GAZ_OK)
        return status;
    pool.ids = ids;
    job->total = pool.count;
    status = tile_spool_open(
        ctx, gaz_arena_printf(&ctx->arena, "%s.part", job->path),
        job_hash(&ctx->arena, job), job->goes_on, &spool);
    if (status == GAZ_OK) {
        status = export_to(ctx, &pool, job, spool);
        tile_spool_close(spool, status == GAZ_OK && !job->is_cancelled);
    }
    gaz_free(ids);
    return status;
}
