/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/along.h"

#include <math.h>

static const double METRES_PER_DEGREE = 6371008.8 * 0.017453292519943295;
static const double RADIANS_PER_DEGREE = 0.017453292519943295;
static const double MEETS_M = 30; /* half the width of a wide road, twice */

/* A plane in metres around a point: good to a few centimetres over a road. */
struct plane {
    struct gaz_coord origin;
    double x_m; /* a degree of longitude */
};

struct spot {
    double x;
    double y;
};

static struct plane plane_at(struct gaz_coord origin)
{
    return (struct plane){origin, METRES_PER_DEGREE *
                                      cos(origin.lat * RADIANS_PER_DEGREE)};
}

static struct spot to_spot(const struct plane *plane, struct gaz_coord c)
{
    return (struct spot){(c.lon - plane->origin.lon) * plane->x_m,
                         (c.lat - plane->origin.lat) * METRES_PER_DEGREE};
}

static struct gaz_coord to_coord(const struct plane *plane, struct spot s)
{
    return (struct gaz_coord){plane->origin.lon + s.x / plane->x_m,
                              plane->origin.lat + s.y / METRES_PER_DEGREE};
}

static struct spot point_of(const struct gaz_snapshot *snap,
                            const struct plane *plane, uint32_t i)
{
    return to_spot(
        plane, (struct gaz_coord){gaz_coord_from_e7(snap->points[i].lon_e7),
                                  gaz_coord_from_e7(snap->points[i].lat_e7)});
}

/* Where a position lies on a line. */
struct foot {
    double at_m;     /* along the line */
    double offset_m; /* to its left positive */
};

static bool has_name(const struct gaz_snapshot *snap, uint32_t road,
                     uint32_t text)
{
    const struct gaz_snap_place *row = &snap->places[road];
    for (uint32_t i = 0; i < row->name_count; i++)
        if (snap->names[row->name_first + i].text == text)
            return true; /* every text is stored once */
    return false;
}

/* The next road line from `from` on with a name of the road, or GAZ_NONE. */
static uint32_t next_line(const struct gaz_snapshot *snap, uint32_t road,
                          uint32_t from)
{
    for (uint32_t i = from; i < snap->line_count; i++)
        if (snap->lines[i].kind == GAZ_LINE_ROAD &&
            snap->lines[i].point_count > 1 &&
            has_name(snap, road, snap->lines[i].name))
            return i;
    return GAZ_NONE;
}

static struct foot foot_of(const struct gaz_snapshot *snap,
                           const struct gaz_snap_line *line,
                           const struct plane *plane, struct spot p)
{
    struct foot best = {0, INFINITY};
    double done = 0;
    struct spot a = point_of(snap, plane, line->point_first);
    for (uint32_t i = 1; i < line->point_count; i++) {
        struct spot b = point_of(snap, plane, line->point_first + i);
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        double length = hypot(dx, dy);
        double t = length > 0
                       ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length / length
                       : 0;
        t = fmax(0, fmin(1, t));
        double distance = hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
        double side = dx * (p.y - a.y) - dy * (p.x - a.x);
        if (distance < fabs(best.offset_m))
            best = (struct foot){done + t * length, copysign(distance, side)};
        done += length;
        a = b;
    }
    return best;
}

/* The point at a distance along a line and beside it; *way is the line's
 * direction there, 1 m long, unless `way` is NULL. */
static struct spot walk(const struct gaz_snapshot *snap,
                        const struct gaz_snap_line *line,
                        const struct plane *plane, struct foot foot,
                        struct spot *way)
{
    double left = foot.at_m;
    struct spot a = point_of(snap, plane, line->point_first);
    struct spot found = a;
    for (uint32_t i = 1; i < line->point_count; i++) {
        struct spot b = point_of(snap, plane, line->point_first + i);
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        double length = hypot(dx, dy);
        bool last = i + 1 == line->point_count;
        if (length > 0 && (left <= length || last)) {
            double t = fmin(1, left / length);
            double beside = foot.offset_m / length;
            if (way)
                *way = (struct spot){dx / length, dy / length};
            return (struct spot){a.x + t * dx - beside * dy,
                                 a.y + t * dy + beside * dx};
        }
        left -= length;
        a = b;
        found = b;
    }
    return found;
}

