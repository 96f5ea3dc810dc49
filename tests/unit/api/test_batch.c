/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: /v1/batch.
 *
 * - CSV and JSON give what single calls give, row by row
 * - all columns of the input are kept, as they were, quotes and BOM included
 * - a row under the threshold: candidates, no position
 * - broken rows, empty cells, bytes that are not UTF-8: the row says so, the
 *   others go on
 * - the column: the usual names, ?column=, none; result names that are taken
 * - refusals: type, empty, no rows, wrong members, depth, rows
 */
#include "tests/unit/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/batch/batch.h"
#include "api/body.h"
#include "api/represent.h"
#include "importers/csv.h"
#include "tests/unit/api/fixture.h"

static struct fixture fixture;

static const char *const TEXTS[] = {
    "平湖市乍浦镇演示路158号",
    "乍浦镇",
    "黄姑镇",
    "平湖市",
    "金山区",
    "衙前村",
    "nowhere",
    "演示路159号",
};

static int post_csv(const char *uri, const char *body)
{
    return fixture_post(&fixture, uri, "text/csv", body, strlen(body));
}

static int post_json(const char *body)
{
    return fixture_post(&fixture, "/v1/batch", "application/json", body,
                        strlen(body));
}

static const char *body(void)
{
    return fixture.body.data ? fixture.body.data : "";
}

static void assert_has(const char *text)
{
    if (!strstr(body(), text))
        fail_msg("'%s' is not in: %.600s", text, body());
}

/* The cells of the answer's row `number` (1 is the first after the head). */
static struct imp_row read_row(struct gaz_ctx *ctx, int number,
                               struct imp_reader **reader)
{
    struct imp_row row = {.count = 0};
    assert_status_of(ctx,
                     imp_csv_open_bytes(ctx, "answer", fixture.body.data,
                                        fixture.body.size, ',', reader),
                     GAZ_OK);
    for (int i = 0; i < number; i++)
        assert_status_of(ctx, imp_reader_next(ctx, *reader, &row), GAZ_OK);
    assert_null(row.error);
    return row;
}

static const char *cell(const struct imp_row *row, const char *column)
{
    for (int i = 0; i < row->count; i++)
        if (strcmp(row->columns[i], column) == 0)
            return row->values[i];
    fail_msg("no column %s", column);
    return NULL;
}

/* The answer of a single call, as JSON; the caller decrefs. */
static json_t *ask_single(const char *text)
{
    char uri[512] = "/v1/geocode?q=";
    size_t size = strlen(uri);
    for (const char *at = text; *at; at++)
        size += (size_t)snprintf(uri + size, sizeof(uri) - size, "%%%02x",
                                 (unsigned)(unsigned char)*at);
    assert_int_equal(fixture_ask(&fixture, "GET", uri), 200);
    json_t *root = json_loads(fixture.body.data, 0, NULL);
    assert_non_null(root);
    return root;
}

static void assert_same_json(const json_t *row, const char *text)
{
    json_t *single = ask_single(text);
    const json_t *features = json_object_get(single, "features");
    const char *status = json_string_value(json_object_get(row, "status"));
    if (json_array_size(features) == 0) {
        assert_string_equal(status, "none");
    } else if (strcmp(status, "matched") == 0) {
        const json_t *own = json_object_get(row, "features");
        assert_int_equal(json_array_size(own), 1);
        assert_true(
            json_equal(json_array_get(own, 0), json_array_get(features, 0)));
    } else {
        assert_string_equal(status, "review");
        assert_int_equal(json_array_size(json_object_get(row, "features")), 0);
        assert_true(json_array_size(json_object_get(row, "candidates")) > 0);
    }
    json_decref(single);
}

static void test_json_as_single(void **state)
{
    (void)state;
    json_t *rows = json_array();
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        json_array_append_new(
            rows, json_pack("{s:i, s:s}", "id", (int)i, "text", TEXTS[i]));
    json_t *question = json_pack("{s:o}", "rows", rows);
    char *sent = json_dumps(question, 0);
    assert_int_equal(post_json(sent), 200);
    json_t *root = json_loads(body(), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const json_t *results = json_object_get(root, "results");
    assert_int_equal(json_array_size(results), COUNT(TEXTS));
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        CASE(TEXTS[i]);
        const json_t *row = json_array_get(results, i);
        assert_int_equal(json_integer_value(json_object_get(row, "id")), i);
        assert_same_json(row, TEXTS[i]);
    }
    json_decref(root);
    json_decref(question);
    free(sent);
}

