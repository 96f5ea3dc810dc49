/* geometry.h - areas, inside points, shared borders. With coverage.h, which
 * compares two areas in metres, the only door to GEOS.
 *
 * Geometries cross as WKB (EPSG:4490, 2D, little-endian). A gaz_geometry holds
 * a GEOS context and belongs to one thread.
 */
#ifndef GAZ_GEO_GEOMETRY_H
#define GAZ_GEO_GEOMETRY_H

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"

struct gaz_geometry;

struct gaz_wkb {
    const void *data;
    size_t size;
};

gaz_status gaz_geometry_open(struct gaz_ctx *ctx, struct gaz_geometry **out);
void gaz_geometry_close(struct gaz_geometry *geometry); /* accepts NULL */

/* gaz_geometry_check is GAZ_OK for a valid, non-empty geometry; GAZ_INVALID
 * with GEOS' reason and where. */
gaz_status gaz_geometry_check(struct gaz_ctx *ctx, struct gaz_geometry *g,
                              struct gaz_wkb wkb);
/* gaz_geometry_make_valid repairs; polygons stay polygons. In ctx->arena. */
gaz_status gaz_geometry_make_valid(struct gaz_ctx *ctx, struct gaz_geometry *g,
                                   struct gaz_wkb wkb, struct gaz_wkb *out);
/* gaz_geometry_inside_point gives a point surely inside an area. */
gaz_status gaz_geometry_inside_point(struct gaz_ctx *ctx,
                                     struct gaz_geometry *g, struct gaz_wkb wkb,
                                     struct gaz_coord *out);
/* gaz_geometry_shared_border gives the line where two areas meet within
 * `tolerance_deg`: the boundary of `a` that is that near to `b`, as merged
 * parts (MULTILINESTRING WKB). GAZ_NOT_FOUND when they do not meet. */
gaz_status gaz_geometry_shared_border(struct gaz_ctx *ctx,
                                      struct gaz_geometry *g, struct gaz_wkb a,
                                      struct gaz_wkb b, double tolerance_deg,
                                      struct gaz_wkb *out);

#endif
