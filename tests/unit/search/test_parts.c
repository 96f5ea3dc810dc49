/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the pure pieces of search.
 *  - numbers: digits, Chinese numerals, ranges, annexes, nothing, too large
 *  - splitting a tail into number and rest
 *  - spelling: which mixtures spell a name; umlaut forms; scripts
 *  - guesses: edits of one character against brute force over the sample
 *  - history: who stands, who is the heir, forwards and backwards
 *  - numbers on a road: exact, entrance, sibling, interpolated, none
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/search/guess.h"
#include "gazetteer/search/history.h"
#include "gazetteer/search/label.h"
#include "gazetteer/search/latin.h"
#include "gazetteer/search/number.h"
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

static void reads_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t want;
    } CASES[] = {
        {"158号", 158},       {"158", 158},     {"一百五十八号", 158},
        {"一五八号", 158},    {"十二号", 12},   {"二十号", 20},
        {"两千零五号", 2005}, {"第3幢", 3},     {"101-103号", 101},
        {"3号-2", 3},         {"号", 0},        {"", 0},
        {"A座", 0},           {"9999999号", 0}, {"〇号", 0},
        {"一百号", 100},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        assert_int_equal(gaz_number_value(CASES[i].text, strlen(CASES[i].text)),
                         CASES[i].want);
    }
}

static void splits_a_tail(void **state)
{
    (void)state;
    static const struct {
        const char *tail;
        int number_size;
        int32_t value;
    } CASES[] = {
        {"4号501室", 4, 4}, {"4号", 4, 4}, {"501", 3, 501}, {"A座", 4, 0}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].tail);
        struct gaz_plate plate = {.number = "12弄",
                                  .tail = CASES[i].tail,
                                  .tail_size = (int)strlen(CASES[i].tail)};
        gaz_number_split(&plate);
        assert_int_equal(plate.number_size, CASES[i].number_size);
        assert_int_equal(plate.value, CASES[i].value);
        assert_int_equal(plate.number_size + plate.tail_size,
                         (int)strlen(CASES[i].tail));
    }
}

static void spells_names(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        const char *name;
        const char *roman;
        bool matches;
        bool whole;
    } CASES[] = {
        {"平hu", "平湖市", "Pínghú Shì", true, false},
        {"平hushi", "平湖市", "Pínghú Shì", true, true},
        {"p湖s", "平湖市", "Pínghú Shì", true, true},
        {"phs", "平湖市", "Pínghú Shì", true, true},
        {"pinghs", "平湖市", "Pínghú Shì", true, true},
        {"平hx", "平湖市", "Pínghú Shì", false, false},
        {"平湖市x", "平湖市", "Pínghú Shì", false, false},
        {"xian", "西安", "Xī'ān", true, true},
        {"xa", "西安", "Xī'ān", true, true},
        {"x安", "西安", "Xī'ān", true, true},
        {"changa", "长安桥", "Cháng'ānqiáo", true, false},
        {"lvx镇", "吕巷镇", "Lǚxiàng Zhèn", true, true},
        {"zhzh", "张桥", "Zhāngqiáo", false, false},
        {"a", "演示路12弄", "Yǎnshìlù 12 Lòng", false, false},
        {"a", "平湖", "", false, false},
        {"", "平湖", "Pínghú", false, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].key);
        bool whole = false;
        assert_int_equal(gaz_latin_matches(CASES[i].key, strlen(CASES[i].key),
                                           CASES[i].name, CASES[i].roman,
                                           &whole),
                         CASES[i].matches);
        assert_int_equal(whole, CASES[i].whole);
    }
}

static void knows_scripts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gaz_script want;
    } CASES[] = {
        {"乍浦", GAZ_SCRIPT_HAN},      {"zhapu", GAZ_SCRIPT_LATIN},
        {"Zhàpǔ", GAZ_SCRIPT_LATIN},   {"平hu", GAZ_SCRIPT_MIXED},
        {"330482", GAZ_SCRIPT_DIGITS}, {"12弄", GAZ_SCRIPT_HAN},
        {"?!", GAZ_SCRIPT_NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        assert_int_equal(gaz_latin_script(CASES[i].text, strlen(CASES[i].text)),
                         CASES[i].want);
    }
}

