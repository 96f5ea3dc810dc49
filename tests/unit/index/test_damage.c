/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: a damaged file is refused with a sentence that says what is wrong:
 * absent, empty, cut off at every section's edge, too long, wrong magic,
 * version, checksum, section table; any flipped byte is noticed; with the
 * checksum put right, a row that points outside is still refused. */
#include "tests/unit/test.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/index/format.h"
#include "gazetteer/index/write.h"
#include "tests/unit/index/world.h"

static struct gaz_rows good; /* the bytes of a good file */

static int make_good(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_builder *builder = gaz_builder_new();
    world_region(builder, false);
    good.item_size = 1;
    struct gaz_build_stats stats;
    gaz_status status = gaz_write_bytes(&ctx, builder, &good, &stats);
    gaz_builder_free(builder);
    gaz_ctx_close(&ctx);
    return status == GAZ_OK ? 0 : -1;
}

static int free_good(void **state)
{
    (void)state;
    gaz_rows_close(&good);
    return 0;
}

/* Opens `size` bytes through a file, and checks status and sentence. */
static void expect(const void *data, size_t size, const char *sentence)
{
    struct gaz_ctx ctx = {0};
    char path[] = "/tmp/diming-damage-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, size), (ssize_t)size);
    assert_int_equal(close(fd), 0);
    struct gaz_snapshot *snap = NULL;
    gaz_status status = gaz_snapshot_open(&ctx, path, &snap);
    assert_int_equal(unlink(path), 0);
    assert_status_of(&ctx, status, sentence ? GAZ_INVALID : GAZ_OK);
    if (sentence) {
        if (!strstr(gaz_ctx_failure(&ctx), sentence))
            fail_msg("'%s' does not say '%s'", gaz_ctx_failure(&ctx), sentence);
        assert_non_null(strstr(gaz_ctx_failure(&ctx), "diming build"));
        assert_null(snap);
    }
    gaz_snapshot_close(snap);
    gaz_ctx_close(&ctx);
}

static void test_good(void **state)
{
    (void)state;
    expect(good.items, good.count, NULL);
}

static void test_absent(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_snapshot *snap = NULL;
    assert_status_of(&ctx,
                     gaz_snapshot_open(&ctx, "/nowhere/diming.snap", &snap),
                     GAZ_NOT_FOUND);
    gaz_ctx_close(&ctx);
}

static const struct gaz_format_section *sections(void)
{
    return (const void *)((const char *)good.items +
                          sizeof(struct gaz_format_header));
}

static void test_cut_off(void **state)
{
    (void)state;
    expect(good.items, 0, "too short");
    expect(good.items, 7, "too short");
    expect(good.items, sizeof(struct gaz_format_header), "too short");
    for (int i = 0; i < GAZ_SECTION_COUNT; i++) {
        size_t end = (size_t)(sections()[i].offset +
                              sections()[i].count * sections()[i].item_size);
        size_t begin = (size_t)sections()[i].offset;
        expect(good.items, begin, "bytes and should have");
        if (end < good.count)
            expect(good.items, end, "bytes and should have");
        if (end > begin)
            expect(good.items, end - 1, "bytes and should have");
    }
    struct gaz_rows longer = {.item_size = 1};
    memcpy(gaz_rows_add(&longer, good.count + 1), good.items, good.count);
    expect(longer.items, longer.count, "bytes and should have");
    gaz_rows_close(&longer);
}

/* A copy of the good file with `size` bytes at `at` replaced; the checksum is
 * put right unless it is what is damaged. */
static void expect_patched(size_t at, const void *bytes, size_t size,
                           bool is_sum_right, const char *sentence)
{
    struct gaz_rows file = {.item_size = 1};
    char *data = gaz_rows_add(&file, good.count);
    memcpy(data, good.items, good.count);
    memcpy(data + at, bytes, size);
    if (is_sum_right) {
        uint64_t sum = gaz_format_checksum(data, good.count);
        memcpy(data + offsetof(struct gaz_format_header, checksum), &sum,
               sizeof(sum));
    }
    expect(data, file.count, sentence);
    gaz_rows_close(&file);
}

static void test_header(void **state)
{
    (void)state;
    const uint32_t version = GAZ_SNAPSHOT_VERSION + 1;
    expect_patched(0, "X", 1, true, "is not a Diming snapshot");
    expect_patched(offsetof(struct gaz_format_header, version), &version,
                   sizeof(version), true, "is of version 4");
    expect_patched(offsetof(struct gaz_format_header, section_count), "\x01", 1,
                   true, "another number of sections");
    expect_patched(offsetof(struct gaz_format_header, checksum), "\0\0\0\0\0",
                   5, false, "checksum is wrong");
    for (size_t i = 0; i < GAZ_SECTION_COUNT; i++) {
        size_t at = sizeof(struct gaz_format_header) +
                    i * sizeof(struct gaz_format_section);
        const uint64_t far = UINT64_MAX - 63;
        expect_patched(at + offsetof(struct gaz_format_section, offset), &far,
                       sizeof(far), true, "a section lies outside");
        expect_patched(at + offsetof(struct gaz_format_section, count), &far,
                       sizeof(far), true, "a section lies outside");
        expect_patched(at + offsetof(struct gaz_format_section, kind), "\x7f",
                       1, true, "a section lies outside");
    }
}

