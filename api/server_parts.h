/* server_parts.h - what the server is inside; for server.c, which answers, and
 * server_start.c, which opens and closes. Only they include it. */
#ifndef API_SERVER_PARTS_H
#define API_SERVER_PARTS_H

#include <civetweb.h>
#include <stdatomic.h>

#include "api/access/gate.h"
#include "api/access/ledger.h"
#include "api/server.h"

struct api_server {
    struct api_server_options options;
    struct mg_context *civet;
    struct api_swap *swap;
    struct api_pool *pool;
    struct api_desks *desks;
    struct api_meter *meter;
    struct api_gate *gate;
    struct api_ledger *ledger; /* NULL: no database is named */
    struct api_follow *follow; /* NULL: decisions are not built */
    atomic_ullong next_id;
    bool is_library_open;
    char base_url[64]; /* "http://127.0.0.1:8080" */
    char url[72];
};

/* Callbacks of civetweb (server.c): a request, and a head that civetweb itself
 * refuses. */
int api_server_begin_request(struct mg_connection *conn);
int api_server_answer_error(struct mg_connection *conn, int status,
                            const char *message);

#endif
