/* area.h - points in polygons and on lines, in metres near Pinghu. Pure.
 *
 * Distances are taken in a plane that touches the point: wrong by less than
 * 0.1 % within 50 km, which decides no rule.
 */
#ifndef GAZ_AUDIT_AREA_H
#define GAZ_AUDIT_AREA_H

#include "gazetteer/audit/corpus.h"

/* East and north of `from`, in metres. */
struct gaz_offset {
    double east_m;
    double north_m;
};

struct gaz_offset gaz_area_offset(struct gaz_coord from, struct gaz_coord to);

/* gaz_area_read_all reads the polygons of places and the axes of roads of a
 * corpus; what is no polygon is left out. */
void gaz_area_read_all(struct gaz_corpus *corpus);

bool gaz_area_contains(const struct gaz_corpus_area *area,
                       struct gaz_coord point);
/* 0 inside, else metres to the nearest edge. */
double gaz_area_outside_m(const struct gaz_corpus_area *area,
                          struct gaz_coord point);

/* Where a point lies along a line. */
struct gaz_along {
    double chainage_m; /* from the line's first point */
    double distance_m; /* from the line */
    double side_m;     /* the same, more than 0 on the left */
};
struct gaz_along gaz_area_along(const struct gaz_corpus_axis *axis,
                                struct gaz_coord point);

#endif
