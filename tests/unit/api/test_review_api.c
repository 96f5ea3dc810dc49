/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: decisions, as handlers and as functions, on a small database.
 *
 * - every field that can be edited: a good value is read back as text, bad ones
 *   are refused with their reason and change nothing in memory
 * - what an edit takes along: the spelling of a name, the end of an address
 * - judging: an edit that mends, one that does not, one that breaks a rule
 * - the handlers: the item, the lock, a decision, its answer given again, who
 *   decides is the key, a merge and its undo, records of other kinds, a bulk
 * - an import that is refused row by row; no database: 503
 */
#include "tests/unit/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/access/ledger.h"
#include "api/review/fields.h"
#include "api/review/judge.h"
#include "api/review/review.h"
#include "api/write/scribe.h"
#include "tests/unit/api/fixture.h"

static struct fixture fixture;
static struct gaz_ctx ctx = {.failure = ""};
static struct gaz_store *store;
static char folder[] = "/tmp/diming-review-XXXXXX";
static char db[64];
static gaz_id town;
static gaz_id roads[3]; /* the first two are twins */
static gaz_id door;
static int64_t finding; /* of roads[2]: a small letter */
static int64_t merge;

#define OK(call) assert_status_of(&ctx, (call), GAZ_OK)

/* ---- a small town ---- */

static gaz_id put(const struct gaz_place *place, const char *key)
{
    gaz_id id = 0;
    OK(gaz_store_put_place(&ctx, store, place, "t", key, 0, &id));
    return id;
}

static void put_roads(int64_t source)
{
    static const char *const NAMES[][2] = {{"甲测路", "Jiǎcè Lù"},
                                           {"甲测路", "Jiǎcè Lù"},
                                           {"丙测路", "bǐngcè Lù"}};
    for (int i = 0; i < 3; i++) {
        const struct gaz_name name = {
            .text = NAMES[i][0], .roman = NAMES[i][1], .source = source};
        const struct gaz_place road = {
            .category = GAZ_CATEGORY_ROAD,
            .names = &name,
            .name_count = 1,
            .parent = town,
            .is_synthetic = true,
            .position = {.coord = {121.05 + i / 100.0, 30.62},
                         .method = GAZ_METHOD_SYNTHETIC,
                         .accuracy_m = 5}};
        roads[i] = put(&road, gaz_arena_printf(&ctx.arena, "road %d", i));
    }
}

static void put_world(void)
{
    static const struct gaz_name COUNTY = {.text = "平湖市",
                                           .roman = "Pínghú Shì"};
    static const struct gaz_name TOWN = {.text = "乍浦镇",
                                         .roman = "Zhàpǔ Zhèn"};
    const struct gaz_source bureau = {.key = "t", .edition = "1"};
    int64_t source = 0;
    OK(gaz_store_put_source(&ctx, store, &bureau, &source));
    const struct gaz_place county = {.code = "330482",
                                     .level = GAZ_LEVEL_COUNTY,
                                     .category = GAZ_CATEGORY_COUNTY,
                                     .names = &COUNTY,
                                     .name_count = 1};
    struct gaz_place one = {.code = "330482101",
                            .level = GAZ_LEVEL_TOWN,
                            .category = GAZ_CATEGORY_TOWN,
                            .names = &TOWN,
                            .name_count = 1};
    one.parent = put(&county, "county");
    town = put(&one, "town");
    put_roads(source);
    const struct gaz_address address = {.text = "平湖市乍浦镇丙测路8号2栋",
                                        .parent = roads[2],
                                        .number = "8号",
                                        .number_value = 8,
                                        .tail = "2栋",
                                        .is_synthetic = true};
    OK(gaz_store_put_address(&ctx, store, &address, "t", "door", 0, &door));
}

