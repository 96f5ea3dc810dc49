/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/fingerprint.h"

#include <math.h>
#include <string.h>

#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/gcj02.h"

enum {
    SAMPLE_MAX = 200, /* positions that are looked at, evenly over all */
    PAIRS_LEAST = 3,  /* fewer marks prove nothing */
};

/* GCJ-02 and BD-09 are 400 to 1200 m off near Pinghu: what is known must be
 * nearer to tell them. */
static const double DATUM_M = 100;
/* A reading is better when it is nearer by this factor. */
static const double BETTER = 5;

/* What positions are delivered in by mistake. */
static const struct {
    const char *crs;
    gaz_fingerprint_kind kind; /* of a slip to it from the like of it */
    bool is_degrees;
    const char *zh;
    const char *en;
} SYSTEMS[] = {
    {"EPSG:4490", GAZ_FINGERPRINT_DEGREES, true, "CGCS2000经纬度",
     "degrees of CGCS2000"},
    {"EPSG:4549", GAZ_FINGERPRINT_ZONE, false,
     "中央子午线120°、不加带号的平面坐标",
     "a plane of central meridian 120 without zone prefix"},
    {"EPSG:4528", GAZ_FINGERPRINT_ZONE, false, "Y坐标带有带号40",
     "eastings with the zone's prefix 40"},
    {"EPSG:4550", GAZ_FINGERPRINT_ZONE, false, "中央子午线123°的平面坐标",
     "a plane of central meridian 123"},
    {"EPSG:4529", GAZ_FINGERPRINT_ZONE, false, "Y坐标带有带号41",
     "eastings with the zone's prefix 41"},
    {"EPSG:4548", GAZ_FINGERPRINT_ZONE, false, "中央子午线117°的平面坐标",
     "a plane of central meridian 117"},
    {"EPSG:4527", GAZ_FINGERPRINT_ZONE, false, "Y坐标带有带号39",
     "eastings with the zone's prefix 39"},
    {"EPSG:3857", GAZ_FINGERPRINT_ZONE, false, "网络墨卡托坐标",
     "web Mercator"},
    {"GCJ-02", GAZ_FINGERPRINT_DATUM, true, "GCJ-02坐标", "GCJ-02 coordinates"},
    {"BD-09", GAZ_FINGERPRINT_DATUM, true, "BD-09坐标", "BD-09 coordinates"},
};

enum { SYSTEMS_COUNT = sizeof(SYSTEMS) / sizeof(SYSTEMS[0]), STATED = -1 };

struct testing {
    struct gaz_ctx *ctx;
    const struct gaz_fingerprint_asked *asked;
    struct gaz_crs *plane;
    struct gaz_grid *line; /* in the plane */
    double *scratch;
    bool has_pairs;
};

/* A plane into which positions of a web map were projected. */
typedef enum { NO_OFFSET, GCJ02, BD09 } web_map;

/* One way to read the numbers. */
struct reading {
    const char *crs;
    bool is_swapped;
    web_map offset;
    double off_m;
};

/* ---- distances ---- */

static double segment_m(struct gaz_grid p, struct gaz_grid a, struct gaz_grid b)
{
    const double north = b.north_m - a.north_m;
    const double east = b.east_m - a.east_m;
    const double square = north * north + east * east;
    double t =
        square > 0
            ? ((p.north_m - a.north_m) * north + (p.east_m - a.east_m) * east) /
                  square
            : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(p.north_m - a.north_m - t * north,
                 p.east_m - a.east_m - t * east);
}

static double from_line_m(const struct testing *t, struct gaz_grid at)
{
    double least = HUGE_VAL;
    for (size_t i = 1; i < t->asked->line_count; i++)
        least = fmin(least, segment_m(at, t->line[i - 1], t->line[i]));
    return least;
}

static bool to_plane(const struct testing *t, struct gaz_ctx *try,
                     struct gaz_coord coord, struct gaz_grid *out)
{
    return gaz_crs_from_cgcs2000(try, t->plane, coord, &out->east_m,
                                 &out->north_m) == GAZ_OK;
}

