/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the server over real sockets. Each trap of civetweb 1.15 that we
 * know has its test; after each the server must still answer.
 *
 * - framing: keep-alive, pipelined, HEAD, 204, HTTP/1.0, Connection: close
 * - the length of a body: twice, with chunked, chunked, garbage, too large,
 *   hidden behind 64 headers, Expect: 100-continue, in pieces
 * - slow clients: a dripped body, a body that stops, a dripped head, 200 idle
 *   connections, an answer that nobody reads
 * - hostile bytes: deep JSON, long URI, %00, traversal, broken heads
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/server.h"
#include "tests/unit/api/client.h"
#include "tests/unit/api/fixture.h"

enum { IDLE_MS = 600, BODY_MS = 400 };

#define HOST "Host: localhost\r\n"
#define HEALTH "GET /healthz HTTP/1.1\r\n" HOST "\r\n"

static char path[] = "/tmp/diming-server-XXXXXX";
static struct gaz_ctx ctx;
static struct api_server *server;
static int port;
static struct client_answer answer;

static struct api_server_options options(void)
{
    return (struct api_server_options){.snapshot = path,
                                       .host = "127.0.0.1",
                                       .idle_ms = IDLE_MS,
                                       .body_ms = BODY_MS,
                                       .cors_origin = "*"};
}

static int open_server(void **state)
{
    (void)state;
    struct api_server_options given = options();
    if (api_server_open(&ctx, &given, &server) != GAZ_OK) {
        print_error("%s\n", gaz_ctx_failure(&ctx));
        return -1;
    }
    port = client_port(api_server_url(server));
    return 0;
}

static int close_server(void **state)
{
    (void)state;
    api_server_close(server);
    server = NULL;
    return 0;
}

static void assert_alive(void)
{
    assert_int_equal(client_ask(port, HEALTH, &answer), 200);
}

static void test_keep_alive(void **state)
{
    (void)state;
    int fd = client_connect(port);
    for (int i = 0; i < 5; i++) {
        assert_true(client_send_text(fd, HEALTH));
        client_read(fd, false, 5000, &answer);
        assert_int_equal(answer.status, 200);
        assert_non_null(strstr(answer.body, "\"status\":\"ok\""));
        assert_null(client_header(&answer, "Connection"));
        assert_int_equal(strlen(client_header(&answer, "X-Request-Id")), 16);
        assert_string_equal(
            client_header(&answer, "Access-Control-Allow-Origin"), "*");
    }
    assert_true(client_send_text(fd, "HEAD /healthz HTTP/1.1\r\n" HOST "\r\n"));
    client_read(fd, true, 5000, &answer);
    assert_int_equal(answer.status, 200);
    assert_true(strlen(client_header(&answer, "Content-Length")) > 1);
    assert_int_equal(strlen(answer.body), 0);
    assert_true(
        client_send_text(fd, "OPTIONS /healthz HTTP/1.1\r\n" HOST "\r\n"));
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 204);
    assert_string_equal(client_header(&answer, "Allow"), "GET, HEAD, OPTIONS");
    assert_null(client_header(&answer, "Content-Length"));
    /* the connection still has its framing */
    assert_true(client_send_text(fd, HEALTH));
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 200);
    (void)close(fd);
}

static void test_pipelined(void **state)
{
    (void)state;
    int fd = client_connect(port);
    assert_true(client_send_text(fd, HEALTH HEALTH HEALTH));
    size_t expected = 0;
    client_sleep_ms(300);
    client_read(fd, false, 5000, &answer);
    const char *at = answer.text;
    while ((at = strstr(at, "HTTP/1.1 200 OK")) != NULL) {
        expected++;
        at++;
    }
    assert_int_equal(expected, 3);
    (void)close(fd);
}

static void test_closing(void **state)
{
    (void)state;
    static const char *const REQUESTS[] = {
        "GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n" HOST "\r\n"};
    for (size_t i = 0; i < COUNT(REQUESTS); i++) {
        int fd = client_connect(port);
        assert_true(client_send_text(fd, REQUESTS[i]));
        client_read(fd, false, 5000, &answer);
        assert_int_equal(answer.status, 200);
        assert_string_equal(client_header(&answer, "Connection"), "close");
        assert_true(client_is_closed(fd, 2000));
        (void)close(fd);
    }
}

#define POST_CSV "POST /v1/batch HTTP/1.1\r\n" HOST "Content-Type: text/csv\r\n"

