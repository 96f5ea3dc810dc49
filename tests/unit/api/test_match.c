/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: /v1/match with good and bad parameters; pairs in a body: order,
 * a bad pair in its place, not an array, a pair without b, too many;
 * candidates: their answers in order, a bad one in its place, too many. */
#include "tests/unit/test.h"

#include <jansson.h>
#include <string.h>

#include "api/match.h"
#include "tests/unit/api/fixture.h"

#define TYPE "application/json"

static struct fixture fixture;

static int post(const char *body)
{
    return fixture_post(&fixture, "/v1/match", TYPE, body, strlen(body));
}

static void test_get(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *uri;
        int status;
    } CASES[] = {
        {"both", "/v1/match?a=%E4%B9%8D%E6%B5%A6&b=%E6%96%B0%E4%BB%93", 200},
        {"no b", "/v1/match?a=%E4%B9%8D%E6%B5%A6", 400},
        {"no words", "/v1/match?a=%2C&b=%E6%96%B0%E4%BB%93", 400},
        {"unknown parameter", "/v1/match?a=x&b=y&c=z", 400},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(fixture_ask(&fixture, "GET", CASES[i].uri),
                         CASES[i].status);
    }
}

static void test_pairs(void **state)
{
    (void)state;
    assert_int_equal(post("{\"pairs\": [{\"a\": \"乍浦镇\", \"b\": \"乍浦镇\"},"
                          "{\"a\": \"\", \"b\": \"x\"},"
                          "{\"a\": \"乍浦镇\", \"b\": \"乍浦鎮\"}]}"),
                     200);
    json_t *root = json_loads(fixture.body.data, 0, NULL);
    json_t *results = json_object_get(root, "results");
    assert_int_equal(json_array_size(results), 3);
    for (size_t i = 0; i < 3; i += 2) {
        json_t *label = json_object_get(json_array_get(results, i), "label");
        assert_int_equal(json_integer_value(label), 2);
    }
    json_t *bad = json_array_get(results, 1);
    assert_true(json_is_null(json_object_get(bad, "label")));
    assert_true(json_is_string(json_object_get(bad, "error")));
    json_decref(root);
}

static int label_of(const json_t *results, size_t i)
{
    const json_t *label = json_object_get(json_array_get(results, i), "label");
    return json_is_null(label) ? -1 : (int)json_integer_value(label);
}

static void test_candidates(void **state)
{
    (void)state;
    assert_int_equal(post("{\"a\": \"平湖市乍浦镇天妃路1号\", \"candidates\": ["
                          "\"金山区朱泾镇五龙村\", \"\","
                          "\"平湖市乍浦鎮天妃路１号\"]}"),
                     200);
    json_t *root = json_loads(fixture.body.data, 0, NULL);
    json_t *results = json_object_get(root, "results");
    assert_int_equal(json_array_size(results), 3);
    assert_int_equal(label_of(results, 0), 0);
    assert_int_equal(label_of(results, 1), -1);
    assert_int_equal(label_of(results, 2), 2);
    json_decref(root);
    assert_int_equal(post("{\"a\": \"，\", \"candidates\": [\"乍浦镇\"]}"),
                     200);
    root = json_loads(fixture.body.data, 0, NULL);
    assert_int_equal(label_of(json_object_get(root, "results"), 0), -1);
    json_decref(root);
    assert_int_equal(post("{\"a\": \"乍浦镇\", \"candidates\": []}"), 200);
}

static void test_bad_bodies(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *body;
        int status;
        const char *why;
    } CASES[] = {
        {"not JSON", "{", 400, "line 1"},
        {"no array", "{}", 400, "array 'pairs'"},
        {"no b", "{\"pairs\": [{\"a\": \"x\"}]}", 400, "pairs[0]"},
        {"both shapes", "{\"a\": \"x\", \"candidates\": [], \"pairs\": []}",
         400, "both"},
        {"no a", "{\"candidates\": [\"x\"]}", 400, "string 'a'"},
        {"no list", "{\"a\": \"x\", \"candidates\": \"y\"}", 400, "array"},
        {"no text", "{\"a\": \"x\", \"candidates\": [\"y\", 1]}", 400,
         "candidates[1]"},
        {"a number", "{\"pairs\": [{\"a\": \"x\", \"b\": 1}]}", 400,
         "pairs[0]"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(post(CASES[i].body), CASES[i].status);
        assert_non_null(strstr(fixture.body.data, CASES[i].why));
    }
}

static void test_too_many(void **state)
{
    (void)state;
    struct gaz_buffer body;
    gaz_buffer_open(&body, 1 << 20);
    gaz_buffer_text(&body, "{\"pairs\": [");
    for (int i = 0; i <= API_MATCH_MAX_PAIRS; i++)
        gaz_buffer_text(&body, i ? ",{\"a\":\"x\",\"b\":\"y\"}"
                                 : "{\"a\":\"x\",\"b\":\"y\"}");
    gaz_buffer_text(&body, "]}");
    assert_int_equal(
        fixture_post(&fixture, "/v1/match", TYPE, body.data, body.size), 413);
    gaz_buffer_clear(&body);
    gaz_buffer_text(&body, "{\"a\": \"x\", \"candidates\": [\"y\"");
    for (int i = 0; i < GAZ_LIST_MAX; i++)
        gaz_buffer_text(&body, ",\"y\"");
    gaz_buffer_text(&body, "]}");
    assert_int_equal(
        fixture_post(&fixture, "/v1/match", TYPE, body.data, body.size), 413);
    gaz_buffer_close(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get), cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_candidates), cmocka_unit_test(test_bad_bodies),
        cmocka_unit_test(test_too_many)};
    fixture_open(&fixture);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(&fixture);
    return failed;
}
