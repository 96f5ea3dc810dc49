/* line.h - lines that are no place: coastline, boundary lines, road axes. */
#ifndef GAZ_MODEL_LINE_H
#define GAZ_MODEL_LINE_H

#include "gazetteer/model/place.h"

enum gaz_line_kind {
    GAZ_LINE_COAST = 1,
    GAZ_LINE_BOUNDARY = 2,
    GAZ_LINE_ROAD = 3,
};

struct gaz_line {
    const char *name; /* "沪浙线金山—平湖段" */
    const char *code; /* "310116-330482" of a boundary; "" otherwise */
    enum gaz_line_kind kind;
    gaz_level level; /* of a boundary: the level that it divides */
    bool is_schematic;
    bool is_synthetic;
    const struct gaz_coord *points; /* EPSG:4490 */
    size_t point_count;
    gaz_id left; /* area on the left in the line's direction; 0: none */
    gaz_id right;
    int64_t source;
};

#endif
