/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch/pipeline.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "api/represent.h"

enum {
    CHUNK_ROWS = 256,
    CHUNK_BYTES = 1024 * 1024, /* of input, then a chunk is closed early */
    CHUNK_OUT_MAX_BYTES = 256 * 1024 * 1024,
    CHUNKS_PER_THREAD = 3,
};

const char API_BATCH_REJECT_HEAD[] = "\xEF\xBB\xBF"
                                     "line,id,reason_zh,raw\r\n";

enum chunk_state { CHUNK_EMPTY, CHUNK_READY, CHUNK_TAKEN, CHUNK_DONE };

struct chunk {
    enum chunk_state state; /* under the lock; the rest is its owner's */
    struct gaz_ctx rows;    /* holds the input */
    struct imp_row items[CHUNK_ROWS];
    int count;
    struct gaz_buffer out;
    struct gaz_buffer rejects;
    struct api_batch_counts counts;
    gaz_status status;
    char failure[GAZ_FAILURE_MAX_BYTES];
};

struct work {
    const struct api_batch_pipeline *pipeline;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct chunk *chunks;
    int chunk_count;
    int64_t next_taken; /* of the chunks in order; under the lock */
    bool is_closing;
};

static struct chunk *chunk_of(const struct work *work, int64_t number)
{
    assert(work->chunk_count > 0);
    return &work->chunks[number % work->chunk_count];
}

/* ---- the threads that answer ---- */

static void write_reject(const struct api_batch_plan *plan,
                         const struct imp_row *row, const char *reason,
                         struct gaz_arena *arena, struct gaz_buffer *out)
{
    const char *id = plan->id >= 0 && !row->error ? row->values[plan->id] : "";
    const char *raw = row->raw                        ? row->raw
                      : !row->error && row->count > 0 ? row->values[0]
                                                      : "";
    gaz_buffer_printf(out, "%lld,",
                      (long long)(row->line ? row->line : row->number));
    api_represent_csv_cell(out, id, false);
    gaz_buffer_char(out, ',');
    api_represent_csv_cell(out, reason, true);
    gaz_buffer_char(out, ',');
    api_represent_csv_cell(out, api_batch_row_clean(arena, raw), false);
    gaz_buffer_text(out, "\r\n");
}

static void answer_chunk(const struct api_batch_plan *plan, struct gaz_ctx *ctx,
                         struct gaz_searcher *searcher, struct chunk *chunk)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < chunk->count && status == GAZ_OK; i++) {
        const struct imp_row *row = &chunk->items[i];
        const char *failure = NULL;
        status = api_batch_row_write(ctx, searcher, plan, row, &chunk->out,
                                     &chunk->counts, &failure);
        if (status == GAZ_OK && failure)
            write_reject(plan, row, failure, &ctx->arena, &chunk->rejects);
    }
    if (status == GAZ_OK && (chunk->out.full || chunk->rejects.full))
        status = gaz_fail(ctx, GAZ_LIMIT,
                          "the answers of %d rows are too "
                          "large",
                          chunk->count);
    chunk->status = status;
    (void)snprintf(chunk->failure, sizeof(chunk->failure), "%s",
                   status == GAZ_OK ? "" : gaz_ctx_failure(ctx));
}

/* The next chunk in order that is ready; NULL when the work closes. */
static struct chunk *take_chunk(struct work *work)
{
    for (;;) {
        struct chunk *chunk = chunk_of(work, work->next_taken);
        if (chunk->state == CHUNK_READY) {
            chunk->state = CHUNK_TAKEN;
            work->next_taken++;
            return chunk;
        }
        if (work->is_closing)
            return NULL;
        (void)pthread_cond_wait(&work->changed, &work->lock);
    }
}

static void *run_thread(void *argument)
{
    struct work *work = argument;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_searcher *searcher = NULL;
    gaz_status opened = gaz_searcher_open(&ctx, &searcher);
    (void)pthread_mutex_lock(&work->lock);
    struct chunk *chunk;
    while ((chunk = take_chunk(work)) != NULL) {
        (void)pthread_mutex_unlock(&work->lock);
        if (opened == GAZ_OK) {
            answer_chunk(work->pipeline->plan, &ctx, searcher, chunk);
        } else {
            chunk->status = opened;
            (void)snprintf(chunk->failure, sizeof(chunk->failure), "%s",
                           gaz_ctx_failure(&ctx));
        }
        (void)pthread_mutex_lock(&work->lock);
        chunk->state = CHUNK_DONE;
        (void)pthread_cond_broadcast(&work->changed);
    }
    (void)pthread_mutex_unlock(&work->lock);
    gaz_searcher_close(searcher);
    gaz_ctx_close(&ctx);
    return NULL;
}

/* ---- the caller's thread ---- */

static void empty_chunk(struct chunk *chunk)
{
    gaz_ctx_next(&chunk->rows);
    chunk->count = 0;
    gaz_buffer_clear(&chunk->out);
    gaz_buffer_clear(&chunk->rejects);
    chunk->counts = (struct api_batch_counts){.rows = 0};
}

/* Reads rows until the chunk is full; GAZ_END when there are no more. */
static gaz_status fill_chunk(const struct api_batch_pipeline *pipeline,
                             struct chunk *chunk)
{
    gaz_status status = GAZ_OK;
    while (chunk->count < CHUNK_ROWS &&
           gaz_arena_used(&chunk->rows.arena) < CHUNK_BYTES) {
        status = imp_reader_next(&chunk->rows, pipeline->reader,
                                 &chunk->items[chunk->count]);
        if (status != GAZ_OK)
            break;
        chunk->count++;
    }
    return status;
}

