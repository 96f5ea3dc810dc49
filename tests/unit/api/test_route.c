/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the dispatch around the handlers, on a small snapshot.
 *
 * - patterns: captures, literals after a capture, no empty capture, no '/'
 * - methods: HEAD is GET, OPTIONS tells, 405 with Allow, 404
 * - parameters: unknown, missing and empty are named
 * - problems: every refusal has the members of RFC 9457
 * - caching: ETag, 304 for it, for a list and for *, none on a failure
 * - /openapi.json lists the routes exactly, with every parameter described
 * - page files: exact paths only, no traversal, types
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "api/category.h"
#include "api/reply.h"
#include "api/route.h"
#include "api/static.h"
#include "tests/unit/api/fixture.h"

static struct fixture fixture;

static const char *body(void)
{
    return fixture.body.data ? fixture.body.data : "";
}

static void assert_has(const char *text)
{
    if (!strstr(body(), text))
        fail_msg("'%s' is not in: %.400s", text, body());
}

static void test_match(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *pattern;
        const char *path;
        const char *captured; /* values with '|' between; NULL: no match */
    } CASES[] = {
        {"literal", "/v1/geocode", "/v1/geocode", ""},
        {"prefix is no match", "/v1/geocode", "/v1/geocode2", NULL},
        {"slash at the end", "/v1/geocode", "/v1/geocode/", NULL},
        {"capture", "/v1/places/{id}", "/v1/places/0A", "0A"},
        {"empty capture", "/v1/places/{id}", "/v1/places/", NULL},
        {"slash in a capture", "/v1/places/{id}", "/v1/places/a/b", NULL},
        {"suffix", "/t/{l}.json", "/t/base.json", "base"},
        {"suffix missing", "/t/{l}.json", "/t/base.png", NULL},
        {"only the suffix", "/t/{l}.json", "/t/.json", NULL},
        {"suffix twice", "/t/{l}.json", "/t/a.json.json", "a.json"},
        {"four", "/t/{l}/{z}/{x}/{y}@2x.png", "/t/b/1/2/3@2x.png", "b|1|2|3"},
        {"too short", "/t/{l}/{z}/{x}/{y}.png", "/t/b/1/2", NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct api_request request = {.param_count = 0};
        bool is_match =
            api_route_match(&fixture.worker.ctx.arena, CASES[i].pattern,
                            CASES[i].path, &request);
        assert_int_equal(is_match, CASES[i].captured != NULL);
        if (!is_match)
            continue;
        char joined[64] = "";
        size_t size = 0;
        for (int j = 0; j < request.capture_count; j++)
            size +=
                (size_t)snprintf(joined + size, sizeof(joined) - size, "%s%s",
                                 j > 0 ? "|" : "", request.captures[j].value);
        assert_string_equal(joined, CASES[i].captured);
    }
}

static void test_methods(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *method;
        const char *uri;
        int status;
        const char *allow; /* NULL: none */
    } CASES[] = {
        {"get", "GET", "/healthz", 200, NULL},
        {"head", "HEAD", "/healthz", 200, NULL},
        {"options", "OPTIONS", "/healthz", 204, "GET, HEAD, OPTIONS"},
        {"post where get is", "POST", "/healthz", 405, "GET, HEAD, OPTIONS"},
        {"get where post is", "GET", "/v1/batch", 405, "POST, OPTIONS"},
        {"delete", "DELETE", "/v1/places/0", 405,
         "GET, HEAD, PUT, PATCH, OPTIONS"},
        {"webdav", "PROPFIND", "/", 405, "GET, HEAD, OPTIONS"},
        {"unknown path", "GET", "/v1/nothing", 404, NULL},
        {"unknown path, options", "OPTIONS", "/v1/nothing", 404, NULL},
        {"prefix of a route", "GET", "/v1", 404, NULL},
        {"more than a route", "GET", "/healthz/x", 404, NULL},
        {"other case", "GET", "/HEALTHZ", 404, NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int status = fixture_ask(&fixture, CASES[i].method, CASES[i].uri);
        assert_int_equal(status, CASES[i].status);
        if (CASES[i].allow)
            assert_string_equal(fixture.response.allow, CASES[i].allow);
        else
            assert_null(fixture.response.allow);
    }
}

