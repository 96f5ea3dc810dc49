/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a server over its life.
 *
 * - a snapshot swapped under load; a damaged one; none at the start
 * - opening and closing: a port that is taken, a bad host, closing under load
 * - the pool: runs, refuses when full
 */
#include "tests/unit/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/pool.h"
#include "api/server.h"
#include "gazetteer/base/file.h"
#include "tests/unit/api/client.h"
#include "tests/unit/api/fixture.h"

enum { IDLE_MS = 600, BODY_MS = 400 };

#define HOST "Host: localhost\r\n"
#define HEALTH "GET /healthz HTTP/1.1\r\n" HOST "\r\n"
#define READY "GET /readyz HTTP/1.1\r\n" HOST "\r\n"

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

/* ---- the snapshot ---- */

struct load {
    atomic_bool stops;
    atomic_int asked;
    atomic_int failed;
};

static void *ask_on(void *argument)
{
    struct load *load = argument;
    static const char *const REQUESTS[] = {
        HEALTH, "GET /v1/geocode?q=%E4%B9%8D%E6%B5%A6 HTTP/1.1\r\n" HOST "\r\n",
        "GET /tiles/base/10/856/419.png HTTP/1.1\r\n" HOST "\r\n",
        "GET /v1/heritage HTTP/1.1\r\n" HOST "\r\n"};
    struct client_answer *own = gaz_malloc(sizeof(*own));
    int fd = client_connect(port);
    for (size_t i = 0; !atomic_load(&load->stops); i++) {
        const char *request = REQUESTS[i % COUNT(REQUESTS)];
        own->status = 0;
        /* a server may close an idle connection: ask once more, as every
         * client does */
        for (int tries = 0; own->status == 0 && tries < 2; tries++) {
            if (client_send_text(fd, request))
                client_read(fd, false, 5000, own);
            if (own->status != 0)
                break;
            (void)close(fd);
            fd = client_connect(port);
        }
        atomic_fetch_add(&load->asked, 1);
        if (own->status != 200)
            atomic_fetch_add(&load->failed, 1);
    }
    (void)close(fd);
    gaz_free(own);
    return NULL;
}

static long current_seq(void)
{
    assert_alive();
    const char *at = strstr(answer.body, "\"journal_seq\":");
    assert_non_null(at);
    return (long)(at[14] - '0');
}

static void test_swap_under_load(void **state)
{
    (void)state;
    struct load load;
    atomic_init(&load.stops, false);
    atomic_init(&load.asked, 0);
    atomic_init(&load.failed, 0);
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT(threads); i++)
        (void)pthread_create(&threads[i], NULL, ask_on, &load);
    for (int seq = 1; seq <= 3; seq++) {
        fixture_write(path, (uint64_t)seq);
        long until = client_now_ms() + 10000;
        while (current_seq() != seq && client_now_ms() < until)
            client_sleep_ms(50);
        assert_int_equal(current_seq(), seq);
    }
    atomic_store(&load.stops, true);
    for (size_t i = 0; i < COUNT(threads); i++)
        (void)pthread_join(threads[i], NULL);
    print_message("           %d answers while swapping\n",
                  atomic_load(&load.asked));
    assert_true(atomic_load(&load.asked) > 10);
    assert_int_equal(atomic_load(&load.failed), 0);
}

static void test_damaged_snapshot(void **state)
{
    (void)state;
    assert_status_of(&ctx, gaz_file_replace(&ctx, path, "damaged", 7), GAZ_OK);
    client_sleep_ms(1500);
    assert_alive(); /* the old one answers */
    fixture_write(path, 5);
    long until = client_now_ms() + 10000;
    while (current_seq() != 5 && client_now_ms() < until)
        client_sleep_ms(50);
    assert_int_equal(current_seq(), 5);
}

static void test_late_snapshot(void **state)
{
    (void)state;
    char late[sizeof(path) + 8];
    (void)snprintf(late, sizeof(late), "%s.late", path);
    struct api_server_options given = options();
    given.snapshot = late;
    struct api_server *other;
    assert_status_of(&ctx, api_server_open(&ctx, &given, &other), GAZ_OK);
    int other_port = client_port(api_server_url(other));
    /* alive, but not ready */
    assert_int_equal(client_ask(other_port, HEALTH, &answer), 200);
    assert_int_equal(client_ask(other_port, READY, &answer), 503);
    assert_string_equal(client_header(&answer, "Retry-After"), "1");
    fixture_write(late, 1);
    long until = client_now_ms() + 10000;
    while (client_ask(other_port, READY, &answer) != 200 &&
           client_now_ms() < until)
        client_sleep_ms(50);
    assert_int_equal(answer.status, 200);
    api_server_close(other);
    (void)unlink(late);
}

/* ---- opening and closing ---- */

static void test_refused_to_open(void **state)
{
    (void)state;
    struct api_server *other = NULL;
    struct api_server_options given = options();
    given.port = port;
    assert_status(api_server_open(&ctx, &given, &other), GAZ_IO);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "port"));
    gaz_ctx_next(&ctx);
    given = options();
    given.host = "example.org";
    assert_status(api_server_open(&ctx, &given, &other), GAZ_INVALID);
    gaz_ctx_next(&ctx);
    assert_null(other);
    assert_alive();
}

static void test_close_under_load(void **state)
{
    (void)state;
    struct load load;
    atomic_init(&load.stops, false);
    atomic_init(&load.asked, 0);
    atomic_init(&load.failed, 0);
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT(threads); i++)
        (void)pthread_create(&threads[i], NULL, ask_on, &load);
    client_sleep_ms(300);
    long began = client_now_ms();
    api_server_close(server);
    assert_true(client_now_ms() - began < 10000);
    atomic_store(&load.stops, true);
    for (size_t i = 0; i < COUNT(threads); i++)
        (void)pthread_join(threads[i], NULL);
    assert_true(client_connect(port) < 0);
    assert_int_equal(open_server(NULL), 0);
}

/* ---- the pool ---- */

static void sleep_and_count(void *user)
{
    client_sleep_ms(200);
    atomic_fetch_add((atomic_int *)user, 1);
}

struct pool_call {
    struct api_pool *pool;
    atomic_int *count;
    atomic_int *refused;
};

static void *call_pool(void *argument)
{
    const struct pool_call *call = argument;
    if (!api_pool_run(call->pool, sleep_and_count, call->count))
        atomic_fetch_add(call->refused, 1);
    return NULL;
}

static void test_pool(void **state)
{
    (void)state;
    enum { CALLS = 6 };
    struct api_pool *pool;
    atomic_int count;
    atomic_int refused;
    atomic_init(&count, 0);
    atomic_init(&refused, 0);
    assert_status_of(&ctx, api_pool_open(&ctx, 1, 2, &pool), GAZ_OK);
    struct pool_call call = {pool, &count, &refused};
    pthread_t threads[CALLS];
    for (int i = 0; i < CALLS; i++)
        (void)pthread_create(&threads[i], NULL, call_pool, &call);
    for (int i = 0; i < CALLS; i++)
        (void)pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&count) + atomic_load(&refused), CALLS);
    assert_true(atomic_load(&refused) >= 2);
    assert_true(atomic_load(&count) >= 2);
    api_pool_close(pool);
    api_pool_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_swap_under_load),
        cmocka_unit_test(test_damaged_snapshot),
        cmocka_unit_test(test_late_snapshot),
        cmocka_unit_test(test_refused_to_open),
        cmocka_unit_test(test_close_under_load),
        cmocka_unit_test(test_pool),
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
