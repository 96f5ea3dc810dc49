/* Test plan: the published vectors of GCJ-02 and BD-09; their round trips over
 * a grid of the whole of China to below 1 mm; planes against vectors of PROJ's
 * own cs2cs, and round trips within 0.1 mm over Pinghu and Jinshan; which names
 * are known; each slip that a message can name. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/gcj02.h"

static int open_ctx(void **state)
{
    static struct gaz_ctx ctx;
    *state = &ctx;
    return 0;
}

static int close_ctx(void **state)
{
    gaz_ctx_close(*state);
    return 0;
}

static struct gaz_crs *must_open(struct gaz_ctx *ctx, const char *name)
{
    struct gaz_crs *crs = NULL;
    assert_status_of(ctx, gaz_crs_open(ctx, name, &crs), GAZ_OK);
    return crs;
}

/* gcoord 1.0.7, which agrees with coordtransform 2.1.2 to 1e-9 degree. */
static const struct {
    const char *label;
    struct gaz_coord wgs84;
    struct gaz_coord gcj02;
    struct gaz_coord bd09;
} OFFSETS[] = {
    {"Pinghu",
     {121.0157, 30.6773},
     {121.02009452, 30.67501722},
     {121.02667282, 30.68065068}},
    {"Zhapu",
     {121.0930, 30.5935},
     {121.09756072, 30.59131987},
     {121.10399658, 30.59753796}},
    {"Xindai",
     {121.0720, 30.7905},
     {121.07655677, 30.78839890},
     {121.08295765, 30.79475414}},
    {"Shantang",
     {121.1720, 30.7560},
     {121.17648345, 30.75380578},
     {121.18297173, 30.75993165}},
    {"Jinshanwei",
     {121.3140, 30.7390},
     {121.31846958, 30.73677275},
     {121.32489258, 30.74313932}},
    {"Fengjing",
     {121.1600, 30.8990},
     {121.16451969, 30.89690852},
     {121.17104905, 30.90280644}},
};

static void assert_coord(struct gaz_coord got, struct gaz_coord want,
                         double within_deg)
{
    assert_near(got.lon, want.lon, within_deg);
    assert_near(got.lat, want.lat, within_deg);
}

static void test_offset_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(OFFSETS); i++) {
        CASE(OFFSETS[i].label);
        struct gaz_coord gcj02 = gaz_gcj02_from_wgs84(OFFSETS[i].wgs84);
        assert_coord(gcj02, OFFSETS[i].gcj02, 6e-9);
        assert_coord(gaz_gcj02_to_bd09(gcj02), OFFSETS[i].bd09, 6e-9);
        assert_coord(gaz_gcj02_to_wgs84(gcj02), OFFSETS[i].wgs84, 1e-9);
    }
    CASE("package vectors at full precision");
    struct gaz_coord beijing = {116.404, 39.915};
    assert_coord(gaz_gcj02_from_wgs84(beijing),
                 (struct gaz_coord){116.41024449916938, 39.91640428150164},
                 1e-11);
    assert_coord(gaz_gcj02_to_bd09(beijing),
                 (struct gaz_coord){116.41036949371029, 39.92133699351021},
                 1e-11);
    /* The package's inverses stop early; ours agrees to their accuracy. */
    assert_coord(gaz_gcj02_from_bd09(beijing),
                 (struct gaz_coord){116.39762729119315, 39.90865673957631},
                 1e-6);
    assert_coord(gaz_gcj02_to_wgs84((struct gaz_coord){123, 45}),
                 (struct gaz_coord){122.99395597229677, 44.99804071696977},
                 1e-6);
}

static void test_offset_round_trips(void **state)
{
    (void)state;
    enum { STEPS = 60 };
    static const double ONE_MM_DEG = 9e-9;
    for (int i = 0; i <= STEPS; i++)
        for (int j = 0; j <= STEPS; j++) {
            struct gaz_coord c = {73.5 + i * 1.0234, 3.5 + j * 0.8321};
            struct gaz_coord gcj02 = gaz_gcj02_from_wgs84(c);
            assert_coord(gaz_gcj02_to_wgs84(gcj02), c, ONE_MM_DEG);
            assert_coord(gaz_gcj02_from_bd09(gaz_gcj02_to_bd09(gcj02)), gcj02,
                         ONE_MM_DEG);
        }
    CASE("outside China GCJ-02 is WGS 84");
    struct gaz_coord greenwich = {0, 51.4769};
    assert_coord(gaz_gcj02_from_wgs84(greenwich), greenwich, 0);
    assert_coord(gaz_gcj02_to_wgs84(greenwich), greenwich, 0);
}

