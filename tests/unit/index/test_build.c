/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a database of two neighbouring counties, drawn apart by less than
 * the tolerance, becomes a snapshot: rows arrive, the boundary line between
 * them is derived once with its sides, and not when the database has its own;
 * the store is free for a writer afterwards; same database, same bytes. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "gazetteer/index/build.h"
#include "tests/unit/index/world.h"

struct fixture {
    struct gaz_ctx ctx;
    char folder[64];
    char db[96];
    char snap[96];
    struct gaz_store *store;
    gaz_id west;
    gaz_id east;
};

static gaz_id put_county(struct fixture *f, const char *code, const char *text,
                         double west)
{
    const struct gaz_name name = {.text = text, .roman = "Jiǎ Xiàn"};
    char wkb[93];
    struct gaz_place place = {.code = code,
                              .level = GAZ_LEVEL_COUNTY,
                              .category = GAZ_CATEGORY_COUNTY,
                              .is_synthetic = true,
                              .names = &name,
                              .name_count = 1,
                              .area_size = world_square(west, 30, 0.2, wkb),
                              .area_is_schematic = true};
    place.area_wkb = wkb;
    gaz_id id = 0;
    assert_status_of(
        &f->ctx,
        gaz_store_put_place(&f->ctx, f->store, &place, "made-up", code, 0, &id),
        GAZ_OK);
    return id;
}

static int open_store(void **state)
{
    struct fixture *f = gaz_malloc(sizeof(*f));
    (void)snprintf(f->folder, sizeof(f->folder), "/tmp/diming-build-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    (void)snprintf(f->db, sizeof(f->db), "%s/x.db", f->folder);
    (void)snprintf(f->snap, sizeof(f->snap), "%s/x.snap", f->folder);
    assert_status_of(&f->ctx,
                     gaz_store_open(&f->ctx, f->db, GAZ_STORE_WRITE, &f->store),
                     GAZ_OK);
    assert_status(gaz_store_begin(&f->ctx, f->store), GAZ_OK);
    f->west = put_county(f, "330482", "甲县", 121);
    f->east = put_county(f, "310116", "乙县", 121.201);
    assert_status(gaz_store_commit(&f->ctx, f->store), GAZ_OK);
    *state = f;
    return 0;
}

static int close_store(void **state)
{
    struct fixture *f = *state;
    gaz_store_close(f->store);
    static const char *const ENDS[] = {"", "-wal", "-shm"};
    char path[128];
    for (size_t i = 0; i < COUNT(ENDS); i++) {
        (void)snprintf(path, sizeof(path), "%s%s", f->db, ENDS[i]);
        (void)unlink(path);
    }
    (void)unlink(f->snap);
    (void)rmdir(f->folder);
    gaz_ctx_close(&f->ctx);
    gaz_free(f);
    return 0;
}

static struct gaz_snapshot *build(struct fixture *f)
{
    struct gaz_build_stats stats;
    assert_status_of(&f->ctx,
                     gaz_build_snapshot(&f->ctx, f->store, f->snap, &stats),
                     GAZ_OK);
    struct gaz_snapshot *snap;
    assert_status_of(&f->ctx, gaz_snapshot_open(&f->ctx, f->snap, &snap),
                     GAZ_OK);
    assert_int_equal(stats.places, snap->place_count);
    return snap;
}

/* A memo changes no byte, neither when it learns nor when it knows. */
static void test_memo(void **state)
{
    struct fixture *f = *state;
    struct gaz_build_stats stats;
    struct gaz_map want;
    struct gaz_map got;
    struct gaz_borders_memo *memo = gaz_borders_memo_open();
    gaz_snapshot_close(build(f));
    assert_status_of(&f->ctx, gaz_file_map(&f->ctx, f->snap, &want), GAZ_OK);
    for (int i = 0; i < 3; i++) {
        assert_status_of(
            &f->ctx,
            gaz_build_snapshot_again(&f->ctx, f->store, f->snap, memo, &stats),
            GAZ_OK);
        assert_status_of(&f->ctx, gaz_file_map(&f->ctx, f->snap, &got), GAZ_OK);
        assert_int_equal(got.size, want.size);
        assert_memory_equal(got.data, want.data, want.size);
        gaz_file_unmap(&got);
    }
    gaz_file_unmap(&want);
    gaz_borders_memo_close(memo);
    gaz_borders_memo_close(NULL);
}

static void test_border(void **state)
{
    struct fixture *f = *state;
    struct gaz_snapshot *snap = build(f);
    assert_int_equal(snap->place_count, 2);
    assert_int_equal(snap->line_count, 1);
    const struct gaz_snap_line *line = &snap->lines[0];
    assert_string_equal(gaz_snapshot_text(snap, line->code), "310116-330482");
    assert_string_equal(gaz_snapshot_text(snap, line->name),
                        "乙县—甲县 界线（示意）");
    assert_int_equal(line->kind, GAZ_LINE_BOUNDARY);
    assert_int_equal(line->level, GAZ_LEVEL_PROVINCE);
    assert_int_equal(line->flags, GAZ_SNAP_SCHEMATIC_AREA | GAZ_SNAP_SYNTHETIC);
    assert_true(line->point_count >= 2);
    /* northward: the western county is on the left */
    const struct gaz_snap_point *points = snap->points + line->point_first;
    bool north = points[line->point_count - 1].lat_e7 > points[0].lat_e7;
    gaz_id left = north ? f->west : f->east;
    assert_int_equal(line->left, gaz_snapshot_place(snap, left));
    assert_true(line->left != line->right);
    assert_true(snap->journal_seq > 0);
    uint64_t checksum = snap->checksum;
    gaz_snapshot_close(snap);
    snap = build(f);
    assert_true(snap->checksum == checksum);
    gaz_snapshot_close(snap);
}

static void test_own_line(void **state)
{
    struct fixture *f = *state;
    const struct gaz_coord points[] = {{121.2, 30}, {121.2, 30.2}};
    const struct gaz_line line = {.name = "沪浙线",
                                  .code = "310116-330482",
                                  .kind = GAZ_LINE_BOUNDARY,
                                  .level = GAZ_LEVEL_PROVINCE,
                                  .is_synthetic = true,
                                  .points = points,
                                  .point_count = COUNT(points),
                                  .left = f->west,
                                  .right = f->east};
    assert_status(gaz_store_begin(&f->ctx, f->store), GAZ_OK);
    assert_status_of(&f->ctx,
                     gaz_store_put_line(&f->ctx, f->store, &line, "line", 0),
                     GAZ_OK);
    assert_status(gaz_store_commit(&f->ctx, f->store), GAZ_OK);
    struct gaz_snapshot *snap = build(f);
    assert_int_equal(snap->line_count, 1);
    assert_string_equal(gaz_snapshot_text(snap, snap->lines[0].name), "沪浙线");
    gaz_snapshot_close(snap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memo),
        cmocka_unit_test(test_border),
        cmocka_unit_test(test_own_line),
    };
    return cmocka_run_group_tests(tests, open_store, close_store);
}
