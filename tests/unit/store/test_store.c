/* Test plan: every struct goes in and comes back equal; candidates by code and
 * by name under the parent; look-ups by code and name; the counts; a rollback
 * leaves every byte; refusals, which leave no half a place. test_put.c has what
 * happens when things are said again. */
#include "tests/unit/store/places.h"

static void test_place_round_trip(void **state)
{
    struct fixture *f = *state;
    struct gaz_name names[3];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    struct gaz_place full = full_place(fixture_source(f, "s"), names);
    const struct gaz_name bare_name = {.text = "乙山"};
    const struct gaz_place bare = {.names = &bare_name, .name_count = 1};
    gaz_id id = 0;
    gaz_id bare_id = 0;
    OK(f, gaz_store_put_place(&f->ctx, f->store, &full, "s", "1", 0, &id));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &bare, "s", "2", 0, &bare_id));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    assert_true(id == gaz_id_make("s", "1", 0));

    struct gaz_place got;
    OK(f, gaz_store_place(&f->ctx, f->store, id, &got));
    assert_place(&got, &full);
    OK(f, gaz_store_place(&f->ctx, f->store, bare_id, &got));
    assert_place(&got, &bare);

    struct gaz_scan *scan;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_PLACES, &scan));
    int count = 0;
    gaz_status status;
    while ((status = gaz_scan_next_place(&f->ctx, scan, &got)) == GAZ_OK) {
        assert_place(&got, got.id == id ? &full : &bare);
        count++;
        gaz_arena_reset(&f->ctx.arena);
    }
    gaz_scan_close(scan);
    assert_status_of(&f->ctx, status, GAZ_END);
    assert_int_equal(count, 2);
}