static void put_queue(void)
{
    bool is_new = false;
    const struct gaz_review one = {.kind = "finding",
                                   .a = 1,
                                   .rule = "R10",
                                   .severity = GAZ_SEVERITY_WARNING,
                                   .zh = "大小写不符",
                                   .about = roads[2],
                                   .subject = "place",
                                   .fix_field = "roman",
                                   .fix = "Bǐngcè Lù",
                                   .fix_is_automatic = true};
    const struct gaz_review claim = {.kind = "finding",
                                     .a = 2,
                                     .rule = "S02",
                                     .severity = GAZ_SEVERITY_ERROR,
                                     .zh = "缺少来源",
                                     .about = roads[2],
                                     .subject = "claim"};
    const struct gaz_review twins = {.kind = "merge",
                                     .a = roads[0],
                                     .b = roads[1],
                                     .rule = "dedupe",
                                     .score = 0.9,
                                     .severity = GAZ_SEVERITY_WARNING,
                                     .band = "duplicate",
                                     .zh = "相同"};
    OK(gaz_review_put(&ctx, store, &one, 1, &is_new));
    OK(gaz_review_put(&ctx, store, &claim, 1, &is_new));
    OK(gaz_review_put(&ctx, store, &twins, 0, &is_new));
    struct gaz_reviews all;
    const struct gaz_review_filter any = {.severity = GAZ_REVIEW_ANY};
    OK(gaz_review_list(&ctx, store, &any, &all));
    for (int i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].rule, "R10") == 0)
            finding = all.items[i].id;
        if (strcmp(all.items[i].kind, "merge") == 0)
            merge = all.items[i].id;
    }
}

/* ---- fields ---- */

static const struct api_field *field_of(const char *name)
{
    const struct api_field *field = API_FIELDS;
    while (field->name && strcmp(field->name, name) != 0)
        field++;
    assert_non_null(field->name);
    return field;
}

static const char *read_back(const struct api_record *record, const char *name)
{
    return api_fields_text(&ctx.arena, record, field_of(name), false);
}

