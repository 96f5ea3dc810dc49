/* SPDX-License-Identifier: Apache-2.0 */
/* survey_legs.c - B07: from each marker to the next, registered and by
 * coordinates, with what the plane does to lengths and directions. */
#include <math.h>

#include "gazetteer/boundary/survey_work.h"
#include "gazetteer/geo/geodesic.h"

static const double TO_DEGREES = 57.295779513082320877;

static bool measure(struct gaz_survey_work *w,
                    const struct gaz_survey_marker *from,
                    const struct gaz_survey_marker *to,
                    struct gaz_survey_leg *out)
{
    struct gaz_grid a;
    struct gaz_grid b;
    struct gaz_coord begin;
    struct gaz_coord end;
    if (!gaz_survey_place(from, &a) || !gaz_survey_place(to, &b))
        return false;
    const double north = b.north_m - a.north_m;
    const double east = b.east_m - a.east_m;
    double azimuth = atan2(east, north) * TO_DEGREES;
    azimuth = azimuth < 0 ? azimuth + 360 : azimuth;
    *out = (struct gaz_survey_leg){.from = from,
                                   .to = to,
                                   .grid_m = hypot(north, east),
                                   .grid_azimuth_deg = azimuth};
    /* a position that is no place is told by the range checks */
    struct gaz_ctx try = {0};
    const bool is_place = gaz_crs_to_cgcs2000(&try, w->plane, a.east_m,
                                              a.north_m, &begin) == GAZ_OK &&
                          gaz_crs_to_cgcs2000(&try, w->plane, b.east_m,
                                              b.north_m, &end) == GAZ_OK;
    gaz_ctx_close(&try);
    if (!is_place || out->grid_m <= 0)
        return false;
    out->ground_m = gaz_geodesic_distance_m(begin, end);
    out->scale_ppm = (out->grid_m / out->ground_m - 1) * 1e6;
    out->true_azimuth_deg = gaz_geodesic_azimuth_deg(begin, end);
    out->convergence_deg = gaz_survey_turned(out->true_azimuth_deg - azimuth);
    return true;
}

/* ---- what is registered ---- */

static const char *azimuth_slip(const struct gaz_survey_leg *leg,
                                double off_deg, double limit_deg,
                                const char **en)
{
    *en = "";
    if (fabs(off_deg - leg->convergence_deg) <= limit_deg) {
        *en = ", the convergence: as a true azimuth would";
        return ", 等于子午线收敛角, 像是填了真方位角";
    }
    if (fabs(fabs(off_deg) - 180) <= limit_deg) {
        *en = ", as the azimuth back would";
        return ", 像是填了反方位角";
    }
    return "";
}

static void check_azimuth(struct gaz_survey_work *w,
                          const struct gaz_survey_leg *leg)
{
    const double limit_deg =
        atan(gaz_survey_limit_m(w) / leg->grid_m) * TO_DEGREES;
    const double off_deg =
        gaz_survey_turned(leg->from->next_azimuth_deg - leg->grid_azimuth_deg);
    if (fabs(off_deg) <= limit_deg)
        return;
    const char *en;
    const char *zh = azimuth_slip(leg, off_deg, limit_deg, &en);
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_AZIMUTH, GAZ_SEVERITY_WARNING, leg->from);
    /* what the direction misses by at the next marker */
    finding->how_much_m = 2 * leg->grid_m * fabs(sin(off_deg / 2 / TO_DEGREES));
    finding->uncertainty_m = gaz_survey_limit_m(w) / sqrt(2);
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "界桩%s至下一界桩的登记方位角与坐标反算相差%+.2f′%s",
        leg->from->code, off_deg * 60, zh);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "registered azimuth from marker %s differs by %+.2f minutes of arc%s",
        leg->from->code, off_deg * 60, en);
}

static void check_distance(struct gaz_survey_work *w,
                           const struct gaz_survey_leg *leg)
{
    const double off_m = leg->from->next_distance_m - leg->grid_m;
    const double limit_m =
        fmax(w->options->length_min_m, leg->grid_m * w->options->length_ratio);
    if (fabs(off_m) <= limit_m)
        return;
    /* Only on long legs is the plane's scale over the limit. */
    const bool is_ground =
        fabs(leg->from->next_distance_m - leg->ground_m) <= limit_m / 4;
    struct gaz_survey_finding *finding = gaz_survey_note(
        w, GAZ_SURVEY_DISTANCE, GAZ_SEVERITY_WARNING, leg->from);
    finding->how_much_m = fabs(off_m);
    finding->uncertainty_m = gaz_survey_limit_m(w) / sqrt(2);
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "%s至%s登记距离%.1f米, 坐标反算%.1f米, 相差%+.2f米%s",
        leg->from->code, leg->to->code, leg->from->next_distance_m, leg->grid_m,
        off_m, is_ground ? ", 等于投影长度变形, 像是填了地面距离" : "");
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "%s to %s: %.1f m registered, %.1f m by coordinates, %+.2f m%s",
        leg->from->code, leg->to->code, leg->from->next_distance_m, leg->grid_m,
        off_m,
        is_ground ? ", the plane's scale: as a distance on the ground would"
                  : "");
}

gaz_status gaz_survey_legs(struct gaz_survey_work *w)
{
    const size_t count = w->survey->marker_count;
    struct gaz_survey_leg *legs =
        gaz_arena_array(&w->ctx->arena, count, sizeof(*legs));
    size_t found = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        const struct gaz_survey_marker *from = &w->survey->markers[i];
        if (!measure(w, from, from + 1, &legs[found]))
            continue;
        const struct gaz_survey_leg *leg = &legs[found++];
        if (from->next_distance_m <= 0)
            continue;
        check_distance(w, leg);
        check_azimuth(w, leg);
    }
    w->report.legs = legs;
    w->report.leg_count = found;
    return GAZ_OK;
}
