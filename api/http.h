/* http.h - a request and a response, as plain values.
 *
 * server.c alone touches sockets; handlers see these and can be called from a
 * test. Everything lives in worker->ctx.arena or is borrowed for the call.
 */
#ifndef API_HTTP_H
#define API_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"
#include "gazetteer/base/file.h"
#include "gazetteer/search/search.h"
#include "gazetteer/store/key.h"

enum {
    API_PARAMS_MAX = 32,
    API_BODY_MAX_BYTES = 32 * 1024 * 1024,
    API_RESPONSE_MAX_BYTES = 64 * 1024 * 1024,
    API_CAPTURES_MAX = 8,
    API_CALLER_NAME_BYTES = 128,
    API_CALLER_ADDRESS_BYTES = 48,
};

struct api_param {
    const char *name;
    const char *value; /* decoded, UTF-8 checked */
};

struct api_request {
    const char *method;                      /* "GET" */
    const char *path;                        /* decoded, without the query */
    struct api_param params[API_PARAMS_MAX]; /* of the query, in order */
    int param_count;
    struct api_param captures[API_CAPTURES_MAX]; /* of the route: {id} */
    int capture_count;
    const char *content_type;     /* NULL: none */
    const char *accept;           /* NULL: none */
    const char *if_none_match;    /* NULL: none */
    const char *if_match;         /* NULL: none */
    const char *idempotency_key;  /* NULL: none */
    bool prefers_async;           /* Prefer: respond-async (RFC 7240) */
    struct api_jobs_draft *draft; /* the body, as a job; NULL: in `body` */
    const char *body;
    size_t body_size;
    const char *base_url; /* "http://127.0.0.1:8080", for links */
    const char *id;       /* of this request, for the log; NULL in tests */
};

struct api_response {
    int status;               /* HTTP */
    const char *content_type; /* static text */
    struct gaz_buffer *body;
    const char *etag;          /* NULL: none */
    const char *cache_control; /* NULL: none */
    const char *disposition;   /* NULL: inline */
    const char *location;      /* NULL: none */
    const char *allow;         /* NULL: none; of 405 and OPTIONS */
    const char *challenge;     /* NULL: none; WWW-Authenticate, of 401 */
    const char *csp;           /* NULL: none; Content-Security-Policy */
    const char *content_crs;   /* NULL: none; Content-Crs, "<uri>" */
    const char *preference;    /* NULL: none; Preference-Applied */
    bool has_file;             /* `file` is the body; the server unmaps it */
    struct gaz_map file;
    bool varies;        /* Vary: Accept */
    int retry_after_s;  /* 0: none; of 429 and 503 */
    bool varies_by_key; /* Vary: Authorization, X-Api-Key */
};

/* Who sends a request. */
struct api_caller {
    char id[GAZ_KEY_ID_CHARS + 1];    /* of the key; "" without one */
    char name[API_CALLER_NAME_BYTES]; /* whose key; cut when longer */
    char address[API_CALLER_ADDRESS_BYTES];
    unsigned roles; /* gaz_role; 0: the public */
};

struct api_meter;
struct api_ledger;
struct api_refresh;
struct api_scribe;
struct api_courier;
struct api_jobs;

/* What one request has at hand; many threads take turns (worker.h). */
struct api_worker {
    struct gaz_ctx ctx;
    struct gaz_searcher *searcher;
    const struct gaz_snapshot *snap; /* held for this request */
    struct api_server *server;       /* NULL in unit tests */
    struct api_meter *meter;         /* shared; NULL in unit tests */
    struct api_ledger *ledger;       /* shared; NULL: no database */
    struct api_courier *courier;     /* shared; NULL: nothing is brought */
    struct api_scribe *scribe;       /* shared; NULL: nothing is written */
    struct api_refresh *refresh;     /* shared; NULL: nobody rebuilds */
    struct api_jobs *jobs;           /* shared; NULL: none are taken */
    struct api_caller caller;
    bool is_trial;   /* nothing heavy may be done: put it off (API_MADE) */
    bool is_put_off; /* the handler's answer is none; ask it again */
    bool is_noted;   /* in the audit log, by the handler's own transaction */
    struct tile_maker *tiles; /* shared, thread-safe; NULL in some tests */
    struct ogc_projections *projections; /* opened when first needed */
    const struct ogc_border *border;     /* of this request (ogc/border.c) */
    bool gives_gcj02; /* the operator lets GCJ-02 out (dialects/amap.c) */
    /* What a failing handler adds to the sentence in ctx (problem.h). */
    int problem;            /* HTTP status; 0: the one of the gaz_status */
    int retry_after_s;      /* of 429 and 503; 0: none */
    const char *parameter;  /* the parameter to blame, NULL: none */
    const char *failure_zh; /* the sentence in Chinese, NULL: a general one */
    const char *current;    /* JSON of what is stored, when a request expected
                             * another; NULL: none */
};

/* A handler returns GAZ_OK and fills `out`, or a status with the sentence in
 * worker->ctx; route.c turns that into RFC 9457 problem details. */
typedef gaz_status api_handler(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out);

/* api_param returns the value of a query parameter, NULL when absent; the first
 * one counts. */
const char *api_param(const struct api_request *request, const char *name);
const char *api_capture(const struct api_request *request, const char *name);

#endif