static void test_problems(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *uri;
        int status;
        const char *has; /* in the body */
    } CASES[] = {
        {"no q", "/v1/geocode", 400, "\"parameter\":\"q\""},
        {"empty q", "/v1/geocode?q=", 400, "\"parameter\":\"q\""},
        {"unknown parameter", "/v1/geocode?q=a&lng=1", 400,
         "\"parameter\":\"lng\""},
        {"limit", "/v1/geocode?q=a&limit=0", 400, "from 1 to 50"},
        {"search for nothing", "/v1/search", 400, "q, category and in"},
        {"no lat", "/v1/reverse?lon=121", 400, "\"parameter\":\"lat\""},
        {"radius", "/v1/reverse?lon=121&lat=30&radius=60000", 400,
         "\"parameter\":\"radius\""},
        {"bad id", "/v1/places/x", 400, "\"parameter\":\"id\""},
        {"no such id", "/v1/places/0000000000001", 404, "no place or address"},
        {"bad code", "/v1/divisions/33x", 400, "\"parameter\":\"code\""},
        {"no such code", "/v1/divisions/999999", 404, "999999"},
        {"no such style", "/tiles/nothing/1/0/0.png", 404,
         "\"parameter\":\"style\""},
        {"zoom", "/tiles/base/21/0/0.png", 400, "\"parameter\":\"z\""},
        {"tile outside", "/tiles/base/1/2/0.mvt", 400, "\"parameter\":\"x\""},
        {"tile negative", "/tiles/base/1/0/-1.png", 400, "\"parameter\":\"y\""},
        {"broken escape", "/v1/geocode?q=%4", 400, "%-escape"},
        {"parameter of another route", "/healthz?q=a", 400,
         "\"parameter\":\"q\""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(fixture_ask(&fixture, "GET", CASES[i].uri),
                         CASES[i].status);
        assert_has(CASES[i].has);
        assert_has("\"type\":\"urn:diming:problem:");
        assert_has("\"title\":\"");
        assert_has("\"title_zh\":\"");
        assert_has("\"detail\":\"");
        assert_has("\"detail_zh\":\"");
        assert_has("\"status\":");
        assert_string_equal(fixture.response.content_type,
                            "application/problem+json; charset=utf-8");
        assert_null(fixture.response.etag);
    }
}

static void test_no_snapshot(void **state)
{
    (void)state;
    struct gaz_snapshot *snap = fixture.snap;
    fixture.snap = NULL;
    assert_int_equal(fixture_ask(&fixture, "GET", "/healthz"), 200);
    assert_has("\"snapshot\":null");
    assert_int_equal(fixture_ask(&fixture, "GET", "/readyz"), 503);
    assert_int_equal(fixture.response.retry_after_s, 1);
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/geocode?q=a"), 503);
    assert_int_equal(fixture_ask(&fixture, "GET", "/openapi.json"), 200);
    fixture.snap = snap;
    assert_int_equal(fixture_ask(&fixture, "GET", "/healthz"), 200);
    assert_has("\"status\":\"ok\"");
    assert_has("\"journal_seq\":4711");
    assert_has("\"places\":11");
}

static void test_etag(void **state)
{
    (void)state;
    static const char *const URIS[] = {"/v1/geocode?q=%E4%B9%8D%E6%B5%A6",
                                       "/v1/heritage",
                                       "/tiles/base/10/856/419.png", "/"};
    for (size_t i = 0; i < COUNT(URIS); i++) {
        CASE(URIS[i]);
        assert_int_equal(fixture_ask(&fixture, "GET", URIS[i]), 200);
        assert_non_null(fixture.response.etag);
        char etag[64];
        (void)snprintf(etag, sizeof(etag), "%s", fixture.response.etag);
        assert_int_equal(fixture_ask_again(&fixture, URIS[i], etag), 304);
        assert_int_equal(fixture.body.size, 0);
        char list[128];
        (void)snprintf(list, sizeof(list), "\"x\", W/%s", etag);
        assert_int_equal(fixture_ask_again(&fixture, URIS[i], list), 304);
        assert_int_equal(fixture_ask_again(&fixture, URIS[i], "*"), 304);
        assert_int_equal(fixture_ask_again(&fixture, URIS[i], "\"x\""), 200);
        assert_string_equal(fixture.response.etag, etag);
    }
    char first[64];
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/geocode?q=a"), 200);
    (void)snprintf(first, sizeof(first), "%s", fixture.response.etag);
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/geocode?q=b"), 200);
    assert_string_not_equal(first, fixture.response.etag);
}

