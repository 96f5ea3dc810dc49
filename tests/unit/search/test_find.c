/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: gaz_search and gaz_suggest on the sample snapshot.
 *  - names, spellings with and without tones, initials, codes, former names,
 *    foreign spellings, categories, pieces of names
 *  - suggestions for each beginning of a name and of its spelling (property)
 *  - mixtures of characters and letters; what must not be suggested
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
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

typedef gaz_status asker(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                         const struct gaz_snapshot *snap,
                         const struct gaz_query *query,
                         struct gaz_answers *out);

static struct gaz_answers ask(asker *how, const struct gaz_query *query)
{
    struct gaz_answers answers;
    assert_status_of(
        &sample.ctx,
        how(&sample.ctx, sample.searcher, sample.snap, query, &answers),
        GAZ_OK);
    return answers;
}

static int where(const struct gaz_answers *answers, const char *ending)
{
    for (int i = 0; i < answers->count; i++)
        if (gaz_text_ends_with(answers->items[i].label, ending))
            return i;
    return -1;
}

static const struct {
    const char *query;
    const char *first; /* how the first label ends, NULL: no answer */
    const char *reason;
} FOUND[] = {
    {"乍浦", "平湖市乍浦镇", NULL},
    {"乍浦镇", "平湖市乍浦镇", NULL},
    {"zhapu", "平湖市乍浦镇", NULL},
    {"Zhapu Zhen", "平湖市乍浦镇", NULL},
    {"Zhàpǔ", "平湖市乍浦镇", NULL},
    {"ZHÀPǓ ZHÈN", "平湖市乍浦镇", NULL},
    {"zp", "平湖市乍浦镇", NULL},
    {"zpz", "平湖市乍浦镇", NULL},
    {"Cha-p'u", "平湖市乍浦镇", "alias"},
    {"lvxiang", "金山区吕巷镇", NULL},
    {"luxiang", "金山区吕巷镇", NULL},
    {"lyuxiang", "金山区吕巷镇", NULL},
    {"Lǚxiàng", "金山区吕巷镇", NULL},
    {"黄姑镇", "平湖市独山港镇", "merged_into"},
    {"建中村", "独山港镇衙前村", "former_name"},
    {"330482101", "平湖市乍浦镇", NULL},
    {"330482", "嘉兴市平湖市", NULL},
    {"平胡市", "嘉兴市平湖市", "sounds_like"},
    {"新仓经验", "毛泽东同志新仓经验批示展示馆", NULL},
    {"平湖市乍浦镇", "平湖市乍浦镇", NULL},
    {"Atlantis", NULL, NULL},
};

static void finds_by_any_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(FOUND); i++) {
        CASE(FOUND[i].query);
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers answers =
            ask(gaz_search,
                &(struct gaz_query){.text = FOUND[i].query, .limit = 5});
        if (!FOUND[i].first) {
            assert_int_equal(answers.count, 0);
            continue;
        }
        if (where(&answers, FOUND[i].first) != 0)
            fail_msg("%s first, not %s",
                     answers.count ? answers.items[0].label : "nothing",
                     FOUND[i].first);
        if (!FOUND[i].reason)
            continue;
        assert_true(answers.items[0].reason_count > 0);
        assert_string_equal(answers.items[0].reasons[0].code, FOUND[i].reason);
    }
}

static void lists_a_category_or_a_division(void **state)
{
    (void)state;
    struct gaz_query query = {.text = "", .limit = 50, .category = 25000};
    struct gaz_answers answers = ask(gaz_search, &query);
    assert_int_equal(answers.count, 3);
    query.category = GAZ_CATEGORY_TOWN;
    query.in_code = "330482";
    answers = ask(gaz_search, &query);
    assert_int_equal(answers.count, 7); /* the merged two are no more */
    query.at = 20050101;
    answers = ask(gaz_search, &query);
    assert_int_equal(answers.count, 8); /* they stand, 独山港镇 does not */
    query.limit = 3;
    assert_int_equal(ask(gaz_search, &query).count, 3);
    query = (struct gaz_query){.text = "", .limit = 5};
    assert_status(
        gaz_search(&sample.ctx, sample.searcher, sample.snap, &query, &answers),
        GAZ_INVALID);
    gaz_ctx_next(&sample.ctx);
}

