/* SPDX-License-Identifier: Apache-2.0 */
#include "api/border/compare_work.h"

#include <math.h>
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/geo/crs.h"

/* ---- markers: A's positions stand for the agreed, B's for the measured ----
 */

static const struct gaz_boundary_fix *
fix_of(const struct gaz_boundary_marker *marker)
{
    if (marker->fix_count > 0)
        return &marker->fixes[marker->fix_count - 1];
    return marker->has_agreed ? &marker->agreed : NULL;
}

static const struct gaz_boundary_marker *
find_marker(const struct imp_delivered *side, const char *code)
{
    for (size_t i = 0; i < side->marker_count; i++)
        if (strcmp(side->markers[i].code, code) == 0)
            return &side->markers[i];
    return NULL;
}

static gaz_status to_plane(struct gaz_ctx *ctx, struct gaz_crs *plane,
                           const struct gaz_boundary_fix *fix,
                           struct gaz_grid *out)
{
    return gaz_crs_from_cgcs2000(ctx, plane, fix->at, &out->east_m,
                                 &out->north_m);
}

/* Both sides' rows of the markers that both have, in one order. */
struct pairs {
    struct gaz_survey_marker *rows;
    struct gaz_survey_marker *others; /* B's words only: no positions */
    size_t count;
};

/* "" is not told. */
static const char *told(const char *text)
{
    return text && text[0] ? text : NULL;
}

static const char *day_text(struct api_border_comparing *c, gaz_date day)
{
    char text[GAZ_DATE_MAX_BYTES];
    return told(gaz_arena_strdup(&c->ctx->arena, gaz_date_write(day, text)));
}

static struct gaz_survey_marker
words_of(struct api_border_comparing *c,
         const struct gaz_boundary_marker *marker)
{
    return (struct gaz_survey_marker){.code = marker->code,
                                      .manager = told(marker->manager),
                                      .condition = told(marker->condition),
                                      .inspected_on =
                                          day_text(c, marker->inspected_on)};
}

static gaz_status pair_up(struct api_border_comparing *c, struct gaz_crs *plane,
                          struct pairs *out)
{
    const struct imp_delivered *a = &c->sides[0].has;
    gaz_status status = GAZ_OK;
    for (size_t i = 0; i < a->marker_count && status == GAZ_OK; i++) {
        const struct gaz_boundary_marker *one = &a->markers[i];
        const struct gaz_boundary_marker *other =
            find_marker(&c->sides[1].has, one->code);
        if (!other || !fix_of(one) || !fix_of(other))
            continue;
        struct gaz_survey_marker *row = &out->rows[out->count];
        out->others[out->count++] = words_of(c, other);
        *row = words_of(c, one);
        row->has_agreed = row->has_measured = true;
        row->has_heights = fix_of(one)->has_height && fix_of(other)->has_height;
        row->agreed_height_m = fix_of(one)->height_m;
        row->measured_height_m = fix_of(other)->height_m;
        status = to_plane(c->ctx, plane, fix_of(one), &row->agreed);
        if (status == GAZ_OK)
            status = to_plane(c->ctx, plane, fix_of(other), &row->measured);
        api_border_note_largest(
            c, hypot(row->agreed.north_m - row->measured.north_m,
                     row->agreed.east_m - row->measured.east_m));
    }
    return status;
}

/* A marker that one side has and the other has not (B11). */
static size_t add_missing(struct api_border_comparing *c, int from, int in)
{
    const struct imp_delivered *has = &c->sides[from].has;
    size_t missing = 0;
    for (size_t i = 0; i < has->marker_count; i++) {
        const struct gaz_boundary_marker *marker = &has->markers[i];
        if (find_marker(&c->sides[in].has, marker->code))
            continue;
        missing++;
        api_border_add(
            c, (struct api_boundary_finding){
                   .rule = "B11",
                   .kind = "missing_marker",
                   .severity = GAZ_SEVERITY_ERROR,
                   .marker = marker->code,
                   .has_where = fix_of(marker) != NULL,
                   .where = fix_of(marker) ? fix_of(marker)->at
                                           : (struct gaz_coord){0, 0},
                   .zh = gaz_arena_printf(
                       &c->ctx->arena, "界桩%s只有%s一侧有（%s），%s没有",
                       marker->code, from == 0 ? "甲" : "乙",
                       c->line->sides[from], c->line->sides[in]),
                   .en = gaz_arena_printf(
                       &c->ctx->arena,
                       "marker %s is only in the register of "
                       "%s, not of %s",
                       marker->code, c->line->sides[from], c->line->sides[in]),
                   .clause = "GB/T 17796-2009",
                   .advice = "双方核对界桩登记表，查明是漏登、已毁还是编号"
                             "不同",
                   .advice_en = "compare both registers: left out, lost, or "
                                "another code"});
    }
    return missing;
}

