/* Test plan: which id stays and which value of a field, by the shipped rules,
 * of places and of addresses; nothing that one says alone is lost; names of
 * both stay; the file: unknown words, doubles and gaps are named. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/twins/survive.h"

static struct gaz_ctx ctx;
static struct gaz_survival survival;

static int setup(void **state)
{
    (void)state;
    assert_status_of(&ctx, gaz_survive_default(&ctx, &survival), GAZ_OK);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    gaz_ctx_close(&ctx);
    return 0;
}

static const struct gaz_name FIRST[] = {{.text = "新华路"}};
static const struct gaz_name SECOND[] = {
    {.text = "红旗路"}, {.text = "老街", .kind = GAZ_NAME_FORMER}};

static struct gaz_heir heir(const struct gaz_name *names, int count)
{
    return (struct gaz_heir){.place = {.category = GAZ_CATEGORY_ROAD,
                                       .names = names,
                                       .name_count = count}};
}

static void test_who_stays(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *codes[2];
        const char *grades[2];
        int64_t records[2];
        gaz_date from[2];
        bool turns;
    } CASES[] = {
        {"nothing decides", {NULL, NULL}, {NULL, NULL}, {1, 1}, {0, 0}, false},
        {"the code", {NULL, "330482101"}, {"A", NULL}, {1, 1}, {0, 0}, true},
        {"the grade", {NULL, NULL}, {"B", "A"}, {9, 1}, {0, 0}, true},
        {"any grade", {NULL, NULL}, {NULL, "B"}, {9, 1}, {0, 0}, true},
        {"more records", {NULL, NULL}, {"A", "A"}, {1, 2}, {0, 0}, true},
        {"older", {NULL, NULL}, {"A", "A"}, {1, 1}, {20000101, 19900101}, true},
        {"an open begin is not older",
         {NULL, NULL},
         {"A", "A"},
         {1, 1},
         {20000101, 0},
         false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct gaz_heir heirs[2];
        CASE(CASES[i].label);
        for (int k = 0; k < 2; k++) {
            heirs[k] = heir(FIRST, 1);
            heirs[k].place.code = CASES[i].codes[k];
            heirs[k].place.valid_from = CASES[i].from[k];
            heirs[k].origin.grade = CASES[i].grades[k];
            heirs[k].origin.records = CASES[i].records[k];
        }
        assert_int_equal(gaz_survive_turns(&survival, &heirs[0], &heirs[1]),
                         CASES[i].turns);
        if (CASES[i].turns)
            assert_false(gaz_survive_turns(&survival, &heirs[1], &heirs[0]));
    }
}

static void test_fields(void **state)
{
    (void)state;
    struct gaz_place made;
    struct gaz_heir kept = heir(FIRST, 1);
    struct gaz_heir merged = heir(SECOND, 2);
    kept.place.id = 7;
    kept.place.address = "一路1号";
    kept.place.meaning = "短";
    kept.place.position = (struct gaz_position){
        .coord = {121, 30}, .method = GAZ_METHOD_GAZETTEER, .accuracy_m = 500};
    merged.place.id = 8;
    merged.place.address = "一路1号东侧";
    merged.place.meaning = "长的含义";
    merged.place.origin = "来历";
    merged.place.parent = 3;
    merged.place.position = (struct gaz_position){
        .coord = {121.1, 30.1}, .method = GAZ_METHOD_SURVEYED, .accuracy_m = 5};
    kept.origin.grade = "A";
    merged.origin.grade = "B";
    assert_status_of(&ctx,
                     gaz_survive_merge(&ctx, &survival, &kept, &merged, &made),
                     GAZ_OK);
    assert_true(made.id == 7);
    assert_string_equal(made.address, "一路1号"); /* grade before length */
    assert_string_equal(made.meaning, "短");
    assert_string_equal(made.origin, "来历"); /* said by one alone */
    assert_true(made.parent == 3);
    assert_near(made.position.accuracy_m, 5, 0);
    assert_int_equal(made.name_count, 3);
    assert_string_equal(made.names[0].text, "新华路");
    assert_string_equal(made.names[1].text, "红旗路");
    assert_int_equal(made.names[1].kind, GAZ_NAME_ALIAS);
    assert_int_equal(made.names[2].kind, GAZ_NAME_FORMER);

    CASE("of one grade the longer text");
    merged.origin.grade = "A";
    assert_status_of(&ctx,
                     gaz_survive_merge(&ctx, &survival, &kept, &merged, &made),
                     GAZ_OK);
    assert_string_equal(made.meaning, "长的含义");
}

