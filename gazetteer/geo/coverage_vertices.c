/* SPDX-License-Identifier: Apache-2.0 */
/* coverage_vertices.c - vertices of one side that the other has not. */
#include <math.h>
#include <stdlib.h>

#include "gazetteer/geo/coverage_geos.h"

struct xy {
    double x;
    double y;
};

struct corners {
    struct xy *items;
    size_t count;
};

static int by_x(const void *a, const void *b)
{
    const struct xy *one = a;
    const struct xy *other = b;
    if (one->x != other->x)
        return one->x > other->x ? 1 : -1;
    return (one->y > other->y) - (one->y < other->y);
}

/* All vertices of a boundary, by x and y. The first of a ring comes twice. */
static struct corners list_corners(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                   const GEOSGeometry *boundary)
{
    const int total = GEOSGetNumCoordinates_r(c->geos, boundary);
    struct corners all = {.count = 0};
    all.items = gaz_arena_array(&ctx->arena, (size_t)(total > 0 ? total : 0),
                                sizeof(*all.items));
    const int count = GEOSGetNumGeometries_r(c->geos, boundary);
    for (int i = 0; i < count; i++) {
        const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(
            c->geos, GEOSGetGeometryN_r(c->geos, boundary, i));
        unsigned size = 0;
        (void)GEOSCoordSeq_getSize_r(c->geos, seq, &size);
        (void)GEOSCoordSeq_copyToBuffer_r(c->geos, seq, &all.items[all.count].x,
                                          0, 0);
        all.count += size;
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof(*all.items), by_x);
    return all;
}

static bool has_near(const struct corners *corners, struct xy at,
                     double within_m)
{
    size_t low = 0;
    size_t high = corners->count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (corners->items[middle].x < at.x - within_m)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low;
         i < corners->count && corners->items[i].x <= at.x + within_m; i++)
        if (hypot(corners->items[i].x - at.x, corners->items[i].y - at.y) <=
            within_m)
            return true;
    return false;
}

static int by_off(const void *a, const void *b)
{
    const struct gaz_coverage_vertex *one = a;
    const struct gaz_coverage_vertex *other = b;
    return (one->off_m < other->off_m) - (one->off_m > other->off_m);
}

struct search {
    const struct corners *own;
    const struct corners *others;
    const struct gaz_track *line; /* the other side's */
    gaz_coverage_side side;
    double within_m;
    double same_m;
};

static bool is_repeated(const struct corners *corners, size_t i)
{
    return i > 0 && corners->items[i].x == corners->items[i - 1].x &&
           corners->items[i].y == corners->items[i - 1].y;
}

static gaz_status find_unmatched(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                 const struct search *search,
                                 struct gaz_coverage_vertex *items,
                                 size_t *count)
{
    struct gaz_track_foot foot = {.segment = 0};
    for (size_t i = 0; i < search->own->count; i++) {
        const struct xy at = search->own->items[i];
        if (is_repeated(search->own, i) ||
            has_near(search->others, at, search->same_m))
            continue;
        if (!gaz_track_nearest(search->line,
                               (struct gaz_track_point){at.x, at.y},
                               search->within_m, foot.segment, &foot))
            continue;
        struct gaz_coverage_vertex *vertex = &items[(*count)++];
        vertex->side = search->side;
        vertex->off_m = foot.distance_m;
        gaz_status status =
            gaz_crs_to_cgcs2000(ctx, c->plane, at.x, at.y, &vertex->at);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

gaz_status gaz_coverage_vertices(struct gaz_ctx *ctx, struct gaz_coverage *c,
                                 double within_m, double same_m,
                                 struct gaz_coverage_vertices *out)
{
    c->error[0] = '\0';
    GEOSGeometry *lines[SIDES];
    struct gaz_track tracks[SIDES];
    struct corners corners[SIDES];
    for (int i = 0; i < SIDES; i++) {
        lines[i] = GEOSBoundary_r(c->geos, c->sides[i]);
        gaz_coverage_geos_track(ctx, c, lines[i], &tracks[i]);
        corners[i] = list_corners(ctx, c, lines[i]);
    }
    struct gaz_coverage_vertex *items = gaz_arena_array(
        &ctx->arena, corners[0].count + corners[1].count, sizeof(*items));
    size_t count = 0;
    gaz_status status = GAZ_OK;
    for (int i = 0; i < SIDES && status == GAZ_OK; i++) {
        const struct search search = {&corners[i],    &corners[1 - i],
                                      &tracks[1 - i], (gaz_coverage_side)i,
                                      within_m,       same_m};
        status = find_unmatched(ctx, c, &search, items, &count);
    }
    for (int i = 0; i < SIDES; i++)
        GEOSGeom_destroy_r(c->geos, lines[i]);
    if (status != GAZ_OK)
        return status;
    if (count > 1)
        qsort(items, count, sizeof(*items), by_off);
    *out = (struct gaz_coverage_vertices){items, count};
    return GAZ_OK;
}
