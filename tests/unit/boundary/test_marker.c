/* Test plan: the grammar of marker codes by good ones, which come back as they
 * were, and one bad one for each rule. The compass: the middle, both edges and
 * what is just below each edge of all sixteen sectors, turns beyond a circle,
 * words to sectors and back, and how far apart two sectors are. The table of
 * edges is typed from GB/T 17796's sectors, not computed. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/boundary/marker.h"

static void test_good_codes(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int first;
        int second;
        int serial;
        gaz_marker_kind kind;
    } CASES[] = {
        {"3133012Q", 31, 33, 12, GAZ_MARKER_SINGLE},
        {"1253165Q", 12, 53, 165, GAZ_MARKER_SINGLE},
        {"3133001A", 31, 33, 1, GAZ_MARKER_DOUBLE},
        {"3132069B", 31, 32, 69, GAZ_MARKER_DOUBLE},
        {"3233999C", 32, 33, 999, GAZ_MARKER_TRIPLE},
        {"3233100D", 32, 33, 100, GAZ_MARKER_TRIPLE},
        {"1113007E", 11, 13, 7, GAZ_MARKER_TRIPLE},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].code);
        struct gaz_marker_code got;
        char back[GAZ_MARKER_CODE_CHARS + 1];
        assert_status_of(&ctx, gaz_marker_parse(&ctx, CASES[i].code, &got),
                         GAZ_OK);
        assert_int_equal(got.first_province, CASES[i].first);
        assert_int_equal(got.second_province, CASES[i].second);
        assert_int_equal(got.serial, CASES[i].serial);
        assert_int_equal(got.kind, CASES[i].kind);
        gaz_marker_write(&got, back);
        assert_string_equal(back, CASES[i].code);
    }
    gaz_ctx_close(&ctx);
}

static void test_bad_codes(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *code;
        const char *why;
    } CASES[] = {
        {"empty", "", "4 digits"},
        {"no type", "3133012", "4 digits"},
        {"too long", "3133012QQ", "4 digits"},
        {"letter in the serial", "31330I2Q", "4 digits"},
        {"full-width digits", "３１３３０１２Q", "4 digits"},
        {"digit for the type", "31330121", "4 digits"},
        {"unknown type", "3133012F", "Q, A, B"},
        {"small type", "3133012q", "Q, A, B"},
        {"no such first province", "1033012Q", "no province 10"},
        {"no such second province", "3138012Q", "no province 38"},
        {"descending", "3331012Q", "smaller"},
        {"the same twice", "3131012Q", "smaller"},
        {"serial zero", "3133000Q", "001"},
    };
    struct gaz_ctx ctx = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_marker_code got = {.serial = -1};
        assert_status(gaz_marker_parse(&ctx, CASES[i].code, &got), GAZ_INVALID);
        assert_int_equal(got.serial, -1);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].why));
        gaz_ctx_next(&ctx);
    }
    gaz_ctx_close(&ctx);
}

static const struct {
    const char *name;
    double from_deg; /* belongs to it */
    double to_deg;   /* belongs to the next */
} SECTORS[] = {
    {"北", 348.75, 11.25},    {"北偏东北", 11.25, 33.75},
    {"东北", 33.75, 56.25},   {"东偏东北", 56.25, 78.75},
    {"东", 78.75, 101.25},    {"东偏东南", 101.25, 123.75},
    {"东南", 123.75, 146.25}, {"南偏东南", 146.25, 168.75},
    {"南", 168.75, 191.25},   {"南偏西南", 191.25, 213.75},
    {"西南", 213.75, 236.25}, {"西偏西南", 236.25, 258.75},
    {"西", 258.75, 281.25},   {"西偏西北", 281.25, 303.75},
    {"西北", 303.75, 326.25}, {"北偏西北", 326.25, 348.75},
};

static void test_sectors(void **state)
{
    (void)state;
    assert_int_equal(COUNT(SECTORS), GAZ_MARKER_SECTORS);
    for (int i = 0; i < GAZ_MARKER_SECTORS; i++) {
        CASE(SECTORS[i].name);
        const double to = SECTORS[i].to_deg;
        assert_int_equal(gaz_marker_sector(SECTORS[i].from_deg), i);
        assert_int_equal(gaz_marker_sector(nextafter(to, 0)), i);
        assert_int_equal(gaz_marker_sector(to), (i + 1) % GAZ_MARKER_SECTORS);
        assert_int_equal(gaz_marker_sector(to - 360 - 1e-6), i);
        assert_int_equal(gaz_marker_sector(to + 720 - 1e-6), i);
        const double middle = gaz_marker_sector_azimuth(i);
        assert_near(middle, to - 11.25, 0);
        assert_int_equal(gaz_marker_sector(middle), i);
        assert_string_equal(gaz_marker_sector_name(i), SECTORS[i].name);
        assert_int_equal(gaz_marker_sector_find(SECTORS[i].name), i);
    }
}

static void test_turns(void **state)
{
    (void)state;
    assert_int_equal(gaz_marker_sector(0), 0);
    assert_int_equal(gaz_marker_sector(360), 0);
    assert_int_equal(gaz_marker_sector(-1e-300), 0);
    assert_int_equal(gaz_marker_sector(-90), 12);
    assert_int_equal(gaz_marker_sector(227 + 10.0 / 60), 10);
    assert_int_equal(gaz_marker_sector_find("东北偏东"), -1);
    assert_int_equal(gaz_marker_sector_find(""), -1);
    assert_int_equal(gaz_marker_sector_apart(0, 15), 1);
    assert_int_equal(gaz_marker_sector_apart(15, 0), 1);
    assert_int_equal(gaz_marker_sector_apart(4, 12), 8);
    assert_int_equal(gaz_marker_sector_apart(3, 13), 6);
    assert_int_equal(gaz_marker_sector_apart(7, 7), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_codes),
        cmocka_unit_test(test_bad_codes),
        cmocka_unit_test(test_sectors),
        cmocka_unit_test(test_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
