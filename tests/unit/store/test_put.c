/* Test plan: putting the same again writes no journal; a part that changes
 * writes only its row; the journal says before and after; codes keep their
 * history; orphans find a parent that comes later; records and sources said
 * again; look-ups by record and merged id; address twins; claims and changes
 * that are said again; ids avoid what is taken. */
#include "tests/unit/store/places.h"

static void test_only_what_differs(void **state)
{
    struct fixture *f = *state;
    struct gaz_name names[3];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    struct gaz_place place = full_place(fixture_source(f, "s"), names);
    OK(f,
       gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &place.id));
    assert_string_equal(journal_since(f, 0), "division:I1 name:I3 place:I1 "
                                             "place_area:I1 place_code:I1");
    static const char *const LABELS[] = {
        "nothing",   "position", "one name", "names swapped",
        "name gone", "code",     "no area",  "no level"};
    static const char *const WANT[] = {"",
                                       "place:U1",
                                       "name:U1",
                                       "name:U2",
                                       "name:D1",
                                       "place:U1 place_code:I1",
                                       "place_area:D1",
                                       "division:D1"};
    for (size_t i = 0; i < COUNT(LABELS); i++) {
        CASE(LABELS[i]);
        struct gaz_name swap = names[1];
        switch (i) {
        case 1:
            place.position.coord.lon += 1e-7;
            break;
        case 2:
            names[1].valid_to = 20171031;
            break;
        case 3:
            names[1] = names[2];
            names[2] = swap;
            break;
        case 4:
            place.name_count = 2;
            break;
        case 5:
            place.code = "990101102201";
            break;
        case 6:
            place.area_wkb = NULL;
            place.area_size = 0;
            place.area_is_schematic = false;
            break;
        case 7:
            place.level = GAZ_LEVEL_NONE;
            place.is_statistical = false;
            break;
        default:
            break;
        }
        int64_t before = last_seq(f);
        OK(f, gaz_store_put_place(&f->ctx, f->store, &place, NULL, NULL, 0,
                                  &place.id));
        assert_string_equal(journal_since(f, before), WANT[i]);
        struct gaz_place got;
        OK(f, gaz_store_place(&f->ctx, f->store, place.id, &got));
        assert_place(&got, &place);
    }
    /* both codes still lead to the place */
    struct gaz_place got;
    OK(f, gaz_store_place_by_code(&f->ctx, f->store, "990101101201", &got));
    assert_true(got.id == place.id);
}

static void test_journal_says_before_and_after(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name name = {.text = "丁桥"};
    struct gaz_place place = {.names = &name, .name_count = 1, .meaning = "甲"};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f,
       gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &place.id));
    place.meaning = "乙";
    OK(f,
       gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &place.id));
    assert_int_equal(
        fixture_number(f, "SELECT count(*) FROM journal WHERE tab = 'place'"
                          " AND op = 'I' AND before IS NULL"
                          " AND after ->> 'meaning' = '甲'"),
        1);
    assert_int_equal(
        fixture_number(f, "SELECT count(*) FROM journal WHERE tab = 'place'"
                          " AND op = 'U' AND before ->> 'meaning' = '甲'"
                          " AND after ->> 'meaning' = '乙' AND about = row"),
        1);
}

static void test_orphans_find_their_parent(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name village_name = {.text = "戊村"};
    const struct gaz_name town_name = {.text = "戊镇"};
    const struct gaz_place village =
        fixture_village("990101101201", "990101101", &village_name);
    const struct gaz_place town = {.code = "990101101",
                                   .level = GAZ_LEVEL_TOWN,
                                   .names = &town_name,
                                   .name_count = 1};
    gaz_id id;
    gaz_id town_id;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &village, "s", "v", 0, &id));
    struct gaz_place got;
    OK(f, gaz_store_place(&f->ctx, f->store, id, &got));
    assert_true(got.parent == 0);
    assert_text(got.parent_code, "990101101");
    OK(f, gaz_store_put_place(&f->ctx, f->store, &town, "s", "t", 0, &town_id));
    OK(f, gaz_store_place(&f->ctx, f->store, id, &got));
    assert_true(got.parent == town_id);
    assert_text(got.parent_code, "990101101");
    /* said again with the code only, it stays where it is */
    int64_t before = last_seq(f);
    OK(f, gaz_store_put_place(&f->ctx, f->store, &village, "s", "v", 0, &id));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &got, "s", "v", 0, &id));
    assert_string_equal(journal_since(f, before), "");
}

