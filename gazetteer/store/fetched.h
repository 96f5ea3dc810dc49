/* fetched.h - documents of other hosts, kept with their ETag so that the next
 * import of the same URL asks only for what changed. */
#ifndef GAZ_STORE_FETCHED_H
#define GAZ_STORE_FETCHED_H

#include "gazetteer/store/store.h"

struct gaz_fetched {
    const char *url;
    const char *etag; /* never "" */
    const void *bytes;
    size_t size;
};

/* gaz_fetched_find gives what is kept of a URL; in ctx->arena.
 *
 * @param door  the URL of the import, of which `url` is a page or itself
 * @return GAZ_OK; GAZ_NOT_FOUND; GAZ_DB */
gaz_status gaz_fetched_find(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *door, const char *url,
                            struct gaz_fetched *out);

/* gaz_fetched_put keeps a document in place of an older one of its URL; inside
 * begin and commit, as the next. */
gaz_status gaz_fetched_put(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *door,
                           const struct gaz_fetched *document);

/* gaz_fetched_prune forgets the door's documents of other URLs than these. */
gaz_status gaz_fetched_prune(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *door, const char *const *urls,
                             size_t count);

#endif
