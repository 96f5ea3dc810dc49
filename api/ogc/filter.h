/* filter.h - CQL2 text, the basic part and a little more.
 *
 * OGC 21-065r2 (Common Query Language 2): and, or, not; = <> < > <= >=; like,
 * between, in, is null; dates and timestamps; s_intersects with a literal
 * geometry. Classes: Basic CQL2, Advanced Comparison Operators, Basic Spatial
 * Functions with all literals.
 *
 *     county = '平湖市' and level in (4, 5) and
 *     s_intersects(geometry, BBOX(121.0, 30.6, 121.1, 30.7))
 *
 * A comparison with a value that is not known is neither true nor false, as in
 * SQL: `not (code = '1')` leaves out features without a code.
 */
#ifndef API_OGC_FILTER_H
#define API_OGC_FILTER_H

#include "api/ogc/collection.h"
#include "api/ogc/crs.h"

enum {
    OGC_FILTER_DEPTH_MAX = 32,
    OGC_FILTER_NODES_MAX = 500,  /* operators and items of lists */
    OGC_FILTER_POINTS_MAX = 1000 /* of all geometries together */
};

struct ogc_filter; /* lives in worker->ctx.arena */

/* ogc_filter_parse reads a filter over the properties of `collection`;
 * coordinates of geometries are in `crs`.
 * @return GAZ_OK; GAZ_INVALID: the sentence tells where and why */
gaz_status ogc_filter_parse(struct api_worker *worker,
                            const struct ogc_collection *collection,
                            const struct ogc_crs *crs, const char *text,
                            const struct ogc_filter **out);

/* ogc_filter_holds is true when the feature is wanted. */
bool ogc_filter_holds(const struct ogc_filter *filter,
                      const struct ogc_collection *collection,
                      const struct ogc_row *row);

/* ogc_filter_like matches a pattern of LIKE: % for any run, _ for one
 * character, \ before either for itself. */
bool ogc_filter_like(const char *text, const char *pattern);

/* ogc_filter_day reads the day of "2009-05-01", "2009-05-01T10:00:00Z". */
bool ogc_filter_day(const char *text, gaz_date *out);

#endif