static void test_other_round_trips(void **state)
{
    struct fixture *f = *state;
    const struct gaz_source source = {0,     "k", "标题", "o", "2023",
                                      "MIT", "c", "u",    "A"};
    const struct gaz_name name = {.text = "丙地"};
    const struct gaz_place place = {.names = &name, .name_count = 1};
    int64_t sid;
    gaz_id id;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_source(&f->ctx, f->store, &source, &sid));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "k", "p", 0, &id));
    const struct gaz_claim claim = {.place = id,
                                    .subject = "p",
                                    .property = "built",
                                    .value = "1717年",
                                    .value_date = "1717",
                                    .source_title = "t",
                                    .source_url = "u",
                                    .grade = "B",
                                    .is_preferred = true,
                                    .source = sid};
    const struct gaz_change change = {.kind = GAZ_CHANGE_SPLIT,
                                      .date = 20090000,
                                      .basis = GAZ_BASIS_DOCUMENT,
                                      .from = id,
                                      .to = 0,
                                      .from_code = "990101",
                                      .to_code = "990102",
                                      .note = "n",
                                      .source = sid};
    const struct gaz_coord points[] = {{121, 30}, {121.5, 30.25}, {122, 31}};
    const struct gaz_line line = {.name = "线",
                                  .code = "990101-990102",
                                  .kind = GAZ_LINE_BOUNDARY,
                                  .level = GAZ_LEVEL_COUNTY,
                                  .is_schematic = true,
                                  .is_synthetic = true,
                                  .points = points,
                                  .point_count = 3,
                                  .left = id,
                                  .source = sid};
    const struct gaz_address address = {
        .text = "甲路1号",
        .parent = id,
        .number = "1号",
        .number_value = 1,
        .tail = "2幢",
        .place = id,
        .status = GAZ_STATUS_PLANNED,
        .valid_from = 20200101,
        .valid_to = 20210101,
        .source = sid,
        .is_synthetic = true,
        .position = {{121.25, 30.5}, GAZ_METHOD_SYNTHETIC, 5, sid}};
    gaz_id aid;
    OK(f, gaz_store_put_claim(&f->ctx, f->store, &claim, 0));
    OK(f, gaz_store_put_change(&f->ctx, f->store, &change, 0));
    OK(f, gaz_store_put_line(&f->ctx, f->store, &line, "l", 0));
    OK(f,
       gaz_store_put_address(&f->ctx, f->store, &address, "k", "a", 0, &aid));
    OK(f, gaz_store_commit(&f->ctx, f->store));

    struct gaz_scan *scan;
    struct gaz_source s;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_SOURCES, &scan));
    OK(f, gaz_scan_next_source(&f->ctx, scan, &s));
    assert_int_equal(s.id, sid);
    assert_text(s.key, "k");
    assert_text(s.title, "标题");
    assert_text(s.origin, "o");
    assert_text(s.edition, "2023");
    assert_text(s.licence, "MIT");
    assert_text(s.credit, "c");
    assert_text(s.url, "u");
    assert_text(s.grade, "A");
    assert_status(gaz_scan_next_source(&f->ctx, scan, &s), GAZ_END);
    gaz_scan_close(scan);

    struct gaz_claim c;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_CLAIMS, &scan));
    OK(f, gaz_scan_next_claim(&f->ctx, scan, &c));
    assert_true(c.place == id && c.is_preferred && c.source == sid);
    assert_text(c.subject, "p");
    assert_text(c.property, "built");
    assert_text(c.value, "1717年");
    assert_text(c.value_date, "1717");
    assert_text(c.source_title, "t");
    assert_text(c.source_url, "u");
    assert_text(c.grade, "B");
    gaz_scan_close(scan);

    struct gaz_change h;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_CHANGES, &scan));
    OK(f, gaz_scan_next_change(&f->ctx, scan, &h));
    assert_true(h.kind == change.kind && h.date == change.date &&
                h.basis == change.basis && h.from == id && h.to == 0 &&
                h.source == sid);
    assert_text(h.from_code, "990101");
    assert_text(h.to_code, "990102");
    assert_text(h.note, "n");
    gaz_scan_close(scan);

    struct gaz_line l;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_LINES, &scan));
    OK(f, gaz_scan_next_line(&f->ctx, scan, &l));
    assert_text(l.name, "线");
    assert_text(l.code, "990101-990102");
    assert_true(l.kind == line.kind && l.level == line.level &&
                l.is_schematic && l.is_synthetic && l.left == id &&
                l.right == 0 && l.source == sid);
    assert_int_equal(l.point_count, 3);
    assert_memory_equal(l.points, points, sizeof(points));
    gaz_scan_close(scan);

    struct gaz_address a;
    OK(f, gaz_store_scan(&f->ctx, f->store, GAZ_SCAN_ADDRESSES, &scan));
    OK(f, gaz_scan_next_address(&f->ctx, scan, &a));
    assert_true(a.id == aid && a.parent == id && a.place == id);
    assert_text(a.text, address.text);
    assert_text(a.number, "1号");
    assert_text(a.tail, "2幢");
    assert_true(a.number_value == 1 && a.status == GAZ_STATUS_PLANNED &&
                a.valid_from == 20200101 && a.valid_to == 20210101 &&
                a.source == sid && a.is_synthetic);
    assert_position(&a.position, &address.position);
    gaz_scan_close(scan);
}

