/* SPDX-License-Identifier: Apache-2.0 */
/* survey_line.c - B04 to B06 and B13: markers against the line, and the line
 * against itself. */
#include <math.h>
#include <stdlib.h>

#include "gazetteer/boundary/marker.h"
#include "gazetteer/boundary/survey_work.h"

/* A marker whose code and position are known. */
struct post {
    const struct gaz_survey_marker *marker;
    struct gaz_marker_code code;
    struct gaz_grid at;
    double chainage_m;
    double off_m; /* from the line; negative: left of it */
};

struct posts {
    struct post *items;
    size_t count;
};

/* Registers run along the line: the last marker's segment is where to begin. */
static struct post beside(const struct gaz_track *track, struct gaz_grid at,
                          size_t *hint)
{
    const struct gaz_track_point point = {at.east_m, at.north_m};
    struct gaz_track_foot foot = {.distance_m = 0};
    if (gaz_track_nearest(track, point, HUGE_VAL, *hint, &foot))
        *hint = foot.segment;
    return (struct post){.at = at,
                         .chainage_m = foot.along_m,
                         .off_m = copysign(foot.distance_m, -foot.side)};
}

static int by_serial(const void *a, const void *b)
{
    const struct post *one = a;
    const struct post *other = b;
    if (one->code.serial != other->code.serial)
        return one->code.serial < other->code.serial ? -1 : 1;
    return (one->code.type > other->code.type) -
           (one->code.type < other->code.type);
}

static struct posts list_posts(struct gaz_survey_work *w)
{
    const struct gaz_survey *survey = w->survey;
    struct posts posts = {.count = 0};
    posts.items = gaz_arena_array(&w->ctx->arena, survey->marker_count,
                                  sizeof(*posts.items));
    struct gaz_ctx try = {0};
    size_t hint = 0;
    for (size_t i = 0; i < survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &survey->markers[i];
        struct gaz_marker_code code;
        if (!(marker->has_agreed || marker->has_measured) ||
            gaz_marker_parse(&try, marker->code, &code) != GAZ_OK)
            continue;
        struct post *post = &posts.items[posts.count++];
        *post = beside(&w->line,
                       marker->has_agreed ? marker->agreed : marker->measured,
                       &hint);
        post->marker = marker;
        post->code = code;
    }
    gaz_ctx_close(&try);
    if (posts.count > 1)
        qsort(posts.items, posts.count, sizeof(*posts.items), by_serial);
    return posts;
}

/* ---- B04, B05 ---- */

static void note_off(struct gaz_survey_work *w, const struct post *post,
                     double off_m, const char *what_zh, const char *what_en)
{
    struct gaz_survey_finding *finding = gaz_survey_note(
        w, GAZ_SURVEY_OFF_LINE, GAZ_SEVERITY_ERROR, post->marker);
    finding->how_much_m = off_m;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "%s%s偏离界线%.2f米, 限差%.1f米", what_zh,
        post->marker->code, off_m, w->options->on_line_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena, "%s %s is %.2f m off the line, limit %.1f m", what_en,
        post->marker->code, off_m, w->options->on_line_m);
}

static void check_side(struct gaz_survey_work *w, const struct post *post)
{
    const int left = w->survey->left_province;
    const bool is_first = post->code.type == 'A';
    const int own =
        is_first ? post->code.first_province : post->code.second_province;
    const bool is_left = post->off_m < 0;
    if (left == 0 || post->off_m == 0 || is_left == (own == left))
        return;
    struct gaz_survey_finding *finding = gaz_survey_note(
        w, GAZ_SURVEY_WRONG_SIDE, GAZ_SEVERITY_ERROR, post->marker);
    finding->how_much_m = fabs(post->off_m);
    finding->zh = gaz_arena_printf(&w->ctx->arena,
                                   "界桩%s应在%d一侧, 实在另一侧, 离界线%.2f米",
                                   post->marker->code, own, fabs(post->off_m));
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "marker %s belongs on the side of %d and stands on the other, %.2f m "
        "from the line",
        post->marker->code, own, fabs(post->off_m));
}

/* The middle between A and B should be on the line. */
static void check_middle(struct gaz_survey_work *w, const struct post *a,
                         const struct post *b)
{
    const struct gaz_grid middle = {(a->at.north_m + b->at.north_m) / 2,
                                    (a->at.east_m + b->at.east_m) / 2};
    size_t hint = 0;
    const double off_m = fabs(beside(&w->line, middle, &hint).off_m);
    if (off_m > w->options->on_line_m)
        note_off(w, a, off_m, "双立界桩中点",
                 "the middle of the pair of marker");
}