static void assert_same_csv(const struct imp_row *row, const char *text)
{
    json_t *single = ask_single(text);
    const json_t *feature =
        json_array_get(json_object_get(single, "features"), 0);
    const json_t *p = json_object_get(feature, "properties");
    const char *status = cell(row, "status");
    if (!feature) {
        assert_string_equal(status, "none");
        assert_string_equal(cell(row, "lon"), "");
    } else {
        char confidence[16];
        (void)snprintf(confidence, sizeof(confidence), "%.3f",
                       json_number_value(json_object_get(p, "confidence")));
        assert_string_equal(cell(row, "confidence"), confidence);
        assert_string_equal(cell(row, "match"),
                            json_string_value(json_object_get(p, "match")));
    }
    if (strcmp(status, "matched") == 0) {
        assert_string_equal(cell(row, "label"),
                            json_string_value(json_object_get(p, "label")));
        assert_string_equal(cell(row, "place_id"),
                            json_string_value(json_object_get(p, "place_id")));
    } else {
        assert_string_equal(cell(row, "label"), "");
        assert_string_equal(cell(row, "lon"), "");
        assert_string_equal(cell(row, "lat"), "");
        assert_string_equal(cell(row, "place_id"), "");
    }
    json_decref(single);
}

static void test_csv_as_single(void **state)
{
    (void)state;
    struct gaz_buffer sent;
    gaz_buffer_open(&sent, 65536);
    gaz_buffer_text(&sent, "编号,地址\n");
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        gaz_buffer_printf(&sent, "%zu,%s\n", i, TEXTS[i]);
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        CASE(TEXTS[i]);
        struct gaz_ctx ctx = {.failure = ""};
        struct imp_reader *reader;
        assert_int_equal(post_csv("/v1/batch", sent.data), 200);
        struct imp_row row = read_row(&ctx, (int)i + 1, &reader);
        assert_string_equal(cell(&row, "地址"), TEXTS[i]);
        assert_same_csv(&row, TEXTS[i]);
        imp_reader_close(reader);
        gaz_ctx_close(&ctx);
    }
    gaz_buffer_close(&sent);
}

static void test_columns_kept(void **state)
{
    (void)state;
    assert_int_equal(
        post_csv("/v1/batch",
                 "\xEF\xBB\xBF"
                 "\"a,b\",address,tel\r\n\"x \"\"y\"\"\",乍浦镇,+86 1\r\n"),
        200);
    assert_memory_equal(body(), "\xEF\xBB\xBF\"a,b\",address,tel,status", 26);
    assert_has("\"x \"\"y\"\"\",乍浦镇,+86 1,matched,town,");
    assert_string_equal(fixture.response.content_type,
                        "text/csv; charset=utf-8; header=present");
    assert_int_equal(post_csv("/v1/batch", "status,地址,label\n1,乍浦镇,2\n"),
                     200);
    assert_has("status,地址,label,diming_status,match,confidence,diming_label");
}

static void test_bad_rows(void **state)
{
    (void)state;
    assert_int_equal(post_csv("/v1/batch",
                              "id,地址\n1,乍浦镇\n2\n3,\n"
                              "4,\xff\xfe\n5,\"乍\"浦\n6,平湖市\n"),
                     200);
    static const char *const STATUSES[] = {"matched", "invalid", "invalid",
                                           "invalid", "invalid", "matched"};
    for (size_t i = 0; i < COUNT(STATUSES); i++) {
        struct gaz_ctx ctx = {.failure = ""};
        struct imp_reader *reader;
        struct imp_row row = read_row(&ctx, (int)i + 1, &reader);
        assert_string_equal(cell(&row, "status"), STATUSES[i]);
        if (strcmp(STATUSES[i], "invalid") == 0)
            assert_true(cell(&row, "reasons")[0] != '\0');
        imp_reader_close(reader);
        gaz_ctx_close(&ctx);
    }
}

static void test_column(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *uri;
        const char *csv;
        int status;
    } CASES[] = {
        {"usual", "/v1/batch", "地址\n乍浦镇\n", 200},
        {"English, capital", "/v1/batch", "Address\n乍浦镇\n", 200},
        {"named", "/v1/batch?column=where", "where\n乍浦镇\n", 200},
        {"none", "/v1/batch", "where\n乍浦镇\n", 400},
        {"named, absent", "/v1/batch?column=x", "地址\n乍浦镇\n", 400},
        {"only a head", "/v1/batch", "地址\n", 200},
        {"empty", "/v1/batch", "", 400},
        {"same name twice", "/v1/batch", "地址,地址\na,b\n", 400},
        {"UTF-16", "/v1/batch", "\xff\xfe\x30", 400},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(post_csv(CASES[i].uri, CASES[i].csv), CASES[i].status);
    }
}

