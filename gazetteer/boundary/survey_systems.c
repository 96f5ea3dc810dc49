/* SPDX-License-Identifier: Apache-2.0 */
/* survey_systems.c - B03: positions of another system, by what would explain
 * them: each known slip is done to the agreed positions, and the one that
 * brings them to the measured ones is named. */
#include <math.h>

#include "gazetteer/boundary/survey_work.h"
#include "gazetteer/geo/gcj02.h"

typedef enum { AS_GIVEN, EXCHANGED, OF_CRS, OF_WEB_MAP } slip_kind;

struct slip {
    slip_kind how;
    gaz_survey_kind kind;
    const char *crs; /* OF_CRS */
    bool is_bd09;    /* OF_WEB_MAP */
    const char *zh;
    const char *en;
};

static const struct slip SLIPS[] = {
    {AS_GIVEN, GAZ_SURVEY_RANGE, NULL, false, NULL, NULL},
    {EXCHANGED, GAZ_SURVEY_SWAPPED, NULL, false, "X、Y颠倒（X应为北）",
     "X and Y are exchanged (X is north)"},
    {OF_CRS, GAZ_SURVEY_ZONE, "EPSG:4550", false,
     "中央子午线123°的坐标（EPSG:4550）",
     "coordinates of central meridian 123 (EPSG:4550)"},
    {OF_CRS, GAZ_SURVEY_ZONE, "EPSG:4548", false,
     "中央子午线117°的坐标（EPSG:4548）",
     "coordinates of central meridian 117 (EPSG:4548)"},
    {OF_CRS, GAZ_SURVEY_ZONE, "EPSG:4528", false,
     "Y坐标带有带号40（EPSG:4528）",
     "eastings with the zone's prefix 40 (EPSG:4528)"},
    {OF_WEB_MAP, GAZ_SURVEY_DATUM, NULL, false, "GCJ-02坐标",
     "GCJ-02 coordinates"},
    {OF_WEB_MAP, GAZ_SURVEY_DATUM, NULL, true, "BD-09坐标",
     "BD-09 coordinates"},
};

enum { SLIPS_COUNT = sizeof(SLIPS) / sizeof(SLIPS[0]) };

/* Puts an agreed position where it would be measured with the slip. This way
 * round no position leaves the use of its system. */
static bool apply(struct gaz_survey_work *w, struct gaz_ctx *try,
                  const struct slip *slip, struct gaz_crs *other,
                  struct gaz_grid at, struct gaz_grid *out)
{
    struct gaz_coord coord;
    struct gaz_crs *plane = slip->how == OF_CRS ? other : w->plane;
    double x = at.east_m;
    double y = at.north_m;
    *out = at;
    if (slip->how == AS_GIVEN)
        return true;
    if (slip->how == EXCHANGED) {
        *out = (struct gaz_grid){.north_m = at.east_m, .east_m = at.north_m};
        return true;
    }
    if (gaz_crs_to_cgcs2000(try, w->plane, x, y, &coord) != GAZ_OK)
        return false;
    if (slip->how == OF_WEB_MAP)
        coord = gaz_gcj02_from_wgs84(coord);
    if (slip->is_bd09)
        coord = gaz_gcj02_to_bd09(coord);
    if (gaz_crs_from_cgcs2000(try, plane, coord, &x, &y) != GAZ_OK)
        return false;
    *out = (struct gaz_grid){.north_m = y, .east_m = x};
    return true;
}

/* The median distance of the measured positions from where the slip would have
 * put the agreed ones. */
static double distance_with(struct gaz_survey_work *w, const struct slip *slip,
                            double *scratch)
{
    struct gaz_ctx try = {0};
    struct gaz_crs *other = NULL;
    size_t count = 0;
    const bool is_open =
        !slip->crs || gaz_crs_open(&try, slip->crs, &other) == GAZ_OK;
    for (size_t i = 0; is_open && i < w->survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &w->survey->markers[i];
        struct gaz_grid at;
        if (!marker->has_agreed || !marker->has_measured)
            continue;
        scratch[count++] = apply(w, &try, slip, other, marker->agreed, &at)
                               ? hypot(at.north_m - marker->measured.north_m,
                                       at.east_m - marker->measured.east_m)
                               : HUGE_VAL;
    }
    gaz_crs_close(other);
    gaz_ctx_close(&try);
    return count > 0 ? gaz_fit_median(scratch, count) : HUGE_VAL;
}

gaz_status gaz_survey_systems(struct gaz_survey_work *w, bool *is_other)
{
    double *scratch = gaz_arena_array(&w->ctx->arena, w->survey->marker_count,
                                      sizeof(*scratch));
    const double given_m = distance_with(w, &SLIPS[0], scratch);
    *is_other = false;
    /* Nearer than the datum's limit it is no other system. */
    if (given_m <= w->options->datum_m)
        return GAZ_OK;
    int best = 0;
    double best_m = given_m;
    for (int i = 1; i < SLIPS_COUNT; i++) {
        const double off_m = distance_with(w, &SLIPS[i], scratch);
        if (off_m < best_m) {
            best_m = off_m;
            best = i;
        }
    }
    if (best == 0 || best_m > w->options->same_system_m)
        return GAZ_OK;
    const struct slip *slip = &SLIPS[best];
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, slip->kind, GAZ_SEVERITY_ERROR, NULL);
    finding->rule = "B03";
    finding->how_much_m = given_m;
    finding->uncertainty_m = best_m;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "实测坐标像是%s: 与协议坐标相差%.1f米（中位数），按此解释后相差%.2f米; "
        "坐标未作改动",
        slip->zh, given_m, best_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "measured positions look like %s: %.1f m from the agreed ones (median),"
        " %.2f m when read so; nothing was changed",
        slip->en, given_m, best_m);
    *is_other = true;
    return GAZ_OK;
}
