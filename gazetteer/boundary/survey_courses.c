/* SPDX-License-Identifier: Apache-2.0 */
/* survey_courses.c - B09: the description of the course against the line. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/boundary/course.h"
#include "gazetteer/boundary/survey_work.h"
#include "gazetteer/geo/geodesic.h"

enum { CUTS = 24 }; /* places where a course may turn */

static const double TO_DEGREES = 57.295779513082320877;

/* The line from one marker to the next. */
struct stretch {
    const struct gaz_survey_marker *from;
    struct gaz_coord places[CUTS + 1]; /* evenly along it */
    double length_m;
};

/* ---- markers it names ---- */

/* By its serial: that the other half of a pair is missing is told by B15. */
static bool has_marker(const struct gaz_survey *survey,
                       const struct gaz_course_marker *named)
{
    struct gaz_ctx try = {0};
    struct gaz_marker_code code = {.serial = named->serial};
    bool is_there = false;
    if (named->serial == 0)
        (void)gaz_marker_parse(&try, named->code, &code);
    const int serial = code.serial;
    for (size_t i = 0; i < survey->marker_count && !is_there; i++) {
        const char *own = survey->markers[i].code;
        is_there =
            strcmp(own, named->code) == 0 ||
            (serial > 0 && gaz_marker_parse(&try, own, &code) == GAZ_OK &&
             code.serial == serial);
    }
    gaz_ctx_close(&try);
    return is_there;
}

/* Where a code is broken, what names it is not: one cause, one finding. */
static bool has_broken_code(const struct gaz_survey_work *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->findings[i].kind == GAZ_SURVEY_CODE)
            return true;
    return false;
}

static void check_ends(struct gaz_survey_work *w,
                       const struct gaz_survey_marker *from,
                       const struct gaz_course *course)
{
    for (size_t i = 0; i < course->marker_count; i++) {
        const struct gaz_course_marker *named = &course->markers[i];
        if (has_marker(w->survey, named) || has_broken_code(w))
            continue;
        const char *name =
            named->serial > 0
                ? gaz_arena_printf(&w->ctx->arena, "%d号", named->serial)
                : gaz_arena_strdup(&w->ctx->arena, named->code);
        struct gaz_survey_finding *finding = gaz_survey_note(
            w, GAZ_SURVEY_COURSE_END, GAZ_SEVERITY_WARNING, from);
        finding->zh = gaz_arena_printf(
            &w->ctx->arena, "界桩%s的走向说明引用了登记表中没有的界桩%s",
            from->code, name);
        finding->en = gaz_arena_printf(
            &w->ctx->arena,
            "the description from marker %s names %s, which is not registered",
            from->code, name);
    }
}

/* ---- directions ---- */

static bool take_stretch(struct gaz_survey_work *w,
                         const struct gaz_survey_marker *from,
                         struct stretch *out)
{
    struct gaz_grid ends[2];
    struct gaz_track_foot feet[2] = {{.segment = 0}, {.segment = 0}};
    struct gaz_ctx try = {0};
    bool is_good = true;
    out->from = from;
    for (int i = 0; i < 2 && is_good; i++) {
        is_good = gaz_survey_place(from + i, &ends[i]);
        if (w->line.count > 0 && is_good)
            (void)gaz_track_nearest(
                &w->line,
                (struct gaz_track_point){ends[i].east_m, ends[i].north_m},
                HUGE_VAL, feet[0].segment, &feet[i]);
    }
    const double begin_m = feet[0].along_m;
    out->length_m = w->line.count > 0 ? fabs(feet[1].along_m - begin_m)
                                      : hypot(ends[1].north_m - ends[0].north_m,
                                              ends[1].east_m - ends[0].east_m);
    for (int i = 0; i <= CUTS && is_good; i++) {
        const double t = (double)i / CUTS;
        struct gaz_track_point at = {
            ends[0].east_m + t * (ends[1].east_m - ends[0].east_m),
            ends[0].north_m + t * (ends[1].north_m - ends[0].north_m)};
        if (w->line.count > 0)
            at = gaz_track_at(&w->line,
                              begin_m + t * (feet[1].along_m - begin_m));
        is_good = gaz_crs_to_cgcs2000(&try, w->plane, at.x, at.y,
                                      &out->places[i]) == GAZ_OK;
    }
    gaz_ctx_close(&try);
    return is_good && out->length_m > 0;
}