static void rewrites_umlauts(void **state)
{
    (void)state;
    static const char *const PAIRS[][2] = {{"luxiang", "lvxiang"},
                                           {"lyuxiang", "lvxiang"},
                                           {"nyu", "nv"},
                                           {"sanlu", "sanlv"}};
    for (size_t i = 0; i < COUNT(PAIRS); i++) {
        char key[GAZ_LATIN_MAX_BYTES];
        (void)snprintf(key, sizeof(key), "%s", PAIRS[i][0]);
        assert_true(gaz_latin_umlaut(key));
        assert_string_equal(key, PAIRS[i][1]);
    }
    char key[GAZ_LATIN_MAX_BYTES] = "zhapu";
    assert_false(gaz_latin_umlaut(key));
}

/* Each name with each character replaced or dropped is guessed back. */
static void guesses_every_slip(void **state)
{
    (void)state;
    int tried = 0;
    for (uint32_t n = 0; n < sample.snap->name_count; n++) {
        const char *name =
            gaz_snapshot_text(sample.snap, sample.snap->names[n].text);
        size_t size = strlen(name);
        if (size % 3 != 0 || size < 12 || size > 36)
            continue; /* Han only, four to twelve characters */
        for (size_t at = 0; at < size; at += 3) {
            for (int drop = 0; drop < 2; drop++) {
                char text[64];
                (void)snprintf(text, sizeof(text), "%.*s%s%s", (int)at, name,
                               drop ? "" : "龘", name + at + 3);
                struct gaz_part part = {.text = text,
                                        .size = (int)strlen(text)};
                struct gaz_guess guesses[GAZ_GUESSES_MAX];
                int count = gaz_guess_typo(sample.snap, &part, NULL, guesses);
                bool found = false;
                for (int i = 0; i < count; i++)
                    found = found || guesses[i].posting.name == n;
                if (!found)
                    fail_msg("%s is not guessed from %s", name, text);
                tried++;
            }
        }
    }
    assert_true(tried > 50);
}

static void guesses_nothing_far(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"平湖", "龘龘湖市", "章路", "霍格沃茨"};
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        CASE(TEXTS[i]);
        struct gaz_part part = {.text = TEXTS[i],
                                .size = (int)strlen(TEXTS[i])};
        struct gaz_guess guesses[GAZ_GUESSES_MAX];
        assert_int_equal(gaz_guess_typo(sample.snap, &part, NULL, guesses), 0);
    }
}

/* What is said another way here is found, at less agreement than what sounds
 * the same; a filter leaves out what is of no use. */
static bool is_none(const void *user, uint32_t place)
{
    (void)user;
    (void)place;
    return false;
}

static void guesses_by_sound(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *name; /* NULL: nothing sounds so */
        float agreement;
    } CASES[] = {
        {"柞浦镇", "乍浦镇", 1 - 0.5F / 4},
        {"扎浦镇", "乍浦镇", 1 - 0.5F / 4},
        {"杂浦镇", "乍浦镇", 1 - 0.8F / 4},
        {"乍浦政", "乍浦镇", 1 - 0.8F / 4},
        {"杂浦政", NULL, 0},
        {"xx", NULL, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_part part = {.text = CASES[i].text,
                                .size = (int)strlen(CASES[i].text)};
        struct gaz_guess guesses[GAZ_GUESSES_MAX];
        int count = gaz_guess_sound(sample.snap, &part, NULL, guesses);
        assert_int_equal(count > 0, CASES[i].name != NULL);
        if (count == 0)
            continue;
        uint32_t text = sample.snap->names[guesses[0].posting.name].text;
        assert_string_equal(gaz_snapshot_text(sample.snap, text),
                            CASES[i].name);
        assert_near((double)guesses[0].agreement, (double)CASES[i].agreement,
                    1e-6);
        const struct gaz_guess_filter none = {is_none, NULL, NULL};
        assert_int_equal(gaz_guess_sound(sample.snap, &part, &none, guesses),
                         0);
    }
}

