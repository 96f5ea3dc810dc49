/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/coord.h"

#include <math.h>

static const double EARTH_RADIUS_M = 6371008.8; /* IUGG mean radius R1 */
static const double RADIANS_PER_DEGREE = 0.017453292519943295;

bool gaz_coord_is_valid(struct gaz_coord coord)
{
    /* NaN: false */
    return coord.lon >= -180 && coord.lon <= 180 && coord.lat >= -90 &&
           coord.lat <= 90;
}

double gaz_coord_distance_m(struct gaz_coord a, struct gaz_coord b)
{
    /* haversine: keeps its precision for points that are metres apart */
    double dlat = (b.lat - a.lat) * RADIANS_PER_DEGREE;
    double dlon = (b.lon - a.lon) * RADIANS_PER_DEGREE;
    double s = sin(dlat / 2);
    double t = sin(dlon / 2);
    double h = s * s + cos(a.lat * RADIANS_PER_DEGREE) *
                           cos(b.lat * RADIANS_PER_DEGREE) * t * t;
    return 2 * EARTH_RADIUS_M * asin(h < 1 ? sqrt(h) : 1);
}
