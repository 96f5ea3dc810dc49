/* SPDX-License-Identifier: Apache-2.0 */
/* coverage_shared.c - how much of one outline lies within a distance of the
 * other. Buffers of an outline of 100,000 vertices cost a second; this walks
 * the segments over a grid, and is exact where a buffer's arcs are polygons. */
#include <math.h>
#include <stdlib.h>

#include "gazetteer/geo/coverage_geos.h"
#include "gazetteer/geo/geodesic.h"

enum { CELLS_MAX = 1 << 22, CELLS_PER_SEGMENT = 4 };

struct point {
    double x;
    double y;
};

struct segment {
    struct point a;
    struct point b;
};

struct segments {
    struct segment *items;
    size_t count;
};

/* Segments by cell: those of cell i are order[first[i]] to order[first[i+1]).
 */
struct grid {
    const struct segments *segments;
    struct point origin;
    double cell_m;
    int64_t columns;
    int64_t rows;
    uint32_t *first;
    uint32_t *order;
};

struct interval {
    double from;
    double to;
};

static struct segments list_segments(struct gaz_ctx *ctx,
                                     struct gaz_coverage *c,
                                     const GEOSGeometry *boundary)
{
    const int total = GEOSGetNumCoordinates_r(c->geos, boundary);
    const size_t most = (size_t)(total > 0 ? total : 0);
    struct segments all = {.count = 0};
    all.items = gaz_arena_array(&ctx->arena, most, sizeof(*all.items));
    struct point *points = gaz_arena_array(&ctx->arena, most, sizeof(*points));
    const int count = GEOSGetNumGeometries_r(c->geos, boundary);
    for (int i = 0; i < count; i++) {
        const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(
            c->geos, GEOSGetGeometryN_r(c->geos, boundary, i));
        unsigned size = 0;
        (void)GEOSCoordSeq_getSize_r(c->geos, seq, &size);
        (void)GEOSCoordSeq_copyToBuffer_r(c->geos, seq, &points->x, 0, 0);
        for (unsigned j = 1; j < size; j++)
            if (points[j].x != points[j - 1].x ||
                points[j].y != points[j - 1].y)
                all.items[all.count++] =
                    (struct segment){points[j - 1], points[j]};
    }
    return all;
}

static int64_t clamp_cell(double at, int64_t count)
{
    if (!(at > 0))
        return 0;
    return at >= (double)count ? count - 1 : (int64_t)at;
}

typedef void visit_cell(struct grid *grid, size_t cell, uint32_t segment,
                        void *user);

/* Visits the cells that come within `reach_m` of a segment, row by row; some
 * more at the ends. */
static void walk(struct grid *grid, const struct segment *s, double reach_m,
                 uint32_t number, visit_cell *visit, void *user)
{
    const double cell = grid->cell_m;
    const double low_y = fmin(s->a.y, s->b.y) - reach_m;
    const double high_y = fmax(s->a.y, s->b.y) + reach_m;
    const double slope =
        s->a.y == s->b.y ? 0 : (s->b.x - s->a.x) / (s->b.y - s->a.y);
    const int64_t first =
        clamp_cell((low_y - grid->origin.y) / cell, grid->rows);
    const int64_t last =
        clamp_cell((high_y - grid->origin.y) / cell, grid->rows);
    for (int64_t row = first; row <= last; row++) {
        const double band = grid->origin.y + (double)row * cell;
        double x1 = s->a.x;
        double x2 = s->b.x;
        if (slope != 0) {
            const double low = fmin(s->a.y, s->b.y);
            const double high = fmax(s->a.y, s->b.y);
            const double y1 = fmin(fmax(band - reach_m, low), high);
            const double y2 = fmin(fmax(band + cell + reach_m, low), high);
            x1 = s->a.x + slope * (y1 - s->a.y);
            x2 = s->a.x + slope * (y2 - s->a.y);
        }
        const int64_t from = clamp_cell(
            (fmin(x1, x2) - reach_m - grid->origin.x) / cell, grid->columns);
        const int64_t to = clamp_cell(
            (fmax(x1, x2) + reach_m - grid->origin.x) / cell, grid->columns);
        for (int64_t column = from; column <= to; column++)
            visit(grid, (size_t)(row * grid->columns + column), number, user);
    }
}

static void count_cell(struct grid *grid, size_t cell, uint32_t segment,
                       void *user)
{
    (void)segment;
    (void)user;
    grid->first[cell + 1]++;
}

static void fill_cell(struct grid *grid, size_t cell, uint32_t segment,
                      void *user)
{
    uint32_t *next = user;
    grid->order[next[cell]++] = segment;
}