static void a_filter_keeps_to_its_category(void **state)
{
    (void)state;
    struct gaz_query query = {.text = "钟埭", .limit = 10};
    assert_int_equal(ask(gaz_search, &query).count, 3);
    query.category = GAZ_CATEGORY_COMMUNITY;
    struct gaz_answers answers = ask(gaz_search, &query);
    assert_int_equal(answers.count, 1);
    assert_int_equal(where(&answers, "钟埭社区"), 0);
}

static const struct {
    const char *query;
    const char *want; /* within the first five */
    bool first;
} TYPED[] = {
    {"zhap", "平湖市乍浦镇", true},    {"乍", "平湖市乍浦镇", true},
    {"z", "平湖市乍浦镇", false},      {"zp", "平湖市乍浦镇", true},
    {"ph", "嘉兴市平湖市", true},      {"pingh", "嘉兴市平湖市", true},
    {"平hu", "嘉兴市平湖市", true},    {"平h", "嘉兴市平湖市", true},
    {"zp镇", "平湖市乍浦镇", true},    {"zhapu镇", "平湖市乍浦镇", true},
    {"金山w", "金山区金山卫镇", true}, {"钟埭", "平湖市钟埭街道", true},
    {"黄姑", "平湖市独山港镇", true},  {"luxi", "金山区吕巷镇", true},
    {"33048210", NULL, false},         {"平hx", NULL, false},
};

static void suggests_what_is_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TYPED); i++) {
        CASE(TYPED[i].query);
        gaz_ctx_next(&sample.ctx);
        struct gaz_answers answers =
            ask(gaz_suggest,
                &(struct gaz_query){.text = TYPED[i].query, .limit = 10});
        if (!TYPED[i].want) {
            assert_int_equal(answers.count, 0);
            continue;
        }
        int at = where(&answers, TYPED[i].want);
        assert_true(at >= 0);
        if (TYPED[i].first)
            assert_int_equal(at, 0);
    }
}

/* Every beginning of a standing place's spelling suggests it, once the list is
 * long enough for all that share it. */
static void every_beginning_suggests_its_place(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < sample.snap->place_count; i++) {
        const struct gaz_snap_place *row = &sample.snap->places[i];
        if (row->status != GAZ_STATUS_CURRENT)
            continue;
        const char *plain = gaz_snapshot_text(
            sample.snap, sample.snap->names[row->name_first].plain);
        for (size_t size = 2; size <= strlen(plain); size++) {
            gaz_ctx_next(&sample.ctx);
            char typed[64];
            (void)snprintf(typed, sizeof(typed), "%.*s", (int)size, plain);
            struct gaz_answers answers = ask(
                gaz_suggest, &(struct gaz_query){.text = typed, .limit = 50});
            bool found = false;
            for (int k = 0; k < answers.count; k++)
                found = found || answers.items[k].place == i;
            if (size < sizeof(typed) - 1 && !found)
                fail_msg("%s does not suggest place %u", typed, i);
        }
    }
}

static void a_focus_brings_the_near_one_first(void **state)
{
    (void)state;
    static const struct gaz_coord EAST = {121.18, 30.78};
    static const struct gaz_coord WEST = {121.13, 30.75};
    struct gaz_query query = {.text = "山塘", .limit = 5, .focus = &EAST};
    struct gaz_answers answers = ask(gaz_suggest, &query);
    assert_int_equal(where(&answers, "廊下镇山塘村"), 0);
    assert_true(answers.items[0].distance_m >= 0);
    query.focus = &WEST;
    answers = ask(gaz_suggest, &query);
    assert_int_equal(where(&answers, "广陈镇山塘村"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_any_name),
        cmocka_unit_test(lists_a_category_or_a_division),
        cmocka_unit_test(a_filter_keeps_to_its_category),
        cmocka_unit_test(suggests_what_is_meant),
        cmocka_unit_test(every_beginning_suggests_its_place),
        cmocka_unit_test(a_focus_brings_the_near_one_first),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
