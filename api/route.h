/* route.h - which handler answers which path, and the dispatch around it.
 *
 * One table is the truth: matching, the check of parameters, the Allow header
 * and /openapi.json are all read from it, so they cannot drift apart.
 *
 *     api_route_dispatch(worker, &request, &response);   // always answers
 */
#ifndef API_ROUTE_H
#define API_ROUTE_H

#include "api/http.h"

enum { /* api_route.flags */
       API_NEEDS_SNAPSHOT = 1 << 0,
       API_HEAVY = 1 << 1, /* runs on a thread with a large stack (pool.h) */
       API_NEGOTIATES = 1 << 2,   /* the answer depends on Accept */
       API_TAKES_ANY = 1 << 3,    /* other parameters are ignored, as those that
                                   * the dialect's own service ignores */
       API_SPOOLS = 1 << 5,       /* a body may go to a file (jobs/jobs.h) */
       API_LOCAL = 1 << 4,        /* asked from this machine, needs no role */
       API_READS_LEDGER = 1 << 6, /* and from the database: the answer depends
                                   * on its state, and on the caller's roles */
       API_LOCKS = 1 << 7,        /* takes If-Match and Idempotency-Key */
       API_MADE = 1 << 8, /* names its own content by an ETag; asked first where
                           * the request is read: if what it gives is not made
                           * yet, it puts it off (http.h) and, being heavy, is
                           * asked again in the pool */
       API_ROLES_SHIFT = 16, /* gaz_role bits above: one of them is needed */
};

/* The roles in the flags of a route. */
#define API_ROLES(roles) ((unsigned)(roles) << API_ROLES_SHIFT)

struct api_route {
    const char *method;  /* "GET" (HEAD comes with it), "POST", "PUT" ... */
    const char *pattern; /* "/v1/places/{id}"; a capture holds no '/' */
    api_handler *handler;
    const char *params;   /* names of API_PARAM_DOCS, blank between, '!' after a
                           * required one: "q! limit at" */
    const char *produces; /* media type of a good answer */
    const char *consumes; /* of the body, blank between; NULL: no body */
    unsigned flags;
    const char *name; /* operationId */
    const char *zh;   /* one sentence */
    const char *en;
};

/* api_route_roles returns the roles of which one is needed; 0: none. */
static inline unsigned api_route_roles(const struct api_route *route)
{
    return route->flags >> API_ROLES_SHIFT;
}

/* Ends with an entry whose method is NULL. */
extern const struct api_route API_ROUTES[];

/* What a parameter of the query is, for the check and for OpenAPI. */
struct api_param_doc {
    const char *name;
    const char *type; /* "string", "integer", "number" */
    const char *example;
    double min; /* numbers only; min == max: no bounds */
    double max;
    const char *zh;
    const char *en;
};
extern const struct api_param_doc API_PARAM_DOCS[]; /* ends with NULL name */

/* What the example request of a route needs besides its required parameters:
 * the query of a GET, the body of a POST. */
struct api_example {
    const char *name; /* api_route.name */
    const char *text;
};

/* The tables of the rooms: what a name of a parameter means may differ from one
 * to another (the `limit` of OGC API Features is not that of /v1). */
struct api_route_set {
    const struct api_route *routes;
    const struct api_param_doc *docs;
    const struct api_example *examples;
    const char *tag; /* of OpenAPI */
    const char *zh;  /* heading of /docs */
};

/* api_route_set_of returns the tables that the route stands in. */
const struct api_route_set *api_route_set_of(const struct api_route *route);
extern const struct api_route_set API_ROUTE_SETS[]; /* ends with NULL routes */

/* api_route_at returns the index-th route of all tables, NULL past the last. */
const struct api_route *api_route_at(size_t index);

/* api_route_example returns the text of its api_example, or NULL. */
const char *api_route_example(const struct api_route *route);

/* api_route_doc returns what `name` means for this route, or NULL. */
const struct api_param_doc *api_route_doc(const struct api_route *route,
                                          const char *name);

/* api_route_check tells whether the parameters are those of the route. Problem
 * 400 names the one that is not. */
gaz_status api_route_check(struct api_worker *worker,
                           const struct api_route *route,
                           const struct api_request *request);

/* api_route_match is true when `path` fits `pattern`; fills the captures. */
bool api_route_match(struct gaz_arena *arena, const char *pattern,
                     const char *path, struct api_request *request);

/* api_route_find returns the route of request->method (HEAD: of GET) and path,
 * with the captures filled, or NULL. */
const struct api_route *api_route_find(struct api_worker *worker,
                                       struct api_request *request);

/* api_route_params walks route->params: copies the next name into `name` (32
 * bytes), tells whether it is required; returns the rest, NULL at the end. */
const char *api_route_params(const char *rest, char name[32],
                             bool *is_required);

/* api_route_run answers for a route that api_route_find gave (NULL: none): the
 * page's files, OPTIONS, 404, 405, the check of parameters, the handler, its
 * failure as problem details, If-None-Match. HEAD answers carry the body; the
 * server leaves it out. */
void api_route_run(struct api_worker *worker, const struct api_route *route,
                   struct api_request *request, struct api_response *out);

/* api_route_dispatch is find and run. */
void api_route_dispatch(struct api_worker *worker, struct api_request *request,
                        struct api_response *out);

#endif
