/* Test plan: each rule by a row that breaks it and a row next to it that does
 * not; severity and column; both sentences are there; known traps of the real
 * data (备注项, 东礁一、三居委会, 330482107400); what is empty breaks nothing
 * it should not; more issues than there is room for are still counted. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/quality/check.h"

enum { ROOM = 12 };

/* A place of one name and what its record said. */
struct row {
    const char *label;
    const char *name;
    const char *code;
    int level;
    int category;
    const char *parent;
    const char *fields[ROOM]; /* field, value, field, value ... */
    const char *want;         /* "rule/severity ..." in order */
};

enum {
    T = GAZ_LEVEL_TOWN,
    V = GAZ_LEVEL_VILLAGE,
    N = GAZ_LEVEL_NONE,
    CT = GAZ_CATEGORY_TOWN,
    CV = GAZ_CATEGORY_VILLAGE,
    CC = GAZ_CATEGORY_COMMUNITY,
};

static const struct row ROWS[] = {
    {"nothing wrong", "乍浦镇", "330482101", T, CT, "330482", {NULL}, ""},
    {"name missing", NULL, "330482101", T, CT, NULL, {NULL}, "E1/2"},
    {"no name, but joins",
     NULL,
     "330482101",
     T,
     CT,
     NULL,
     {"subject", "330482101"},
     ""},
    {"placeholder", "备注项", "310116001031", V, CC, NULL, {NULL}, "G01/2"},
    {"placeholder 无", "无", NULL, N, 0, NULL, {NULL}, "G01/2"},
    {"placeholder null", "null", NULL, N, 0, NULL, {NULL}, "G01/2"},
    {"placeholder 测试点1", "测试点1", NULL, N, 0, NULL, {NULL}, "G01/2"},
    {"无 inside a name", "无锡村", NULL, V, CV, NULL, {NULL}, ""},
    {"letter", "新凯D块居委会", NULL, V, CC, NULL, {NULL}, "N05/2"},
    {"digit", "八1村", NULL, V, CV, NULL, {NULL}, "N05/2"},
    {"numeral in Han", "八字村", NULL, V, CV, NULL, {NULL}, ""},
    {"、 is for an officer",
     "东礁一、三居委会",
     NULL,
     V,
     CC,
     NULL,
     {NULL},
     "N05/1"},
    {"brackets", "金水和璟园(南)居委会", NULL, V, CC, NULL, {NULL}, "N05/1"},
    {"digit of a site", "731部队旧址", NULL, N, 25100, NULL, {NULL}, "N05/1"},
    {"no generic", "乍浦", NULL, T, CT, NULL, {NULL}, "N01/1"},
    {"generic of another", "乍浦镇", NULL, V, CV, NULL, {NULL}, "N02/1"},
    {"generic alone", "村", NULL, V, CV, NULL, {NULL}, "N04/2"},
    {"letters in a code", "乍浦镇", "33048210A", T, CT, NULL, {NULL}, "C01/2"},
    {"length of a code", "乍浦镇", "33048", T, CT, NULL, {NULL}, "C01/2"},
    {"no such province", "乍浦镇", "990482101", T, CT, NULL, {NULL}, "C01/2"},
    {"length and level", "乍浦镇", "330482", T, CT, NULL, {NULL}, "C01/2"},
    {"parent is no prefix",
     "乍浦镇",
     "330482101",
     T,
     CT,
     "310116",
     {NULL},
     "C03/2"},
    {"parent is itself",
     "乍浦镇",
     "330482101",
     T,
     CT,
     "330482101",
     {NULL},
     "C03/2"},
    {"county under a province",
     "金山区",
     "310116",
     GAZ_LEVEL_COUNTY,
     21400,
     "31",
     {NULL},
     ""},
    {"county under the province by its code",
     "平湖市",
     "339012",
     GAZ_LEVEL_COUNTY,
     21400,
     "3304",
     {NULL},
     ""},
    {"居委会 in 4xx, known",
     "徐埭社区",
     "330482107400",
     V,
     CC,
     "330482107",
     {"name", "徐埭社区居委会"},
     "C02/1"},
    {"village in the community segment",
     "甲村",
     "330482107001",
     V,
     CV,
     NULL,
     {"name", "甲村村委会"},
     "C02/1"},
    {"community in the village segment",
     "甲社区",
     "330482107201",
     V,
     CC,
     NULL,
     {"name", "甲社区居民委员会"},
     "C02/1"},
    {"village in its segment", "甲村", "330482107399", V, CV, NULL, {NULL}, ""},
    {"三村居委会 is no village",
     "三村居委会",
     "310116001002",
     V,
     CC,
     NULL,
     {NULL},
     ""},
    {"segment 6xx", "甲村", "330482107600", V, CV, NULL, {NULL}, "C02/1"},
    {"statistical town, not marked",
     "湾区高新技术产业开发区",
     "310116503",
     T,
     GAZ_CATEGORY_ZONE,
     NULL,
     {NULL},
     "C06/1"},
    {"date",
     "乍浦镇",
     NULL,
     T,
     CT,
     NULL,
     {"valid_from", "2017/10/31"},
     "F01/2"},
    {"date that is none",
     "乍浦镇",
     NULL,
     T,
     CT,
     NULL,
     {"valid_to", "2017-02-30"},
     "F01/2"},
    {"number", "乍浦镇", NULL, T, CT, NULL, {"accuracy_m", "3 km"}, "F02/2"},
    {"no accuracy of zero",
     "乍浦镇",
     NULL,
     T,
     CT,
     NULL,
     {"accuracy_m", "0"},
     "F02/2"},
    {"unknown kind", "乍浦镇", NULL, T, CT, NULL, {"kind", "main"}, "F03/2"},
    {"unknown status",
     "乍浦镇",
     NULL,
     T,
     CT,
     NULL,
     {"status", "gone"},
     "F03/2"},
    {"unknown method", "乍浦镇", NULL, T, CT, NULL, {"method", "gps"}, "F03/2"},
    {"unknown flag",
     "乍浦镇",
     NULL,
     T,
     CT,
     NULL,
     {"synthetic", "maybe"},
     "F03/2"},
    {"category", "乍浦镇", NULL, T, CT, NULL, {"category", "2150"}, "F03/2"},
    {"known words",
     "乍浦镇",
     NULL,
     T,
     CT,
     NULL,
     {"kind", "标准名称", "status", "现行", "basis", "edition", "category",
      "21500", "valid_from", "2017"},
     ""},
};

