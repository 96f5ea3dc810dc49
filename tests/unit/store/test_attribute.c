/* Test plan: what one source says is set, replaced and kept beside what another
 * says; a 20-digit code finds its place, a 15-digit one its address; a merged
 * place's are those of the kept one; nothing of it is journaled; which things
 * an import brought, and which imports there were. Names of kinds are distinct,
 * and each is of some entry. */
#include "tests/unit/store/fixture.h"

#include "gazetteer/store/attribute.h"
#include "gazetteer/store/merge.h"

static const struct gaz_name FIRST[] = {{.text = "甲测路"}};
static const struct gaz_name SECOND[] = {{.text = "乙测路"}};
static const struct gaz_name BOTH[] = {
    {.text = "甲测路"}, {.text = "乙测路", .kind = GAZ_NAME_ALIAS}};

static struct gaz_place road(const struct gaz_name *names, int count)
{
    return (struct gaz_place){.category = GAZ_CATEGORY_ROAD,
                              .names = names,
                              .name_count = count,
                              .is_synthetic = true};
}

static gaz_id put(struct fixture *f, const struct gaz_place *place,
                  const char *key, int64_t record)
{
    gaz_id id = 0;
    OK(f, gaz_store_put_place(&f->ctx, f->store, place, "s", key, record, &id));
    return id;
}

static void say(struct fixture *f, gaz_id about, int64_t source,
                gaz_attribute_kind kind, const char *value)
{
    const struct gaz_attribute_owner owner = {.about = about, .source = source};
    const struct gaz_attribute item = {kind, value};
    OK(f, gaz_attribute_put(&f->ctx, f->store, &owner, &item, 1));
}

/* All rows of a thing as "name/source=value;". */
static const char *told(struct fixture *f, gaz_id about)
{
    struct gaz_scan *scan = NULL;
    struct gaz_attribute_row row;
    const char *all = "";
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_ATTRIBUTES, &scan));
    while (gaz_scan_next_attribute(&f->ctx, scan, &row) == GAZ_OK)
        if (row.about == about)
            all = gaz_arena_printf(&f->ctx.arena, "%s%s/%d=%s;", all,
                                   gaz_attribute_name(row.attribute.kind),
                                   (int)row.source, row.attribute.value);
    gaz_scan_close(scan);
    return all;
}

static void test_kinds(void **state)
{
    (void)state;
    for (int i = 0; i < GAZ_ATTRIBUTES; i++) {
        const gaz_attribute_kind kind = (gaz_attribute_kind)i;
        gaz_attribute_kind found;
        CASE(gaz_attribute_name(kind));
        assert_true(gaz_attribute_find(gaz_attribute_name(kind), &found));
        assert_int_equal(found, kind);
        assert_true(gaz_attribute_is_of_place(kind) ||
                    gaz_attribute_is_of_address(kind));
    }
    gaz_attribute_kind none = GAZ_ATTRIBUTE_FLOORS;
    assert_false(gaz_attribute_find("floor", &none));
    assert_int_equal(none, GAZ_ATTRIBUTE_FLOORS);
}

