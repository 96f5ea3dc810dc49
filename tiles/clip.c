/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/clip.h"

#include <string.h>

/* The four sides of a box: which coordinate, which limit, which side is in. */
enum side { LEFT, RIGHT, TOP, BOTTOM };

static bool is_inside(struct tile_vertex v, const struct tile_box *box,
                      enum side side)
{
    switch (side) {
    case LEFT:
        return v.x >= box->min_x;
    case RIGHT:
        return v.x <= box->max_x;
    case TOP:
        return v.y >= box->min_y;
    case BOTTOM:
        break;
    }
    return v.y <= box->max_y;
}

/* a * b / c, rounded to the nearest; c > 0. The operands are tile units of one
 * zoom: below 2^32 each, and rounded in double only when they are huge. */
static int64_t scaled(int64_t a, int64_t b, int64_t c)
{
    const int64_t small = INT64_C(1) << 31;
    if (a > small || a < -small || b > small || b < -small)
        return (int64_t)((double)a * (double)b / (double)c);
    int64_t product = a * b;
    return (product >= 0 ? product + c / 2 : product - c / 2) / c;
}

static struct tile_vertex at_x(struct tile_vertex a, struct tile_vertex b,
                               int64_t x)
{
    if (a.x > b.x) { /* the same cut whichever way the edge runs */
        struct tile_vertex swap = a;
        a = b;
        b = swap;
    }
    return (struct tile_vertex){x, a.y + scaled(b.y - a.y, x - a.x, b.x - a.x)};
}

static struct tile_vertex at_y(struct tile_vertex a, struct tile_vertex b,
                               int64_t y)
{
    struct tile_vertex turned =
        at_x((struct tile_vertex){a.y, a.x}, (struct tile_vertex){b.y, b.x}, y);
    return (struct tile_vertex){turned.y, turned.x};
}

static struct tile_vertex cut(struct tile_vertex a, struct tile_vertex b,
                              const struct tile_box *box, enum side side)
{
    switch (side) {
    case LEFT:
        return at_x(a, b, box->min_x);
    case RIGHT:
        return at_x(a, b, box->max_x);
    case TOP:
        return at_y(a, b, box->min_y);
    case BOTTOM:
        break;
    }
    return at_y(a, b, box->max_y);
}

static size_t cut_side(const struct tile_vertex *in, size_t count,
                       struct tile_vertex *out, const struct tile_box *box,
                       enum side side)
{
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        struct tile_vertex a = in[i];
        struct tile_vertex b = in[i + 1 == count ? 0 : i + 1];
        bool a_in = is_inside(a, box, side);
        if (a_in)
            out[made++] = a;
        if (a_in != is_inside(b, box, side))
            out[made++] = cut(a, b, box, side);
    }
    return made;
}

/* Whether `b` adds nothing between `a` and `c`: repeated, straight, a spike. */
static bool is_idle(struct tile_vertex a, struct tile_vertex b,
                    struct tile_vertex c)
{
    return (b.x - a.x) * (c.y - b.y) == (b.y - a.y) * (c.x - b.x);
}

void tile_clip_tidy(struct tile_path *ring)
{
    struct tile_vertex *v = ring->items;
    size_t count = ring->count;
    for (bool changed = true; changed && count >= 3;) {
        changed = false;
        size_t made = 0;
        for (size_t i = 0; i < count; i++) {
            struct tile_vertex before = made ? v[made - 1] : v[count - 1];
            struct tile_vertex after = v[i + 1 == count ? 0 : i + 1];
            if (i + 1 == count && made > 0)
                after = v[0];
            if (is_idle(before, v[i], after))
                changed = true;
            else
                v[made++] = v[i];
        }
        count = made;
    }
    ring->count = count >= 3 ? count : 0;
}

void tile_clip_ring(struct gaz_arena *arena, struct tile_path ring,
                    const struct tile_box *box, struct tile_path *out)
{
    /* A side makes 3 vertices of 2 at most: 1.5^4 is 5.1. */
    size_t room = 6 * ring.count + 8;
    struct tile_vertex *now =
        gaz_arena_array(arena, room, sizeof(struct tile_vertex));
    struct tile_vertex *next =
        gaz_arena_array(arena, room, sizeof(struct tile_vertex));
    size_t count = ring.count;
    if (count > 0)
        memcpy(now, ring.items, count * sizeof(struct tile_vertex));
    for (int side = LEFT; side <= BOTTOM && count > 0; side++) {
        count = cut_side(now, count, next, box, (enum side)side);
        struct tile_vertex *swap = now;
        now = next;
        next = swap;
    }
    *out = (struct tile_path){now, count};
    tile_clip_tidy(out);
}

/* Clips one edge; false when it misses the box. */
static bool clip_edge(struct tile_vertex *a, struct tile_vertex *b,
                      const struct tile_box *box)
{
    for (int side = LEFT; side <= BOTTOM; side++) {
        bool a_in = is_inside(*a, box, (enum side)side);
        bool b_in = is_inside(*b, box, (enum side)side);
        if (!a_in && !b_in)
            return false;
        if (!a_in)
            *a = cut(*a, *b, box, (enum side)side);
        else if (!b_in)
            *b = cut(*a, *b, box, (enum side)side);
    }
    return true;
}

static bool is_same(struct tile_vertex a, struct tile_vertex b)
{
    return a.x == b.x && a.y == b.y;
}

size_t tile_clip_line(struct gaz_arena *arena, struct tile_path line,
                      const struct tile_box *box, struct tile_path **out)
{
    *out = NULL;
    if (line.count < 2)
        return 0;
    size_t edges = line.count - 1;
    struct tile_path *parts =
        gaz_arena_array(arena, edges, sizeof(struct tile_path));
    struct tile_vertex *room =
        gaz_arena_array(arena, 2 * edges, sizeof(struct tile_vertex));
    size_t count = 0;
    for (size_t i = 0; i < edges; i++) {
        struct tile_vertex a = line.items[i];
        struct tile_vertex b = line.items[i + 1];
        if (!clip_edge(&a, &b, box) || is_same(a, b))
            continue;
        struct tile_path *part = count ? &parts[count - 1] : NULL;
        if (!part || !is_same(part->items[part->count - 1], a)) {
            part = &parts[count++];
            part->items = room;
            *room++ = a;
            part->count = 1;
        }
        *room++ = b;
        part->count++;
    }
    *out = parts;
    return count;
}

int64_t tile_clip_area2(struct tile_path ring)
{
    int64_t sum = 0;
    for (size_t i = 0; i < ring.count; i++) {
        struct tile_vertex a = ring.items[i];
        struct tile_vertex b = ring.items[i + 1 == ring.count ? 0 : i + 1];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum;
}
