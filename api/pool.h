/* pool.h - a few threads with large stacks for heavy work.
 *
 * The web server's own threads have 100 KB of stack, and there are hundreds of
 * them. Batches and map tiles run here instead: on 8 MB stacks, and never more
 * at once than there are threads, so that they cannot starve the cheap
 * questions. A queue that is full is refused at once.
 */
#ifndef API_POOL_H
#define API_POOL_H

#include <stdbool.h>

#include "gazetteer/base/context.h"

enum { API_POOL_STACK_BYTES = 8 * 1024 * 1024, API_POOL_THREADS_MAX = 64 };

struct api_pool;

/* @param threads  1 to API_POOL_THREADS_MAX
 * @param queue    jobs that may wait */
gaz_status api_pool_open(struct gaz_ctx *ctx, int threads, int queue,
                         struct api_pool **out);

/* api_pool_run runs `work(user)` on a thread of the pool and waits for it.
 * False, and nothing is run, when the queue is full or the pool closes. */
bool api_pool_run(struct api_pool *pool, void (*work)(void *user), void *user);

/* api_pool_close waits for the jobs that run; accepts NULL. */
void api_pool_close(struct api_pool *pool);

#endif
