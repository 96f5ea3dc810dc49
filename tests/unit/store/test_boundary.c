/* Test plan: a line, its markers with surveys, objects and photos, its points
 * and inspections come back as they were put, positions to the last bit; the
 * same again writes nothing; grammars, sections and editions choose; an older
 * inspection does not undo a newer; a repair needs a witness; a submission
 * keeps its bytes and the same one twice is one; pages of a harvest, fresh ones
 * before those of the last; checks newest first; rows of schema 5 are kept.
 * Every name and number is made up. */
#include "tests/unit/store/fixture.h"

#include "gazetteer/store/boundary.h"
#include "gazetteer/store/migrate.h"

static const struct gaz_coord POINTS[] = {
    {121.0123456789, 30.7123456789},
    {121.0223456781, 30.7133456782},
    {121.0323456783, 30.7103456784},
};

static struct gaz_boundary_line a_line(void)
{
    return (struct gaz_boundary_line){
        .code = "9899",
        .section = "",
        .edition = "1",
        .name = "合成界线",
        .level = 3,
        .sides = {"980001", "990001"},
        .own = 'B',
        .left = "980001",
        .agreement = "合成〔2000〕1号",
        .agreed_on = 20000101,
        .legal_text = "从9899001号界桩起，边界线向东……",
        .status = GAZ_BOUNDARY_AGREED,
        .map_scale = 10000,
        .is_synthetic = true,
        .points = POINTS,
        .point_count = COUNT(POINTS),
    };
}

static int64_t put_line(struct fixture *f, const struct gaz_boundary_line *line)
{
    int64_t id = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_boundary_put_line(&f->ctx, f->store, line, &id));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    assert_true(id > 0);
    return id;
}

static const struct gaz_boundary_fix FIXES[] = {
    {.at = {121.0123456, 30.7123456}, .on = 20010501, .by = "甲"},
    {.at = {121.0123457001, 30.7123456002},
     .has_height = true,
     .height_m = 3.217,
     .accuracy_m = 0.02,
     .height_accuracy_m = 0.03,
     .on = 20230901,
     .method = "GNSS RTK",
     .by = "甲"},
};
static const struct gaz_boundary_object OBJECTS[] = {
    {"桥头", 227.166666, 15.3},
    {"水闸", 0, 40},
    {"电杆", 359.9, 8.25},
};
static const struct gaz_boundary_photo PHOTOS[] = {
    {.ref = "9899001Q-1.jpg", .sha256 = "00ff", .on = 20230901},
};

static struct gaz_boundary_marker a_marker(const char *code)
{
    return (struct gaz_boundary_marker){
        .code = code,
        .material = "石",
        .place = {"甲村", "乙村"},
        .has_agreed = true,
        .agreed = {.at = {121.01234567891, 30.71234567891},
                   .has_height = true,
                   .height_m = 3.2,
                   .accuracy_m = 1,
                   .on = 20000101},
        .fixes = FIXES,
        .fix_count = COUNT(FIXES),
        .objects = OBJECTS,
        .object_count = COUNT(OBJECTS),
        .photos = PHOTOS,
        .photo_count = COUNT(PHOTOS),
        .manager = "980001",
        .condition = "完好",
        .inspected_on = 20230901,
        .set_on = 19991201,
        .note = "合成",
        .next_distance_m = 512.25,
        .next_azimuth_deg = 91.5,
        .course = "向东至9899002A",
    };
}

static int64_t put_marker(struct fixture *f, int64_t line,
                          const struct gaz_boundary_marker *marker)
{
    int64_t id = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_boundary_put_marker(&f->ctx, f->store, line, marker, &id));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    return id;
}

static void test_line(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    struct gaz_boundary_line got;
    const int64_t id = put_line(f, &line);
    OK(f, gaz_boundary_find_line(&f->ctx, f->store, "9899", NULL, &got));
    assert_int_equal(got.id, id);
    assert_string_equal(got.name, line.name);
    assert_string_equal(got.sides[1], "990001");
    assert_int_equal(got.own, 'B');
    assert_string_equal(got.legal_text, line.legal_text);
    assert_int_equal(got.agreed_on, 20000101);
    assert_true(got.is_synthetic && !got.is_schematic);
    assert_int_equal(got.point_count, COUNT(POINTS));
    assert_memory_equal(got.points, POINTS, sizeof(POINTS));

    CASE("the same again writes nothing");
    const int64_t before = fixture_dump(f);
    assert_int_equal(put_line(f, &line), id);
    assert_true(fixture_dump(f) == before);

    CASE("a newer edition is found first");
    struct gaz_boundary_line newer = line;
    newer.edition = "2";
    newer.status = GAZ_BOUNDARY_DISPUTED;
    const int64_t second = put_line(f, &newer);
    OK(f, gaz_boundary_find_line(&f->ctx, f->store, "9899", "", &got));
    assert_int_equal(got.id, second);
    assert_int_equal(got.status, GAZ_BOUNDARY_DISPUTED);
}