/* Of the two doors: a is kept, b is merged into it. */
static void test_addresses(void **state)
{
    (void)state;
    struct gaz_address_heir a = {
        .address = {.id = 7,
                    .text = "乍浦镇新华路3号2幢501",
                    .number = "3号",
                    .number_value = 3,
                    .tail = "2幢501",
                    .status = GAZ_STATUS_HISTORICAL,
                    .valid_from = 20100101,
                    .valid_to = 20200101,
                    .is_synthetic = true,
                    .position = {.coord = {121, 30},
                                 .method = GAZ_METHOD_SURVEYED,
                                 .accuracy_m = 50}},
        .origin = {.records = 1}};
    struct gaz_address_heir b = {
        .address = {.id = 8,
                    .text = "浙江省嘉兴市平湖市乍浦镇新华路3号2幢501室",
                    .parent = 4,
                    .number = "3号",
                    .number_value = 3,
                    .tail = "2幢501室",
                    .place = 5,
                    .valid_from = 20120101,
                    .position = {.coord = {121.1, 30},
                                 .method = GAZ_METHOD_SURVEYED,
                                 .accuracy_m = 5}},
        .origin = {.records = 1}};
    struct gaz_address made = gaz_survive_address(&survival, &a, &b);
    assert_true(made.id == 7);
    assert_string_equal(made.text, a.address.text);
    assert_true(made.parent == 0 && made.place == 5);
    assert_near(made.position.accuracy_m, 5, 0);
    assert_int_equal(made.valid_from, 20100101);
    assert_int_equal(made.valid_to, GAZ_DATE_OPEN);
    assert_int_equal(made.status, GAZ_STATUS_CURRENT);
    assert_false(made.is_synthetic);

    CASE("made of both, whichever is kept");
    const struct gaz_address other = gaz_survive_address(&survival, &b, &a);
    assert_int_equal(other.valid_from, made.valid_from);
    assert_int_equal(other.status, made.status);
    assert_true(other.place == made.place);
    assert_near(other.position.accuracy_m, made.position.accuracy_m, 0);

    CASE("who stays: counted somewhere, the better source, more, fuller");
    assert_true(gaz_survive_address_turns(&survival, &a, &b));
    a.origin.grade = "A";
    assert_true(gaz_survive_address_turns(&survival, &a, &b));
    a.address.parent = 3;
    assert_false(gaz_survive_address_turns(&survival, &a, &b));
    a.origin.grade = NULL;
    a.origin.records = 2;
    assert_false(gaz_survive_address_turns(&survival, &a, &b));
    a.origin.records = 1;
    assert_true(gaz_survive_address_turns(&survival, &a, &b));
    assert_false(gaz_survive_address_turns(&survival, &b, &a));
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *why;
    } CASES[] = {
        {"nothing", "# only this\n", "no 'keep'"},
        {"unknown field", "keep coded\ncolour rank\n", "survivorship:2"},
        {"unknown criterion", "keep beauty\n", "survivorship:1"},
        {"twice", "keep coded\nkeep rank\n", "survivorship:2"},
        {"too many", "keep rank rank rank rank rank rank rank\n",
         "survivorship:1"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct gaz_survival out;
        CASE(CASES[i].label);
        ctx.failure[0] = '\0';
        assert_status(gaz_survive_read(&ctx, CASES[i].text, &out), GAZ_INVALID);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].why));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_stays),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
