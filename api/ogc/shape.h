/* shape.h - what lies where: the geometry of a feature or of a filter.
 *
 * Degrees, CGCS2000, planar: edges are straight in longitude and latitude, as
 * RFC 7946 and CQL2 read them. "Intersects" is that of OGC 06-103r4: one common
 * point is enough, boundaries count. Areas are even-odd over all their rings.
 */
#ifndef API_OGC_SHAPE_H
#define API_OGC_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/coord.h"

typedef enum {
    OGC_SHAPE_NONE, /* no position is known */
    OGC_SHAPE_POINT,
    OGC_SHAPE_LINE,
    OGC_SHAPE_AREA,
} ogc_shape_kind;

struct ogc_ring { /* a point, a line, or a closed ring */
    const struct gaz_coord *points;
    size_t count;
    bool begins_polygon;
};

struct ogc_shape {
    ogc_shape_kind kind;
    struct gaz_box box;
    const struct ogc_ring *rings; /* one or more */
    size_t ring_count;
};

/* The shape of one position; the ring lives in arena. */
struct ogc_shape ogc_shape_point(struct gaz_arena *arena,
                                 struct gaz_coord coord);
/* ogc_shape_measure sets the box from the rings. */
void ogc_shape_measure(struct ogc_shape *shape);

bool ogc_shape_boxes_meet(const struct gaz_box *a, const struct gaz_box *b);
bool ogc_shape_intersects(const struct ogc_shape *a, const struct ogc_shape *b);

#endif
