/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/geodesic.h"

#include <geodesic.h>
#include <math.h>

/* CGCS2000, as EPSG:4490 defines it. */
static const double SEMI_MAJOR_AXIS_M = 6378137;
static const double INVERSE_FLATTENING = 298.257222101;

static struct geod_geodesic ellipsoid(void)
{
    struct geod_geodesic earth;
    geod_init(&earth, SEMI_MAJOR_AXIS_M, 1 / INVERSE_FLATTENING);
    return earth;
}

double gaz_geodesic_distance_m(struct gaz_coord a, struct gaz_coord b)
{
    const struct gaz_coord points[] = {a, b};
    return gaz_geodesic_length_m(points, 2);
}

double gaz_geodesic_length_m(const struct gaz_coord *points, size_t count)
{
    const struct geod_geodesic earth = ellipsoid();
    double length_m = 0;
    for (size_t i = 1; i < count; i++) {
        double step_m = 0;
        geod_inverse(&earth, points[i - 1].lat, points[i - 1].lon,
                     points[i].lat, points[i].lon, &step_m, NULL, NULL);
        length_m += step_m;
    }
    return length_m;
}

double gaz_geodesic_area_m2(const struct gaz_coord *ring, size_t count)
{
    const struct geod_geodesic earth = ellipsoid();
    struct geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i < count; i++)
        geod_polygon_addpoint(&earth, &polygon, ring[i].lat, ring[i].lon);
    double area_m2 = 0;
    (void)geod_polygon_compute(&earth, &polygon, 0, 1, &area_m2, NULL);
    return fabs(area_m2);
}
