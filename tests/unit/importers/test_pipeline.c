/* Test plan: with a real database in a temporary folder, each kind of entry is
 * imported and found again as it should be; the same file a second time changes
 * no row and no journal entry; what a row names but nobody knows is rejected
 * with the name, and is taken once it is known. */
#include "tests/unit/importers/bench.h"

static void test_divisions_twice(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    struct gaz_place town = place_of(&b, "330482101");
    assert_string_equal(town.names[0].text, "乍浦镇");
    assert_int_equal(town.level, GAZ_LEVEL_TOWN);
    assert_true(town.parent == place_of(&b, "330482").id);
    assert_true(town.names[0].source > 0);
    assert_string_equal(place_of(&b, "330482106206").names[0].text, "山塘村");
    assert_true(place_of(&b, "330482106206").id !=
                place_of(&b, "310116109207").id);

    CASE("the second time changes nothing");
    struct bench_state before = bench_state(&b);
    assert_status_of(&b.ctx, bench_import(&b, DIVISIONS_MAP, DIVISIONS),
                     GAZ_OK);
    assert_report(&b, DIVISION_ROWS, 0, 0, DIVISION_ROWS, 0);
    assert_false(b.report.source_changed);
    assert_null(b.report.reject_path);
    struct bench_state after = bench_state(&b);
    assert_same_state(&before, &after);

    CASE("another mapping of the same file is another meaning");
    assert_status_of(
        &b.ctx,
        bench_import(
            &b,
            "{" SOURCE("divisions") "\"entry\":\"place\","
                                    "\"key\":[\"code\"],\"columns\":{\"code\":"
                                    "\"code\","
                                    "\"name\":\"name\",\"level\":\"level\","
                                    "\"category\":\"category\",\"parent_code\":"
                                    "\"parent\"},"
                                    "\"values\":{\"origin\":\"测试\"}}",
            DIVISIONS),
        GAZ_OK);
    assert_report(&b, DIVISION_ROWS, 0, DIVISION_ROWS, 0, 0);
    assert_string_equal(place_of(&b, "330482101").origin, "测试");
    bench_close(&b);
}

static const char ROADS_MAP[] =
    "{" SOURCE("roads") "\"entry\":\"place\",\"key\":[\"key\"],"
                        "\"columns\":{\"name\":\"name\",\"parent_code\":"
                        "\"parent\",\"numbering_start\":"
                        "\"start\",\"odd_side\":\"odd\",\"numbering_rule\":"
                        "\"rule\"},\"values\":{\"category\":\"23510\"}}";

/* How a road is numbered: in words, in fields, both; what cannot be read is
 * refused; saying it again changes nothing. */
static void roads_are_numbered(void **state)
{
    (void)state;
    static const char ROADS[] = "key,name,parent,start,odd,rule\n"
                                "r1,试验路,330482103,,,自东向西，北单南双\n"
                                "r2,试验街,330482103,南,left,\n"
                                "r3,试验弄,330482103,,右,自东向西，北单南双\n"
                                "r4,试验巷,330482103,左,上,\n";
    static const struct {
        const char *code;
        gaz_bearing start;
        gaz_bearing odd_side;
        const char *rule;
    } WANT[] = {
        {"r1", GAZ_BEARING_EAST, GAZ_BEARING_NORTH, "自东向西，北单南双"},
        {"r2", GAZ_BEARING_SOUTH, GAZ_BEARING_LEFT, NULL},
        {"r3", GAZ_BEARING_EAST, GAZ_BEARING_RIGHT, "自东向西，北单南双"},
    };
    struct bench b;
    bench_open(&b);
    assert_status_of(&b.ctx, bench_import(&b, DIVISIONS_MAP, DIVISIONS),
                     GAZ_OK);
    for (int round = 0; round < 2; round++) {
        assert_status_of(&b.ctx, bench_import(&b, ROADS_MAP, ROADS), GAZ_OK);
        bool first = round == 0;
        assert_report(&b, 4, first ? 3 : 0, 0, first ? 0 : 4, first ? 1 : 0);
        for (size_t i = 0; i < COUNT(WANT); i++) {
            CASE(WANT[i].code);
            struct gaz_numbering got =
                place_of_record(&b, WANT[i].code).numbering;
            assert_int_equal(got.start, WANT[i].start);
            assert_int_equal(got.odd_side, WANT[i].odd_side);
            if (WANT[i].rule)
                assert_string_equal(got.rule, WANT[i].rule);
            else
                assert_null(got.rule);
        }
    }
    bench_close(&b);
}

static const char SITES_MAP[] =
    "{" SOURCE("sites") "\"entry\":\"place\",\"key\":[\"key\"],"
                        "\"crs\":\"EPSG:4490\",\"columns\":{\"name\":\"name\","
                        "\"category\":\"category\",\"parent_code\":\"parent\","
                        "\"address\":\"address\",\"x\":\"lon\",\"y\":\"lat\"}}";