static void test_sources(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const int64_t a = fixture_source(f, "a");
    const int64_t b = fixture_source(f, "b");
    const struct gaz_place place = road(FIRST, 1);
    const gaz_id id = put(f, &place, "1", 0);
    const int64_t journal = fixture_number(f, "SELECT COUNT(*) FROM journal");
    say(f, id, a, GAZ_ATTRIBUTE_FLOORS, "8");
    say(f, id, b, GAZ_ATTRIBUTE_FLOORS, "9");
    say(f, id, a, GAZ_ATTRIBUTE_FLOORS, "12");
    say(f, id, a, GAZ_ATTRIBUTE_BUILT_UP, "平湖");
    assert_string_equal(told(f, id),
                        gaz_arena_printf(&f->ctx.arena,
                                         "built_up/%d=平湖;floors/%d=12;"
                                         "floors/%d=9;",
                                         (int)a, (int)a, (int)b));
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM journal"),
                     journal);
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_codes(void **state)
{
    struct fixture *f = *state;
    static const char TOPONYM[] = "33048210123510000001";
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const int64_t source = fixture_source(f, "a");
    const struct gaz_place place = road(FIRST, 1);
    const gaz_id id = put(f, &place, "1", 0);
    struct gaz_address address = {.text = "甲测路1号",
                                  .parent = id,
                                  .number = "1号",
                                  .number_value = 1,
                                  .tail = "",
                                  .is_synthetic = true};
    gaz_id address_id = 0;
    OK(f, gaz_store_put_address(&f->ctx, f->store, &address, "s", "2", 0,
                                &address_id));
    say(f, id, source, GAZ_ATTRIBUTE_TOPONYM_CODE, TOPONYM);
    say(f, address_id, source, GAZ_ATTRIBUTE_ADDRESS_CODE, "821012024200001");
    struct gaz_place found;
    OK(f, gaz_store_place_by_code(&f->ctx, f->store, TOPONYM, &found));
    assert_true(found.id == id);
    gaz_id at = 1;
    OK(f, gaz_attribute_address_of_code(&f->ctx, f->store, "821012024200001",
                                        &at));
    assert_true(at == address_id);
    OK(f, gaz_attribute_address_of_code(&f->ctx, f->store, "821012024200002",
                                        &at));
    assert_true(at == 0);
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static void test_merged(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const int64_t source = fixture_source(f, "a");
    const struct gaz_place first = road(FIRST, 1);
    const struct gaz_place second = road(SECOND, 1);
    struct gaz_place made = road(BOTH, 2);
    const gaz_id kept = put(f, &first, "1", 0);
    const gaz_id merged = put(f, &second, "2", 0);
    say(f, merged, source, GAZ_ATTRIBUTE_FLOORS, "8");
    assert_string_equal(told(f, kept), "");
    made.id = kept;
    const struct gaz_merge merge = {.kept = kept,
                                    .merged = merged,
                                    .made = &made,
                                    .score = 1,
                                    .by = "test",
                                    .why = "test"};
    int64_t decision = 0;
    OK(f, gaz_store_merge(&f->ctx, f->store, &merge, &decision));
    assert_string_not_equal(told(f, kept), "");
    assert_string_equal(told(f, merged), "");
    OK(f, gaz_store_commit(&f->ctx, f->store));
}

static int64_t keep_record(struct fixture *f, int64_t source, const char *key)
{
    const struct gaz_record record = {.key = key, .verbatim = "{}"};
    int64_t id = 0;
    bool is_new = false;
    OK(f,
       gaz_store_put_record(&f->ctx, f->store, source, &record, &id, &is_new));
    assert_true(is_new);
    return id;
}

static void test_imports(void **state)
{
    struct fixture *f = *state;
    const struct gaz_import_row *rows = NULL;
    const gaz_id *ids = NULL;
    int count = -1;
    int64_t newest = -1;
    OK(f, gaz_import_newest_record(&f->ctx, f->store, &newest));
    assert_int_equal(newest, 0);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const int64_t source = fixture_source(f, "a");
    const struct gaz_place first = road(FIRST, 1);
    const struct gaz_place second = road(SECOND, 1);
    const int64_t one = keep_record(f, source, "1");
    (void)put(f, &first, "1", one);
    const int64_t two = keep_record(f, source, "2");
    const gaz_id id = put(f, &second, "2", two);
    OK(f, gaz_import_newest_record(&f->ctx, f->store, &newest));
    assert_int_equal(newest, two);
    const struct gaz_import_log log = {.source = source,
                                       .file = "x.csv",
                                       .read = 2,
                                       .stored = 1,
                                       .first_record = two,
                                       .last_record = two};
    OK(f, gaz_store_put_import(&f->ctx, f->store, &log));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_import_list(&f->ctx, f->store, &rows, &count));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].source_key, "a");
    assert_string_equal(rows[0].log.file, "x.csv");
    OK(f, gaz_import_brought(&f->ctx, f->store, &rows[0], &ids, &count));
    assert_int_equal(count, 1);
    assert_true(ids[0] == id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test_setup_teardown(test_sources, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_codes, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_merged, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_imports, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
