/* SPDX-License-Identifier: Apache-2.0 */
/* survey_positions.c - B01 and B02: measured against agreed positions. */
#include <math.h>

#include "gazetteer/boundary/survey_work.h"

static const double TO_DEGREES = 57.295779513082320877;

enum { FIT_MIN = 4 };

struct pairs {
    const struct gaz_survey_marker **markers;
    struct gaz_grid *agreed;
    struct gaz_grid *measured;
    struct gaz_grid *residuals;
    size_t count;
};

static struct pairs list_pairs(struct gaz_survey_work *w)
{
    const size_t most = w->survey->marker_count;
    struct gaz_arena *arena = &w->ctx->arena;
    struct pairs pairs = {
        .markers = gaz_arena_array(arena, most,
                                   sizeof(const struct gaz_survey_marker *)),
        .agreed = gaz_arena_array(arena, most, sizeof(*pairs.agreed)),
        .measured = gaz_arena_array(arena, most, sizeof(*pairs.measured)),
        .residuals = gaz_arena_array(arena, most, sizeof(*pairs.residuals))};
    for (size_t i = 0; i < most; i++) {
        const struct gaz_survey_marker *marker = &w->survey->markers[i];
        if (!marker->has_agreed || !marker->has_measured)
            continue;
        pairs.markers[pairs.count] = marker;
        pairs.agreed[pairs.count] = marker->agreed;
        pairs.measured[pairs.count] = marker->measured;
        pairs.residuals[pairs.count++] =
            (struct gaz_grid){marker->measured.north_m - marker->agreed.north_m,
                              marker->measured.east_m - marker->agreed.east_m};
    }
    return pairs;
}

static bool is_real(const struct gaz_survey_work *w, double size_m,
                    double error_m)
{
    return size_m > w->options->systematic_m &&
           size_m > w->options->significance * error_m;
}

static gaz_severity grade(const struct gaz_survey_work *w, double size_m)
{
    return size_m > gaz_survey_limit_m(w) ? GAZ_SEVERITY_ERROR
                                          : GAZ_SEVERITY_WARNING;
}

static void note_shift(struct gaz_survey_work *w, const struct gaz_fit *fit)
{
    const double size_m = hypot(fit->shift.north_m, fit->shift.east_m);
    const bool is_datum = size_m > w->options->datum_m;
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, is_datum ? GAZ_SURVEY_DATUM : GAZ_SURVEY_SHIFT,
                        grade(w, size_m), NULL);
    finding->how_much_m = size_m;
    finding->uncertainty_m = fit->shift_error_m;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "实测坐标整体平移: ΔX %+.3f米, ΔY %+.3f米 (±%.3f米)%s",
        fit->shift.north_m, fit->shift.east_m, fit->shift_error_m,
        is_datum ? ", 像是坐标基准不同" : "");
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "measured positions are shifted: north %+.3f m, east %+.3f m "
        "(+-%.3f m)%s",
        fit->shift.north_m, fit->shift.east_m, fit->shift_error_m,
        is_datum ? ", as of another datum" : "");
}

static void note_turn(struct gaz_survey_work *w, const struct gaz_fit *fit)
{
    const double size_m = fabs(fit->rotation_rad) * fit->reach_m;
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_ROTATION, grade(w, size_m), NULL);
    finding->how_much_m = size_m;
    finding->uncertainty_m = fit->turn_error_rad * fit->reach_m;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "实测坐标整体旋转%+.2f″, 端点处%.3f米 (±%.3f米)",
        fit->rotation_rad * TO_DEGREES * 3600, size_m, finding->uncertainty_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "measured positions are turned by %+.2f seconds of arc, %.3f m at the "
        "ends (+-%.3f m)",
        fit->rotation_rad * TO_DEGREES * 3600, size_m, finding->uncertainty_m);
}

static void note_scale(struct gaz_survey_work *w, const struct gaz_fit *fit)
{
    const double size_m = fabs(fit->scale_ppm) * 1e-6 * fit->reach_m;
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_SCALE, grade(w, size_m), NULL);
    finding->how_much_m = size_m;
    finding->uncertainty_m = fit->turn_error_rad * fit->reach_m;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "实测坐标尺度差%+.1f ppm, 端点处%.3f米 (±%.3f米)",
        fit->scale_ppm, size_m, finding->uncertainty_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "measured positions differ in scale by %+.1f ppm, %.3f m at the ends "
        "(+-%.3f m)",
        fit->scale_ppm, size_m, finding->uncertainty_m);
}

