/* Test plan: how two names are like, both ways, class by class; and what a text
 * is laid out as: every writing of one address has the same numbers in the same
 * drawers, and those of its neighbours differ. */
#include "tests/unit/test.h"

#include "gazetteer/standardise/unicode.h"
#include "gazetteer/twins/liken.h"
#include "gazetteer/twins/side.h"

static struct gaz_ctx ctx;
static struct gaz_unicode *unicode;

static int setup(void **state)
{
    (void)state;
    assert_status_of(&ctx, gaz_unicode_open(&ctx, &unicode), GAZ_OK);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    gaz_unicode_close(unicode);
    gaz_ctx_close(&ctx);
    return 0;
}

static const struct {
    struct gaz_liken a;
    struct gaz_liken b;
    gaz_like like;
} NAMES[] = {
    {{"新华路", "新华", ""}, {"新华路", "新华", ""}, GAZ_LIKE_SAME},
    {{"", "", ""}, {"新华路", "新华", ""}, GAZ_LIKE_NONE},
    {{"新华东路", "新华东", ""}, {"新华西路", "新华西", ""}, GAZ_LIKE_ORDINAL},
    {{"超市一分店", "", ""}, {"超市二分店", "", ""}, GAZ_LIKE_ORDINAL},
    {{"超市（东门店）", "", ""}, {"超市（西门店）", "", ""}, GAZ_LIKE_ORDINAL},
    {{"新华路", "新华", ""}, {"新华东路", "新华东", ""}, GAZ_LIKE_BRANCH},
    {{"平安超市", "", ""}, {"平安超市二分店", "", ""}, GAZ_LIKE_BRANCH},
    {{"平湖大厦", "", ""}, {"平湖大厦(天妃路)", "", ""}, GAZ_LIKE_BARE},
    {{"新华路", "新华", "x"}, {"新华街", "新华", "y"}, GAZ_LIKE_BARE},
    {{"新华路", "新华", "xinhualu"},
     {"心华路", "心华", "xinhualu"},
     GAZ_LIKE_SOUND},
    {{"新华路", "新华", ""}, {"新桥路", "新桥", ""}, GAZ_LIKE_LETTER},
    {{"乍浦路", "乍浦", ""}, {"浦乍路", "浦乍", ""}, GAZ_LIKE_LETTER},
    {{"和平路", "和平", ""}, {"平路", "平", ""}, GAZ_LIKE_LACKING},
    {{"第一人民医院", "", ""}, {"人民医院分部", "", ""}, GAZ_LIKE_PARTLY},
    {{"新华路", "新华", ""}, {"人民街", "人民", ""}, GAZ_LIKE_OTHER},
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        CASE(NAMES[i].b.name);
        assert_int_equal(gaz_liken_names(&NAMES[i].a, &NAMES[i].b, 0.6),
                         NAMES[i].like);
        assert_int_equal(gaz_liken_names(&NAMES[i].b, &NAMES[i].a, 0.6),
                         NAMES[i].like);
    }
}

/* Plate, annex, lane, its number, building, cell, floor, room. */
static const struct {
    const char *text;
    const char *name;
    int32_t parts[GAZ_PARTS];
} TEXTS[] = {
    {"新华路3号-1", "新华路", {3, 1}},
    {"平湖市乍浦镇新华路3号附1", "新华路", {3, 1}},
    {"新华路3之1号", "新华路", {3, 1}},
    {"新华路３号", "新华路", {3}},
    {"新华路三号", "新华路", {3}},
    {"新华路3弄5号", "新华路", {0, 0, 3, 5}},
    {"金沙小区2幢1单元501室", "金沙小区", {0, 0, 0, 0, 2, 1, 0, 501}},
    {"金沙小区2栋1单元501", "金沙小区", {0, 0, 0, 0, 2, 1, 0, 501}},
    {"金沙小区2-1-501", "金沙小区", {0, 0, 0, 0, 2, 1, 0, 501}},
    {"新华路3号2号楼501室", "新华路", {3, 0, 0, 0, 2, 0, 0, 501}},
    {"新华路3号2层", "新华路", {3, 0, 0, 0, 0, 0, 2, 0}},
    {"新华路", "新华路", {0}},
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        struct gaz_twin_side side;
        CASE(TEXTS[i].text);
        assert_status_of(
            &ctx,
            gaz_side_text(&ctx, unicode, &ctx.arena, TEXTS[i].text, &side),
            GAZ_OK);
        assert_string_equal(side.name, TEXTS[i].name);
        for (int k = 0; k < GAZ_PARTS; k++)
            assert_int_equal(side.parts[k], TEXTS[i].parts[k]);
    }
}

/* A座 is no plain number: it has a value of its own, the same every time. */
static void test_letters(void **state)
{
    (void)state;
    struct gaz_twin_side sides[3];
    static const char *const WRITTEN[] = {"金沙大厦A座501室", "金沙大厦a座501",
                                          "金沙大厦B座501室"};
    for (int i = 0; i < 3; i++)
        assert_status_of(
            &ctx,
            gaz_side_text(&ctx, unicode, &ctx.arena, WRITTEN[i], &sides[i]),
            GAZ_OK);
    assert_true(sides[0].parts[GAZ_PART_BUILDING] < 0);
    assert_int_equal(sides[0].parts[GAZ_PART_BUILDING],
                     sides[1].parts[GAZ_PART_BUILDING]);
    assert_int_not_equal(sides[0].parts[GAZ_PART_BUILDING],
                         sides[2].parts[GAZ_PART_BUILDING]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_letters),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