/* PROJ 9's cs2cs, metres. */
static const struct {
    const char *crs;
    struct gaz_coord degrees;
    double x;
    double y;
    double within_m;
} PLANES[] = {
    {"EPSG:4549", {121.0, 30.7}, 595804.282899, 3398141.122672, 1e-5},
    {"EPSG:4528", {121.0, 30.7}, 40595804.282899, 3398141.122672, 1e-5},
    {"EPSG:4549", {121.0157, 30.6773}, 597331.2589, 3395637.8261, 1e-4},
    {"EPSG:4549", {121.1720, 30.7560}, 612218.7413, 3404509.6668, 1e-4},
    {"EPSG:4549", {121.0930, 30.5935}, 604829.4165, 3386416.2273, 1e-4},
    {"EPSG:4549", {121.0720, 30.7905}, 602606.5794, 3408238.9467, 1e-4},
    {"EPSG:4549", {121.2500, 30.6350}, 619837.2129, 3391174.2944, 1e-4},
    {"epsg:4549", {121.0500, 30.8500}, 600438.7846, 3414816.0621, 1e-4},
    {"EPSG:3857",
     {121.0, 30.7},
     13469658.3860,
     3593849.4142,
     1e-3}, /* by its formula */
};

static void test_planes(void **state)
{
    struct gaz_ctx *ctx = *state;
    for (size_t i = 0; i < COUNT(PLANES); i++) {
        gaz_ctx_next(ctx);
        CASE(PLANES[i].crs);
        struct gaz_crs *crs = must_open(ctx, PLANES[i].crs);
        double x = 0;
        double y = 0;
        struct gaz_coord back;
        assert_status_of(
            ctx, gaz_crs_from_cgcs2000(ctx, crs, PLANES[i].degrees, &x, &y),
            GAZ_OK);
        assert_near(x, PLANES[i].x, PLANES[i].within_m);
        assert_near(y, PLANES[i].y, PLANES[i].within_m);
        assert_status_of(ctx, gaz_crs_to_cgcs2000(ctx, crs, x, y, &back),
                         GAZ_OK);
        assert_coord(back, PLANES[i].degrees, 1e-11);
        gaz_crs_close(crs);
    }
}

static void check_round_trip(struct gaz_ctx *ctx, struct gaz_crs *crs,
                             struct gaz_coord at)
{
    struct gaz_coord back = {0, 0};
    double x = 0;
    double y = 0;
    assert_status_of(ctx, gaz_crs_from_cgcs2000(ctx, crs, at, &x, &y), GAZ_OK);
    assert_status_of(ctx, gaz_crs_to_cgcs2000(ctx, crs, x, y, &back), GAZ_OK);
    assert_coord(back, at, 9e-10);
}

/* Over Pinghu and Jinshan, there and back within 0.1 mm: 9e-10 degree. */
static void test_plane_round_trips(void **state)
{
    enum { STEPS = 20 };
    struct gaz_ctx *ctx = *state;
    static const char *const NAMES[] = {"EPSG:4549", "EPSG:4528", "EPSG:4550"};
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        gaz_ctx_next(ctx);
        CASE(NAMES[i]);
        struct gaz_crs *crs = must_open(ctx, NAMES[i]);
        /* EPSG:4550 begins at 121.5 E and is let out by 0.3 degree */
        const double west = i == 2 ? 121.25 : 120.9;
        for (int j = 0; j < STEPS; j++)
            for (int k = 0; k < STEPS; k++)
                check_round_trip(ctx, crs,
                                 (struct gaz_coord){west + 0.5 * j / STEPS,
                                                    30.5 + 0.5 * k / STEPS});
        gaz_crs_close(crs);
    }
}

