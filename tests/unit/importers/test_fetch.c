/* Test plan
 *
 * Scripted answers (server.h), one exchange a row:
 * - good answers: content, size, redirects, empty, chunked
 * - each failure: its status, its sentence, how often the host was asked, and
 *   that no file is left: 404, 503, cut short, dripping, too large with and
 *   without a length, closed without an answer, redirects
 * - trying again: what may pass is tried again, the rest is not; a strong ETag
 *   resumes, a weak one or a changed file begins anew
 */
#include "importers/fetch.h"

#include "tests/unit/importers/server.h"

struct exchange {
    const char *label;
    const char *answers[ANSWERS_MAX + 1];
    const char *says; /* the content, or a part of the sentence */
    gaz_status want;
    int asked; /* how often */
    bool drips;
    int total_ms; /* 0: QUICK's */
};

static void check_exchange(const struct exchange *e)
{
    CASE(e->label);
    struct gaz_ctx ctx = {0};
    struct server server;
    struct imp_fetched got = {.tries = -1};
    struct imp_fetch_options options = QUICK;
    if (e->total_ms)
        options.total_ms = e->total_ms;
    start_server(&server, e->answers, e->drips);
    const char *url = gaz_arena_printf(
        &ctx.arena, "http://127.0.0.1:%d/a/towns.csv?v=1", server.port);
    gaz_status status = imp_fetch_url(&ctx, url, &options, &got);
    stop_server(&server);
    assert_status_of(&ctx, status, e->want);
    assert_int_equal(server.asked, e->asked);
    if (status == GAZ_OK) {
        assert_string_equal(read_text(&ctx, got.path), e->says);
        assert_int_equal(got.size, strlen(e->says));
        assert_string_equal(got.name, "towns.csv");
        assert_true(gaz_text_ends_with(got.path, "-towns.csv"));
        assert_true(gaz_text_starts_with(got.path, folder));
        imp_fetch_remove(&got);
    } else {
        assert_int_equal(got.tries, -1); /* out is as it was */
        assert_non_null(strstr(gaz_ctx_failure(&ctx), url));
        if (!strstr(gaz_ctx_failure(&ctx), e->says))
            fail_msg("got '%s', want '%s'", gaz_ctx_failure(&ctx), e->says);
    }
    assert_int_equal(files_left(), 0);
    gaz_ctx_close(&ctx);
}

static const struct exchange GOOD[] = {
    {"a length", {OK_HELLO}, .says = "hello", .asked = 1},
    {"empty", {HEAD("200 OK") BODY("0", "")}, .says = "", .asked = 1},
    {"until it closes",
     {HEAD("200 OK") "\r\nhello"},
     .says = "hello",
     .asked = 1},
    {"chunked",
     {HEAD("200 OK") "Transfer-Encoding: chunked\r\n\r\n" CHUNK "0\r\n\r\n"},
     .says = HUNDRED,
     .asked = 1},
    {"a redirect; its body is no part",
     {TO("/b/other.txt"), OK_HELLO},
     .says = "hello",
     .asked = 2},
};

static void test_good_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(GOOD); i++)
        check_exchange(&GOOD[i]);
}

