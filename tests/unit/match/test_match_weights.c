/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the shipped weights open; each damaged field, a cut file, a
 * flipped bit and an unaligned start are refused with a reason. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/match/match_weights.h"

static struct gaz_map map;
static unsigned char *copy; /* of the file; 8 spare bytes */

static void repair(size_t size)
{
    struct gaz_match_header *h = (void *)copy;
    h->checksum = gaz_match_weights_checksum(copy, size);
}

static void refuse(const char *label, size_t size, const char *why)
{
    CASE(label);
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_match_weights w;
    assert_status(gaz_match_weights_open(&ctx, copy, size, &w), GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), why));
    gaz_ctx_close(&ctx);
    memcpy(copy, map.data, map.size);
}

static void test_shipped(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_match_weights w;
    assert_status_of(&ctx, gaz_match_weights_open(&ctx, copy, map.size, &w),
                     GAZ_OK);
    assert_true(w.trees.trees > 0);
    assert_true(w.order.trees > 0);
    assert_true(w.lists.trees > 0);
    assert_true(w.knowledge.divisions.count > 1000);
    assert_ptr_not_equal(gaz_match_weights_shipped(), NULL);
    gaz_ctx_close(&ctx);
}

static void test_damaged(void **state)
{
    (void)state;
    struct gaz_match_header *h = (void *)copy;
    h->magic ^= 1;
    refuse("magic", map.size, "not weights");
    h->version++;
    refuse("version", map.size, "another version");
    refuse("cut", map.size - 4, "do not fit");
    refuse("almost nothing", 8, "8 bytes");
    copy[map.size / 2] ^= 1;
    refuse("a bit", map.size, "checksum");
    h->trees += GAZ_MATCH_CLASSES;
    refuse("trees", map.size, "do not fit");
    h->features = GAZ_FEATURES + 1;
    repair(map.size);
    refuse("features", map.size, "impossible");
    h->offsets[1] = NAN;
    repair(map.size);
    refuse("offsets", map.size, "not numbers");
    h->list_offsets[2] = INFINITY;
    repair(map.size);
    refuse("offsets of lists", map.size, "not numbers");
}

static void test_damaged_parts(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_match_weights w;
    assert_status(gaz_match_weights_open(&ctx, copy, map.size, &w), GAZ_OK);
    struct gaz_tree_node *root =
        (void *)(copy + ((const unsigned char *)w.trees.nodes - copy));
    root->next = 0; /* a walk that would not end */
    repair(map.size);
    refuse("a loop", map.size, "a tree");
    root->feature = GAZ_FEATURES;
    repair(map.size);
    refuse("a feature that is none", map.size, "a tree");
    root->value = INFINITY;
    repair(map.size);
    refuse("a value that is none", map.size, "a tree");
    uint32_t *starts =
        (void *)(copy + ((const unsigned char *)w.trees.starts - copy));
    starts[1] = UINT32_MAX;
    repair(map.size);
    refuse("a tree out of bounds", map.size, "a tree");
    struct gaz_division *first =
        (void *)(copy +
                 ((const unsigned char *)w.knowledge.divisions.items - copy));
    first->hash = UINT32_MAX;
    repair(map.size);
    refuse("divisions", map.size, "not sorted");
    assert_status(gaz_match_weights_open(&ctx, copy + 1, map.size - 1, &w),
                  GAZ_INVALID);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shipped),
                                       cmocka_unit_test(test_damaged),
                                       cmocka_unit_test(test_damaged_parts)};
    struct gaz_ctx ctx = {.failure = ""};
    if (gaz_file_map(&ctx, DIMING_SOURCE_DIR "/data/model/match.bin", &map) !=
        GAZ_OK)
        return 1;
    copy = gaz_malloc(map.size + 8);
    memcpy(copy, map.data, map.size);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gaz_free(copy);
    gaz_file_unmap(&map);
    gaz_ctx_close(&ctx);
    return failed;
}