/* Where a position lies, read as `crs`; false: it has no place there. */
static bool place(const struct testing *t, struct gaz_ctx *try,
                  struct gaz_crs *crs, const struct reading *how,
                  struct gaz_grid given, struct gaz_grid *out)
{
    struct gaz_coord coord;
    const double x = how->is_swapped ? given.north_m : given.east_m;
    const double y = how->is_swapped ? given.east_m : given.north_m;
    try->failure[0] = '\0';
    if (gaz_crs_to_cgcs2000(try, crs, x, y, &coord) != GAZ_OK)
        return false;
    if (how->offset == BD09)
        coord = gaz_gcj02_from_bd09(coord);
    if (how->offset != NO_OFFSET)
        coord = gaz_gcj02_to_wgs84(coord);
    return to_plane(t, try, coord, out);
}

static double pair_m(const struct testing *t, struct gaz_ctx *try,
                     struct gaz_crs *crs, const struct reading *how, size_t i)
{
    const struct gaz_fingerprint_pair *pair = &t->asked->pairs[i];
    struct gaz_grid at;
    struct gaz_grid known;
    return place(t, try, crs, how, pair->given, &at) &&
                   to_plane(t, try, pair->known, &known)
               ? hypot(at.north_m - known.north_m, at.east_m - known.east_m)
               : HUGE_VAL;
}

static double given_m(const struct testing *t, struct gaz_ctx *try,
                      struct gaz_crs *crs, const struct reading *how, size_t i)
{
    struct gaz_grid at;
    return place(t, try, crs, how, t->asked->given[i], &at) ? from_line_m(t, at)
                                                            : HUGE_VAL;
}

/* The median distance from where the positions should be. */
static double median_m(struct testing *t, struct gaz_crs *crs,
                       const struct reading *how)
{
    struct gaz_ctx try = {0};
    const size_t all = t->has_pairs ? t->asked->pair_count : t->asked->count;
    const size_t step = 1 + (all - 1) / SAMPLE_MAX;
    size_t count = 0;
    for (size_t i = 0; i < all; i += step)
        t->scratch[count++] = t->has_pairs ? pair_m(t, &try, crs, how, i)
                                           : given_m(t, &try, crs, how, i);
    gaz_ctx_close(&try);
    return gaz_fit_median(t->scratch, count);
}

/* Opening a system is what takes the time: it is read all ways at once. */
static gaz_status try_system(struct testing *t, const struct reading *ways,
                             size_t count, struct reading *best)
{
    struct gaz_crs *crs = NULL;
    gaz_status status = gaz_crs_open(t->ctx, ways[0].crs, &crs);
    if (status != GAZ_OK)
        return status;
    gaz_crs_lift(crs);
    for (size_t i = 0; i < count; i++) {
        struct reading how = ways[i];
        how.off_m = median_m(t, crs, &how);
        if (how.off_m < best->off_m)
            *best = how;
    }
    gaz_crs_close(crs);
    return GAZ_OK;
}

/* ---- the verdict ---- */

static int system_of(const char *crs)
{
    for (int i = 0; i < SYSTEMS_COUNT; i++)
        if (strcmp(SYSTEMS[i].crs, crs) == 0)
            return i;
    return STATED;
}

static bool can_tell_datum(const struct testing *t)
{
    return t->asked->accuracy_m <= DATUM_M;
}

static bool is_degrees(const char *crs)
{
    const int i = system_of(crs);
    return i != STATED && SYSTEMS[i].is_degrees;
}

/* Tries every system, both ways round; the first of two that are as good. */
static gaz_status try_all(struct testing *t, struct reading *best)
{
    const char *stated = t->asked->crs;
    /* Degrees of a web map come under their own names below. */
    const bool has_offsets = !is_degrees(stated) && can_tell_datum(t);
    const struct reading own[] = {{stated, true, NO_OFFSET, 0},
                                  {stated, false, GCJ02, 0},
                                  {stated, false, BD09, 0}};
    gaz_status status = try_system(t, own, has_offsets ? 3 : 1, best);
    for (int i = 0; i < SYSTEMS_COUNT && status == GAZ_OK; i++) {
        const struct reading ways[] = {{SYSTEMS[i].crs, false, NO_OFFSET, 0},
                                       {SYSTEMS[i].crs, true, NO_OFFSET, 0}};
        if (SYSTEMS[i].kind == GAZ_FINGERPRINT_DATUM && !can_tell_datum(t))
            continue;
        status = try_system(t, ways, 2, best);
    }
    return status;
}