static void test_records(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    int64_t s1 = fixture_source(f, "one");
    int64_t s2 = fixture_source(f, "two");
    const struct {
        const char *label;
        int64_t source;
        struct gaz_record record;
        bool is_new;
    } CASES[] = {
        {"first", s1, a_record("k", "{\"a\":1}"), true},
        {"the same again", s1, a_record("k", "{\"a\":1}"), false},
        {"other bytes", s1, a_record("k", "{\"a\":2}"), true},
        {"the first bytes again", s1, a_record("k", "{\"a\":1}"), false},
        {"another source", s2, a_record("k", "{\"a\":1}"), true},
        {"another key", s1, a_record("l", "{\"a\":1}"), true},
    };
    int64_t first = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int64_t id = 0;
        bool is_new = false;
        OK(f, gaz_store_put_record(&f->ctx, f->store, CASES[i].source,
                                   &CASES[i].record, &id, &is_new));
        assert_int_equal(is_new, CASES[i].is_new);
        if (i == 0)
            first = id;
        if (i == 1 || i == 3)
            assert_int_equal(id, first);
    }
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM record"), 4);

    const struct gaz_name name = {.text = "壬村"};
    const struct gaz_place place = {.names = &name, .name_count = 1};
    gaz_id id;
    OK(f,
       gaz_store_put_place(&f->ctx, f->store, &place, "one", "k", first, &id));
    struct gaz_place got;
    OK(f, gaz_store_place_by_record(&f->ctx, f->store, "k", &got));
    assert_true(got.id == id);
    assert_status(gaz_store_place_by_record(&f->ctx, f->store, "l", &got),
                  GAZ_NOT_FOUND);
}

static void test_source_edition(void **state)
{
    struct fixture *f = *state;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    struct gaz_source source = {.key = "k", .edition = "2022"};
    int64_t first;
    int64_t second;
    OK(f, gaz_store_put_source(&f->ctx, f->store, &source, &first));
    fixture_source(f, "other");
    source.edition = "2023";
    OK(f, gaz_store_put_source(&f->ctx, f->store, &source, &second));
    assert_int_equal(first, second);
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM source"
                                       " WHERE edition = '2023'"),
                     1);
}

static void test_address_twins(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name name = {.text = "一路"};
    const struct gaz_place road = {.names = &name, .name_count = 1};
    gaz_id parent;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &road, "s", "r", 0, &parent));
    struct gaz_address address = {
        .text = "甲镇一路1号",
        .parent = parent,
        .number = "1号",
        .number_value = 1,
        .tail = "",
        .valid_from = 20200101,
        .position = {{121, 30}, GAZ_METHOD_DERIVED, 50, 0}};
    gaz_id first;
    gaz_id id;
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, &address, "s", "1", 0, &first));
    int64_t before = last_seq(f);
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, &address, "s2", "9", 0, &id));
    assert_true(id == first);
    assert_string_equal(journal_since(f, before), "");

    address.position = (struct gaz_position){{122, 31}, 1, 100, 0};
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, &address, "s2", "9", 0, &id));
    assert_string_equal(journal_since(f, before), ""); /* not better: 100 m */
    address.position.accuracy_m = 5;
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, &address, "s2", "9", 0, &id));
    assert_string_equal(journal_since(f, before), "address:U1");
    assert_true(id == first);

    address.tail = "2幢";
    OK(f, gaz_store_put_address(&f->ctx, f->store, &address, "s", "2", 0, &id));
    assert_true(id != first);
    /* the same record, another text: another thing with an id of its own */
    address.text = "甲镇二路7号";
    OK(f, gaz_store_put_address(&f->ctx, f->store, &address, "s", "2", 0, &id));
    assert_true(id == gaz_id_make("s", "2", 1));
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM address"), 3);
}

