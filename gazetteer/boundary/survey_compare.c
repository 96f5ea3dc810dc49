/* SPDX-License-Identifier: Apache-2.0 */
/* survey_compare.c - B11: both sides' registers, field by field. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/boundary/survey_work.h"

/* Both sides' rows of one code. */
struct rows {
    const struct gaz_survey_marker *own;
    const struct gaz_survey_marker *other;
};

static struct gaz_survey_finding *note(struct gaz_survey_work *w,
                                       const struct gaz_survey_marker *marker,
                                       gaz_severity severity, const char *zh,
                                       const char *en)
{
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_REGISTERS, severity, marker);
    finding->zh =
        gaz_arena_printf(&w->ctx->arena, "界桩%s%s", marker->code, zh);
    finding->en =
        gaz_arena_printf(&w->ctx->arena, "marker %s %s", marker->code, en);
    return finding;
}

static void compare_text(struct gaz_survey_work *w, const struct rows *rows,
                         const char *own, const char *other, const char *zh,
                         const char *en)
{
    /* a column that one side did not deliver says nothing */
    if (!own || !other || strcmp(own, other) == 0)
        return;
    struct gaz_arena *arena = &w->ctx->arena;
    (void)note(
        w, rows->own, GAZ_SEVERITY_WARNING,
        gaz_arena_printf(arena, "%s不一致: 本方“%s”, 对方“%s”", zh, own, other),
        gaz_arena_printf(arena, "has another %s: '%s' here, '%s' there", en,
                         own, other));
}

static void compare_place(struct gaz_survey_work *w, const struct rows *rows,
                          struct gaz_grid own, struct gaz_grid other,
                          double limit_m, const char *zh, const char *en)
{
    const double north = other.north_m - own.north_m;
    const double east = other.east_m - own.east_m;
    const double off_m = hypot(north, east);
    if (off_m <= limit_m)
        return;
    struct gaz_arena *arena = &w->ctx->arena;
    struct gaz_survey_finding *finding = note(
        w, rows->own, GAZ_SEVERITY_ERROR,
        gaz_arena_printf(arena,
                         "双方%s相差%.3f米 (对方减本方 ΔX %+.3f, ΔY %+.3f)", zh,
                         off_m, north, east),
        gaz_arena_printf(arena,
                         "differs in its %s by %.3f m (theirs less ours: north "
                         "%+.3f, east %+.3f)",
                         en, off_m, north, east));
    finding->how_much_m = off_m;
    finding->uncertainty_m = limit_m / sqrt(2);
}

/* An agreed position is one number that both copied: a millimetre tells a slip
 * of the pen. Measured ones may differ by what two surveys may. */
static void compare_positions(struct gaz_survey_work *w,
                              const struct rows *rows)
{
    static const double COPIED_M = 0.002;
    const struct gaz_survey_marker *own = rows->own;
    const struct gaz_survey_marker *other = rows->other;
    if (own->has_agreed && other->has_agreed)
        compare_place(w, rows, own->agreed, other->agreed, COPIED_M,
                      "登记的协议坐标", "agreed position");
    if (own->has_measured && other->has_measured)
        compare_place(w, rows, own->measured, other->measured,
                      gaz_survey_limit_m(w), "实测坐标", "measured position");
    const double off_m = other->agreed_height_m - own->agreed_height_m;
    if (!own->has_heights || !other->has_heights || fabs(off_m) <= COPIED_M)
        return;
    struct gaz_survey_finding *finding = note(
        w, own, GAZ_SEVERITY_WARNING,
        gaz_arena_printf(&w->ctx->arena, "双方登记的协议高程相差%+.3f米",
                         off_m),
        gaz_arena_printf(&w->ctx->arena,
                         "differs in its agreed height by %+.3f m", off_m));
    finding->how_much_m = fabs(off_m);
}

