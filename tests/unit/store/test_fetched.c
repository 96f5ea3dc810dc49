/* Test plan: what is kept of a URL comes back byte for byte, under its door
 * only; a newer one takes its place; pruning leaves what is named, of one door;
 * nothing is written outside of a transaction. */
#include "tests/unit/store/fixture.h"

#include "gazetteer/store/fetched.h"

static void put(struct fixture *f, const char *door, const char *url,
                const char *etag, const char *bytes, size_t size)
{
    const struct gaz_fetched one = {
        .url = url, .etag = etag, .bytes = bytes, .size = size};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_fetched_put(&f->ctx, f->store, door, &one));
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void expect(struct fixture *f, const char *door, const char *url,
                   const char *etag, const char *bytes, size_t size)
{
    struct gaz_fetched got;
    OK(f, gaz_fetched_find(&f->ctx, f->store, door, url, &got));
    assert_string_equal(got.url, url);
    assert_string_equal(got.etag, etag);
    assert_int_equal(got.size, size);
    assert_memory_equal(got.bytes, bytes, size);
}

static void expect_none(struct fixture *f, const char *door, const char *url)
{
    struct gaz_fetched got;
    assert_status(gaz_fetched_find(&f->ctx, f->store, door, url, &got),
                  GAZ_NOT_FOUND);
}

static void test_keeping(void **state)
{
    struct fixture *f = *state;
    expect_none(f, "d", "u");
    put(f, "d", "u", "\"1\"", "a\0b", 3);
    expect(f, "d", "u", "\"1\"", "a\0b", 3);
    expect_none(f, "e", "u");
    put(f, "d", "u", "W/\"2\"", "", 0);
    expect(f, "d", "u", "W/\"2\"", "", 0);
}

static void test_pruning(void **state)
{
    struct fixture *f = *state;
    const char *const KEPT[] = {"2", "9"};
    put(f, "d", "1", "x", "1", 1);
    put(f, "d", "2", "x", "2", 1);
    put(f, "d", "3", "x", "3", 1);
    put(f, "e", "1", "x", "e", 1);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_fetched_prune(&f->ctx, f->store, "d", KEPT, COUNT(KEPT)));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    expect_none(f, "d", "1");
    expect(f, "d", "2", "x", "2", 1);
    expect_none(f, "d", "3");
    expect(f, "e", "1", "x", "e", 1);
}

static void test_outside_of_a_transaction(void **state)
{
    struct fixture *f = *state;
    const struct gaz_fetched one = {.url = "u", .etag = "x", .bytes = ""};
    assert_status(gaz_fetched_put(&f->ctx, f->store, "d", &one), GAZ_INVALID);
    gaz_ctx_next(&f->ctx);
    assert_status(gaz_fetched_prune(&f->ctx, f->store, "d", NULL, 0),
                  GAZ_INVALID);
}

#define TEST(function)                                                         \
    cmocka_unit_test_setup_teardown(function, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_keeping),
        TEST(test_pruning),
        TEST(test_outside_of_a_transaction),
    };
    return cmocka_run_group_tests_name("fetched", tests, NULL, NULL);
}
