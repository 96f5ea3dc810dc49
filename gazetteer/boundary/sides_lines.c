/* SPDX-License-Identifier: Apache-2.0 */
/* sides_lines.c - the two sides' lines against each other, and their areas
 * against the published ones. */
#include <math.h>

#include "gazetteer/boundary/sides_work.h"
#include "gazetteer/geo/coverage.h"

enum { CROSSINGS_MAX = 50 };

static const double PRECISION_M = 0.001;

/* ---- lines in ---- */

/* Directs a line of the plane and gives it its degrees. */
static gaz_status put_line(struct gaz_sides_work *w, int side,
                           struct gaz_grid *grid, size_t count)
{
    gaz_profile_direct(grid, count);
    struct gaz_coord *points =
        gaz_arena_array(&w->ctx->arena, count, sizeof(*points));
    for (size_t i = 0; i < count; i++) {
        gaz_status status = gaz_crs_to_cgcs2000(
            w->ctx, w->plane, grid[i].east_m, grid[i].north_m, &points[i]);
        if (status != GAZ_OK)
            return status;
    }
    w->report.lines[side] = (struct gaz_sides_line){points, grid, count};
    return GAZ_OK;
}

static void open_track(struct gaz_sides_work *w, int side,
                       struct gaz_track *out)
{
    const struct gaz_sides_line *line = &w->report.lines[side];
    struct gaz_track_point *points =
        gaz_arena_array(&w->ctx->arena, line->count, sizeof(*points));
    for (size_t i = 0; i < line->count; i++)
        points[i] = (struct gaz_track_point){line->grid[i].east_m,
                                             line->grid[i].north_m};
    gaz_track_open(&w->ctx->arena, points, NULL, line->count, out);
}

/* Where one side's border goes on and the other's does not, only what both have
 * is compared: the line is cut beside the other's ends. */
static gaz_status cut_line(struct gaz_sides_work *w, int side)
{
    struct gaz_track own;
    const struct gaz_sides_line *line = &w->report.lines[side];
    const struct gaz_sides_line *other = &w->report.lines[1 - side];
    const struct gaz_grid ends[] = {other->grid[0],
                                    other->grid[other->count - 1]};
    double along_m[2];
    open_track(w, side, &own);
    if (own.count == 0)
        return GAZ_OK;
    for (int i = 0; i < 2; i++) {
        struct gaz_track_foot foot = {.along_m = 0};
        (void)gaz_track_nearest(
            &own, (struct gaz_track_point){ends[i].east_m, ends[i].north_m},
            HUGE_VAL, 0, &foot);
        along_m[i] = foot.along_m;
    }
    const double reach_m = w->options->border_reach_m;
    const double from_m = along_m[0] > reach_m ? along_m[0] : 0;
    const double to_m =
        own.length_m - along_m[1] > reach_m ? along_m[1] : own.length_m;
    if (from_m >= to_m || (from_m <= 0 && to_m >= own.length_m))
        return GAZ_OK;
    struct gaz_grid *grid =
        gaz_arena_array(&w->ctx->arena, line->count + 2, sizeof(*grid));
    size_t count = 0;
    const struct gaz_track_point first = gaz_track_at(&own, from_m);
    const struct gaz_track_point last = gaz_track_at(&own, to_m);
    grid[count++] = (struct gaz_grid){first.y, first.x};
    for (size_t i = 0; i < own.count; i++)
        if (own.segments[i].before_m > from_m &&
            own.segments[i].before_m < to_m)
            grid[count++] =
                (struct gaz_grid){own.segments[i].a.y, own.segments[i].a.x};
    grid[count++] = (struct gaz_grid){last.y, last.x};
    return put_line(w, side, grid, count);
}

gaz_status gaz_sides_take_borders(struct gaz_sides_work *w)
{
    struct gaz_coverage_border borders[2];
    gaz_status status =
        gaz_coverage_borders(w->ctx, w->coverage, w->options->border_reach_m,
                             w->options->warn_m, borders);
    for (int i = 0; i < 2 && status == GAZ_OK; i++) {
        struct gaz_grid *grid =
            gaz_arena_array(&w->ctx->arena, borders[i].count, sizeof(*grid));
        for (size_t j = 0; j < borders[i].count; j++)
            grid[j] = (struct gaz_grid){borders[i].points[j].y,
                                        borders[i].points[j].x};
        status = put_line(w, i, grid, borders[i].count);
    }
    if (status != GAZ_OK || borders[0].count < 2 || borders[1].count < 2)
        return status;
    for (int i = 0; i < 2 && status == GAZ_OK; i++)
        status = cut_line(w, i);
    return status == GAZ_OK ? gaz_sides_lay_lines(w) : status;
}

gaz_status gaz_sides_lay_lines(struct gaz_sides_work *w)
{
    const struct gaz_profile_options options = {0, PRECISION_M,
                                                w->options->warn_m};
    const struct gaz_sides_line *a = &w->report.lines[0];
    const struct gaz_sides_line *b = &w->report.lines[1];
    gaz_status status =
        gaz_profile_compare(w->ctx, a->grid, a->count, b->grid, b->count,
                            &options, &w->report.profile);
    w->report.has_profile = status == GAZ_OK;
    return status;
}

/* ---- findings ---- */

