/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/sides.h"

#include <math.h>
#include <stdlib.h>

#include "gazetteer/boundary/limits.h"
#include "gazetteer/boundary/sides_work.h"

/* The numbers are those of data/boundary/limits.txt. */
struct gaz_sides_options gaz_sides_defaults(void)
{
    struct gaz_ctx ctx = {0};
    struct gaz_limits limits;
    gaz_limits_shipped(&ctx, &limits);
    const struct gaz_sides_options options = gaz_limits_sides(&limits);
    gaz_ctx_close(&ctx);
    return options;
}

/* Where two corners touch, this many tolerances of line are within one. */
static const double AROUND_CORNER = 4;

/* ---- areas in ---- */

/* An area that GEOS finds invalid is compared as repaired, and said to be so.
 * GEOS' reason stands in a context of its own: it is no failure here. */
static gaz_status repair(struct gaz_sides_work *w, gaz_coverage_side side,
                         struct gaz_wkb *area)
{
    struct gaz_ctx try = {0};
    gaz_status status = gaz_geometry_check(&try, w->geometry, *area);
    const char *why = gaz_arena_strdup(&w->ctx->arena, gaz_ctx_failure(&try));
    gaz_ctx_close(&try);
    if (status != GAZ_INVALID)
        return status;
    status = gaz_geometry_make_valid(w->ctx, w->geometry, *area, area);
    if (status != GAZ_OK)
        return status;
    struct gaz_sides_finding *finding =
        gaz_sides_note(w, GAZ_SIDES_INVALID, GAZ_SEVERITY_ERROR);
    const char *name = w->sides[side]->name;
    struct gaz_arena *arena = &w->ctx->arena;
    finding->zh = gaz_arena_printf(
        arena, "%s的面图形不合法，已修复后再比较: %s", name, why);
    finding->en = gaz_arena_printf(
        arena, "an area of %s is not valid, compared as repaired: %s", name,
        why);
    finding->has_where = true;
    return gaz_geometry_inside_point(w->ctx, w->geometry, *area,
                                     &finding->where);
}

static gaz_status add_areas(struct gaz_sides_work *w, gaz_coverage_side side)
{
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < w->sides[side]->count && status == GAZ_OK; i++) {
        struct gaz_wkb area = w->sides[side]->areas[i];
        status = repair(w, side, &area);
        if (status == GAZ_OK)
            status = gaz_coverage_add(w->ctx, w->coverage, side, area);
    }
    return status;
}

static gaz_status unite(struct gaz_sides_work *w)
{
    gaz_status status =
        gaz_coverage_open(w->ctx, w->options->plane_crs, &w->coverage);
    if (status == GAZ_OK)
        status = gaz_geometry_open(w->ctx, &w->geometry);
    if (status == GAZ_OK)
        status = add_areas(w, GAZ_COVERAGE_A);
    if (status == GAZ_OK)
        status = add_areas(w, GAZ_COVERAGE_B);
    if (status == GAZ_OK)
        status = gaz_coverage_unite(w->ctx, w->coverage);
    return status;
}

/* ---- findings out ---- */

static void note_area(struct gaz_sides_work *w, gaz_sides_kind kind,
                      const struct gaz_coverage_area *area)
{
    const bool is_overlap = kind == GAZ_SIDES_OVERLAP;
    const char *a = w->sides[GAZ_COVERAGE_A]->name;
    const char *b = w->sides[GAZ_COVERAGE_B]->name;
    struct gaz_sides_finding *finding =
        gaz_sides_note(w, kind, gaz_sides_grade(w, area->width_m));
    finding->has_where = true;
    finding->where = area->where;
    finding->how_much_m = area->width_m;
    finding->uncertainty_m = gaz_sides_uncertainty_m(w);
    finding->area_m2 = area->area_m2;
    finding->area = area->wkb;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "%s与%s%s: 最大宽度%.2f米, 面积%.1f平方米", a, b,
        is_overlap ? "重叠" : "之间有空隙", area->width_m, area->area_m2);
    finding->en = gaz_arena_printf(&w->ctx->arena,
                                   "%s %s and %s: at most %.2f m wide, %.1f m2",
                                   is_overlap ? "overlap of" : "gap between", a,
                                   b, area->width_m, area->area_m2);
}

static gaz_status find_overlaps(struct gaz_sides_work *w,
                                struct gaz_sides_report *report)
{
    struct gaz_coverage_areas areas = {.count = 0};
    gaz_status status =
        gaz_coverage_overlaps(w->ctx, w->coverage, w->options->noise_m, &areas);
    report->overlap_count = areas.count;
    for (size_t i = 0; i < areas.count; i++) {
        note_area(w, GAZ_SIDES_OVERLAP, &areas.items[i]);
        report->overlap_area_m2 += areas.items[i].area_m2;
    }
    if (areas.count > 0)
        report->overlap_width_m = areas.items[0].width_m;
    return status;
}

