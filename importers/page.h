/* page.h - one page of features as OGC API - Features gives it (17-069r4, 7.15
 * and 7.16): how many, of how many, and where the next page is.
 *
 * Pure. What is not a whole page is refused: a truncated answer is no JSON, a
 * page with fewer features than it says lost some.
 */
#ifndef IMP_PAGE_H
#define IMP_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/context.h"

enum { IMP_PAGE_MAX_BYTES = 64 * 1024 * 1024, IMP_PAGE_DEPTH_MAX = 64 };

struct imp_page {
    int64_t features;
    int64_t matched;   /* numberMatched; -1: not told */
    int64_t schematic; /* features that say `schematic: true` */
    int64_t placeless; /* features without a geometry */
    const char *next;  /* URL of the next page, perhaps relative; NULL: none */
    const char *text;  /* what stands between the brackets of `features`, byte
                        * for byte; in the bytes that were parsed */
    size_t text_size;  /* 0: there is none */
};

/* imp_page_parse reads a FeatureCollection. In ctx->arena.
 *
 * @param name  for messages
 * @return GAZ_OK; GAZ_INVALID: not JSON, not a FeatureCollection, or
 *         numberReturned is not what there is; GAZ_LIMIT */
gaz_status imp_page_parse(struct gaz_ctx *ctx, const char *name,
                          const void *bytes, size_t size, struct imp_page *out);

/* imp_page_offers_crs is true when the description of a collection lists the
 * system `uri` (OGC 18-058r1, 6.2.1). GAZ_INVALID as above. */
gaz_status imp_page_offers_crs(struct gaz_ctx *ctx, const char *name,
                               const void *bytes, size_t size, const char *uri,
                               bool *out);

#endif