static gaz_status note_stretch(struct gaz_sides_work *w,
                               const struct gaz_profile_stretch *stretch)
{
    const double most_m = fabs(stretch->most_m);
    struct gaz_sides_finding *finding =
        gaz_sides_note(w, GAZ_SIDES_STRETCH, gaz_sides_grade(w, most_m));
    const bool is_left = stretch->most_m > 0;
    finding->how_much_m = most_m;
    finding->uncertainty_m = gaz_sides_uncertainty_m(w);
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "里程%.0f至%.0f米, %s的界线在%s的%s侧, 最大相差%.2f米, 平均%.2f米",
        stretch->from_m, stretch->to_m, w->names[1], w->names[0],
        is_left ? "左" : "右", most_m, fabs(stretch->mean_m));
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "from %.0f to %.0f m along, the line of %s lies %s of that of %s, at "
        "most %.2f m, %.2f m in the mean",
        stretch->from_m, stretch->to_m, w->names[1], is_left ? "left" : "right",
        w->names[0], most_m, fabs(stretch->mean_m));
    finding->has_where = true;
    return gaz_crs_to_cgcs2000(w->ctx, w->plane, stretch->where.east_m,
                               stretch->where.north_m, &finding->where);
}

static gaz_status note_crossings(struct gaz_sides_work *w, int side)
{
    struct gaz_track track;
    struct gaz_track_crossing crossings[CROSSINGS_MAX];
    open_track(w, side, &track);
    const size_t count = gaz_track_crossings(&track, crossings, CROSSINGS_MAX);
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        struct gaz_sides_finding *finding =
            gaz_sides_note(w, GAZ_SIDES_TOPOLOGY, GAZ_SEVERITY_ERROR);
        finding->zh = gaz_arena_printf(&w->ctx->arena,
                                       "%s的界线自相交或折返（第%zu段与第%zu段"
                                       "）",
                                       w->names[side], crossings[i].first + 1,
                                       crossings[i].second + 1);
        finding->en = gaz_arena_printf(
            &w->ctx->arena,
            "the line of %s meets itself or runs back (segments %zu and %zu)",
            w->names[side], crossings[i].first + 1, crossings[i].second + 1);
        finding->has_where = true;
        status = gaz_crs_to_cgcs2000(w->ctx, w->plane, crossings[i].at.x,
                                     crossings[i].at.y, &finding->where);
    }
    return status;
}

static gaz_status check_area(struct gaz_sides_work *w, int i)
{
    static const double M2_PER_KM2 = 1e6;
    const double published_km2 = w->options->published_km2[i];
    gaz_status status = gaz_coverage_side_area(
        w->ctx, w->coverage, (gaz_coverage_side)i, &w->report.area_m2[i]);
    const double area_km2 = w->report.area_m2[i] / M2_PER_KM2;
    const double off_km2 = area_km2 - published_km2;
    if (status != GAZ_OK || published_km2 <= 0 ||
        fabs(off_km2) <= w->options->area_ratio * published_km2)
        return status;
    /* The published value does not say what it counts, so it is a hint. */
    struct gaz_sides_finding *finding =
        gaz_sides_note(w, GAZ_SIDES_AREA, GAZ_SEVERITY_INFO);
    finding->area_m2 = fabs(off_km2) * M2_PER_KM2;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "%s的面积为%.2f平方公里, 公布值%.2f平方公里（%s）, 相差%+.2f (%+.1f%%)",
        w->names[i], area_km2, published_km2, w->options->published_source[i],
        off_km2, 100 * off_km2 / published_km2);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "the area of %s is %.2f km2, published are %.2f km2: %+.2f (%+.1f %%)",
        w->names[i], area_km2, published_km2, off_km2,
        100 * off_km2 / published_km2);
    return GAZ_OK;
}

gaz_status gaz_sides_check_areas(struct gaz_sides_work *w)
{
    gaz_status status = check_area(w, 0);
    return status == GAZ_OK ? check_area(w, 1) : status;
}

/* ---- two lines and no areas ---- */

static gaz_status take_line(struct gaz_sides_work *w, int side,
                            const struct gaz_side_line *line)
{
    struct gaz_grid *grid =
        gaz_arena_array(&w->ctx->arena, line->count, sizeof(*grid));
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < line->count && status == GAZ_OK; i++)
        status = gaz_crs_from_cgcs2000(w->ctx, w->plane, line->points[i],
                                       &grid[i].east_m, &grid[i].north_m);
    return status == GAZ_OK ? put_line(w, side, grid, line->count) : status;
}

static gaz_status note_lines(struct gaz_sides_work *w)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; i < 2 && status == GAZ_OK; i++)
        status = note_crossings(w, i);
    const struct gaz_profile *profile = &w->report.profile;
    for (size_t i = 0; i < profile->stretch_count && status == GAZ_OK; i++)
        status = note_stretch(w, &profile->stretches[i]);
    w->report.shared.plane_m = profile->share_within * profile->length_m[0];
    return status;
}

gaz_status gaz_sides_compare_lines(struct gaz_ctx *ctx,
                                   const struct gaz_side_line *a,
                                   const struct gaz_side_line *b,
                                   const struct gaz_sides_options *options,
                                   struct gaz_sides_report *out)
{
    struct gaz_sides_work work = {
        .ctx = ctx, .options = options, .names = {a->name, b->name}};
    gaz_status status = gaz_crs_open(ctx, options->plane_crs, &work.plane);
    if (status == GAZ_OK)
        status = take_line(&work, 0, a);
    if (status == GAZ_OK)
        status = take_line(&work, 1, b);
    if (status == GAZ_OK)
        status = gaz_sides_lay_lines(&work);
    if (status == GAZ_OK)
        status = note_lines(&work);
    gaz_crs_close(work.plane);
    if (status == GAZ_OK)
        gaz_sides_finish(&work, out);
    return status;
}
