/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/profile.h"

#include <math.h>
#include <stdlib.h>

#include "gazetteer/geo/track.h"

enum { HALVINGS_MAX = 60 };

static struct gaz_track_point point_of(struct gaz_grid at)
{
    return (struct gaz_track_point){at.east_m, at.north_m};
}

static struct gaz_grid grid_of(struct gaz_track_point at)
{
    return (struct gaz_grid){at.y, at.x};
}

static gaz_status open_line(struct gaz_ctx *ctx, const struct gaz_grid *line,
                            size_t count, struct gaz_track *out)
{
    struct gaz_track_point *points =
        gaz_arena_array(&ctx->arena, count, sizeof(*points));
    for (size_t i = 0; i < count; i++)
        points[i] = point_of(line[i]);
    gaz_track_open(&ctx->arena, points, NULL, count, out);
    return out->count > 0 ? GAZ_OK
                          : gaz_fail(ctx, GAZ_INVALID, "a line has no length");
}

/* ---- the farthest place ---- */

/* An end of a piece, its distance to the other line, and to which segment. */
struct end {
    struct gaz_track_point at;
    double off_m;
    size_t segment;
};

struct piece {
    struct end a;
    struct end b;
};

struct farthest {
    const struct gaz_track *other;
    double precision_m;
    size_t hint;
    struct gaz_profile_farthest best;
};

static struct end try_place(struct farthest *f, struct gaz_track_point at)
{
    struct gaz_track_foot foot = {.distance_m = 0};
    (void)gaz_track_nearest(f->other, at, HUGE_VAL, f->hint, &foot);
    f->hint = foot.segment;
    if (foot.distance_m > f->best.distance_m)
        f->best = (struct gaz_profile_farthest){foot.distance_m, grid_of(at),
                                                grid_of(foot.at)};
    return (struct end){at, foot.distance_m, foot.segment};
}

/* No place of a piece is farther from the line than from one of its segments,
 * and the distance to a segment is convex: it is greatest at an end. */
static double most_m(const struct farthest *f, const struct piece *piece)
{
    const double by_a =
        fmax(piece->a.off_m,
             gaz_track_off_m(f->other, piece->a.segment, piece->b.at));
    const double by_b =
        fmax(piece->b.off_m,
             gaz_track_off_m(f->other, piece->b.segment, piece->a.at));
    return fmin(by_a, by_b);
}

static void halve(struct farthest *f, struct piece whole)
{
    struct piece stack[HALVINGS_MAX + 1];
    int depth = 0;
    stack[depth++] = whole;
    while (depth > 0) {
        const struct piece piece = stack[--depth];
        if (most_m(f, &piece) <= f->best.distance_m + f->precision_m ||
            depth + 2 > HALVINGS_MAX)
            continue;
        const struct end middle = try_place(
            f, (struct gaz_track_point){(piece.a.at.x + piece.b.at.x) / 2,
                                        (piece.a.at.y + piece.b.at.y) / 2});
        stack[depth++] = (struct piece){piece.a, middle};
        stack[depth++] = (struct piece){middle, piece.b};
    }
}

/* The vertices first: most pieces are then given up at once. */
static struct gaz_profile_farthest find_farthest(struct gaz_ctx *ctx,
                                                 const struct gaz_track *own,
                                                 const struct gaz_track *other,
                                                 double precision_m)
{
    struct farthest f = {.other = other, .precision_m = precision_m};
    f.best.from = f.best.to = grid_of(own->segments[0].a);
    struct end *ends =
        gaz_arena_array(&ctx->arena, own->count + 1, sizeof(*ends));
    ends[0] = try_place(&f, own->segments[0].a);
    for (size_t i = 0; i < own->count; i++)
        ends[i + 1] = try_place(&f, own->segments[i].b);
    for (size_t i = 0; i < own->count; i++)
        halve(&f, (struct piece){ends[i], ends[i + 1]});
    return f.best;
}

/* ---- the profile ---- */

/* Over 0: the foot on B lies left of A, as A runs at its segment. */
static double signed_off(const struct gaz_track *a, double along_m,
                         struct gaz_track_point at,
                         const struct gaz_track_foot *foot)
{
    const double half = 0.5;
    const struct gaz_track_point before = gaz_track_at(a, along_m - half);
    const struct gaz_track_point after = gaz_track_at(a, along_m + half);
    const double side = (after.x - before.x) * (foot->at.y - at.y) -
                        (after.y - before.y) * (foot->at.x - at.x);
    return copysign(foot->distance_m, side);
}

static double step_of(const struct gaz_profile_options *options,
                      double length_m)
{
    const double fewest = length_m / (GAZ_PROFILE_POINTS_MAX - 2);
    return fmax(options->step_m > 0 ? options->step_m
                                    : length_m / (GAZ_PROFILE_POINTS - 1),
                fewest);
}

