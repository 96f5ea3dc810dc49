/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/seed.h"

#include <pthread.h>
#include <string.h>

#include "tiles/export.h"
#include "tiles/hilbert.h"
#include "tiles/pyramid.h"

/* What is lost at most when the machine stops; and what others who write into
 * the file wait for. */
enum { TILES_A_GROUP = 256 };

struct seeding {
    struct tile_seed *job;
    struct tile_maker *maker;
    const uint64_t *ids;
    pthread_mutex_t lock;
    uint64_t next;
    uint64_t done;
    bool is_over; /* cancelled or failed */
    gaz_status failure;
    char why[GAZ_FAILURE_MAX_BYTES];
};

static bool take(struct seeding *s, uint64_t *id)
{
    (void)pthread_mutex_lock(&s->lock);
    if (s->job->cancel && *s->job->cancel) {
        s->is_over = true;
        s->job->is_cancelled = true;
    }
    bool is_there = !s->is_over && s->next < s->job->total;
    if (is_there)
        *id = s->ids[s->next++];
    (void)pthread_mutex_unlock(&s->lock);
    return is_there;
}

static void note(struct seeding *s, struct gaz_ctx *ctx, gaz_status status,
                 bool was_there)
{
    struct tile_seed *job = s->job;
    (void)pthread_mutex_lock(&s->lock);
    s->done++;
    job->kept += was_there;
    if (status != GAZ_OK && !s->is_over) {
        s->is_over = true;
        s->failure = status;
        memcpy(s->why, ctx->failure, sizeof s->why);
    }
    if (s->done % TILES_A_GROUP == 0) {
        tile_store_group(s->maker, false);
        tile_store_group(s->maker, true);
    }
    if (job->progress)
        job->progress(job->user, s->done, job->total);
    (void)pthread_mutex_unlock(&s->lock);
}

static void *work(void *argument)
{
    struct seeding *s = argument;
    struct gaz_ctx ctx = {.failure = ""};
    uint64_t id;
    while (take(s, &id)) {
        struct tile_address tile = tile_hilbert_address(id);
        struct tile_request request = s->job->form;
        bool was_there = false;
        request.z = tile.z;
        request.x = tile.x;
        request.y = tile.y;
        gaz_status status = tile_store(&ctx, s->maker, &request, &was_there);
        note(s, &ctx, status, was_there);
        gaz_ctx_next(&ctx);
    }
    gaz_ctx_close(&ctx);
    return NULL;
}

static gaz_status run(struct gaz_ctx *ctx, struct seeding *s)
{
    pthread_t threads[TILE_EXPORT_THREADS_MAX];
    int count = 0;
    (void)pthread_mutex_init(&s->lock, NULL);
    tile_store_group(s->maker, true);
    while (count < s->job->threads &&
           pthread_create(&threads[count], NULL, work, s) == 0)
        count++;
    for (int i = 0; i < count; i++)
        (void)pthread_join(threads[i], NULL);
    tile_store_group(s->maker, false);
    (void)pthread_mutex_destroy(&s->lock);
    if (count == 0)
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread");
    return s->failure == GAZ_OK ? GAZ_OK
                                : gaz_fail(ctx, s->failure, "%s", s->why);
}

gaz_status tile_seed_run(struct gaz_ctx *ctx, struct tile_maker *maker,
                         struct tile_seed *job)
{
    struct seeding seeding = {.job = job, .maker = maker};
    uint64_t *ids = NULL;
    if (job->threads < 1 || job->threads > TILE_EXPORT_THREADS_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "1 to %d threads",
                        TILE_EXPORT_THREADS_MAX);
    if (job->form.format == TILE_MVT && job->form.scale != 1)
        return gaz_fail(ctx, GAZ_INVALID, "vector tiles have no scale");
    gaz_status status =
        tile_pyramid_list(ctx, &job->box, job->min_zoom, job->max_zoom,
                          TILE_EXPORT_MAX, &ids, &job->total);
    seeding.ids = ids;
    if (status == GAZ_OK)
        status = run(ctx, &seeding);
    gaz_free(ids);
    return status;
}