/* Without a common part the differences themselves are the residuals. */
static gaz_status take_common(struct gaz_survey_work *w, struct pairs *pairs)
{
    struct gaz_fit fit;
    struct gaz_grid *residuals =
        gaz_arena_array(&w->ctx->arena, pairs->count, sizeof(*residuals));
    gaz_status status = gaz_fit_similarity(
        w->ctx, pairs->agreed, pairs->measured, pairs->count, &fit, residuals);
    if (status != GAZ_OK)
        return status;
    w->report.has_fit = true;
    w->report.fit = fit;
    const double turn_m = fit.turn_error_rad * fit.reach_m;
    const bool is_shift = is_real(w, hypot(fit.shift.north_m, fit.shift.east_m),
                                  fit.shift_error_m);
    const bool is_turn =
        is_real(w, fabs(fit.rotation_rad) * fit.reach_m, turn_m);
    const bool is_scale =
        is_real(w, fabs(fit.scale_ppm) * 1e-6 * fit.reach_m, turn_m);
    if (is_shift)
        note_shift(w, &fit);
    if (is_turn)
        note_turn(w, &fit);
    if (is_scale)
        note_scale(w, &fit);
    if (is_shift || is_turn || is_scale)
        pairs->residuals = residuals;
    return GAZ_OK;
}

static void note_single(struct gaz_survey_work *w, const struct pairs *pairs,
                        size_t i)
{
    const struct gaz_grid off = pairs->residuals[i];
    const double size_m = hypot(off.north_m, off.east_m);
    if (size_m <= gaz_survey_limit_m(w))
        return;
    struct gaz_survey_finding *finding = gaz_survey_note(
        w, GAZ_SURVEY_OUTLIER, GAZ_SEVERITY_ERROR, pairs->markers[i]);
    finding->how_much_m = size_m;
    finding->uncertainty_m = w->report.has_fit ? w->report.fit.spread_m : 0;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "界桩%s与协议坐标相差%.3f米 (ΔX %+.3f, ΔY %+.3f), 限差%.1f米",
        pairs->markers[i]->code, size_m, off.north_m, off.east_m,
        gaz_survey_limit_m(w));
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "marker %s is %.3f m off its agreed position (north %+.3f, east "
        "%+.3f), limit %.1f m",
        pairs->markers[i]->code, size_m, off.north_m, off.east_m,
        gaz_survey_limit_m(w));
}

static void note_heights(struct gaz_survey_work *w)
{
    for (size_t i = 0; i < w->survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &w->survey->markers[i];
        const double off_m =
            marker->measured_height_m - marker->agreed_height_m;
        if (!marker->has_heights || fabs(off_m) <= w->options->height_limit_m)
            continue;
        struct gaz_survey_finding *finding =
            gaz_survey_note(w, GAZ_SURVEY_HEIGHT, GAZ_SEVERITY_WARNING, marker);
        finding->how_much_m = fabs(off_m);
        finding->zh = gaz_arena_printf(
            &w->ctx->arena, "界桩%s高程相差%+.3f米, 限差%.2f米", marker->code,
            off_m, w->options->height_limit_m);
        finding->en =
            gaz_arena_printf(&w->ctx->arena,
                             "height of marker %s differs by %+.3f m, limit "
                             "%.2f m",
                             marker->code, off_m, w->options->height_limit_m);
    }
}

gaz_status gaz_survey_positions(struct gaz_survey_work *w)
{
    struct pairs pairs = list_pairs(w);
    bool is_other = false;
    gaz_status status = GAZ_OK;
    w->report.compared = pairs.count;
    note_heights(w);
    if (pairs.count == 0)
        return GAZ_OK;
    status = gaz_survey_systems(w, &is_other);
    /* Differences to positions of another system say nothing. */
    if (status != GAZ_OK || is_other)
        return status;
    if (pairs.count >= FIT_MIN)
        status = take_common(w, &pairs);
    for (size_t i = 0; i < pairs.count && status == GAZ_OK; i++)
        note_single(w, &pairs, i);
    return status;
}
