/* SPDX-License-Identifier: Apache-2.0 */
/* coverage_areas.c - what both sides have, and what neither has. */
#include <math.h>
#include <stdlib.h>

#include "gazetteer/geo/coverage_geos.h"

struct list {
    struct gaz_coverage_area *items;
    size_t count;
    size_t capacity;
};

static double plane_area(struct gaz_coverage *c, const GEOSGeometry *shape)
{
    double area = 0;
    (void)GEOSArea_r(c->geos, shape, &area);
    return area;
}

static double plane_length(struct gaz_coverage *c, const GEOSGeometry *shape)
{
    double length = 0;
    (void)GEOSLength_r(c->geos, shape, &length);
    return length;
}

/* The largest circle inside, by halving: a polygon that is eroded by less than
 * its radius has something left. Each erosion goes on from the last that left
 * something, which soon is small; a search over cells
 * (GEOSMaximumInscribedCircle) is slow on strips of 50 km by 1 m. The radius is
 * at least area / outline; beginning there keeps the offsets small, and with
 * them the number of times that the curve of a long strip crosses itself.
 * `centre` is a point of what is left last, in the plane. */
static double widest(struct gaz_coverage *c, const GEOSGeometry *polygon,
                     double noise_m, GEOSGeometry **centre)
{
    static const double PRECISION = 4e-3; /* of the radius */
    GEOSGeometry *rest = GEOSGeom_clone_r(c->geos, polygon);
    double low = 0;
    double high = 0; /* 0: not known yet */
    double next = plane_area(c, polygon) / plane_length(c, polygon);
    while (high <= 0 ||
           (high - low > noise_m / 4 && high - low > PRECISION * high)) {
        GEOSGeometry *eroded =
            GEOSBuffer_r(c->geos, rest, low - next, QUARTER_CIRCLE_SEGMENTS);
        if (eroded && GEOSisEmpty_r(c->geos, eroded) == 0) {
            GEOSGeom_destroy_r(c->geos, rest);
            rest = eroded;
            low = next;
        } else {
            GEOSGeom_destroy_r(c->geos, eroded);
            high = next;
        }
        next = high > 0 ? (low + high) / 2 : 2 * low;
    }
    *centre = GEOSPointOnSurface_r(c->geos, rest);
    GEOSGeom_destroy_r(c->geos, rest);
    return low + high;
}

static gaz_status point_of(struct gaz_ctx *ctx, struct gaz_coverage *c,
                           const GEOSGeometry *point, struct gaz_coord *out)
{
    double x = 0;
    double y = 0;
    if (!point || GEOSGeomGetX_r(c->geos, point, &x) != 1 ||
        GEOSGeomGetY_r(c->geos, point, &y) != 1)
        return gaz_coverage_geos_fail(ctx, c, "shape has no point inside");
    return gaz_crs_to_cgcs2000(ctx, c->plane, x, y, out);
}

static gaz_status measure(struct gaz_ctx *ctx, struct gaz_coverage *c,
                          const GEOSGeometry *polygon, double noise_m,
                          struct gaz_coverage_area *out)
{
    GEOSGeometry *centre = NULL;
    GEOSGeometry *degrees = NULL;
    out->width_m = widest(c, polygon, noise_m, &centre);
    gaz_status status = point_of(ctx, c, centre, &out->where);
    if (status == GAZ_OK)
        status = gaz_coverage_geos_degrees(ctx, c, polygon, &degrees);
    if (status == GAZ_OK)
        status = gaz_coverage_geos_write(ctx, c, degrees, &out->wkb);
    if (status == GAZ_OK)
        out->area_m2 = gaz_coverage_geos_area_m2(ctx, c, degrees);
    GEOSGeom_destroy_r(c->geos, degrees);
    GEOSGeom_destroy_r(c->geos, centre);
    return status;
}

/* Rounding leaves slivers of nanometres along lines of kilometres; they are
 * told by their mean width (area over half the outline), which is cheap. */
