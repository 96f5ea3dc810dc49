/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/track.h"

#include <math.h>

enum {
    LEAF = 8,   /* segments a leaf */
    DEPTH = 64, /* of the tree, more than any memory holds */
};

static struct gaz_track_box no_box(void)
{
    return (struct gaz_track_box){{HUGE_VAL, HUGE_VAL}, {-HUGE_VAL, -HUGE_VAL}};
}

static void widen(struct gaz_track_box *box, struct gaz_track_point at)
{
    box->min.x = fmin(box->min.x, at.x);
    box->min.y = fmin(box->min.y, at.y);
    box->max.x = fmax(box->max.x, at.x);
    box->max.y = fmax(box->max.y, at.y);
}

static size_t min_size(size_t one, size_t other)
{
    return one < other ? one : other;
}

/* Node 1 is the root; the children of i are 2i and 2i + 1. */
static void plant(struct gaz_arena *arena, struct gaz_track *track)
{
    const size_t need = (track->count + LEAF - 1) / LEAF;
    size_t leaves = 1;
    while (leaves < need)
        leaves *= 2;
    track->leaves = leaves;
    track->boxes = gaz_arena_array(arena, 2 * leaves, sizeof(*track->boxes));
    for (size_t i = 0; i < leaves; i++) {
        struct gaz_track_box *box = &track->boxes[leaves + i];
        *box = no_box();
        const size_t end = min_size(track->count, (i + 1) * LEAF);
        for (size_t j = i * LEAF; j < end; j++) {
            widen(box, track->segments[j].a);
            widen(box, track->segments[j].b);
        }
    }
    for (size_t i = leaves - 1; i > 0; i--) {
        track->boxes[i] = track->boxes[2 * i];
        const struct gaz_track_box *other = &track->boxes[2 * i + 1];
        if (other->min.x <= other->max.x) {
            widen(&track->boxes[i], other->min);
            widen(&track->boxes[i], other->max);
        }
    }
}

void gaz_track_open(struct gaz_arena *arena,
                    const struct gaz_track_point *points, const bool *begins,
                    size_t count, struct gaz_track *out)
{
    struct gaz_track_segment *segments =
        gaz_arena_array(arena, count, sizeof(*segments));
    *out = (struct gaz_track){.segments = segments};
    for (size_t i = 1; i < count; i++) {
        const double size =
            hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
        if ((begins && begins[i]) || size <= 0)
            continue;
        segments[out->count++] =
            (struct gaz_track_segment){points[i - 1], points[i], out->length_m};
        out->length_m += size;
    }
    if (out->count > 0)
        plant(arena, out);
}

/* ---- the nearest place ---- */

/* How far `at` is outside of low to high. Not by fmax: that is a call, and this
 * is where the time goes. */
static inline double outside(double at, double low, double high)
{
    if (at < low)
        return low - at;
    return at > high ? at - high : 0;
}

/* Square of the distance to a box. */
static double off_box(const struct gaz_track_box *box,
                      struct gaz_track_point at)
{
    const double x = outside(at.x, box->min.x, box->max.x);
    const double y = outside(at.y, box->min.y, box->max.y);
    return x * x + y * y;
}

struct best {
    double square;
    size_t segment;
    double t;
    bool is_found;
};

/* t = clamp((P - A).(B - A) / |B - A|^2, 0, 1). */
static void meet(const struct gaz_track *track, size_t i,
                 struct gaz_track_point at, struct best *best)
{
    const struct gaz_track_segment *s = &track->segments[i];
    const double x = s->b.x - s->a.x;
    const double y = s->b.y - s->a.y;
    const double to_x = at.x - s->a.x;
    const double to_y = at.y - s->a.y;
    double t = (to_x * x + to_y * y) / (x * x + y * y);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const double miss_x = to_x - t * x;
    const double miss_y = to_y - t * y;
    const double square = miss_x * miss_x + miss_y * miss_y;
    if (square < best->square || (!best->is_found && square <= best->square))
        *best = (struct best){square, i, t, true};
}

