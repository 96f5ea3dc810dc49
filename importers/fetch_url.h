/* fetch_url.h - which URLs are taken, what a file of one is called, where a
 * link leads. */
#ifndef IMP_FETCH_URL_H
#define IMP_FETCH_URL_H

#include <stdbool.h>

#include "gazetteer/base/arena.h"

struct imp_fetch_url_rules {
    bool is_redirect; /* the host sent us there */
    bool from_local;  /* and is this machine itself */
    bool allow_http;
};

/* Why a URL is not taken; NULL: it is, and *is_local tells whether it is of the
 * loopback. */
const char *imp_fetch_url_refuse(struct gaz_arena *arena, const char *url,
                                 const struct imp_fetch_url_rules *rules,
                                 bool *is_local);

/* The last part of its path, made safe for a file name; "download" when there
 * is none. */
const char *imp_fetch_url_name(struct gaz_arena *arena, const char *url);

/* A link as it stands in a page of `base`, made whole. NULL: it is none. */
const char *imp_fetch_url_join(struct gaz_arena *arena, const char *base,
                               const char *link);

/* The features of a collection of OGC API - Features: of ".../collections/ID"
 * or ".../collections/ID/items", with the query as it stands and, where that
 * says no `limit`, with that of `limit`. NULL: the URL is of no collection, or
 * asks for another format (f=csv). */
const char *imp_fetch_url_items(struct gaz_arena *arena, const char *url,
                                int limit);

/* The ID of such a URL, made safe for a file name. */
const char *imp_fetch_url_collection(struct gaz_arena *arena, const char *url);

#endif