static int count(const char *text, const char *part)
{
    int found = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        found++;
    return found;
}

static void test_openapi(void **state)
{
    (void)state;
    assert_int_equal(fixture_ask(&fixture, "GET", "/openapi.json"), 200);
    int routes = 0;
    const struct api_route *route;
    for (size_t i = 0; (route = api_route_at(i)) != NULL; i++) {
        CASE(route->pattern);
        char key[128];
        (void)snprintf(key, sizeof(key), "\"%s\":{\"", route->pattern);
        assert_int_equal(count(body(), key), 1);
        char method[8] = "";
        for (size_t k = 0; route->method[k] && k < sizeof(method) - 1; k++)
            method[k] = (char)(route->method[k] | 0x20); /* lower case */
        (void)snprintf(key, sizeof(key), "\"%s\":{\"operationId\":\"%s\"",
                       method, route->name);
        assert_int_equal(count(body(), key), 1);
        char name[32];
        bool is_required;
        const char *rest = route->params;
        while ((rest = api_route_params(rest, name, &is_required)) != NULL)
            assert_non_null(api_route_doc(route, name));
        routes++;
    }
    assert_int_equal(count(body(), "\"operationId\":"), routes);
    assert_true(routes > 16);
}

static void test_page(void **state)
{
    (void)state;
    static const char *const OUTSIDE[] = {
        "/../etc/passwd", "/./index.html", "//index.html", "/assets/",
        "/index.html/",   "/%2e%2e/x",     "/.git/config", "/index.htm"};
    assert_int_equal(fixture_ask(&fixture, "GET", "/"), 200);
    assert_string_equal(fixture.response.content_type,
                        "text/html; charset=utf-8");
    assert_non_null(strstr(fixture.response.csp, "default-src 'self'"));
    for (size_t i = 0; i < COUNT(OUTSIDE); i++) {
        CASE(OUTSIDE[i]);
        assert_int_equal(fixture_ask(&fixture, "GET", OUTSIDE[i]), 404);
    }
    assert_string_equal(api_static_type("a.mjs"),
                        "text/javascript; charset=utf-8");
    assert_string_equal(api_static_type("a.unknown"),
                        "application/octet-stream");
}

static void test_category(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        uint32_t code;
        const char *en;
    } CASES[] = {
        {"exact", 21500, "town"},
        {"nearest class", 25110, "memorial"},
        {"highest class", 24999, "water, power, telecom"},
        {"none", 99999, "unclassified"},
        {"zero", 0, "unclassified"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_string_equal(api_category_find(CASES[i].code)->en, CASES[i].en);
    }
}

static void test_log_line(void **state)
{
    (void)state;
    char line[256];
    struct api_log_entry entry = {.id = "00ff",
                                  .method = "GET",
                                  .uri = "/v1/geocode?q=secret",
                                  .status = 200,
                                  .ms = 1.5,
                                  .bytes = 10,
                                  .failure = ""};
    api_reply_log_line(line, sizeof(line), &entry);
    assert_null(strstr(line, "secret"));
    assert_non_null(strstr(line, "id=00ff GET /v1/geocode 200 1.50ms 10B"));
    entry.uri = "/a\"b\r\nc";
    api_reply_log_line(line, sizeof(line), &entry);
    assert_null(strchr(line, '\n'));
    assert_non_null(strstr(line, "/a?b??c"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match),    cmocka_unit_test(test_methods),
        cmocka_unit_test(test_problems), cmocka_unit_test(test_no_snapshot),
        cmocka_unit_test(test_etag),     cmocka_unit_test(test_openapi),
        cmocka_unit_test(test_page),     cmocka_unit_test(test_category),
        cmocka_unit_test(test_log_line),
    };
    fixture_open(&fixture);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(&fixture);
    return failed;
}