static const struct exchange FAILURES[] = {
    {"404",
     {HEAD("404 Not Found") BODY("4", "gone")},
     .want = GAZ_NOT_FOUND,
     .says = "not there (404)",
     .asked = 1},
    {"403",
     {HEAD("403 Forbidden") BODY("0", "")},
     .want = GAZ_IO,
     .says = "answered 403",
     .asked = 1},
    {"204: no file",
     {HEAD("204 No Content") "\r\n"},
     .want = GAZ_IO,
     .says = "answered 204",
     .asked = 1},
    {"always cut short",
     {HEAD("200 OK") BODY("10", "hello")},
     .want = GAZ_IO,
     .says = "cut short: ",
     .asked = 3},
    {"a chunk is cut short",
     {HEAD("200 OK") "Transfer-Encoding: chunked\r\n\r\n" CHUNK},
     .want = GAZ_IO,
     .says = "cut short: ",
     .asked = 3},
    {"drips without end",
     {HEAD("200 OK") "\r\n"},
     .drips = true,
     .total_ms = 300,
     .want = GAZ_IO,
     .says = "not complete after 0.3 s",
     .asked = 1},
    {"drips headers without end",
     {"HTTP/1.1 200 OK\r\nX: "},
     .drips = true,
     .total_ms = 300,
     .want = GAZ_IO,
     .says = "not complete after 0.3 s",
     .asked = 1},
    {"says it is too large",
     {HEAD("200 OK") BODY("1001", "")},
     .want = GAZ_LIMIT,
     .says = "larger than 1000 bytes",
     .asked = 1},
    {"is too large without saying it",
     {HEAD("200 OK") "\r\n" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
          HUNDRED HUNDRED HUNDRED HUNDRED "x"},
     .want = GAZ_LIMIT,
     .says = "larger than 1000 bytes",
     .asked = 1},
    {"always closes",
     {""},
     .want = GAZ_IO,
     .says = "without an answer (3 tries)",
     .asked = 3},
    {"is no HTTP",
     {"220 mail.example.org ESMTP\r\n"},
     .want = GAZ_IO,
     .says = "cannot fetch",
     .asked = 1},
    {"a part that nobody asked for",
     {HEAD("206 Partial Content") "Content-Range: bytes 0-4/10\r\n" BODY(
         "5", "hello")},
     .want = GAZ_IO,
     .says = "another part",
     .asked = 1},
};

static void test_failures(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(FAILURES); i++)
        check_exchange(&FAILURES[i]);
}

static const struct exchange REFUSED[] = {
    {"to a file",
     {TO("file:///etc/passwd"), OK_HELLO},
     .want = GAZ_INVALID,
     .says = "redirects to 'file:///etc/passwd': only https and http",
     .asked = 1},
    {"to another protocol",
     {TO("gopher://127.0.0.1/x"), OK_HELLO},
     .want = GAZ_INVALID,
     .says = "only https and http",
     .asked = 1},
    {"to http elsewhere",
     {TO("http://192.0.2.1/x"), OK_HELLO},
     .want = GAZ_INVALID,
     .says = "http is not secure",
     .asked = 1},
    {"with a password",
     {TO("https://a:b@192.0.2.1/x"), OK_HELLO},
     .want = GAZ_INVALID,
     .says = "password",
     .asked = 1},
    {"in a ring",
     {TO("/a"), TO("/b")},
     .want = GAZ_INVALID,
     .says = "more than 5 redirects",
     .asked = 6},
    {"to nowhere",
     {HEAD("302 Found") BODY("0", "")},
     .want = GAZ_IO,
     .says = "answered 302",
     .asked = 1},
};

static void test_redirects_that_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(REFUSED); i++)
        check_exchange(&REFUSED[i]);
}

/* The first half of a file. */
#define PART(etag) HEAD("200 OK") "ETag: " etag "\r\n" BODY("10", "hello")