static void test_ids_avoid_what_is_taken(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name a = {.text = "甲"};
    const struct gaz_name b = {.text = "乙"};
    struct gaz_place place = {.names = &a, .name_count = 1};
    gaz_id ids[3];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &ids[0]));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &ids[1]));
    assert_true(ids[1] == ids[0]); /* same record, same name: same thing */
    place.names = &b;
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &ids[1]));
    assert_true(ids[1] == gaz_id_make("s", "1", 1));
    /* an id that was merged away is never given again */
    OK(f, gaz_sqlite_exec(
              &f->ctx, f->store->db,
              gaz_arena_printf(&f->ctx.arena,
                               "INSERT INTO redirect (merged, kept) VALUES"
                               " (%lld, %lld)",
                               (long long)gaz_id_make("s", "2", 0),
                               (long long)ids[0])));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "2", 0, &ids[2]));
    assert_true(ids[2] == gaz_id_make("s", "2", 1));

    struct gaz_place got;
    OK(f, gaz_store_place(&f->ctx, f->store, gaz_id_make("s", "2", 0), &got));
    assert_true(got.id == ids[0]);
    struct gaz_scan *scan;
    struct gaz_redirect redirect;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_REDIRECTS, &scan));
    OK(f, gaz_scan_next_redirect(&f->ctx, scan, &redirect));
    assert_true(redirect.merged == gaz_id_make("s", "2", 0) &&
                redirect.kept == ids[0]);
    assert_status(gaz_scan_next_redirect(&f->ctx, scan, &redirect), GAZ_END);
    gaz_scan_close(scan);
}

static void test_claims(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name name = {.text = "癸炮台"};
    const struct gaz_place place = {
        .code = "990101101001", .names = &name, .name_count = 1};
    gaz_id id;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    int64_t source = fixture_source(f, "s");
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "p", 0, &id));
    struct gaz_claim claim = {.subject = "990101101001",
                              .property = "built",
                              .value = "1717",
                              .source_title = "甲志"};
    OK(f, gaz_store_put_claim(&f->ctx, f->store, &claim, 0));
    OK(f, gaz_store_put_claim(&f->ctx, f->store, &claim, 0));
    claim.value = "1729";
    claim.source_title = "乙志";
    OK(f, gaz_store_put_claim(&f->ctx, f->store, &claim, 0));
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM claim"), 2);

    /* a new edition of the same row corrects its own claim */
    for (int i = 0; i < 2; i++) {
        const struct gaz_record record = a_record("c", i ? "{}" : "{\"a\":0}");
        int64_t rid;
        bool is_new;
        OK(f, gaz_store_put_record(&f->ctx, f->store, source, &record, &rid,
                                   &is_new));
        claim.property = "designation";
        claim.value = i ? "全国重点文物保护单位（第七批）" : "省级文物保护单位";
        OK(f, gaz_store_put_claim(&f->ctx, f->store, &claim, rid));
        assert_int_equal(fixture_number(f, "SELECT count(*) FROM claim"), 3);
        assert_int_equal(
            fixture_number(f, i ? "SELECT batch FROM heritage WHERE"
                                  " grade = 'national'"
                                : "SELECT count(*) FROM heritage WHERE"
                                  " grade = 'province' AND batch = 0"),
            i ? 7 : 1);
    }
    claim.subject = "nobody";
    assert_status(gaz_store_put_claim(&f->ctx, f->store, &claim, 0),
                  GAZ_NOT_FOUND);
}

static void test_changes_find_later_places(void **state)
{
    struct fixture *f = *state;
    const struct gaz_change change = {.kind = GAZ_CHANGE_MERGE,
                                      .date = 20090000,
                                      .from_code = "990101104",
                                      .to_code = "990101108"};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_change(&f->ctx, f->store, &change, 0));
    OK(f, gaz_store_put_change(&f->ctx, f->store, &change, 0));
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM change"), 1);
    const struct gaz_name name = {.text = "子镇"};
    const struct gaz_place town = fixture_village("990101108", NULL, &name);
    gaz_id id;
    OK(f, gaz_store_put_place(&f->ctx, f->store, &town, "s", "t", 0, &id));
    struct gaz_scan *scan;
    struct gaz_change got;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_CHANGES, &scan));
    OK(f, gaz_scan_next_change(&f->ctx, scan, &got));
    gaz_scan_close(scan);
    assert_true(got.to == id && got.from == 0);
}

int main(void)
{
#define CASE_OF(test)                                                          \
    cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        CASE_OF(test_only_what_differs),
        CASE_OF(test_journal_says_before_and_after),
        CASE_OF(test_orphans_find_their_parent),
        CASE_OF(test_records),
        CASE_OF(test_source_edition),
        CASE_OF(test_address_twins),
        CASE_OF(test_ids_avoid_what_is_taken),
        CASE_OF(test_claims),
        CASE_OF(test_changes_find_later_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