static void fill_points(struct gaz_ctx *ctx, const struct gaz_track *a,
                        const struct gaz_track *b, double step_m,
                        struct gaz_profile *out)
{
    const size_t count = (size_t)ceil(a->length_m / step_m - 1e-9) + 1;
    struct gaz_profile_point *points =
        gaz_arena_array(&ctx->arena, count, sizeof(*points));
    size_t hint = 0;
    for (size_t i = 0; i < count; i++) {
        const double along_m = fmin((double)i * step_m, a->length_m);
        const struct gaz_track_point at = gaz_track_at(a, along_m);
        struct gaz_track_foot foot = {.distance_m = 0};
        (void)gaz_track_nearest(b, at, HUGE_VAL, hint, &foot);
        hint = foot.segment;
        points[i] = (struct gaz_profile_point){
            along_m, signed_off(a, along_m, at, &foot), grid_of(at),
            grid_of(foot.at)};
    }
    out->points = points;
    out->count = count;
}

static int by_size(const void *a, const void *b)
{
    const double *one = a;
    const double *other = b;
    return (*one > *other) - (*one < *other);
}

static void sum_up(struct gaz_ctx *ctx, double within_m,
                   struct gaz_profile *out)
{
    static const double SHARE = 0.95;
    const double count = (double)out->count;
    double *sizes = gaz_arena_array(&ctx->arena, out->count, sizeof(*sizes));
    double squares = 0;
    size_t within = 0;
    for (size_t i = 0; i < out->count; i++) {
        const double off_m = out->points[i].off_m;
        out->mean_m += off_m / count;
        out->mean_size_m += fabs(off_m) / count;
        squares += off_m * off_m / count;
        sizes[i] = fabs(off_m);
        within += sizes[i] <= within_m;
    }
    out->rms_m = sqrt(squares);
    out->spread_m = sqrt(fmax(0, squares - out->mean_m * out->mean_m));
    out->share_within = (double)within / count;
    qsort(sizes, out->count, sizeof(*sizes), by_size);
    out->p95_m = sizes[(size_t)(SHARE * (count - 1) + 0.5)];
}

/* ---- stretches ---- */

static bool is_beyond(const struct gaz_profile_point *point, double within_m)
{
    return fabs(point->off_m) > within_m;
}

/* A stretch ends where the difference is small again or changes its side. */
static size_t measure_stretch(const struct gaz_profile *profile, size_t first,
                              double within_m, struct gaz_profile_stretch *out)
{
    const struct gaz_profile_point *points = profile->points;
    const bool is_left = points[first].off_m > 0;
    size_t end = first;
    double sum = 0;
    *out = (struct gaz_profile_stretch){.from_m = points[first].along_m};
    for (; end < profile->count && is_beyond(&points[end], within_m) &&
           (points[end].off_m > 0) == is_left;
         end++) {
        sum += points[end].off_m;
        if (fabs(points[end].off_m) > fabs(out->most_m)) {
            out->most_m = points[end].off_m;
            out->where = points[end].on_a;
        }
    }
    out->to_m = points[end - 1].along_m;
    out->mean_m = sum / (double)(end - first);
    return end;
}

static void find_stretches(struct gaz_ctx *ctx, double within_m,
                           struct gaz_profile *out)
{
    struct gaz_profile_stretch *items =
        gaz_arena_array(&ctx->arena, out->count, sizeof(*items));
    size_t count = 0;
    for (size_t i = 0; i < out->count;)
        if (is_beyond(&out->points[i], within_m))
            i = measure_stretch(out, i, within_m, &items[count++]);
        else
            i++;
    out->stretches = items;
    out->stretch_count = count;
}

gaz_status gaz_profile_compare(struct gaz_ctx *ctx, const struct gaz_grid *a,
                               size_t a_count, const struct gaz_grid *b,
                               size_t b_count,
                               const struct gaz_profile_options *options,
                               struct gaz_profile *out)
{
    struct gaz_track one;
    struct gaz_track other;
    struct gaz_profile profile = {.count = 0};
    gaz_status status = open_line(ctx, a, a_count, &one);
    if (status == GAZ_OK)
        status = open_line(ctx, b, b_count, &other);
    if (status != GAZ_OK)
        return status;
    profile.length_m[0] = one.length_m;
    profile.length_m[1] = other.length_m;
    profile.a_to_b = find_farthest(ctx, &one, &other, options->precision_m);
    profile.b_to_a = find_farthest(ctx, &other, &one, options->precision_m);
    profile.hausdorff_m =
        fmax(profile.a_to_b.distance_m, profile.b_to_a.distance_m);
    fill_points(ctx, &one, &other, step_of(options, one.length_m), &profile);
    sum_up(ctx, options->within_m, &profile);
    find_stretches(ctx, options->within_m, &profile);
    *out = profile;
    return GAZ_OK;
}

void gaz_profile_direct(struct gaz_grid *line, size_t count)
{
    if (count < 2)
        return;
    const double east = line[count - 1].east_m - line[0].east_m;
    const double north = line[count - 1].north_m - line[0].north_m;
    if (fabs(east) >= fabs(north) ? east >= 0 : north <= 0)
        return;
    for (size_t i = 0; i < count / 2; i++) {
        const struct gaz_grid last = line[count - 1 - i];
        line[count - 1 - i] = line[i];
        line[i] = last;
    }
}
