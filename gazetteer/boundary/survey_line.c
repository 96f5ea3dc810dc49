/* SPDX-License-Identifier: Apache-2.0 */
/* survey_line.c - B04 to B07: markers against the line and each other. */
#include <math.h>
#include <stdlib.h>

#include "gazetteer/boundary/marker.h"
#include "gazetteer/boundary/survey_work.h"

static const double TO_DEGREES = 57.295779513082320877;

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

/* The line in blocks with their boxes, so that a marker looks at few of its
 * segments. */
enum { BLOCK = 64 };

struct block {
    struct gaz_grid min;
    struct gaz_grid max;
    size_t first; /* segment i runs from line[i] to line[i + 1] */
    size_t end;
    double before_m; /* chainage of line[first] */
};

struct chain {
    const struct gaz_grid *line;
    struct block *blocks;
    size_t count;
    double length_m;
    size_t last; /* block of the last marker */
};

static double leg_m(struct gaz_grid a, struct gaz_grid b)
{
    return hypot(b.north_m - a.north_m, b.east_m - a.east_m);
}

static struct chain make_chain(struct gaz_survey_work *w)
{
    const struct gaz_grid *line = w->survey->line;
    const size_t legs =
        w->survey->line_count > 1 ? w->survey->line_count - 1 : 0;
    struct chain chain = {.line = line};
    chain.blocks = gaz_arena_array(&w->ctx->arena, legs / BLOCK + 1,
                                   sizeof(*chain.blocks));
    for (size_t i = 0; i < legs; i++) {
        if (i % BLOCK == 0)
            chain.blocks[chain.count++] =
                (struct block){.min = line[i],
                               .max = line[i],
                               .first = i,
                               .before_m = chain.length_m};
        struct block *block = &chain.blocks[chain.count - 1];
        const struct gaz_grid at = line[i + 1];
        block->min.north_m = fmin(block->min.north_m, at.north_m);
        block->min.east_m = fmin(block->min.east_m, at.east_m);
        block->max.north_m = fmax(block->max.north_m, at.north_m);
        block->max.east_m = fmax(block->max.east_m, at.east_m);
        block->end = i + 1;
        chain.length_m += leg_m(line[i], at);
    }
    return chain;
}

static bool is_beyond(const struct block *block, struct gaz_grid at,
                      double square)
{
    const double north = fmax(0, fmax(block->min.north_m - at.north_m,
                                      at.north_m - block->max.north_m));
    const double east = fmax(
        0, fmax(block->min.east_m - at.east_m, at.east_m - block->max.east_m));
    return north * north + east * east > square;
}

/* Where a marker is beside the line. */
struct foot {
    double square; /* of the distance */
    double chainage_m;
    double off_m; /* negative: left of the line */
};

/* The nearest place on the segments of a block:
 * t = clamp((P - A).(B - A) / |B - A|^2, 0, 1). */
static void meet_block(const struct chain *chain, const struct block *block,
                       struct gaz_grid at, struct foot *foot)
{
    double before_m = block->before_m;
    for (size_t i = block->first; i < block->end; i++) {
        const struct gaz_grid a = chain->line[i];
        const double north = chain->line[i + 1].north_m - a.north_m;
        const double east = chain->line[i + 1].east_m - a.east_m;
        const double to_north = at.north_m - a.north_m;
        const double to_east = at.east_m - a.east_m;
        const double length_m = hypot(north, east);
        if (length_m <= 0)
            continue;
        double t = (to_north * north + to_east * east) / (length_m * length_m);
        t = fmin(fmax(t, 0), 1);
        const double miss_north = to_north - t * north;
        const double miss_east = to_east - t * east;
        const double square = miss_north * miss_north + miss_east * miss_east;
        if (square < foot->square)
            *foot = (struct foot){
                square, before_m + t * length_m,
                copysign(sqrt(square), to_east * north - to_north * east)};
        before_m += length_m;
    }
}

/* Registers run along the line: the last marker's block comes first, so that
 * nearly all others are beyond. */