static gaz_fingerprint_kind kind_of(const struct testing *t,
                                    const struct reading *best)
{
    const int i = system_of(best->crs);
    if (best->offset != NO_OFFSET)
        return GAZ_FINGERPRINT_DATUM;
    if (best->is_swapped)
        return GAZ_FINGERPRINT_SWAPPED;
    if (i != STATED && SYSTEMS[i].kind == GAZ_FINGERPRINT_DATUM)
        return GAZ_FINGERPRINT_DATUM;
    if (is_degrees(best->crs) != is_degrees(t->asked->crs))
        return GAZ_FINGERPRINT_DEGREES;
    /* Stated as GCJ-02 and in truth CGCS2000. */
    if (is_degrees(best->crs))
        return GAZ_FINGERPRINT_DATUM;
    return GAZ_FINGERPRINT_ZONE;
}

/* "308 km", "1.25 m". */
static const char *metres_text(struct gaz_ctx *ctx, double metres)
{
    return metres >= 1000
               ? gaz_arena_printf(&ctx->arena, "%.1f km", metres / 1000)
               : gaz_arena_printf(&ctx->arena, "%.2f m", metres);
}

static const char *off_zh(const struct testing *t, double metres)
{
    return isfinite(metres) ? gaz_arena_printf(&t->ctx->arena, "距已知界线%s",
                                               metres_text(t->ctx, metres))
                            : "不在其适用范围内";
}

static const char *off_en(const struct testing *t, double metres)
{
    return isfinite(metres) ? gaz_arena_printf(&t->ctx->arena,
                                               "they lie %s from the known "
                                               "line",
                                               metres_text(t->ctx, metres))
                            : "they are outside of its use";
}

/* Eastings are what surveyors see first: "308 km". */
static double median_east_km(const struct testing *t)
{
    const size_t step = 1 + (t->asked->count - 1) / SAMPLE_MAX;
    size_t count = 0;
    for (size_t i = 0; i < t->asked->count; i += step)
        t->scratch[count++] = t->asked->given[i].east_m;
    return gaz_fit_median(t->scratch, count) / 1000;
}

static void say_slip(const struct testing *t, const struct reading *best,
                     struct gaz_fingerprint *out)
{
    struct gaz_arena *arena = &t->ctx->arena;
    const int i = system_of(best->crs);
    const char *what_zh = i == STATED ? best->crs : SYSTEMS[i].zh;
    const char *what_en = i == STATED ? best->crs : SYSTEMS[i].en;
    if (best->offset != NO_OFFSET) {
        const char *name = best->offset == GCJ02 ? "GCJ-02" : "BD-09";
        what_zh = gaz_arena_printf(arena, "投影到平面的%s坐标", name);
        what_en = gaz_arena_printf(arena, "%s put into a plane", name);
    }
    const double east_km = median_east_km(t);
    const bool is_plane = !is_degrees(best->crs) && fabs(east_km) > 1;
    out->zh = gaz_arena_printf(
        arena, "坐标不像%s：按此%s；%s%s像%s（%s，相距%s）；坐标未作改动",
        t->asked->crs, off_zh(t, out->off_m),
        is_plane ? gaz_arena_printf(arena, "横坐标约%.0f公里，", east_km) : "",
        best->is_swapped ? "X、Y颠倒，" : "", what_zh, best->crs,
        metres_text(t->ctx, best->off_m));
    out->en = gaz_arena_printf(
        arena,
        "the positions are not %s: read so %s; %s%sthey look like %s (%s: %s "
        "off); nothing was changed",
        t->asked->crs, off_en(t, out->off_m),
        is_plane ? gaz_arena_printf(arena, "eastings of %.0f km; ", east_km)
                 : "",
        best->is_swapped ? "north and east are exchanged; " : "", what_en,
        best->crs, metres_text(t->ctx, best->off_m));
}

