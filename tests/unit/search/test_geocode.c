/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: forward geocoding and batch rows on the sample snapshot.
 *  - a table of queries: the first answer, its match, a reason, how many
 *  - what must hold for all: adding a correct parent, a focus, a filter or a
 *    number never makes a right answer wrong (property over all places)
 *  - confidence: within 0 to 1, falls with each doubt, low for same names
 *  - bad input: empty, blank, not UTF-8, too long, limits, codes
 *  - the same question twice gives the same bytes; a batch row is a call
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/search/batch.h"
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

static struct gaz_answers ask(const struct gaz_query *query)
{
    struct gaz_answers answers;
    assert_status_of(
        &sample.ctx,
        gaz_geocode(&sample.ctx, sample.searcher, sample.snap, query, &answers),
        GAZ_OK);
    return answers;
}

static struct gaz_answers ask_text(const char *text)
{
    return ask(&(struct gaz_query){.text = text, .limit = 10});
}

static bool has_reason(const struct gaz_answer *answer, const char *code)
{
    for (int i = 0; i < answer->reason_count; i++)
        if (strcmp(answer->reasons[i].code, code) == 0)
            return true;
    return false;
}

static const struct {
    const char *label;
    const char *query;
    const char *want; /* label of the first answer, NULL: nothing */
    gaz_match match;
    const char *reason; /* NULL: not looked at */
    int count;          /* 0: not looked at */
    gaz_date at;
} CASES[] = {
    {"county", "平湖市", "浙江省嘉兴市平湖市", GAZ_MATCH_COUNTY, NULL, 1, 0},
    {"short county", "平湖", "浙江省嘉兴市平湖市", GAZ_MATCH_COUNTY, NULL, 0,
     0},
    {"full path", "浙江省嘉兴市平湖市乍浦镇", "浙江省嘉兴市平湖市乍浦镇",
     GAZ_MATCH_TOWN, NULL, 1, 0},
    {"blanks and wrong order", "乍浦镇 平湖市", "浙江省嘉兴市平湖市乍浦镇",
     GAZ_MATCH_TOWN, NULL, 1, 0},
    {"repeated level", "浙江省嘉兴市平湖市平湖市乍浦镇",
     "浙江省嘉兴市平湖市乍浦镇", GAZ_MATCH_TOWN, NULL, 1, 0},
    {"traditional", "平湖市新倉鎮", "浙江省嘉兴市平湖市新仓镇", GAZ_MATCH_TOWN,
     NULL, 1, 0},
    {"same name, two provinces", "山塘村", NULL, GAZ_MATCH_VILLAGE, "ambiguous",
     2, 0},
    {"a town tells them apart", "廊下镇山塘村", "上海市金山区廊下镇山塘村",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"a short town too", "廊下山塘村", "上海市金山区廊下镇山塘村",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"the other side", "广陈镇山塘村", "浙江省嘉兴市平湖市广陈镇山塘村",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"a county does it", "平湖市山塘村", "浙江省嘉兴市平湖市广陈镇山塘村",
     GAZ_MATCH_VILLAGE, "level_inferred", 1, 0},
    {"a province does it", "上海市山塘村", "上海市金山区廊下镇山塘村",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"merged town", "黄姑镇", "浙江省嘉兴市平湖市独山港镇", GAZ_MATCH_TOWN,
     "merged_into", 1, 0},
    {"merged town, when it stood", "黄姑镇", "浙江省嘉兴市平湖市黄姑镇",
     GAZ_MATCH_TOWN, NULL, 1, 20050101},
    {"later town, before it stood", "独山港镇", NULL, GAZ_MATCH_TOWN,
     "formerly", 2, 20050101},
    {"village in a merged town", "黄姑镇渡船桥村",
     "浙江省嘉兴市平湖市独山港镇渡船桥村", GAZ_MATCH_VILLAGE, "merged_into", 1,
     0},
    {"former village name", "建中村", "浙江省嘉兴市平湖市独山港镇衙前村",
     GAZ_MATCH_VILLAGE, "former_name", 1, 0},
    {"former name in its time", "建中村", "浙江省嘉兴市平湖市独山港镇建中村",
     GAZ_MATCH_VILLAGE, NULL, 1, 20160701},
    {"address of a site", "平湖市新仓镇朝阳路158号",
     "浙江省嘉兴市平湖市新仓镇朝阳路158号（毛泽东同志新仓经验批示展示馆）",
     GAZ_MATCH_EXACT, "site_here", 1, 0},
    {"address that only the site states", "张堰镇新华路139号",
     "上海市金山区张堰镇新华路139号（姚光故居）", GAZ_MATCH_EXACT, "site_here",
     1, 0},
    {"the same without its town", "新华路139号",
     "上海市金山区张堰镇新华路139号（姚光故居）", GAZ_MATCH_EXACT, "site_here",
     1, 0},
    {"not in another town", "新仓镇新华路139号", "浙江省嘉兴市平湖市新仓镇",
     GAZ_MATCH_TOWN, "part_not_found", 0, 0},
    {"another number is not it", "张堰镇新华路39号", "上海市金山区张堰镇",
     GAZ_MATCH_TOWN, "part_not_found", 0, 0},
    {"site by name", "毛泽东同志新仓经验批示展示馆",
     "浙江省嘉兴市平湖市新仓镇毛泽东同志新仓经验批示展示馆", GAZ_MATCH_SITE,
     NULL, 1, 0},
    {"road beside a community", "平湖市钟埭街道钟埭社区下塘街4号",
     "浙江省嘉兴市平湖市钟埭街道下塘街4号（新四军北撤司令部旧址）",
     GAZ_MATCH_EXACT, NULL, 1, 0},
    {"village and hamlet of one name", "嘉兴市南湖区大桥镇八里村八里村159号",
     "浙江省嘉兴市南湖区大桥镇八里村159号", GAZ_MATCH_EXACT, NULL, 0, 0},
    {"number and unit", "当湖街道演示路34号2幢501室",
     "浙江省嘉兴市平湖市当湖街道演示路34号2幢501室", GAZ_MATCH_EXACT, NULL, 1,
     0},
    {"number without its unit", "当湖街道演示路30号3单元",
     "浙江省嘉兴市平湖市当湖街道演示路30号", GAZ_MATCH_EXACT, "unit_not_found",
     1, 0},
    {"interpolated", "当湖街道演示路36号", "浙江省嘉兴市平湖市当湖街道演示路",
     GAZ_MATCH_INTERPOLATED, "interpolated", 1, 0},
    {"no such number", "当湖街道演示路900号",
     "浙江省嘉兴市平湖市当湖街道演示路", GAZ_MATCH_ROAD, "number_not_found", 1,
     0},
    {"lane", "当湖街道演示路12弄4号501室",
     "浙江省嘉兴市平湖市当湖街道演示路12弄4号501室", GAZ_MATCH_EXACT, NULL, 1,
     0},
    {"community keeps its suffix", "钟埭社区",
     "浙江省嘉兴市平湖市钟埭街道钟埭社区", GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"village keeps its suffix", "钟埭村", "浙江省嘉兴市平湖市钟埭街道钟埭村",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"bare name, the town first", "钟埭", "浙江省嘉兴市平湖市钟埭街道",
     GAZ_MATCH_TOWN, "ambiguous", 3, 0},
    {"unit word inside a name", "钟埭街道沈家弄村",
     "浙江省嘉兴市平湖市钟埭街道沈家弄村", GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"numeral name", "石化街道三村居委会", "上海市金山区石化街道三村居委会",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"one wrong character", "平湖市沈加弄村",
     "浙江省嘉兴市平湖市钟埭街道沈家弄村", GAZ_MATCH_VILLAGE, NULL, 0, 0},
    {"sounds the same", "平胡市", "浙江省嘉兴市平湖市", GAZ_MATCH_COUNTY,
     "sounds_like", 1, 0},
    {"swapped characters", "新四军撤北司令部旧址",
     "浙江省嘉兴市平湖市钟埭街道钟埭社区新四军北撤司令部旧址", GAZ_MATCH_SITE,
     NULL, 1, 0},
    {"homophone stays in the county named", "平湖市张桥村",
     "浙江省嘉兴市平湖市曹桥街道章桥村", GAZ_MATCH_VILLAGE, "sounds_like", 1,
     0},
    {"without a county it is itself", "张桥村", "上海市金山区金山卫镇张桥村",
     GAZ_MATCH_VILLAGE, NULL, 1, 0},
    {"unknown road", "平湖市新仓镇不存在的大道", "浙江省嘉兴市平湖市新仓镇",
     GAZ_MATCH_TOWN, "part_not_found", 0, 0},
    {"levels at odds", "平湖市枫泾镇", "浙江省嘉兴市平湖市", GAZ_MATCH_COUNTY,
     "levels_contradict", 2, 0},
    {"nowhere", "Atlantis", NULL, GAZ_MATCH_NONE, NULL, 0, 0},
    {"nowhere in Chinese", "霍格沃茨魔法学校", NULL, GAZ_MATCH_NONE, NULL, 0,
     0},
};