static struct foot project(struct chain *chain, struct gaz_grid at)
{
    struct foot foot = {.square = HUGE_VAL};
    const size_t last = chain->last;
    if (last < chain->count)
        meet_block(chain, &chain->blocks[last], at, &foot);
    for (size_t i = 0; i < chain->count; i++) {
        const double before = foot.square;
        if (i == last || is_beyond(&chain->blocks[i], at, before))
            continue;
        meet_block(chain, &chain->blocks[i], at, &foot);
        if (foot.square < before)
            chain->last = i;
    }
    return foot;
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

static struct posts list_posts(struct gaz_survey_work *w, struct chain *chain)
{
    const struct gaz_survey *survey = w->survey;
    struct posts posts = {.count = 0};
    posts.items = gaz_arena_array(&w->ctx->arena, survey->marker_count,
                                  sizeof(*posts.items));
    struct gaz_ctx try = {0};
    for (size_t i = 0; i < survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &survey->markers[i];
        struct post *post = &posts.items[posts.count];
        if (!(marker->has_agreed || marker->has_measured) ||
            gaz_marker_parse(&try, marker->code, &post->code) != GAZ_OK)
            continue;
        post->marker = marker;
        post->at = marker->has_agreed ? marker->agreed : marker->measured;
        const struct foot foot = project(chain, post->at);
        post->chainage_m = foot.chainage_m;
        post->off_m = foot.off_m;
        posts.count++;
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
static void check_middle(struct gaz_survey_work *w, struct chain *chain,
                         const struct post *a, const struct post *b)
{
    const struct gaz_grid middle = {(a->at.north_m + b->at.north_m) / 2,
                                    (a->at.east_m + b->at.east_m) / 2};
    const double off_m = fabs(project(chain, middle).off_m);
    if (off_m > w->options->on_line_m)
        note_off(w, a, off_m, "双立界桩中点",
                 "the middle of the pair of marker");
}

static void check_place(struct gaz_survey_work *w, struct chain *chain,
                        const struct posts *posts, size_t i)
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
        check_middle(w, chain, post, post + 1);
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

/* ---- B07 ---- */

static double turned(double degrees)
{
    const double turn = fmod(degrees + 540, 360);
    return (turn < 0 ? turn + 360 : turn) - 180;
}

static void note_azimuth(struct gaz_survey_work *w,
                         const struct gaz_survey_marker *from, double off_deg,
                         double limit_deg, double length_m)
{
    double convergence_deg = 0;
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, GAZ_SURVEY_AZIMUTH, GAZ_SEVERITY_WARNING, from);
    /* The grid's north lies this far east of true north: gamma = (lon - lon0)
     * sin(lat), to a second of arc this near the meridian. */
    if (finding->has_where)
        convergence_deg =
            (finding->where.lon - 120) * sin(finding->where.lat / TO_DEGREES);
    const bool is_true = fabs(off_deg - convergence_deg) <= limit_deg;
    finding->how_much_m = fabs(off_deg) / TO_DEGREES * length_m;
    finding->zh = gaz_arena_printf(
        &w->ctx->arena, "界桩%s至下一界桩的登记方位角与坐标反算相差%+.2f′%s",
        from->code, off_deg * 60,
        is_true ? ", 等于子午线收敛角, 像是填了真方位角" : "");
    finding->en = gaz_arena_printf(
        &w->ctx->arena,
        "registered azimuth from marker %s differs by %+.2f minutes of arc%s",
        from->code, off_deg * 60,
        is_true ? ", the convergence: as a true azimuth would" : "");
}

static void check_leg(struct gaz_survey_work *w,
                      const struct gaz_survey_marker *from,
                      const struct gaz_survey_marker *to)
{
    const struct gaz_grid a = from->has_agreed ? from->agreed : from->measured;
    const struct gaz_grid b = to->has_agreed ? to->agreed : to->measured;
    const double north = b.north_m - a.north_m;
    const double east = b.east_m - a.east_m;
    const double length_m = hypot(north, east);
    const double off_m = from->next_distance_m - length_m;
    const double limit_m =
        fmax(w->options->length_min_m, length_m * w->options->length_ratio);
    if (fabs(off_m) > limit_m) {
        struct gaz_survey_finding *finding =
            gaz_survey_note(w, GAZ_SURVEY_DISTANCE, GAZ_SEVERITY_WARNING, from);
        finding->how_much_m = fabs(off_m);
        finding->zh = gaz_arena_printf(
            &w->ctx->arena, "%s至%s登记距离%.1f米, 坐标反算%.1f米, 相差%+.2f米",
            from->code, to->code, from->next_distance_m, length_m, off_m);
        finding->en = gaz_arena_printf(
            &w->ctx->arena,
            "%s to %s: %.1f m registered, %.1f m by coordinates, %+.2f m",
            from->code, to->code, from->next_distance_m, length_m, off_m);
    }
    const double limit_deg =
        atan(gaz_survey_limit_m(w) / length_m) * TO_DEGREES;
    const double off_deg =
        turned(from->next_azimuth_deg - atan2(east, north) * TO_DEGREES);
    if (fabs(off_deg) > limit_deg)
        note_azimuth(w, from, off_deg, limit_deg, length_m);
}

static void check_legs(struct gaz_survey_work *w)
{
    for (size_t i = 0; i + 1 < w->survey->marker_count; i++) {
        const struct gaz_survey_marker *from = &w->survey->markers[i];
        const struct gaz_survey_marker *to = from + 1;
        if (from->next_distance_m > 0 &&
            (from->has_agreed || from->has_measured) &&
            (to->has_agreed || to->has_measured))
            check_leg(w, from, to);
    }
}

gaz_status gaz_survey_line(struct gaz_survey_work *w)
{
    struct chain chain = make_chain(w);
    const struct posts posts = list_posts(w, &chain);
    w->report.line_length_m = chain.length_m;
    check_legs(w);
    if (chain.count == 0 || posts.count == 0)
        return GAZ_OK;
    for (size_t i = 0; i < posts.count; i++)
        check_place(w, &chain, &posts, i);
    check_order(w, &posts);
    return GAZ_OK;
}
