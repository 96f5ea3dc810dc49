/* coverage_geos.h - what the files of coverage.h share; the door to GEOS. */
#ifndef GAZ_GEO_COVERAGE_GEOS_H
#define GAZ_GEO_COVERAGE_GEOS_H

#include <geos_c.h>
#include <pthread.h>

#include "gazetteer/geo/coverage.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/track.h"

enum { SIDES = 2, QUARTER_CIRCLE_SEGMENTS = 16 };

/* The union of both sides, perhaps under way (coverage_whole.c). */
struct gaz_coverage_whole {
    bool is_running;
    pthread_t thread;
    GEOSContextHandle_t geos;   /* the thread's own; so below */
    GEOSGeometry *sides[SIDES]; /* copies */
    double grid_m;
    GEOSGeometry *result;
    char error[256];
};

struct gaz_coverage {
    GEOSContextHandle_t geos;
    GEOSWKBReader *reader;
    GEOSWKBWriter *writer;
    struct gaz_crs *plane;
    GEOSGeometry **parts[SIDES]; /* in the plane, as they were added */
    unsigned part_count[SIDES];
    GEOSGeometry *sides[SIDES]; /* united; NULL before */
    struct gaz_coverage_whole whole;
    struct gaz_ctx *ctx; /* of the call under way, for callbacks */
    char error[256];     /* GEOS' last sentence */
};

/* The union, begun before or not; the caller destroys it. NULL: it cannot be
 * made, c->error says why. */
GEOSGeometry *gaz_coverage_whole_take(struct gaz_coverage *c, double noise_m);
/* Waits for the thread. */
void gaz_coverage_whole_join(struct gaz_coverage *c);

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