static void test_candidates_and_lookups(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *code;
        const char *parent;
        const char *name;
        const char *key;
    } ROWS[] = {
        {"990101", NULL, "己县", "a"},
        {"990101101", "990101", "己镇", "b"},
        {"990101102", "990101", "庚镇", "c"},
        {"990101101201", "990101101", "山塘村", "d"},
        {"990101102201", "990101102", "山塘村", "e"},
        {NULL, NULL, "山塘村", "f"},
    };
    gaz_id ids[COUNT(ROWS)];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const struct gaz_name name = {.text = ROWS[i].name};
        const struct gaz_place place =
            fixture_village(ROWS[i].code, ROWS[i].parent, &name);
        OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", ROWS[i].key,
                                  0, &ids[i]));
    }
    const struct gaz_name name = {.text = "山塘村"};
    static const struct {
        const char *label;
        const char *code;
        const char *parent;
        int want; /* set of rows */
    } CASES[] = {
        {"by name under the parent", NULL, "990101101", 1 << 3},
        {"by name and by another code", "990101102", "990101102",
         1 << 4 | 1 << 2},
        {"by name, both without a parent", NULL, NULL, 1 << 5},
        {"a parent that is not known", NULL, "999999", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        const struct gaz_place asked =
            fixture_village(CASES[i].code, CASES[i].parent, &name);
        struct gaz_places found;
        OK(f, gaz_store_candidates(&f->ctx, f->store, &asked, &found));
        int got = 0;
        for (int c = 0; c < found.count; c++)
            for (size_t r = 0; r < COUNT(ROWS); r++)
                if (found.items[c].id == ids[r])
                    got |= 1 << r;
        assert_int_equal(got, CASES[i].want);
        for (int c = 1; c < found.count; c++)
            assert_true(found.items[c - 1].id < found.items[c].id);
    }
    struct gaz_place got;
    OK(f,
       gaz_store_place_by_name(&f->ctx, f->store, "山塘村", ids[2], 0, &got));
    assert_true(got.id == ids[4]);
    gaz_id first = ids[3] < ids[4] ? ids[3] : ids[4];
    OK(f, gaz_store_place_by_name(&f->ctx, f->store, "山塘村", ids[0],
                                  GAZ_CATEGORY_VILLAGE, &got));
    assert_true(got.id == first);
    assert_status(gaz_store_place_by_name(&f->ctx, f->store, "山塘村", ids[0],
                                          GAZ_CATEGORY_ROAD, &got),
                  GAZ_NOT_FOUND);
    assert_status(gaz_store_place_by_code(&f->ctx, f->store, "1", &got),
                  GAZ_NOT_FOUND);
    assert_status(gaz_store_place(&f->ctx, f->store, 12345, &got),
                  GAZ_NOT_FOUND);
}

static void test_code_prefers_the_current_body(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name old_name = {.text = "辛公社"};
    const struct gaz_name new_name = {.text = "辛镇"};
    struct gaz_place old = fixture_village("990101101", NULL, &old_name);
    struct gaz_place now = fixture_village("990101101", NULL, &new_name);
    old.status = GAZ_STATUS_HISTORICAL;
    old.valid_to = 20090000;
    now.valid_from = 20090000;
    gaz_id ids[2];
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &old, "s", "o", 0, &ids[0]));
    OK(f, gaz_store_put_place(&f->ctx, f->store, &now, "s", "n", 0, &ids[1]));
    struct gaz_place got;
    OK(f, gaz_store_place_by_code(&f->ctx, f->store, "990101101", &got));
    assert_true(got.id == ids[1]);
}

static void test_rollback_leaves_every_byte(void **state)
{
    struct fixture *f = *state;
    struct gaz_name names[3];
    gaz_id id;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    struct gaz_place place = full_place(fixture_source(f, "s"), names);
    OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &id));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    int64_t before = fixture_dump(f);

    for (int i = 0; i < 2; i++) {
        CASE(i ? "begin again rolls back" : "rollback");
        OK(f, gaz_store_begin(&f->ctx, f->store));
        place.id = id;
        place.name_count = 1;
        place.meaning = "别的";
        OK(f, gaz_store_put_place(&f->ctx, f->store, &place, "s", "1", 0, &id));
        place.id = 0;
        gaz_id other;
        OK(f,
           gaz_store_put_place(&f->ctx, f->store, &place, "s", "2", 0, &other));
        assert_true(fixture_dump(f) != before);
        if (i)
            OK(f, gaz_store_begin(&f->ctx, f->store));
        OK(f, gaz_store_rollback(&f->ctx, f->store));
        assert_true(fixture_dump(f) == before);
    }
    OK(f, gaz_store_rollback(&f->ctx, f->store)); /* nothing open: fine */
}