static void test_lengths(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *request;
        int status;
    } CASES[] = {
        {"good", POST_CSV "Content-Length: 17\r\n\r\n地址\n乍浦镇\n", 200},
        {"twice the same",
         POST_CSV "Content-Length: 17\r\nContent-Length: 17\r\n\r\n"
                  "地址\n乍浦镇\n",
         400},
        {"twice, different",
         POST_CSV "Content-Length: 17\r\nContent-Length: 5\r\n\r\n"
                  "地址\n乍浦镇\n",
         400},
        {"with chunked",
         POST_CSV "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "0\r\n\r\n",
         400},
        {"chunked with length, other order",
         POST_CSV "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                  "0\r\n\r\n",
         400},
        {"chunked",
         POST_CSV "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
         411},
        {"none", POST_CSV "\r\n", 411},
        {"plus sign", POST_CSV "Content-Length: +5\r\n\r\nabcde", 400},
        {"list", POST_CSV "Content-Length: 5, 5\r\n\r\nabcde", 400},
        {"hexadecimal", POST_CSV "Content-Length: 0x5\r\n\r\nabcde", 400},
        {"negative", POST_CSV "Content-Length: -5\r\n\r\nabcde", 411},
        {"too large", POST_CSV "Content-Length: 33554433\r\n\r\nabc", 413},
        {"huge", POST_CSV "Content-Length: 99999999999999999999\r\n\r\na", 400},
        {"empty body", POST_CSV "Content-Length: 0\r\n\r\n", 400},
        {"body of a GET",
         "GET /healthz HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nabcde",
         200},
        {"body of a wrong method",
         "PUT /healthz HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nabcde",
         405},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int status = client_ask(port, CASES[i].request, &answer);
        if (strcmp(CASES[i].label, "huge") == 0) /* 411: civetweb's own no */
            assert_true(status == 400 || status == 411 || status == 413);
        else
            assert_int_equal(status, CASES[i].status);
        if (status >= 400 && status != 405)
            assert_non_null(strstr(answer.body, "urn:diming:problem:"));
    }
    assert_alive();
}

/* What is behind a refused request must never be taken for another one. */
static void test_no_smuggling(void **state)
{
    (void)state;
    int fd = client_connect(port);
    assert_true(client_send_text(
        fd, POST_CSV "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "0\r\n\r\n" HEALTH));
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 400);
    assert_true(client_is_closed(fd, 3000));
    assert_null(strstr(answer.text, "\"status\":\"ok\""));
    (void)close(fd);
}

static void test_many_headers(void **state)
{
    (void)state;
    static char request[16384];
    for (int extra = 50; extra <= 100; extra += 50) {
        size_t size = (size_t)snprintf(request, sizeof(request),
                                       "GET /healthz HTTP/1.1\r\n" HOST);
        for (int i = 0; i < extra; i++)
            size += (size_t)snprintf(request + size, sizeof(request) - size,
                                     "X-%d: 1\r\n", i);
        (void)snprintf(request + size, sizeof(request) - size, "\r\n");
        assert_int_equal(client_ask(port, request, &answer),
                         extra < 64 ? 200 : 431);
    }
}

static void test_body_in_pieces(void **state)
{
    (void)state;
    static const char *const PIECES[] = {POST_CSV "Content-Length: 17\r\n",
                                         "\r\n地", "址\n乍", "浦镇\n"};
    int fd = client_connect(port);
    for (size_t i = 0; i < COUNT(PIECES); i++) {
        assert_true(client_send_text(fd, PIECES[i]));
        client_sleep_ms(50);
    }
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 200);
    assert_non_null(strstr(answer.body, "matched"));
    assert_true(client_send_text(fd, HEALTH)); /* the framing is whole */
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 200);
    (void)close(fd);
}

static void test_expect(void **state)
{
    (void)state;
    int fd = client_connect(port);
    assert_true(client_send_text(
        fd, POST_CSV "Content-Length: 17\r\nExpect: 100-continue\r\n\r\n"));
    client_read(fd, true, 5000, &answer);
    assert_int_equal(answer.status, 100);
    assert_true(client_send_text(fd, "地址\n乍浦镇\n"));
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 200);
    (void)close(fd);
}

static void test_large_body(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    struct gaz_buffer request;
    gaz_buffer_open(&request, 1 << 20);
    gaz_buffer_printf(&request, POST_CSV "Content-Length: %d\r\n\r\naddress\n",
                      8 + ROWS * 10);
    for (int i = 0; i < ROWS; i++)
        gaz_buffer_text(&request, "乍浦镇\n");
    int fd = client_connect(port);
    assert_true(client_send(fd, request.data, request.size));
    client_read(fd, false, 20000, &answer);
    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.size, sizeof(answer.text) - 1); /* more came */
    (void)close(fd);
    gaz_buffer_close(&request);
}

static void test_dripped_body(void **state)
{
    (void)state;
    int fd = client_connect(port);
    long began = client_now_ms();
    assert_true(client_send_text(fd, POST_CSV
                                 "Content-Length: 100000\r\n\r\naddress\n"));
    bool is_open = true;
    while (is_open && client_now_ms() - began < 8000) {
        is_open = client_send(fd, "a", 1);
        client_sleep_ms(50);
    }
    assert_true(client_now_ms() - began < 4000);
    (void)close(fd);
    assert_alive();
}

