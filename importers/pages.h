/* pages.h - a collection of another host's OGC API - Features, page by page.
 *
 * Each page that came whole is put on the caller's shelf at once, with its
 * ETag. A page is asked for with the ETag of the one on the shelf, so that a
 * harvest that was killed, on either side, goes on where it was, and one of
 * what did not change costs a few bytes.
 *
 * What is not whole or not what was asked for is refused: a page that is cut
 * short or has fewer features than it says, fewer features in all than the
 * collection has, another reference system, links that lead to another host or
 * in a circle, numbers that change while it is read.
 */
#ifndef IMP_PAGES_H
#define IMP_PAGES_H

#include "importers/page.h"

#define IMP_PAGES_CRS84 "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
#define IMP_PAGES_4490 "http://www.opengis.net/def/crs/EPSG/0/4490"

enum {
    IMP_PAGES_LIMIT_DEFAULT = 500, /* features a page */
    IMP_PAGES_LIMIT_MAX = 10000,
    IMP_PAGES_MAX = 2000,
    IMP_PAGES_MAX_BYTES = 256 * 1024 * 1024, /* all pages */
    IMP_PAGES_TOTAL_MS = 30 * 60 * 1000,
    IMP_PAGES_PAGE_MS = 2 * 60 * 1000, /* one, with its tries */
    IMP_PAGES_PAUSE_MAX_MS = 60 * 1000,
};

/* A document as it came. */
struct imp_pages_item {
    const char *url;
    const char *etag; /* "": none */
    const void *bytes;
    size_t size;
    const char *features; /* struct imp_page's; NULL: no page */
    size_t features_size;
};

/* Where pages are kept from one harvest to the next. */
struct imp_pages_shelf {
    /* GAZ_NOT_FOUND: there is none of this URL. */
    gaz_status (*find)(struct gaz_ctx *ctx, void *user, const char *url,
                       struct imp_pages_item *out);
    gaz_status (*keep)(struct gaz_ctx *ctx, void *user,
                       const struct imp_pages_item *item);
    void *user;
};

struct imp_pages {
    struct gaz_ctx *ctx;
    struct imp_pages_shelf shelf;
    const char *const *headers; /* as struct imp_fetch_options */
    bool allow_http;
    int64_t pause_ms; /* before the second try; 0: as imp_fetch_url has it */
    int64_t began_ms; /* gaz_clock_ms */
    /* what came, in ctx->arena: */
    struct imp_pages_item *items;
    size_t count;
    size_t capacity;
    size_t bytes;
    int fetched;    /* pages that came over the net */
    int unchanged;  /* that the host said we have */
    const char *zh; /* of a failure, in Chinese; NULL: none */
};

/* What was found in a collection. */
struct imp_pages_tally {
    int64_t features;
    int64_t schematic;
    int64_t placeless;
};

/* imp_pages_offer_crs asks a collection's description (`url`) whether it can
 * answer in the system `uri`. */
gaz_status imp_pages_offer_crs(struct imp_pages *pages, const char *url,
                               const char *uri, bool *out);

/* imp_pages_read adds all pages from `url` on to pages->items.
 *
 * @param crs  the system that the answers must be in, IMP_PAGES_CRS84 ...
 * @param out  added to
 * @return GAZ_OK; GAZ_INVALID, GAZ_LIMIT, GAZ_NOT_FOUND; GAZ_IO: cut short,
 *         gone, changed on the way: it may help to ask again */
gaz_status imp_pages_read(struct imp_pages *pages, const char *url,
                          const char *crs, struct imp_pages_tally *out);

/* imp_pages_join writes the features of all items, byte for byte, as one
 * FeatureCollection into a new temporary file; imp_fetch_discard removes it. */
gaz_status imp_pages_join(const struct imp_pages *pages, const char **path);

#endif