/* To a minute of arc over the length of a course; a sector has 22 degrees. */
static double direction_deg(struct gaz_coord a, struct gaz_coord b)
{
    const double lat = (a.lat + b.lat) / 2 / TO_DEGREES;
    return atan2((b.lon - a.lon) * cos(lat), b.lat - a.lat) * TO_DEGREES;
}

static bool fits(const struct gaz_survey_work *w, const struct stretch *s,
                 int from, int to, int sector)
{
    const int own =
        gaz_marker_sector(direction_deg(s->places[from], s->places[to]));
    return gaz_marker_sector_apart(own, sector) <= w->options->course_sectors;
}

/* Whether the stretch can be cut so that every word fits its part: after each
 * word, the places where its part may end. */
static bool can_be_cut(const struct gaz_survey_work *w, const struct stretch *s,
                       const struct gaz_course *course)
{
    bool ends[CUTS + 1] = {[0] = true};
    for (size_t i = 0; i < course->sector_count; i++) {
        bool next[CUTS + 1] = {false};
        for (int from = 0; from < CUTS; from++)
            for (int to = from + 1; ends[from] && to <= CUTS; to++)
                next[to] = next[to] || fits(w, s, from, to, course->sectors[i]);
        (void)memcpy(ends, next, sizeof(ends));
    }
    return ends[CUTS];
}

static const char *words_of(struct gaz_survey_work *w,
                            const struct gaz_course *course)
{
    const char *words = "";
    for (size_t i = 0; i < course->sector_count; i++)
        words =
            gaz_arena_printf(&w->ctx->arena, "%s%s%s", words, i > 0 ? "、" : "",
                             gaz_marker_sector_name(course->sectors[i]));
    return words;
}

static void check_directions(struct gaz_survey_work *w, const struct stretch *s,
                             const struct gaz_course *course)
{
    if (course->sector_count == 0 || can_be_cut(w, s, course))
        return;
    const double azimuth =
        gaz_geodesic_azimuth_deg(s->places[0], s->places[CUTS]);
    const double off_deg = fabs(gaz_survey_turned(
        azimuth - gaz_marker_sector_azimuth(course->sectors[0])));
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_COURSE, GAZ_SEVERITY_WARNING, s->from);
    if (course->sector_count == 1)
        finding->how_much_m = 2 * s->length_m * sin(off_deg / 2 / TO_DEGREES);
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "界桩%s的走向说明为“%s”, 界线实际走向%s（真方位角%.1f°）",
        s->from->code, words_of(w, course),
        gaz_marker_sector_name(gaz_marker_sector(azimuth)), azimuth);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "the description from marker %s says %s; the line runs %s (true "
        "azimuth %.1f)",
        s->from->code, words_of(w, course),
        gaz_marker_sector_name(gaz_marker_sector(azimuth)), azimuth);
}

static void check_length(struct gaz_survey_work *w, const struct stretch *s,
                         const struct gaz_course *course)
{
    const double off_m = course->length_m - s->length_m;
    const double limit_m = fmax(w->options->course_length_min_m,
                                w->options->course_length_ratio * s->length_m);
    if (course->length_m <= 0 || fabs(off_m) <= limit_m)
        return;
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_COURSE, GAZ_SEVERITY_WARNING, s->from);
    finding->how_much_m = fabs(off_m);
    finding->uncertainty_m = limit_m / 2;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena,
        "界桩%s的走向说明长度为%.0f米, 界线长%.0f米, 相差%+.0f米",
        s->from->code, course->length_m, s->length_m, off_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "the description from marker %s gives %.0f m, the line has %.0f m: "
        "%+.0f m",
        s->from->code, course->length_m, s->length_m, off_m);
}

gaz_status gaz_survey_courses(struct gaz_survey_work *w)
{
    for (size_t i = 0; i + 1 < w->survey->marker_count; i++) {
        const struct gaz_survey_marker *from = &w->survey->markers[i];
        struct gaz_course course;
        struct stretch stretch;
        if (!from->course || !*from->course)
            continue;
        gaz_course_parse(from->course, &course);
        check_ends(w, from, &course);
        if (!take_stretch(w, from, &stretch))
            continue;
        check_directions(w, &stretch, &course);
        check_length(w, &stretch, &course);
    }
    return GAZ_OK;
}
