/* server_parts.h - what the server is inside; for server.c, which answers,
 * server_body.c, which takes bodies, and server_start.c, which opens and
 * closes. Only they include it. */
#ifndef API_SERVER_PARTS_H
#define API_SERVER_PARTS_H

#include <civetweb.h>
#include <stdatomic.h>

#include "api/access/gate.h"
#include "api/access/ledger.h"
#include "api/access/recorder.h"
#include "api/route.h"
#include "api/server.h"

struct api_server {
    struct api_server_options options;
    struct mg_context *civet;
    struct api_swap *swap;
    struct api_courier *courier; /* NULL: no database */
    struct api_scribe *scribe;   /* NULL: no database */
    struct api_refresh *refresh; /* NULL: no database, or switched off */
    struct api_pool *pool;
    struct api_desks *desks;
    struct api_meter *meter;
    struct api_gate *gate;
    struct api_recorder *recorder; /* NULL: no database */
    struct api_ledger *ledger;     /* NULL: no database is named */
    struct api_jobs *jobs;         /* NULL: none are taken */
    atomic_ullong next_id;
    atomic_int busy;        /* requests that were begun before it closes */
    atomic_bool is_closing; /* those that come now are refused */
    bool is_library_open;
    char base_url[64]; /* "http://127.0.0.1:8080" */
    char url[72];
};

/* One request on its way. */
struct api_exchange {
    struct api_server *server;
    struct mg_connection *conn;
    const struct mg_request_info *info;
    struct api_desk *desk;
    struct api_request request;
    struct api_response response;
    const struct api_route *route;
    char id[20];
    bool closes;     /* the connection, after this answer */
    bool has_unread; /* bytes of the body: closes, too */
    bool is_head;
    bool is_late; /* it came when the server was closing */
    int64_t started_us;
    size_t sent;
};

/* The socket behind a request, -1: unknown. */
int api_server_socket(const struct mg_request_info *info);

/* Less than the least rate, once the grace is over. */
bool api_server_is_too_slow(const struct api_exchange *exchange,
                            int64_t began_us, int64_t done);

/* api_server_take_body reads the body that the route wants, or says no before
 * it is sent. */
gaz_status api_server_take_body(struct api_exchange *exchange);

/* Callbacks of civetweb (server.c): a request, and a head that civetweb itself
 * refuses. */
int api_server_begin_request(struct mg_connection *conn);
int api_server_answer_error(struct mg_connection *conn, int status,
                            const char *message);

#endif
