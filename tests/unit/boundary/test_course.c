/* Test plan: descriptions as registers write them: directions in order and the
 * longest word, lengths in both units, in parts and in all, markers by code and
 * by serial; what looks like one and is none: heights, widths, names with 东
 * and 米 in them. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/boundary/course.h"

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *directions; /* of the words, with blanks after */
        double length_m;
        const char *markers;
    } CASES[] = {
        {"界线向东偏东南行2429米至3133002Q界桩", "东偏东南 ", 2429,
         "3133002Q "},
        {"向东穿过公路后，转南偏东南沿河行2.3公里至5号界桩", "东 南偏东南 ",
         2300, "#5 "},
        {"向北行500米，再行0.8千米", "北 ", 1300, ""},
        {"全长3.2km，其中沿河行1.1km", "", 3200, ""},
        {"沿河中心线，长约 850 米", "", 0, ""}, /* a blank: not as written */
        {"沿河中心线，长约850米", "", 850, ""},
        {"经625m高地，过宽8米的桥到东方村", "", 0, ""},
        {"折向西北", "西北 ", 0, ""},
        {"米市渡东侧", "", 0, ""},
        {"", "", 0, ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_course course;
        struct gaz_arena arena = {0};
        const char *directions = "";
        const char *markers = "";
        gaz_course_parse(CASES[i].text, &course);
        for (size_t j = 0; j < course.sector_count; j++)
            directions =
                gaz_arena_printf(&arena, "%s%s ", directions,
                                 gaz_marker_sector_name(course.sectors[j]));
        for (size_t j = 0; j < course.marker_count; j++)
            markers = course.markers[j].serial > 0
                          ? gaz_arena_printf(&arena, "%s#%d ", markers,
                                             course.markers[j].serial)
                          : gaz_arena_printf(&arena, "%s%s ", markers,
                                             course.markers[j].code);
        assert_string_equal(directions, CASES[i].directions);
        assert_near(course.length_m, CASES[i].length_m, 1e-9);
        assert_string_equal(markers, CASES[i].markers);
        gaz_arena_close(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
