/* SPDX-License-Identifier: Apache-2.0 */
#include "api/border/compare.h"

#include <math.h>
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/boundary/limits.h"
#include "gazetteer/geo/crs.h"

enum { FINDINGS_MAX = 1000 };

/* One side, read again from its bytes. */
struct delivered_side {
    struct gaz_boundary_submission submission;
    struct imp_delivered has;
    struct imp_edition_left left;
};

struct comparing {
    struct gaz_ctx *ctx;
    const struct gaz_boundary_line *line;
    struct delivered_side sides[GAZ_BOUNDARY_SIDES];
    struct gaz_limits limits;
    struct api_border_compared out;
    struct api_border_finding *findings;
    size_t left_out;
};

/* ---- what was delivered ---- */

/* Takes of a submission what no newer one has delivered: a side may send the
 * line today and the markers tomorrow. */
static gaz_status take_new(struct comparing *c, struct gaz_store *store,
                           int64_t id, struct delivered_side *side)
{
    struct imp_delivered *has = &side->has;
    struct imp_edition_left left = {NULL, NULL};
    struct gaz_boundary_submission submission;
    struct imp_delivery delivery = {.row_count = 0};
    struct imp_delivered got;
    gaz_status status = gaz_boundary_submission(c->ctx, store, id, &submission);
    if (status == GAZ_OK)
        status = api_border_read(c->ctx, &submission, &delivery, &left);
    if (status == GAZ_OK)
        status =
            imp_delivery_turn(c->ctx, &delivery, submission.crs, true, &got);
    if (status != GAZ_OK)
        return status;
    if (!side->left.zh)
        side->left = left;
    if (has->line_count == 0) {
        has->lines = got.lines;
        has->line_count = got.line_count;
    }
    if (has->area_count == 0) {
        has->areas = got.areas;
        has->area_count = got.area_count;
    }
    if (has->marker_count == 0) {
        has->markers = got.markers;
        has->marker_count = got.marker_count;
    }
    return GAZ_OK;
}

static bool is_needed(const struct gaz_boundary_submission *s,
                      const struct imp_delivered *has)
{
    return (s->lines > 0 && has->line_count == 0) ||
           (s->areas > 0 && has->area_count == 0) ||
           (s->markers > 0 && has->marker_count == 0);
}

static gaz_status read_side(struct comparing *c, struct gaz_store *store,
                            int which)
{
    const char letter = which == 0 ? 'A' : 'B';
    struct delivered_side *side = &c->sides[which];
    struct gaz_boundary_submissions list;
    gaz_status status =
        gaz_boundary_submissions(c->ctx, store, c->line->id, letter, &list);
    if (status == GAZ_OK && list.count == 0)
        return gaz_fail(c->ctx, GAZ_NOT_FOUND,
                        "line %s: side %c (%s) has delivered nothing yet",
                        c->line->code, letter, c->line->sides[which]);
    if (status == GAZ_OK)
        side->submission = list.items[0];
    for (size_t i = 0; status == GAZ_OK && i < list.count; i++)
        if (is_needed(&list.items[i], &side->has))
            status = take_new(c, store, list.items[i].id, side);
    return status;
}

static void add(struct comparing *c, struct api_border_finding finding)
{
    if (finding.severity == GAZ_SEVERITY_ERROR)
        c->out.check.errors++;
    else if (finding.severity == GAZ_SEVERITY_WARNING)
        c->out.check.warnings++;
    if (c->out.finding_count < FINDINGS_MAX)
        c->findings[c->out.finding_count++] = finding;
    else
        c->left_out++;
}

static void note_largest(struct comparing *c, double metres)
{
    if (isfinite(metres) && metres > c->out.check.largest_m)
        c->out.check.largest_m = metres;
}

/* What a side delivered of other editions is said, and compared no further. */
static void add_editions(struct comparing *c)
{
    for (int i = 0; i < GAZ_BOUNDARY_SIDES; i++) {
        const struct delivered_side *side = &c->sides[i];
        if (side->left.zh)
            add(c, (struct api_border_finding){
                       .rule = "B11",
                       .kind = "editions",
                       .severity = GAZ_SEVERITY_INFO,
                       .zh = gaz_arena_printf(&c->ctx->arena, "%c方%s", 'A' + i,
                                              side->left.zh),
                       .en = gaz_arena_printf(&c->ctx->arena, "side %c: %s",
                                              'A' + i, side->left.en),
                       .clause = "",
                       .advice = "与对方核对现行版本；已废止的版本请对方注明"
                                 "状态"});
    }
}