static struct grid make_grid(struct gaz_ctx *ctx,
                             const struct segments *segments)
{
    struct point low = segments->items[0].a;
    struct point high = low;
    for (size_t i = 0; i < segments->count; i++) {
        const struct point at = segments->items[i].b;
        low = (struct point){fmin(low.x, at.x), fmin(low.y, at.y)};
        high = (struct point){fmax(high.x, at.x), fmax(high.y, at.y)};
    }
    const double cells =
        fmin((double)segments->count * CELLS_PER_SEGMENT, CELLS_MAX);
    const double wide = high.x - low.x;
    const double tall = high.y - low.y;
    struct grid grid = {.segments = segments, .origin = low};
    grid.cell_m =
        fmax(sqrt(wide * tall / cells), fmax(wide, tall) / (cells / 2));
    grid.columns = 1 + (int64_t)(wide / grid.cell_m);
    grid.rows = 1 + (int64_t)(tall / grid.cell_m);
    const size_t size = (size_t)(grid.columns * grid.rows);
    grid.first = gaz_arena_array(&ctx->arena, size + 1, sizeof(*grid.first));
    for (size_t i = 0; i < segments->count; i++)
        walk(&grid, &segments->items[i], 0, (uint32_t)i, count_cell, NULL);
    for (size_t i = 0; i < size; i++)
        grid.first[i + 1] += grid.first[i];
    uint32_t *next = gaz_arena_array(&ctx->arena, size, sizeof(*next));
    for (size_t i = 0; i < size; i++)
        next[i] = grid.first[i];
    grid.order =
        gaz_arena_array(&ctx->arena, grid.first[size], sizeof(*grid.order));
    for (size_t i = 0; i < segments->count; i++)
        walk(&grid, &segments->items[i], 0, (uint32_t)i, fill_cell, next);
    return grid;
}

/* ---- one segment beside another ---- */

/* Widens `out` by where a line from `p` along the unit vector `u` is inside the
 * disc of radius r around `at`. */
static void add_disc(struct point p, struct point u, struct point at, double r,
                     struct interval *out)
{
    const double along = (at.x - p.x) * u.x + (at.y - p.y) * u.y;
    const double off = (at.x - p.x) * u.y - (at.y - p.y) * u.x;
    if (fabs(off) > r)
        return;
    const double half = sqrt(r * r - off * off);
    out->from = fmin(out->from, along - half);
    out->to = fmax(out->to, along + half);
}

/* Cuts `out` to where low <= value + t * slope <= high. */
static void cut(double value, double slope, double low, double high,
                struct interval *out)
{
    if (slope == 0) {
        if (value < low || value > high)
            *out = (struct interval){1, 0};
        return;
    }
    const double one = (low - value) / slope;
    const double other = (high - value) / slope;
    out->from = fmax(out->from, fmin(one, other));
    out->to = fmin(out->to, fmax(one, other));
}

/* Where a line from `p` along `u` is within r of a segment. That distance is a
 * convex function of the way along the line, so it is one interval. */
static struct interval beside(struct point p, struct point u, double length,
                              const struct segment *s, double r)
{
    struct interval all = {HUGE_VAL, -HUGE_VAL};
    add_disc(p, u, s->a, r, &all);
    add_disc(p, u, s->b, r, &all);
    const double size = hypot(s->b.x - s->a.x, s->b.y - s->a.y);
    const struct point v = {(s->b.x - s->a.x) / size, (s->b.y - s->a.y) / size};
    const struct point w = {p.x - s->a.x, p.y - s->a.y};
    struct interval slab = {-HUGE_VAL, HUGE_VAL};
    cut(w.x * v.x + w.y * v.y, u.x * v.x + u.y * v.y, 0, size, &slab);
    cut(w.x * v.y - w.y * v.x, u.x * v.y - u.y * v.x, -r, r, &slab);
    if (slab.from <= slab.to) {
        all.from = fmin(all.from, slab.from);
        all.to = fmax(all.to, slab.to);
    }
    return (struct interval){fmax(all.from, 0), fmin(all.to, length)};
}

/* ---- the whole outline ---- */

struct sum {
    struct gaz_ctx *ctx;
    struct gaz_coverage *coverage;
    double within_m;
    struct segment at; /* A's segment under way */
    struct point unit;
    double length;
    bool is_whole;
    struct interval *intervals;
    size_t count;
    size_t capacity;
    struct gaz_coverage_length total;
};

static bool is_far(const struct segment *one, const struct segment *other,
                   double r)
{
    return fmax(one->a.x, one->b.x) + r < fmin(other->a.x, other->b.x) ||
           fmax(other->a.x, other->b.x) + r < fmin(one->a.x, one->b.x) ||
           fmax(one->a.y, one->b.y) + r < fmin(other->a.y, other->b.y) ||
           fmax(other->a.y, other->b.y) + r < fmin(one->a.y, one->b.y);
}