static void answers_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers answers = ask(&(struct gaz_query){
            .text = CASES[i].query, .limit = 10, .at = CASES[i].at});
        if (CASES[i].match == GAZ_MATCH_NONE) {
            assert_int_equal(answers.count, 0);
            continue;
        }
        if (answers.count == 0)
            fail_msg("no answer to %s", CASES[i].query);
        if (CASES[i].want)
            assert_string_equal(answers.items[0].label, CASES[i].want);
        assert_string_equal(gaz_match_name(answers.items[0].match),
                            gaz_match_name(CASES[i].match));
        if (CASES[i].reason && !has_reason(&answers.items[0], CASES[i].reason))
            fail_msg("no reason %s", CASES[i].reason);
        if (CASES[i].count)
            assert_int_equal(answers.count, CASES[i].count);
    }
}

static void is_unsure_of_same_names(void **state)
{
    (void)state;
    struct gaz_answers answers = ask_text("山塘村");
    assert_int_equal(answers.count, 2);
    assert_true(answers.items[0].confidence < 0.9);
    assert_near(answers.items[0].confidence, answers.items[1].confidence, 0.01);
    assert_true(ask_text("广陈镇山塘村").items[0].confidence > 0.9);
}

/* Each query says less, or something worse, than the one before it. */
static void confidence_falls(void **state)
{
    (void)state;
    static const char *const LADDERS[][4] = {
        {"当湖街道演示路34号2幢501室", "当湖街道演示路30号3单元",
         "当湖街道演示路36号", "当湖街道演示路900号"},
        {"平湖市章桥村", "平湖市张桥村", "平湖市枫泾镇", "平湖市某某村"},
        {"独山港镇", "黄姑镇", "都山港镇某某", "霍格沃茨"},
    };
    for (size_t i = 0; i < COUNT(LADDERS); i++) {
        double last = 1;
        for (size_t k = 0; k < 4; k++) {
            CASE(LADDERS[i][k]);
            struct gaz_answers answers = ask_text(LADDERS[i][k]);
            double now = answers.count > 0 ? answers.items[0].confidence : 0;
            assert_true(now >= 0 && now < last);
            last = now;
        }
    }
}

