/* Test plan: a straight line and one pair of names each: same, same but for the
 * generic, sounding the same, one character apart, other classes, one too far;
 * villages side by side; a bridge and a road of two names at one place, with
 * what is proposed; positions that are rough give possible findings and never
 * certain ones; a place that stands on the other side; cores. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/boundary/names.h"

/* The line runs from west to east; A is north of it. */
static const struct gaz_grid LINE[] = {{0, 0}, {0, 10000}};

static const struct gaz_border_options OPTIONS = {2000, 150, 1};

static struct gaz_border_name name(gaz_id id, const char *text,
                                   const char *plain, uint32_t category,
                                   struct gaz_grid at)
{
    const int side = at.north_m > 0 ? 0 : 1;
    return (struct gaz_border_name){.id = id,
                                    .text = text,
                                    .plain = plain,
                                    .label = text,
                                    .category = category,
                                    .side = side,
                                    .inside = side,
                                    .at = at,
                                    .accuracy_m = 20};
}

static struct gaz_border_report
find(struct gaz_ctx *ctx, struct gaz_border_name *names, size_t count)
{
    struct gaz_border_report report;
    assert_status_of(
        ctx,
        gaz_border_names_find(ctx, names, count, LINE, 2, &OPTIONS, &report),
        GAZ_OK);
    for (size_t i = 0; i < report.item_count; i++) {
        const struct gaz_border_item *item = &report.items[i];
        assert_true(strlen(item->zh) > 0 && strlen(item->en) > 0);
        assert_true(strlen(item->clause) > 0 && strlen(item->advice) > 0 &&
                    strlen(item->advice_en) > 0);
    }
    return report;
}

static void test_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *texts[2];
        const char *plains[2];
        uint32_t categories[2];
        const char *want; /* "": nothing */
    } CASES[] = {
        {"same town",
         {"新桥镇", "新桥镇"},
         {"xinqiaozhen", "xinqiaozhen"},
         {21500, 21500},
         "same_name"},
        {"generic",
         {"曹桥路", "曹桥街"},
         {"caoqiaolu", "caoqiaojie"},
         {23510, 23510},
         "same_core"},
        {"sound",
         {"海塘村", "海棠社区"},
         {"haitangcun", "haitangshequ"},
         {21610, 21620},
         "sounds_same"},
        {"similar",
         {"杨家浜路", "杨家洪路"},
         {"yangjiabanglu", "yangjiahonglu"},
         {23510, 23510},
         "similar"},
        {"villages",
         {"山塘村", "山塘村"},
         {"shantangcun", "shantangcun"},
         {21610, 21610},
         "cross_border_village"},
        {"other class",
         {"山塘村", "山塘路"},
         {"shantangcun", "shantanglu"},
         {21610, 23510},
         ""},
        {"nothing",
         {"虎啸村", "民主村"},
         {"huxiaocun", "minzhucun"},
         {21610, 21610},
         ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_ctx ctx = {0};
        struct gaz_border_name names[] = {
            name(1, CASES[i].texts[0], CASES[i].plains[0],
                 CASES[i].categories[0], (struct gaz_grid){300, 2000}),
            name(2, CASES[i].texts[1], CASES[i].plains[1],
                 CASES[i].categories[1], (struct gaz_grid){-700, 2500})};
        const struct gaz_border_report report = find(&ctx, names, 2);
        assert_int_equal(report.name_count, 2);
        assert_int_equal(report.possible_count, 0);
        assert_int_equal(report.item_count, *CASES[i].want ? 1 : 0);
        if (*CASES[i].want) {
            assert_string_equal(gaz_border_kind_name(report.items[0].kind),
                                CASES[i].want);
            assert_true(report.items[0].is_certain);
            assert_near(report.items[0].distance_m, 700, 1e-9);
        }
        gaz_ctx_close(&ctx);
    }
}

