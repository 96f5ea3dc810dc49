/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/gcj02.h"

#include <math.h>
#include <stdbool.h>

static const double PI = 3.14159265358979323846;
static const double AXIS_M = 6378245.0; /* Krasovsky 1940 */
static const double ECCENTRICITY2 = 0.006693421622965823;
static const double BD_TURN = 3.14159265358979323846 * 3000.0 / 180.0;

/* The systems are defined inside this box only; outside, GCJ-02 is WGS 84. */
static bool is_in_china(struct gaz_coord c)
{
    return c.lon >= 72.004 && c.lon <= 137.8347 && c.lat >= 0.8293 &&
           c.lat <= 55.8271;
}

static double waves(double t, double a1, double a2, double p1, double p2)
{
    return (a1 * sin(PI * t / p1) + a2 * sin(PI * t / p2)) * 2 / 3;
}

static double shift_lat(double x, double y)
{
    return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y +
           0.2 * sqrt(fabs(x)) +
           (20 * sin(6 * PI * x) + 20 * sin(2 * PI * x)) * 2 / 3 +
           waves(y, 20, 40, 1, 3) + waves(y, 160, 320, 12, 30);
}

static double shift_lon(double x, double y)
{
    return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) +
           (20 * sin(6 * PI * x) + 20 * sin(2 * PI * x)) * 2 / 3 +
           waves(x, 20, 40, 1, 3) + waves(x, 150, 300, 12, 30);
}

struct gaz_coord gaz_gcj02_from_wgs84(struct gaz_coord wgs84)
{
    if (!is_in_china(wgs84))
        return wgs84;
    double x = wgs84.lon - 105;
    double y = wgs84.lat - 35;
    double phi = wgs84.lat / 180 * PI;
    double m = 1 - ECCENTRICITY2 * sin(phi) * sin(phi);
    double root = sqrt(m);
    double meridian_m = AXIS_M * (1 - ECCENTRICITY2) / (m * root);
    double parallel_m = AXIS_M / root * cos(phi);
    return (struct gaz_coord){
        .lon = wgs84.lon + shift_lon(x, y) * 180 / (parallel_m * PI),
        .lat = wgs84.lat + shift_lat(x, y) * 180 / (meridian_m * PI),
    };
}

static struct gaz_coord bd09_from_gcj02(struct gaz_coord c)
{
    double z = hypot(c.lon, c.lat) + 2e-5 * sin(c.lat * BD_TURN);
    double theta = atan2(c.lat, c.lon) + 3e-6 * cos(c.lon * BD_TURN);
    return (struct gaz_coord){.lon = z * cos(theta) + 0.0065,
                              .lat = z * sin(theta) + 0.006};
}

/* Both transforms are the identity plus a shift that changes slowly (its
 * derivative is below 1 %), so that walking back by the error converges by two
 * digits a step: 5 steps from 500 m to 0.1 mm. */
static struct gaz_coord invert(struct gaz_coord (*forward)(struct gaz_coord),
                               struct gaz_coord target, struct gaz_coord guess)
{
    enum { STEPS_MAX = 30 };
    static const double NEAR_DEG = 1e-10;
    for (int step = 0; step < STEPS_MAX; step++) {
        struct gaz_coord got = forward(guess);
        double lon = got.lon - target.lon;
        double lat = got.lat - target.lat;
        guess.lon -= lon;
        guess.lat -= lat;
        if (fabs(lon) < NEAR_DEG && fabs(lat) < NEAR_DEG)
            break;
    }
    return guess;
}

struct gaz_coord gaz_gcj02_to_wgs84(struct gaz_coord gcj02)
{
    if (!is_in_china(gcj02))
        return gcj02;
    return invert(gaz_gcj02_from_wgs84, gcj02, gcj02);
}

struct gaz_coord gaz_gcj02_to_bd09(struct gaz_coord gcj02)
{
    return bd09_from_gcj02(gcj02);
}

struct gaz_coord gaz_gcj02_from_bd09(struct gaz_coord bd09)
{
    double x = bd09.lon - 0.0065;
    double y = bd09.lat - 0.006;
    double z = hypot(x, y) - 2e-5 * sin(y * BD_TURN);
    double theta = atan2(y, x) - 3e-6 * cos(x * BD_TURN);
    struct gaz_coord published = {z * cos(theta), z * sin(theta)};
    return invert(bd09_from_gcj02, bd09, published);
}