static void test_fields(void **state)
{
    (void)state;
    static const struct {
        bool is_address;
        const char *field;
        const char *value;
        const char *want; /* NULL: as given */
    } CASES[] = {
        {false, "name", "丁测路", NULL},
        {false, "name", "丁測路", "丁测路"}, /* folded as an import does */
        {false, "roman", "Dīngcè Lù", NULL},
        {false, "roman", "", NULL},
        {false, "code", "33048210100000000001", NULL},
        {false, "code", "", NULL},
        {false, "category", "23500", NULL},
        {false, "status", "historical", NULL},
        {false, "valid_from", "2001-05", NULL},
        {false, "valid_to", "", NULL},
        {false, "position", "121.1000000,30.7000000", NULL},
        {false, "position", "121.1,30.7,25", "121.1000000,30.7000000"},
        {false, "position", "", NULL},
        {false, "parent", "", NULL},
        {false, "address", "镇南", NULL},
        {false, "meaning", "第三", NULL},
        {false, "origin", "", NULL},
        {false, "history", "一九九〇年建", NULL},
        {true, "text", "平湖市乍浦镇丙测路9号", NULL},
        {true, "number", "18号", NULL},
        {true, "tail", "2幢", NULL},
        {true, "tail", "", NULL},
        {true, "status", "planned", NULL},
        {true, "valid_from", "2001", NULL},
        {true, "position", "121.1,30.7,25", "121.1000000,30.7000000"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct api_record record;
        CASE(gaz_arena_printf(&ctx.arena, "%s=%s", CASES[i].field,
                              CASES[i].value));
        OK(api_fields_load(&ctx, store, CASES[i].is_address ? door : roads[2],
                           &record));
        OK(api_fields_set(&ctx, store, &record, CASES[i].field,
                          CASES[i].value));
        assert_string_equal(read_back(&record, CASES[i].field),
                            CASES[i].want ? CASES[i].want : CASES[i].value);
    }
}

static void test_bad_fields(void **state)
{
    (void)state;
    static const struct {
        bool is_address;
        const char *field;
        const char *value;
        const char *says;
    } CASES[] = {
        {false, "colour", "red", "no field 'colour' to edit: name, roman"},
        {false, "id", "x", "no field 'id'"},
        {false, "number", "8号", "no field 'number'"},
        {true, "name", "x", "no field 'name' to edit: text, number"},
        {false, "name", "", "needs a name"},
        {false, "name", "\xff", "not UTF-8"},
        {false, "code", "33x", "digits"},
        {false, "code", "330482101000000000012", "digits"},
        {false, "category", "999", "five digits"},
        {false, "category", "x", "five digits"},
        {false, "status", "现行", "current, planned"},
        {false, "valid_from", "2001-13", "YYYY"},
        {false, "valid_to", "soon", "YYYY"},
        {false, "position", "121.1", "lon,lat"},
        {false, "position", "30.7,121.1", "lon,lat"},
        {false, "position", "121.1,30.7,0", "lon,lat"},
        {false, "position", "121.1,30.7,5,1", "lon,lat"},
        {true, "position", "121.1,30.7", "needs its accuracy"},
        {false, "parent", "999999", "no place with code"},
        {false, "parent", "ZZZZZZZZZZZZZ", "no place"},
        {true, "text", "", "needs a text"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct api_record record;
        CASE(gaz_arena_printf(&ctx.arena, "%s=%s", CASES[i].field,
                              CASES[i].value));
        OK(api_fields_load(&ctx, store, CASES[i].is_address ? door : roads[2],
                           &record));
        gaz_status status = api_fields_set(&ctx, store, &record, CASES[i].field,
                                           CASES[i].value);
        assert_true(status == GAZ_INVALID || status == GAZ_NOT_FOUND);
        if (!strstr(ctx.failure, CASES[i].says))
            fail_msg("says: %s", ctx.failure);
        ctx.failure[0] = '\0';
    }
}

static void test_taken_along(void **state)
{
    (void)state;
    struct api_record record;
    char id[GAZ_ID_TEXT_BYTES];
    OK(api_fields_load(&ctx, store, roads[2], &record));
    OK(api_fields_set(&ctx, store, &record, "name", "西安路"));
    assert_string_equal(record.place.names[0].roman, "Xī'ān Lù");
    OK(api_fields_set(&ctx, store, &record, "parent", "330482"));
    assert_string_not_equal(read_back(&record, "parent"),
                            gaz_id_write(town, id));
    OK(api_fields_load(&ctx, store, door, &record));
    OK(api_fields_set(&ctx, store, &record, "number", "18号"));
    OK(api_fields_set(&ctx, store, &record, "tail", "3幢"));
    assert_string_equal(record.address.text, "平湖市乍浦镇丙测路18号3幢");
    assert_int_equal(record.address.number_value, 18);
    OK(api_fields_set(&ctx, store, &record, "text", "平湖市乍浦镇丙测路"));
    assert_status(api_fields_set(&ctx, store, &record, "number", "1号"),
                  GAZ_INVALID);
    ctx.failure[0] = '\0';
}

/* ---- judging ---- */

static void test_judge(void **state)
{
    (void)state;
    static const struct api_judged BEFORE[] = {
        {7, "R10", GAZ_SEVERITY_WARNING, "甲", "a"},
        {7, "E8", GAZ_SEVERITY_WARNING, "乙", "b"}};
    static const struct api_judged AFTER[] = {
        {7, "R10", GAZ_SEVERITY_WARNING, "甲", "a"},
        {7, "E8", GAZ_SEVERITY_WARNING, "乙", "b"},
        {7, "R9", GAZ_SEVERITY_WARNING, "丙", "c"},
        {7, "N04", GAZ_SEVERITY_ERROR, "丁", "d"},
        {7, "X03", GAZ_SEVERITY_INFO, "戊", "e"},
        {8, "N05", GAZ_SEVERITY_ERROR, "己", "f"}};
    static const struct {
        const char *label;
        int from; /* of AFTER */
        int to;
        const char *rule;
        gaz_severity least;
        const char *says; /* NULL: it may stand */
    } CASES[] = {
        {"mended", 1, 2, "R10", GAZ_SEVERITY_WARNING, NULL},
        {"not mended", 0, 2, "R10", GAZ_SEVERITY_WARNING, "still found"},
        {"a new warning", 1, 3, "R10", GAZ_SEVERITY_WARNING, "insist"},
        {"a new warning, insisted", 1, 3, "R10", GAZ_SEVERITY_ERROR, NULL},
        {"a new error, insisted", 1, 4, "R10", GAZ_SEVERITY_ERROR,
         "would break rule N04: d (丁)"},
        {"a new hint", 4, 5, "R10", GAZ_SEVERITY_WARNING, NULL},
        {"another record's", 5, 6, "R10", GAZ_SEVERITY_WARNING, NULL},
        {"a rule that did not find it", 0, 2, "N05", GAZ_SEVERITY_WARNING,
         NULL},
    };
    const struct api_judgement before = {BEFORE, COUNT(BEFORE)};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct api_judgement after = {AFTER + CASES[i].from,
                                            CASES[i].to - CASES[i].from};
        CASE(CASES[i].label);
        gaz_status status = api_judge_compare(&ctx, &before, &after, 7,
                                              CASES[i].rule, CASES[i].least);
        assert_status(status, CASES[i].says ? GAZ_INVALID : GAZ_OK);
        if (CASES[i].says)
            assert_non_null(strstr(ctx.failure, CASES[i].says));
        ctx.failure[0] = '\0';
    }
    struct api_judgement now;
    OK(api_judge_records(&ctx, store, &roads[2], 1, &now));
    assert_int_equal(api_judge_count(&now, roads[2], "R10"), 1);
    OK(api_judge_records(&ctx, store, &door, 1, &now));
    assert_int_equal(api_judge_count(&now, door, "E4"), 1);
}

/* ---- handlers ---- */

static const char *uri_of(int64_t id)
{
    return gaz_arena_printf(&ctx.arena, "/v1/review/%lld", (long long)id);
}

static const char *tag(int64_t id, int version)
{
    return gaz_arena_printf(&ctx.arena, "\"%lld.%d\"", (long long)id, version);
}

static bool answers(const char *part)
{
    return fixture.body.size > 0 && strstr(fixture.body.data, part) != NULL;
}

static void test_item(void **state)
{
    (void)state;
    assert_int_equal(fixture_ask(&fixture, "GET", uri_of(finding)), 200);
    assert_string_equal(fixture.response.etag, tag(finding, 1));
    json_error_t error;
    json_t *root = json_loadb(fixture.body.data, fixture.body.size, 0, &error);
    assert_non_null(root);
    assert_int_equal(json_array_size(json_object_get(root, "records")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "actions")), 4);
    json_decref(root);
    assert_true(answers("\"clause\":\"拼写规则"));
    assert_int_equal(
        fixture_ask_again(&fixture, uri_of(finding), tag(finding, 1)), 304);
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/review/99"), 404);
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/review?limit=2"), 200);
    assert_true(answers("\"rel\":\"next\""));
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/review/summary"), 200);
    assert_true(answers("\"open\":3"));
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/review/decisions"), 200);
    assert_true(answers("丙测路"));
}