static int place_of(const struct gaz_answers *answers, uint32_t place)
{
    for (int i = 0; i < answers->count; i++)
        if (answers->items[i].place == place)
            return i;
    return -1;
}

static const char *name_of(uint32_t place)
{
    return gaz_snapshot_text(
        sample.snap,
        sample.snap->names[sample.snap->places[place].name_first].text);
}

/* name, then parent + name, then grandparent + parent + name. */
static void correct_parents_never_hurt(void **state)
{
    (void)state;
    int tried = 0;
    for (uint32_t i = 0; i < sample.snap->place_count; i++) {
        const struct gaz_snap_place *row = &sample.snap->places[i];
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers bare = ask_text(name_of(i));
        if (place_of(&bare, i) < 0 || row->parent == GAZ_NONE)
            continue;
        char text[256];
        (void)snprintf(text, sizeof(text), "%s%s", name_of(row->parent),
                       name_of(i));
        CASE(text);
        struct gaz_answers with = ask_text(text);
        assert_int_equal(place_of(&with, i), 0);
        tried++;
        uint32_t over = sample.snap->places[row->parent].parent;
        if (over == GAZ_NONE)
            continue;
        (void)snprintf(text, sizeof(text), "%s%s%s", name_of(over),
                       name_of(row->parent), name_of(i));
        with = ask_text(text);
        assert_int_equal(place_of(&with, i), 0);
    }
    assert_true(tried > 30);
}

/* A right first answer stays first with a focus anywhere and a right filter. */
static void focus_and_filter_never_hurt(void **state)
{
    (void)state;
    static const struct gaz_coord FOCI[] = {
        {121.0, 30.6}, {121.4, 30.9}, {0, 0}};
    for (uint32_t i = 0; i < sample.snap->place_count; i++) {
        const struct gaz_snap_place *row = &sample.snap->places[i];
        gaz_ctx_next(&sample.ctx);
        char text[256];
        (void)snprintf(text, sizeof(text), "%s%s",
                       row->parent != GAZ_NONE ? name_of(row->parent) : "",
                       name_of(i));
        struct gaz_query query = {.text = text, .limit = 3};
        struct gaz_answers bare = ask(&query);
        if (place_of(&bare, i) != 0)
            continue;
        for (size_t f = 0; f < COUNT(FOCI); f++) {
            query.focus = &FOCI[f];
            struct gaz_answers with = ask(&query);
            assert_int_equal(place_of(&with, i), 0);
        }
        query.category = (int)row->category;
        struct gaz_answers with = ask(&query);
        assert_int_equal(place_of(&with, i), 0);
        uint32_t top = i;
        while (sample.snap->places[top].parent != GAZ_NONE)
            top = sample.snap->places[top].parent;
        query.in_code =
            gaz_snapshot_text(sample.snap, sample.snap->places[top].code_text);
        with = ask(&query);
        assert_int_equal(place_of(&with, i), 0);
    }
}

