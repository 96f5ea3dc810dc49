/* Test plan: every limit that ships has a unit, a mark and a source, and the
 * options made of them are the numbers of the text; a bureau's file replaces
 * what it names and nothing else; each form that is refused, with its line;
 * what is refused leaves the limits as they were; published areas. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/boundary/limits.h"

static void test_shipped(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_limits limits;
    gaz_limits_shipped(&ctx, &limits);
    assert_true(limits.count > 25);
    for (size_t i = 0; i < limits.count; i++) {
        CASE(limits.items[i].name);
        assert_true(strchr("ABMD", limits.items[i].mark) != NULL);
        assert_true(strlen(limits.items[i].unit) > 0);
        assert_true(strlen(limits.items[i].zh) > 0);
        assert_true(strlen(limits.items[i].source) > 0);
    }
    const struct gaz_survey_options survey = gaz_limits_survey(&limits);
    const struct gaz_sides_options sides = gaz_limits_sides(&limits);
    assert_near(survey.scale, 10000, 0);
    assert_near(survey.length_ratio, 1.0 / 2000, 0);
    assert_int_equal(survey.inspection_years, 5);
    assert_near(sides.warn_m, 2, 0);
    assert_near(sides.accuracy_m, 1, 1e-12); /* 0.1 mm of 1:10000 */
    gaz_ctx_close(&ctx);
}

static void test_override(void **state)
{
    (void)state;
    static const char TEXT[] = "# ours\n"
                               "warn_m | 1.5 | m | A | 一致 | 协议书第三条\r\n";
    struct gaz_ctx ctx = {0};
    struct gaz_limits limits;
    gaz_limits_shipped(&ctx, &limits);
    assert_status_of(
        &ctx,
        gaz_limits_override(&ctx, "ours.txt", TEXT, strlen(TEXT), &limits),
        GAZ_OK);
    assert_near(gaz_limits_get(&limits, "warn_m"), 1.5, 0);
    assert_near(gaz_limits_get(&limits, "error_m"), 10, 0);
    gaz_ctx_close(&ctx);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *why;
    } CASES[] = {
        {"too few parts", "warn_m | 1 | m", "x.txt:1: a line has six parts"},
        {"too many parts", "warn_m|1|m|A|a|b|c", "six parts"},
        {"no number", "\nwarn_m|one|m|A|a|b", "x.txt:2: 'one' is not"},
        {"below zero", "warn_m|-1|m|A|a|b", "'-1' is not"},
        {"no such mark", "warn_m|1|m|X|a|b", "the mark is 'X'"},
        {"no such limit", "warm_m|1|m|A|a|b", "no limit 'warm_m'"},
        {"not text", "warn_m|1|m|A|\xff|b", "not UTF-8"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_ctx ctx = {0};
        struct gaz_limits limits;
        gaz_limits_shipped(&ctx, &limits);
        assert_status(gaz_limits_override(&ctx, "x.txt", CASES[i].text,
                                          strlen(CASES[i].text), &limits),
                      GAZ_INVALID);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].why));
        assert_near(gaz_limits_get(&limits, "warn_m"), 2, 0);
        gaz_ctx_close(&ctx);
    }
}

static void test_areas(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    const char *source = NULL;
    assert_near(gaz_limits_area_km2(&ctx, "330482", &source), 537, 0);
    assert_non_null(source);
    assert_near(gaz_limits_area_km2(&ctx, "110101", &source), 0, 0);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped), cmocka_unit_test(test_override),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_areas)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
