/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: gaz_reverse on the sample snapshot.
 *  - just inside either side of the line: the right county, less sure the
 *    nearer; and no answer from across (property over points along the line)
 *  - the area first, then neighbours by distance, inside the radius
 *  - inherited positions are no neighbours; areas say that they are schematic
 *  - outside all areas: neighbours with the reason; nothing far away
 *  - bad input
 */
#include "tests/unit/test.h"

#include <string.h>

#include "tests/unit/search/sample.h"

static struct sample sample;

static int open_all(void **state)
{
    (void)state;
    sample_open(&sample);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    sample_close(&sample);
    return 0;
}

static struct gaz_answers ask(double lon, double lat, double radius_m)
{
    struct gaz_reverse_query query = {
        .coord = {lon, lat}, .radius_m = radius_m, .limit = 20};
    struct gaz_answers answers;
    assert_status_of(&sample.ctx,
                     gaz_reverse(&sample.ctx, sample.snap, &query, &answers),
                     GAZ_OK);
    return answers;
}

static bool has_reason(const struct gaz_answer *answer, const char *code)
{
    for (int i = 0; i < answer->reason_count; i++)
        if (strcmp(answer->reasons[i].code, code) == 0)
            return true;
    return false;
}

static void knows_its_side_of_the_line(void **state)
{
    (void)state;
    uint32_t west = sample_place(&sample, "330482");
    uint32_t east = sample_place(&sample, "310116");
    static const double OFFSETS[] = {0.00002, 0.0005, 0.01};
    for (int row = 0; row < 20; row++) {
        double lat = 30.56 + 0.014 * row;
        double last = 0;
        for (size_t i = 0; i < COUNT(OFFSETS); i++) {
            gaz_ctx_next(&sample.ctx);
            for (int side = -1; side <= 1; side += 2) {
                uint32_t county = side < 0 ? west : east;
                struct gaz_answers answers =
                    ask(SAMPLE_LINE_LON + side * OFFSETS[i], lat, 50000);
                assert_true(answers.count > 1);
                assert_int_equal(answers.items[0].place, county);
                assert_true(has_reason(&answers.items[0], "area_schematic"));
                for (int k = 1; k < answers.count; k++)
                    assert_true(gaz_snapshot_lies_in(
                        sample.snap, answers.items[k].place, county));
                if (side > 0) {
                    assert_true(answers.items[0].confidence > last);
                    last = answers.items[0].confidence;
                }
            }
        }
    }
}

static void orders_by_distance_with_own_positions(void **state)
{
    (void)state;
    struct gaz_answers answers = ask(121.0111, 30.6911, 3000);
    assert_true(answers.count > 5);
    assert_int_equal(answers.items[0].match, GAZ_MATCH_COUNTY);
    assert_near(answers.items[0].distance_m, 0, 0);
    for (int i = 1; i < answers.count; i++) {
        assert_true(answers.items[i].position.method != GAZ_METHOD_INHERITED);
        assert_true(answers.items[i].position.method != GAZ_METHOD_NONE);
        assert_true(answers.items[i].distance_m <= 3000);
        assert_true(i == 1 || answers.items[i].distance_m >=
                                  answers.items[i - 1].distance_m);
        assert_true(has_reason(&answers.items[i], "nearest"));
        assert_true(answers.items[i].confidence > 0 &&
                    answers.items[i].confidence < 1);
    }
    answers = ask(121.0111, 30.6911, 1);
    assert_int_equal(answers.count, 1);
}

static void says_when_no_area_is_known(void **state)
{
    (void)state;
    struct gaz_answers answers = ask(120.949, 30.68, 5000);
    assert_true(answers.count > 0);
    assert_true(has_reason(&answers.items[0], "no_area"));
    assert_int_equal(ask(100, 10, 0).count, 0);
}

/* The position of each place with its own one finds it. */
static void finds_what_stands_there(void **state)
{
    (void)state;
    int tried = 0;
    for (uint32_t i = 0; i < sample.snap->place_count; i++) {
        const struct gaz_snap_place *row = &sample.snap->places[i];
        if (row->method != GAZ_METHOD_GAZETTEER ||
            row->level == GAZ_LEVEL_COUNTY)
            continue;
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers answers = ask(gaz_coord_from_e7(row->lon_e7),
                                         gaz_coord_from_e7(row->lat_e7), 0);
        assert_true(answers.count > 1);
        assert_int_equal(answers.items[1].place, i);
        tried++;
    }
    assert_true(tried > 10);
}

static void refuses_bad_input(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_reverse_query query;
    } BAD[] = {
        {"longitude", {.coord = {181, 0}, .limit = 1}},
        {"not a number", {.coord = {NAN, 0}, .limit = 1}},
        {"limit", {.coord = {121, 30}, .limit = 0}},
        {"too many", {.coord = {121, 30}, .limit = 51}},
        {"radius", {.coord = {121, 30}, .limit = 1, .radius_m = 50001}},
        {"negative", {.coord = {121, 30}, .limit = 1, .radius_m = -1}},
    };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        CASE(BAD[i].label);
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers answers;
        assert_status(
            gaz_reverse(&sample.ctx, sample.snap, &BAD[i].query, &answers),
            GAZ_INVALID);
    }
    gaz_ctx_next(&sample.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_its_side_of_the_line),
        cmocka_unit_test(orders_by_distance_with_own_positions),
        cmocka_unit_test(says_when_no_area_is_known),
        cmocka_unit_test(finds_what_stands_there),
        cmocka_unit_test(refuses_bad_input),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