static const char SITES[] =
    "key,name,category,parent,address,lon,lat\n"
    "museum,试验纪念馆,25100,330482103,平湖市新仓镇朝阳路158号,121.2,30.7\n"
    "fort,试验炮台,25100,330482101,乍浦镇政府南侧,,\n";

static gaz_status find_address(struct bench *b, const char *ending,
                               struct gaz_address *out)
{
    struct gaz_scan *scan = NULL;
    struct gaz_address address;
    gaz_status status =
        gaz_store_scan(&b->ctx, b->store, GAZ_SCAN_ADDRESSES, &scan);
    gaz_status found = GAZ_NOT_FOUND;
    while (status == GAZ_OK) {
        status = gaz_scan_next_address(&b->ctx, scan, &address);
        if (status == GAZ_OK && gaz_text_ends_with(address.text, ending)) {
            *out = address;
            found = GAZ_OK;
        }
    }
    gaz_scan_close(scan);
    assert_status_of(&b->ctx, status, GAZ_END);
    return found;
}

static void test_site_address(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    assert_status_of(&b.ctx, bench_import(&b, SITES_MAP, SITES), GAZ_OK);
    assert_report(&b, 2, 2, 0, 0, 0);
    struct gaz_place museum = place_of_record(&b, "museum");
    assert_string_equal(museum.names[0].text, "试验纪念馆");
    assert_true(museum.parent == place_of(&b, "330482103").id);
    assert_near(museum.position.coord.lon, 121.2, 1e-9);

    CASE("its address stands on a road of its town and leads to it");
    struct gaz_address address;
    assert_status(find_address(&b, "朝阳路158号", &address), GAZ_OK);
    assert_true(address.place == museum.id);
    assert_int_equal(address.number_value, 158);
    assert_near(address.position.coord.lon, 121.2, 1e-9);
    struct gaz_place road;
    assert_status_of(&b.ctx,
                     gaz_store_place(&b.ctx, b.store, address.parent, &road),
                     GAZ_OK);
    assert_string_equal(road.names[0].text, "朝阳路");
    assert_int_equal(road.category, GAZ_CATEGORY_ROAD);
    assert_int_equal(road.position.method, GAZ_METHOD_NONE);
    assert_true(road.parent == place_of(&b, "330482103").id);

    CASE("an address without a number is a warning");
    assert_status(find_address(&b, "南侧", &address), GAZ_NOT_FOUND);
    int warned = 0;
    for (int i = 0; i < b.report.rule_count; i++)
        if (strcmp(b.report.rules[i].rule, "I11") == 0)
            warned += (int)b.report.rules[i].count;
    assert_int_equal(warned, 1);

    struct bench_state before = bench_state(&b);
    assert_status_of(&b.ctx, bench_import(&b, SITES_MAP, SITES), GAZ_OK);
    assert_report(&b, 2, 0, 0, 2, 0);
    struct bench_state after = bench_state(&b);
    assert_same_state(&before, &after);
    bench_close(&b);
}

static const char ADDRESS_MAP[] =
    "{" SOURCE("doors") "\"entry\":\"address\",\"key\":[\"id\"],"
                        "\"crs\":\"EPSG:4549\",\"columns\":{\"text\":"
                        "\"address\",\"x\":\"y\","
                        "\"y\":\"x\"},\"values\":{\"synthetic\":\"1\"}}";
static const char ADDRESSES[] =
    "id,address,x,y\n"
    "1,浙江省嘉兴市平湖市乍浦镇试验路12号,3386416.2273,604829.4165\n"
    "2,平湖市乍浦镇试验路14号2幢501室,3386420,604840\n"
    "3,平湖市广陈镇山塘村7号,,\n"
    "4,上海市金山区廊下镇山塘村7号,,\n"
    "5,平湖市子虚镇试验路1号,,\n"
    "6,平湖市乍浦镇试验路16号,604829.4165,3386416.2273\n";