static void test_degrees_and_offsets(void **state)
{
    struct gaz_ctx *ctx = *state;
    static const struct {
        const char *crs;
        size_t column; /* 0: as it is, 1: gcj02, 2: bd09 */
    } CASES[] = {{"EPSG:4490", 0}, {"EPSG:4326", 0}, {"GCJ-02", 1},
                 {"gcj02", 1},     {"BD-09", 2},     {"BD09", 2}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        gaz_ctx_next(ctx);
        CASE(CASES[i].crs);
        struct gaz_crs *crs = must_open(ctx, CASES[i].crs);
        const struct gaz_coord columns[] = {OFFSETS[0].wgs84, OFFSETS[0].gcj02,
                                            OFFSETS[0].bd09};
        struct gaz_coord there = columns[CASES[i].column];
        struct gaz_coord got;
        double x = 0;
        double y = 0;
        assert_status_of(
            ctx, gaz_crs_to_cgcs2000(ctx, crs, there.lon, there.lat, &got),
            GAZ_OK);
        assert_coord(got, OFFSETS[0].wgs84, 2e-8);
        assert_status_of(ctx, gaz_crs_from_cgcs2000(ctx, crs, got, &x, &y),
                         GAZ_OK);
        assert_coord((struct gaz_coord){x, y}, there, 1e-9);
        gaz_crs_close(crs);
    }
}

static void test_names(void **state)
{
    struct gaz_ctx *ctx = *state;
    static const char *const BAD[] = {
        NULL,         "",           "EPSG:",       "EPSG:0",
        "EPSG:99999", "EPSG:45 49", "EPSG:-4549",  "EPSG:4549x",
        "4549",       "CGCS2000",   "+proj=merc",  "EPSG:4979",
        "EPSG:5737",  "EPSG:4979",  "/etc/passwd", "EPSG:4549999999999999999",
    };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        gaz_ctx_next(ctx);
        CASE(BAD[i] ? BAD[i] : "NULL");
        struct gaz_crs *crs = NULL;
        assert_status(gaz_crs_open(ctx, BAD[i], &crs), GAZ_INVALID);
        assert_null(crs);
        assert_non_null(strstr(gaz_ctx_failure(ctx), "EPSG:4549"));
        assert_non_null(strstr(gaz_ctx_failure(ctx), "BD-09"));
    }
    gaz_crs_close(NULL);
}

static const struct {
    const char *label;
    const char *crs;
    double x;
    double y;
    const char *says;
} SLIPS[] = {
    {"swapped degrees", "EPSG:4490", 30.7, 121.0, "swapped axes"},
    {"swapped degrees, WGS 84", "EPSG:4326", 30.7, 121.0, "swapped axes"},
    {"swapped degrees, BD-09", "BD-09", 30.7, 121.0, "swapped axes"},
    {"metres as degrees", "EPSG:4490", 595804.28, 3398141.12, "metres where"},
    {"null island", "EPSG:4490", 0, 0, "another system"},
    {"swapped plane", "EPSG:4549", 3398141.12, 595804.28, "swapped axes"},
    {"swapped with prefix", "EPSG:4528", 3398141.12, 40595804.28,
     "swapped axes"},
    {"degrees in a plane", "EPSG:4549", 121.0, 30.7, "degrees where"},
    {"zone prefix not wanted", "EPSG:4549", 40595804.28, 3398141.12,
     "zone prefix 40 in the easting, as in EPSG:4528"},
    {"zone prefix wanted", "EPSG:4528", 595804.28, 3398141.12,
     "no zone prefix in the easting, as in EPSG:4549"},
    {"computed in CM 123", "EPSG:4549", 308377.3586, 3399422.1737,
     "an easting of 308 km fits CM 123E (EPSG:4550)"},
    {"computed in CM 123, prefixed", "EPSG:4528", 40308377.3586, 3399422.1737,
     "an easting of 308 km fits CM 123E (EPSG:4529)"},
    {"computed in CM 117", "EPSG:4549", 690000, 3399422.1737,
     "fits CM 117E (EPSG:4548)"},
    {"infinite", "EPSG:4549", HUGE_VAL, 3398141.12, "not a number"},
    {"not a number", "EPSG:4490", NAN, 30.7, "not a number"},
    {"huge", "EPSG:4549", 1e300, 1e300, "outside the use"},
};

