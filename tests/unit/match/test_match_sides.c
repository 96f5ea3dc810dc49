/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a text as tokens in slots: numbers are one token, numerals count
 * in front of a unit only, folding and equal units do not matter, signs are no
 * tokens, long texts are cut, bytes that are not UTF-8 are refused. Divisions:
 * which names may be one place. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/match/divisions.h"
#include "gazetteer/standardise/weights.h"

static struct gaz_ctx ctx;
static struct gaz_unicode *unicode;

static void read_text(const char *text, struct gaz_side *out)
{
    assert_status_of(&ctx,
                     gaz_side_read(&ctx, unicode, gaz_weights_model(), text,
                                   strlen(text), out),
                     GAZ_OK);
}

static void test_same_tokens(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *a;
        const char *b;
        bool same;
    } CASES[] = {
        {"width", "天妃路１２号", "天妃路12号", true},
        {"traditional", "乍浦鎮", "乍浦镇", true},
        {"numeral before a unit", "天妃路十二号", "天妃路12号", true},
        {"numeral of a name", "三叉河", "3叉河", false},
        {"units of a building", "梅湘园3幢", "梅湘园3栋", true},
        {"number sign", "天妃路12#", "天妃路12号", true},
        {"signs and blanks", "乍浦镇, 天妃路 (1号)", "乍浦镇天妃路1号", true},
        {"1 is no part of 11", "天妃路1号", "天妃路11号", false},
        {"capitals", "b座", "B座", true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_side a;
        struct gaz_side b;
        read_text(CASES[i].a, &a);
        read_text(CASES[i].b, &b);
        bool same =
            a.count == b.count &&
            memcmp(a.tokens, b.tokens, sizeof *a.tokens * (size_t)a.count) == 0;
        assert_int_equal(same, CASES[i].same);
    }
}

static void test_slots(void **state)
{
    (void)state;
    struct gaz_side s;
    read_text("平湖市乍浦镇天妃路12号3幢", &s);
    static const int WANT[] = {GAZ_SLOT_DISTRICT, GAZ_SLOT_TOWN, GAZ_SLOT_ROAD,
                               GAZ_SLOT_ROADNO, GAZ_SLOT_HOUSE};
    assert_int_equal(s.part_count, COUNT(WANT));
    int at = 0;
    for (int i = 0; i < s.part_count; i++) {
        assert_int_equal(s.parts[i].slot, WANT[i]);
        assert_int_equal(s.parts[i].from, at);
        at = s.parts[i].to;
    }
    assert_int_equal(at, s.count);
}

static void test_limits(void **state)
{
    (void)state;
    static char text[3 * GAZ_ADDRESS_MAX_BYTES + 1];
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, i % 2 ? "乍" : "浦", 3);
    struct gaz_side s;
    read_text(text, &s);
    assert_int_equal(s.count, GAZ_SIDE_TOKENS);
    assert_status(
        gaz_side_read(&ctx, unicode, gaz_weights_model(), "\xFF", 1, &s),
        GAZ_INVALID);
    gaz_ctx_next(&ctx);
    read_text("", &s);
    assert_int_equal(s.count, 0);
    read_text("99999999999999999999号", &s);
    assert_true(gaz_side_is_number(s.tokens[0]));
}

static void add(struct gaz_division *items, uint32_t *count, const char *name,
                uint32_t code)
{
    struct gaz_side s;
    read_text(name, &s);
    struct gaz_division d = {gaz_divisions_hash(s.tokens, s.count), code};
    uint32_t at = (*count)++;
    while (at > 0 && items[at - 1].hash > d.hash) {
        items[at] = items[at - 1];
        at--;
    }
    items[at] = d;
}

static void test_divisions(void **state)
{
    (void)state;
    struct gaz_division items[8];
    uint32_t count = 0;
    add(items, &count, "浙江省", 330000000);
    add(items, &count, "嘉兴市", 330400000);
    add(items, &count, "平湖市", 330482000);
    add(items, &count, "金山区", 310116000);
    add(items, &count, "上海市", 310000000);
    struct gaz_divisions table = {items, count};
    static const struct {
        const char *a;
        const char *b;
        int depth;
        int conflicts;
    } CASES[] = {
        {"浙江省平湖市", "嘉兴市平湖市", 6, 0},
        {"浙江省嘉兴市", "平湖市", 4, 0},
        {"平湖市", "金山区", 0, 1},
        {"平湖市", "天妃路", -1, 0},
        {"上海市金山区", "浙江省平湖市", 0, 4},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].a);
        struct gaz_side a;
        struct gaz_side b;
        struct gaz_agreement g;
        read_text(CASES[i].a, &a);
        read_text(CASES[i].b, &b);
        gaz_divisions_compare(&table, &a, &b, &g);
        assert_int_equal(g.depth, CASES[i].depth);
        assert_int_equal(g.conflicts, CASES[i].conflicts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_tokens), cmocka_unit_test(test_slots),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_divisions)};
    if (gaz_unicode_open(&ctx, &unicode) != GAZ_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gaz_unicode_close(unicode);
    gaz_ctx_close(&ctx);
    return failed;
}