static struct gaz_ctx ctx;

static int setup(void **state)
{
    (void)state;
    memset(&ctx, 0, sizeof(ctx));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    gaz_ctx_close(&ctx);
    return 0;
}

static struct gaz_record record_of(const char *const *pairs,
                                   struct gaz_field fields[ROOM])
{
    struct gaz_record record = {.key = "k", .fields = fields};
    for (int i = 0; i + 1 < ROOM && pairs[i]; i += 2)
        fields[record.field_count++] = (struct gaz_field){
            .name = pairs[i], .column = "列", .value = pairs[i + 1]};
    return record;
}

/* "C02/1 N05/2" */
static const char *summary(const struct gaz_issues *issues)
{
    const char *text = "";
    for (int i = 0; i < issues->count; i++) {
        const struct gaz_issue *issue = &issues->items[i];
        assert_true(issue->message && *issue->message);
        assert_true(issue->message_en && *issue->message_en);
        text = gaz_arena_printf(&ctx.arena, "%s%s%s/%d", text, i ? " " : "",
                                issue->rule, (int)issue->severity);
    }
    return text;
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const struct row *row = &ROWS[i];
        CASE(row->label);
        struct gaz_field fields[ROOM];
        struct gaz_record record = record_of(row->fields, fields);
        const struct gaz_name name = {.text = row->name};
        const struct gaz_entry entry = {
            .kind = GAZ_ENTRY_PLACE,
            .place = {.code = row->code,
                      .level = (gaz_level)row->level,
                      .category = row->category,
                      .parent_code = row->parent,
                      .names = &name,
                      .name_count = row->name ? 1 : 0}};
        struct gaz_issues issues;
        gaz_check(&ctx, &record, &entry, &issues);
        assert_string_equal(summary(&issues), row->want);
        if (issues.count > 0 && record.field_count == 1 && row->want[0] == 'F')
            assert_string_equal(issues.items[0].column, "列");
        gaz_check(&ctx, NULL, &entry, &issues); /* no record: no crash */
    }
}

