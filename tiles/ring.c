/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/ring.h"

#include <stdlib.h>

enum { ROUNDS_MAX = 256 };

/* An edge from vertex `at` to the next, by its span of y. */
struct span {
    int64_t low;
    int64_t high;
    size_t at;
};

/* Two edges that have a point in common which they must not have. */
struct contact {
    size_t a;
    size_t b; /* the later edge */
    bool is_crossing;
    size_t vertex; /* of a touch: the vertex that lies on the other edge */
    size_t edge;
};

static int64_t side(struct tile_vertex a, struct tile_vertex b,
                    struct tile_vertex p)
{
    int64_t cross = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    return (cross > 0) - (cross < 0);
}

static bool is_between(struct tile_vertex a, struct tile_vertex b,
                       struct tile_vertex p)
{
    return p.x >= (a.x < b.x ? a.x : b.x) && p.x <= (a.x > b.x ? a.x : b.x) &&
           p.y >= (a.y < b.y ? a.y : b.y) && p.y <= (a.y > b.y ? a.y : b.y);
}

static bool lies_on(struct tile_vertex a, struct tile_vertex b,
                    struct tile_vertex p)
{
    return side(a, b, p) == 0 && is_between(a, b, p);
}

static bool is_contact(struct tile_path ring, size_t a, size_t b,
                       struct contact *out)
{
    size_t n = ring.count;
    size_t ends[4] = {a, (a + 1) % n, b, (b + 1) % n};
    struct tile_vertex v[4];
    for (int i = 0; i < 4; i++)
        v[i] = ring.items[ends[i]];
    *out = (struct contact){.a = a < b ? a : b, .b = a < b ? b : a};
    for (int i = 0; i < 4; i++) {
        int other = i < 2 ? 2 : 0;
        /* Neighbours share a vertex; its other end may still lie on them. */
        if (ends[i] == ends[other] || ends[i] == ends[other + 1])
            continue;
        if (lies_on(v[other], v[other + 1], v[i])) {
            out->vertex = ends[i];
            out->edge = ends[other];
            return true;
        }
    }
    if (ends[1] == ends[2] || ends[3] == ends[0])
        return false;
    out->is_crossing = side(v[0], v[1], v[2]) * side(v[0], v[1], v[3]) < 0 &&
                       side(v[2], v[3], v[0]) * side(v[2], v[3], v[1]) < 0;
    return out->is_crossing;
}

static int compare(const void *left, const void *right)
{
    const struct span *a = left;
    const struct span *b = right;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* Looks at pairs of edges whose spans of y meet. */
static bool find_contact(struct gaz_arena *scratch, struct tile_path ring,
                         struct contact *out)
{
    struct span *spans = gaz_arena_array(scratch, ring.count, sizeof *spans);
    for (size_t i = 0; i < ring.count; i++) {
        int64_t y0 = ring.items[i].y;
        int64_t y1 = ring.items[(i + 1) % ring.count].y;
        spans[i] = (struct span){y0 < y1 ? y0 : y1, y0 < y1 ? y1 : y0, i};
    }
    qsort(spans, ring.count, sizeof *spans, compare);
    for (size_t i = 0; i < ring.count; i++)
        for (size_t k = i + 1; k < ring.count && spans[k].low <= spans[i].high;
             k++)
            if (is_contact(ring, spans[i].at, spans[k].at, out))
                return true;
    return false;
}

bool tile_ring_is_simple(struct gaz_arena *scratch, struct tile_path ring)
{
    struct contact contact;
    return ring.count >= 3 && tile_clip_area2(ring) != 0 &&
           !find_contact(scratch, ring, &contact);
}

static void turn_round(struct tile_path *ring, size_t first, size_t last)
{
    for (; first < last; first++, last--) {
        struct tile_vertex swap = ring->items[first];
        ring->items[first] = ring->items[last];
        ring->items[last] = swap;
    }
}

/* The vertices from `first` to `last`, round the end of the ring. */
static struct tile_path part_of(struct gaz_arena *arena, struct tile_path ring,
                                size_t first, size_t last)
{
    size_t count = (last + ring.count - first) % ring.count + 1;
    struct tile_path made = {
        gaz_arena_array(arena, count, sizeof(struct tile_vertex)), count};
    for (size_t i = 0; i < count; i++)
        made.items[i] = ring.items[(first + i) % ring.count];
    return made;
}

size_t tile_ring_mend(struct gaz_arena *arena, struct tile_path ring,
                      struct tile_path **out)
{
    struct tile_path *waiting =
        gaz_arena_array(arena, ROUNDS_MAX + 2, sizeof *waiting);
    struct tile_path *made =
        gaz_arena_array(arena, ROUNDS_MAX + 2, sizeof *made);
    size_t count = 0;
    size_t made_count = 0;
    waiting[count++] = ring;
    for (int rounds = 0; count > 0 && rounds < ROUNDS_MAX; rounds++) {
        struct tile_path now = waiting[--count];
        struct contact contact;
        tile_clip_tidy(&now);
        if (now.count < 3 || tile_clip_area2(now) == 0)
            continue;
        if (!find_contact(arena, now, &contact)) {
            made[made_count++] = now;
        } else if (contact.is_crossing) {
            turn_round(&now, contact.a + 1, contact.b);
            waiting[count++] = now;
        } else {
            size_t next = (contact.edge + 1) % now.count;
            waiting[count++] =
                part_of(arena, now, contact.vertex, contact.edge);
            waiting[count++] = part_of(arena, now, next, contact.vertex);
        }
    }
    *out = made;
    return made_count;
}