/* ---- sides ---- */

/* 1 m towards a compass point. */
static struct spot towards(gaz_bearing bearing)
{
    static const double EIGHTH = 0.78539816339744831; /* of a turn, radians */
    double angle = ((double)bearing - GAZ_BEARING_NORTH) * EIGHTH;
    return (struct spot){sin(angle), cos(angle)};
}

/* Which side of the line `side` is: 1 its left, -1 its right, 0 when it cannot
 * be told (the north side of a road that runs north). */
static int side_of(gaz_bearing side, struct spot way, bool grows_back)
{
    static const double TELLS = 0.26; /* sine of 15 degrees */
    if (side == GAZ_BEARING_NONE)
        return 0;
    if (side == GAZ_BEARING_LEFT || side == GAZ_BEARING_RIGHT)
        return (side == GAZ_BEARING_LEFT) != grows_back ? 1 : -1;
    struct spot to = towards(side);
    double left = way.x * to.y - way.y * to.x;
    return fabs(left) < TELLS ? 0 : left > 0 ? 1 : -1;
}

static void place_between(const struct gaz_snapshot *snap,
                          const struct gaz_snap_line *line,
                          const struct plane *plane,
                          const struct gaz_along_ask *ask,
                          const struct foot ends[2], struct gaz_along_spot *out)
{
    struct foot at = {ends[0].at_m + ask->part * (ends[1].at_m - ends[0].at_m),
                      ends[0].offset_m +
                          ask->part * (ends[1].offset_m - ends[0].offset_m)};
    if (ask->a_is_end)
        at.offset_m = ends[1].offset_m;
    struct spot way = {0, 0};
    (void)walk(snap, line, plane, at, &way);
    int side = side_of(ask->side, way, ends[1].at_m < ends[0].at_m);
    out->at_odds = ask->are_alike && side * at.offset_m < 0;
    out->by_side = side != 0 && !out->at_odds;
    if (out->by_side)
        at.offset_m = side * fabs(at.offset_m);
    out->at = to_coord(plane, walk(snap, line, plane, at, NULL));
    out->length_m = fabs(ends[1].at_m - ends[0].at_m);
}

bool gaz_along_between(const struct gaz_snapshot *snap,
                       const struct gaz_along_ask *ask,
                       struct gaz_along_spot *out)
{
    struct plane plane = plane_at(ask->a);
    double best = 2 * GAZ_ALONG_BESIDE_M;
    bool found = false;
    for (uint32_t i = next_line(snap, ask->road, 0); i != GAZ_NONE;
         i = next_line(snap, ask->road, i + 1)) {
        const struct gaz_snap_line *line = &snap->lines[i];
        struct foot ends[2] = {
            foot_of(snap, line, &plane, to_spot(&plane, ask->a)),
            foot_of(snap, line, &plane, to_spot(&plane, ask->b))};
        double off = fmax(fabs(ends[0].offset_m), fabs(ends[1].offset_m));
        if (off > GAZ_ALONG_BESIDE_M || off >= best)
            continue;
        best = off;
        found = true;
        place_between(snap, line, &plane, ask, ends, out);
    }
    return found;
}

/* How much of the way between a line's ends must lie towards the start. */
static const double CLEAR_END = 0.5;

