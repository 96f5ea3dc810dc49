/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/simplify.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"

/* A vertex and up to two different neighbours; a third makes a junction. */
struct meeting {
    uint64_t key;
    uint64_t neighbours[2];
    uint32_t count; /* 0: a free slot; 3: a junction */
};

struct tile_meetings {
    struct meeting *slots;
    size_t mask;
};

static uint64_t key_of(struct tile_point point)
{
    return (uint64_t)point.x << 32 | point.y;
}

static struct meeting *find_slot(const struct tile_meetings *meetings,
                                 uint64_t key)
{
    size_t at = (size_t)gaz_text_hash((const char *)&key, sizeof key);
    for (;; at++) {
        struct meeting *slot = &meetings->slots[at & meetings->mask];
        if (slot->count == 0 || slot->key == key)
            return slot;
    }
}

struct tile_meetings *tile_simplify_meetings(struct gaz_arena *arena,
                                             size_t point_count)
{
    size_t size = 16;
    while (size < 2 * point_count)
        size *= 2;
    struct tile_meetings *meetings = gaz_arena_alloc(arena, sizeof *meetings);
    meetings->slots = gaz_arena_array(arena, size, sizeof(struct meeting));
    meetings->mask = size - 1;
    return meetings;
}

static void note_pair(struct tile_meetings *meetings, uint64_t key,
                      uint64_t neighbour)
{
    struct meeting *slot = find_slot(meetings, key);
    slot->key = key;
    uint32_t known = slot->count < 2 ? slot->count : 2;
    for (uint32_t i = 0; i < known; i++)
        if (slot->neighbours[i] == neighbour)
            return;
    if (slot->count < 2)
        slot->neighbours[slot->count] = neighbour;
    if (slot->count < 3)
        slot->count++;
}

void tile_simplify_note(struct tile_meetings *meetings,
                        const struct tile_point *points, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        uint64_t a = key_of(points[i]);
        uint64_t b = key_of(points[i + 1]);
        if (a == b)
            continue;
        note_pair(meetings, a, b);
        note_pair(meetings, b, a);
    }
}

bool tile_simplify_is_junction(const struct tile_meetings *meetings,
                               struct tile_point point)
{
    return find_slot(meetings, key_of(point))->count > 2;
}

double tile_simplify_distance2(struct tile_point p, struct tile_point a,
                               struct tile_point b)
{
    double dx = (double)b.x - (double)a.x;
    double dy = (double)b.y - (double)a.y;
    double px = (double)p.x - (double)a.x;
    double py = (double)p.y - (double)a.y;
    double length2 = dx * dx + dy * dy;
    double along = px * dx + py * dy;
    if (length2 > 0 && along > 0) {
        if (along >= length2) {
            px -= dx;
            py -= dy;
        } else {
            double cross = px * dy - py * dx;
            return cross * cross / length2;
        }
    }
    return px * px + py * py;
}

struct span {
    size_t first;
    size_t last;
};

/* Marks what stays of an open row of points. The stack is ours: recursion depth
 * would depend on the data. */
static void mark(struct gaz_arena *scratch, const struct tile_point *points,
                 size_t count, double tolerance, bool *keep)
{
    double limit = tolerance * tolerance;
    struct span *stack = gaz_arena_array(scratch, count, sizeof *stack);
    size_t depth = 0;
    keep[0] = true;
    keep[count - 1] = true;
    stack[depth++] = (struct span){0, count - 1};
    while (depth > 0) {
        struct span now = stack[--depth];
        double worst = limit;
        size_t at = 0;
        for (size_t i = now.first + 1; i < now.last; i++) {
            double d = tile_simplify_distance2(points[i], points[now.first],
                                               points[now.last]);
            if (d > worst) {
                worst = d;
                at = i;
            }
        }
        if (at == 0)
            continue;
        keep[at] = true;
        stack[depth++] = (struct span){now.first, at};
        stack[depth++] = (struct span){at, now.last};
    }
}

static bool runs_backwards(const struct tile_point *points, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        uint64_t a = key_of(points[i]);
        uint64_t b = key_of(points[count - 1 - i]);
        if (a != b)
            return a > b;
    }
    return false;
}

static void reverse(struct tile_point *points, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct tile_point swap = points[i];
        points[i] = points[count - 1 - i];
        points[count - 1 - i] = swap;
    }
}

/* Simplifies one arc in its canonical direction, in the order given. `out` gets
 * the arc without its last point. */
static size_t arc(struct gaz_arena *scratch, const struct tile_point *points,
                  size_t count, double tolerance, struct tile_point *out)
{
    struct tile_point *copy = gaz_arena_array(scratch, count, sizeof *copy);
    bool *keep = gaz_arena_array(scratch, count, sizeof *keep);
    memcpy(copy, points, count * sizeof *copy);
    bool backwards = runs_backwards(copy, count);
    if (backwards)
        reverse(copy, count);
    mark(scratch, copy, count, tolerance, keep);
    size_t made = 0;
    for (size_t i = 0; i + 1 < count; i++)
        if (keep[backwards ? count - 1 - i : i])
            out[made++] = points[i];
    return made;
}

size_t tile_simplify_line(struct gaz_arena *scratch,
                          const struct tile_meetings *meetings,
                          const struct tile_point *points, size_t count,
                          double tolerance, struct tile_point *out)
{
    size_t made = 0;
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (i + 1 < count && !tile_simplify_is_junction(meetings, points[i]))
            continue;
        made +=
            arc(scratch, points + first, i - first + 1, tolerance, out + made);
        first = i;
    }
    if (count > 0)
        out[made++] = points[count - 1];
    return made;
}

/* Where a ring is cut open: its first junction, else its smallest vertex, so
 * that the choice does not depend on where the data begins. */
static size_t start_of(const struct tile_meetings *meetings,
                       const struct tile_point *points, size_t corners)
{
    size_t smallest = 0;
    for (size_t i = 0; i < corners; i++) {
        if (tile_simplify_is_junction(meetings, points[i]))
            return i;
        if (key_of(points[i]) < key_of(points[smallest]))
            smallest = i;
    }
    return smallest;
}

size_t tile_simplify_ring(struct gaz_arena *scratch,
                          const struct tile_meetings *meetings,
                          const struct tile_point *points, size_t count,
                          double tolerance, struct tile_point *out)
{
    if (count < 4)
        return 0;
    size_t corners = count - 1;
    size_t start = start_of(meetings, points, corners);
    struct tile_point *turned = gaz_arena_array(scratch, count, sizeof *turned);
    for (size_t i = 0; i < count; i++)
        turned[i] = points[(start + i) % corners];
    size_t made =
        tile_simplify_line(scratch, meetings, turned, count, tolerance, out);
    return made >= 4 ? made : 0;
}