static gaz_status find_gaps(struct gaz_sides_work *w,
                            struct gaz_sides_report *report)
{
    const struct gaz_coverage_gap_options options = {
        w->options->noise_m, w->options->gap_reach_m, w->options->strip_ratio};
    struct gaz_coverage_areas areas = {.count = 0};
    gaz_status status =
        gaz_coverage_gaps(w->ctx, w->coverage, &options, &areas);
    report->gap_count = areas.count;
    for (size_t i = 0; i < areas.count; i++) {
        note_area(w, GAZ_SIDES_GAP, &areas.items[i]);
        report->gap_area_m2 += areas.items[i].area_m2;
    }
    if (areas.count > 0)
        report->gap_width_m = areas.items[0].width_m;
    return status;
}

static gaz_status find_vertices(struct gaz_sides_work *w,
                                struct gaz_sides_report *report)
{
    struct gaz_coverage_vertices vertices = {.count = 0};
    gaz_status status = gaz_coverage_vertices(
        w->ctx, w->coverage, w->options->warn_m, w->options->same_m, &vertices);
    report->unmatched_vertices = vertices.count;
    /* They are the last in order of weight: no more can be reported. */
    const size_t most = vertices.count < w->options->findings_max
                            ? vertices.count
                            : w->options->findings_max;
    report->left_out = vertices.count - most;
    for (size_t i = 0; i < most; i++) {
        const struct gaz_coverage_vertex *vertex = &vertices.items[i];
        const char *own = w->sides[vertex->side]->name;
        const char *other = w->sides[1 - (int)vertex->side]->name;
        struct gaz_sides_finding *finding =
            gaz_sides_note(w, GAZ_SIDES_VERTEX, GAZ_SEVERITY_INFO);
        finding->has_where = true;
        finding->where = vertex->at;
        finding->how_much_m = vertex->off_m;
        finding->uncertainty_m = gaz_sides_uncertainty_m(w);
        finding->zh = gaz_arena_printf(
            &w->ctx->arena, "%s的界线拐点在%s的界线上没有对应点, 离线%.3f米",
            own, other, vertex->off_m);
        finding->en = gaz_arena_printf(
            &w->ctx->arena,
            "a vertex of %s has none of %s beside it, %.3f m off its line", own,
            other, vertex->off_m);
    }
    return status;
}

static gaz_status find_shared(struct gaz_sides_work *w,
                              struct gaz_sides_report *report)
{
    gaz_status status = gaz_coverage_shared(
        w->ctx, w->coverage, w->options->warn_m, &report->shared);
    if (status == GAZ_OK)
        status = gaz_coverage_shared(w->ctx, w->coverage, w->options->noise_m,
                                     &report->identical);
    if (status != GAZ_OK ||
        report->identical.ground_m > AROUND_CORNER * w->options->noise_m ||
        report->shared.ground_m > AROUND_CORNER * w->options->warn_m ||
        report->overlap_count > 0 || report->gap_count > 0)
        return status;
    struct gaz_coord where;
    double distance_m;
    status = gaz_coverage_nearest(w->ctx, w->coverage, &where, &distance_m);
    if (status != GAZ_OK)
        return status;
    struct gaz_sides_finding *finding =
        gaz_sides_note(w, GAZ_SIDES_NO_TOUCH, GAZ_SEVERITY_ERROR);
    finding->has_where = true;
    finding->where = where;
    finding->how_much_m = distance_m;
    const char *a = w->sides[GAZ_COVERAGE_A]->name;
    const char *b = w->sides[GAZ_COVERAGE_B]->name;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "%s与%s没有共同的界线, 相距%.2f米", a, b, distance_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena, "%s and %s have no line in common, %.2f m apart", a, b,
        distance_m);
    return GAZ_OK;
}

gaz_status gaz_sides_compare(struct gaz_ctx *ctx, const struct gaz_side *a,
                             const struct gaz_side *b,
                             const struct gaz_sides_options *options,
                             struct gaz_sides_report *out)
{
    struct gaz_sides_work work = {.ctx = ctx,
                                  .options = options,
                                  .sides = {a, b},
                                  .names = {a->name, b->name}};
    struct gaz_sides_report *report = &work.report;
    gaz_status status = gaz_crs_open(ctx, options->plane_crs, &work.plane);
    if (status == GAZ_OK)
        status = unite(&work);
    if (status == GAZ_OK) {
        gaz_coverage_begin_gaps(work.coverage, options->noise_m);
        status = find_overlaps(&work, report);
    }
    if (status == GAZ_OK)
        status = find_gaps(&work, report);
    if (status == GAZ_OK)
        status = find_shared(&work, report);
    if (status == GAZ_OK)
        status = find_vertices(&work, report);
    if (status == GAZ_OK)
        status = gaz_sides_take_borders(&work);
    if (status == GAZ_OK)
        status = gaz_sides_check_areas(&work);
    gaz_geometry_close(work.geometry);
    gaz_coverage_close(work.coverage);
    gaz_crs_close(work.plane);
    if (status == GAZ_OK)
        gaz_sides_finish(&work, out);
    return status;
}