static void compare_rows(struct gaz_survey_work *w, const struct rows *rows)
{
    const struct gaz_survey_marker *own = rows->own;
    const struct gaz_survey_marker *other = rows->other;
    compare_positions(w, rows);
    compare_text(w, rows, own->manager, other->manager, "管理方", "manager");
    compare_text(w, rows, own->condition, other->condition, "状况",
                 "condition");
    compare_text(w, rows, own->inspected_on, other->inspected_on, "检查日期",
                 "day of inspection");
    if (own->objects && other->objects &&
        own->object_count != other->object_count)
        (void)note(w, own, GAZ_SEVERITY_WARNING,
                   gaz_arena_printf(&w->ctx->arena,
                                    "方位物个数不一致: 本方%zu, 对方%zu",
                                    own->object_count, other->object_count),
                   gaz_arena_printf(&w->ctx->arena,
                                    "has %zu objects here and %zu there",
                                    own->object_count, other->object_count));
}

/* ---- which rows belong together ---- */

static int by_code(const void *a, const void *b)
{
    const struct gaz_survey_marker *const *one = a;
    const struct gaz_survey_marker *const *other = b;
    return strcmp((*one)->code, (*other)->code);
}

static const struct gaz_survey_marker **sorted(struct gaz_ctx *ctx,
                                               const struct gaz_survey *survey)
{
    const struct gaz_survey_marker **rows =
        gaz_arena_array(&ctx->arena, survey->marker_count + 1,
                        sizeof(const struct gaz_survey_marker *));
    for (size_t i = 0; i < survey->marker_count; i++)
        rows[i] = &survey->markers[i];
    if (survey->marker_count > 1)
        qsort(rows, survey->marker_count,
              sizeof(const struct gaz_survey_marker *), by_code);
    return rows;
}

static void note_alone(struct gaz_survey_work *w,
                       const struct gaz_survey_marker *marker, bool is_own)
{
    (void)note(w, marker, GAZ_SEVERITY_ERROR,
               is_own ? "对方登记表中没有" : "只在对方登记表中有",
               is_own ? "is not in the other side's register"
                      : "is in the other side's register only");
}

static void walk_both(struct gaz_survey_work *w, const struct gaz_survey *other)
{
    const struct gaz_survey_marker **ours = sorted(w->ctx, w->survey);
    const struct gaz_survey_marker **theirs = sorted(w->ctx, other);
    size_t i = 0;
    size_t j = 0;
    while (i < w->survey->marker_count || j < other->marker_count) {
        int order = i == w->survey->marker_count ? 1 : -1;
        if (i < w->survey->marker_count && j < other->marker_count)
            order = strcmp(ours[i]->code, theirs[j]->code);
        if (order < 0) {
            note_alone(w, ours[i++], true);
        } else if (order > 0) {
            note_alone(w, theirs[j++], false);
        } else {
            const struct rows rows = {ours[i++], theirs[j++]};
            compare_rows(w, &rows);
        }
    }
}

gaz_status gaz_survey_compare(struct gaz_ctx *ctx,
                              const struct gaz_survey *survey,
                              const struct gaz_survey *other,
                              const struct gaz_survey_options *options,
                              struct gaz_survey_report *report)
{
    struct gaz_survey_work work = {
        .ctx = ctx, .survey = survey, .options = options, .report = *report};
    gaz_status status = gaz_crs_open(ctx, options->plane_crs, &work.plane);
    if (status != GAZ_OK)
        return status;
    walk_both(&work, other);
    gaz_crs_close(work.plane);
    /* what was found before comes along */
    const size_t own = work.count;
    struct gaz_survey_finding *all = gaz_arena_array(
        &ctx->arena, own + report->finding_count + 1, sizeof(*all));
    if (own > 0)
        (void)memcpy(all, work.findings, own * sizeof(*all));
    if (report->finding_count > 0)
        (void)memcpy(all + own, report->findings,
                     report->finding_count * sizeof(*all));
    work.findings = all;
    work.count = own + report->finding_count;
    gaz_survey_finish(&work, report);
    return GAZ_OK;
}
