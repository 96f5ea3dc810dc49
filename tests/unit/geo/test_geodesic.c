/* Test plan: published geodesics of GRS80 within their last digit, a line as
 * the sum of its steps, and the area of a ring either way round, closed or
 * open, against its known size: a square kilometre on the central meridian of
 * EPSG:4549, where the plane's metres are the ground's. */
#include "tests/unit/test.h"

#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/geodesic.h"

static void test_distance(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_coord from;
        struct gaz_coord to;
        double want_m;
    } CASES[] = {
        {"to the south-east",
         {121.0720, 30.7905},
         {121.1720, 30.7560},
         10308.7791},
        {"to the south-west",
         {121.1720, 30.7560},
         {121.0157, 30.6773},
         17328.1637},
        {"along a parallel", {121.0, 30.7}, {121.2, 30.7}, 19160.3848},
        {"nowhere", {121.0, 30.7}, {121.0, 30.7}, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_near(gaz_geodesic_distance_m(CASES[i].from, CASES[i].to),
                    CASES[i].want_m, 5e-5);
    }
    const struct gaz_coord line[] = {
        {121.0720, 30.7905}, {121.1720, 30.7560}, {121.0157, 30.6773}};
    assert_near(gaz_geodesic_length_m(line, 3), 10308.7791 + 17328.1637, 1e-4);
    assert_near(gaz_geodesic_length_m(line, 1), 0, 0);
    assert_near(gaz_geodesic_length_m(NULL, 0), 0, 0);
}

static void test_area(void **state)
{
    (void)state;
    static const double CORNERS[][2] = {{499500, 3400000},
                                        {500500, 3400000},
                                        {500500, 3401000},
                                        {499500, 3401000},
                                        {499500, 3400000}};
    struct gaz_ctx ctx = {0};
    struct gaz_crs *crs;
    struct gaz_coord ring[COUNT(CORNERS)];
    struct gaz_coord back[COUNT(CORNERS)];
    assert_status_of(&ctx, gaz_crs_open(&ctx, "EPSG:4549", &crs), GAZ_OK);
    for (size_t i = 0; i < COUNT(CORNERS); i++) {
        assert_status_of(&ctx,
                         gaz_crs_to_cgcs2000(&ctx, crs, CORNERS[i][0],
                                             CORNERS[i][1], &ring[i]),
                         GAZ_OK);
        back[COUNT(CORNERS) - 1 - i] = ring[i];
    }
    assert_near(gaz_geodesic_area_m2(ring, COUNT(CORNERS)), 1e6, 0.01);
    assert_near(gaz_geodesic_area_m2(ring, COUNT(CORNERS) - 1), 1e6, 0.01);
    assert_near(gaz_geodesic_area_m2(back, COUNT(CORNERS)), 1e6, 0.01);
    assert_near(gaz_geodesic_area_m2(ring, 2), 0, 0);
    gaz_crs_close(crs);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
