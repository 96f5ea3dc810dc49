/* SPDX-License-Identifier: Apache-2.0 */
#include "api/border/compare_work.h"

#include <math.h>
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/boundary/limits.h"
#include "gazetteer/geo/crs.h"

/* ---- what was delivered ---- */

/* Takes of a submission what no newer one has delivered: a side may send the
 * line today and the markers tomorrow. */
static gaz_status take_new(struct api_border_comparing *c,
                           struct gaz_store *store, int64_t id,
                           struct api_border_side *side)
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

static gaz_status read_side(struct api_border_comparing *c,
                            struct gaz_store *store, int which)
{
    const char letter = which == 0 ? 'A' : 'B';
    struct api_border_side *side = &c->sides[which];
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

void api_border_add(struct api_border_comparing *c,
                    struct api_boundary_finding finding)
{
    if (finding.severity == GAZ_SEVERITY_ERROR)
        c->out.check.errors++;
    else if (finding.severity == GAZ_SEVERITY_WARNING)
        c->out.check.warnings++;
    if (c->out.finding_count < API_BORDER_FINDINGS_MAX)
        c->findings[c->out.finding_count++] = finding;
    else
        c->left_out++;
}

void api_border_note_largest(struct api_border_comparing *c, double metres)
{
    if (isfinite(metres) && metres > c->out.check.largest_m)
        c->out.check.largest_m = metres;
}

/* What a side delivered of other editions is said, and compared no further. */
static void add_editions(struct api_border_comparing *c)
{
    for (int i = 0; i < GAZ_BOUNDARY_SIDES; i++) {
        const struct api_border_side *side = &c->sides[i];
        if (side->left.zh)
            api_border_add(
                c, (struct api_boundary_finding){
                       .rule = "B11",
                       .kind = "editions",
                       .severity = GAZ_SEVERITY_INFO,
                       .zh = gaz_arena_printf(&c->ctx->arena, "%c方%s", 'A' + i,
                                              side->left.zh),
                       .en = gaz_arena_printf(&c->ctx->arena, "side %c: %s",
                                              'A' + i, side->left.en),
                       .clause = "",
                       .advice_en = "agree with the neighbour which edition is "
                                    "in force; let ended ones say so",
                       .advice = "与对方核对现行版本；已废止的版本请对方注明"
                                 "状态"});
    }
}

/* ---- areas ---- */

static void add_sides(struct api_border_comparing *c,
                      const struct gaz_sides_report *report)
{
    for (size_t i = 0; i < report->finding_count; i++)
        api_border_add(c, api_boundary_of_sides(&report->findings[i]));
}

static gaz_status compare_areas(struct api_border_comparing *c)
{
    const struct imp_delivered *a = &c->sides[0].has;
    const struct imp_delivered *b = &c->sides[1].has;
    const struct gaz_side one = {
        .name = c->line->sides[0], .areas = a->areas, .count = a->area_count};
    const struct gaz_side other = {
        .name = c->line->sides[1], .areas = b->areas, .count = b->area_count};
    struct gaz_sides_report *report =
        gaz_arena_alloc(&c->ctx->arena, sizeof(*report));
    if (a->area_count == 0 || b->area_count == 0)
        return GAZ_OK;
    gaz_status status =
        gaz_sides_compare(c->ctx, &one, &other, &c->out.sides_options, report);
    if (status != GAZ_OK)
        return status;
    c->out.has_areas = true;
    c->out.sides = report;
    c->out.check.shared_m = report->shared.plane_m;
    c->out.check.overlap_m2 = report->overlap_area_m2;
    c->out.check.gap_m2 = report->gap_area_m2;
    api_border_note_largest(c,
                            fmax(report->overlap_width_m, report->gap_width_m));
    add_sides(c, report);
    return GAZ_OK;
}

/* ---- lines ---- */

/* The parts of a side's line, end to end in their order. */
static struct gaz_side_line join(struct api_border_comparing *c, int which)
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

static gaz_status compare_lines(struct api_border_comparing *c)
{
    const struct gaz_side_line a = join(c, 0);
    const struct gaz_side_line b = join(c, 1);
    struct gaz_sides_report *report =
        gaz_arena_alloc(&c->ctx->arena, sizeof(*report));
    if (a.count == 0 || b.count == 0)
        return GAZ_OK;
    gaz_status status =
        gaz_sides_compare_lines(c->ctx, &a, &b, &c->out.sides_options, report);
    if (status != GAZ_OK)
        return status;
    c->out.has_lines = true;
    if (!c->out.sides || !c->out.sides->has_profile)
        c->out.sides = report;
    if (!c->out.has_areas)
        c->out.check.shared_m = report->shared.plane_m;
    if (report->has_profile)
        api_border_note_largest(c, report->profile.hausdorff_m);
    add_sides(c, report);
    return GAZ_OK;
}

/* ---- all of it ---- */

/* Worst first; else as they came. */
static void sort_findings(struct api_border_comparing *c)
{
    const size_t count = c->out.finding_count;
    struct api_boundary_finding *sorted =
        gaz_arena_array(&c->ctx->arena, count + 1, sizeof(*sorted));
    size_t at = 0;
    for (int severity = GAZ_SEVERITY_ERROR; severity >= GAZ_SEVERITY_INFO;
         severity--)
        for (size_t i = 0; i < count; i++)
            if ((int)c->findings[i].severity == severity)
                sorted[at++] = c->findings[i];
    c->out.findings = sorted;
}

static void sum_up(struct api_border_comparing *c)
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
    struct api_border_comparing c = {
        .ctx = ctx,
        .line = line,
        .findings = gaz_arena_array(&ctx->arena, API_BORDER_FINDINGS_MAX,
                                    sizeof(struct api_boundary_finding)),
        .out = {.check = {.shared_m = -1,
                          .overlap_m2 = -1,
                          .gap_m2 = -1,
                          .largest_m = -1,
                          .markers = -1}}};
    gaz_limits_shipped(ctx, &c.out.limits);
    c.out.sides_options = gaz_limits_sides(&c.out.limits);
    gaz_status status = read_side(&c, store, 0);
    if (status == GAZ_OK)
        status = read_side(&c, store, 1);
    add_editions(&c);
    if (status == GAZ_OK)
        status = compare_areas(&c);
    if (status == GAZ_OK)
        status = compare_lines(&c);
    if (status == GAZ_OK)
        status = api_border_compare_markers(&c);
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
    sort_findings(&c);
    sum_up(&c);
    *out = c.out;
    return GAZ_OK;
}