static void test_sections(void **state)
{
    struct fixture *f = *state;
    struct gaz_boundary_line line = a_line();
    struct gaz_boundary_line got;
    line.section = "s1";
    put_line(f, &line);
    OK(f, gaz_boundary_find_line(&f->ctx, f->store, "9899", NULL, &got));
    line.section = "s2";
    put_line(f, &line);
    assert_status(gaz_boundary_find_line(&f->ctx, f->store, "9899", NULL, &got),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&f->ctx), "--section"));
    gaz_ctx_next(&f->ctx);
    OK(f, gaz_boundary_find_line(&f->ctx, f->store, "9899", "s2", &got));
    assert_string_equal(got.section, "s2");
    assert_status(gaz_boundary_find_line(&f->ctx, f->store, "0000", NULL, &got),
                  GAZ_NOT_FOUND);
    assert_non_null(strstr(gaz_ctx_failure(&f->ctx), "9899/s1"));
}

static void test_refused_lines(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *label;
        const char *code;
        const char *a;
        const char *b;
        int level;
        const char *grammar;
    } CASES[] = {
        {"no code", "", "1", "2", 1, ""},
        {"no side", "9899", "1", "", 1, ""},
        {"sides exchanged", "9899", "2", "1", 1, ""},
        {"the level of a village", "9899", "1", "2", 5, ""},
        {"a grammar that is none", "9899", "1", "2", 1, "^(x"},
    };
    OK(f, gaz_store_begin(&f->ctx, f->store));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_boundary_line line = a_line();
        int64_t id = 0;
        line.code = CASES[i].code;
        line.sides[0] = CASES[i].a;
        line.sides[1] = CASES[i].b;
        line.level = CASES[i].level;
        line.marker_grammar = CASES[i].grammar;
        assert_status(gaz_boundary_put_line(&f->ctx, f->store, &line, &id),
                      GAZ_INVALID);
        gaz_ctx_next(&f->ctx);
    }
    OK(f, gaz_store_rollback(&f->ctx, f->store));
}

static void assert_marker(const struct gaz_boundary_marker *got,
                          const struct gaz_boundary_marker *want)
{
    assert_string_equal(got->code, want->code);
    assert_string_equal(got->material, "石");
    assert_string_equal(got->place[1], "乙村");
    assert_memory_equal(&got->agreed.at, &want->agreed.at,
                        sizeof(got->agreed.at));
    assert_int_equal(got->fix_count, COUNT(FIXES));
    for (size_t i = 0; i < COUNT(FIXES); i++) {
        assert_memory_equal(&got->fixes[i].at, &FIXES[i].at,
                            sizeof(FIXES[i].at));
        assert_int_equal(got->fixes[i].on, FIXES[i].on);
        assert_int_equal(got->fixes[i].has_height, FIXES[i].has_height);
        assert_near(got->fixes[i].height_m, FIXES[i].height_m, 0);
    }
    assert_string_equal(got->fixes[1].method, "GNSS RTK");
    assert_int_equal(got->object_count, COUNT(OBJECTS));
    for (size_t i = 0; i < COUNT(OBJECTS); i++) {
        assert_string_equal(got->objects[i].name, OBJECTS[i].name);
        assert_near(got->objects[i].azimuth_deg, OBJECTS[i].azimuth_deg, 0);
    }
    assert_int_equal(got->photo_count, 1);
    assert_string_equal(got->photos[0].ref, PHOTOS[0].ref);
    assert_near(got->next_distance_m, 512.25, 0);
    assert_int_equal(got->set_on, 19991201);
    assert_string_equal(got->course, "向东至9899002A");
}