static bool is_rounding(struct gaz_coverage *c, const GEOSGeometry *polygon,
                        double noise_m)
{
    const double outline = plane_length(c, polygon);
    return outline <= 0 || 2 * plane_area(c, polygon) / outline < noise_m / 10;
}

static gaz_status keep(struct gaz_ctx *ctx, struct gaz_coverage *c,
                       const GEOSGeometry *polygon, double noise_m,
                       struct list *list, struct gaz_coverage_area **out)
{
    struct gaz_coverage_area area = {.is_enclosed = false};
    *out = NULL;
    if (is_rounding(c, polygon, noise_m))
        return GAZ_OK;
    gaz_status status = measure(ctx, c, polygon, noise_m, &area);
    if (status != GAZ_OK || area.width_m < noise_m)
        return status;
    if (list->count == list->capacity) {
        const size_t bigger = list->capacity ? 2 * list->capacity : 16;
        list->items = gaz_arena_grow(&ctx->arena, list->items,
                                     list->capacity * sizeof(area),
                                     bigger * sizeof(area));
        list->capacity = bigger;
    }
    *out = &list->items[list->count++];
    **out = area;
    return GAZ_OK;
}

static int by_width(const void *a, const void *b)
{
    const struct gaz_coverage_area *one = a;
    const struct gaz_coverage_area *other = b;
    return (one->width_m < other->width_m) - (one->width_m > other->width_m);
}

static struct gaz_coverage_areas finish(const struct list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(*list->items), by_width);
    return (struct gaz_coverage_areas){list->items, list->count};
}

gaz_status gaz_coverage_overlaps(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                 double noise_m, struct gaz_coverage_areas *out)
{
    c->error[0] = '\0';
    GEOSGeometry *both = GEOSIntersection_r(c->geos, c->sides[GAZ_COVERAGE_A],
                                            c->sides[GAZ_COVERAGE_B]);
    if (!both)
        return gaz_coverage_geos_fail(ctx, c, "overlap cannot be found");
    struct list list = {.count = 0};
    gaz_status status = GAZ_OK;
    const int count = GEOSGetNumGeometries_r(c->geos, both);
    for (int i = 0; i < count && status == GAZ_OK; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(c->geos, both, i);
        struct gaz_coverage_area *kept;
        if (GEOSGeomTypeId_r(c->geos, part) == GEOS_POLYGON)
            status = keep(ctx, c, part, noise_m, &list, &kept);
    }
    GEOSGeom_destroy_r(c->geos, both);
    if (status == GAZ_OK)
        *out = finish(&list);
    return status;
}

static GEOSGeometry *area_of_ring(struct gaz_coverage *c,
                                  const GEOSGeometry *ring)
{
    return GEOSGeom_createPolygon_r(c->geos, GEOSGeom_clone_r(c->geos, ring),
                                    NULL, 0);
}

static GEOSGeometry *collect(struct gaz_coverage *c, GEOSGeometry **parts,
                             unsigned count)
{
    return GEOSGeom_createCollection_r(c->geos, GEOS_GEOMETRYCOLLECTION, parts,
                                       count);
}

/* The two sides with all their holes filled, and the holes. `whole` is their
 * union. */
