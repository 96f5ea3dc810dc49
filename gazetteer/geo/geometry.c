/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/geometry.h"

#include <geos_c.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct gaz_geometry {
    GEOSContextHandle_t geos;
    GEOSWKBReader *reader;
    GEOSWKBWriter *writer;
    char error[256]; /* GEOS' last sentence */
};

static void keep_error(const char *message, void *user)
{
    struct gaz_geometry *g = user;
    (void)snprintf(g->error, sizeof(g->error), "%s", message);
}

gaz_status gaz_geometry_open(struct gaz_ctx *ctx, struct gaz_geometry **out)
{
    struct gaz_geometry *g = gaz_malloc(sizeof(*g));
    g->geos = GEOS_init_r();
    if (!g->geos) {
        gaz_free(g);
        return gaz_fail(ctx, GAZ_IO, "GEOS does not start");
    }
    (void)GEOSContext_setErrorMessageHandler_r(g->geos, keep_error, g);
    g->reader = GEOSWKBReader_create_r(g->geos);
    g->writer = GEOSWKBWriter_create_r(g->geos);
    GEOSWKBWriter_setByteOrder_r(g->geos, g->writer, GEOS_WKB_NDR);
    GEOSWKBWriter_setOutputDimension_r(g->geos, g->writer, 2);
    *out = g;
    return GAZ_OK;
}

void gaz_geometry_close(struct gaz_geometry *g)
{
    if (!g)
        return;
    GEOSWKBReader_destroy_r(g->geos, g->reader);
    GEOSWKBWriter_destroy_r(g->geos, g->writer);
    GEOS_finish_r(g->geos);
    gaz_free(g);
}

static gaz_status fail_geos(struct gaz_ctx *ctx, struct gaz_geometry *g,
                            const char *what)
{
    return gaz_fail(ctx, GAZ_INVALID, "%s: %s", what,
                    g->error[0] ? g->error : "GEOS gives no reason");
}

static gaz_status read_wkb(struct gaz_ctx *ctx, struct gaz_geometry *g,
                           struct gaz_wkb wkb, GEOSGeometry **out)
{
    g->error[0] = '\0';
    GEOSGeometry *shape = NULL;
    if (wkb.data && wkb.size > 0)
        shape = GEOSWKBReader_read_r(g->geos, g->reader, wkb.data, wkb.size);
    if (!shape)
        return fail_geos(ctx, g, "geometry cannot be read");
    *out = shape;
    return GAZ_OK;
}

static gaz_status write_wkb(struct gaz_ctx *ctx, struct gaz_geometry *g,
                            const GEOSGeometry *shape, struct gaz_wkb *out)
{
    size_t size = 0;
    unsigned char *bytes =
        GEOSWKBWriter_write_r(g->geos, g->writer, shape, &size);
    if (!bytes)
        return fail_geos(ctx, g, "geometry cannot be written");
    void *copy = gaz_arena_alloc(&ctx->arena, size);
    (void)memcpy(copy, bytes, size);
    GEOSFree_r(g->geos, bytes);
    *out = (struct gaz_wkb){copy, size};
    return GAZ_OK;
}

/* GEOS' reason and the point at which it holds, "Self-intersection at
 * 121.0000000 30.7000000". */
static gaz_status say_invalid(struct gaz_ctx *ctx, struct gaz_geometry *g,
                              const GEOSGeometry *shape)
{
    char *reason = NULL;
    GEOSGeometry *where = NULL;
    double lon = 0;
    double lat = 0;
    gaz_status status = GAZ_OK;
    const bool ok =
        GEOSisValidDetail_r(g->geos, shape, 0, &reason, &where) == 1;
    const char *why = reason ? reason : "not valid";
    if (!ok && where && GEOSGeomGetX_r(g->geos, where, &lon) == 1 &&
        GEOSGeomGetY_r(g->geos, where, &lat) == 1)
        status = gaz_fail(ctx, GAZ_INVALID, "geometry: %s at %.7f %.7f", why,
                          lon, lat);
    else if (!ok)
        status = gaz_fail(ctx, GAZ_INVALID, "geometry: %s", why);
    GEOSFree_r(g->geos, reason);
    GEOSGeom_destroy_r(g->geos, where);
    return status;
}

gaz_status gaz_geometry_check(struct gaz_ctx *ctx, struct gaz_geometry *g,
                              struct gaz_wkb wkb)
{
    GEOSGeometry *shape = NULL;
    gaz_status status = read_wkb(ctx, g, wkb, &shape);
    if (status != GAZ_OK)
        return status;
    if (GEOSisEmpty_r(g->geos, shape) != 0)
        status = gaz_fail(ctx, GAZ_INVALID, "geometry is empty");
    else
        status = say_invalid(ctx, g, shape);
    GEOSGeom_destroy_r(g->geos, shape);
    return status;
}

