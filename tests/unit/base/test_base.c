/* Test plan: each file of gazetteer/base by a table of labelled cases; the
 * edges of parsing (empty, too long, signs, overflow), ceilings, escapes, round
 * trips of ids and dates, and replacing a file in one step. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/coord.h"
#include "gazetteer/base/date.h"
#include "gazetteer/base/file.h"
#include "gazetteer/base/id.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "gazetteer/model/numbering.h"

static void test_parse_double(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        double value;
    } CASES[] = {
        {"121.0868600", true, 121.08686},
        {"-0.5", true, -0.5},
        {"+7", true, 7},
        {".5", true, 0.5},
        {"5.", true, 5},
        {"1e3", true, 1000},
        {"1.5E-2", true, 0.015},
        {"3398141.122672", true, 3398141.122672},
        {"0.1000000000000000055511151231257827", true, 0.1},
        {"", false, 0},
        {"-", false, 0},
        {".", false, 0},
        {"1,5", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1e", false, 0},
        {"nan", false, 0},
        {"inf", false, 0},
        {"0x10", false, 0},
        {"1e999", false, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        double got = 99;
        assert_int_equal(gaz_text_parse_double(CASES[i].text, &got),
                         CASES[i].ok);
        assert_near(got, CASES[i].ok ? CASES[i].value : 99, 0);
    }
}

static void test_parse_int(void **state)
{
    (void)state;
    int64_t got = 7;
    assert_true(gaz_text_parse_int("-9223372036854775808", &got));
    assert_true(got == INT64_MIN);
    assert_true(gaz_text_parse_int("9223372036854775807", &got));
    assert_true(got == INT64_MAX);
    assert_false(gaz_text_parse_int("9223372036854775808", &got));
    assert_false(gaz_text_parse_int("99999999999999999999999", &got));
    assert_false(gaz_text_parse_int("", &got));
    assert_false(gaz_text_parse_int("1.0", &got));
    assert_true(got == INT64_MAX); /* left as it was */
}

static void test_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        bool ok;
    } CASES[] = {
        {"ascii", "abc", true},
        {"han", "乍浦", true},
        {"four bytes", "\xF0\xA0\x80\x80", true},
        {"overlong", "\xC0\x80", false},
        {"overlong three", "\xE0\x80\x80", false},
        {"surrogate", "\xED\xA0\x80", false},
        {"past the end", "\xF4\x90\x80\x80", false},
        {"cut", "\xE4\xB9", false},
        {"lone tail", "\x80", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(
            gaz_text_is_utf8(CASES[i].text, strlen(CASES[i].text), NULL),
            CASES[i].ok);
    }
    for (uint32_t c = 1; c <= 0x10FFFF; c += 7) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        size_t size = gaz_text_encode(c, bytes);
        size_t pos = 0;
        assert_int_equal(gaz_text_next(bytes, size, &pos), c);
        assert_int_equal(pos, size);
    }
    assert_int_equal(gaz_text_count("平湖市a", strlen("平湖市a")), 4);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
    } CASES[] = {
        {"2017", true},       {"2017-10", true},     {"2017-10-31", true},
        {"2016-02-29", true}, {"2017-02-29", false}, {"2017-13", false},
        {"2017-00", false},   {"0000", false},       {"17", false},
        {"2017-1-1", false},  {"", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        gaz_date date = 0;
        char text[GAZ_DATE_MAX_BYTES];
        assert_int_equal(gaz_date_parse(CASES[i].text, &date), CASES[i].ok);
        if (CASES[i].ok)
            assert_string_equal(gaz_date_write(date, text), CASES[i].text);
    }
    assert_true(gaz_date_in(20161231, 0, 20170000));
    assert_false(gaz_date_in(20170101, 0, 20170000));
    assert_true(gaz_date_in(20170101, 20170000, 0));
}

/* The day of a second as the C library has it, over all years. */
static void test_date_of_unix(void **state)
{
    (void)state;
    static const int64_t EDGES[] = {
        0,         -1,         86399,        951782400,
        951868800, 1709164800, -62135596800, 253402300799};
    uint64_t random = 20261124;
    for (int i = 0; i < 20000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        time_t when = i < (int)COUNT(EDGES)
                          ? (time_t)EDGES[i]
                          : (time_t)(random >> 26) - 62135596800;
        struct tm tm;
        assert_non_null(gmtime_r(&when, &tm));
        assert_int_equal(gaz_date_of_unix(when), (tm.tm_year + 1900) * 10000 +
                                                     (tm.tm_mon + 1) * 100 +
                                                     tm.tm_mday);
    }
    assert_int_equal(gaz_date_of_unix(-62135596801), GAZ_DATE_OPEN);
    assert_int_equal(gaz_date_of_unix(253402300800), GAZ_DATE_OPEN);
}