static void test_positions(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_position position;
        bool synthetic;
        const char *want;
    } CASES[] = {
        {"none", {{0, 0}, GAZ_METHOD_NONE, 0, 0}, false, ""},
        {"good", {{121.09, 30.6}, GAZ_METHOD_GAZETTEER, 500, 0}, false, ""},
        {"swapped",
         {{30.6, 121.09}, GAZ_METHOD_GAZETTEER, 5, 0},
         false,
         "E9/2"},
        {"outside", {{12.5, 41.9}, GAZ_METHOD_GAZETTEER, 5, 0}, false, "E9/2"},
        {"no accuracy",
         {{121, 30}, GAZ_METHOD_GAZETTEER, 0, 0},
         false,
         "P01/1"},
        {"made up, not said so",
         {{121, 30}, GAZ_METHOD_SYNTHETIC, 5, 0},
         false,
         "S01/2"},
        {"said so, not made up",
         {{121, 30}, GAZ_METHOD_SURVEYED, 5, 0},
         true,
         "S01/2"},
        {"made up", {{121, 30}, GAZ_METHOD_SYNTHETIC, 5, 0}, true, ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct gaz_name name = {.text = "甲"};
        const struct gaz_entry entry = {
            .kind = GAZ_ENTRY_PLACE,
            .place = {.names = &name,
                      .name_count = 1,
                      .is_synthetic = CASES[i].synthetic,
                      .position = CASES[i].position}};
        struct gaz_issues issues;
        gaz_check(&ctx, NULL, &entry, &issues);
        assert_string_equal(summary(&issues), CASES[i].want);
    }
}

static void test_spans(void **state)
{
    (void)state;
    static const struct {
        gaz_date from;
        gaz_date to;
        const char *want;
    } CASES[] = {{20160000, 20170000, ""},
                 {0, 20170000, ""},
                 {20170000, 0, ""},
                 {20170000, 20170000, "D01/2"},
                 {20180000, 20170000, "D01/2"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct gaz_name name = {
            .text = "甲", .valid_from = CASES[i].from, .valid_to = CASES[i].to};
        const struct gaz_entry entry = {
            .kind = GAZ_ENTRY_PLACE,
            .place = {.names = &name, .name_count = 1}};
        struct gaz_issues issues;
        gaz_check(&ctx, NULL, &entry, &issues);
        assert_string_equal(summary(&issues), CASES[i].want);
    }
}

static void test_claims(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_claim claim;
        const char *want;
    } CASES[] = {
        {"good",
         {.subject = "s",
          .property = "built",
          .value = "v",
          .value_date = "1717",
          .source_title = "t",
          .grade = "B"},
         ""},
        {"no source",
         {.subject = "s", .property = "built", .value = "v", .grade = "A"},
         "S02/2"},
        {"grade C",
         {.subject = "s",
          .property = "p",
          .value = "v",
          .source_url = "u",
          .grade = "C"},
         "S03/2"},
        {"no grade",
         {.subject = "s", .property = "p", .value = "v", .source_url = "u"},
         "S03/2"},
        {"nothing", {.source_url = "u", .grade = "A"}, "E1/2 E1/2 E1/2"},
        {"a date in words",
         {.subject = "s",
          .property = "p",
          .value = "v",
          .source_url = "u",
          .grade = "A",
          .value_date = "康熙五十六年"},
         "F01/1"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct gaz_entry entry = {.kind = GAZ_ENTRY_CLAIM,
                                        .claim = CASES[i].claim};
        struct gaz_issues issues;
        gaz_check(&ctx, NULL, &entry, &issues);
        assert_string_equal(summary(&issues), CASES[i].want);
    }
}

static void test_changes(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_change change;
        const char *want;
    } CASES[] = {
        {"good",
         {.kind = GAZ_CHANGE_MERGE,
          .date = 20090000,
          .from_code = "330482104",
          .to_code = "330482108"},
         ""},
        {"no date",
         {.kind = GAZ_CHANGE_RENAME, .from_code = "330482104"},
         "E1/2"},
        {"no end",
         {.kind = GAZ_CHANGE_MERGE, .date = 20090000, .from_code = "330482104"},
         "E1/2"},
        {"abolished needs none",
         {.kind = GAZ_CHANGE_ABOLISH,
          .date = 20090000,
          .from_code = "330482104"},
         ""},
        {"set up from nothing",
         {.kind = GAZ_CHANGE_ESTABLISH,
          .date = 20090000,
          .to_code = "330482108"},
         ""},
        {"an end by its record key",
         {.kind = GAZ_CHANGE_MERGE,
          .date = 20090000,
          .from_code = "quantang-zhen",
          .to_code = "330482108"},
         ""},
        {"code",
         {.kind = GAZ_CHANGE_ABOLISH, .date = 20090000, .from_code = "33048"},
         "C01/2"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct gaz_entry entry = {.kind = GAZ_ENTRY_CHANGE,
                                        .change = CASES[i].change};
        struct gaz_issues issues;
        gaz_check(&ctx, NULL, &entry, &issues);
        assert_string_equal(summary(&issues), CASES[i].want);
    }
}

static void test_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        const char *community;
        const char *road;
        const char *number;
        const char *want;
    } CASES[] = {
        {"good", "甲镇一路1号", NULL, "一路", "1号", ""},
        {"in a village", "甲村1号", "甲村", NULL, "1号", ""},
        {"no number", "甲镇一路", NULL, "一路", "", "A02/1"},
        {"no parent", "1号", NULL, NULL, "1号", "A01/2"},
        {"nothing", NULL, NULL, NULL, NULL, "E1/2 A01/2 A02/1"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_entry entry = {
            .kind = GAZ_ENTRY_ADDRESS,
            .address = {.text = CASES[i].text, .number = CASES[i].number}};
        entry.components[4] = CASES[i].community;
        entry.components[5] = CASES[i].road;
        struct gaz_issues issues;
        gaz_check(&ctx, NULL, &entry, &issues);
        assert_string_equal(summary(&issues), CASES[i].want);
    }
}