/* A finding of one register (B12 ...) is not one of two. */
static bool is_of_both(const struct gaz_survey_finding *finding)
{
    static const char *const RULES[] = {"B01", "B02", "B03", "B11"};
    for (size_t i = 0; i < sizeof(RULES) / sizeof(RULES[0]); i++)
        if (strcmp(finding->rule, RULES[i]) == 0)
            return true;
    return false;
}

static void add_survey(struct api_border_comparing *c,
                       const struct gaz_survey_report *report)
{
    struct gaz_arena *arena = &c->ctx->arena;
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_survey_finding *f = &report->findings[i];
        const bool is_words = strcmp(f->rule, "B11") == 0;
        if (!is_of_both(f))
            continue;
        struct api_boundary_finding finding = api_boundary_of_survey(f);
        finding.zh = gaz_arena_printf(
            arena, "%s%s",
            is_words ? "（本方为甲方）"
                     : "（甲方坐标作协议坐标，乙方坐标作实测坐标）",
            f->zh);
        finding.en = gaz_arena_printf(arena, "%s: %s",
                                      is_words ? "here is A, there is B"
                                               : "A's positions for agreed, "
                                                 "B's for measured",
                                      f->en);
        api_border_add(c, finding);
    }
}

static gaz_status check_pairs(struct api_border_comparing *c,
                              const struct pairs *pairs)
{
    struct gaz_survey_options *options = &c->out.survey_options;
    const struct gaz_survey other = {.markers = pairs->others,
                                     .marker_count = pairs->count};
    struct gaz_survey_report *report =
        gaz_arena_alloc(&c->ctx->arena, sizeof(*report));
    *options = gaz_limits_survey(&c->out.limits);
    c->out.pairs = (struct gaz_survey){.markers = pairs->rows,
                                       .marker_count = pairs->count};
    if (pairs->count == 0)
        return GAZ_OK;
    if (c->line->map_scale > 0)
        options->scale = c->line->map_scale;
    gaz_status status =
        gaz_survey_check(c->ctx, &c->out.pairs, options, report);
    if (status == GAZ_OK)
        status =
            gaz_survey_compare(c->ctx, &c->out.pairs, &other, options, report);
    if (status != GAZ_OK)
        return status;
    c->out.pairs_report = report;
    add_survey(c, report);
    return GAZ_OK;
}

gaz_status api_border_compare_markers(struct api_border_comparing *c)
{
    const struct imp_delivered *a = &c->sides[0].has;
    struct pairs pairs = {
        .rows = gaz_arena_array(&c->ctx->arena, a->marker_count,
                                sizeof(*pairs.rows)),
        .others = gaz_arena_array(&c->ctx->arena, a->marker_count,
                                  sizeof(*pairs.others))};
    struct gaz_crs *plane = NULL;
    if (a->marker_count == 0 || c->sides[1].has.marker_count == 0)
        return GAZ_OK;
    c->out.has_markers = true;
    gaz_status status =
        gaz_crs_open(c->ctx, gaz_survey_defaults().plane_crs, &plane);
    if (status == GAZ_OK)
        status = pair_up(c, plane, &pairs);
    gaz_crs_close(plane);
    if (status == GAZ_OK)
        status = check_pairs(c, &pairs);
    if (status != GAZ_OK)
        return status;
    c->out.check.markers = (int64_t)pairs.count;
    c->out.only_a = add_missing(c, 0, 1);
    c->out.only_b = add_missing(c, 1, 0);
    return GAZ_OK;
}
