/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: tiles in a file (disk.h, seed.h). What is put is found again, also
 * by another handle and after a process was killed with puts under way; a tile
 * of another state is neither given nor kept; turning deletes what is stale and
 * nothing else; another state empties; a file of another kind is refused and
 * left alone. Through the maker: a seed fills it, a second seed passes over
 * all, a stopped one goes on; after an edit of the snapshot the file holds,
 * byte by byte, only tiles that the new snapshot makes. */
#include "tests/unit/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/tiles/sample.h"
#include "tiles/disk.h"
#include "tiles/seed.h"

struct fixture {
    struct gaz_ctx ctx;
    char folder[64];
    char path[96];
};

static int set_up(void **state)
{
    struct fixture *f = gaz_malloc(sizeof *f);
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/diming-disk-XXXXXX");
    if (!mkdtemp(f->folder))
        return 1;
    (void)snprintf(f->path, sizeof f->path, "%s/tiles.mbtiles", f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const TAILS[] = {"", "-wal", "-shm"};
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        char name[128];
        (void)snprintf(name, sizeof name, "%s%s", f->path, TAILS[i]);
        (void)unlink(name);
    }
    (void)rmdir(f->folder);
    gaz_ctx_close(&f->ctx);
    gaz_free(f);
    return 0;
}

static struct tile_disk *open_disk(struct fixture *f, uint64_t state,
                                   uint64_t wants_emptied)
{
    struct tile_disk *disk;
    uint64_t emptied;
    assert_status(tile_disk_open(&f->ctx, f->path, state, &disk, &emptied),
                  GAZ_OK);
    assert_int_equal(emptied, wants_emptied);
    return disk;
}

static bool holds(struct tile_disk *disk, uint64_t state, uint64_t key,
                  const char *bytes)
{
    struct gaz_buffer out;
    gaz_buffer_open(&out, 1000);
    bool found = tile_disk_get(disk, state, key, &out) &&
                 out.size == strlen(bytes) &&
                 memcmp(out.data, bytes, out.size) == 0;
    gaz_buffer_close(&out);
    return found;
}

static void finds_what_was_put(void **state)
{
    struct fixture *f = *state;
    struct tile_disk *disk = open_disk(f, 7, 0);
    assert_false(holds(disk, 7, 1, "one"));
    assert_true(tile_disk_put(disk, 7, 1, "one", 3));
    assert_true(tile_disk_put(disk, 7, 2, "", 0));
    assert_true(holds(disk, 7, 1, "one"));
    assert_true(tile_disk_has(disk, 7, 2)); /* a tile without a byte is one */
    assert_false(tile_disk_has(disk, 7, 3));
    tile_disk_close(disk);
    disk = open_disk(f, 7, 0);
    assert_true(holds(disk, 7, 1, "one"));
    assert_string_equal(tile_disk_failure(disk), "");
    tile_disk_close(disk);
}

static void gives_no_tile_of_another_state(void **state)
{
    struct fixture *f = *state;
    struct tile_disk *mine = open_disk(f, 7, 0);
    assert_true(tile_disk_put(mine, 7, 1, "old", 3));
    /* another process takes the file to another snapshot */
    struct tile_disk *other = open_disk(f, 8, 1);
    assert_false(holds(mine, 7, 1, "old"));
    assert_false(tile_disk_put(mine, 7, 1, "late", 4));
    assert_false(holds(other, 8, 1, "late"));
    assert_true(tile_disk_put(other, 8, 1, "new", 3));
    assert_true(holds(mine, 8, 1, "new"));
    tile_disk_close(mine);
    tile_disk_close(other);
}

static bool is_even(uint64_t key, void *user)
{
    (void)user;
    return key % 2 == 0;
}

