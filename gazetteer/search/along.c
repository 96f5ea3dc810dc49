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

/* The point at a distance along a line and beside it. */
static struct spot walk(const struct gaz_snapshot *snap,
                        const struct gaz_snap_line *line,
                        const struct plane *plane, struct foot foot)
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
            return (struct spot){a.x + t * dx - beside * dy,
                                 a.y + t * dy + beside * dx};
        }
        left -= length;
        a = b;
        found = b;
    }
    return found;
}

bool gaz_along_between(const struct gaz_snapshot *snap, uint32_t road,
                       struct gaz_coord a, struct gaz_coord b, double part,
                       struct gaz_coord *out, double *length_m)
{
    struct plane plane = plane_at(a);
    double best = 2 * GAZ_ALONG_BESIDE_M;
    bool found = false;
    for (uint32_t i = next_line(snap, road, 0); i != GAZ_NONE;
         i = next_line(snap, road, i + 1)) {
        const struct gaz_snap_line *line = &snap->lines[i];
        struct foot from = foot_of(snap, line, &plane, to_spot(&plane, a));
        struct foot to = foot_of(snap, line, &plane, to_spot(&plane, b));
        double off = fmax(fabs(from.offset_m), fabs(to.offset_m));
        if (off > GAZ_ALONG_BESIDE_M || off >= best)
            continue;
        best = off;
        found = true;
        struct foot at = {from.at_m + part * (to.at_m - from.at_m),
                          from.offset_m + part * (to.offset_m - from.offset_m)};
        *out = to_coord(&plane, walk(snap, line, &plane, at));
        *length_m = fabs(to.at_m - from.at_m);
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
            struct spot b = walk(snap, two, plane, (struct foot){foot.at_m, 0});
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
