/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/area.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double RAD = 3.14159265358979323846 / 180;
static const double M_PER_DEG = 6378137.0 * 3.14159265358979323846 / 180;
/* The meridian is shorter than the equator at 30.7 N (GRS80). */
static const double NORTH_M_PER_DEG = 110852.0;

struct gaz_offset gaz_area_offset(struct gaz_coord from, struct gaz_coord to)
{
    return (struct gaz_offset){(to.lon - from.lon) * M_PER_DEG *
                                   cos(from.lat * RAD) * 1.0009,
                               (to.lat - from.lat) * NORTH_M_PER_DEG};
}

/* ---- reading WKB ---- */

enum { POLYGON = 3, MULTIPOLYGON = 6, RINGS_MAX = 4096 };

struct reader {
    const unsigned char *at;
    const unsigned char *end;
};

static bool take(struct reader *r, void *out, size_t size)
{
    if ((size_t)(r->end - r->at) < size)
        return false;
    memcpy(out, r->at, size);
    r->at += size;
    return true;
}

static bool take_head(struct reader *r, uint32_t *type)
{
    unsigned char order;
    return take(r, &order, 1) && order == 1 && take(r, type, sizeof(*type));
}

static bool take_ring(struct reader *r, struct gaz_arena *arena,
                      struct gaz_corpus_ring *ring)
{
    uint32_t count;
    if (!take(r, &count, sizeof(count)) ||
        count > (size_t)(r->end - r->at) / sizeof(struct gaz_coord))
        return false;
    size_t size = count * sizeof(struct gaz_coord);
    ring->points = gaz_arena_grow(arena, r->at, size, size);
    ring->count = (int)count;
    r->at += size;
    return true;
}

static bool take_polygon(struct reader *r, struct gaz_arena *arena,
                         struct gaz_corpus_ring *rings, int *count)
{
    uint32_t rings_here;
    if (!take(r, &rings_here, sizeof(rings_here)))
        return false;
    for (uint32_t i = 0; i < rings_here; i++)
        if (*count == RINGS_MAX || !take_ring(r, arena, &rings[(*count)++]))
            return false;
    return true;
}

static bool take_area(struct reader *r, struct gaz_arena *arena,
                      struct gaz_corpus_ring *rings, int *count)
{
    uint32_t type;
    uint32_t parts = 1;
    if (!take_head(r, &type) || (type != POLYGON && type != MULTIPOLYGON))
        return false;
    if (type == POLYGON)
        return take_polygon(r, arena, rings, count);
    if (!take(r, &parts, sizeof(parts)))
        return false;
    for (uint32_t i = 0; i < parts; i++)
        if (!take_head(r, &type) || type != POLYGON ||
            !take_polygon(r, arena, rings, count))
            return false;
    return true;
}

static struct gaz_box box_of(const struct gaz_corpus_area *area)
{
    struct gaz_box box = {{180, 90}, {-180, -90}};
    for (int i = 0; i < area->count; i++)
        for (int k = 0; k < area->rings[i].count; k++) {
            struct gaz_coord p = area->rings[i].points[k];
            box.min.lon = fmin(box.min.lon, p.lon);
            box.min.lat = fmin(box.min.lat, p.lat);
            box.max.lon = fmax(box.max.lon, p.lon);
            box.max.lat = fmax(box.max.lat, p.lat);
        }
    return box;
}

static bool read_area(struct gaz_corpus *corpus, const struct gaz_place *place,
                      struct gaz_corpus_area *out)
{
    struct gaz_corpus_ring rings[RINGS_MAX];
    struct reader r = {place->area_wkb, (const unsigned char *)place->area_wkb +
                                            place->area_size};
    int count = 0;
    if (!take_area(&r, &corpus->ctx.arena, rings, &count) || count == 0)
        return false;
    size_t size = (size_t)count * sizeof(rings[0]);
    *out = (struct gaz_corpus_area){
        .rings = gaz_arena_grow(&corpus->ctx.arena, rings, size, size),
        .count = count};
    out->box = box_of(out);
    return true;
}