static void fill_holes(struct gaz_coverage *c, const GEOSGeometry *whole,
                       GEOSGeometry **filled, GEOSGeometry **holes)
{
    const int count = GEOSGetNumGeometries_r(c->geos, whole);
    int rings = 0;
    for (int i = 0; i < count; i++)
        rings += GEOSGetNumInteriorRings_r(
            c->geos, GEOSGetGeometryN_r(c->geos, whole, i));
    const size_t bytes = sizeof(GEOSGeometry *);
    GEOSGeometry **shells = gaz_malloc(((size_t)count + 1) * bytes);
    GEOSGeometry **inner = gaz_malloc(((size_t)rings + 1) * bytes);
    unsigned inside = 0;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(c->geos, whole, i);
        shells[i] = area_of_ring(c, GEOSGetExteriorRing_r(c->geos, part));
        const int own = GEOSGetNumInteriorRings_r(c->geos, part);
        for (int j = 0; j < own; j++)
            inner[inside++] =
                area_of_ring(c, GEOSGetInteriorRingN_r(c->geos, part, j));
    }
    GEOSGeometry *all = collect(c, shells, (unsigned)count);
    *filled = GEOSUnaryUnion_r(c->geos, all);
    GEOSGeom_destroy_r(c->geos, all);
    *holes = collect(c, inner, inside);
    gaz_free(inner);
    gaz_free(shells);
    /* a part in another's hole */
    if (count > 1 && inside > 0) {
        GEOSGeometry *less = GEOSDifference_r(c->geos, *filled, whole);
        GEOSGeom_destroy_r(c->geos, *holes);
        *holes = less;
    }
}

/* What a disc of diameter `reach_m` cannot get at from outside: narrow strips
 * (the closing of mathematical morphology, less the shape itself). */
static GEOSGeometry *closing(struct gaz_coverage *c, const GEOSGeometry *shape,
                             double reach_m)
{
    GEOSGeometry *grown =
        GEOSBuffer_r(c->geos, shape, reach_m / 2, QUARTER_CIRCLE_SEGMENTS);
    GEOSGeometry *back = NULL;
    GEOSGeometry *strips = NULL;
    if (grown)
        back =
            GEOSBuffer_r(c->geos, grown, -reach_m / 2, QUARTER_CIRCLE_SEGMENTS);
    if (back)
        strips = GEOSDifference_r(c->geos, back, shape);
    GEOSGeom_destroy_r(c->geos, back);
    GEOSGeom_destroy_r(c->geos, grown);
    return strips;
}

/* The sides' boundaries, with an index. Of GEOS 3.11 the prepared distance goes
 * by it; "within a distance", and any distance to a polygon, do not. */
struct outlines {
    GEOSGeometry *lines[SIDES];
    const GEOSPreparedGeometry *prepared[SIDES];
    struct gaz_track tracks[SIDES];
};

static bool is_near(struct gaz_coverage *c, const GEOSPreparedGeometry *line,
                    const GEOSGeometry *shape, double within_m)
{
    double off_m = HUGE_VAL;
    return GEOSPreparedDistance_r(c->geos, line, shape, &off_m) == 1 &&
           off_m <= within_m;
}

/* How much of a polygon's outline lies on a side: its segments are pieces of
 * the side's own, so that the middle of each tells. */
static double contact(struct gaz_coverage *c, const GEOSGeometry *polygon,
                      const struct gaz_track *outline, double noise_m)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(
        c->geos, GEOSGetExteriorRing_r(c->geos, polygon));
    unsigned size = 0;
    (void)GEOSCoordSeq_getSize_r(c->geos, seq, &size);
    double length_m = 0;
    struct gaz_track_foot foot = {.segment = 0};
    struct gaz_track_point from = {0, 0};
    struct gaz_track_point to = {0, 0};
    for (unsigned i = 0; i < size; i++) {
        (void)GEOSCoordSeq_getXY_r(c->geos, seq, i, &to.x, &to.y);
        const struct gaz_track_point middle = {(from.x + to.x) / 2,
                                               (from.y + to.y) / 2};
        if (i > 0 &&
            gaz_track_nearest(outline, middle, noise_m, foot.segment, &foot))
            length_m += hypot(to.x - from.x, to.y - from.y);
        from = to;
    }
    return length_m;
}

static struct outlines open_outlines(struct gaz_ctx *ctx,
                                     struct gaz_coverage *c)
{
    struct outlines outlines;
    for (int i = 0; i < SIDES; i++) {
        outlines.lines[i] = GEOSBoundary_r(c->geos, c->sides[i]);
        outlines.prepared[i] = GEOSPrepare_r(c->geos, outlines.lines[i]);
        gaz_coverage_geos_track(ctx, c, outlines.lines[i], &outlines.tracks[i]);
    }
    return outlines;
}