static bool is_area(struct gaz_geometry *g, const GEOSGeometry *shape)
{
    const int type = GEOSGeomTypeId_r(g->geos, shape);
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

/* Repair keeps the rings' areas for polygons, and all points for the rest. */
static GEOSGeometry *repair(struct gaz_geometry *g, const GEOSGeometry *shape)
{
    if (!is_area(g, shape))
        return GEOSMakeValid_r(g->geos, shape);
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(g->geos);
    (void)GEOSMakeValidParams_setMethod_r(g->geos, params,
                                          GEOS_MAKE_VALID_STRUCTURE);
    (void)GEOSMakeValidParams_setKeepCollapsed_r(g->geos, params, 0);
    GEOSGeometry *whole = GEOSMakeValidWithParams_r(g->geos, shape, params);
    GEOSMakeValidParams_destroy_r(g->geos, params);
    return whole;
}

gaz_status gaz_geometry_make_valid(struct gaz_ctx *ctx, struct gaz_geometry *g,
                                   struct gaz_wkb wkb, struct gaz_wkb *out)
{
    GEOSGeometry *shape = NULL;
    gaz_status status = read_wkb(ctx, g, wkb, &shape);
    if (status != GAZ_OK)
        return status;
    GEOSGeometry *whole = repair(g, shape);
    if (!whole)
        status = fail_geos(ctx, g, "geometry cannot be repaired");
    else if (GEOSisEmpty_r(g->geos, whole) != 0 ||
             is_area(g, whole) != is_area(g, shape))
        status = gaz_fail(ctx, GAZ_INVALID,
                          "geometry cannot be repaired: no area is left");
    else
        status = write_wkb(ctx, g, whole, out);
    GEOSGeom_destroy_r(g->geos, whole);
    GEOSGeom_destroy_r(g->geos, shape);
    return status;
}

gaz_status gaz_geometry_inside_point(struct gaz_ctx *ctx,
                                     struct gaz_geometry *g, struct gaz_wkb wkb,
                                     struct gaz_coord *out)
{
    GEOSGeometry *shape = NULL;
    gaz_status status = read_wkb(ctx, g, wkb, &shape);
    if (status != GAZ_OK)
        return status;
    GEOSGeometry *point = GEOSPointOnSurface_r(g->geos, shape);
    struct gaz_coord coord;
    /* the X of an empty point is an error (-1) */
    if (is_area(g, shape) && point &&
        GEOSGeomGetX_r(g->geos, point, &coord.lon) == 1 &&
        GEOSGeomGetY_r(g->geos, point, &coord.lat) == 1)
        *out = coord;
    else
        status = fail_geos(ctx, g, "no point inside: not an area, or empty");
    GEOSGeom_destroy_r(g->geos, point);
    GEOSGeom_destroy_r(g->geos, shape);
    return status;
}

/* Copies the lines of `shape` into one MULTILINESTRING; touching points are
 * left out. NULL when there is no line. */
static GEOSGeometry *collect_lines(struct gaz_geometry *g,
                                   const GEOSGeometry *shape)
{
    const int count = GEOSGetNumGeometries_r(g->geos, shape);
    GEOSGeometry **lines =
        gaz_malloc((size_t)(count > 0 ? count : 1) * sizeof(GEOSGeometry *));
    unsigned found = 0;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(g->geos, shape, i);
        if (GEOSGeomTypeId_r(g->geos, part) == GEOS_LINESTRING &&
            GEOSisEmpty_r(g->geos, part) == 0)
            lines[found++] = GEOSGeom_clone_r(g->geos, part);
    }
    GEOSGeometry *all = NULL;
    if (found > 0)
        all = GEOSGeom_createCollection_r(g->geos, GEOS_MULTILINESTRING, lines,
                                          found);
    gaz_free(lines);
    return all;
}

/* The boundary of a, cut to what lies within `tolerance_deg` of b; its pieces
 * are merged across the ring's start. Lines with no length in common give NULL
 * without a sentence of GEOS. */
static GEOSGeometry *shared_lines(struct gaz_geometry *g, const GEOSGeometry *a,
                                  const GEOSGeometry *b, double tolerance_deg)
{
    enum { QUARTER_CIRCLE_SEGMENTS = 8 };
    GEOSGeometry *edge = GEOSBoundary_r(g->geos, a);
    GEOSGeometry *near =
        GEOSBuffer_r(g->geos, b, tolerance_deg, QUARTER_CIRCLE_SEGMENTS);
    GEOSGeometry *cut = NULL;
    GEOSGeometry *lines = NULL;
    GEOSGeometry *merged = NULL;
    GEOSGeometry *all = NULL;
    if (edge && near)
        cut = GEOSIntersection_r(g->geos, edge, near);
    if (cut)
        lines = collect_lines(g, cut);
    if (lines)
        merged = GEOSLineMerge_r(g->geos, lines);
    if (merged)
        all = collect_lines(g, merged);
    GEOSGeom_destroy_r(g->geos, merged);
    GEOSGeom_destroy_r(g->geos, lines);
    GEOSGeom_destroy_r(g->geos, cut);
    GEOSGeom_destroy_r(g->geos, near);
    GEOSGeom_destroy_r(g->geos, edge);
    return all;
}

gaz_status gaz_geometry_shared_border(struct gaz_ctx *ctx,
                                      struct gaz_geometry *g, struct gaz_wkb a,
                                      struct gaz_wkb b, double tolerance_deg,
                                      struct gaz_wkb *out)
{
    GEOSGeometry *one = NULL;
    GEOSGeometry *other = NULL;
    GEOSGeometry *border = NULL;
    gaz_status status = read_wkb(ctx, g, a, &one);
    if (status == GAZ_OK)
        status = read_wkb(ctx, g, b, &other);
    if (status != GAZ_OK)
        goto out;
    border = shared_lines(g, one, other, tolerance_deg);
    if (border)
        status = write_wkb(ctx, g, border, out);
    else if (g->error[0])
        status = fail_geos(ctx, g, "no shared border");
    else
        status = GAZ_NOT_FOUND;
out:
    GEOSGeom_destroy_r(g->geos, border);
    GEOSGeom_destroy_r(g->geos, other);
    GEOSGeom_destroy_r(g->geos, one);
    return status;
}