void gaz_area_read_all(struct gaz_corpus *corpus)
{
    int areas = 0;
    for (int i = 0; i < corpus->place_count; i++)
        areas += corpus->places[i].place.area_wkb != NULL;
    struct gaz_arena *arena = &corpus->ctx.arena;
    corpus->areas =
        gaz_arena_array(arena, (size_t)areas + 1, sizeof(*corpus->areas));
    corpus->axes = gaz_arena_array(arena, (size_t)corpus->road_count + 1,
                                   sizeof(*corpus->axes));
    for (int i = 0; i < corpus->place_count; i++) {
        struct gaz_corpus_place *place = &corpus->places[i];
        if (place->place.area_wkb &&
            read_area(corpus, &place->place,
                      &corpus->areas[corpus->area_count]))
            place->area = corpus->area_count++;
    }
    for (int i = 0; i < corpus->road_count; i++) {
        const struct gaz_line *line = &corpus->roads[i];
        int road = gaz_corpus_find_id(corpus, line->left);
        if (road < 0 || line->point_count < 2)
            continue;
        corpus->axes[corpus->axis_count] =
            (struct gaz_corpus_axis){line->points, (int)line->point_count};
        corpus->places[road].axis = corpus->axis_count++;
    }
}

/* ---- polygons ---- */

bool gaz_area_contains(const struct gaz_corpus_area *area,
                       struct gaz_coord point)
{
    bool inside = false;
    if (point.lon < area->box.min.lon || point.lon > area->box.max.lon ||
        point.lat < area->box.min.lat || point.lat > area->box.max.lat)
        return false;
    for (int r = 0; r < area->count; r++) {
        const struct gaz_corpus_ring *ring = &area->rings[r];
        for (int i = 0, k = ring->count - 1; i < ring->count; k = i++) {
            struct gaz_coord a = ring->points[i];
            struct gaz_coord b = ring->points[k];
            if ((a.lat > point.lat) != (b.lat > point.lat) &&
                point.lon <
                    (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat) +
                        a.lon)
                inside = !inside;
        }
    }
    return inside;
}

/* Where the foot of the origin lies on a-b, from 0 to 1. */
static double foot(struct gaz_offset a, struct gaz_offset b)
{
    double dx = b.east_m - a.east_m;
    double dy = b.north_m - a.north_m;
    double square = dx * dx + dy * dy;
    double t = square > 0 ? -(a.east_m * dx + a.north_m * dy) / square : 0;
    return t < 0 ? 0 : t > 1 ? 1 : t;
}

static double edge_m(struct gaz_offset a, struct gaz_offset b)
{
    double t = foot(a, b);
    return hypot(a.east_m + t * (b.east_m - a.east_m),
                 a.north_m + t * (b.north_m - a.north_m));
}

double gaz_area_outside_m(const struct gaz_corpus_area *area,
                          struct gaz_coord point)
{
    if (gaz_area_contains(area, point))
        return 0;
    double best = DBL_MAX;
    for (int r = 0; r < area->count; r++) {
        const struct gaz_corpus_ring *ring = &area->rings[r];
        for (int i = 0, k = ring->count - 1; i < ring->count; k = i++)
            best = fmin(best, edge_m(gaz_area_offset(point, ring->points[k]),
                                     gaz_area_offset(point, ring->points[i])));
    }
    return best;
}

/* ---- lines ---- */

struct gaz_along gaz_area_along(const struct gaz_corpus_axis *axis,
                                struct gaz_coord point)
{
    struct gaz_along best = {0, DBL_MAX, 0};
    double before = 0;
    for (int i = 0; i + 1 < axis->count; i++) {
        struct gaz_offset a = gaz_area_offset(point, axis->points[i]);
        struct gaz_offset b = gaz_area_offset(point, axis->points[i + 1]);
        double dx = b.east_m - a.east_m;
        double dy = b.north_m - a.north_m;
        double length = hypot(dx, dy);
        double distance = edge_m(a, b);
        if (distance < best.distance_m) {
            /* the origin is left of a-b when the cross product is positive */
            double cross = dx * -a.north_m - dy * -a.east_m;
            best = (struct gaz_along){before + foot(a, b) * length, distance,
                                      cross > 0 ? distance : -distance};
        }
        before += length;
    }
    return best;
}
