/* coverage_geos.h - what the files of coverage.h share; the door to GEOS. */
#ifndef GAZ_GEO_COVERAGE_GEOS_H
#define GAZ_GEO_COVERAGE_GEOS_H

#include <geos_c.h>

#include "gazetteer/geo/coverage.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/track.h"

enum { SIDES = 2, QUARTER_CIRCLE_SEGMENTS = 16 };

struct gaz_coverage {
    GEOSContextHandle_t geos;
    GEOSWKBReader *reader;
    GEOSWKBWriter *writer;
    struct gaz_crs *plane;
    GEOSGeometry **parts[SIDES]; /* in the plane, as they were added */
    unsigned part_count[SIDES];
    GEOSGeometry *sides[SIDES]; /* united; NULL before */
    struct gaz_ctx *ctx;        /* of the call under way, for callbacks */
    char error[256];            /* GEOS' last sentence */
};

/* Fails with what was tried and GEOS' last sentence. */
gaz_status gaz_coverage_geos_fail(struct gaz_ctx *ctx,
                                  const struct gaz_coverage *c,
                                  const char *what);

/* Copies a shape of the plane into degrees; the caller destroys it. */
gaz_status gaz_coverage_geos_degrees(struct gaz_ctx *ctx,
                                     struct gaz_coverage *c,
                                     const GEOSGeometry *shape,
                                     GEOSGeometry **out);

gaz_status gaz_coverage_geos_write(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                   const GEOSGeometry *shape,
                                   struct gaz_wkb *out);

/* The points of a line or ring in degrees; in the arena. */
const struct gaz_coord *gaz_coverage_geos_points(struct gaz_ctx *ctx,
                                                 struct gaz_coverage *c,
                                                 const GEOSGeometry *line,
                                                 size_t *count);

/* The area of a polygon in degrees, on the ellipsoid. */
double gaz_coverage_geos_area_m2(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                 const GEOSGeometry *polygon);

/* The segments of a line, a ring or several, in the plane; in the arena. */
void gaz_coverage_geos_track(struct gaz_ctx *ctx, struct gaz_coverage *c,
                             const GEOSGeometry *lines, struct gaz_track *out);

#endif
