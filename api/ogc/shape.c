/* SPDX-License-Identifier: Apache-2.0 */
#include "api/ogc/shape.h"

struct segment {
    struct gaz_coord a;
    struct gaz_coord b;
};

struct ogc_shape ogc_shape_point(struct gaz_arena *arena,
                                 struct gaz_coord coord)
{
    struct gaz_coord *point = gaz_arena_alloc(arena, sizeof(*point));
    struct ogc_ring *ring = gaz_arena_alloc(arena, sizeof(*ring));
    *point = coord;
    *ring = (struct ogc_ring){.points = point, .count = 1};
    return (struct ogc_shape){.kind = OGC_SHAPE_POINT,
                              .box = {coord, coord},
                              .rings = ring,
                              .ring_count = 1};
}

static void widen(struct gaz_box *box, struct gaz_coord at)
{
    if (at.lon < box->min.lon)
        box->min.lon = at.lon;
    if (at.lat < box->min.lat)
        box->min.lat = at.lat;
    if (at.lon > box->max.lon)
        box->max.lon = at.lon;
    if (at.lat > box->max.lat)
        box->max.lat = at.lat;
}

void ogc_shape_measure(struct ogc_shape *shape)
{
    shape->box =
        (struct gaz_box){shape->rings[0].points[0], shape->rings[0].points[0]};
    for (size_t i = 0; i < shape->ring_count; i++)
        for (size_t k = 0; k < shape->rings[i].count; k++)
            widen(&shape->box, shape->rings[i].points[k]);
}

bool ogc_shape_boxes_meet(const struct gaz_box *a, const struct gaz_box *b)
{
    return a->min.lon <= b->max.lon && b->min.lon <= a->max.lon &&
           a->min.lat <= b->max.lat && b->min.lat <= a->max.lat;
}

/* Twice the area of the triangle; its sign is the side of c. */
static double turn(struct gaz_coord a, struct gaz_coord b, struct gaz_coord c)
{
    return (b.lon - a.lon) * (c.lat - a.lat) -
           (b.lat - a.lat) * (c.lon - a.lon);
}

static struct gaz_box box_of(const struct segment *s)
{
    struct gaz_box box = {s->a, s->a};
    widen(&box, s->b);
    return box;
}

/* Segments may be single points. */
static bool segments_meet(const struct segment *s, const struct segment *t)
{
    struct gaz_box s_box = box_of(s);
    struct gaz_box t_box = box_of(t);
    if (!ogc_shape_boxes_meet(&s_box, &t_box))
        return false;
    double ta = turn(s->a, s->b, t->a);
    double tb = turn(s->a, s->b, t->b);
    double sa = turn(t->a, t->b, s->a);
    double sb = turn(t->a, t->b, s->b);
    return !((ta > 0 && tb > 0) || (ta < 0 && tb < 0) || (sa > 0 && sb > 0) ||
             (sa < 0 && sb < 0));
}

/* The index-th segment of a ring; a lone point is one segment. */
static struct segment segment_at(const struct ogc_ring *ring, size_t index)
{
    size_t next = index + 1 < ring->count ? index + 1 : index;
    return (struct segment){ring->points[index], ring->points[next]};
}

static size_t segment_count(const struct ogc_ring *ring)
{
    return ring->count > 1 ? ring->count - 1 : ring->count;
}

static bool segment_meets(const struct segment *s,
                          const struct ogc_shape *shape)
{
    for (size_t i = 0; i < shape->ring_count; i++) {
        const struct ogc_ring *ring = &shape->rings[i];
        for (size_t k = 0; k < segment_count(ring); k++) {
            struct segment t = segment_at(ring, k);
            if (segments_meet(s, &t))
                return true;
        }
    }
    return false;
}

static bool edges_meet(const struct ogc_shape *a, const struct ogc_shape *b)
{
    for (size_t i = 0; i < a->ring_count; i++) {
        const struct ogc_ring *ring = &a->rings[i];
        for (size_t k = 0; k < segment_count(ring); k++) {
            struct segment s = segment_at(ring, k);
            struct gaz_box box = box_of(&s);
            if (ogc_shape_boxes_meet(&box, &b->box) && segment_meets(&s, b))
                return true;
        }
    }
    return false;
}

static bool holds(const struct ogc_shape *area, struct gaz_coord at)
{
    bool is_inside = false;
    for (size_t i = 0; i < area->ring_count; i++) {
        const struct ogc_ring *ring = &area->rings[i];
        for (size_t k = 0; k + 1 < ring->count; k++) {
            struct gaz_coord a = ring->points[k];
            struct gaz_coord b = ring->points[k + 1];
            bool crosses = (a.lat > at.lat) != (b.lat > at.lat);
            if (crosses &&
                at.lon < (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat) +
                             a.lon)
                is_inside = !is_inside;
        }
    }
    return is_inside;
}

static bool holds_some(const struct ogc_shape *area,
                       const struct ogc_shape *other)
{
    if (area->kind != OGC_SHAPE_AREA)
        return false;
    for (size_t i = 0; i < other->ring_count; i++)
        if (holds(area, other->rings[i].points[0]))
            return true;
    return false;
}

bool ogc_shape_intersects(const struct ogc_shape *a, const struct ogc_shape *b)
{
    if (a->kind == OGC_SHAPE_NONE || b->kind == OGC_SHAPE_NONE ||
        !ogc_shape_boxes_meet(&a->box, &b->box))
        return false;
    return edges_meet(a, b) || holds_some(a, b) || holds_some(b, a);
}