static void test_decide(void **state)
{
    (void)state;
    const char *uri = uri_of(finding);
    static const char ACCEPT[] = "{\"action\": \"accept\"}";
    assert_int_equal(fixture_decide(&fixture, uri, ACCEPT, NULL, NULL), 428);
    assert_int_equal(fixture_decide(&fixture, uri, ACCEPT, "\"1.9\"", NULL),
                     412);
    assert_true(answers("\"current\":{"));
    const char *etag = tag(finding, 1);
    assert_int_equal(fixture_decide(&fixture, uri, ACCEPT, etag, "t1"), 200);
    assert_string_equal(fixture.response.etag, tag(finding, 2));
    assert_true(answers("\"who\":\"测试处\",\"key\":\"AAAAAAAA\""));
    const char *first =
        gaz_arena_strndup(&ctx.arena, fixture.body.data, fixture.body.size);
    assert_int_equal(fixture_decide(&fixture, uri, ACCEPT, etag, "t1"), 200);
    assert_string_equal(fixture.body.data, first);
    assert_int_equal(
        fixture_decide(&fixture, uri, "{\"action\": \"undo\"}", etag, "t1"),
        422);
    assert_int_equal(
        fixture_decide(&fixture, uri, ACCEPT, tag(finding, 2), NULL), 409);
    struct gaz_place place;
    OK(gaz_store_place(&ctx, store, roads[2], &place));
    assert_string_equal(place.names[0].roman, "Bǐngcè Lù");
    assert_int_equal(fixture_decide(&fixture, uri, "{\"action\": \"undo\"}",
                                    tag(finding, 2), NULL),
                     200);
    OK(gaz_store_place(&ctx, store, roads[2], &place));
    assert_string_equal(place.names[0].roman, "bǐngcè Lù");
}

static void test_other_kinds(void **state)
{
    (void)state;
    static const char EDIT[] =
        "{\"action\": \"edit\", \"field\": \"name\", \"value\": \"丁路\"}";
    const int64_t claim = 6 - finding - merge; /* of 1, 2 and 3 the third */
    assert_int_equal(
        fixture_decide(&fixture, uri_of(claim), EDIT, tag(claim, 1), NULL),
        400);
    assert_true(answers("cannot be edited here"));
    assert_int_equal(fixture_decide(&fixture, uri_of(claim),
                                    "{\"action\": \"accept\"}", tag(claim, 1),
                                    NULL),
                     200);
    assert_true(answers("\"status\":\"accepted\""));
    assert_int_equal(
        fixture_decide(&fixture, uri_of(merge), EDIT, tag(merge, 1), NULL),
        400);
    assert_int_equal(fixture_decide(&fixture, uri_of(merge),
                                    "{\"action\": \"accept\"}", tag(merge, 1),
                                    NULL),
                     200);
    struct gaz_place a;
    struct gaz_place b;
    OK(gaz_store_place(&ctx, store, roads[0], &a));
    OK(gaz_store_place(&ctx, store, roads[1], &b));
    assert_true(a.id == b.id);
    assert_int_equal(fixture_decide(&fixture, uri_of(merge),
                                    "{\"action\": \"undo\", \"why\": \"错\"}",
                                    tag(merge, 2), NULL),
                     200);
    OK(gaz_store_place(&ctx, store, roads[1], &b));
    assert_true(b.id == roads[1]);
}

