/* worker.h - the api_workers that requests take turns with.
 *
 * Hundreds of connections may be open and most are idle; what is dear (an
 * arena, ICU's handles) is needed only while a request is answered. So a
 * request takes a worker from a stack, the one used last first, and gives it
 * back: there are as many workers as requests were answered at one moment.
 */
#ifndef API_WORKER_H
#define API_WORKER_H

#include "api/http.h"

/* A worker with the buffer that its answers are written to. */
struct api_desk {
    struct api_worker worker; /* first: a handler's worker is a desk */
    struct gaz_buffer input;  /* the request's body */
    struct gaz_buffer body;   /* the answer's */
    struct gaz_buffer wire;   /* head and body in one piece */
    struct api_desk *next;
};

struct api_desks;

struct api_desks *api_worker_desks_open(void);
/* All desks must have been given back; accepts NULL. */
void api_worker_desks_close(struct api_desks *desks);

/* api_worker_take returns a desk whose arena and buffers are empty. The
 * searcher is opened on first use. GAZ_IO. */
gaz_status api_worker_take(struct gaz_ctx *ctx, struct api_desks *desks,
                           struct api_desk **out);
void api_worker_give(struct api_desks *desks, struct api_desk *desk);

#endif