static void test_markers(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    const int64_t id = put_line(f, &line);
    const struct gaz_boundary_marker first = a_marker("9899001Q");
    const struct gaz_boundary_marker second = a_marker("9899002A");
    struct gaz_boundary_markers got;
    put_marker(f, id, &second);
    put_marker(f, id, &first);
    OK(f, gaz_boundary_markers(&f->ctx, f->store, id, &got));
    assert_int_equal(got.count, 2);
    assert_marker(&got.items[0], &first);
    assert_marker(&got.items[1], &second);
    assert_string_equal(got.items[0].type, "Q");
    assert_string_equal(got.items[1].type, "A");

    CASE("the same again writes nothing");
    const int64_t before = fixture_dump(f);
    put_marker(f, id, &first);
    assert_true(fixture_dump(f) == before);

    CASE("a later survey is added; a lost object is gone");
    const struct gaz_boundary_fix later = {.at = {121.01, 30.71},
                                           .on = 20280901};
    struct gaz_boundary_marker changed = first;
    changed.fixes = &later;
    changed.fix_count = 1;
    changed.object_count = 1;
    put_marker(f, id, &changed);
    OK(f, gaz_boundary_markers(&f->ctx, f->store, id, &got));
    assert_int_equal(got.items[0].fix_count, COUNT(FIXES) + 1);
    assert_int_equal(got.items[0].fixes[2].on, 20280901);
    assert_int_equal(got.items[0].object_count, 1);
    assert_int_equal(got.items[1].object_count, COUNT(OBJECTS));
}

static void test_grammar(void **state)
{
    struct fixture *f = *state;
    struct gaz_boundary_line line = a_line();
    static const struct {
        const char *label;
        const char *grammar;
        const char *code;
        gaz_status want;
    } CASES[] = {
        {"the standard's", "", "9899001Q", GAZ_OK},
        {"a type it has not", "", "9899001X", GAZ_INVALID},
        {"too long", "", "98990011Q", GAZ_INVALID},
        {"none", "", "", GAZ_INVALID},
        {"a county's own", "^JX[0-9]{2}-[0-9]{3}$", "JX01-007", GAZ_OK},
        {"the standard's there", "^JX[0-9]{2}-[0-9]{3}$", "9899001Q",
         GAZ_INVALID},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        line.marker_grammar = CASES[i].grammar;
        const int64_t id = put_line(f, &line);
        const struct gaz_boundary_marker marker = a_marker(CASES[i].code);
        int64_t row = 0;
        OK(f, gaz_store_begin(&f->ctx, f->store));
        assert_status(
            gaz_boundary_put_marker(&f->ctx, f->store, id, &marker, &row),
            CASES[i].want);
        gaz_ctx_next(&f->ctx);
        OK(f, gaz_store_rollback(&f->ctx, f->store));
    }
}

static void test_points(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    const int64_t id = put_line(f, &line);
    const struct gaz_boundary_point point = {.kind = GAZ_BOUNDARY_TRIPOINT,
                                             .code = "979899001S",
                                             .name = "合成交会点",
                                             .lines = "9798 9799 9899",
                                             .fix = FIXES[1]};
    struct gaz_boundary_points got;
    int64_t row = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_boundary_put_point(&f->ctx, f->store, id, &point, &row));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_boundary_points(&f->ctx, f->store, id, &got));
    assert_int_equal(got.count, 1);
    assert_int_equal(got.items[0].kind, GAZ_BOUNDARY_TRIPOINT);
    assert_string_equal(got.items[0].lines, point.lines);
    assert_memory_equal(&got.items[0].fix.at, &FIXES[1].at,
                        sizeof(FIXES[1].at));
}

static gaz_status put_inspection(struct fixture *f, int64_t line, gaz_date on,
                                 const struct gaz_boundary_visit *visit)
{
    const struct gaz_boundary_inspection inspection = {.round = "5",
                                                       .from = on,
                                                       .parties = "甲、乙",
                                                       .visits = visit,
                                                       .visit_count = 1};
    int64_t id = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    const gaz_status status =
        gaz_boundary_put_inspection(&f->ctx, f->store, line, &inspection, &id);
    if (status == GAZ_OK)
        OK(f, gaz_store_commit(&f->ctx, f->store));
    else
        OK(f, gaz_store_rollback(&f->ctx, f->store));
    return status;
}