static void test_bulk(void **state)
{
    (void)state;
    static const char DRY[] =
        "{\"action\": \"accept\", \"automatic\": true, \"dry_run\": true}";
    static const char REAL[] = "{\"action\": \"accept\", \"automatic\": true}";
    static const char URI[] = "/v1/review/bulk";
    assert_int_equal(fixture_decide(&fixture, URI, DRY, NULL, NULL), 200);
    assert_true(answers("\"count\":1"));
    const char *etag = gaz_arena_strdup(&ctx.arena, fixture.response.etag);
    struct gaz_place place;
    OK(gaz_store_place(&ctx, store, roads[2], &place));
    assert_string_equal(place.names[0].roman, "bǐngcè Lù");
    assert_int_equal(fixture_decide(&fixture, URI, REAL, NULL, NULL), 428);
    assert_int_equal(fixture_decide(&fixture, URI, REAL, "\"1-0\"", NULL), 412);
    assert_int_equal(fixture_decide(&fixture, URI, REAL, etag, NULL), 200);
    OK(gaz_store_place(&ctx, store, roads[2], &place));
    assert_string_equal(place.names[0].roman, "Bǐngcè Lù");
}

static void test_import(void **state)
{
    (void)state;
    const char *sheet = gaz_arena_printf(
        &ctx.arena,
        "id,version,action,who,why,field,value\n%lld,1,undo,,,,\nx,1,undo,,,,\n"
        "1,x,undo,,,,\n99,1,undo,甲,,,\n%lld,3,,,,,\n",
        (long long)finding, (long long)merge);
    assert_int_equal(fixture_post(&fixture, "/v1/review/decisions", "text/csv",
                                  sheet, strlen(sheet)),
                     200);
    assert_true(answers("\"done\":0,\"empty\":1,\"refused\":4"));
    assert_true(answers("is no number"));
    assert_true(answers("no review 99"));
    assert_int_equal(
        fixture_post(&fixture, "/v1/review/decisions", "text/csv", "", 0), 400);
    assert_int_equal(fixture_post(&fixture, "/v1/review/decisions", "text/csv",
                                  "a,b\n1,2\n", 8),
                     400);
    assert_true(answers("no column 'id'"));
}

static void test_no_database(void **state)
{
    (void)state;
    struct api_ledger *ledger = fixture.worker.ledger;
    struct api_scribe *scribe = fixture.worker.scribe;
    fixture.worker.ledger = NULL;
    fixture.worker.scribe = NULL;
    assert_int_equal(fixture_ask(&fixture, "GET", "/v1/review"), 503);
    assert_int_equal(fixture_decide(&fixture, "/v1/review/1",
                                    "{\"action\": \"accept\"}", "\"1.1\"",
                                    NULL),
                     503);
    fixture.worker.ledger = ledger;
    fixture.worker.scribe = scribe;
}

static int open_all(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(db, sizeof(db), "%s/t.db", folder);
    OK(gaz_store_open(&ctx, db, GAZ_STORE_WRITE, &store));
    OK(gaz_store_begin(&ctx, store));
    put_world();
    put_queue();
    OK(gaz_store_commit(&ctx, store));
    fixture_open(&fixture);
    fixture.worker.ledger = api_ledger_open(db);
    fixture.worker.scribe = api_scribe_open(db);
    (void)snprintf(fixture.worker.caller.id, sizeof(fixture.worker.caller.id),
                   "AAAAAAAA");
    (void)snprintf(fixture.worker.caller.name,
                   sizeof(fixture.worker.caller.name), "测试处");
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    api_ledger_close(fixture.worker.ledger);
    api_scribe_close(fixture.worker.scribe);
    fixture_close(&fixture);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
    static const char *const FILES[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT(FILES); i++) {
        char path[96];
        (void)snprintf(path, sizeof(path), "%s%s", db, FILES[i]);
        (void)unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),      cmocka_unit_test(test_bad_fields),
        cmocka_unit_test(test_taken_along), cmocka_unit_test(test_judge),
        cmocka_unit_test(test_item),        cmocka_unit_test(test_decide),
        cmocka_unit_test(test_other_kinds), cmocka_unit_test(test_bulk),
        cmocka_unit_test(test_import),      cmocka_unit_test(test_no_database),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
