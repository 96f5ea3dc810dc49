/* courier.h - brings the change feed to those who subscribed.
 *
 * One thread. To each subscriber one delivery at a time, in the order of the
 * journal; a slow one keeps nobody else waiting. A delivery is the next entries
 * of the feed that the subscriber's roles may see, signed as Standard Webhooks
 * 1.0 has it (webhook-id, webhook-timestamp, webhook-signature: v1,HMAC-SHA-256
 * in base 64 of "id.timestamp.body"). What is delivered is noted in the
 * database after the subscriber has answered 2xx: a crash in between delivers
 * again, under the same webhook-id, never too little.
 *
 * Of several servers over one database one delivers: it holds a lock on
 * DATABASE.hooks.
 */
#ifndef API_HOOKS_COURIER_H
#define API_HOOKS_COURIER_H

#include "gazetteer/store/hook.h"

enum {
    API_COURIER_ATTEMPTS = 14, /* 1 s, 2 s, 4 s ... 1 h: given up after 4 h */
    API_COURIER_BACKOFF_MS = 1000,
    API_COURIER_BACKOFF_MAX_MS = 3600 * 1000,
    API_COURIER_TIMEOUT_MS = 10000,
    API_COURIER_BATCH = 100,
    API_COURIER_BODY_BYTES = 1024 * 1024, /* then the next delivery begins */
};

struct api_courier;

struct api_courier_options {
    const char *db;
    bool allows_private; /* see post.h */
    int attempts;        /* then a letter is dead; 0: the default */
    int backoff_ms;      /* after the first failure; 0: the default */
    int timeout_ms;      /* of one delivery; 0: the default */
    void (*log)(const char *line, void *user); /* NULL: nobody listens */
    void *user;
};

struct api_courier_counts {
    uint64_t delivered;
    uint64_t failed;
    uint64_t buried;
};

gaz_status api_courier_open(struct gaz_ctx *ctx,
                            const struct api_courier_options *options,
                            struct api_courier **out);
/* Breaks off what is under way: it is delivered again. Accepts NULL. */
void api_courier_close(struct api_courier *courier);
void api_courier_counts_read(struct api_courier *courier,
                             struct api_courier_counts *out);

#endif