static void turns_exactly(void **state)
{
    struct fixture *f = *state;
    struct tile_disk *disk = open_disk(f, 7, 0);
    for (uint64_t key = 0; key < 100; key++)
        assert_true(tile_disk_put(disk, 7, key, "x", 1));
    assert_int_equal(tile_disk_turn(disk, 7, 8, is_even, NULL), 50);
    for (uint64_t key = 0; key < 100; key++)
        assert_int_equal(tile_disk_has(disk, 8, key), key % 2);
    assert_false(tile_disk_has(disk, 7, 1));
    /* from a state that the file does not have: nothing of it can be told */
    assert_int_equal(tile_disk_turn(disk, 5, 6, is_even, NULL), 0);
    struct tile_disk_stats stats;
    tile_disk_count(disk, &stats);
    assert_int_equal(stats.tiles, 0);
    for (uint64_t key = 0; key < 4; key++)
        assert_true(tile_disk_put(disk, 6, key, "x", 1));
    tile_disk_drop(disk, 6, 9, (const uint64_t[]){1, 3}, 2);
    assert_true(tile_disk_has(disk, 9, 0) && tile_disk_has(disk, 9, 2));
    assert_false(tile_disk_has(disk, 9, 1) || tile_disk_has(disk, 9, 3));
    tile_disk_close(disk);
}

static void survives_a_kill(void **state)
{
    struct fixture *f = *state;
    int pipes[2];
    char ready;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        struct tile_disk *disk;
        uint64_t emptied;
        if (tile_disk_open(&f->ctx, f->path, 7, &disk, &emptied) != GAZ_OK)
            _exit(1);
        for (uint64_t key = 0;; key++) {
            (void)tile_disk_put(disk, 7, key, "whole", 5);
            if (key == 200 && write(pipes[1], "x", 1) != 1)
                _exit(1);
        }
    }
    assert_int_equal(read(pipes[0], &ready, 1), 1);
    (void)kill(child, SIGKILL);
    (void)waitpid(child, NULL, 0);
    (void)close(pipes[0]);
    (void)close(pipes[1]);
    struct tile_disk *disk = open_disk(f, 7, 0);
    for (uint64_t key = 0; key <= 200; key++)
        assert_true(holds(disk, 7, key, "whole"));
    assert_true(tile_disk_put(disk, 7, 1, "again", 5));
    tile_disk_close(disk);
}

static void refuses_other_files(void **state)
{
    struct fixture *f = *state;
    static const char TEXT[] = "this is a letter, not a cache of tiles";
    char back[sizeof TEXT] = "";
    struct tile_disk *disk;
    uint64_t emptied;
    FILE *file = fopen(f->path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(TEXT, sizeof TEXT, 1, file), 1);
    assert_int_equal(fclose(file), 0);
    assert_status(tile_disk_open(&f->ctx, f->path, 7, &disk, &emptied), GAZ_IO);
    gaz_ctx_next(&f->ctx);
    file = fopen(f->path, "re");
    assert_non_null(file);
    assert_int_equal(fread(back, sizeof back, 1, file), 1);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(back, TEXT);
    assert_status(
        tile_disk_open(&f->ctx, "/nowhere/at/all", 7, &disk, &emptied), GAZ_IO);
}

/* ---- through the maker ---- */

static struct tile_maker *open_maker(struct fixture *f, struct sample *sample)
{
    struct tile_maker *maker;
    assert_status(tile_maker_open(&f->ctx, sample_ready(sample), &maker),
                  GAZ_OK);
    return maker;
}

static void keep(struct fixture *f, struct tile_maker *maker, bool is_empty)
{
    uint64_t emptied;
    assert_status(tile_maker_keep(&f->ctx, maker, f->path, &emptied), GAZ_OK);
    assert_true(is_empty ? emptied > 0 : emptied == 0);
}

static struct tile_seed seed_of(void)
{
    return (struct tile_seed){.form = {.style = "base", .scale = 1},
                              .box = {{120.9, 30.5}, {121.4, 30.9}},
                              .min_zoom = 8,
                              .max_zoom = 12,
                              .threads = 2};
}

static volatile sig_atomic_t is_stopped;

