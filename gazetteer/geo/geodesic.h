/* geodesic.h - lengths and areas on the ellipsoid of CGCS2000.
 *
 * Pure; the only door to PROJ's geodesic.h. Exact to nanometres, unlike the
 * spherical helpers of base/coord.h and unlike a map plane, which is longer
 * than the ground by 113 to 155 ppm near Pinghu.
 */
#ifndef GAZ_GEO_GEODESIC_H
#define GAZ_GEO_GEODESIC_H

#include <stddef.h>

#include "gazetteer/base/coord.h"

/* gaz_geodesic_distance_m returns the length of the shortest line. */
double gaz_geodesic_distance_m(struct gaz_coord a, struct gaz_coord b);

/* gaz_geodesic_azimuth_deg returns the azimuth from true north, 0 to 360, at
 * which the shortest line leaves `from`; 0 where both are one place. */
double gaz_geodesic_azimuth_deg(struct gaz_coord from, struct gaz_coord to);

/* gaz_geodesic_length_m returns the length of a line of `count` points. */
double gaz_geodesic_length_m(const struct gaz_coord *points, size_t count);

/* gaz_geodesic_area_m2 returns the area inside a ring, whatever its direction;
 * the last point may repeat the first. */
double gaz_geodesic_area_m2(const struct gaz_coord *ring, size_t count);

#endif
