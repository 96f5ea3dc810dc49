/* Test plan
 *
 * - URLs that are refused before anybody is asked; what is a URL at all
 * - http: only to the loopback, unless it is allowed; no way back to the
 *   loopback; https never falls back to http
 * - a host that is not there, a folder that is not there
 * - the names of files, from URLs that would like another one
 * - which URLs are of a collection, and where its features are
 * - an import of what was fetched: records and rejects name the URL
 */
#include "importers/fetch.h"
#include "importers/fetch_url.h"

#include "tests/unit/importers/server.h"

/* ---- what is refused, and who is not there ---- */

static void test_urls_that_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *says;
    } CASES[] = {
        {"ftp://127.0.0.1/x.csv", "only https and http"},
        {"file:///etc/passwd", "only https and http"},
        {"http://192.0.2.1/x.csv", "http is not secure"},
        {"http://127.example.org/x.csv", "http is not secure"},
        {"http://localhost.example.org/x.csv", "http is not secure"},
        {"http://127.0.0.1@192.0.2.1/x.csv", "user name"},
        {"https://a:b@192.0.2.1/x.csv", "user name"},
        {"https://192.0.2.1:99999/x.csv", "cannot fetch"},
        {"https:///", "cannot fetch"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].url);
        struct gaz_ctx ctx = {0};
        struct imp_fetched got;
        assert_true(imp_fetch_is_url(CASES[i].url));
        assert_status_of(&ctx, imp_fetch_url(&ctx, CASES[i].url, &QUICK, &got),
                         GAZ_INVALID);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), CASES[i].says));
        assert_int_equal(files_left(), 0);
        gaz_ctx_close(&ctx);
    }
    struct gaz_ctx ctx = {0};
    struct imp_fetched got;
    char *url = gaz_arena_alloc(&ctx.arena, IMP_FETCH_URL_MAX_BYTES + 2);
    memset(url, 'a', IMP_FETCH_URL_MAX_BYTES + 1);
    assert_status(imp_fetch_url(&ctx, url, &QUICK, &got), GAZ_LIMIT);
    gaz_ctx_close(&ctx);
}

static void test_what_is_a_url(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool want;
    } CASES[] = {
        {"https://example.org/", true},
        {"HTTP://x", true},
        {"svn+ssh://x", true},
        {"towns.csv", false},
        {"data/towns.csv", false},
        {"C:/towns.csv", false},
        {"://x", false},
        {"", false},
        {"1://x", false},
        {"地名://x", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        assert_int_equal(imp_fetch_is_url(CASES[i].text), CASES[i].want);
    }
}

/* To curl and to us 0.0.0.0 is no name of the loopback, but it leads there. */
static void test_http_only_when_allowed(void **state)
{
    (void)state;
    static const char *const ANSWERS[] = {OK_HELLO, NULL};
    struct gaz_ctx ctx = {0};
    struct server server;
    struct imp_fetched got;
    struct imp_fetch_options options = QUICK;
    start_server(&server, ANSWERS, false);
    const char *url =
        gaz_arena_printf(&ctx.arena, "http://0.0.0.0:%d/x", server.port);
    gaz_status refused = imp_fetch_url(&ctx, url, &options, &got);
    ctx.failure[0] = '\0';
    options.allow_http = true;
    gaz_status allowed = imp_fetch_url(&ctx, url, &options, &got);
    stop_server(&server);
    assert_status(refused, GAZ_INVALID);
    assert_status_of(&ctx, allowed, GAZ_OK);
    assert_int_equal(server.asked, 1);
    imp_fetch_remove(&got);
    gaz_ctx_close(&ctx);
}

static void test_no_way_back_to_the_loopback(void **state)
{
    (void)state;
    static const char *const ANSWERS[] = {TO("http://127.0.0.1:1/x"), NULL};
    struct gaz_ctx ctx = {0};
    struct server server;
    struct imp_fetched got;
    struct imp_fetch_options options = QUICK;
    options.allow_http = true;
    start_server(&server, ANSWERS, false);
    gaz_status status = imp_fetch_url(
        &ctx, gaz_arena_printf(&ctx.arena, "http://0.0.0.0:%d/x", server.port),
        &options, &got);
    stop_server(&server);
    assert_status(status, GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "this machine"));
    assert_int_equal(files_left(), 0);
    gaz_ctx_close(&ctx);
}

static void test_nobody_there(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct imp_fetched got;
    int port;
    const int fd = bind_port(&port); /* bound, but nobody listens */
    assert_status(imp_fetch_url(&ctx,
                                gaz_arena_printf(&ctx.arena,
                                                 "http://127.0.0.1:%d/", port),
                                &QUICK, &got),
                  GAZ_IO);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "(3 tries)"));
    assert_int_equal(files_left(), 0);
    (void)close(fd);
    gaz_ctx_close(&ctx);
}

/* https never falls back to what the host speaks instead. */
static void test_no_tls(void **state)
{
    (void)state;
    static const char *const ANSWERS[] = {OK_HELLO, NULL};
    struct gaz_ctx ctx = {0};
    struct server server;
    struct imp_fetched got;
    start_server(&server, ANSWERS, false);
    gaz_status status = imp_fetch_url(
        &ctx,
        gaz_arena_printf(&ctx.arena, "https://127.0.0.1:%d/x", server.port),
        &QUICK, &got);
    stop_server(&server);
    assert_status(status, GAZ_IO);
    assert_int_equal(server.asked, 1);
    assert_int_equal(files_left(), 0);
    gaz_ctx_close(&ctx);
}

