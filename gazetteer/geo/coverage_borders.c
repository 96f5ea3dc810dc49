/* SPDX-License-Identifier: Apache-2.0 */
/* coverage_borders.c - the stretch of each side's boundary that faces the
 * other. */
#include <math.h>

#include "gazetteer/geo/coverage_geos.h"

static const double JOINED_REACHES = 10;

/* One ring, its vertices and how far each is from the other side. */
struct ring {
    struct gaz_track_point *points; /* the last is not the first again */
    double *off_m;
    size_t count;
};

/* Vertices `first` to `first + count - 1` of a ring, round its end. */
struct run {
    size_t first;
    size_t count;
    double length_m;
};

static double step_m(const struct ring *ring, size_t i)
{
    const struct gaz_track_point a = ring->points[i % ring->count];
    const struct gaz_track_point b = ring->points[(i + 1) % ring->count];
    return hypot(b.x - a.x, b.y - a.y);
}

static struct ring read_ring(struct gaz_ctx *ctx, struct gaz_coverage *c,
                             const GEOSGeometry *line,
                             const struct gaz_track *other, double reach_m)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(c->geos, line);
    unsigned size = 0;
    (void)GEOSCoordSeq_getSize_r(c->geos, seq, &size);
    struct ring ring = {.count = size > 0 ? size - 1 : 0};
    ring.points = gaz_arena_array(&ctx->arena, size, sizeof(*ring.points));
    ring.off_m = gaz_arena_array(&ctx->arena, size, sizeof(*ring.off_m));
    if (size > 0)
        (void)GEOSCoordSeq_copyToBuffer_r(c->geos, seq, &ring.points->x, 0, 0);
    struct gaz_track_foot foot = {.segment = 0};
    for (size_t i = 0; i < ring.count; i++) {
        ring.off_m[i] = HUGE_VAL;
        if (gaz_track_nearest(other, ring.points[i], reach_m, foot.segment,
                              &foot))
            ring.off_m[i] = foot.distance_m;
    }
    return ring;
}

/* The run of near vertices from `first`, over gaps that are short enough.
 * Returns the vertex after it, gaps included. */
static size_t measure_run(const struct ring *ring, size_t first, double reach_m,
                          struct run *out)
{
    *out = (struct run){.first = first, .count = 1};
    double length_m = 0;
    double away_m = 0;
    size_t i = first;
    while (i - first + 1 < ring->count) {
        const double step = step_m(ring, i);
        const bool is_near = ring->off_m[(i + 1) % ring->count] <= reach_m;
        length_m += step;
        away_m += step;
        i++;
        if (is_near) {
            out->count = i - first + 1;
            out->length_m = length_m;
            away_m = 0;
        } else if (away_m > JOINED_REACHES * reach_m) {
            break;
        }
    }
    return i;
}

/* A run may go over the ring's first vertex: the search begins behind the
 * longest way without a near one. */
static size_t find_begin(const struct ring *ring, double reach_m)
{
    size_t best = 0;
    double best_m = 0;
    double away_m = 0;
    for (size_t i = 0; i < 2 * ring->count; i++) {
        away_m += step_m(ring, i + ring->count - 1);
        if (ring->off_m[i % ring->count] > reach_m)
            continue;
        if (away_m > best_m) {
            best_m = away_m;
            best = i % ring->count;
        }
        away_m = 0;
    }
    return best;
}

static void trim(const struct ring *ring, double same_m, struct run *run)
{
    size_t from = run->first;
    size_t to = run->first + run->count;
    while (from < to && ring->off_m[from % ring->count] > same_m)
        from++;
    while (to > from && ring->off_m[(to - 1) % ring->count] > same_m)
        to--;
    if (to - from < 2)
        return;
    run->first = from;
    run->count = to - from;
}

static struct run longest_run(const struct ring *ring, double reach_m)
{
    struct run best = {.count = 0};
    const size_t begin = find_begin(ring, reach_m);
    size_t i = begin;
    while (i < begin + ring->count) {
        struct run run;
        if (ring->off_m[i % ring->count] > reach_m) {
            i++;
            continue;
        }
        const size_t after = measure_run(ring, i, reach_m, &run);
        if (run.count > 1 && run.length_m > best.length_m)
            best = run;
        i = after > i ? after : i + 1;
    }
    return best;
}

static void take_border(struct gaz_ctx *ctx, const struct ring *ring,
                        const struct run *run, struct gaz_coverage_border *out)
{
    struct gaz_track_point *points =
        gaz_arena_array(&ctx->arena, run->count, sizeof(*points));
    for (size_t i = 0; i < run->count; i++)
        points[i] = ring->points[(run->first + i) % ring->count];
    *out = (struct gaz_coverage_border){points, run->count};
}

gaz_status gaz_coverage_borders(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                double reach_m, double same_m,
                                struct gaz_coverage_border out[2])
{
    GEOSGeometry *lines[SIDES];
    struct gaz_track tracks[SIDES];
    c->error[0] = '\0';
    for (int i = 0; i < SIDES; i++) {
        lines[i] = GEOSBoundary_r(c->geos, c->sides[i]);
        gaz_coverage_geos_track(ctx, c, lines[i], &tracks[i]);
        out[i] = (struct gaz_coverage_border){.count = 0};
    }
    for (int i = 0; i < SIDES; i++) {
        double best_m = 0;
        const int count = GEOSGetNumGeometries_r(c->geos, lines[i]);
        for (int j = 0; j < count; j++) {
            const struct ring ring =
                read_ring(ctx, c, GEOSGetGeometryN_r(c->geos, lines[i], j),
                          &tracks[1 - i], reach_m);
            struct run run = longest_run(&ring, reach_m);
            if (run.length_m <= best_m)
                continue;
            best_m = run.length_m;
            trim(&ring, same_m, &run);
            take_border(ctx, &ring, &run, &out[i]);
        }
    }
    for (int i = 0; i < SIDES; i++)
        GEOSGeom_destroy_r(c->geos, lines[i]);
    return GAZ_OK;
}

gaz_status gaz_coverage_side_area(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                  gaz_coverage_side side, double *out_m2)
{
    GEOSGeometry *degrees = NULL;
    gaz_status status =
        gaz_coverage_geos_degrees(ctx, c, c->sides[side], &degrees);
    if (status != GAZ_OK)
        return status;
    double area_m2 = 0;
    const int count = GEOSGetNumGeometries_r(c->geos, degrees);
    for (int i = 0; i < count; i++)
        area_m2 += gaz_coverage_geos_area_m2(
            ctx, c, GEOSGetGeometryN_r(c->geos, degrees, i));
    GEOSGeom_destroy_r(c->geos, degrees);
    *out_m2 = area_m2;
    return GAZ_OK;
}