bool gaz_along_start(const struct gaz_snapshot *snap, uint32_t road,
                     gaz_bearing start, struct gaz_coord beside,
                     struct gaz_coord *out)
{
    struct plane plane = plane_at(beside);
    struct spot to = towards(start);
    double best = GAZ_ALONG_BESIDE_M;
    bool found = false;
    for (uint32_t i = next_line(snap, road, 0); i != GAZ_NONE;
         i = next_line(snap, road, i + 1)) {
        const struct gaz_snap_line *line = &snap->lines[i];
        struct foot foot = foot_of(snap, line, &plane, to_spot(&plane, beside));
        struct spot first = point_of(snap, &plane, line->point_first);
        struct spot last =
            point_of(snap, &plane, line->point_first + line->point_count - 1);
        double ahead = (last.x - first.x) * to.x + (last.y - first.y) * to.y;
        double apart = hypot(last.x - first.x, last.y - first.y);
        if (fabs(foot.offset_m) >= best || fabs(ahead) < CLEAR_END * apart)
            continue;
        best = fabs(foot.offset_m);
        found = true;
        *out = to_coord(&plane, ahead > 0 ? last : first);
    }
    return found;
}

/* ---- crossings ---- */

/* The nearest two points of a line to another's, so far. */
struct meeting {
    struct spot at;
    double gap_m;
};

/* Where segment ab crosses cd; else false. */
static bool cross(struct spot a, struct spot b, struct spot c, struct spot d,
                  struct spot *out)
{
    double rx = b.x - a.x;
    double ry = b.y - a.y;
    double sx = d.x - c.x;
    double sy = d.y - c.y;
    double by = rx * sy - ry * sx;
    if (by == 0)
        return false;
    double t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / by;
    double u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / by;
    if (t < 0 || t > 1 || u < 0 || u > 1)
        return false;
    *out = (struct spot){a.x + t * rx, a.y + t * ry};
    return true;
}

static void meet(const struct gaz_snapshot *snap, const struct plane *plane,
                 const struct gaz_snap_line *one,
                 const struct gaz_snap_line *two, struct meeting *best)
{
    for (uint32_t i = 0; i < one->point_count; i++) {
        struct spot a = point_of(snap, plane, one->point_first + i);
        struct foot foot = foot_of(snap, two, plane, a);
        if (fabs(foot.offset_m) < best->gap_m) {
            struct spot b =
                walk(snap, two, plane, (struct foot){foot.at_m, 0}, NULL);
            best->gap_m = fabs(foot.offset_m);
            best->at = (struct spot){(a.x + b.x) / 2, (a.y + b.y) / 2};
        }
        for (uint32_t k = 1; i > 0 && k < two->point_count; k++) {
            struct spot at;
            if (!cross(point_of(snap, plane, one->point_first + i - 1), a,
                       point_of(snap, plane, two->point_first + k - 1),
                       point_of(snap, plane, two->point_first + k), &at))
                continue;
            *best = (struct meeting){at, 0};
            return;
        }
    }
}

bool gaz_along_crossing(const struct gaz_snapshot *snap, uint32_t road,
                        uint32_t other, struct gaz_coord *out, double *gap_m)
{
    struct meeting best = {{0, 0}, INFINITY};
    struct plane plane = {0};
    for (uint32_t i = next_line(snap, road, 0); i != GAZ_NONE;
         i = next_line(snap, road, i + 1)) {
        const struct gaz_snap_line *one = &snap->lines[i];
        const struct gaz_snap_point *first = &snap->points[one->point_first];
        for (uint32_t k = next_line(snap, other, 0);
             k != GAZ_NONE && best.gap_m > 0;
             k = next_line(snap, other, k + 1)) {
            struct meeting found = {{0, 0}, best.gap_m};
            struct plane here =
                plane_at((struct gaz_coord){gaz_coord_from_e7(first->lon_e7),
                                            gaz_coord_from_e7(first->lat_e7)});
            meet(snap, &here, one, &snap->lines[k], &found);
            if (found.gap_m >= best.gap_m)
                continue;
            best = found;
            plane = here;
        }
    }
    *gap_m = best.gap_m;
    if (!(best.gap_m <= MEETS_M))
        return false;
    *out = to_coord(&plane, best.at);
    return true;
}
