/* sample.h - synthetic lines with one planted error each. No line of the world.
 *
 * For benchmarks, tests and trying out. The generator is splitmix64 from the
 * seed, so a seed gives the same line everywhere. Every agreement number,
 * manager and position is made up, and says 合成 (synthetic) where it can.
 */
#ifndef GAZ_BOUNDARY_SAMPLE_H
#define GAZ_BOUNDARY_SAMPLE_H

#include "gazetteer/boundary/survey.h"

typedef enum {
    GAZ_SAMPLE_CLEAN,
    GAZ_SAMPLE_SHIFT,    /* 1 to 5 m */
    GAZ_SAMPLE_ROTATION, /* 3 to 10 m at the ends */
    GAZ_SAMPLE_OUTLIER,  /* one marker, 5 to 50 m */
    GAZ_SAMPLE_SWAPPED,
    GAZ_SAMPLE_ZONE,     /* EPSG:4550, 4548 or 4528 */
    GAZ_SAMPLE_DATUM,    /* GCJ-02, BD-09, or 60 to 120 m as of 1954 */
    GAZ_SAMPLE_ORDER,    /* two markers exchanged their numbers */
    GAZ_SAMPLE_CODE,     /* one code is broken */
    GAZ_SAMPLE_OBJECT,   /* an object's azimuth or distance is another's */
    GAZ_SAMPLE_COURSE,   /* a description says the opposite direction */
    GAZ_SAMPLE_DISTANCE, /* a registered distance is 10 to 100 m off */
    GAZ_SAMPLE_TOPOLOGY, /* the line has a loop of two metres */
    GAZ_SAMPLE_PLANTS
} gaz_sample_plant;

struct gaz_sample_options {
    uint64_t seed;
    gaz_sample_plant plant;
    size_t vertices; /* of the line, at least 2 */
    size_t serials;  /* of markers, 4 to 999; one in six is a pair */
    double noise_m;  /* of measured positions, mean square error */
};

/* gaz_sample_make makes a line of 40 to 60 km near 121 E, 30.8 N, its agreed
 * and measured markers, and plants the error. In ctx->arena. */
gaz_status gaz_sample_make(struct gaz_ctx *ctx,
                           const struct gaz_sample_options *options,
                           struct gaz_survey *out);

const char *gaz_sample_plant_name(gaz_sample_plant plant); /* "shift" */

/* gaz_sample_expected is the kind of finding that names the plant; not for
 * GAZ_SAMPLE_CLEAN. */
gaz_survey_kind gaz_sample_expected(gaz_sample_plant plant);

#endif