static void meet_leaf(const struct gaz_track *track, size_t leaf,
                      struct gaz_track_point at, struct best *best)
{
    const size_t end = min_size(track->count, (leaf + 1) * LEAF);
    for (size_t i = leaf * LEAF; i < end; i++)
        meet(track, i, at, best);
}

static void search(const struct gaz_track *track, struct gaz_track_point at,
                   struct best *best)
{
    size_t stack[DEPTH];
    int depth = 0;
    stack[depth++] = 1;
    while (depth > 0) {
        const size_t node = stack[--depth];
        if (off_box(&track->boxes[node], at) > best->square)
            continue;
        if (node >= track->leaves) {
            meet_leaf(track, node - track->leaves, at, best);
            continue;
        }
        const double left = off_box(&track->boxes[2 * node], at);
        const double right = off_box(&track->boxes[2 * node + 1], at);
        const size_t near = 2 * node + (right < left);
        stack[depth++] = near ^ 1; /* the farther waits */
        stack[depth++] = near;
    }
}

bool gaz_track_nearest(const struct gaz_track *track, struct gaz_track_point at,
                       double within_m, size_t hint, struct gaz_track_foot *out)
{
    struct best best = {.square = within_m * within_m};
    if (track->count == 0)
        return false;
    if (hint < track->count)
        meet_leaf(track, hint / LEAF, at, &best);
    search(track, at, &best);
    if (!best.is_found)
        return false;
    const struct gaz_track_segment *s = &track->segments[best.segment];
    const double x = s->b.x - s->a.x;
    const double y = s->b.y - s->a.y;
    *out = (struct gaz_track_foot){
        .at = {s->a.x + best.t * x, s->a.y + best.t * y},
        .distance_m = sqrt(best.square),
        .along_m = s->before_m + best.t * hypot(x, y),
        .side = x * (at.y - s->a.y) - y * (at.x - s->a.x),
        .segment = best.segment};
    return true;
}

double gaz_track_off_m(const struct gaz_track *track, size_t segment,
                       struct gaz_track_point at)
{
    struct best best = {.square = HUGE_VAL};
    meet(track, segment, at, &best);
    return sqrt(best.square);
}

struct gaz_track_point gaz_track_at(const struct gaz_track *track,
                                    double along_m)
{
    size_t low = 0;
    size_t high = track->count;
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        if (track->segments[middle].before_m <= along_m)
            low = middle;
        else
            high = middle;
    }
    const struct gaz_track_segment *s = &track->segments[low];
    const double size = hypot(s->b.x - s->a.x, s->b.y - s->a.y);
    double t = (along_m - s->before_m) / size;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return (struct gaz_track_point){s->a.x + t * (s->b.x - s->a.x),
                                    s->a.y + t * (s->b.y - s->a.y)};
}

/* ---- a line that meets itself ---- */

static bool is_apart(const struct gaz_track_box *one,
                     const struct gaz_track_box *other)
{
    return one->max.x < other->min.x || other->max.x < one->min.x ||
           one->max.y < other->min.y || other->max.y < one->min.y;
}