/* ---- areas ---- */

static void add_sides(struct comparing *c,
                      const struct gaz_sides_report *report)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_sides_finding *f = &report->findings[i];
        add(c, (struct api_border_finding){.rule = f->rule,
                                           .kind = gaz_sides_kind_name(f->kind),
                                           .severity = f->severity,
                                           .has_where = f->has_where,
                                           .where = f->where,
                                           .how_much_m = f->how_much_m,
                                           .uncertainty_m = f->uncertainty_m,
                                           .zh = f->zh,
                                           .en = f->en,
                                           .clause = f->clause,
                                           .advice = f->advice});
    }
}

static gaz_status compare_areas(struct comparing *c)
{
    const struct imp_delivered *a = &c->sides[0].has;
    const struct imp_delivered *b = &c->sides[1].has;
    const struct gaz_side one = {
        .name = c->line->sides[0], .areas = a->areas, .count = a->area_count};
    const struct gaz_side other = {
        .name = c->line->sides[1], .areas = b->areas, .count = b->area_count};
    const struct gaz_sides_options options = gaz_limits_sides(&c->limits);
    struct gaz_sides_report report;
    if (a->area_count == 0 || b->area_count == 0)
        return GAZ_OK;
    gaz_status status =
        gaz_sides_compare(c->ctx, &one, &other, &options, &report);
    if (status != GAZ_OK)
        return status;
    c->out.has_areas = true;
    c->out.check.shared_m = report.shared.plane_m;
    c->out.check.overlap_m2 = report.overlap_area_m2;
    c->out.check.gap_m2 = report.gap_area_m2;
    note_largest(c, fmax(report.overlap_width_m, report.gap_width_m));
    add_sides(c, &report);
    return GAZ_OK;
}

/* ---- lines ---- */

/* The parts of a side's line, end to end in their order. */
static struct gaz_side_line join(struct comparing *c, int which)
{
    const struct imp_delivered *has = &c->sides[which].has;
    struct gaz_side_line line = {.name = c->line->sides[which]};
    for (size_t i = 0; i < has->line_count; i++)
        line.count += has->lines[i].count;
    struct gaz_coord *points =
        gaz_arena_array(&c->ctx->arena, line.count, sizeof(*points));
    line.points = points;
    for (size_t i = 0; i < has->line_count; i++) {
        memcpy(points, has->lines[i].points,
               has->lines[i].count * sizeof(*points));
        points += has->lines[i].count;
    }
    return line;
}

static gaz_status compare_lines(struct comparing *c)
{
    const struct gaz_side_line a = join(c, 0);
    const struct gaz_side_line b = join(c, 1);
    const struct gaz_sides_options options = gaz_limits_sides(&c->limits);
    struct gaz_sides_report report;
    if (a.count == 0 || b.count == 0)
        return GAZ_OK;
    gaz_status status =
        gaz_sides_compare_lines(c->ctx, &a, &b, &options, &report);
    if (status != GAZ_OK)
        return status;
    c->out.has_lines = true;
    if (!c->out.has_areas)
        c->out.check.shared_m = report.shared.plane_m;
    if (report.has_profile)
        note_largest(c, report.profile.hausdorff_m);
    add_sides(c, &report);
    return GAZ_OK;
}

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

static const char *day_text(struct comparing *c, gaz_date day)
{
    char text[GAZ_DATE_MAX_BYTES];
    return told(gaz_arena_strdup(&c->ctx->arena, gaz_date_write(day, text)));
}

static struct gaz_survey_marker
words_of(struct comparing *c, const struct gaz_boundary_marker *marker)
{
    return (struct gaz_survey_marker){.code = marker->code,
                                      .manager = told(marker->manager),
                                      .condition = told(marker->condition),
                                      .inspected_on =
                                          day_text(c, marker->inspected_on)};
}

static gaz_status pair_up(struct comparing *c, struct gaz_crs *plane,
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
        note_largest(c, hypot(row->agreed.north_m - row->measured.north_m,
                              row->agreed.east_m - row->measured.east_m));
    }
    return status;
}

