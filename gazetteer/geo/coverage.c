/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/coverage.h"

#include <stdio.h>

#include "gazetteer/geo/coverage_geos.h"

static void keep_error(const char *message, void *user)
{
    struct gaz_coverage *c = user;
    (void)snprintf(c->error, sizeof(c->error), "%s", message);
}

gaz_status gaz_coverage_open(struct gaz_ctx *ctx, const char *plane_crs,
                             struct gaz_coverage **out)
{
    struct gaz_crs *plane = NULL;
    gaz_status status = gaz_crs_open(ctx, plane_crs, &plane);
    if (status != GAZ_OK)
        return status;
    struct gaz_coverage *c = gaz_malloc(sizeof(*c));
    c->plane = plane;
    c->geos = GEOS_init_r();
    if (!c->geos) {
        gaz_crs_close(plane);
        gaz_free(c);
        return gaz_fail(ctx, GAZ_IO, "GEOS does not start");
    }
    (void)GEOSContext_setErrorMessageHandler_r(c->geos, keep_error, c);
    c->reader = GEOSWKBReader_create_r(c->geos);
    c->writer = GEOSWKBWriter_create_r(c->geos);
    GEOSWKBWriter_setByteOrder_r(c->geos, c->writer, GEOS_WKB_NDR);
    GEOSWKBWriter_setOutputDimension_r(c->geos, c->writer, 2);
    *out = c;
    return GAZ_OK;
}

void gaz_coverage_close(struct gaz_coverage *c)
{
    if (!c)
        return;
    gaz_coverage_whole_join(c);
    GEOSGeom_destroy_r(c->geos, c->whole.result);
    for (int i = 0; i < SIDES; i++) {
        for (unsigned j = 0; j < c->part_count[i]; j++)
            GEOSGeom_destroy_r(c->geos, c->parts[i][j]);
        gaz_free(c->parts[i]);
        GEOSGeom_destroy_r(c->geos, c->sides[i]);
    }
    GEOSWKBReader_destroy_r(c->geos, c->reader);
    GEOSWKBWriter_destroy_r(c->geos, c->writer);
    GEOS_finish_r(c->geos);
    gaz_crs_close(c->plane);
    gaz_free(c);
}

/* ---- the two sides ---- */

static int turn_to_plane(double *x, double *y, void *user)
{
    struct gaz_coverage *c = user;
    return gaz_crs_from_cgcs2000(c->ctx, c->plane, (struct gaz_coord){*x, *y},
                                 x, y) == GAZ_OK;
}

static bool is_area(struct gaz_coverage *c, const GEOSGeometry *shape)
{
    const int type = GEOSGeomTypeId_r(c->geos, shape);
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

static void add_part(struct gaz_coverage *c, gaz_coverage_side side,
                     GEOSGeometry *part)
{
    const unsigned count = c->part_count[side];
    /* a power of two: the array is full */
    if ((count & (count - 1)) == 0)
        c->parts[side] =
            gaz_realloc(c->parts[side], (count ? 2 * (size_t)count : 1) *
                                            sizeof(GEOSGeometry *));
    c->parts[side][c->part_count[side]++] = part;
}

gaz_status gaz_coverage_add(struct gaz_ctx *ctx, struct gaz_coverage *c,
                            gaz_coverage_side side, struct gaz_wkb wkb)
{
    c->error[0] = '\0';
    c->ctx = ctx;
    GEOSGeometry *shape = NULL;
    GEOSGeometry *flat = NULL;
    gaz_status status = GAZ_OK;
    if (wkb.data && wkb.size > 0)
        shape = GEOSWKBReader_read_r(c->geos, c->reader, wkb.data, wkb.size);
    if (!shape)
        return gaz_coverage_geos_fail(ctx, c, "geometry cannot be read");
    if (!is_area(c, shape) || GEOSisEmpty_r(c->geos, shape) != 0)
        status = gaz_fail(ctx, GAZ_INVALID, "geometry is not an area");
    else if (GEOSisValid_r(c->geos, shape) != 1)
        status = gaz_fail(ctx, GAZ_INVALID, "geometry is not valid");
    else
        flat = GEOSGeom_transformXY_r(c->geos, shape, turn_to_plane, c);
    if (status == GAZ_OK && !flat)
        status = gaz_coverage_geos_fail(ctx, c,
                                        "geometry has no place in the plane");
    if (flat)
        add_part(c, side, flat);
    GEOSGeom_destroy_r(c->geos, shape);
    return status;
}

/* The collection takes the parts over. */
static GEOSGeometry *unite(struct gaz_coverage *c, int side)
{
    GEOSGeometry *all = GEOSGeom_createCollection_r(
        c->geos, GEOS_GEOMETRYCOLLECTION, c->parts[side], c->part_count[side]);
    c->part_count[side] = 0;
    GEOSGeometry *whole = all ? GEOSUnaryUnion_r(c->geos, all) : NULL;
    GEOSGeom_destroy_r(c->geos, all);
    return whole;
}

gaz_status gaz_coverage_unite(struct gaz_ctx *ctx, struct gaz_coverage *c)
{
    for (int i = 0; i < SIDES; i++) {
        if (c->part_count[i] == 0)
            return gaz_fail(ctx, GAZ_INVALID, "side %c has no area",
                            i == GAZ_COVERAGE_A ? 'A' : 'B');
        c->error[0] = '\0';
        c->sides[i] = unite(c, i);
        if (!c->sides[i])
            return gaz_coverage_geos_fail(ctx, c,
                                          "areas of a side cannot be united");
    }
    return GAZ_OK;
}

/* ---- how far apart ---- */

gaz_status gaz_coverage_nearest(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                struct gaz_coord *where, double *out_m)
{
    c->error[0] = '\0';
    double x = 0;
    double y = 0;
    double distance_m = 0;
    struct gaz_coord coord;
    GEOSCoordSequence *pair = GEOSNearestPoints_r(
        c->geos, c->sides[GAZ_COVERAGE_A], c->sides[GAZ_COVERAGE_B]);
    if (!pair || GEOSCoordSeq_getXY_r(c->geos, pair, 0, &x, &y) != 1 ||
        GEOSDistanceIndexed_r(c->geos, c->sides[GAZ_COVERAGE_A],
                              c->sides[GAZ_COVERAGE_B], &distance_m) != 1) {
        GEOSCoordSeq_destroy_r(c->geos, pair);
        return gaz_coverage_geos_fail(ctx, c, "distance cannot be found");
    }
    GEOSCoordSeq_destroy_r(c->geos, pair);
    gaz_status status = gaz_crs_to_cgcs2000(ctx, c->plane, x, y, &coord);
    if (status != GAZ_OK)
        return status;
    *where = coord;
    *out_m = distance_m;
    return GAZ_OK;
}
