/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: writing over HTTP, what tests/e2e/writing.test.mjs cannot arrange.
 *
 * - entity tags: made, read back, of another thing, weak, several, "*"
 * - a database that another program keeps locked: 503 with Retry-After after
 *   the patience, and what only reads goes on meanwhile
 * - a server without a database, and one whose database is not there: 503, and
 *   no file is made
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/access/keyring.h"
#include "api/server.h"
#include "api/write/write.h"
#include "gazetteer/store/handle.h"
#include "tests/unit/api/client.h"
#include "tests/unit/api/fixture.h"

static char folder[] = "/tmp/diming-writing-XXXXXX";
static char db[64];
static char snapshot[64];
static struct gaz_ctx ctx;
static char key[API_KEY_CHARS + 1];
static struct client_answer answer;

static void test_tags(void **state)
{
    (void)state;
    enum { ANY = -1, NONE = -2, ID = 7 };
    static const struct {
        const char *label;
        const char *header;
        int64_t want;
    } CASES[] = {
        {"of a write", "\".0000000000007.42\"", 42},
        {"of a page", "\"00ff00ff00ff00ff.0000000000007.42\"", 42},
        {"weak, by a proxy", "W/\"a.0000000000007.42\"", 42},
        {"the newest of several",
         "\"a.0000000000007.3\", \"b.0000000000007.9\"", 9},
        {"with blanks", "  \"a.0000000000007.3\"  ", 3},
        {"any", "*", ANY},
        {"of another thing", "\"a.0000000000008.42\"", NONE},
        {"no number", "\"a.0000000000007.x\"", NONE},
        {"less than none", "\"a.0000000000007.-3\"", NONE},
        {"without quotes", "a.0000000000007.42", NONE},
        {"never closed", "\"a.0000000000007.42", 42},
        {"too long",
         "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         ".0000000000007.42\"",
         NONE},
        {"empty", "", NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(api_write_seen(CASES[i].header, ID), CASES[i].want);
    }
    const char *tag = api_write_etag(&ctx.arena, "x", ID, 42);
    assert_string_equal(tag, "\"x.0000000000007.42\"");
}

static const char *request(void)
{
    static const char BODY[] = "{\"why\": \"a\"}";
    return gaz_arena_printf(&ctx.arena,
                            "POST /v1/changes/1/undo HTTP/1.1\r\n"
                            "Host: localhost\r\nX-Api-Key: %s\r\n"
                            "Content-Type: application/json\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            key, sizeof(BODY) - 1, BODY);
}

static struct api_server *serve(const char *database, int *port)
{
    struct api_server *server;
    const struct api_server_options options = {.snapshot = snapshot,
                                               .host = "127.0.0.1",
                                               .idle_ms = 20000,
                                               .gate = {.db = database}};
    assert_status_of(&ctx, api_server_open(&ctx, &options, &server), GAZ_OK);
    *port = client_port(api_server_url(server));
    return server;
}

static void test_locked(void **state)
{
    (void)state;
    int port;
    struct gaz_store *other;
    struct api_server *server = serve(db, &port);
    assert_int_equal(client_ask(port, request(), &answer), 404);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_UPDATE, &other),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, other), GAZ_OK);
    const long began = client_now_ms();
    assert_int_equal(client_ask(port, request(), &answer), 503);
    assert_true(client_now_ms() - began < 3L * API_SCRIBE_WAIT_MS);
    assert_string_equal(client_header(&answer, "Retry-After"), "1");
    assert_int_equal(client_ask(port,
                                "GET /v1/geocode?q=a HTTP/1.1\r\n"
                                "Host: localhost\r\n\r\n",
                                &answer),
                     200);
    assert_status_of(&ctx, gaz_store_rollback(&ctx, other), GAZ_OK);
    assert_int_equal(client_ask(port, request(), &answer), 404);
    gaz_store_close(other);
    api_server_close(server);
}

static void test_no_database(void **state)
{
    (void)state;
    int port;
    char absent[80];
    (void)snprintf(absent, sizeof(absent), "%s/absent.db", folder);
    struct api_server *server = serve(absent, &port);
    assert_int_equal(client_ask(port, request(), &answer), 401); /* no keys */
    api_server_close(server);
    assert_int_not_equal(access(absent, F_OK), 0);
    server = serve(NULL, &port);
    assert_int_equal(client_ask(port, request(), &answer), 401);
    api_server_close(server);
}

static int open_all(void **state)
{
    (void)state;
    struct gaz_store *store;
    struct gaz_key made = {.name = "测试", .roles = GAZ_ROLE_EDITOR};
    assert_non_null(mkdtemp(folder));
    (void)snprintf(db, sizeof(db), "%s/a.db", folder);
    (void)snprintf(snapshot, sizeof(snapshot), "%s/a.snap", folder);
    fixture_write(snapshot, 0);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, api_keyring_make(&ctx, key, &made), GAZ_OK);
    assert_status_of(&ctx, gaz_store_put_key(&ctx, store, &made), GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    gaz_store_close(store);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    gaz_ctx_close(&ctx);
    char command[128];
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_locked),
        cmocka_unit_test(test_no_database),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