static void stop_at_ten(void *user, uint64_t done, uint64_t total)
{
    (void)user;
    (void)total;
    is_stopped = done >= 10;
}

static void seeds_and_goes_on(void **state)
{
    struct fixture *f = *state;
    struct sample sample;
    sample_open(&sample);
    sample_counties(&sample);
    sample.snap.checksum = 1;
    struct tile_maker *maker = open_maker(f, &sample);
    struct tile_seed job = seed_of();
    assert_status(tile_seed_run(&f->ctx, maker, &job), GAZ_INVALID);
    gaz_ctx_next(&f->ctx); /* no file yet */
    keep(f, maker, false);
    is_stopped = 0;
    job = seed_of();
    job.cancel = &is_stopped;
    job.progress = stop_at_ten;
    assert_status(tile_seed_run(&f->ctx, maker, &job), GAZ_OK);
    assert_true(job.is_cancelled);
    tile_maker_close(maker);
    maker = open_maker(f, &sample);
    keep(f, maker, false);
    job = seed_of();
    assert_status(tile_seed_run(&f->ctx, maker, &job), GAZ_OK);
    assert_true(job.kept >= 10 && job.kept < job.total);
    assert_status(tile_seed_run(&f->ctx, maker, &job), GAZ_OK);
    job = seed_of();
    assert_status(tile_seed_run(&f->ctx, maker, &job), GAZ_OK);
    assert_int_equal(job.kept, job.total);
    tile_maker_close(maker);
    sample.snap.checksum = 2;
    maker = open_maker(f, &sample);
    keep(f, maker, true);
    tile_maker_close(maker);
    sample_close(&sample);
}

static void serve_all(struct fixture *f, struct tile_maker *a,
                      struct tile_maker *b)
{
    struct gaz_buffer left;
    struct gaz_buffer right;
    gaz_buffer_open(&left, TILE_MAX_BYTES);
    gaz_buffer_open(&right, TILE_MAX_BYTES);
    for (int i = 0; i < 24; i++) {
        uint64_t hash;
        struct tile_request r = {"base",       0, 12,      3421 + i % 6,
                                 1679 + i / 6, 1, TILE_PNG};
        gaz_buffer_clear(&left);
        gaz_buffer_clear(&right);
        assert_status(tile_serve(&f->ctx, a, &r, &left, &hash), GAZ_OK);
        assert_status(tile_make(&f->ctx, b, &r, &right), GAZ_OK);
        assert_int_equal(left.size, right.size);
        assert_memory_equal(left.data, right.data, left.size);
    }
    gaz_buffer_close(&left);
    gaz_buffer_close(&right);
}

static void is_fresh_after_an_edit(void **state)
{
    struct fixture *f = *state;
    struct sample old;
    struct sample new;
    sample_open(&old);
    sample_open(&new);
    sample_counties(&old);
    sample_counties(&new);
    sample_position(&new.places[3], 121.05, 30.68, GAZ_METHOD_SURVEYED);
    old.snap.checksum = 1;
    new.snap.checksum = 2;
    struct tile_maker *a = open_maker(f, &old);
    keep(f, a, false);
    serve_all(f, a, a);
    tile_maker_close(a);
    /* after a restart no scene is made: the file is judged all the same */
    a = open_maker(f, &old);
    keep(f, a, false);
    struct tile_maker *b = open_maker(f, &new);
    struct tile_follow_stats stats;
    assert_status(tile_maker_follow(&f->ctx, b, a, &stats), GAZ_OK);
    assert_in_range(stats.stored, 1, 23);
    struct tile_maker *c = open_maker(f, &new);
    serve_all(f, b, c);
    tile_maker_close(a);
    tile_maker_close(b);
    tile_maker_close(c);
    sample_close(&old);
    sample_close(&new);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(finds_what_was_put),     TEST(gives_no_tile_of_another_state),
        TEST(turns_exactly),          TEST(survives_a_kill),
        TEST(refuses_other_files),    TEST(seeds_and_goes_on),
        TEST(is_fresh_after_an_edit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
