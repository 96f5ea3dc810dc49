/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the query of a request.
 *
 * - percent-decoding: good, broken, hidden NUL, not UTF-8, plus signs
 * - splitting: empty pairs, no value, twice the same name, too many, too long
 * - each reader: in range, at both ends, just outside, garbage; the parameter
 *   to blame is named and `out` is left alone
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "api/params.h"

static struct api_worker worker;
static struct api_request request;

static gaz_status parse(const char *query)
{
    gaz_ctx_next(&worker.ctx);
    worker.problem = 0;
    worker.parameter = NULL;
    request = (struct api_request){.param_count = 0};
    return api_params_parse(&worker, query, &request);
}

static void test_decode(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        bool is_query;
        const char *want; /* NULL: refused */
    } CASES[] = {
        {"plain", "abc", true, "abc"},
        {"Chinese", "%E4%B9%8D%e6%b5%a6", true, "乍浦"},
        {"raw Chinese", "乍浦", true, "乍浦"},
        {"plus is a blank in a query", "a+b", true, "a b"},
        {"plus is a plus in a path", "a+b", false, "a+b"},
        {"percent itself", "100%25", true, "100%"},
        {"half an escape", "a%4", true, NULL},
        {"bare percent", "%", true, NULL},
        {"no hex", "%zz", true, NULL},
        {"hidden NUL", "a%00b", true, NULL},
        {"not UTF-8", "%ff", true, NULL},
        {"overlong", "%c0%af", true, NULL},
        {"half a character", "%E4%B9", true, NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        gaz_ctx_next(&worker.ctx);
        const char *got =
            api_params_decode(&worker.ctx.arena, CASES[i].text,
                              strlen(CASES[i].text), CASES[i].is_query);
        if (CASES[i].want) {
            assert_non_null(got);
            assert_string_equal(got, CASES[i].want);
        } else {
            assert_null(got);
        }
    }
}

static void test_split(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *query;
        gaz_status want;
        int count;
    } CASES[] = {
        {"none", NULL, GAZ_OK, 0},
        {"empty", "", GAZ_OK, 0},
        {"one", "q=a", GAZ_OK, 1},
        {"two", "q=a&limit=3", GAZ_OK, 2},
        {"empty pairs", "&&q=a&", GAZ_OK, 1},
        {"no value", "q", GAZ_OK, 1},
        {"equals in the value", "q=a=b", GAZ_OK, 1},
        {"twice", "q=a&q=b", GAZ_INVALID, 0},
        {"twice, once escaped", "q=a&%71=b", GAZ_INVALID, 0},
        {"broken", "q=%4", GAZ_INVALID, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_status(parse(CASES[i].query), CASES[i].want);
        if (CASES[i].want == GAZ_OK)
            assert_int_equal(request.param_count, CASES[i].count);
    }
    assert_status(parse("q=a=b"), GAZ_OK);
    assert_string_equal(api_param(&request, "q"), "a=b");
    assert_null(api_param(&request, "at"));
}

static void test_split_limits(void **state)
{
    (void)state;
    char query[8192] = "";
    size_t size = 0;
    for (int i = 0; i <= API_PARAMS_MAX; i++)
        size +=
            (size_t)snprintf(query + size, sizeof(query) - size, "p%d=1&", i);
    assert_status(parse(query), GAZ_INVALID);
    memset(query, 'a', sizeof(query) - 1);
    query[sizeof(query) - 1] = '\0';
    query[1] = '=';
    assert_status(parse(query), GAZ_LIMIT);
    assert_int_equal(worker.problem, 414);
}

static void test_int(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *query;
        bool is_good;
        int want;
    } CASES[] = {
        {"absent", "", true, 10},
        {"least", "limit=1", true, 1},
        {"most", "limit=50", true, 50},
        {"zero", "limit=0", false, 0},
        {"over", "limit=51", false, 0},
        {"empty", "limit=", false, 0},
        {"word", "limit=x", false, 0},
        {"blank", "limit=+5", false, 0},
        {"fraction", "limit=5.0", false, 0},
        {"huge", "limit=99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int got = -7;
        assert_status(parse(CASES[i].query), GAZ_OK);
        gaz_status status =
            api_params_int(&worker, &request, "limit", 1, 50, 10, &got);
        assert_int_equal(status, CASES[i].is_good ? GAZ_OK : GAZ_INVALID);
        assert_int_equal(got, CASES[i].is_good ? CASES[i].want : -7);
        if (!CASES[i].is_good)
            assert_string_equal(worker.parameter, "limit");
    }
}

