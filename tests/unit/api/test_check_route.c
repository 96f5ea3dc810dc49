/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: /v1/check, may a place be called so?
 *
 * - a fresh name: nothing found, every rule says how many it judged or why not
 * - a table of names that break a rule: the rule, as an error, against what
 * - rules of another day; categories as words and as digits
 * - what is asked wrongly: 400 with the parameter; no snapshot: 503
 * - asking many times, from the same and another snapshot: the same answer, and
 *   no proposed name is left for the next question
 */
#include "tests/unit/test.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/api/fixture.h"

static struct fixture fixture;

static json_t *answer(const char *query)
{
    char uri[512];
    (void)snprintf(uri, sizeof(uri), "/v1/check?%s", query);
    assert_int_equal(fixture_ask(&fixture, "GET", uri), 200);
    json_error_t error;
    json_t *root = json_loadb(fixture.body.data, fixture.body.size, 0, &error);
    assert_non_null(root);
    return root;
}

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

/* The finding of a rule, NULL: none. */
static const json_t *finding(const json_t *root, const char *rule)
{
    const json_t *list = json_object_get(root, "findings");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text(json_array_get(list, i), "rule"), rule) == 0)
            return json_array_get(list, i);
    return NULL;
}

static void test_fresh(void **state)
{
    (void)state;
    json_t *root = answer("name=银杏路&category=road&in=330482101");
    const json_t *summary = json_object_get(root, "summary");
    assert_int_equal(json_integer_value(json_object_get(summary, "error")), 0);
    assert_int_equal(json_integer_value(json_object_get(summary, "warning")),
                     0);
    const json_t *rules = json_object_get(root, "rules");
    assert_true(json_array_size(rules) > 50);
    int judged = 0;
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        bool is_evaluated = json_is_true(json_object_get(rule, "evaluated"));
        assert_int_equal(is_evaluated, !json_object_get(rule, "why"));
        assert_true(*text(rule, "clause"));
        judged += is_evaluated;
    }
    assert_true(judged > 10);
    json_decref(root);
}

static void test_broken(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        const char *rule;
        const char *severity;
        const char *other; /* the record it clashes with; "": none */
    } CASES[] = {
        {"name=演示路&category=road&in=330482101", "N11", "error", "演示路"},
        {"name=衙前村&category=village&in=330482106", "N10", "error", "衙前村"},
        {"name=乍浦镇&category=town&in=330482", "N13", "error", "乍浦镇"},
        {"name=甲9路&category=road&in=330482101", "N05", "warning", ""},
        {"name=路&category=23510&in=330482101", "N04", "error", ""},
        {"name=廣陳路&category=road&in=330482101", "N05T", "error", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].query);
        json_t *root = answer(CASES[i].query);
        const json_t *found = finding(root, CASES[i].rule);
        assert_non_null(found);
        assert_string_equal(text(found, "severity"), CASES[i].severity);
        assert_true(*text(found, "message") && *text(found, "message_en"));
        assert_string_equal(text(json_object_get(found, "other"), "name"),
                            CASES[i].other);
        json_decref(root);
    }
}

/* A village's name has to be unique since 2022-05-01. */
static void test_day(void **state)
{
    (void)state;
    json_t *before = answer("name=衙前村&category=village&in=330482106"
                            "&at=2020-01-01");
    assert_null(finding(before, "N10"));
    assert_string_equal(text(before, "at"), "2020-01-01");
    json_decref(before);
}

static void test_asked_wrongly(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        const char *says;
    } CASES[] = {
        {"category=road&in=330482", "name"},
        {"name=银杏路&in=330482", "category"},
        {"name=银杏路&category=road", "in"},
        {"name=银杏路&category=street&in=330482", "neither five digits"},
        {"name=银杏路&category=99999&in=330482", "neither five digits"},
        {"name=银杏路&category=road&in=999999", "no division"},
        {"name=银杏路&category=road&in=330482105", "no division"}, /* gone */
        {"name=银杏路&category=road&in=330482&at=soon", "at"},
        {"name=银杏路&category=road&in=330482&near=1", "unknown parameter"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char uri[512];
        CASE(CASES[i].query);
        (void)snprintf(uri, sizeof(uri), "/v1/check?%s", CASES[i].query);
        assert_int_equal(fixture_ask(&fixture, "GET", uri), 400);
        assert_non_null(strstr(fixture.body.data, CASES[i].says));
    }
    struct gaz_snapshot *snap = fixture.snap;
    fixture.snap = NULL;
    assert_int_equal(
        fixture_ask(&fixture, "GET",
                    "/v1/check?name=银杏路&category=road&in=330482101"),
        503);
    fixture.snap = snap;
}

static void test_again(void **state)
{
    (void)state;
    static const char URI[] =
        "/v1/check?name=银杏路&category=road&in=330482101";
    char first[64 * 1024];
    assert_int_equal(fixture_ask(&fixture, "GET", URI), 200);
    assert_true(fixture.body.size < sizeof(first));
    memcpy(first, fixture.body.data, fixture.body.size + 1);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(fixture_ask(&fixture, "GET", URI), 200);
        assert_string_equal(fixture.body.data, first);
    }
    struct fixture other;
    fixture_open(&other);
    assert_int_equal(fixture_ask(&other, "GET", URI), 200);
    assert_string_equal(other.body.data, first);
    fixture_close(&other);
    assert_int_equal(fixture_ask(&fixture, "GET", URI), 200);
    assert_string_equal(fixture.body.data, first);
}

static int open_all(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fresh), cmocka_unit_test(test_broken),
        cmocka_unit_test(test_day),   cmocka_unit_test(test_asked_wrongly),
        cmocka_unit_test(test_again),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