static void close_outlines(struct gaz_coverage *c, struct outlines *outlines)
{
    for (int i = 0; i < SIDES; i++) {
        GEOSPreparedGeom_destroy_r(c->geos, outlines->prepared[i]);
        GEOSGeom_destroy_r(c->geos, outlines->lines[i]);
    }
}

static bool touches_both(struct gaz_coverage *c, const GEOSGeometry *polygon,
                         const struct outlines *outlines, double noise_m)
{
    for (int i = 0; i < SIDES; i++)
        if (!is_near(c, outlines->prepared[i], polygon, noise_m))
            return false;
    return true;
}

/* A strip runs along both sides; where the outline of one only steps back from
 * the other, a disc leaves a corner over that runs along one. */
static bool is_strip(struct gaz_coverage *c, const GEOSGeometry *polygon,
                     const struct outlines *outlines, double width_m,
                     const struct gaz_coverage_gap_options *options)
{
    for (int i = 0; i < SIDES; i++)
        if (contact(c, polygon, &outlines->tracks[i], options->noise_m) <
            options->strip_ratio * width_m)
            return false;
    return true;
}

struct gap_search {
    const struct gaz_coverage_gap_options *options;
    struct outlines outlines;
    struct list list;
};

/* Keeps the parts of `shape` (polygons) that lie between the sides. */
static gaz_status keep_gaps(struct gaz_ctx *ctx, struct gaz_coverage *c,
                            const GEOSGeometry *shape, bool is_enclosed,
                            struct gap_search *search)
{
    const struct outlines *outlines = &search->outlines;
    const double noise_m = search->options->noise_m;
    gaz_status status = GAZ_OK;
    const int count = GEOSGetNumGeometries_r(c->geos, shape);
    for (int i = 0; i < count && status == GAZ_OK; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(c->geos, shape, i);
        struct gaz_coverage_area *kept = NULL;
        if (GEOSGeomTypeId_r(c->geos, part) == GEOS_POLYGON &&
            !is_rounding(c, part, noise_m) &&
            touches_both(c, part, outlines, noise_m))
            status = keep(ctx, c, part, noise_m, &search->list, &kept);
        if (!kept)
            continue;
        kept->is_enclosed = is_enclosed;
        if (!is_enclosed &&
            !is_strip(c, part, outlines, kept->width_m, search->options))
            search->list.count--;
    }
    return status;
}

gaz_status gaz_coverage_gaps(struct gaz_ctx *ctx, struct gaz_coverage *c,
                             const struct gaz_coverage_gap_options *options,
                             struct gaz_coverage_areas *out)
{
    c->error[0] = '\0';
    GEOSGeometry *filled = NULL;
    GEOSGeometry *holes = NULL;
    GEOSGeometry *strips = NULL;
    GEOSGeometry *whole = gaz_coverage_whole_take(c, options->noise_m);
    if (whole)
        fill_holes(c, whole, &filled, &holes);
    if (filled && holes)
        strips = closing(c, filled, options->reach_m);
    struct gap_search search = {.options = options,
                                .outlines = open_outlines(ctx, c)};
    gaz_status status =
        strips ? GAZ_OK : gaz_coverage_geos_fail(ctx, c, "no gaps found");
    if (status == GAZ_OK)
        status = keep_gaps(ctx, c, holes, true, &search);
    if (status == GAZ_OK)
        status = keep_gaps(ctx, c, strips, false, &search);
    close_outlines(c, &search.outlines);
    GEOSGeom_destroy_r(c->geos, strips);
    GEOSGeom_destroy_r(c->geos, holes);
    GEOSGeom_destroy_r(c->geos, filled);
    GEOSGeom_destroy_r(c->geos, whole);
    if (status == GAZ_OK)
        *out = finish(&search.list);
    return status;
}