static void test_ids(void **state)
{
    (void)state;
    char text[GAZ_ID_TEXT_BYTES];
    gaz_id id = gaz_id_make("nbs", "330482101", 0);
    gaz_id back = 0;
    assert_true(gaz_id_parse(gaz_id_write(id, text), &back));
    assert_true(back == id);
    assert_true(gaz_id_make("nbs", "330482101", 1) != id);
    assert_true(gaz_id_make("nbs", "330482102", 0) != id);
    assert_false(gaz_id_parse("0000000000000", &back));
    assert_false(gaz_id_parse("ZZZZZZZZZZZZZ", &back));
    assert_false(gaz_id_parse("short", &back));
    assert_true(gaz_id_parse("0OOOOOOOOOOIl", &back));
    assert_int_equal(back, 33);
}

static void test_json(void **state)
{
    (void)state;
    struct gaz_buffer buffer;
    struct gaz_json json;
    gaz_buffer_open(&buffer, 1000);
    gaz_json_open(&json, &buffer);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "a", "q\"\\\n\x01乍");
    gaz_json_string(&json, "bad", "x\xFFy");
    gaz_json_array(&json, "n");
    gaz_json_number(&json, NULL, 121.50, 7);
    gaz_json_number(&json, NULL, -0.00000001, 7);
    gaz_json_number(&json, NULL, NAN, 7);
    gaz_json_int(&json, NULL, -3);
    gaz_json_end(&json);
    gaz_json_optional(&json, "none", "");
    gaz_json_bool(&json, "t", true);
    gaz_json_coord(&json, "c", (struct gaz_coord){121, 30.5});
    gaz_json_end(&json);
    assert_string_equal(
        buffer.data,
        "{\"a\":\"q\\\"\\\\\\n\\u0001乍\",\"bad\":\"x\xEF\xBF\xBDy\","
        "\"n\":[121.5,0,null,-3],\"t\":true,\"c\":[121,30.5]}");
    gaz_buffer_close(&buffer);
}

static void test_buffer_html(void **state)
{
    (void)state;
    struct gaz_buffer buffer;
    gaz_buffer_open(&buffer, 100);
    gaz_buffer_html(&buffer, NULL);
    gaz_buffer_html(&buffer, "");
    gaz_buffer_html(&buffer, "<b>甲 & \"乙\"</b>");
    assert_string_equal(buffer.data,
                        "&lt;b&gt;甲 &amp; &quot;乙&quot;&lt;/b&gt;");
    gaz_buffer_close(&buffer);
}

static void test_buffer_ceiling(void **state)
{
    (void)state;
    struct gaz_buffer buffer;
    gaz_buffer_open(&buffer, 5);
    gaz_buffer_text(&buffer, "12345");
    assert_false(buffer.full);
    gaz_buffer_char(&buffer, '6');
    assert_true(buffer.full);
    assert_string_equal(buffer.data, "12345");
    gaz_buffer_clear(&buffer);
    gaz_buffer_printf(&buffer, "%d", 123);
    assert_string_equal(buffer.data, "123");
    gaz_buffer_close(&buffer);
}

static void test_distance(void **state)
{
    (void)state;
    struct gaz_coord a = {121.0, 30.7};
    struct gaz_coord b = {121.2, 30.7};
    /* the geodesic on GRS80 is 19160.3848 m */
    assert_near(gaz_coord_distance_m(a, b), 19160.3848, 19160 * 0.005);
    assert_near(gaz_coord_distance_m(a, a), 0, 0);
    assert_false(gaz_coord_is_valid((struct gaz_coord){NAN, 0}));
    assert_false(gaz_coord_is_valid((struct gaz_coord){30.7, 121.0}));
}