static void filters_and_focus_choose(void **state)
{
    (void)state;
    struct gaz_query query = {.text = "山塘村", .limit = 5};
    query.in_code = "330482";
    struct gaz_answers answers = ask(&query);
    assert_int_equal(answers.count, 1);
    assert_string_equal(answers.items[0].label,
                        "浙江省嘉兴市平湖市广陈镇山塘村");
    query.in_code = NULL;
    query.category = 21400; /* a county: there is none of that name */
    assert_int_equal(ask(&query).count, 0);
    query.category = 21000; /* its class */
    assert_int_equal(ask(&query).count, 2);
    query.category = 0;
    static const struct gaz_coord EAST = {121.20, 30.78};
    static const struct gaz_coord WEST = {121.10, 30.75};
    query.focus = &EAST;
    assert_string_equal(ask(&query).items[0].label, "上海市金山区廊下镇山塘村");
    query.focus = &WEST;
    assert_string_equal(ask(&query).items[0].label,
                        "浙江省嘉兴市平湖市广陈镇山塘村");
}

static void interpolates_between_its_neighbours(void **state)
{
    (void)state;
    struct gaz_answers answers = ask_text("当湖街道演示路36号");
    assert_int_equal(answers.items[0].address, GAZ_NONE);
    assert_near(answers.items[0].position.coord.lon, 121.0130, 1e-6);
    assert_near(answers.items[0].position.coord.lat, 30.691, 1e-6);
    assert_int_equal(answers.items[0].position.method, GAZ_METHOD_SYNTHETIC);
    assert_true(has_reason(&answers.items[0], "synthetic"));
    assert_true(has_reason(&answers.items[0], "side_inferred"));
    double accuracy_m = answers.items[0].position.accuracy_m;
    /* 33 is odd: only 31 stands on its side, so both sides are asked */
    answers = ask_text("当湖街道演示路33号");
    assert_int_equal(answers.items[0].match, GAZ_MATCH_INTERPOLATED);
    assert_true(has_reason(&answers.items[0], "side_unknown"));
    assert_true(answers.items[0].position.accuracy_m > accuracy_m / 2);
}

static void refuses_bad_input(void **state)
{
    (void)state;
    static char long_text[GAZ_QUERY_MAX_BYTES + 2];
    memset(long_text, 'a', sizeof(long_text) - 1);
    const struct gaz_coord nowhere = {200, 0};
    const struct {
        const char *label;
        struct gaz_query query;
        gaz_status want;
    } bad[] = {
        {"no text", {.limit = 5}, GAZ_INVALID},
        {"empty", {.text = "", .limit = 5}, GAZ_INVALID},
        {"blank", {.text = " \t\n", .limit = 5}, GAZ_INVALID},
        {"not UTF-8", {.text = "\xE5\xB9", .limit = 5}, GAZ_INVALID},
        {"too long", {.text = long_text, .limit = 5}, GAZ_LIMIT},
        {"limit 0", {.text = "平湖", .limit = 0}, GAZ_INVALID},
        {"limit 51", {.text = "平湖", .limit = 51}, GAZ_INVALID},
        {"category",
         {.text = "平湖", .limit = 5, .category = 100000},
         GAZ_INVALID},
        {"code", {.text = "平湖", .limit = 5, .in_code = "33x"}, GAZ_INVALID},
        {"unknown code",
         {.text = "平湖", .limit = 5, .in_code = "99"},
         GAZ_INVALID},
        {"focus", {.text = "平湖", .limit = 5, .focus = &nowhere}, GAZ_INVALID},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        CASE(bad[i].label);
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers answers = {.count = -1};
        assert_status(gaz_geocode(&sample.ctx, sample.searcher, sample.snap,
                                  &bad[i].query, &answers),
                      bad[i].want);
        assert_int_equal(answers.count, -1); /* untouched */
        assert_string_not_equal(gaz_ctx_failure(&sample.ctx),
                                "no reason given");
    }
    gaz_ctx_next(&sample.ctx);
}

