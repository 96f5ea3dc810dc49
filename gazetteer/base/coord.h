/* coord.h - a position on CGCS2000 (EPSG:4490).
 *
 * The one coordinate type of the project: longitude first, degrees. No
 * longitude/latitude pair crosses a function as two doubles, so that the axes
 * cannot be swapped. Metres go through gazetteer/geo/crs.h (EPSG:4549 near
 * Pinghu); the helpers here are spherical and good for ranking only.
 */
#ifndef GAZ_BASE_COORD_H
#define GAZ_BASE_COORD_H

#include <stdbool.h>
#include <stdint.h>

struct gaz_coord {
    double lon; /* degrees east, -180 to 180 */
    double lat; /* degrees north, -90 to 90 */
};

struct gaz_box {
    struct gaz_coord min; /* south-west corner */
    struct gaz_coord max; /* north-east corner; never across the date line */
};

/* gaz_coord_is_valid is true for finite degrees inside the ranges above. */
bool gaz_coord_is_valid(struct gaz_coord coord);

/* gaz_coord_distance_m returns the great-circle distance in metres, on a
 * sphere of radius 6371008.8 m: wrong by up to 0.5 %, good enough to rank
 * candidates, not to survey land. Both must be valid. */
double gaz_coord_distance_m(struct gaz_coord a, struct gaz_coord b);

/* The snapshot keeps degrees as integers of 1e-7 degree (about 1 cm). */
static inline int32_t gaz_coord_to_e7(double degrees)
{
    return (int32_t)(degrees * 1e7 + (degrees < 0 ? -0.5 : 0.5));
}

static inline double gaz_coord_from_e7(int32_t e7)
{
    return (double)e7 / 1e7;
}

#endif