static gaz_status put_chunk(struct gaz_ctx *ctx, const struct work *work,
                            const struct chunk *chunk)
{
    if (chunk->status != GAZ_OK)
        return gaz_fail(ctx, chunk->status, "%s", chunk->failure);
    const struct imp_row *last = &chunk->items[chunk->count - 1];
    const int id = work->pipeline->plan->id;
    const struct api_batch_piece piece = {
        .out = &chunk->out,
        .rejects = &chunk->rejects,
        .counts = chunk->counts,
        .last_id = id >= 0 && !last->error ? last->values[id] : ""};
    return work->pipeline->put(ctx, &piece, work->pipeline->user);
}

/* Waits until chunk `number` is answered, puts it and empties it. */
static gaz_status finish_chunk(struct gaz_ctx *ctx, struct work *work,
                               int64_t number)
{
    struct chunk *chunk = chunk_of(work, number);
    (void)pthread_mutex_lock(&work->lock);
    while (chunk->state != CHUNK_DONE)
        (void)pthread_cond_wait(&work->changed, &work->lock);
    (void)pthread_mutex_unlock(&work->lock);
    return put_chunk(ctx, work, chunk);
}

static void offer_chunk(struct work *work, struct chunk *chunk)
{
    (void)pthread_mutex_lock(&work->lock);
    chunk->state = CHUNK_READY;
    (void)pthread_cond_broadcast(&work->changed);
    (void)pthread_mutex_unlock(&work->lock);
}

static bool is_cancelled(const struct api_batch_pipeline *pipeline)
{
    return pipeline->cancel && atomic_load(pipeline->cancel);
}

/* Takes back the chunks that nobody has begun with, so that a cancelled batch
 * ends soon; returns how many are left of those offered. */
static int64_t take_back(struct work *work, int64_t offered)
{
    (void)pthread_mutex_lock(&work->lock);
    while (offered > work->next_taken)
        chunk_of(work, --offered)->state = CHUNK_EMPTY;
    (void)pthread_mutex_unlock(&work->lock);
    return offered;
}

static gaz_status feed(struct gaz_ctx *ctx, struct work *work)
{
    int64_t offered = 0;
    int64_t finished = 0;
    gaz_status read = GAZ_OK; /* of the reader */
    gaz_status put = GAZ_OK;
    while (put == GAZ_OK && read == GAZ_OK && !is_cancelled(work->pipeline)) {
        if (offered - finished == work->chunk_count)
            put = finish_chunk(ctx, work, finished++);
        if (put != GAZ_OK)
            break;
        struct chunk *chunk = chunk_of(work, offered);
        empty_chunk(chunk);
        read = fill_chunk(work->pipeline, chunk);
        if (read != GAZ_OK && read != GAZ_END)
            (void)gaz_fail(ctx, read, "%s", gaz_ctx_failure(&chunk->rows));
        if (chunk->count > 0) {
            offer_chunk(work, chunk);
            offered++;
        }
    }
    if (is_cancelled(work->pipeline))
        offered = take_back(work, offered);
    while (put == GAZ_OK && finished < offered)
        put = finish_chunk(ctx, work, finished++);
    if (put != GAZ_OK)
        return put;
    return read == GAZ_END ? GAZ_OK : read;
}

static int start_threads(struct work *work, pthread_t *threads)
{
    int started = 0;
    while (started < work->pipeline->threads &&
           pthread_create(&threads[started], NULL, run_thread, work) == 0)
        started++;
    return started;
}

static void open_work(struct work *work)
{
    (void)pthread_mutex_init(&work->lock, NULL);
    (void)pthread_cond_init(&work->changed, NULL);
    work->chunk_count = work->pipeline->threads * CHUNKS_PER_THREAD;
    work->chunks = gaz_malloc((size_t)work->chunk_count * sizeof(struct chunk));
    for (int i = 0; i < work->chunk_count; i++) {
        gaz_buffer_open(&work->chunks[i].out, CHUNK_OUT_MAX_BYTES);
        gaz_buffer_open(&work->chunks[i].rejects, CHUNK_OUT_MAX_BYTES);
    }
}

static void close_work(struct work *work)
{
    for (int i = 0; i < work->chunk_count; i++) {
        gaz_buffer_close(&work->chunks[i].out);
        gaz_buffer_close(&work->chunks[i].rejects);
        gaz_ctx_close(&work->chunks[i].rows);
    }
    gaz_free(work->chunks);
    (void)pthread_cond_destroy(&work->changed);
    (void)pthread_mutex_destroy(&work->lock);
}

gaz_status api_batch_pipeline_run(struct gaz_ctx *ctx,
                                  const struct api_batch_pipeline *pipeline)
{
    struct work work = {.pipeline = pipeline};
    pthread_t threads[API_BATCH_THREADS_MAX];
    assert(pipeline->threads >= 1 &&
           pipeline->threads <= API_BATCH_THREADS_MAX);
    open_work(&work);
    int started = start_threads(&work, threads);
    gaz_status status = started > 0
                            ? feed(ctx, &work)
                            : gaz_fail(ctx, GAZ_IO, "cannot start a thread");
    (void)pthread_mutex_lock(&work.lock);
    work.is_closing = true;
    (void)pthread_cond_broadcast(&work.changed);
    (void)pthread_mutex_unlock(&work.lock);
    for (int i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    close_work(&work);
    return status;
}