static void add_interval(struct sum *sum, struct interval interval)
{
    if (sum->count == sum->capacity) {
        const size_t bigger = sum->capacity ? 2 * sum->capacity : 64;
        sum->intervals = gaz_arena_grow(&sum->ctx->arena, sum->intervals,
                                        sum->capacity * sizeof(interval),
                                        bigger * sizeof(interval));
        sum->capacity = bigger;
    }
    sum->intervals[sum->count++] = interval;
}

/* Once one interval is the whole segment, the others say nothing new. */
static void meet_cell(struct grid *grid, size_t cell, uint32_t segment,
                      void *user)
{
    struct sum *sum = user;
    (void)segment;
    for (uint32_t i = grid->first[cell];
         i < grid->first[cell + 1] && !sum->is_whole; i++) {
        const struct segment *other = &grid->segments->items[grid->order[i]];
        if (is_far(&sum->at, other, sum->within_m))
            continue;
        const struct interval interval =
            beside(sum->at.a, sum->unit, sum->length, other, sum->within_m);
        if (interval.from >= interval.to)
            continue;
        add_interval(sum, interval);
        sum->is_whole = interval.from <= 0 && interval.to >= sum->length;
    }
}

static int by_from(const void *a, const void *b)
{
    const struct interval *one = a;
    const struct interval *other = b;
    return (one->from > other->from) - (one->from < other->from);
}

static gaz_status add_piece(struct sum *sum, double from, double to)
{
    struct gaz_coord ends[2];
    const double at[2] = {from, to};
    for (int i = 0; i < 2; i++) {
        gaz_status status = gaz_crs_to_cgcs2000(
            sum->ctx, sum->coverage->plane, sum->at.a.x + at[i] * sum->unit.x,
            sum->at.a.y + at[i] * sum->unit.y, &ends[i]);
        if (status != GAZ_OK)
            return status;
    }
    sum->total.ground_m += gaz_geodesic_distance_m(ends[0], ends[1]);
    sum->total.plane_m += to - from;
    return GAZ_OK;
}

/* Adds the union of the intervals of one segment. */
static gaz_status add_segment(struct sum *sum)
{
    if (sum->count == 0)
        return GAZ_OK;
    qsort(sum->intervals, sum->count, sizeof(*sum->intervals), by_from);
    struct interval now = sum->intervals[0];
    for (size_t i = 1; i < sum->count; i++) {
        const struct interval next = sum->intervals[i];
        if (next.from > now.to) {
            gaz_status status = add_piece(sum, now.from, now.to);
            if (status != GAZ_OK)
                return status;
            now = next;
        } else {
            now.to = fmax(now.to, next.to);
        }
    }
    return add_piece(sum, now.from, now.to);
}

static gaz_status sum_segments(struct sum *sum, const struct segments *own,
                               struct grid *grid)
{
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < own->count && status == GAZ_OK; i++) {
        const struct segment *s = &own->items[i];
        sum->at = *s;
        sum->length = hypot(s->b.x - s->a.x, s->b.y - s->a.y);
        sum->unit = (struct point){(s->b.x - s->a.x) / sum->length,
                                   (s->b.y - s->a.y) / sum->length};
        sum->count = 0;
        sum->is_whole = false;
        walk(grid, s, sum->within_m, (uint32_t)i, meet_cell, sum);
        status = add_segment(sum);
    }
    return status;
}

gaz_status gaz_coverage_shared(struct gaz_ctx *ctx, struct gaz_coverage *c,
                               double within_m, struct gaz_coverage_length *out)
{
    c->error[0] = '\0';
    GEOSGeometry *edge = GEOSBoundary_r(c->geos, c->sides[GAZ_COVERAGE_A]);
    GEOSGeometry *other = GEOSBoundary_r(c->geos, c->sides[GAZ_COVERAGE_B]);
    if (!edge || !other) {
        GEOSGeom_destroy_r(c->geos, other);
        GEOSGeom_destroy_r(c->geos, edge);
        return gaz_coverage_geos_fail(ctx, c, "shared line cannot be found");
    }
    const struct segments own = list_segments(ctx, c, edge);
    const struct segments others = list_segments(ctx, c, other);
    GEOSGeom_destroy_r(c->geos, other);
    GEOSGeom_destroy_r(c->geos, edge);
    struct sum sum = {.ctx = ctx, .coverage = c, .within_m = within_m};
    gaz_status status = GAZ_OK;
    if (others.count > 0) {
        struct grid grid = make_grid(ctx, &others);
        status = sum_segments(&sum, &own, &grid);
    }
    if (status == GAZ_OK)
        *out = sum.total;
    return status;
}
