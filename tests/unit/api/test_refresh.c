/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the snapshot keeps in step with the database.
 *
 * - what another connection writes is answered soon, without a restart
 * - a build that fails is told once, counted, and tried again; the old snapshot
 *   answers meanwhile
 * - many writes at once are few builds
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/refresh.h"
#include "gazetteer/index/build.h"
#include "tests/unit/api/client.h"

enum { SOON_MS = 20000 }; /* a debug build on a busy machine */

static char folder[] = "/tmp/diming-refresh-XXXXXX";
static char db[64];
static char snapshot[64];
static struct gaz_ctx ctx;
static struct gaz_store *store;
static struct api_swap *swap;
static struct api_refresh *refresh;
static int64_t source;
static int told;

static void count_log(const char *message, void *user)
{
    (void)user;
    if (strstr(message, "not rebuilt"))
        told++;
}

static void put_place(const char *name)
{
    const struct gaz_name names[] = {{.text = name, .source = source}};
    const struct gaz_place place = {.category = GAZ_CATEGORY_ROAD,
                                    .names = names,
                                    .name_count = 1,
                                    .is_synthetic = true};
    gaz_id id;
    gaz_ctx_next(&ctx);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(
        &ctx, gaz_store_put_place(&ctx, store, &place, "test", name, 0, &id),
        GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
}

static bool is_found(const char *name)
{
    struct api_shot *shot = api_snapshot_swap_take(swap);
    bool found = false;
    if (shot) {
        struct gaz_snap_span hits;
        gaz_snapshot_find(shot->snap, GAZ_KEY_NAME, name, strlen(name), &hits);
        found = hits.count > 0;
    }
    api_snapshot_swap_give(swap, shot);
    return found;
}

static long wait_for(const char *name)
{
    const long began = client_now_ms();
    while (!is_found(name) && client_now_ms() - began < SOON_MS)
        client_sleep_ms(10);
    assert_true(is_found(name));
    return client_now_ms() - began;
}

static int open_all(void **state)
{
    (void)state;
    struct gaz_build_stats stats;
    const struct gaz_source about = {.key = "test",
                                     .title = "test",
                                     .origin = "test",
                                     .edition = "1",
                                     .licence = "CC0-1.0"};
    assert_non_null(mkdtemp(folder));
    (void)snprintf(db, sizeof(db), "%s/a.db", folder);
    (void)snprintf(snapshot, sizeof(snapshot), "%s/a.snap", folder);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, gaz_store_put_source(&ctx, store, &about, &source),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    put_place("演示路");
    assert_status_of(&ctx, gaz_build_snapshot(&ctx, store, snapshot, &stats),
                     GAZ_OK);
    assert_status_of(&ctx,
                     api_snapshot_swap_open(&ctx, snapshot, NULL, NULL, &swap),
                     GAZ_OK);
    const struct api_refresh_options options = {
        .db = db, .snapshot = snapshot, .swap = swap, .log = count_log};
    assert_status_of(&ctx, api_refresh_open(&ctx, &options, &refresh), GAZ_OK);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    api_refresh_close(refresh);
    api_snapshot_swap_close(swap);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
    char command[128];
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

static void test_follows(void **state)
{
    (void)state;
    assert_true(is_found("演示路"));
    assert_false(is_found("演示二路"));
    put_place("演示二路");
    print_message("           visible after %ld ms\n", wait_for("演示二路"));
    put_place("演示三路");
    api_refresh_wake(refresh);
    print_message("           visible after %ld ms, woken\n",
                  wait_for("演示三路"));
}

static void test_many_writes(void **state)
{
    (void)state;
    enum { WRITES = 40 };
    struct api_refresh_state before;
    struct api_refresh_state after;
    char name[32] = "";
    api_refresh_read(refresh, &before);
    for (int i = 0; i < WRITES; i++) {
        (void)snprintf(name, sizeof(name), "演示%d号路", i);
        put_place(name);
    }
    (void)wait_for(name);
    const long began = client_now_ms();
    do { /* the snapshot answers a moment before that is noted */
        api_refresh_read(refresh, &after);
        client_sleep_ms(5);
    } while (
        (after.builds == before.builds || after.phase != API_REFRESH_IDLE) &&
        client_now_ms() - began < SOON_MS);
    assert_true(after.builds > before.builds);
    assert_true(after.builds - before.builds < WRITES / 2);
    /* it may look once more for what came while it worked */
    for (int i = 0; after.phase != API_REFRESH_IDLE && i < 500; i++) {
        client_sleep_ms(10);
        api_refresh_read(refresh, &after);
    }
    assert_int_equal(after.phase, API_REFRESH_IDLE);
}

static void test_failure(void **state)
{
    (void)state;
    struct api_refresh_state now;
    char blocker[128]; /* the new file cannot be made where a folder is */
    (void)snprintf(blocker, sizeof(blocker), "%s.new-%ld", snapshot,
                   (long)getpid());
    assert_int_equal(mkdir(blocker, 0755), 0);
    put_place("演示四路");
    const long began = client_now_ms();
    do {
        client_sleep_ms(20);
        api_refresh_read(refresh, &now);
    } while (now.failures < 2 && client_now_ms() - began < SOON_MS);
    assert_true(now.failures >= 2); /* tried again */
    assert_int_equal(now.phase, API_REFRESH_FAILING);
    assert_int_equal(told, 1); /* the same reason once */
    assert_true(is_found("演示三路"));
    assert_false(is_found("演示四路"));
    assert_int_equal(rmdir(blocker), 0);
    (void)wait_for("演示四路");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_follows),
        cmocka_unit_test(test_many_writes),
        cmocka_unit_test(test_failure),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