/* A marker that one side has and the other has not (B11). */
static size_t add_missing(struct comparing *c, int from, int in)
{
    const struct imp_delivered *has = &c->sides[from].has;
    size_t missing = 0;
    for (size_t i = 0; i < has->marker_count; i++) {
        const struct gaz_boundary_marker *marker = &has->markers[i];
        if (find_marker(&c->sides[in].has, marker->code))
            continue;
        missing++;
        add(c, (struct api_border_finding){
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
                   .clause = "GB/T 17796-2009"});
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

static void add_survey(struct comparing *c,
                       const struct gaz_survey_report *report)
{
    struct gaz_arena *arena = &c->ctx->arena;
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_survey_finding *f = &report->findings[i];
        const bool is_words = strcmp(f->rule, "B11") == 0;
        if (!is_of_both(f))
            continue;
        add(c,
            (struct api_border_finding){
                .rule = f->rule,
                .kind = gaz_survey_kind_name(f->kind),
                .severity = f->severity,
                .marker = f->marker,
                .has_where = f->has_where,
                .where = f->where,
                .how_much_m = f->how_much_m,
                .uncertainty_m = f->uncertainty_m,
                .zh = gaz_arena_printf(arena, "%s%s",
                                       is_words ? "（本方为甲方）"
                                                : "（甲方坐标作协议坐标，乙方"
                                                  "坐标作实测坐标）",
                                       f->zh),
                .en = gaz_arena_printf(arena, "%s: %s",
                                       is_words ? "here is A, there is B"
                                                : "A's positions for agreed, "
                                                  "B's for measured",
                                       f->en),
                .clause = f->clause,
                .advice = f->advice});
    }
}

static gaz_status check_pairs(struct comparing *c, const struct pairs *pairs)
{
    struct gaz_survey_options options = gaz_limits_survey(&c->limits);
    const struct gaz_survey survey = {.markers = pairs->rows,
                                      .marker_count = pairs->count};
    const struct gaz_survey other = {.markers = pairs->others,
                                     .marker_count = pairs->count};
    struct gaz_survey_report report;
    if (pairs->count == 0)
        return GAZ_OK;
    if (c->line->map_scale > 0)
        options.scale = c->line->map_scale;
    gaz_status status = gaz_survey_check(c->ctx, &survey, &options, &report);
    if (status == GAZ_OK)
        status = gaz_survey_compare(c->ctx, &survey, &other, &options, &report);
    if (status == GAZ_OK)
        add_survey(c, &report);
    return status;
}

static gaz_status compare_markers(struct comparing *c)
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

/* ---- all of it ---- */

static void sum_up(struct comparing *c)
{
    struct gaz_boundary_check *check = &c->out.check;
    struct gaz_arena *arena = &c->ctx->arena;
    const bool agrees = check->errors == 0 && check->warnings == 0;
    check->a = c->sides[0].submission.id;
    check->b = c->sides[1].submission.id;
    check->outcome = agrees ? "agree" : "differ";
    check->message = agrees ? "双方一致"
                            : gaz_arena_printf(arena, "错误%lld处，警告%lld处",
                                               (long long)check->errors,
                                               (long long)check->warnings);
    check->message_en =
        agrees ? "both sides agree"
               : gaz_arena_printf(arena, "%lld errors, %lld warnings",
                                  (long long)check->errors,
                                  (long long)check->warnings);
}

gaz_status api_border_compare(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_boundary_line *line,
                              struct api_border_compared *out)
{
    struct comparing c = {
        .ctx = ctx,
        .line = line,
        .findings = gaz_arena_array(&ctx->arena, FINDINGS_MAX,
                                    sizeof(struct api_border_finding)),
        .out = {.check = {.shared_m = -1,
                          .overlap_m2 = -1,
                          .gap_m2 = -1,
                          .largest_m = -1,
                          .markers = -1}}};
    gaz_limits_shipped(ctx, &c.limits);
    gaz_status status = read_side(&c, store, 0);
    if (status == GAZ_OK)
        status = read_side(&c, store, 1);
    add_editions(&c);
    if (status == GAZ_OK)
        status = compare_areas(&c);
    if (status == GAZ_OK)
        status = compare_lines(&c);
    if (status == GAZ_OK)
        status = compare_markers(&c);
    if (status != GAZ_OK)
        return status;
    if (!c.out.has_areas && !c.out.has_lines && !c.out.has_markers)
        return gaz_fail(ctx, GAZ_INVALID,
                        "line %s: there is nothing that both sides delivered "
                        "(submissions %lld and %lld)",
                        line->code, (long long)c.sides[0].submission.id,
                        (long long)c.sides[1].submission.id);
    c.out.a = c.sides[0].submission;
    c.out.b = c.sides[1].submission;
    c.out.findings = c.findings;
    sum_up(&c);
    *out = c.out;
    return GAZ_OK;
}
