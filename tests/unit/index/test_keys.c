/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a name that is printed with digits by our rules is found as it is
 * spoken and as it is printed, once by a prefix that both share; a spelling
 * that a source gave, and a number that is no ordinal, keep their one form. */
#include "tests/unit/test.h"

#include <string.h>

#include "tests/unit/index/world.h"

static const struct {
    gaz_id id;
    const char *text;
    const char *roman;
    const char *plain; /* what the row says */
} NAMES[] = {
    {1, "二马路", "2 Mǎlù", "ermalu"},
    {2, "第九弄", "Dì-9 Lòng", "dijiulong"},
    {3, "经五路", "Jīng 5 Lù", "jingwulu"},
    {4, "三环路", "3rd Ring Road", "3rdringroad"}, /* a source's own */
    {5, "新风路123弄", "Xīnfēnglù 123 Lòng", "xinfenglu123long"},
    {6, "五指路", "Wǔzhǐ Lù", "wuzhilu"},
};

static int open_roads(void **state)
{
    struct gaz_builder *builder = gaz_builder_new();
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        const struct gaz_name name = {.text = NAMES[i].text,
                                      .roman = NAMES[i].roman};
        const struct gaz_place place = {.id = NAMES[i].id,
                                        .category = GAZ_CATEGORY_ROAD,
                                        .is_synthetic = true,
                                        .names = &name,
                                        .name_count = 1};
        gaz_builder_place(builder, &place);
    }
    *state = world_open(builder);
    gaz_builder_free(builder);
    return 0;
}

static int close_roads(void **state)
{
    gaz_snapshot_close(*state);
    return 0;
}

static void test_rows(void **state)
{
    const struct gaz_snapshot *snap = *state;
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        CASE(NAMES[i].text);
        uint32_t place = gaz_snapshot_place(snap, NAMES[i].id);
        assert_true(place < snap->place_count);
        const struct gaz_snap_name *row =
            &snap->names[snap->places[place].name_first];
        assert_string_equal(gaz_snapshot_text(snap, row->plain),
                            NAMES[i].plain);
        assert_string_equal(gaz_snapshot_text(snap, row->roman),
                            NAMES[i].roman);
    }
}

static void test_find(void **state)
{
    const struct gaz_snapshot *snap = *state;
    static const struct {
        gaz_key_kind kind;
        const char *key;
        gaz_id id; /* 0: nothing */
    } CASES[] = {
        {GAZ_KEY_PLAIN, "ermalu", 1},    {GAZ_KEY_PLAIN, "2malu", 1},
        {GAZ_KEY_INITIALS, "eml", 1},    {GAZ_KEY_INITIALS, "2ml", 1},
        {GAZ_KEY_PLAIN, "dijiulong", 2}, {GAZ_KEY_PLAIN, "di9long", 2},
        {GAZ_KEY_INITIALS, "djl", 2},    {GAZ_KEY_PLAIN, "jingwulu", 3},
        {GAZ_KEY_PLAIN, "jing5lu", 3},   {GAZ_KEY_PLAIN, "3rdringroad", 4},
        {GAZ_KEY_PLAIN, "sanhuanlu", 0}, {GAZ_KEY_PLAIN, "xinfenglu123long", 5},
        {GAZ_KEY_PLAIN, "wuzhilu", 6},   {GAZ_KEY_PLAIN, "5zhilu", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].key);
        struct gaz_snap_span span;
        gaz_snapshot_find(snap, CASES[i].kind, CASES[i].key,
                          strlen(CASES[i].key), &span);
        assert_int_equal(span.count, CASES[i].id != 0);
        if (CASES[i].id != 0)
            assert_true(snap->places[span.items[0].place].id == CASES[i].id);
    }
}

static void test_prefix(void **state)
{
    const struct gaz_snapshot *snap = *state;
    struct gaz_snap_hit hits[8];
    /* jing5lu and jingwulu: one place */
    assert_int_equal(
        gaz_snapshot_prefix(snap, GAZ_KEY_PLAIN, "jing", 4, hits, 8), 1);
    assert_true(snap->places[hits[0].place].id == 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_prefix),
    };
    return cmocka_run_group_tests(tests, open_roads, close_roads);
}
