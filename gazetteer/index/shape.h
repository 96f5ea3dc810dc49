/* shape.h - shapes in whole 1e-7 degrees: read from WKB, and point in area.
 * Private to the room.
 *
 * Integers make the answer exact: no point is on both sides of an edge, and two
 * areas that share an edge never both hold a point beside it.
 */
#ifndef GAZ_INDEX_SHAPE_H
#define GAZ_INDEX_SHAPE_H

#include "gazetteer/geo/geometry.h"
#include "gazetteer/index/rows.h"
#include "gazetteer/index/snapshot.h"

/* gaz_shape_area appends the rings (struct gaz_snap_ring) and points (struct
 * gaz_snap_point) of a polygon or multipolygon. False, with both arrays as they
 * were, for anything else or more than 65535 rings. */
bool gaz_shape_area(struct gaz_wkb wkb, uint32_t place, struct gaz_rows *rings,
                    struct gaz_rows *points);

struct gaz_shape_part {
    size_t point_first;
    size_t point_count;
};

/* gaz_shape_lines appends the parts (struct gaz_shape_part) and points of a
 * linestring or multilinestring; false as above. */
bool gaz_shape_lines(struct gaz_wkb wkb, struct gaz_rows *parts,
                     struct gaz_rows *points);

/* gaz_shape_holds is true when `p` lies in an area by even-odd ray casting over
 * all its rings, whose points are numbered in `points`. */
bool gaz_shape_holds(const struct gaz_snap_ring *rings, size_t ring_count,
                     const struct gaz_snap_point *points,
                     struct gaz_snap_point p);

#endif