static void check_place(struct gaz_survey_work *w, const struct posts *posts,
                        size_t i)
{
    const struct post *post = &posts->items[i];
    if (post->code.kind == GAZ_MARKER_SINGLE &&
        fabs(post->off_m) > w->options->on_line_m)
        note_off(w, post, fabs(post->off_m), "界桩", "marker");
    if (post->code.kind != GAZ_MARKER_DOUBLE)
        return;
    check_side(w, post);
    if (post->code.type == 'A' && i + 1 < posts->count &&
        post[1].code.serial == post->code.serial && post[1].code.type == 'B')
        check_middle(w, post, post + 1);
}

/* ---- B06 ---- */

static void check_order(struct gaz_survey_work *w, const struct posts *posts)
{
    const struct post *farthest = &posts->items[0];
    for (size_t i = 1; i < posts->count; i++) {
        const struct post *post = &posts->items[i];
        const double back_m = farthest->chainage_m - post->chainage_m;
        if (post->code.serial != farthest->code.serial &&
            back_m > w->options->chainage_m) {
            struct gaz_survey_finding *finding = gaz_survey_note(
                w, GAZ_SURVEY_ORDER, GAZ_SEVERITY_ERROR, post->marker);
            finding->how_much_m = back_m;
            finding->zh = gaz_arena_printf(
                &w->ctx->arena,
                "界桩%s在沿线里程上排在%s之前%.1f米, 编号次序不符",
                post->marker->code, farthest->marker->code, back_m);
            finding->en = gaz_arena_printf(
                &w->ctx->arena,
                "marker %s comes %.1f m before %s along the line, against its "
                "number",
                post->marker->code, back_m, farthest->marker->code);
        }
        if (post->chainage_m > farthest->chainage_m)
            farthest = post;
    }
}

/* ---- B13 ---- */

static void note_place(struct gaz_survey_work *w,
                       struct gaz_survey_finding *finding,
                       struct gaz_track_point at)
{
    struct gaz_ctx try = {0};
    finding->has_where = gaz_crs_to_cgcs2000(&try, w->plane, at.x, at.y,
                                             &finding->where) == GAZ_OK;
    gaz_ctx_close(&try);
}

static void check_crossings(struct gaz_survey_work *w)
{
    enum { CROSSINGS_MAX = 50 };
    struct gaz_track_crossing crossings[CROSSINGS_MAX];
    const size_t count =
        gaz_track_crossings(&w->line, crossings, CROSSINGS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct gaz_survey_finding *finding =
            gaz_survey_note(w, GAZ_SURVEY_TOPOLOGY, GAZ_SEVERITY_ERROR, NULL);
        const double along_m = w->line.segments[crossings[i].first].before_m;
        finding->zh = gaz_arena_printf(
            &w->ctx->arena, "界线在里程%.0f米处自相交或折返", along_m);
        finding->en = gaz_arena_printf(
            &w->ctx->arena,
            "the line meets itself or runs back at %.0f m along", along_m);
        note_place(w, finding, crossings[i].at);
    }
}

/* A triple marker stands where three lines meet: this one ends there. */
static void check_tripoint(struct gaz_survey_work *w, const struct post *post)
{
    const double to_end_m =
        fmin(post->chainage_m, w->line.length_m - post->chainage_m);
    const double off_m = hypot(to_end_m, post->off_m);
    if (post->code.kind != GAZ_MARKER_TRIPLE || off_m <= w->options->on_line_m)
        return;
    struct gaz_survey_finding *finding = gaz_survey_note(
        w, GAZ_SURVEY_TOPOLOGY, GAZ_SEVERITY_WARNING, post->marker);
    finding->how_much_m = off_m;
    finding->zh = gaz_arena_printf(&w->ctx->arena, "三立界桩%s离界线端点%.2f米",
                                   post->marker->code, off_m);
    finding->en = gaz_arena_printf(
        &w->ctx->arena, "triple marker %s is %.2f m from an end of the line",
        post->marker->code, off_m);
}

void gaz_survey_open_line(struct gaz_survey_work *w)
{
    const size_t count = w->survey->line_count;
    struct gaz_track_point *points =
        gaz_arena_array(&w->ctx->arena, count, sizeof(*points));
    for (size_t i = 0; i < count; i++)
        points[i] = (struct gaz_track_point){w->survey->line[i].east_m,
                                             w->survey->line[i].north_m};
    gaz_track_open(&w->ctx->arena, points, NULL, count, &w->line);
    w->report.line_length_m = w->line.length_m;
}

gaz_status gaz_survey_line(struct gaz_survey_work *w)
{
    if (w->line.count == 0)
        return GAZ_OK;
    const struct posts posts = list_posts(w);
    for (size_t i = 0; i < posts.count; i++) {
        check_place(w, &posts, i);
        check_tripoint(w, &posts.items[i]);
    }
    if (posts.count > 0)
        check_order(w, &posts);
    check_crossings(w);
    return GAZ_OK;
}
