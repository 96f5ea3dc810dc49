/* SPDX-License-Identifier: Apache-2.0 */
#include "api/pool.h"

#include <pthread.h>
#include <string.h>

struct job {
    void (*work)(void *user);
    void *user;
    bool is_done;
    pthread_cond_t done;
    struct job *next;
};

struct api_pool {
    pthread_mutex_t lock;
    pthread_cond_t wake; /* a job came, or the pool closes */
    struct job *first;
    struct job **last;
    int waiting;
    int queue_max;
    bool is_closing;
    int thread_count;
    pthread_t threads[API_POOL_THREADS_MAX];
};

/* Takes the next job; NULL when the pool closes and none is left. */
static struct job *take_job(struct api_pool *pool)
{
    while (!pool->first && !pool->is_closing)
        (void)pthread_cond_wait(&pool->wake, &pool->lock);
    struct job *job = pool->first;
    if (job) {
        pool->first = job->next;
        if (!pool->first)
            pool->last = &pool->first;
        pool->waiting--;
    }
    return job;
}

static void *run_thread(void *argument)
{
    struct api_pool *pool = argument;
    (void)pthread_mutex_lock(&pool->lock);
    struct job *job;
    while ((job = take_job(pool)) != NULL) {
        (void)pthread_mutex_unlock(&pool->lock);
        job->work(job->user);
        (void)pthread_mutex_lock(&pool->lock);
        job->is_done = true;
        (void)pthread_cond_signal(&job->done);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

gaz_status api_pool_open(struct gaz_ctx *ctx, int threads, int queue,
                         struct api_pool **out)
{
    struct api_pool *pool = gaz_malloc(sizeof(*pool));
    pool->last = &pool->first;
    pool->queue_max = queue;
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->wake, NULL);
    pthread_attr_t attributes;
    (void)pthread_attr_init(&attributes);
    (void)pthread_attr_setstacksize(&attributes, API_POOL_STACK_BYTES);
    int failed = 0;
    for (int i = 0; i < threads && i < API_POOL_THREADS_MAX && !failed; i++) {
        failed =
            pthread_create(&pool->threads[i], &attributes, run_thread, pool);
        if (!failed)
            pool->thread_count++;
    }
    (void)pthread_attr_destroy(&attributes);
    if (failed) {
        api_pool_close(pool);
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                        strerror(failed));
    }
    *out = pool;
    return GAZ_OK;
}

bool api_pool_run(struct api_pool *pool, void (*work)(void *user), void *user)
{
    struct job job = {.work = work, .user = user};
    (void)pthread_mutex_lock(&pool->lock);
    bool is_taken = !pool->is_closing && pool->waiting < pool->queue_max;
    if (is_taken) {
        (void)pthread_cond_init(&job.done, NULL);
        *pool->last = &job;
        pool->last = &job.next;
        pool->waiting++;
        (void)pthread_cond_signal(&pool->wake);
        while (!job.is_done)
            (void)pthread_cond_wait(&job.done, &pool->lock);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    if (is_taken)
        (void)pthread_cond_destroy(&job.done);
    return is_taken;
}

void api_pool_close(struct api_pool *pool)
{
    if (!pool)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->is_closing = true;
    (void)pthread_cond_broadcast(&pool->wake);
    (void)pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->thread_count; i++)
        (void)pthread_join(pool->threads[i], NULL);
    (void)pthread_cond_destroy(&pool->wake);
    (void)pthread_mutex_destroy(&pool->lock);
    gaz_free(pool);
}
