/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: tiles into one file. Hilbert ids are those of the specification's
 * examples, one to one, and neighbours; the list of tiles is what a box meets;
 * a spool that was torn anywhere goes on from its last whole tile and refuses
 * another job; directories of PMTiles give back every tile, the same bytes
 * once, with and without leaves; an export that was cancelled goes on. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdeflate.h>

#include "gazetteer/base/file.h"
#include "tests/unit/tiles/sample.h"
#include "tiles/export.h"
#include "tiles/hilbert.h"
#include "tiles/pmtiles.h"
#include "tiles/pmtiles_directory.h"
#include "tiles/pyramid.h"

/* ---- Hilbert ---- */

static void test_hilbert_examples(void **state)
{
    static const struct {
        struct tile_address tile;
        uint64_t id;
    } CASES[] = {
        {{0, 0, 0}, 0}, {{1, 0, 0}, 1},
        {{1, 0, 1}, 2}, {{1, 1, 1}, 3},
        {{1, 1, 0}, 4}, {{2, 0, 0}, 5},
        {{2, 1, 1}, 7}, {{12, 3423, 1763}, 19078479},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        assert_int_equal(tile_hilbert_id(CASES[i].tile), CASES[i].id);
}

static void test_hilbert_inverse(void **state)
{
    enum { ZOOM_FULL = 7 };
    uint64_t id = 0;
    (void)state;
    for (int z = 0; z <= ZOOM_FULL; z++) {
        struct tile_address last = tile_hilbert_address(id);
        for (uint64_t i = 0; i < UINT64_C(1) << (2 * z); i++, id++) {
            struct tile_address at = tile_hilbert_address(id);
            assert_int_equal(at.z, z);
            assert_int_equal(tile_hilbert_id(at), id);
            assert_true(abs(at.x - last.x) + abs(at.y - last.y) == (i > 0));
            last = at;
        }
    }
    struct tile_address far = {20, 1048575, 524288};
    struct tile_address back = tile_hilbert_address(tile_hilbert_id(far));
    assert_memory_equal(&far, &back, sizeof far);
}

/* ---- which tiles ---- */

static void test_pyramid(void **state)
{
    struct gaz_ctx ctx = {.failure = ""};
    const struct gaz_box world = {{-180, -85}, {180, 85}};
    const struct gaz_box turned = {{121, 30}, {120, 31}};
    const struct gaz_box small = {{121.0, 30.6}, {121.01, 30.61}};
    uint64_t *ids;
    uint64_t count;
    (void)state;
    assert_int_equal(tile_pyramid_list(&ctx, &world, 0, 3, 85, &ids, &count),
                     GAZ_OK);
    assert_int_equal(count, 85);
    for (uint64_t i = 0; i < count; i++)
        assert_int_equal(ids[i], i);
    gaz_free(ids);
    assert_int_equal(tile_pyramid_list(&ctx, &world, 0, 3, 84, &ids, &count),
                     GAZ_LIMIT);
    assert_int_equal(tile_pyramid_list(&ctx, &turned, 0, 3, 85, &ids, &count),
                     GAZ_INVALID);
    assert_int_equal(tile_pyramid_list(&ctx, &small, 4, 21, 85, &ids, &count),
                     GAZ_INVALID);
    assert_int_equal(tile_pyramid_list(&ctx, &small, 5, 9, 85, &ids, &count),
                     GAZ_OK);
    for (uint64_t i = 0; i < count; i++) {
        struct tile_address at = tile_hilbert_address(ids[i]);
        assert_int_equal(at.x >> (at.z - 5), 26); /* 5/26/13 has Pinghu */
        assert_int_equal(at.y >> (at.z - 5), 13);
    }
    gaz_free(ids);
    gaz_ctx_close(&ctx);
}

/* ---- the spool ---- */

static const char *scratch(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "test_tile_export.%ld.%s", (long)getpid(),
                   name);
    return path;
}

static uint64_t count_of(struct gaz_ctx *ctx, struct tile_spool *spool)
{
    struct tile_record record;
    struct gaz_buffer data;
    uint64_t count = 0;
    gaz_buffer_open(&data, TILE_MAX_BYTES);
    assert_int_equal(tile_spool_rewind(ctx, spool), GAZ_OK);
    while (tile_spool_next(ctx, spool, &record, &data) == GAZ_OK) {
        assert_int_equal(record.id, 100 + count);
        assert_int_equal(record.size, count % 3 ? 2 : 0);
        count++;
    }
    gaz_buffer_close(&data);
    return count;
}