static void test_no_folder(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct imp_fetched got;
    assert_int_equal(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
    gaz_status status = imp_fetch_url(&ctx, "http://127.0.0.1:1/x", NULL, &got);
    assert_int_equal(setenv("TMPDIR", folder, 1), 0);
    assert_status(status, GAZ_IO);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "/nowhere/at/all"));
    gaz_ctx_close(&ctx);
}

/* ---- names ---- */

static void test_names(void **state)
{
    (void)state;
    static const char *const ANSWERS[] = {OK_HELLO, NULL};
    static const struct {
        const char *path;
        const char *want;
    } CASES[] = {
        {"", "download"},
        {"/", "download"},
        {"/a/", "download"},
        {"/a/b.geojson?f=/x.csv#/y.tsv", "b.geojson"},
        {"/%E5%9C%B0%E5%90%8D.csv", "地名.csv"},
        {"/..%2F..%2Fetc%2Fpasswd", "passwd"},
        {"/a/../../b.csv", "b.csv"},
        {"/.bashrc", "_bashrc"},
        {"/a%20b;c$(d).csv", "a_b_c__d_.csv"},
        {"/%00x.csv", "download"},
        {"/%FF%FE.csv", "__.csv"},
        {"/%E2%80%AEvsc.csv", "_vsc.csv"}, /* right to left */
        {"/b" HUNDRED ".csv", TEN TEN TEN TEN TEN TEN TEN TEN TEN "xxxxxx.csv"},
    };
    struct server server;
    start_server(&server, ANSWERS, false);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].path);
        struct gaz_ctx ctx = {0};
        struct imp_fetched got;
        assert_status_of(
            &ctx,
            imp_fetch_url(&ctx,
                          gaz_arena_printf(&ctx.arena, "http://127.0.0.1:%d%s",
                                           server.port, CASES[i].path),
                          &QUICK, &got),
            GAZ_OK);
        assert_string_equal(got.name, CASES[i].want);
        assert_true(gaz_text_ends_with(got.path, got.name));
        imp_fetch_remove(&got);
        gaz_ctx_close(&ctx);
    }
    stop_server(&server);
}

/* ---- imported ---- */

static void test_import_names_the_url(void **state)
{
    (void)state;
    static const char URL[] = "https://example.org/in.csv";
    struct bench b;
    bench_open(&b);
    bench_write(&b, "in.map.json", DIVISIONS_MAP);
    bench_write(&b, "in.csv",
                "code,name,level,category,parent\n33,浙江省,1,21200,\n3304\n");
    const struct imp_options options = {
        .path = bench_path(&b, "in.csv"),
        .name = URL,
        .mapping = bench_path(&b, "in.map.json"),
        .reject_path = bench_path(&b, "rejects.csv"),
    };
    assert_status_of(
        &b.ctx, imp_pipeline_run(&b.ctx, b.store, &options, &b.report), GAZ_OK);
    b.rejects = bench_read(&b, "rejects.csv");
    assert_report(&b, 2, 1, 0, 0, 1);
    assert_non_null(strstr(b.rejects, "\n\"https://example.org/in.csv\",3,"));
    assert_null(strstr(b.rejects, b.folder));
    bench_close(&b);
}

static void test_collections(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *items; /* NULL: no collection */
        const char *name;
    } CASES[] = {
        {"https://h/collections/villages",
         "https://h/collections/villages/items?limit=500", "villages"},
        {"https://h/a/collections/v/",
         "https://h/a/collections/v/items?limit=500", "v"},
        {"https://h/collections/v/items?bbox=1,2,3,4&f=json",
         "https://h/collections/v/items?bbox=1,2,3,4&f=json&limit=500", "v"},
        {"https://h/collections/v/items?limit=7",
         "https://h/collections/v/items?limit=7", "v"},
        {"https://h:8/collections/%E6%9D%91%2F?f=geojson",
         "https://h:8/collections/%E6%9D%91%2F/items?f=geojson&limit=500",
         "村"},
        {"https://h/collections/v/items?f=csv", NULL, NULL},
        {"https://h/collections/v/items/7", NULL, NULL},
        {"https://h/collections/", NULL, NULL},
        {"https://h/collections", NULL, NULL},
        {"https://h/x.csv?of=/collections/v", NULL, NULL},
    };
    struct gaz_arena arena = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].url);
        const char *items = imp_fetch_url_items(&arena, CASES[i].url, 500);
        if (!CASES[i].items) {
            assert_null(items);
            continue;
        }
        assert_non_null(items);
        assert_string_equal(items, CASES[i].items);
        assert_string_equal(imp_fetch_url_collection(&arena, CASES[i].url),
                            CASES[i].name);
    }
    gaz_arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urls_that_are_refused),
        cmocka_unit_test(test_what_is_a_url),
        cmocka_unit_test(test_http_only_when_allowed),
        cmocka_unit_test(test_no_way_back_to_the_loopback),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_no_tls),
        cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_collections),
        cmocka_unit_test(test_import_names_the_url),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