static void test_stopped_body(void **state)
{
    (void)state;
    int fd = client_connect(port);
    long began = client_now_ms();
    assert_true(client_send_text(fd, POST_CSV
                                 "Content-Length: 100000\r\n\r\naddress\n"));
    client_read(fd, false, 5000, &answer);
    assert_int_equal(answer.status, 408);
    assert_true(client_now_ms() - began < 3000);
    (void)close(fd);
}

static void test_dripped_head(void **state)
{
    (void)state;
    int fd = client_connect(port);
    long began = client_now_ms();
    assert_true(client_send_text(fd, "GET /healthz HTTP/1.1\r\nX-A: "));
    bool is_open = true;
    while (is_open && client_now_ms() - began < 8000) {
        is_open = client_send(fd, "a", 1);
        client_sleep_ms(50);
    }
    assert_true(client_now_ms() - began < 4000);
    (void)close(fd);
    assert_alive();
}

static void test_idle_crowd(void **state)
{
    (void)state;
    enum { CROWD = 200 };
    int crowd[CROWD];
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = client_connect(port);
        assert_true(crowd[i] >= 0);
        if (i % 2 == 1)
            (void)client_send_text(crowd[i], "GET / HT"); /* and no more */
    }
    long began = client_now_ms();
    assert_alive();
    long waited = client_now_ms() - began;
    print_message("           answer after %ld ms beside 200 idle\n", waited);
    assert_true(waited < 1000);
    for (int i = 0; i < CROWD; i++)
        (void)close(crowd[i]);
}

/* 15 MB of answer and nobody reads: the thread is given back. */
static void test_unread_answer(void **state)
{
    (void)state;
    enum { ROWS = 100000 };
    struct gaz_buffer request;
    gaz_buffer_open(&request, 1 << 21);
    gaz_buffer_printf(&request, POST_CSV "Content-Length: %d\r\n\r\naddress\n",
                      8 + ROWS * 10);
    for (int i = 0; i < ROWS; i++)
        gaz_buffer_text(&request, "乍浦镇\n");
    int fd = client_connect_small(port);
    assert_true(client_send(fd, request.data, request.size));
    gaz_buffer_close(&request);
    client_sleep_ms(6000);
    /* what was in the pipe comes, and then the end, not the whole answer */
    size_t total = 0;
    do {
        client_read(fd, false, 500, &answer);
        total += answer.size;
    } while (answer.size == sizeof(answer.text) - 1);
    print_message("           %zu bytes, then the end\n", total);
    assert_true(total < (size_t)ROWS * 130);
    assert_true(client_is_closed(fd, 2000));
    (void)close(fd);
    assert_alive();
}

/* Chinese typed into curl arrives as it is, without %-escapes. */
static void test_typed_uri(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *request;
        int status;
    } CASES[] = {
        {"typed", "GET /v1/geocode?q=乍浦镇 HTTP/1.1\r\n" HOST "\r\n", 200},
        {"typed and escaped",
         "GET /v1/geocode?q=%E4%B9%8D浦镇&limit=1 HTTP/1.1\r\n" HOST "\r\n",
         200},
        {"unknown parameter",
         "GET /v1/geocode?q=乍浦镇&x=1 HTTP/1.1\r\n" HOST "\r\n", 400},
        {"typed path", "GET /乍浦 HTTP/1.1\r\n" HOST "\r\n", 404},
        {"not UTF-8", "GET /v1/geocode?q=\xE4\xB9 HTTP/1.1\r\n" HOST "\r\n",
         400},
        {"no version", "GET /v1/geocode?q=乍浦镇\r\n\r\n", 400},
        {"a body is not read",
         "POST /v1/batch?column=地址 HTTP/1.1\r\n" HOST
         "Content-Length: 3\r\n\r\nabc",
         400},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(client_ask(port, CASES[i].request, &answer),
                         CASES[i].status);
    }
    /* The connection ends with it: what follows is no second request. */
    int fd = client_connect(port);
    assert_true(client_send_text(
        fd, "GET /v1/geocode?q=乍浦镇 HTTP/1.1\r\n" HOST "\r\n" HEALTH));
    client_read(fd, false, 2000, &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(client_header(&answer, "Connection"), "close");
    assert_true(client_is_closed(fd, 2000));
    (void)close(fd);
    assert_alive();
}

