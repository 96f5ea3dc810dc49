/* track.h - a line of many segments, and the nearest place on it.
 *
 * Pure. Metres of a plane, x east and y north. Segments that follow each other
 * lie near each other, so a tree of boxes over their order (a packed R-tree
 * whose order is the line's own) finds the nearest of 100,000 in a microsecond
 * or two, at any distance.
 *
 *     struct gaz_track track;
 *     gaz_track_open(arena, points, NULL, count, &track);
 *     gaz_track_nearest(&track, at, HUGE_VAL, 0, &foot);
 *
 * A track lives in the arena that it was made in and may be read by many.
 */
#ifndef GAZ_GEO_TRACK_H
#define GAZ_GEO_TRACK_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"

struct gaz_track_point {
    double x; /* east */
    double y; /* north */
};

struct gaz_track_segment {
    struct gaz_track_point a;
    struct gaz_track_point b;
    double before_m; /* length of the line before it */
};

struct gaz_track_box {
    struct gaz_track_point min;
    struct gaz_track_point max;
};

struct gaz_track {
    const struct gaz_track_segment *segments; /* none of length 0 */
    size_t count;
    double length_m;
    struct gaz_track_box *boxes; /* a binary tree, its leaves last */
    size_t leaves;               /* a power of two; 0: no segment */
};

/* Where a point is beside the line. */
struct gaz_track_foot {
    struct gaz_track_point at; /* on the line */
    double distance_m;
    double along_m; /* of the foot from the line's beginning */
    double side;    /* over 0: the point is left of the line; 0: on it */
    size_t segment;
};

/* gaz_track_open makes a track of `count` points. Where `begins` is not NULL, a
 * point whose flag is set begins a new part: no segment leads to it. */
void gaz_track_open(struct gaz_arena *arena,
                    const struct gaz_track_point *points, const bool *begins,
                    size_t count, struct gaz_track *out);

/* gaz_track_nearest finds the place on the line nearest to `at`, no farther
 * than `within_m` (HUGE_VAL: any). `hint` is a segment to begin at, such as the
 * last answer's: a near one saves time, any will do.
 * @return false: nothing so near; `out` is then left as it was */
bool gaz_track_nearest(const struct gaz_track *track, struct gaz_track_point at,
                       double within_m, size_t hint,
                       struct gaz_track_foot *out);

/* gaz_track_off_m returns the distance to one segment. */
double gaz_track_off_m(const struct gaz_track *track, size_t segment,
                       struct gaz_track_point at);

/* gaz_track_at returns the place `along_m` from the beginning, the ends for
 * what is beyond them. The track must have a segment. */
struct gaz_track_point gaz_track_at(const struct gaz_track *track,
                                    double along_m);

/* A pair of segments that meet and do not follow each other. */
struct gaz_track_crossing {
    size_t first;
    size_t second;
    struct gaz_track_point at;
};

/* gaz_track_crossings finds where a line meets itself: crosses, touches or runs
 * back. At most `max`; returns how many. */
size_t gaz_track_crossings(const struct gaz_track *track,
                           struct gaz_track_crossing *out, size_t max);

#endif
