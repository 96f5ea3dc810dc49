/* server.h - threads, sockets and headers: the one door to civetweb.
 *
 * civetweb 1.15 as Debian builds it has traps (docs/api.md, "The server"); each
 * is handled here: no TLS, no document root, one callback for all requests,
 * its own reading of bodies with a deadline, duplicate lengths refused, one
 * write for head and body, heavy work on the threads of pool.h.
 *
 *     struct api_server *server;
 *     api_server_open(ctx, &options, &server);
 *     printf("%s\n", api_server_url(server));
 *     ... wait for a signal ...
 *     api_server_close(server);     // answers what is under way, then stops
 */
#ifndef API_SERVER_H
#define API_SERVER_H

#include <stdbool.h>

#include "api/access/gate.h"
#include "api/hooks/courier.h"
#include "api/jobs/jobs.h"
#include "gazetteer/base/context.h"

typedef enum {
    API_LOG_NONE,
    API_LOG_ERRORS, /* failures of the server, slow answers, new snapshots */
    API_LOG_ALL,    /* a line a request; never what was asked */
} api_log_level;

struct api_server_options {
    const char *snapshot; /* path */
    const char *host;     /* IPv4 address or "localhost" */
    int port;             /* 0: a free one */
    int threads;          /* connections served at a time; 0: 256 */
    int heavy_threads;    /* batches and tiles at a time; 0: one a core */
    int idle_ms;          /* a client that sends nothing is let go; 0: 5000 */
    int body_ms;          /* grace of a slow body or reader; 0: 10000 */
    const char *base_url; /* for links, behind a proxy; NULL: the Host */
    const char *cors_origin;      /* Access-Control-Allow-Origin; NULL: none */
    const char *tile_cache;       /* where tiles are kept; NULL: memory */
    struct api_gate_options gate; /* keys and limits */
    struct api_courier_options hooks; /* its db and log are the server's */
    bool no_rebuild;              /* the snapshot follows `diming build` only */
    struct api_jobs_options jobs; /* tables answered later */
    bool gives_gcj02;             /* GCJ-02 for dialects that are made of it */
    api_log_level log_level;
    void (*log)(const char *line, void *user);
    void *log_user;
};

enum {
    API_SERVER_THREADS_DEFAULT = 1280, /* 1000 idle clients and those at work */
    API_SERVER_THREADS_MAX = 4096,
    API_SERVER_HEAD_MAX_BYTES = 16384,
    API_SERVER_SLOW_MS = 1000,
    API_SERVER_CLOSE_MS = 30000, /* that answers may still take */
};

struct api_server;

/* api_server_open binds, loads the snapshot and begins to answer.
 * @return GAZ_OK; GAZ_INVALID: the snapshot is damaged or of another version,
 *         or the tile cache is another kind of file;
 *         GAZ_IO: the port is taken, no thread */
gaz_status api_server_open(struct gaz_ctx *ctx,
                           const struct api_server_options *options,
                           struct api_server **out);

/* "http://127.0.0.1:8080/" */
const char *api_server_url(const struct api_server *server);

/* api_server_close refuses what comes (503), lets answers that were begun end
 * (at most API_SERVER_CLOSE_MS), stops taking connections, frees all;
 * accepts NULL. */
void api_server_close(struct api_server *server);

#endif
