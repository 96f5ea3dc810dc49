/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/coverage_geos.h"

#include <string.h>

#include "gazetteer/geo/geodesic.h"

gaz_status gaz_coverage_geos_fail(struct gaz_ctx *ctx,
                                  const struct gaz_coverage *c,
                                  const char *what)
{
    return gaz_fail(ctx, GAZ_INVALID, "%s: %s", what,
                    c->error[0] ? c->error : "GEOS gives no reason");
}

static int turn_to_degrees(double *x, double *y, void *user)
{
    struct gaz_coverage *c = user;
    struct gaz_coord coord;
    if (gaz_crs_to_cgcs2000(c->ctx, c->plane, *x, *y, &coord) != GAZ_OK)
        return 0;
    *x = coord.lon;
    *y = coord.lat;
    return 1;
}

gaz_status gaz_coverage_geos_degrees(struct gaz_ctx *ctx,
                                     struct gaz_coverage *c,
                                     const GEOSGeometry *shape,
                                     GEOSGeometry **out)
{
    c->ctx = ctx;
    *out = GEOSGeom_transformXY_r(c->geos, shape, turn_to_degrees, c);
    return *out
               ? GAZ_OK
               : gaz_coverage_geos_fail(ctx, c, "shape cannot leave the plane");
}

gaz_status gaz_coverage_geos_write(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                   const GEOSGeometry *shape,
                                   struct gaz_wkb *out)
{
    size_t size = 0;
    unsigned char *bytes =
        GEOSWKBWriter_write_r(c->geos, c->writer, shape, &size);
    if (!bytes)
        return gaz_coverage_geos_fail(ctx, c, "shape cannot be written");
    void *copy = gaz_arena_alloc(&ctx->arena, size);
    (void)memcpy(copy, bytes, size);
    GEOSFree_r(c->geos, bytes);
    *out = (struct gaz_wkb){copy, size};
    return GAZ_OK;
}

const struct gaz_coord *gaz_coverage_geos_points(struct gaz_ctx *ctx,
                                                 struct gaz_coverage *c,
                                                 const GEOSGeometry *line,
                                                 size_t *count)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(c->geos, line);
    unsigned size = 0;
    (void)GEOSCoordSeq_getSize_r(c->geos, seq, &size);
    struct gaz_coord *points =
        gaz_arena_array(&ctx->arena, size, sizeof(*points));
    for (unsigned i = 0; i < size; i++)
        (void)GEOSCoordSeq_getXY_r(c->geos, seq, i, &points[i].lon,
                                   &points[i].lat);
    *count = size;
    return points;
}

void gaz_coverage_geos_track(struct gaz_ctx *ctx, struct gaz_coverage *c,
                             const GEOSGeometry *lines, struct gaz_track *out)
{
    const int total = GEOSGetNumCoordinates_r(c->geos, lines);
    const size_t most = (size_t)(total > 0 ? total : 0);
    struct gaz_track_point *points =
        gaz_arena_array(&ctx->arena, most, sizeof(*points));
    bool *begins = gaz_arena_array(&ctx->arena, most, sizeof(*begins));
    size_t at = 0;
    const int count = GEOSGetNumGeometries_r(c->geos, lines);
    for (int i = 0; i < count; i++) {
        const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(
            c->geos, GEOSGetGeometryN_r(c->geos, lines, i));
        unsigned size = 0;
        (void)GEOSCoordSeq_getSize_r(c->geos, seq, &size);
        if (size == 0)
            continue;
        (void)GEOSCoordSeq_copyToBuffer_r(c->geos, seq, &points[at].x, 0, 0);
        begins[at] = true;
        at += size;
    }
    gaz_track_open(&ctx->arena, points, begins, at, out);
}

double gaz_coverage_geos_area_m2(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                 const GEOSGeometry *polygon)
{
    size_t size;
    const struct gaz_coord *points = gaz_coverage_geos_points(
        ctx, c, GEOSGetExteriorRing_r(c->geos, polygon), &size);
    double area_m2 = gaz_geodesic_area_m2(points, size);
    const int holes = GEOSGetNumInteriorRings_r(c->geos, polygon);
    for (int i = 0; i < holes; i++) {
        points = gaz_coverage_geos_points(
            ctx, c, GEOSGetInteriorRingN_r(c->geos, polygon, i), &size);
        area_m2 -= gaz_geodesic_area_m2(points, size);
    }
    return area_m2;
}
