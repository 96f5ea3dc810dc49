/* SPDX-License-Identifier: Apache-2.0 */
/* change.c - what a side changed since it delivered last. */
#include <math.h>
#include <string.h>

#include "api/border/border.h"
#include "api/border/compare.h"
#include "gazetteer/base/coord.h"
#include "gazetteer/boundary/limits.h"

/* Less is the rounding of a format. */
static const double SAME_M = 0.001;

struct change {
    double moved_m; /* of the line */
    size_t came;    /* markers */
    size_t went;
    size_t shifted;
};

static gaz_status read_one(struct gaz_ctx *ctx, struct gaz_store *store,
                           int64_t id, struct imp_delivered *out)
{
    struct gaz_boundary_submission submission;
    struct imp_delivery delivery = {.row_count = 0};
    struct imp_edition_left left;
    gaz_status status = gaz_boundary_submission(ctx, store, id, &submission);
    if (status == GAZ_OK)
        status = api_border_read(ctx, &submission, &delivery, &left);
    return status == GAZ_OK
               ? imp_delivery_turn(ctx, &delivery, submission.crs, true, out)
               : status;
}

static gaz_status compare_lines(struct gaz_ctx *ctx,
                                const struct imp_delivered *old,
                                const struct imp_delivered *now,
                                struct change *out)
{
    struct gaz_limits limits;
    struct gaz_sides_report report;
    if (old->line_count != 1 || now->line_count != 1)
        return GAZ_OK;
    gaz_limits_shipped(ctx, &limits);
    const struct gaz_sides_options options = gaz_limits_sides(&limits);
    const struct gaz_side_line a = {"old", old->lines[0].points,
                                    old->lines[0].count};
    const struct gaz_side_line b = {"new", now->lines[0].points,
                                    now->lines[0].count};
    gaz_status status = gaz_sides_compare_lines(ctx, &a, &b, &options, &report);
    if (status == GAZ_OK && report.has_profile)
        out->moved_m = report.profile.hausdorff_m;
    return status;
}

static const struct gaz_boundary_marker *find(const struct imp_delivered *side,
                                              const char *code)
{
    for (size_t i = 0; i < side->marker_count; i++)
        if (strcmp(side->markers[i].code, code) == 0)
            return &side->markers[i];
    return NULL;
}

static bool is_shifted(const struct gaz_boundary_marker *a,
                       const struct gaz_boundary_marker *b)
{
    return a->fix_count > 0 && b->fix_count > 0 &&
           gaz_coord_distance_m(a->fixes[0].at, b->fixes[0].at) > SAME_M;
}

static void compare_markers(const struct imp_delivered *old,
                            const struct imp_delivered *now, struct change *out)
{
    if (old->marker_count == 0 || now->marker_count == 0)
        return;
    for (size_t i = 0; i < now->marker_count; i++) {
        const struct gaz_boundary_marker *before =
            find(old, now->markers[i].code);
        out->came += before == NULL;
        out->shifted += before && is_shifted(before, &now->markers[i]);
    }
    for (size_t i = 0; i < old->marker_count; i++)
        out->went += find(now, old->markers[i].code) == NULL;
}

static void say(struct gaz_arena *arena, const struct change *change,
                int64_t from, const char **zh, const char **en)
{
    const bool has_moved = change->moved_m > SAME_M;
    *zh = *en = "";
    if (!has_moved && change->came + change->went + change->shifted == 0)
        return;
    *zh = gaz_arena_printf(
        arena, "较提交%lld有变化：%s界桩新增%zu、减少%zu、移动%zu",
        (long long)from,
        has_moved
            ? gaz_arena_printf(arena, "界线最大移动%.2f米；", change->moved_m)
            : "",
        change->came, change->went, change->shifted);
    *en = gaz_arena_printf(
        arena,
        "changed since submission %lld: %s%zu markers came, %zu went, "
        "%zu moved",
        (long long)from,
        has_moved ? gaz_arena_printf(arena, "the line moved by up to %.2f m; ",
                                     change->moved_m)
                  : "",
        change->came, change->went, change->shifted);
}

gaz_status api_border_change(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t from, int64_t to, const char **zh,
                             const char **en)
{
    struct imp_delivered old;
    struct imp_delivered now;
    struct change change = {.moved_m = 0};
    gaz_status status = read_one(ctx, store, from, &old);
    if (status == GAZ_OK)
        status = read_one(ctx, store, to, &now);
    if (status == GAZ_OK)
        status = compare_lines(ctx, &old, &now, &change);
    if (status != GAZ_OK)
        return status;
    compare_markers(&old, &now, &change);
    say(&ctx->arena, &change, from, zh, en);
    return GAZ_OK;
}