static void test_coord(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *query;
        const char *blamed; /* NULL: good */
    } CASES[] = {
        {"good", "lon=121.02&lat=30.7", NULL},
        {"ends", "lon=-180&lat=90", NULL},
        {"no lon", "lat=30.7", "lon"},
        {"no lat", "lon=121", "lat"},
        {"swapped", "lon=30.7&lat=121.02", "lat"},
        {"too far east", "lon=180.1&lat=0", "lon"},
        {"nan", "lon=nan&lat=0", "lon"},
        {"infinite", "lon=1e999&lat=0", "lon"},
        {"hex", "lon=0x10&lat=0", "lon"},
        {"comma", "lon=121,5&lat=0", "lon"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_coord coord = {-1, -1};
        assert_status(parse(CASES[i].query), GAZ_OK);
        gaz_status status = api_params_coord(&worker, &request, &coord);
        if (!CASES[i].blamed) {
            assert_status(status, GAZ_OK);
            continue;
        }
        assert_status(status, GAZ_INVALID);
        assert_string_equal(worker.parameter, CASES[i].blamed);
        assert_near(coord.lon, -1, 0);
    }
}

static void test_query(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *query;
        const char *blamed; /* NULL: good */
    } CASES[] = {
        {"all",
         "q=x&limit=5&at=2008-05-01&focus=121,30&in=330482&category="
         "25000",
         NULL},
        {"year only", "q=x&at=2008", "at"},
        {"no such day", "q=x&at=2023-02-30", "at"},
        {"other order", "q=x&at=01-05-2008", "at"},
        {"focus without comma", "q=x&focus=121", "focus"},
        {"focus with three", "q=x&focus=121,30,5", "focus"},
        {"focus outside", "q=x&focus=30,121", "focus"},
        {"focus empty", "q=x&focus=", "focus"},
        {"code of 5 digits", "q=x&in=33048", "in"},
        {"code with a letter", "q=x&in=33048x", "in"},
        {"category of 4 digits", "q=x&category=2500", "category"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_query query = {.limit = -7};
        assert_status(parse(CASES[i].query), GAZ_OK);
        gaz_status status = api_params_query(&worker, &request, &query);
        if (!CASES[i].blamed) {
            assert_status(status, GAZ_OK);
            assert_int_equal(query.limit, 5);
            assert_int_equal(query.at, 20080501);
            assert_near(query.focus->lon, 121, 0);
            assert_int_equal(query.category, 25000);
            continue;
        }
        assert_status(status, GAZ_INVALID);
        assert_string_equal(worker.parameter, CASES[i].blamed);
        assert_non_null(worker.failure_zh);
        assert_int_equal(query.limit, -7);
    }
}

static void test_lang(void **state)
{
    (void)state;
    api_lang lang = API_LANG_EN;
    assert_status(parse(""), GAZ_OK);
    assert_status(api_params_lang(&worker, &request, &lang), GAZ_OK);
    assert_int_equal(lang, API_LANG_ZH);
    assert_status(parse("lang=en"), GAZ_OK);
    assert_status(api_params_lang(&worker, &request, &lang), GAZ_OK);
    assert_int_equal(lang, API_LANG_EN);
    assert_status(parse("lang=fr"), GAZ_OK);
    assert_status(api_params_lang(&worker, &request, &lang), GAZ_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),       cmocka_unit_test(test_split),
        cmocka_unit_test(test_split_limits), cmocka_unit_test(test_int),
        cmocka_unit_test(test_coord),        cmocka_unit_test(test_query),
        cmocka_unit_test(test_lang),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gaz_ctx_close(&worker.ctx);
    return failed;
}