static void follows_history(void **state)
{
    (void)state;
    uint32_t old = sample_place(&sample, "330482104");
    uint32_t now = sample_place(&sample, "330482108");
    assert_false(gaz_history_stands(sample.snap, old, 20200101));
    assert_true(gaz_history_stands(sample.snap, old, 20050101));
    assert_false(gaz_history_stands(sample.snap, now, 20050101));
    struct gaz_heir heirs[GAZ_HEIRS_MAX];
    assert_int_equal(gaz_history_heirs(sample.snap, old, 20200101, heirs), 1);
    assert_int_equal(heirs[0].place, now);
    assert_int_equal(heirs[0].date, 20090000);
    assert_true(heirs[0].is_later);
    assert_int_equal(gaz_history_heirs(sample.snap, now, 20050101, heirs), 2);
    assert_false(heirs[0].is_later);
    assert_int_equal(gaz_history_heirs(sample.snap, now, 20200101, heirs), 0);
    uint32_t village = sample_place(&sample, "330482108206");
    assert_true(gaz_history_within(sample.snap, village, old));
    assert_false(gaz_snapshot_lies_in(sample.snap, village, old));
    assert_false(gaz_history_within(sample.snap, now, village));
}

static void finds_numbers(void **state)
{
    (void)state;
    uint32_t road = sample_place(&sample, "演示路");
    static const struct {
        const char *number;
        int32_t value;
        const char *tail;
        gaz_number_found want;
    } CASES[] = {
        {"34号", 34, NULL, GAZ_NUMBER_EXACT},
        {"34", 34, NULL, GAZ_NUMBER_EXACT},
        {"34号", 34, "2幢501室", GAZ_NUMBER_EXACT},
        {"34号", 34, "9幢", GAZ_NUMBER_ENTRANCE},
        {"34号-1", 34, NULL, GAZ_NUMBER_ANNEX},
        {"34之1号", 34, NULL, GAZ_NUMBER_ANNEX},
        {"34-38号", 34, NULL, GAZ_NUMBER_MEMBER},
        {"三十四号", 34, NULL, GAZ_NUMBER_EXACT},
        {"34号", 34, "2栋-501", GAZ_NUMBER_EXACT},
        {"34支号", 34, NULL, GAZ_NUMBER_SIBLING},
        {"36号", 36, NULL, GAZ_NUMBER_INTERPOLATED},
        {"33号", 33, NULL, GAZ_NUMBER_INTERPOLATED},
        {"900号", 900, NULL, GAZ_NUMBER_NONE},
        {"A号", 0, NULL, GAZ_NUMBER_NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].number);
        const char *tail = CASES[i].tail;
        struct gaz_plate plate = {.number = CASES[i].number,
                                  .number_size = (int)strlen(CASES[i].number),
                                  .value = CASES[i].value,
                                  .tail = tail,
                                  .tail_size = tail ? (int)strlen(tail) : 0};
        struct gaz_number_match match;
        gaz_number_find(sample.snap, road, &plate, &match);
        assert_int_equal(match.found, CASES[i].want);
        assert_int_equal(match.address != GAZ_NONE,
                         match.found >= GAZ_NUMBER_ENTRANCE);
    }
}

static void writes_labels(void **state)
{
    (void)state;
    uint32_t village = sample_place(&sample, "330482108217");
    assert_string_equal(gaz_search_label(&sample.ctx, sample.snap, village, 0),
                        "浙江省嘉兴市平湖市独山港镇衙前村");
    assert_string_equal(
        gaz_search_label(&sample.ctx, sample.snap, village, 20160101),
        "浙江省嘉兴市平湖市独山港镇建中村");
    assert_string_equal(gaz_search_label(&sample.ctx, sample.snap, GAZ_NONE, 0),
                        "");
    /* what the builder wrote and what is composed are the same */
    for (uint32_t i = 0; i < sample.snap->place_count; i++)
        if (sample.snap->places[i].status == GAZ_STATUS_CURRENT)
            assert_string_equal(
                gaz_search_label(&sample.ctx, sample.snap, i, 20990101),
                gaz_search_label(&sample.ctx, sample.snap, i, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers),
        cmocka_unit_test(splits_a_tail),
        cmocka_unit_test(spells_names),
        cmocka_unit_test(knows_scripts),
        cmocka_unit_test(rewrites_umlauts),
        cmocka_unit_test(guesses_every_slip),
        cmocka_unit_test(guesses_nothing_far),
        cmocka_unit_test(guesses_by_sound),
        cmocka_unit_test(follows_history),
        cmocka_unit_test(finds_numbers),
        cmocka_unit_test(writes_labels),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
