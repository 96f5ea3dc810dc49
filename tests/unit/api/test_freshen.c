/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the map follows the database before the snapshot does.
 *
 * - a place that another connection moves, renames, adds or deletes is so on
 * the tile within milliseconds, byte by byte as on a map of a snapshot built
 * then
 * - what needs a snapshot (heritage) and spans of too many places leave the map
 *   as it is, and what comes after them is seen all the same
 * - the shot that a request holds lives on
 * - what is graded leaves the map, and does not come back by a change
 * No refresh runs here: what is seen was done by freshen.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/freshen.h"
#include "gazetteer/index/build.h"
#include "gazetteer/store/secrecy.h"
#include "tests/unit/api/client.h"
#include "tiles/grid.h"

enum { SOON_MS = 10000, ZOOM = 15 }; /* a debug build on a busy machine */

static char folder[] = "/tmp/diming-freshen-XXXXXX";
static char db[64];
static char snapshot[64];
static char other[64];
static struct gaz_ctx ctx;
static struct gaz_store *store;
static struct api_swap *swap;
static struct api_freshen *freshen;
static int64_t source;

static gaz_id put_place(gaz_id id, const char *key, const char *name,
                        int category, double lon, double lat)
{
    const struct gaz_name names[] = {{.text = name, .source = source}};
    const struct gaz_place place = {.id = id,
                                    .category = category,
                                    .names = names,
                                    .name_count = 1,
                                    .position = {.coord = {lon, lat},
                                                 .method = GAZ_METHOD_SURVEYED,
                                                 .accuracy_m = 1,
                                                 .source = source},
                                    .is_synthetic = true};
    gaz_id made;
    gaz_ctx_next(&ctx);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(
        &ctx, gaz_store_put_place(&ctx, store, &place, "test", key, 0, &made),
        GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    return made;
}

static gaz_id put_estate(gaz_id id, const char *key, const char *name,
                         double lon)
{
    return put_place(id, key, name, GAZ_CATEGORY_ESTATE, lon, 30.7);
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
    (void)snprintf(other, sizeof(other), "%s/b.snap", folder);
    assert_status_of(&ctx, gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(&ctx, gaz_store_put_source(&ctx, store, &about, &source),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
    for (int i = 0; i < 200; i++) {
        char key[32];
        char name[32];
        (void)snprintf(key, sizeof key, "given-%d", i);
        (void)snprintf(name, sizeof name, "演示%d号小区", i);
        (void)put_estate(0, key, name, 121.0 + i * 0.01);
    }
    assert_status_of(&ctx, gaz_build_snapshot(&ctx, store, snapshot, &stats),
                     GAZ_OK);
    assert_status_of(&ctx,
                     api_snapshot_swap_open(&ctx, snapshot, NULL, NULL, &swap),
                     GAZ_OK);
    assert_status_of(&ctx, api_freshen_open(&ctx, db, swap, &freshen), GAZ_OK);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    api_freshen_close(freshen);
    api_snapshot_swap_close(swap);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
    char command[128];
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

static struct tile_request tile_at(double lon, tile_format format)
{
    struct tile_point at = tile_grid_project((struct gaz_coord){lon, 30.7});
    return (struct tile_request){.style = "base",
                                 .z = ZOOM,
                                 .x = (int)(at.x >> (32 - ZOOM)),
                                 .y = (int)(at.y >> (32 - ZOOM)),
                                 .scale = 1,
                                 .format = format};
}

static uint64_t served(double lon, tile_format format)
{
    struct gaz_ctx own = {.failure = ""};
    struct gaz_buffer out;
    uint64_t hash = 0;
    struct tile_request request = tile_at(lon, format);
    struct api_shot *shot = api_snapshot_swap_take(swap);
    gaz_buffer_open(&out, TILE_MAX_BYTES);
    assert_status_of(&own, tile_serve(&own, shot->tiles, &request, &out, &hash),
                     GAZ_OK);
    gaz_buffer_close(&out);
    api_snapshot_swap_give(swap, shot);
    gaz_ctx_close(&own);
    return hash;
}

/* What a map of a snapshot built now serves there. */
static uint64_t wanted(double lon, tile_format format)
{
    struct gaz_build_stats stats;
    struct gaz_snapshot *snap;
    struct tile_maker *maker;
    struct gaz_buffer out;
    uint64_t hash = 0;
    struct tile_request request = tile_at(lon, format);
    gaz_ctx_next(&ctx);
    assert_status_of(&ctx, gaz_build_snapshot(&ctx, store, other, &stats),
                     GAZ_OK);
    assert_status_of(&ctx, gaz_snapshot_open(&ctx, other, &snap), GAZ_OK);
    assert_status_of(&ctx, tile_maker_open(&ctx, snap, &maker), GAZ_OK);
    gaz_buffer_open(&out, TILE_MAX_BYTES);
    assert_status_of(&ctx, tile_serve(&ctx, maker, &request, &out, &hash),
                     GAZ_OK);
    gaz_buffer_close(&out);
    tile_maker_close(maker);
    gaz_snapshot_close(snap);
    return hash;
}

/* Milliseconds until the tile is another. */
static long await_other(double lon, tile_format format, uint64_t than)
{
    const long began = client_now_ms();
    while (served(lon, format) == than && client_now_ms() - began < SOON_MS)
        client_sleep_ms(1);
    return client_now_ms() - began;
}

/* Does `act` at `lon` and looks at both kinds of tiles there. */
static void check(const char *label, double lon, void (*act)(void))
{
    uint64_t picture = served(lon, TILE_PNG);
    uint64_t vector = served(lon, TILE_MVT);
    act();
    api_freshen_wake(freshen);
    long took = await_other(lon, TILE_PNG, picture);
    print_message("           %s: another tile after %ld ms\n", label, took);
    assert_true(took < SOON_MS);
    assert_true(await_other(lon, TILE_MVT, vector) < SOON_MS);
    assert_true(served(lon, TILE_PNG) == wanted(lon, TILE_PNG));
    assert_true(served(lon, TILE_MVT) == wanted(lon, TILE_MVT));
}

static gaz_id added;

static void add(void)
{
    added = put_estate(0, "new", "新建小区", 121.035);
}

static void rename_it(void)
{
    (void)put_estate(added, "new", "改名小区", 121.035);
}

static void move_away(void)
{
    (void)put_estate(added, "new", "改名小区", 121.095);
}

static void test_map_follows(void **state)
{
    (void)state;
    struct api_shot *held = api_snapshot_swap_take(swap);
    check("added", 121.035, add);
    check("renamed", 121.035, rename_it);
    check("moved away", 121.035, move_away);
    assert_true(served(121.095, TILE_PNG) == wanted(121.095, TILE_PNG));
    /* no new snapshot came: only its map is another */
    struct api_shot *now = api_snapshot_swap_take(swap);
    assert_ptr_equal(now->snap, held->snap);
    assert_ptr_not_equal(now->tiles, held->tiles);
    assert_string_equal(
        gaz_snapshot_text(
            held->snap,
            held->snap->names[held->snap->places[0].name_first].text),
        gaz_snapshot_text(
            now->snap, now->snap->names[now->snap->places[0].name_first].text));
    api_snapshot_swap_give(swap, now);
    api_snapshot_swap_give(swap, held);
}

static void add_heritage(void)
{
    (void)put_place(0, "site", "演示旧址", GAZ_CATEGORY_MEMORIAL, 121.055,
                    30.7);
}

static void rename_another(void)
{
    (void)put_estate(added, "new", "再改小区", 121.095);
}

static void test_what_waits(void **state)
{
    (void)state;
    uint64_t before = served(121.055, TILE_MVT);
    add_heritage();
    check("renamed, behind a heritage site", 121.095, rename_another);
    assert_true(served(121.055, TILE_MVT) == before);
    assert_false(served(121.055, TILE_MVT) == wanted(121.055, TILE_MVT));
}

static void test_too_many(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * API_FRESHEN_MAX; i++) {
        char key[32];
        (void)snprintf(key, sizeof key, "given-%d", i);
        (void)put_estate(0, key, "同名小区", 121.0 + i * 0.01);
    }
    client_sleep_ms(100);
    check("renamed, behind very many", 121.095, rename_it);
}

static void grade_it(void)
{
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(
        &ctx, gaz_secrecy_set(&ctx, store, added, GAZ_GRADE_SECRET, "why"),
        GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
}

static void open_it(void)
{
    assert_status_of(&ctx, gaz_store_begin(&ctx, store), GAZ_OK);
    assert_status_of(
        &ctx, gaz_secrecy_set(&ctx, store, added, GAZ_GRADE_PUBLIC, "why"),
        GAZ_OK);
    assert_status_of(&ctx, gaz_store_commit(&ctx, store), GAZ_OK);
}

static void test_graded(void **state)
{
    (void)state;
    check("graded", 121.095, grade_it);
    uint64_t without = served(121.095, TILE_MVT);
    /* what is closed is not drawn when it changes */
    (void)put_estate(added, "new", "密改小区", 121.095);
    api_freshen_wake(freshen);
    client_sleep_ms(100);
    assert_true(served(121.095, TILE_MVT) == without);
    assert_true(wanted(121.095, TILE_MVT) == without);
    check("opened again", 121.095, open_it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map_follows),
        cmocka_unit_test(test_graded),
        cmocka_unit_test(test_what_waits),
        cmocka_unit_test(test_too_many),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