static double turn(struct gaz_track_point a, struct gaz_track_point b,
                   struct gaz_track_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool is_between(struct gaz_track_point a, struct gaz_track_point b,
                       struct gaz_track_point c)
{
    return fmin(a.x, b.x) <= c.x && c.x <= fmax(a.x, b.x) &&
           fmin(a.y, b.y) <= c.y && c.y <= fmax(a.y, b.y);
}

/* The four turns of two segments' ends, without a tolerance: a survey's line
 * meets itself by blunder, not by a nanometre. */
static bool do_meet(const struct gaz_track_segment *s,
                    const struct gaz_track_segment *o,
                    struct gaz_track_point *out)
{
    const double a = turn(o->a, o->b, s->a);
    const double b = turn(o->a, o->b, s->b);
    const double c = turn(s->a, s->b, o->a);
    const double d = turn(s->a, s->b, o->b);
    if (((a > 0 && b < 0) || (a < 0 && b > 0)) &&
        ((c > 0 && d < 0) || (c < 0 && d > 0))) {
        const double t = a / (a - b);
        *out = (struct gaz_track_point){s->a.x + t * (s->b.x - s->a.x),
                                        s->a.y + t * (s->b.y - s->a.y)};
        return true;
    }
    const struct gaz_track_point ends[] = {s->a, s->b, o->a, o->b};
    const bool touches[] = {a == 0 && is_between(o->a, o->b, s->a),
                            b == 0 && is_between(o->a, o->b, s->b),
                            c == 0 && is_between(s->a, s->b, o->a),
                            d == 0 && is_between(s->a, s->b, o->b)};
    for (int i = 0; i < 4; i++)
        if (touches[i]) {
            *out = ends[i];
            return true;
        }
    return false;
}

/* Neighbours share an end; they meet in more only when the line runs back. */
static bool is_back(const struct gaz_track_segment *s,
                    const struct gaz_track_segment *next)
{
    return turn(s->a, s->b, next->b) == 0 &&
           (s->b.x - s->a.x) * (next->b.x - next->a.x) +
                   (s->b.y - s->a.y) * (next->b.y - next->a.y) <
               0;
}

struct crossings {
    const struct gaz_track *track;
    struct gaz_track_crossing *items;
    size_t count;
    size_t max;
};

static bool is_joint(const struct gaz_track *track, size_t i, size_t j)
{
    const struct gaz_track_segment *s = &track->segments[i];
    const struct gaz_track_segment *o = &track->segments[j];
    return s->b.x == o->a.x && s->b.y == o->a.y;
}

static void try_pair(struct crossings *c, size_t i, size_t j)
{
    const struct gaz_track_segment *s = &c->track->segments[i];
    const struct gaz_track_segment *o = &c->track->segments[j];
    /* a ring's last segment joins its first */
    const bool follows =
        (j == i + 1 && is_joint(c->track, i, j)) ||
        (i == 0 && j + 1 == c->track->count && is_joint(c->track, j, i));
    struct gaz_track_point at = s->b;
    if (j <= i || c->count == c->max ||
        !(follows ? j == i + 1 && is_back(s, o) : do_meet(s, o, &at)))
        return;
    c->items[c->count++] = (struct gaz_track_crossing){i, j, at};
}

static void cross_leaf(struct crossings *c, size_t i,
                       const struct gaz_track_box *box, size_t leaf)
{
    const size_t end = min_size(c->track->count, (leaf + 1) * LEAF);
    for (size_t j = leaf * LEAF; j < end; j++) {
        struct gaz_track_box own = no_box();
        widen(&own, c->track->segments[j].a);
        widen(&own, c->track->segments[j].b);
        if (!is_apart(&own, box))
            try_pair(c, i, j);
    }
}

size_t gaz_track_crossings(const struct gaz_track *track,
                           struct gaz_track_crossing *out, size_t max)
{
    struct crossings c = {track, out, 0, max};
    for (size_t i = 0; i < track->count && c.count < max; i++) {
        struct gaz_track_box box = no_box();
        widen(&box, track->segments[i].a);
        widen(&box, track->segments[i].b);
        size_t stack[DEPTH];
        int depth = 0;
        stack[depth++] = 1;
        while (depth > 0) {
            const size_t node = stack[--depth];
            if (is_apart(&track->boxes[node], &box))
                continue;
            if (node >= track->leaves) {
                cross_leaf(&c, i, &box, node - track->leaves);
            } else {
                stack[depth++] = 2 * node + 1;
                stack[depth++] = 2 * node;
            }
        }
    }
    return c.count;
}
