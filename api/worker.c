/* SPDX-License-Identifier: Apache-2.0 */
#include "api/worker.h"

#include <pthread.h>

#include "api/ogc/crs.h"

/* A desk that held a larger answer gives the memory back: a thousand requests
 * at one moment would keep four times this for each of them. */
enum { KEEP_BYTES = 128 * 1024 };

struct api_desks {
    pthread_mutex_t lock;
    struct api_desk *free;
};

struct api_desks *api_worker_desks_open(void)
{
    struct api_desks *desks = gaz_malloc(sizeof(*desks));
    (void)pthread_mutex_init(&desks->lock, NULL);
    return desks;
}

static void close_desk(struct api_desk *desk)
{
    gaz_searcher_close(desk->worker.searcher);
    ogc_crs_close(desk->worker.projections);
    gaz_buffer_close(&desk->input);
    gaz_buffer_close(&desk->body);
    gaz_buffer_close(&desk->wire);
    gaz_ctx_close(&desk->worker.ctx);
    gaz_free(desk);
}

void api_worker_desks_close(struct api_desks *desks)
{
    if (!desks)
        return;
    while (desks->free) {
        struct api_desk *desk = desks->free;
        desks->free = desk->next;
        close_desk(desk);
    }
    (void)pthread_mutex_destroy(&desks->lock);
    gaz_free(desks);
}

gaz_status api_worker_take(struct gaz_ctx *ctx, struct api_desks *desks,
                           struct api_desk **out)
{
    (void)pthread_mutex_lock(&desks->lock);
    struct api_desk *desk = desks->free;
    if (desk)
        desks->free = desk->next;
    (void)pthread_mutex_unlock(&desks->lock);
    if (desk) {
        *out = desk;
        return GAZ_OK;
    }
    desk = gaz_malloc(sizeof(*desk));
    gaz_buffer_open(&desk->input, API_BODY_MAX_BYTES);
    gaz_buffer_open(&desk->body, API_RESPONSE_MAX_BYTES);
    gaz_buffer_open(&desk->wire, API_RESPONSE_MAX_BYTES + 8192);
    gaz_status status = gaz_searcher_open(ctx, &desk->worker.searcher);
    if (status != GAZ_OK) {
        close_desk(desk);
        return status;
    }
    *out = desk;
    return GAZ_OK;
}

static void empty_buffer(struct gaz_buffer *buffer)
{
    size_t max = buffer->max;
    if (buffer->capacity > KEEP_BYTES) {
        gaz_buffer_close(buffer);
        gaz_buffer_open(buffer, max);
    } else {
        gaz_buffer_clear(buffer);
    }
}

void api_worker_give(struct api_desks *desks, struct api_desk *desk)
{
    struct api_worker *worker = &desk->worker;
    if (gaz_arena_used(&worker->ctx.arena) > KEEP_BYTES)
        gaz_arena_close(&worker->ctx.arena);
    gaz_ctx_next(&worker->ctx);
    empty_buffer(&desk->input);
    empty_buffer(&desk->body);
    empty_buffer(&desk->wire);
    *worker = (struct api_worker){.ctx = worker->ctx,
                                  .searcher = worker->searcher,
                                  .projections = worker->projections};
    (void)pthread_mutex_lock(&desks->lock);
    desk->next = desks->free;
    desks->free = desk;
    (void)pthread_mutex_unlock(&desks->lock);
}
