/* border_work.h - what the collections of boundary lines share (border.c). */
#ifndef API_OGC_BORDER_WORK_H
#define API_OGC_BORDER_WORK_H

#include "api/access/ledger.h"
#include "api/ogc/collection.h"

enum { OGC_BORDER_DECIMALS = 10 }; /* of degrees: 0.01 mm */

/* One marker or point, with its line. */
struct ogc_border_mark {
    const struct gaz_boundary_line *line;
    const struct gaz_boundary_marker *marker; /* of markers */
    const struct gaz_boundary_point *point;   /* of points */
};

/* What this caller may see. */
struct ogc_border {
    struct api_ledger_lines lines;
    const struct ogc_border_mark *markers;
    uint32_t marker_count;
    const struct ogc_border_mark *points;
    uint32_t point_count;
    bool with_marks;
};

/* ogc_collection.load of all three. */
gaz_status ogc_border_load(struct api_worker *worker);

/* ogc_collection.has and .credit: every row, and nobody's. */
bool ogc_border_has(const struct api_worker *worker, uint32_t index);
void ogc_border_credit(const struct api_worker *worker, uint32_t index,
                       struct api_credits *credits);

/* "M17" */
void ogc_border_write_id(char letter, int64_t id, char *out);
int64_t ogc_border_read_id(char letter, const char *id); /* -1: none */

/* False: there is no point. */
bool ogc_border_box(const struct gaz_coord *points, size_t count,
                    struct gaz_box *out);
/* Of a position; NULL: none. */
void ogc_border_point(const struct ogc_row *row,
                      const struct gaz_boundary_fix *fix,
                      struct ogc_shape *out);
void ogc_border_height(const struct gaz_boundary_fix *fix,
                       struct ogc_value *out);

#endif