static const struct exchange TRIES[] = {
    {"closes, then answers", {"", OK_HELLO}, .says = "hello", .asked = 2},
    {"503 twice, then answers",
     {HEAD("503 Busy") BODY("4", "busy"), HEAD("503 Busy") BODY("0", ""),
      OK_HELLO},
     .says = "hello",
     .asked = 3},
    {"503 three times",
     {HEAD("503 Busy") BODY("0", "")},
     .want = GAZ_IO,
     .says = "answered 503 (3 tries)",
     .asked = 3},
    {"the host asks for more patience than there is",
     {HEAD("503 Busy") "Retry-After: 60\r\n" BODY("0", ""), OK_HELLO},
     .want = GAZ_IO,
     .says = "answered 503",
     .asked = 1},
    {"404 after a redirect that first failed",
     {"", TO("/b"), HEAD("404 Not Found") BODY("0", "")},
     .want = GAZ_NOT_FOUND,
     .says = "not there (404) (2 tries)",
     .asked = 3},
    {"cut short, begins anew without an ETag",
     {HEAD("200 OK") BODY("10", "HELLO"),
      HEAD("200 OK") BODY("10", "helloworld")},
     .says = "helloworld",
     .asked = 2},
    {"cut short, resumed",
     {PART("\"a\""),
      HEAD("206 Partial Content") "Content-Range: bytes 5-9/10\r\n" BODY(
          "5", "world")},
     .says = "helloworld",
     .asked = 2},
    {"cut short, resumed twice",
     {PART("\"a\""),
      HEAD("206 Partial Content") "Content-Range: bytes 5-9/10\r\n" BODY("5",
                                                                         "wo"),
      HEAD("206 Partial Content") "Content-Range: bytes 7-9/10\r\n" BODY(
          "3", "rld")},
     .says = "helloworld",
     .asked = 3},
    {"cut short, then the file has changed",
     {PART("\"a\""), HEAD("200 OK") "ETag: \"b\"\r\n" BODY("3", "new")},
     .says = "new",
     .asked = 2},
    {"cut short, then the file is empty",
     {PART("\"a\""), HEAD("200 OK") BODY("0", "")},
     .says = "",
     .asked = 2},
    {"cut short, then another part",
     {PART("\"a\""),
      HEAD("206 Partial Content") "Content-Range: bytes 0-4/10\r\n" BODY(
          "5", "hello")},
     .want = GAZ_IO,
     .says = "another part",
     .asked = 2},
};

static void test_tries(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TRIES); i++)
        check_exchange(&TRIES[i]);
}

static void test_ranges_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *answers[3];
        const char *range; /* of the second request; NULL: none */
        const char *if_range;
    } CASES[] = {
        {"strong",
         {PART("\"a\""), OK_HELLO},
         "Range: bytes=5-\r\n",
         "If-Range: \"a\"\r\n"},
        {"weak", {PART("W/\"a\""), OK_HELLO}, NULL, NULL},
        {"none", {HEAD("200 OK") BODY("10", "hello"), OK_HELLO}, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_ctx ctx = {0};
        struct server server;
        struct imp_fetched got;
        start_server(&server, CASES[i].answers, false);
        gaz_status status = imp_fetch_url(
            &ctx,
            gaz_arena_printf(&ctx.arena, "http://localhost:%d/x", server.port),
            &QUICK, &got);
        stop_server(&server);
        assert_status_of(&ctx, status, GAZ_OK);
        assert_int_equal(got.tries, 2);
        imp_fetch_remove(&got);
        assert_null(strstr(server.requests[0], "Range:"));
        if (CASES[i].range) {
            assert_non_null(strstr(server.requests[1], CASES[i].range));
            assert_non_null(strstr(server.requests[1], CASES[i].if_range));
        } else {
            assert_null(strstr(server.requests[1], "Range:"));
        }
        gaz_ctx_close(&ctx);
    }
}

/* A byte every 20 ms is slower than IMP_FETCH_STALL_BYTES_S. */
static void test_stall(void **state)
{
    (void)state;
    static const char *const ANSWERS[] = {HEAD("200 OK") "\r\n", NULL};
    struct gaz_ctx ctx = {0};
    struct server server;
    struct imp_fetched got;
    struct imp_fetch_options options = QUICK;
    options.stall_s = 1;
    options.tries = 2;
    start_server(&server, ANSWERS, true);
    gaz_status status = imp_fetch_url(
        &ctx,
        gaz_arena_printf(&ctx.arena, "http://127.0.0.1:%d/x", server.port),
        &options, &got);
    stop_server(&server);
    assert_status(status, GAZ_IO);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "stalled for 1 s"));
    assert_int_equal(server.asked, 2);
    assert_int_equal(files_left(), 0);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_answers),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_redirects_that_are_refused),
        cmocka_unit_test(test_tries),
        cmocka_unit_test(test_ranges_asked_for),
        cmocka_unit_test(test_stall),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