static void test_slips(void **state)
{
    struct gaz_ctx *ctx = *state;
    for (size_t i = 0; i < COUNT(SLIPS); i++) {
        gaz_ctx_next(ctx);
        CASE(SLIPS[i].label);
        struct gaz_crs *crs = must_open(ctx, SLIPS[i].crs);
        struct gaz_coord got = {7, 7};
        assert_status(
            gaz_crs_to_cgcs2000(ctx, crs, SLIPS[i].x, SLIPS[i].y, &got),
            GAZ_INVALID);
        if (!strstr(gaz_ctx_failure(ctx), SLIPS[i].says))
            fail_msg("'%s' lacks '%s'", gaz_ctx_failure(ctx), SLIPS[i].says);
        assert_coord(got, (struct gaz_coord){7, 7}, 0);
        gaz_crs_close(crs);
    }
    CASE("from a coordinate that is not on earth");
    gaz_ctx_next(ctx);
    struct gaz_crs *crs = must_open(ctx, "EPSG:4549");
    double x = 7;
    double y = 7;
    assert_status(
        gaz_crs_from_cgcs2000(ctx, crs, (struct gaz_coord){0, 91}, &x, &y),
        GAZ_INVALID);
    assert_near(x, 7, 0);
    gaz_crs_close(crs);
}

static void test_local_planes(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_crs *local = NULL;
    struct gaz_crs *plane = NULL;
    struct gaz_coord got;
    double x;
    double y;
    CASE("the parameters of EPSG:4549 give EPSG:4549");
    assert_status_of(&ctx,
                     gaz_crs_open(&ctx,
                                  "+proj=tmerc +lat_0=0 +lon_0=120 +k=1 "
                                  "+x_0=500000 +y_0=0 +ellps=GRS80 +units=m "
                                  "+no_defs",
                                  &local),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_crs_open(&ctx, "EPSG:4549", &plane), GAZ_OK);
    assert_status_of(
        &ctx, gaz_crs_to_cgcs2000(&ctx, local, 595804.2829, 3398141.1227, &got),
        GAZ_OK);
    assert_near(got.lon, 121.0, 1e-9);
    assert_near(got.lat, 30.7, 1e-9);
    assert_status_of(&ctx, gaz_crs_from_cgcs2000(&ctx, local, got, &x, &y),
                     GAZ_OK);
    assert_near(x, 595804.2829, 1e-4);
    gaz_crs_close(local);
    gaz_crs_close(plane);
    static const char *const REFUSED[] = {
        "+proj=tmerc +lon_0=120 +nadgrids=/etc/passwd",
        "+proj=tmerc +lon_0=120 +towgs84=@/etc/passwd",
        "+proj=pipeline +step +proj=merc",
        "+proj=tmerc lon_0=120",
        "+init=epsg:4549",
        "+proj=tmerc +lon_0=",
        "+proj=tmerc +ellps=nowhere",
        "+proj=",
    };
    for (size_t i = 0; i < COUNT(REFUSED); i++) {
        CASE(REFUSED[i]);
        assert_status(gaz_crs_open(&ctx, REFUSED[i], &local), GAZ_INVALID);
        gaz_ctx_next(&ctx);
    }
    gaz_ctx_close(&ctx);
}

/* At Pinghu the zone of 123 E is out of its use, and may be right. */
static void test_lift(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_crs *crs = NULL;
    struct gaz_coord got;
    double x;
    double y;
    assert_status_of(&ctx, gaz_crs_open(&ctx, "EPSG:4550", &crs), GAZ_OK);
    assert_status_of(&ctx,
                     gaz_crs_from_cgcs2000(
                         &ctx, crs, (struct gaz_coord){121.0, 30.7}, &x, &y),
                     GAZ_OK);
    assert_status(gaz_crs_to_cgcs2000(&ctx, crs, x, y, &got), GAZ_INVALID);
    gaz_ctx_next(&ctx);
    gaz_crs_lift(crs);
    assert_status_of(&ctx, gaz_crs_to_cgcs2000(&ctx, crs, x, y, &got), GAZ_OK);
    assert_near(got.lon, 121.0, 1e-9);
    gaz_crs_close(crs);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offset_vectors),
        cmocka_unit_test(test_offset_round_trips),
        cmocka_unit_test(test_planes),
        cmocka_unit_test(test_plane_round_trips),
        cmocka_unit_test(test_degrees_and_offsets),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_local_planes),
        cmocka_unit_test(test_lift),
        cmocka_unit_test(test_slips),
    };
    return cmocka_run_group_tests(tests, open_ctx, close_ctx);
}