static void test_replace_file(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    char folder[] = "/tmp/diming-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = gaz_arena_printf(&ctx.arena, "%s/file", folder);
    struct gaz_map map;
    assert_status(gaz_file_map(&ctx, path, &map), GAZ_NOT_FOUND);
    assert_status_of(&ctx, gaz_file_replace(&ctx, path, "one", 3), GAZ_OK);
    assert_status_of(&ctx, gaz_file_replace(&ctx, path, "second", 6), GAZ_OK);
    assert_status_of(&ctx, gaz_file_map(&ctx, path, &map), GAZ_OK);
    assert_int_equal(map.size, 6);
    assert_memory_equal(map.data, "second", 6);
    gaz_file_unmap(&map);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing is left beside it */
    gaz_ctx_close(&ctx);
}

static void test_arena(void **state)
{
    (void)state;
    struct gaz_arena arena = {0};
    char *first = gaz_arena_strdup(&arena, "first");
    for (size_t i = 1; i < 3000; i++) {
        char *memory = gaz_arena_alloc(&arena, i);
        assert_int_equal((uintptr_t)memory % 16, 0);
        assert_int_equal(memory[i - 1], 0);
        memory[0] = 1;
    }
    assert_string_equal(first, "first");
    assert_true(gaz_arena_used(&arena) > 3000 * 1500);
    gaz_arena_reset(&arena);
    assert_int_equal(gaz_arena_used(&arena), 0);
    assert_string_equal(gaz_arena_printf(&arena, "%d-%s", 1, "a"), "1-a");
    gaz_arena_close(&arena);
}

/* Numbers are written as printf would, zeros behind the point dropped. */
static void test_json_numbers(void **state)
{
    (void)state;
    static const double EDGES[] = {
        0,   -0.0, 0.5,  1.5,    2.5,   0.05, 0.045, -0.0001,  0.1,
        1e9, 1e10, 1e18, -1e300, 99.95, 0.15, 121.0, -121.086, 30.69999995};
    uint64_t random = 20261124;
    for (int i = 0; i < 40000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        double value =
            i < (int)COUNT(EDGES)
                ? EDGES[i]
                : ((double)(random >> 20) - 8.8e12) / (i % 3 == 0 ? 1e9 : 1e11);
        int decimals = (int)(random % 10);
        char want[352];
        (void)snprintf(want, sizeof(want), "%.*f", decimals, value);
        for (size_t n = strlen(want); strchr(want, '.') && n-- > 0;) {
            bool is_point = want[n] == '.';
            if (want[n] != '0' && !is_point)
                break;
            want[n] = '\0';
            if (is_point)
                break;
        }
        struct gaz_buffer out;
        struct gaz_json json;
        gaz_buffer_open(&out, 1024);
        gaz_json_open(&json, &out);
        gaz_json_number(&json, NULL, value, decimals);
        assert_string_equal(out.data, strcmp(want, "-0") == 0 ? "0" : want);
        gaz_buffer_clear(&out);
        gaz_json_open(&json, &out);
        gaz_json_int(&json, NULL, (int64_t)random);
        (void)snprintf(want, sizeof(want), "%lld", (long long)random);
        assert_string_equal(out.data, want);
        gaz_buffer_close(&out);
    }
}

/* A string as JSON has it, one character after another. */
static void write_slowly(const char *text, size_t len, struct gaz_buffer *out)
{
    gaz_buffer_char(out, '"');
    for (size_t pos = 0; pos < len;) {
        const size_t before = pos;
        const uint32_t c = gaz_text_next(text, len, &pos);
        if (c == 0xFFFD)
            gaz_buffer_text(out, "\xEF\xBF\xBD");
        else if (c == '\n')
            gaz_buffer_text(out, "\\n");
        else if (c < 0x20)
            gaz_buffer_printf(out, "\\u%04x", (unsigned)c);
        else if (c == '"' || c == '\\')
            gaz_buffer_printf(out, "\\%c", (int)c);
        else
            gaz_buffer_bytes(out, text + before, pos - before);
    }
    gaz_buffer_char(out, '"');
}