static void test_inspections(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    const int64_t id = put_line(f, &line);
    const struct gaz_boundary_marker marker = a_marker("9899001Q");
    struct gaz_boundary_visit visit = {
        .marker = "9899001Q", .condition = "倾斜", .finding = "基础松动"};
    struct gaz_boundary_inspections got;
    struct gaz_boundary_markers markers;
    put_marker(f, id, &marker);
    OK(f, put_inspection(f, id, 20240301, &visit));
    OK(f, gaz_boundary_markers(&f->ctx, f->store, id, &markers));
    assert_string_equal(markers.items[0].condition, "倾斜");
    assert_int_equal(markers.items[0].inspected_on, 20240301);

    CASE("an older one that is put later does not count");
    visit.condition = "破损";
    OK(f, put_inspection(f, id, 20190301, &visit));
    OK(f, gaz_boundary_markers(&f->ctx, f->store, id, &markers));
    assert_string_equal(markers.items[0].condition, "倾斜");

    CASE("a repair needs the other side present");
    visit.repair = "扶正";
    visit.repaired = "A";
    visit.repaired_on = 20240401;
    assert_status(put_inspection(f, id, 20250301, &visit), GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&f->ctx), "witness"));
    gaz_ctx_next(&f->ctx);
    visit.witness = "乙方代表";
    OK(f, put_inspection(f, id, 20250301, &visit));

    CASE("a marker that the line has not");
    visit.marker = "9899777Q";
    assert_status(put_inspection(f, id, 20260301, &visit), GAZ_INVALID);
    gaz_ctx_next(&f->ctx);

    OK(f, gaz_boundary_inspections(&f->ctx, f->store, id, &got));
    assert_int_equal(got.count, 3);
    assert_int_equal(got.items[0].from, 20190301);
    assert_string_equal(got.items[2].visits[0].witness, "乙方代表");
}

static struct gaz_boundary_submission
a_submission(const struct gaz_boundary_part *parts, size_t count,
             unsigned char mark)
{
    struct gaz_boundary_submission s = {.side = 'A',
                                        .name = "line.shp",
                                        .crs = "EPSG:4549",
                                        .lines = 1,
                                        .who = "测试",
                                        .parts = parts,
                                        .part_count = count};
    memset(s.sha256, mark, sizeof(s.sha256));
    return s;
}

static int64_t put_submission(struct fixture *f, int64_t line,
                              const struct gaz_boundary_submission *submission,
                              bool is_new)
{
    int64_t id = 0;
    bool fresh = !is_new;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_boundary_put_submission(&f->ctx, f->store, line, submission, &id,
                                      &fresh));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    assert_int_equal(fresh, is_new);
    return id;
}

static void test_submissions(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    const int64_t id = put_line(f, &line);
    static const char BYTES[] = "a\0b\xff";
    const struct gaz_boundary_part parts[] = {
        {.name = "line.shp", .bytes = BYTES, .size = sizeof(BYTES)},
        {.name = "line.dbf", .bytes = "x", .size = 1, .etag = "\"1\""},
    };
    struct gaz_boundary_submission s = a_submission(parts, 2, 1);
    struct gaz_boundary_submissions list;
    struct gaz_boundary_submission got;
    const int64_t first = put_submission(f, id, &s, true);
    assert_int_equal(put_submission(f, id, &s, false), first);

    CASE("the same bytes in another system are another submission");
    s.crs = "EPSG:4528";
    const int64_t second = put_submission(f, id, &s, true);
    assert_true(second != first);

    OK(f, gaz_boundary_submissions(&f->ctx, f->store, id, 'A', &list));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].id, second);
    OK(f, gaz_boundary_submissions(&f->ctx, f->store, id, 'B', &list));
    assert_int_equal(list.count, 0);

    OK(f, gaz_boundary_submission(&f->ctx, f->store, first, &got));
    assert_string_equal(got.crs, "EPSG:4549");
    assert_int_equal(got.part_count, 2);
    assert_int_equal(got.parts[0].size, sizeof(BYTES));
    assert_memory_equal(got.parts[0].bytes, BYTES, sizeof(BYTES));
    assert_string_equal(got.parts[1].etag, "\"1\"");
    assert_status(gaz_boundary_submission(&f->ctx, f->store, 999, &got),
                  GAZ_NOT_FOUND);

    CASE("the journal has the digest, never the bytes");
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM journal"
                                       " WHERE after LIKE"
                                       " '%\"sha256\":\"0101%'"),
                     2);
    assert_int_equal(fixture_number(f, "SELECT count(*) FROM journal"
                                       " WHERE tab = 'boundary_part'"),
                     0);
}