static void is_deterministic(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct gaz_answers a = ask_text(CASES[i].query);
        struct gaz_answers b = ask_text(CASES[i].query);
        assert_int_equal(a.count, b.count);
        for (int k = 0; k < a.count; k++) {
            assert_string_equal(a.items[k].label, b.items[k].label);
            assert_near(a.items[k].confidence, b.items[k].confidence, 0);
        }
    }
}

static void a_batch_row_is_a_call(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"平湖市新仓镇朝阳路158号", "matched"},
        {"黄姑镇", "matched"},
        {"当湖街道演示路36号", "matched"},
        {"山塘村", "review"},
        {"平湖市枫泾镇", "review"},
        {"Atlantis", "none"},
        {"", "invalid"},
        {"\xFF", "invalid"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CASE(rows[i].text);
        gaz_ctx_next(&sample.ctx);
        struct gaz_query query = {.text = rows[i].text, .limit = 5};
        struct gaz_batch_answer row;
        assert_status(gaz_batch_row(&sample.ctx, sample.searcher, sample.snap,
                                    &query, &row),
                      GAZ_OK);
        assert_string_equal(gaz_batch_name(row.status), rows[i].want);
        bool matched = row.status == GAZ_BATCH_MATCHED;
        if (!matched)
            assert_int_equal(row.position.method, GAZ_METHOD_NONE);
        assert_true((row.failure != NULL) == (row.status == GAZ_BATCH_INVALID));
        if (row.status == GAZ_BATCH_INVALID)
            continue;
        struct gaz_answers answers = ask(&query);
        assert_int_equal(answers.count, row.answers.count);
        for (int k = 0; k < answers.count; k++)
            assert_string_equal(answers.items[k].label,
                                row.answers.items[k].label);
    }
}

static void parses_with_offsets(void **state)
{
    (void)state;
    static const char TEXT[] = "平湖市新仓镇朝阳路158号";
    struct gaz_elements elements;
    assert_status(gaz_parse(&sample.ctx, TEXT, &elements), GAZ_OK);
    assert_true(elements.count >= 4);
    int last = 0;
    for (int i = 0; i < elements.count; i++) {
        assert_true(elements.items[i].byte_start >= last);
        last = elements.items[i].byte_end;
    }
    assert_int_equal(last, sizeof(TEXT) - 1);
    assert_status(gaz_parse(&sample.ctx, "", &elements), GAZ_INVALID);
    gaz_ctx_next(&sample.ctx);
    assert_status(gaz_parse(&sample.ctx, "\xC3", &elements), GAZ_INVALID);
    gaz_ctx_next(&sample.ctx);
}

/* What folds is read as its folded form; offsets stay those of the text. */
static void parses_what_folds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *folded;
    } PAIRS[] = {
        {"平湖市新倉鎮朝陽路１５８號", "平湖市新仓镇朝阳路158号"},
        {"上海市金山區石化街道龍勝路１０幢３樓",
         "上海市金山区石化街道龙胜路10幢3楼"},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        struct gaz_elements given;
        struct gaz_elements folded;
        assert_status(gaz_parse(&sample.ctx, PAIRS[i].text, &given), GAZ_OK);
        assert_status(gaz_parse(&sample.ctx, PAIRS[i].folded, &folded), GAZ_OK);
        assert_int_equal(given.count, folded.count);
        for (int k = 0; k < given.count; k++) {
            assert_int_equal(given.items[k].label, folded.items[k].label);
            assert_int_equal(given.items[k].start, folded.items[k].start);
            assert_int_equal(given.items[k].end, folded.items[k].end);
        }
        assert_int_equal(given.items[given.count - 1].byte_end,
                         strlen(PAIRS[i].text));
    }
    gaz_ctx_next(&sample.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_the_table),
        cmocka_unit_test(is_unsure_of_same_names),
        cmocka_unit_test(confidence_falls),
        cmocka_unit_test(correct_parents_never_hurt),
        cmocka_unit_test(focus_and_filter_never_hurt),
        cmocka_unit_test(filters_and_focus_choose),
        cmocka_unit_test(interpolates_between_its_neighbours),
        cmocka_unit_test(refuses_bad_input),
        cmocka_unit_test(is_deterministic),
        cmocka_unit_test(a_batch_row_is_a_call),
        cmocka_unit_test(parses_with_offsets),
        cmocka_unit_test(parses_what_folds),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