/* What mends a unit word that is not the standard's. */
static void test_fixes(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        const char *tail;
        const char *field; /* NULL: none */
        const char *fix;
    } CASES[] = {
        {"8号", "2栋", "tail", "2幢"},
        {"8号", "2栋3楼5棟", "tail", "2幢3楼5幢"},
        {"8號", "2幢", "number", "8号"},
        {"8號", "2栋", NULL, NULL},  /* two fields: not by one edit */
        {"8号", "甲栋", NULL, NULL}, /* no number before it */
        {"8号", "2幢", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].tail);
        struct gaz_entry entry = {.kind = GAZ_ENTRY_ADDRESS,
                                  .address = {.text = "甲镇一路8号",
                                              .number = CASES[i].number,
                                              .tail = CASES[i].tail}};
        entry.components[5] = "一路";
        struct gaz_issues issues;
        const char *field = NULL;
        const char *fix = NULL;
        gaz_check(&ctx, NULL, &entry, &issues);
        for (int k = 0; k < issues.count; k++)
            if (strcmp(issues.items[k].rule, "E4") == 0) {
                field = issues.items[k].fix_field;
                fix = issues.items[k].fix;
            }
        if (CASES[i].field) {
            assert_non_null(field);
            assert_string_equal(field, CASES[i].field);
            assert_string_equal(fix, CASES[i].fix);
        } else {
            assert_null(field);
        }
    }
}

static void test_more_than_there_is_room_for(void **state)
{
    (void)state;
    struct gaz_name names[GAZ_ISSUES_MAX + 5];
    for (size_t i = 0; i < COUNT(names); i++)
        names[i] = (struct gaz_name){.text = "未知"};
    const struct gaz_entry entry = {
        .kind = GAZ_ENTRY_PLACE,
        .place = {.names = names, .name_count = COUNT(names)}};
    struct gaz_issues issues;
    gaz_check(&ctx, NULL, &entry, &issues);
    assert_int_equal(issues.count, GAZ_ISSUES_MAX);
    assert_int_equal(issues.errors, COUNT(names));
}

/* A value of 64 KB is shown by its beginning, cut between two characters. */
static void test_a_long_value(void **state)
{
    (void)state;
    char value[3 * 500 + 1];
    for (size_t i = 0; i < 500; i++)
        memcpy(value + 3 * i, "长", 3);
    value[sizeof(value) - 1] = '\0';
    const char *pairs[ROOM] = {"status", value};
    struct gaz_field fields[ROOM];
    const struct gaz_record record = record_of(pairs, fields);
    const struct gaz_name name = {.text = "甲"};
    const struct gaz_entry entry = {.kind = GAZ_ENTRY_PLACE,
                                    .place = {.names = &name, .name_count = 1}};
    struct gaz_issues issues;
    gaz_check(&ctx, &record, &entry, &issues);
    assert_int_equal(issues.count, 1);
    assert_true(strlen(issues.items[0].message) < 200);
    assert_non_null(strstr(issues.items[0].message, "长…"));
    assert_non_null(strstr(issues.items[0].evidence, "{\"status\":"));
}

int main(void)
{
#define CASE_OF(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE_OF(test_places),       CASE_OF(test_positions),
        CASE_OF(test_spans),        CASE_OF(test_claims),
        CASE_OF(test_changes),      CASE_OF(test_addresses),
        CASE_OF(test_fixes),        CASE_OF(test_more_than_there_is_room_for),
        CASE_OF(test_a_long_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