static void test_any_byte(void **state)
{
    (void)state;
    for (size_t at = 0; at < good.count; at += 97) {
        char byte = (char)(((const char *)good.items)[at] ^ 0x10);
        struct gaz_ctx ctx = {0};
        struct gaz_rows file = {.item_size = 1};
        char *data = gaz_rows_add(&file, good.count);
        memcpy(data, good.items, good.count);
        data[at] = byte;
        struct gaz_snapshot *snap = NULL;
        struct gaz_map map = {data, good.count};
        assert_status(gaz_format_view(&ctx, map, "x", &snap), GAZ_INVALID);
        gaz_rows_close(&file);
        gaz_ctx_close(&ctx);
    }
}

/* Fields that others follow without looking, each set to "far outside". */
static void test_rows(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        enum gaz_section section;
        size_t at;
        const char *sentence;
    } CASES[] = {
        {"place label", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, label), "places"},
        {"place parent", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, parent), "places"},
        {"place names", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, name_first), "places"},
        {"place children", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, child_first), "places"},
        {"place addresses", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, address_first), "places"},
        {"place claims", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, claim_first), "places"},
        {"place changes", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, change_first), "places"},
        {"place areas", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, area_first), "places"},
        {"place longitude", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, lon_e7), "places"},
        {"place source", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, source), "places"},
        {"place level", GAZ_SECTION_PLACES,
         offsetof(struct gaz_snap_place, level), "places"},
        {"name place", GAZ_SECTION_NAMES, offsetof(struct gaz_snap_name, place),
         "names"},
        {"name text", GAZ_SECTION_NAMES, offsetof(struct gaz_snap_name, text),
         "names"},
        {"name kind", GAZ_SECTION_NAMES, offsetof(struct gaz_snap_name, kind),
         "names"},
        {"address parent", GAZ_SECTION_ADDRESSES,
         offsetof(struct gaz_snap_address, parent), "addresses"},
        {"address tail", GAZ_SECTION_ADDRESSES,
         offsetof(struct gaz_snap_address, tail), "addresses"},
        {"claim place", GAZ_SECTION_CLAIMS,
         offsetof(struct gaz_snap_claim, place), "facts"},
        {"change owner", GAZ_SECTION_CHANGES,
         offsetof(struct gaz_snap_change, owner), "facts"},
        {"source title", GAZ_SECTION_SOURCES,
         offsetof(struct gaz_snap_source, title), "facts"},
        {"ring points", GAZ_SECTION_RINGS,
         offsetof(struct gaz_snap_ring, point_first), "shapes"},
        {"point", GAZ_SECTION_POINTS, 0, "shapes"},
        {"line side", GAZ_SECTION_LINES, offsetof(struct gaz_snap_line, left),
         "shapes"},
        {"child", GAZ_SECTION_CHILDREN, 0, "shapes"},
        {"key start", GAZ_SECTION_KEY_STARTS, sizeof(uint32_t), "keys"},
        {"key text", GAZ_SECTION_KEYS, 0, "keys"},
        {"posting", GAZ_SECTION_POSTINGS, 0, "keys"},
        {"kd reference", GAZ_SECTION_NEAR_REFS, 0, "tables"},
        {"box reference", GAZ_SECTION_BOX_REFS, 0, "tables"},
        {"area", GAZ_SECTION_AREAS, 0, "tables"},
        {"address id", GAZ_SECTION_ADDRESS_IDS, 0, "tables"},
        {"lexicon", GAZ_SECTION_LEXICON, 0, "lexicon"},
    };
    static const char FAR[4] = {0x7f, 0x7f, 0x7f, 0x7f};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct gaz_format_section *section =
            &sections()[CASES[i].section];
        assert_true(section->count > 0);
        size_t at = (size_t)section->offset + CASES[i].at;
        expect_patched(at, FAR, sizeof(FAR), true, CASES[i].sentence);
    }
}

/* Two places in each other: walking up would never end. */
static void test_circle(void **state)
{
    (void)state;
    const struct gaz_format_section *section = &sections()[GAZ_SECTION_PLACES];
    const uint32_t itself = 0;
    expect_patched((size_t)section->offset +
                       offsetof(struct gaz_snap_place, parent),
                   &itself, sizeof(itself), true, "places");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),     cmocka_unit_test(test_absent),
        cmocka_unit_test(test_cut_off),  cmocka_unit_test(test_header),
        cmocka_unit_test(test_any_byte), cmocka_unit_test(test_rows),
        cmocka_unit_test(test_circle),
    };
    return cmocka_run_group_tests(tests, make_good, free_good);
}