/* Any bytes, at any ceiling: as character by character, or full. */
static void test_json_strings(void **state)
{
    (void)state;
    static const char *const PIECES[] = {"a",
                                         "plain words of more than eight bytes",
                                         "乍",
                                         "浦镇",
                                         "ǎ",
                                         "\"",
                                         "\\",
                                         "\n",
                                         "\x01",
                                         "\x1F",
                                         "\x7F",
                                         "\xFF",
                                         "\xE4\xB9",
                                         "\xC0\x80",
                                         "\xED\xA0\x80",
                                         "\xE0\x80\x80",
                                         "𠮷",
                                         "、",
                                         " ",
                                         "\x80"};
    uint64_t random = 20261124;
    for (int i = 0; i < 20000; i++) {
        char input[256] = "";
        size_t len = 0;
        random = random * 6364136223846793005u + 1442695040888963407u;
        for (uint64_t rest = random >> 8; rest > 0 && len < 200; rest /= 23) {
            const char *piece = PIECES[rest % COUNT(PIECES)];
            memcpy(input + len, piece, strlen(piece));
            len += strlen(piece);
        }
        struct gaz_buffer want;
        struct gaz_buffer got;
        struct gaz_json json;
        gaz_buffer_open(&want, 4096);
        gaz_buffer_text(&want, "[");
        write_slowly(input, len, &want);
        gaz_buffer_text(&want, ",{");
        write_slowly(input, strlen(input), &want);
        gaz_buffer_text(&want, ":1}]");
        gaz_buffer_open(&got, i % 4 == 0 ? random % 64 : 4096);
        gaz_json_open(&json, &got);
        gaz_json_array(&json, NULL);
        gaz_json_text(&json, NULL, input, len);
        gaz_json_object(&json, NULL);
        gaz_json_int(&json, input, 1);
        gaz_json_end(&json);
        gaz_json_end(&json);
        if (!got.full)
            assert_string_equal(got.data, want.data);
        assert_int_equal(got.full, want.size > got.max);
        gaz_buffer_close(&want);
        gaz_buffer_close(&got);
    }
}

static void test_numbering(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        gaz_bearing start;
        gaz_bearing odd_side;
    } CASES[] = {
        {"自东向西，北单南双", GAZ_BEARING_EAST, GAZ_BEARING_NORTH},
        {"由南往北，左单右双", GAZ_BEARING_SOUTH, GAZ_BEARING_LEFT},
        {"从西北至东南，单右双左", GAZ_BEARING_NORTHWEST, GAZ_BEARING_RIGHT},
        {"起点：东端；南侧双号，北侧单号", GAZ_BEARING_EAST, GAZ_BEARING_NORTH},
        {"东起，单号在南", GAZ_BEARING_EAST, GAZ_BEARING_SOUTH},
        {"向西编号，偶数在北侧", GAZ_BEARING_EAST, GAZ_BEARING_SOUTH},
        {"奇数为左侧", GAZ_BEARING_NONE, GAZ_BEARING_LEFT},
        {"东西走向，自西向东", GAZ_BEARING_WEST, GAZ_BEARING_NONE},
        /* names are no directions */
        {"起点东湖大道，讫点西环路", GAZ_BEARING_NONE, GAZ_BEARING_NONE},
        {"自南市路至北市河", GAZ_BEARING_NONE, GAZ_BEARING_NONE},
        /* said twice, differently */
        {"单号在南，北侧单号", GAZ_BEARING_NONE, GAZ_BEARING_NONE},
        {"", GAZ_BEARING_NONE, GAZ_BEARING_NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].rule);
        struct gaz_numbering got;
        gaz_numbering_rule(CASES[i].rule, &got);
        assert_int_equal(got.start, CASES[i].start);
        assert_int_equal(got.odd_side, CASES[i].odd_side);
    }
    assert_int_equal(gaz_numbering_bearing("NE"), GAZ_BEARING_NORTHEAST);
    assert_int_equal(gaz_numbering_bearing("南侧"), GAZ_BEARING_SOUTH);
    assert_int_equal(gaz_numbering_bearing("南门"), GAZ_BEARING_NONE);
    for (int b = GAZ_BEARING_NONE; b <= GAZ_BEARING_RIGHT; b++)
        assert_int_equal(
            gaz_numbering_opposite(gaz_numbering_opposite((gaz_bearing)b)), b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse_double),
        cmocka_unit_test(test_parse_int),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_date_of_unix),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_buffer_html),
        cmocka_unit_test(test_buffer_ceiling),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_replace_file),
        cmocka_unit_test(test_arena),
        cmocka_unit_test(test_json_numbers),
        cmocka_unit_test(test_json_strings),
        cmocka_unit_test(test_numbering),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