static void test_spool_torn(void **state)
{
    enum { TILES = 6, JOB = 42, HEAD = 16 };
    struct gaz_ctx ctx = {.failure = ""};
    struct tile_spool *spool;
    struct stat whole;
    const char *path = scratch("part");
    (void)state;
    for (off_t size = HEAD; size == HEAD || size <= whole.st_size; size++) {
        assert_int_equal(tile_spool_open(&ctx, path, JOB, false, &spool),
                         GAZ_OK);
        for (uint64_t i = 0; i < TILES; i++)
            assert_int_equal(
                tile_spool_put(&ctx, spool, 100 + i, "ab", i % 3 ? 2 : 0),
                GAZ_OK);
        tile_spool_close(spool, false);
        assert_int_equal(stat(path, &whole), 0);
        assert_int_equal(truncate(path, size), 0);
        assert_int_equal(tile_spool_open(&ctx, path, JOB + 1, true, &spool),
                         GAZ_INVALID);
        gaz_ctx_next(&ctx);
        assert_int_equal(tile_spool_open(&ctx, path, JOB, true, &spool),
                         GAZ_OK);
        for (uint64_t i = tile_spool_count(spool); i < TILES; i++)
            assert_int_equal(
                tile_spool_put(&ctx, spool, 100 + i, "ab", i % 3 ? 2 : 0),
                GAZ_OK);
        assert_int_equal(count_of(&ctx, spool), TILES);
        tile_spool_close(spool, true);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    gaz_ctx_close(&ctx);
}

static void test_spool_zeros(void **state)
{
    enum { JOB = 42 };
    struct gaz_ctx ctx = {.failure = ""};
    struct tile_spool *spool;
    struct stat before;
    const char *path = scratch("zeros");
    (void)state;
    assert_int_equal(tile_spool_open(&ctx, path, JOB, false, &spool), GAZ_OK);
    assert_int_equal(tile_spool_put(&ctx, spool, 7, "ab", 2), GAZ_OK);
    tile_spool_close(spool, false);
    assert_int_equal(stat(path, &before), 0);
    /* what a power cut may leave of a file that grew */
    assert_int_equal(truncate(path, before.st_size + 4096), 0);
    assert_int_equal(tile_spool_open(&ctx, path, JOB, true, &spool), GAZ_OK);
    assert_int_equal(tile_spool_count(spool), 1);
    tile_spool_close(spool, true);
    gaz_ctx_close(&ctx);
}

/* ---- directories, read as the specification says ---- */

static uint64_t number(const unsigned char **at)
{
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return value;
    }
}

static struct tile_entry *unpack(struct gaz_arena *arena, const char *data,
                                 size_t size, uint64_t *count)
{
    enum { PLAIN_MAX = 4 * 1024 * 1024 };
    unsigned char *plain = gaz_arena_alloc(arena, PLAIN_MAX);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t made = 0;
    assert_int_equal(
        libdeflate_gzip_decompress(d, data, size, plain, PLAIN_MAX, &made), 0);
    libdeflate_free_decompressor(d);
    const unsigned char *at = plain;
    *count = number(&at);
    struct tile_entry *items = gaz_arena_array(arena, *count, sizeof *items);
    for (uint64_t i = 0; i < *count; i++)
        items[i].id = number(&at) + (i ? items[i - 1].id : 0);
    for (uint64_t i = 0; i < *count; i++)
        items[i].run = (uint32_t)number(&at);
    for (uint64_t i = 0; i < *count; i++)
        items[i].length = (uint32_t)number(&at);
    for (uint64_t i = 0; i < *count; i++) {
        uint64_t offset = number(&at);
        items[i].offset =
            offset ? offset - 1 : items[i - 1].offset + items[i - 1].length;
    }
    assert_int_equal(at - plain, made);
    return items;
}

static void check_entries(const struct tile_entries *wanted, uint64_t *next,
                          const struct tile_entry *items, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++, (*next)++)
        assert_memory_equal(&items[i], &wanted->items[*next], sizeof items[i]);
}

static void check_directory(uint64_t count, size_t room, bool has_leaves)
{
    struct gaz_arena arena = {0};
    struct gaz_buffer root;
    struct gaz_buffer leaves;
    struct tile_entries wanted = {.count = count};
    wanted.items = gaz_arena_array(&arena, count, sizeof *wanted.items);
    for (uint64_t i = 0, seed = 1; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        wanted.items[i] = (struct tile_entry){
            i * 3, i % 7 ? i * 1000 : seed >> 40, 1 + (uint32_t)(seed >> 50),
            1 + (uint32_t)(seed >> 63)};
    }
    gaz_buffer_open(&root, SIZE_MAX / 2);
    gaz_buffer_open(&leaves, SIZE_MAX / 2);
    tile_directory_write(&arena, &wanted, room, &root, &leaves);
    assert_true(root.size <= room);
    assert_int_equal(leaves.size > 0, has_leaves);
    uint64_t in_root;
    uint64_t next = 0;
    struct tile_entry *items = unpack(&arena, root.data, root.size, &in_root);
    if (!has_leaves)
        check_entries(&wanted, &next, items, in_root);
    for (uint64_t i = 0; has_leaves && i < in_root; i++) {
        uint64_t in_leaf;
        assert_int_equal(items[i].run, 0);
        assert_int_equal(items[i].id, wanted.items[next].id);
        struct tile_entry *leaf = unpack(&arena, leaves.data + items[i].offset,
                                         items[i].length, &in_leaf);
        check_entries(&wanted, &next, leaf, in_leaf);
    }
    assert_int_equal(next, count);
    gaz_buffer_close(&root);
    gaz_buffer_close(&leaves);
    gaz_arena_close(&arena);
}

