/* query.h - which features are asked for, and the walk that finds them.
 *
 * OGC API - Features - Part 1 (17-069r4), 7.15: bbox, datetime, limit and
 * property filters; Part 2: bbox-crs, crs; Part 3: filter. All must hold. Rows
 * are walked in the order of the snapshot, so a page follows the one before as
 * long as the snapshot stays; `numberMatched` is exact.
 */
#ifndef API_OGC_QUERY_H
#define API_OGC_QUERY_H

#include "api/ogc/collection.h"
#include "api/ogc/crs.h"
#include "api/ogc/filter.h"

enum {
    OGC_LIMIT_DEFAULT = 100,
    OGC_LIMIT_MAX = 10000, /* a larger limit gives this many (7.15.2) */
    OGC_OFFSET_MAX = 100000000,
    OGC_EQUALS_MAX = 16,
    OGC_WALK_MAX_MS = 5000,
};

struct ogc_query {
    const struct ogc_collection *collection;
    const struct ogc_crs *crs;
    int limit;
    int offset;
    struct ogc_shape boxes[2]; /* two when the box crosses 180 degrees */
    int box_count;             /* 0: everywhere */
    bool has_span;
    gaz_date from; /* first and last day, 0: open */
    gaz_date to;
    struct {
        const struct ogc_property *property;
        struct ogc_value value;
    } equals[OGC_EQUALS_MAX];
    int equal_count;
    const struct ogc_filter *filter; /* NULL: none */
};

struct ogc_page {
    const uint32_t *rows;
    uint32_t count;
    uint32_t matched;
};

/* ogc_query_read reads the parameters; a name that is neither in `known` (as
 * api_route.params) nor a property is refused. GAZ_INVALID. */
gaz_status ogc_query_read(struct api_worker *worker,
                          const struct api_request *request,
                          const struct ogc_collection *collection,
                          const char *known, struct ogc_query *out);

/* ogc_query_run walks the collection. GAZ_LIMIT: it took too long. */
gaz_status ogc_query_run(struct api_worker *worker,
                         const struct ogc_query *query, struct ogc_page *out);

#endif