static void test_pages(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    const int64_t id = put_line(f, &line);
    const struct gaz_boundary_part page = {
        .name = "https://n/1", .bytes = "old", .size = 3, .etag = "\"o\""};
    const struct gaz_boundary_part fresh = {
        .name = "https://n/1", .bytes = "fresh", .size = 5, .etag = "\"f\""};
    struct gaz_boundary_submission s = a_submission(&page, 1, 2);
    struct gaz_boundary_part got;
    s.is_harvest = true;
    assert_status(
        gaz_boundary_page(&f->ctx, f->store, id, 'A', "https://n/1", &got),
        GAZ_NOT_FOUND);
    put_submission(f, id, &s, true);
    OK(f, gaz_boundary_page(&f->ctx, f->store, id, 'A', "https://n/1", &got));
    assert_string_equal(got.etag, "\"o\"");
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_boundary_put_page(&f->ctx, f->store, id, 'A', &fresh));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_boundary_page(&f->ctx, f->store, id, 'A', "https://n/1", &got));
    assert_int_equal(got.size, 5);
    assert_memory_equal(got.bytes, "fresh", 5);
    assert_status(
        gaz_boundary_page(&f->ctx, f->store, id, 'B', "https://n/1", &got),
        GAZ_NOT_FOUND);
    OK(f, gaz_store_begin(&f->ctx, f->store));
    OK(f, gaz_boundary_drop_pages(&f->ctx, f->store, id, 'A'));
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_boundary_page(&f->ctx, f->store, id, 'A', "https://n/1", &got));
    assert_int_equal(got.size, 3);
}

static void test_checks(void **state)
{
    struct fixture *f = *state;
    const struct gaz_boundary_line line = a_line();
    const int64_t id = put_line(f, &line);
    struct gaz_boundary_checks got;
    const struct gaz_boundary_check checks[] = {
        {.outcome = "failed",
         .message = "对方服务不可达",
         .shared_m = -1,
         .overlap_m2 = -1,
         .gap_m2 = -1,
         .largest_m = -1,
         .markers = -1},
        {.outcome = "differ", .errors = 2, .shared_m = 5000, .markers = 24},
    };
    for (size_t i = 0; i < COUNT(checks); i++) {
        int64_t row = 0;
        OK(f, gaz_store_begin(&f->ctx, f->store));
        OK(f, gaz_boundary_put_check(&f->ctx, f->store, id, &checks[i], &row));
        OK(f, gaz_store_commit(&f->ctx, f->store));
    }
    OK(f, gaz_boundary_checks(&f->ctx, f->store, id, 10, &got));
    assert_int_equal(got.count, 2);
    assert_string_equal(got.items[0].outcome, "differ");
    assert_int_equal(got.items[0].markers, 24);
    assert_near(got.items[1].shared_m, -1, 0);
    assert_int_equal(got.items[1].markers, -1);
    OK(f, gaz_boundary_checks(&f->ctx, f->store, id, 1, &got));
    assert_int_equal(got.count, 1);
}

static void test_rows_of_schema_5(void **state)
{
    struct fixture *f = *state;
    struct gaz_sqlite *db;
    struct gaz_boundary_markers got;
    struct gaz_boundary_lines lines;
    gaz_store_close(f->store);
    f->store = NULL;
    unlink(f->path);
    OK(f, gaz_sqlite_open(&f->ctx, f->path, true, NULL, 0, &db));
    OK(f, gaz_migrate_run(&f->ctx, db, f->path, 5));
    OK(f, gaz_sqlite_exec(&f->ctx, db,
                          "INSERT INTO boundary_line (id, code, section,"
                          " level, status) VALUES (7, '9899', '', 3,"
                          " 'agreed')"));
    OK(f, gaz_sqlite_exec(&f->ctx, db,
                          "INSERT INTO boundary_marker (id, line, code, type,"
                          " agreed_on, geom) VALUES (3, 7, '9899001Q', 'Q',"
                          " 20000101, MakePoint(121.5, 30.5, 4490))"));
    gaz_sqlite_close(db);
    OK(f, gaz_store_open(&f->ctx, f->path, GAZ_STORE_WRITE, &f->store));
    OK(f, gaz_boundary_lines(&f->ctx, f->store, &lines));
    assert_int_equal(lines.count, 1);
    OK(f, gaz_boundary_markers(&f->ctx, f->store, 7, &got));
    assert_int_equal(got.count, 1);
    assert_true(got.items[0].has_agreed);
    assert_near(got.items[0].agreed.at.lon, 121.5, 0);
    assert_int_equal(got.items[0].agreed.on, 20000101);
}

#define TEST(function)                                                         \
    cmocka_unit_test_setup_teardown(function, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_line),
        TEST(test_sections),
        TEST(test_refused_lines),
        TEST(test_markers),
        TEST(test_grammar),
        TEST(test_points),
        TEST(test_inspections),
        TEST(test_submissions),
        TEST(test_pages),
        TEST(test_checks),
        TEST(test_rows_of_schema_5),
    };
    return cmocka_run_group_tests_name("boundary", tests, NULL, NULL);
}