static void test_json_refused(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *json;
        int status;
    } CASES[] = {
        {"no rows at all", "{\"rows\":[]}", 200},
        {"id may be absent", "{\"rows\":[{\"text\":\"a\"}]}", 200},
        {"not JSON", "rows", 400},
        {"empty", "", 400},
        {"array", "[]", 400},
        {"no member", "{}", 400},
        {"rows is no array", "{\"rows\":1}", 400},
        {"row is no object", "{\"rows\":[1]}", 400},
        {"no text", "{\"rows\":[{\"id\":1}]}", 400},
        {"text is a number", "{\"rows\":[{\"text\":1}]}", 400},
        {"id is an object", "{\"rows\":[{\"id\":{},\"text\":\"a\"}]}", 400},
        {"member twice", "{\"rows\":[],\"rows\":[]}", 400},
        {"NUL in a text", "{\"rows\":[{\"text\":\"a\\u0000b\"}]}", 400},
        {"bad UTF-8", "{\"rows\":[{\"text\":\"\xff\"}]}", 400},
        {"behind the end", "{\"rows\":[]} x", 400},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(post_json(CASES[i].json), CASES[i].status);
    }
    assert_int_equal(fixture_post(&fixture, "/v1/batch", "text/html", "a", 1),
                     415);
    assert_int_equal(fixture_post(&fixture, "/v1/batch", NULL, "a", 1), 415);
}

/* 4 KB of "[" end a program that hands them to jansson on a small stack. */
static void test_deep_json(void **state)
{
    (void)state;
    static char deep[1 << 20];
    memset(deep, '[', sizeof(deep) - 1);
    assert_int_equal(post_json(deep), 400);
    assert_has("32");
    static const struct {
        const char *label;
        const char *json;
        int depth;
    } CASES[] = {
        {"flat", "1", 0},
        {"one", "[]", 1},
        {"two", "[{\"a\":1}]", 2},
        {"one after the other", "[[],[],[]]", 2},
        {"in a string", "\"[[[[\"", 0},
        {"behind an escaped quote", "\"\\\"[[\"", 0},
        {"behind an escaped backslash", "\"\\\\\"[[", 2},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(
            api_body_depth(CASES[i].json, strlen(CASES[i].json), 32),
            CASES[i].depth);
    }
    assert_int_equal(api_body_depth(deep, sizeof(deep), 32), 33);
}

static void test_limits(void **state)
{
    (void)state;
    const char *csv = "地址\n乍浦镇\n乍浦镇\n乍浦镇\n";
    struct api_batch batch = {.name = "x", .max_rows = 2};
    struct api_worker *worker = &fixture.worker;
    gaz_ctx_next(&worker->ctx);
    worker->snap = fixture.snap;
    gaz_buffer_clear(&fixture.body);
    assert_status(
        api_batch_csv(worker, &batch, csv, strlen(csv), &fixture.body),
        GAZ_LIMIT);
    assert_int_equal(worker->problem, 413);
    batch = (struct api_batch){.name = "x", .max_rows = 3};
    gaz_ctx_next(&worker->ctx);
    assert_status(
        api_batch_csv(worker, &batch, csv, strlen(csv), &fixture.body), GAZ_OK);
    assert_int_equal(batch.counts.rows, 3);
    assert_int_equal(batch.counts.matched, 3);
}

static void test_cell(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        bool is_ours;
        const char *want;
    } CASES[] = {
        {"plain", "乍浦", true, "乍浦"},
        {"comma", "a,b", true, "\"a,b\""},
        {"quote", "a\"b", true, "\"a\"\"b\""},
        {"newline", "a\nb", true, "\"a\nb\""},
        {"formula of ours", "=1+1", true, "\"'=1+1\""},
        {"formula of theirs", "=1+1", false, "=1+1"},
        {"at", "@x", true, "\"'@x\""},
        {"negative number", "-1.5", true, "-1.5"},
        {"minus text", "-a", true, "\"'-a\""},
        {"empty", "", true, ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_buffer out;
        gaz_buffer_open(&out, 100);
        gaz_buffer_char(&out, '|');
        api_represent_csv_cell(&out, CASES[i].text, CASES[i].is_ours);
        assert_string_equal(out.data + 1, CASES[i].want);
        gaz_buffer_close(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_as_single),
        cmocka_unit_test(test_csv_as_single),
        cmocka_unit_test(test_columns_kept),
        cmocka_unit_test(test_bad_rows),
        cmocka_unit_test(test_column),
        cmocka_unit_test(test_json_refused),
        cmocka_unit_test(test_deep_json),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_cell),
    };
    fixture_open(&fixture);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(&fixture);
    return failed;
}