static void test_directories(void **state)
{
    (void)state;
    check_directory(0, 16257, false);
    check_directory(1, 16257, false);
    check_directory(1000, 16257, false);
    check_directory(10000, 16257, true);
    check_directory(40000, 16257, true);
    check_directory(40000, 100, true); /* larger leaves, until it fits */
}

static void test_same_bytes_once(void **state)
{
    static const char *const TILES[] = {"sea",  "sea", "sea",  "",
                                        "land", "sea", "land", "town"};
    static const struct tile_entry WANTED[] = {
        {0, 0, 3, 3}, {4, 3, 4, 1}, {5, 0, 3, 1}, {6, 3, 4, 1}, {7, 7, 4, 1}};
    struct gaz_ctx ctx = {.failure = ""};
    struct tile_spool *spool;
    struct tile_entries entries;
    (void)state;
    assert_int_equal(tile_spool_open(&ctx, scratch("once"), 1, false, &spool),
                     GAZ_OK);
    for (size_t i = 0; i < sizeof TILES / sizeof TILES[0]; i++)
        assert_int_equal(
            tile_spool_put(&ctx, spool, i, TILES[i], strlen(TILES[i])), GAZ_OK);
    assert_int_equal(tile_entries_read(&ctx, spool, &entries), GAZ_OK);
    assert_int_equal(entries.count, 5);
    assert_memory_equal(entries.items, WANTED, sizeof WANTED);
    assert_int_equal(entries.addressed, 7);
    assert_int_equal(entries.contents, 3);
    assert_int_equal(entries.bytes, 11);
    tile_entries_close(&entries);
    tile_spool_close(spool, true);
    gaz_ctx_close(&ctx);
}

/* ---- cancel and go on ---- */

static volatile sig_atomic_t is_cancelled;

static void cancel_at_ten(void *user, uint64_t done, uint64_t total)
{
    (void)user;
    (void)total;
    is_cancelled = done == 10;
}

static void test_cancel(void **state)
{
    struct sample sample;
    struct gaz_ctx ctx = {.failure = ""};
    struct tile_maker *maker;
    char paths[2][128];
    struct gaz_map files[2];
    (void)state;
    sample_open(&sample);
    sample_counties(&sample);
    assert_int_equal(tile_maker_open(&ctx, &sample.snap, &maker), GAZ_OK);
    for (int i = 0; i < 2; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "%s",
                       scratch(i ? "b.pmtiles" : "a.pmtiles"));
        struct tile_export job = {
            .path = paths[i],
            .style = "base",
            .threads = 2,
            .archive = {.name = "n",
                        .description = "d",
                        .attribution = "a",
                        .version = "1",
                        .format = TILE_PNG,
                        .scale = 1,
                        .box = {{120.9, 30.5}, {121.4, 30.9}},
                        .min_zoom = 5,
                        .max_zoom = 10}};
        is_cancelled = false;
        job.cancel = i ? &is_cancelled : NULL;
        job.progress = i ? cancel_at_ten : NULL;
        assert_int_equal(tile_export_run(&ctx, maker, &job), GAZ_OK);
        assert_int_equal(job.is_cancelled, i);
        job.goes_on = true;
        job.cancel = NULL;
        if (i)
            assert_int_equal(tile_export_run(&ctx, maker, &job), GAZ_OK);
        assert_int_equal(job.kept, i ? 10 : 0);
        assert_int_equal(gaz_file_map(&ctx, paths[i], &files[i]), GAZ_OK);
        assert_int_equal(unlink(paths[i]), 0);
    }
    assert_int_equal(files[0].size, files[1].size);
    assert_memory_equal(files[0].data, files[1].data, files[0].size);
    gaz_file_unmap(&files[0]);
    gaz_file_unmap(&files[1]);
    tile_maker_close(maker);
    gaz_ctx_close(&ctx);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hilbert_examples),
        cmocka_unit_test(test_hilbert_inverse),
        cmocka_unit_test(test_pyramid),
        cmocka_unit_test(test_spool_torn),
        cmocka_unit_test(test_spool_zeros),
        cmocka_unit_test(test_directories),
        cmocka_unit_test(test_same_bytes_once),
        cmocka_unit_test(test_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