static void test_hostile(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *request;
        int status;
        int or_status;
    } CASES[] = {
        {"NUL in the path", "GET /%00 HTTP/1.1\r\n" HOST "\r\n", 400, 0},
        {"NUL behind a file", "GET /healthz%00.html HTTP/1.1\r\n" HOST "\r\n",
         400, 0},
        {"broken escape", "GET /%zz HTTP/1.1\r\n" HOST "\r\n", 400, 0},
        {"a path that begins as a route",
         "GET /healthz.js HTTP/1.1\r\n" HOST "\r\n", 404, 0},
        {"a path below a route", "GET /healthz/x HTTP/1.1\r\n" HOST "\r\n", 404,
         0},
        {"traversal", "GET /../../etc/passwd HTTP/1.1\r\n" HOST "\r\n", 404,
         400},
        {"escaped traversal",
         "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" HOST "\r\n", 404, 400},
        {"traversal in a capture",
         "GET /v1/places/..%2f..%2fetc HTTP/1.1\r\n" HOST "\r\n", 404, 400},
        {"backslash", "GET /..\\..\\etc HTTP/1.1\r\n" HOST "\r\n", 404, 400},
        {"dotfile", "GET /.git/config HTTP/1.1\r\n" HOST "\r\n", 404, 0},
        {"webdav", "PROPFIND / HTTP/1.1\r\n" HOST "\r\n", 405, 0},
        {"unknown method", "FROB / HTTP/1.1\r\n" HOST "\r\n", 400, 405},
        {"lower case method", "get / HTTP/1.1\r\n" HOST "\r\n", 400, 405},
        /* civetweb closes without a word */
        {"star", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 0, 404},
        {"no version", "GET /healthz\r\n\r\n", 400, 0},
        {"absolute URI",
         "GET http://localhost/healthz HTTP/1.1\r\n" HOST "\r\n", 0, 400},
        {"garbage", "\x16\x03\x01\x02 not HTTP at all\r\n\r\n", 400, 0},
        {"CR in a value", "GET /healthz?q=%0d%0aX:1 HTTP/1.1\r\n" HOST "\r\n",
         400, 0},
        {"websocket",
         "GET /healthz HTTP/1.1\r\n" HOST "Upgrade: websocket\r\nConnection: "
         "Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
         200, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int status = client_ask(port, CASES[i].request, &answer);
        if (status != CASES[i].status &&
            (CASES[i].or_status == 0 || status != CASES[i].or_status))
            fail_msg("got %d, want %d", status, CASES[i].status);
        assert_null(strstr(answer.text, "root:"));
    }
    assert_alive();
}

static void test_long_uri(void **state)
{
    (void)state;
    static char request[40000];
    size_t size = (size_t)snprintf(request, sizeof(request), "GET /");
    memset(request + size, 'a', 30000);
    (void)snprintf(request + size + 30000, sizeof(request) - size - 30000,
                   " HTTP/1.1\r\n" HOST "\r\n");
    int status = client_ask(port, request, &answer);
    /* civetweb says 400 to a head that is too long as to one that is broken */
    assert_true(status == 400 || status == 431 || status == 414);
    assert_non_null(strstr(answer.body, "16384 bytes"));
    size = (size_t)snprintf(request, sizeof(request), "GET /v1/geocode?q=");
    memset(request + size, 'a', 5000);
    (void)snprintf(request + size + 5000, sizeof(request) - size - 5000,
                   " HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(client_ask(port, request, &answer), 414);
    assert_alive();
}

static void test_deep_json(void **state)
{
    (void)state;
    enum { DEPTH = 200000 };
    char *request = gaz_malloc(DEPTH + 256);
    int head = snprintf(request, 256,
                        "POST /v1/batch HTTP/1.1\r\n" HOST
                        "Content-Type: application/json\r\n"
                        "Content-Length: %d\r\n\r\n",
                        DEPTH);
    memset(request + head, '[', DEPTH);
    request[head + DEPTH] = '\0';
    assert_int_equal(client_ask(port, request, &answer), 400);
    assert_non_null(strstr(answer.body, "32 levels"));
    gaz_free(request);
    assert_alive();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keep_alive),
        cmocka_unit_test(test_pipelined),
        cmocka_unit_test(test_closing),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_no_smuggling),
        cmocka_unit_test(test_many_headers),
        cmocka_unit_test(test_body_in_pieces),
        cmocka_unit_test(test_expect),
        cmocka_unit_test(test_large_body),
        cmocka_unit_test(test_dripped_body),
        cmocka_unit_test(test_stopped_body),
        cmocka_unit_test(test_dripped_head),
        cmocka_unit_test(test_idle_crowd),
        cmocka_unit_test(test_unread_answer),
        cmocka_unit_test(test_typed_uri),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_long_uri),
        cmocka_unit_test(test_deep_json),
    };
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        return EXIT_FAILURE;
    fixture_write(path, 0);
    int failed = cmocka_run_group_tests(tests, open_server, close_server);
    (void)unlink(path);
    gaz_ctx_close(&ctx);
    return failed;
}