static void test_addresses(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    assert_status_of(&b.ctx, bench_import(&b, ADDRESS_MAP, ADDRESSES), GAZ_OK);
    assert_report(&b, 6, 4, 0, 0, 2);
    struct gaz_address one;
    struct gaz_address two;
    assert_status(find_address(&b, "试验路12号", &one), GAZ_OK);
    assert_status(find_address(&b, "501室", &two), GAZ_OK);
    assert_true(one.parent == two.parent); /* one road for both */
    assert_near(one.position.coord.lon, 121.0930, 1e-8);
    assert_near(one.position.coord.lat, 30.5935, 1e-8);
    assert_true(one.is_synthetic);

    CASE("the same village name in two provinces");
    struct gaz_address here;
    struct gaz_address there;
    assert_status(find_address(&b, "广陈镇山塘村7号", &here), GAZ_OK);
    assert_status(find_address(&b, "廊下镇山塘村7号", &there), GAZ_OK);
    assert_true(here.parent == place_of(&b, "330482106206").id);
    assert_true(there.parent == place_of(&b, "310116109207").id);

    CASE("rejects name the division and the slip");
    assert_non_null(strstr(b.rejects, ",6,"));
    assert_non_null(strstr(b.rejects, "I10"));
    assert_non_null(strstr(b.rejects, "子虚镇"));
    assert_non_null(strstr(b.rejects, "I07"));
    assert_non_null(strstr(b.rejects, "swapped axes"));

    CASE("what was rejected for want of a place is tried again");
    struct bench_state before = bench_state(&b);
    assert_status_of(&b.ctx, bench_import(&b, ADDRESS_MAP, ADDRESSES), GAZ_OK);
    assert_report(&b, 6, 0, 0, 4, 2);
    struct bench_state after = bench_state(&b);
    assert_same_state(&before, &after);
    bench_close(&b);
}

static const char CLAIMS_MAP[] = "{" SOURCE(
    "claims") "\"entry\":\"claim\",\"key\":[\"id\"],"
              "\"columns\":{\"subject\":\"subject\",\"property\":\"property\","
              "\"value\":\"value\",\"value_date\":\"date\","
              "\"source_title\":\"who\"},\"values\":{\"grade\":\"B\"}}";
static const char CLAIMS[] = "id,subject,property,value,date,who\n"
                             "1,330482101,event,试验记述一,1717,甲志\n"
                             "2,330482101,event,试验记述一,1729,乙志\n"
                             "3,fort,built,建于某年,1717,甲志\n";

static void test_claims(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    CASE("a subject that is not known rejects the row");
    assert_status_of(&b.ctx, bench_import(&b, CLAIMS_MAP, CLAIMS), GAZ_OK);
    assert_report(&b, 3, 2, 0, 0, 1);
    assert_non_null(strstr(b.rejects, "I09"));
    assert_non_null(strstr(b.rejects, "fort"));

    CASE("once it is known the same file gives it");
    assert_status_of(&b.ctx, bench_import(&b, SITES_MAP, SITES), GAZ_OK);
    assert_status_of(&b.ctx, bench_import(&b, CLAIMS_MAP, CLAIMS), GAZ_OK);
    assert_report(&b, 3, 1, 0, 2, 0);
    struct gaz_scan *scan = NULL;
    struct gaz_claim claim;
    int of_town = 0;
    int of_fort = 0;
    const gaz_id town = place_of(&b, "330482101").id;
    const gaz_id fort = place_of_record(&b, "fort").id;
    assert_status_of(&b.ctx,
                     gaz_store_scan(&b.ctx, b.store, GAZ_SCAN_CLAIMS, &scan),
                     GAZ_OK);
    while (gaz_scan_next_claim(&b.ctx, scan, &claim) == GAZ_OK) {
        of_town += claim.place == town;
        of_fort += claim.place == fort;
        assert_true(claim.source > 0);
    }
    gaz_scan_close(scan);
    assert_int_equal(of_town, 2); /* disputed facts stand side by side */
    assert_int_equal(of_fort, 1);
    bench_close(&b);
}

static void test_changes(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    assert_status_of(
        &b.ctx,
        bench_import(
            &b,
            "{" SOURCE(
                "changes") "\"entry\":\"change\","
                           "\"key\":[\"id\"],\"columns\":{\"kind\":\"kind\","
                           "\"date\":\"date\",\"from_code\":\"a\","
                           "\"to_code\":\"b\"}}",
            "id,kind,date,a,b\n"
            "1,merge,2009,330482101,330482103\n"
            "2,establish,2010-05-01,,330482106\n"
            "3,merge,2011,330482999,330482103\n"),
        GAZ_OK);
    assert_report(&b, 3, 2, 0, 0, 1);
    assert_non_null(strstr(b.rejects, "330482999"));
    struct gaz_scan *scan = NULL;
    struct gaz_change change;
    assert_status_of(&b.ctx,
                     gaz_store_scan(&b.ctx, b.store, GAZ_SCAN_CHANGES, &scan),
                     GAZ_OK);
    int seen = 0;
    while (gaz_scan_next_change(&b.ctx, scan, &change) == GAZ_OK) {
        seen++;
        if (change.kind == GAZ_CHANGE_MERGE) {
            assert_true(change.from == place_of(&b, "330482101").id);
            assert_true(change.to == place_of(&b, "330482103").id);
        } else {
            assert_int_equal(change.kind, GAZ_CHANGE_ESTABLISH);
            assert_int_equal(change.from, 0);
            assert_int_equal(change.date, 20100501);
        }
    }
    gaz_scan_close(scan);
    assert_int_equal(seen, 2);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_divisions_twice),
        cmocka_unit_test(roads_are_numbered),
        cmocka_unit_test(test_site_address),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