static void say_elsewhere(const struct testing *t, struct gaz_fingerprint *out)
{
    out->kind = GAZ_FINGERPRINT_ELSEWHERE;
    out->zh = gaz_arena_printf(
        &t->ctx->arena, "坐标按%s%s，已知的带号、坐标轴、基准错误都不能解释",
        t->asked->crs, off_zh(t, out->off_m));
    out->en = gaz_arena_printf(
        &t->ctx->arena,
        "the positions are not %s: read so %s, and no known slip of zone, axes "
        "or datum explains it",
        t->asked->crs, off_en(t, out->off_m));
}

/* As stated is good enough: near, and nothing else is much nearer. */
static bool fits(const struct testing *t, double off_m,
                 const struct reading *best)
{
    const double limit =
        t->has_pairs ? t->asked->accuracy_m : t->asked->reach_m;
    if (off_m > limit)
        return false;
    return off_m <= t->asked->accuracy_m || best->off_m * BETTER > off_m;
}

static gaz_status judge(struct testing *t, struct gaz_fingerprint *out)
{
    struct gaz_fingerprint verdict = {
        .can_tell_datum = can_tell_datum(t), .zh = "", .en = ""};
    const struct reading stated = {t->asked->crs, false, NO_OFFSET, 0};
    struct reading best = {t->asked->crs, false, NO_OFFSET, HUGE_VAL};
    gaz_status status = try_system(t, &stated, 1, &best);
    verdict.off_m = best.off_m;
    /* What fits as well as it can need not be held against anything else. */
    if (status == GAZ_OK && best.off_m > t->asked->accuracy_m)
        status = try_all(t, &best);
    if (status != GAZ_OK)
        return status;
    verdict.better_m = best.off_m;
    const double limit = fmax(t->asked->reach_m, t->asked->accuracy_m);
    const bool is_slip =
        best.off_m <= limit && best.off_m * BETTER < verdict.off_m;
    /* Farther than a survey may differ, by no known slip, is a finding of the
     * checks (B01, B02), not of this door. */
    if (fits(t, verdict.off_m, &best) || (!is_slip && verdict.off_m <= limit)) {
        verdict.kind = GAZ_FINGERPRINT_FITS;
        verdict.crs = t->asked->crs;
    } else if (is_slip) {
        verdict.kind = kind_of(t, &best);
        verdict.crs = best.offset == NO_OFFSET ? best.crs : NULL;
        verdict.is_swapped = best.is_swapped;
        say_slip(t, &best, &verdict);
    } else {
        say_elsewhere(t, &verdict);
    }
    *out = verdict;
    return GAZ_OK;
}

static gaz_status turn_line(struct testing *t)
{
    const size_t count = t->asked->line_count;
    t->line = gaz_arena_array(&t->ctx->arena, count, sizeof(*t->line));
    for (size_t i = 0; i < count; i++) {
        gaz_status status =
            gaz_crs_from_cgcs2000(t->ctx, t->plane, t->asked->line[i],
                                  &t->line[i].east_m, &t->line[i].north_m);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

gaz_status gaz_fingerprint_test(struct gaz_ctx *ctx,
                                const struct gaz_fingerprint_asked *asked,
                                struct gaz_fingerprint *out)
{
    struct testing t = {.ctx = ctx,
                        .asked = asked,
                        .has_pairs = asked->pair_count >= PAIRS_LEAST};
    if (asked->count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "no position");
    if (!t.has_pairs && asked->line_count < 2) {
        *out = (struct gaz_fingerprint){
            .kind = GAZ_FINGERPRINT_UNKNOWN,
            .zh = "没有已知界线可供比对，坐标系未经核实",
            .en = "there is no known line to hold the positions against: the "
                  "system was taken as stated"};
        return GAZ_OK;
    }
    t.scratch =
        gaz_arena_array(&ctx->arena, (size_t)2 * SAMPLE_MAX, sizeof(double));
    gaz_status status = gaz_crs_open(ctx, "EPSG:4549", &t.plane);
    if (status == GAZ_OK)
        status = turn_line(&t);
    if (status == GAZ_OK)
        status = judge(&t, out);
    gaz_crs_close(t.plane);
    return status;
}

const char *gaz_fingerprint_name(gaz_fingerprint_kind kind)
{
    static const char *const NAMES[] = {"fits",    "swapped_axes", "wrong_zone",
                                        "degrees", "datum_offset", "elsewhere",
                                        "unknown"};
    return NAMES[kind];
}
