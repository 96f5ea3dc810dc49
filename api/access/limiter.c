/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/limiter.h"

#include <pthread.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/text.h"

enum {
    ROW_BITS = 10,
    ROWS = 1 << ROW_BITS,
    WAYS = 8,
    UNIT = 1000, /* of a token: milliseconds times rate */
};

struct bucket {
    uint64_t who;   /* hash of the address; 0: never used */
    int64_t tokens; /* in 1 / UNIT, at `seen_ms` */
    int64_t seen_ms;
};

struct api_limiter {
    int64_t rate;
    int64_t full; /* burst in 1 / UNIT */
    pthread_mutex_t lock;
    struct bucket rows[ROWS][WAYS];
};

struct api_limiter *api_limiter_open(int rate, int burst)
{
    struct api_limiter *limiter = gaz_malloc(sizeof(*limiter));
    limiter->rate = rate;
    limiter->full = (int64_t)burst * UNIT;
    (void)pthread_mutex_init(&limiter->lock, NULL);
    return limiter;
}

void api_limiter_close(struct api_limiter *limiter)
{
    if (limiter)
        (void)pthread_mutex_destroy(&limiter->lock);
    gaz_free(limiter);
}

static int64_t tokens_at(const struct api_limiter *limiter,
                         const struct bucket *bucket, int64_t now_ms)
{
    if (bucket->who == 0)
        return limiter->full;
    const int64_t spent_ms = now_ms - bucket->seen_ms;
    /* so long ago that it is full; also keeps the product small */
    if (spent_ms > limiter->full / limiter->rate)
        return limiter->full;
    const int64_t tokens = bucket->tokens + spent_ms * limiter->rate;
    return tokens < limiter->full ? tokens : limiter->full;
}

/* The bucket of `who`; a new one takes the place of the fullest, whose owner
 * loses nothing or least. */
static struct bucket *find_bucket(struct api_limiter *limiter, uint64_t who,
                                  int64_t now_ms)
{
    struct bucket *row = limiter->rows[who >> (64 - ROW_BITS)];
    struct bucket *fullest = &row[0];
    for (int i = 0; i < WAYS; i++) {
        if (row[i].who == who)
            return &row[i];
        if (tokens_at(limiter, &row[i], now_ms) >
            tokens_at(limiter, fullest, now_ms))
            fullest = &row[i];
    }
    *fullest =
        (struct bucket){.who = who, .tokens = limiter->full, .seen_ms = now_ms};
    return fullest;
}

int api_limiter_take(struct api_limiter *limiter, const char *who,
                     int64_t now_ms)
{
    const uint64_t hash = gaz_text_hash(who, strlen(who)) | 1;
    (void)pthread_mutex_lock(&limiter->lock);
    struct bucket *bucket = find_bucket(limiter, hash, now_ms);
    bucket->tokens = tokens_at(limiter, bucket, now_ms);
    bucket->seen_ms = now_ms;
    const int64_t missing = UNIT - bucket->tokens;
    if (missing <= 0)
        bucket->tokens -= UNIT;
    (void)pthread_mutex_unlock(&limiter->lock);
    if (missing <= 0)
        return 0;
    const int64_t wait_ms = (missing + limiter->rate - 1) / limiter->rate;
    return (int)((wait_ms + 999) / 1000);
}