static void test_joint(void **state)
{
    (void)state;
    static const char *const ALIASES[] = {"平廊桥"};
    struct gaz_ctx ctx = {0};
    struct gaz_border_name names[] = {
        name(1, "平廊桥", "pinglangqiao", 23610, (struct gaz_grid){10, 500}),
        name(2, "廊平桥", "langpingqiao", 23610, (struct gaz_grid){-30, 500}),
        name(3, "同心路", "tongxinlu", 23510, (struct gaz_grid){900, 3000}),
        name(4, "同心路", "tongxinlu", 23510, (struct gaz_grid){-900, 3000})};
    /* the roads meet at the line though their middles are far apart */
    const struct gaz_track_point north[] = {{3000, 5}, {3000, 1800}};
    const struct gaz_track_point south[] = {{3000, -5}, {3000, -1800}};
    names[1].aliases = ALIASES;
    names[1].alias_count = 1;
    names[2].line = north;
    names[3].line = south;
    names[2].line_count = names[3].line_count = 2;
    const struct gaz_border_report report = find(&ctx, names, 4);
    assert_int_equal(report.item_count, 2);
    assert_int_equal(report.items[0].kind, GAZ_BORDER_DIFFERENTLY);
    assert_non_null(report.items[0].proposal);
    assert_non_null(strstr(report.items[0].proposal, "平廊桥"));
    assert_near(report.items[0].apart_m, 40, 1e-9);
    assert_int_equal(report.items[1].kind, GAZ_BORDER_SHARED);
    assert_null(report.items[1].proposal);
    gaz_ctx_close(&ctx);
}

static void test_rough(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_border_name names[] = {
        name(1, "民主村", "minzhucun", 21610, (struct gaz_grid){6000, 500}),
        name(2, "民主村", "minzhucun", 21610, (struct gaz_grid){-500, 500}),
        name(3, "远村", "yuancun", 21610, (struct gaz_grid){6000, 500})};
    names[0].accuracy_m = 5000;
    const struct gaz_border_report report = find(&ctx, names, 3);
    assert_int_equal(report.name_count, 2); /* 远村 is surely not near */
    assert_int_equal(report.possible_count, 1);
    assert_int_equal(report.item_count, 1);
    assert_false(report.items[0].is_certain);
    assert_int_equal(report.items[0].severity, GAZ_SEVERITY_INFO);
    gaz_ctx_close(&ctx);
}

static void test_misplaced(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_border_name names[] = {
        name(1, "甲村", "jiacun", 21610, (struct gaz_grid){-400, 500})};
    names[0].side = 0; /* registered north, stands south */
    struct gaz_border_report report = find(&ctx, names, 1);
    assert_int_equal(report.item_count, 1);
    assert_int_equal(report.items[0].kind, GAZ_BORDER_MISPLACED);
    names[0].accuracy_m = 500; /* may stand north as well */
    report = find(&ctx, names, 1);
    assert_int_equal(report.item_count, 0);
    gaz_ctx_close(&ctx);
}

static void test_cores(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t category;
        const char *want;
    } CASES[] = {
        {"山塘村", 21610, "山塘"},
        {"油车村村", 21610, "油车村"},
        {"前港村村民委员会", 21610, "前港村"},
        {"三村居委会", 21620, "三村"},
        {"村", 21610, "村"},
        {"乍浦镇", 21500, "乍浦"},
        {"乍浦镇", 23510, "乍浦镇"},
    };
    struct gaz_arena arena = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        assert_string_equal(
            gaz_border_core(&arena, CASES[i].text, CASES[i].category),
            CASES[i].want);
    }
    gaz_arena_close(&arena);
}

static void test_no_line(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_border_report report;
    assert_status(
        gaz_border_names_find(&ctx, NULL, 0, LINE, 1, &OPTIONS, &report),
        GAZ_INVALID);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs), cmocka_unit_test(test_joint),
        cmocka_unit_test(test_rough), cmocka_unit_test(test_misplaced),
        cmocka_unit_test(test_cores), cmocka_unit_test(test_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
