/* Test plan: /v1/boundaries/{line}/checks with a database that keeps a line of
 * three made-up markers between the two counties of the snapshot: the public,
 * a reader and a clerk get no marker and nothing of the register; a surveyor
 * and an admin get both, not to be kept by a proxy. Without a database, and
 * with one that has no such line, a surveyor gets what the public gets. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/access/ledger.h"
#include "tests/unit/api/fixture.h"

static const char CHECKS[] = "/v1/boundaries/330482-310116/checks";

struct bench {
    struct fixture fixture;
    char folder[64];
    char path[96];
};

static void put_line(struct gaz_ctx *ctx, const char *path)
{
    static const struct gaz_coord POINTS[] = {{121.2, 30.8}, {121.2, 30.6}};
    static const struct gaz_boundary_line LINE = {.code = "3133",
                                                  .section = "310116-330482",
                                                  .edition = "1",
                                                  .name = "合成界线",
                                                  .level = GAZ_LEVEL_PROVINCE,
                                                  .sides = {"310116", "330482"},
                                                  .left = "310116",
                                                  .marker_grammar = "",
                                                  .agreement = "",
                                                  .legal_text = "",
                                                  .status = GAZ_BOUNDARY_AGREED,
                                                  .map_scale = 10000,
                                                  .is_synthetic = true,
                                                  .points = POINTS,
                                                  .point_count = 2};
    struct gaz_store *store = NULL;
    int64_t line = 0;
    int64_t id = 0;
    assert_status_of(ctx, gaz_store_open(ctx, path, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(ctx, gaz_store_begin(ctx, store), GAZ_OK);
    assert_status_of(ctx, gaz_boundary_put_line(ctx, store, &LINE, &line),
                     GAZ_OK);
    for (int i = 1; i <= 3; i++) {
        const double lat = 30.8 - 0.05 * i;
        /* the second is 0.001 degree, 96 m, off */
        const struct gaz_boundary_fix fix = {
            .at = {121.2 + (i == 2 ? 0.001 : 0), lat},
            .on = 20230901,
            .method = "",
            .by = "合成"};
        const struct gaz_boundary_marker marker = {
            .code = gaz_arena_printf(&ctx->arena, "3133%03dQ", i),
            .type = "Q",
            .material = "",
            .place = {"", ""},
            .has_agreed = true,
            .agreed = {.at = {121.2, lat}, .method = "", .by = ""},
            .fixes = &fix,
            .fix_count = 1,
            .manager = "330482",
            .condition = "完好",
            .note = "合成",
            .course = ""};
        assert_status_of(
            ctx, gaz_boundary_put_marker(ctx, store, line, &marker, &id),
            GAZ_OK);
    }
    assert_status_of(ctx, gaz_store_commit(ctx, store), GAZ_OK);
    gaz_store_close(store);
}

static int open_bench(void **state)
{
    static struct bench bench;
    fixture_open(&bench.fixture);
    (void)snprintf(bench.folder, sizeof(bench.folder),
                   "/tmp/diming-view-XXXXXX");
    assert_non_null(mkdtemp(bench.folder));
    (void)snprintf(bench.path, sizeof(bench.path), "%s/t.db", bench.folder);
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    static const char *const ENDS[] = {"", "-wal", "-shm"};
    struct bench *bench = *state;
    for (int i = 0; i < 3; i++) {
        char path[128];
        (void)snprintf(path, sizeof(path), "%s%s", bench->path, ENDS[i]);
        (void)unlink(path);
    }
    (void)rmdir(bench->folder);
    fixture_close(&bench->fixture);
    return 0;
}

static bool answers_marker(struct bench *bench, unsigned roles)
{
    struct fixture *f = &bench->fixture;
    f->worker.caller.roles = roles;
    assert_int_equal(fixture_ask(f, "GET", CHECKS), 200);
    const bool has_code = strstr(f->body.data, "3133002Q") != NULL;
    const bool has_finding = strstr(f->body.data, "\"B01\"") != NULL;
    assert_int_equal(has_code, has_finding);
    assert_true(strstr(f->body.data, "\"side\":\"a\"") != NULL);
    return has_code;
}

static void test_roles(void **state)
{
    struct bench *bench = *state;
    struct fixture *f = &bench->fixture;
    struct gaz_ctx ctx = {0};
    assert_false(answers_marker(bench, GAZ_ROLE_SURVEYOR)); /* no database */
    put_line(&ctx, bench->path);
    gaz_ctx_close(&ctx);
    f->worker.ledger = api_ledger_open(bench->path);
    assert_false(answers_marker(bench, 0));
    assert_false(answers_marker(bench, GAZ_ROLE_READER));
    assert_false(answers_marker(bench, GAZ_ROLE_CLERK | GAZ_ROLE_EDITOR));
    assert_true(answers_marker(bench, GAZ_ROLE_SURVEYOR));
    assert_string_equal(f->response.cache_control, "private, no-store");
    assert_non_null(strstr(f->body.data, "\"kind\":\"marker\""));
    assert_non_null(strstr(f->body.data, "\"single_outlier\""));
    assert_true(answers_marker(bench, GAZ_ROLE_ADMIN));
    assert_int_equal(fixture_ask(f, "GET", "/v1/boundaries/330482-33/checks"),
                     404);
    api_ledger_close(f->worker.ledger);
    f->worker.ledger = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_roles)};
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