static void test_refusals(void **state)
{
    struct fixture *f = *state;
    const struct gaz_name name = {.text = "丑"};
    const struct gaz_name empty = {.text = ""};
    struct gaz_name many[GAZ_NAMES_MAX + 1];
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = name;
    const struct {
        const char *label;
        struct gaz_place place;
        gaz_status want;
    } CASES[] = {
        {"no name", {.name_count = 0}, GAZ_INVALID},
        {"empty name", {.names = &empty, .name_count = 1}, GAZ_INVALID},
        {"too many names",
         {.names = many, .name_count = GAZ_NAMES_MAX + 1},
         GAZ_LIMIT},
        {"as many as may be",
         {.names = many, .name_count = GAZ_NAMES_MAX},
         GAZ_OK},
        {"parent that is not there",
         {.names = &name, .name_count = 1, .parent = 99},
         GAZ_INVALID},
        {"position off the globe",
         {.names = &name,
          .name_count = 1,
          .position = {{200, 30}, GAZ_METHOD_SURVEYED, 1, 0}},
         GAZ_INVALID},
        {"area that is no geometry",
         {.names = &name, .name_count = 1, .area_wkb = "abc", .area_size = 3},
         GAZ_INVALID},
        {"source that is not there",
         {.names = &name,
          .name_count = 1,
          .position = {{121, 30}, GAZ_METHOD_SURVEYED, 1, 77}},
         GAZ_INVALID},
    };
    gaz_id id = 42;
    assert_status(gaz_store_put_place(&f->ctx, f->store, &CASES[3].place, "s",
                                      "x", 0, &id),
                  GAZ_INVALID); /* outside of a transaction */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        gaz_ctx_next(&f->ctx);
        OK(f, gaz_store_begin(&f->ctx, f->store));
        gaz_id out = 42;
        assert_status_of(&f->ctx,
                         gaz_store_put_place(&f->ctx, f->store, &CASES[i].place,
                                             "s", "x", 0, &out),
                         CASES[i].want);
        if (CASES[i].want != GAZ_OK) {
            assert_true(out == 42); /* left as it was, and no half a place */
            assert_int_equal(fixture_number(f, "SELECT count(*) FROM place"),
                             0);
            assert_int_equal(fixture_number(f, "SELECT count(*) FROM journal"),
                             0);
        }
        OK(f, gaz_store_rollback(&f->ctx, f->store));
    }
    const struct gaz_coord one = {121, 30};
    const struct gaz_line line = {
        .kind = GAZ_LINE_COAST, .points = &one, .point_count = 1};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    assert_status(gaz_store_put_line(&f->ctx, f->store, &line, "k", 0),
                  GAZ_INVALID);
}

static void test_issues_and_status(void **state)
{
    struct fixture *f = *state;
    const struct gaz_issue issue = {.rule = "C02",
                                    .severity = 1,
                                    .message = "甲",
                                    .message_en = "a",
                                    .column = "code"};
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_store_put_issue(&f->ctx, f->store, 0, 7, &issue));
    OK(f, gaz_store_put_issue(&f->ctx, f->store, 0, 7, &issue));
    OK(f, gaz_store_put_issue(&f->ctx, f->store, 0, 8, &issue));
    const struct gaz_import_log log = {.source = fixture_source(f, "s"),
                                       .file = "f.csv",
                                       .read = 3,
                                       .stored = 2,
                                       .rejected = 1};
    OK(f, gaz_store_put_import(&f->ctx, f->store, &log));
    struct gaz_store_status status;
    OK(f, gaz_store_status_read(&f->ctx, f->store, &status));
    assert_int_equal(status.issues_open, 2);
    assert_int_equal(status.sources, 1);
    assert_int_equal(status.places, 0);
    assert_int_equal(status.journal_entries, 0);
    assert_int_equal(status.schema_version, 3);
    assert_int_equal(fixture_number(f, "SELECT read FROM import_log"), 3);
}

int main(void)
{
#define CASE_OF(test)                                                          \
    cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        CASE_OF(test_place_round_trip),
        CASE_OF(test_other_round_trips),
        CASE_OF(test_candidates_and_lookups),
        CASE_OF(test_code_prefers_the_current_body),
        CASE_OF(test_rollback_leaves_every_byte),
        CASE_OF(test_refusals),
        CASE_OF(test_issues_and_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
