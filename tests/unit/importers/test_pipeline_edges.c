/* Test plan: what refuses a file (mapping, system, header, empty, one endless
 * field) tells why and leaves the database as it was, also when good rows came
 * before; what rejects a row goes to the reject file with line, column, rule
 * and reason; a dry run stores nothing; geometries of GeoJSON arrive, repaired
 * where they must be; lines find the areas at their sides. */
#include "tests/unit/importers/bench.h"

#include <fcntl.h>
#include <time.h>

#include "gazetteer/base/buffer.h"

#define PLACE_MAP(more)                                                        \
    "{" SOURCE("t") more                                                       \
        "\"entry\":\"place\",\"key\":[\"id\"],\"columns\":{\"name\":\"name\"," \
        "\"parent_code\":\"parent\",\"x\":\"lon\",\"y\":\"lat\"},"             \
        "\"values\":{\"category\":\"25100\"}}"
#define HEAD "id,name,parent,lon,lat\n"
#define GOOD "1,试验碑,330482101,121.1,30.6\n"

static const struct {
    const char *label;
    const char *map;
    const char *file;
    gaz_status status;
    const char *says;
} REFUSED[] = {
    {"empty file", PLACE_MAP("\"crs\":\"EPSG:4490\","), "", GAZ_INVALID,
     "in.csv' is empty"},
    {"no system", PLACE_MAP(""), HEAD GOOD, GAZ_INVALID,
     "the coordinate system is not named; known are EPSG:4490"},
    {"unknown system", PLACE_MAP("\"crs\":\"Shanghai\","), HEAD GOOD,
     GAZ_INVALID, "unknown coordinate system 'Shanghai'"},
    {"the system of a CSV file", PLACE_MAP("\"crs\":\"file\","), HEAD GOOD,
     GAZ_INVALID, "does not say its coordinate system"},
    {"a mapped column is missing", PLACE_MAP("\"crs\":\"EPSG:4490\","),
     "id,parent,lon,lat\n1,2,3,4\n", GAZ_INVALID,
     "has no column 'name'; it has: id, parent, lon, lat"},
    {"the key column is missing", PLACE_MAP("\"crs\":\"EPSG:4490\","),
     "name,parent,lon,lat\n1,2,3,4\n", GAZ_INVALID, "has no column 'id'"},
    {"mapping is no JSON", "{", HEAD GOOD, GAZ_INVALID, "in.map.json':1:"},
    {"UTF-16", PLACE_MAP("\"crs\":\"EPSG:4490\","), "\xFF\xFEi", GAZ_INVALID,
     "is UTF-16"},
};

static void test_refused(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    struct bench_state before = bench_state(&b);
    for (size_t i = 0; i < COUNT(REFUSED); i++) {
        CASE(REFUSED[i].label);
        assert_status(bench_import(&b, REFUSED[i].map, REFUSED[i].file),
                      REFUSED[i].status);
        if (!strstr(gaz_ctx_failure(&b.ctx), REFUSED[i].says))
            fail_msg("'%s' lacks '%s'", gaz_ctx_failure(&b.ctx),
                     REFUSED[i].says);
        struct bench_state after = bench_state(&b);
        assert_same_state(&before, &after);
        assert_string_equal(b.rejects, "");
    }
    CASE("no such file");
    assert_status(bench_import_file(&b, "nowhere.csv", NULL, false),
                  GAZ_NOT_FOUND);
    bench_close(&b);
}

/* Good rows, a bad row, then a field of 1 GiB: a sparse file of zeros. */
static void test_endless_field(void **state)
{
    (void)state;
    enum { MANY = 300 };
    struct bench b;
    struct gaz_buffer file;
    bench_open(&b);
    bench_import_divisions(&b);
    gaz_buffer_open(&file, 1 << 20);
    gaz_buffer_text(&file, HEAD);
    for (int i = 0; i < MANY; i++)
        gaz_buffer_printf(&file, "%d,试验碑%d,330482101,121.1,30.6\n", i, i);
    gaz_buffer_text(&file, "bad\n301,");
    bench_write(&b, "in.map.json", PLACE_MAP("\"crs\":\"EPSG:4490\","));
    bench_write(&b, "in.csv", file.data);
    gaz_buffer_close(&file);
    const int fd = open(bench_path(&b, "in.csv"), O_WRONLY);
    assert_int_equal(ftruncate(fd, (off_t)1 << 30), 0);
    assert_int_equal(close(fd), 0);

    struct bench_state before = bench_state(&b);
    struct timespec start;
    struct timespec end;
    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    assert_status(bench_import_file(&b, "in.csv", NULL, false), GAZ_LIMIT);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    print_message("           refused in %ld s\n",
                  (long)(end.tv_sec - start.tv_sec));
    assert_true(end.tv_sec - start.tv_sec < 10);
    if (!strstr(gaz_ctx_failure(&b.ctx),
                "in.csv:303:2: a field is longer than 65536 bytes"))
        fail_msg("%s", gaz_ctx_failure(&b.ctx));
    struct bench_state after = bench_state(&b);
    assert_same_state(&before, &after);
    assert_string_equal(b.rejects, ""); /* nor is there half a reject file */
    CASE("the good rows alone are taken afterwards");
    assert_status_of(
        &b.ctx,
        bench_import(&b, PLACE_MAP("\"crs\":\"EPSG:4490\","), HEAD GOOD),
        GAZ_OK);
    assert_report(&b, 1, 1, 0, 0, 0);
    bench_close(&b);
}

static void assert_reject(const struct bench *b, const char *want)
{
    if (!strstr(b->rejects, want))
        fail_msg("'%s' lacks '%s'", b->rejects, want);
}

static void test_rejects(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    static const char FILE_TEXT[] =
        HEAD GOOD "2,\xC4\xE3,330482101,121.1,30.6\n"
                  "3,试验碑三\n"
                  ",试验碑四,330482101,121.1,30.6\n"
                  "5,试验碑五,330482101,30.6,121.1\n"
                  "6,试验碑六,330482101,\"12\"\"1\",30.6\n"
                  "7,\"试\n验碑七\",330482101,595804.28,3398141.12\n"
                  "8,试验碑八,330482101, 121.2 ,30.61\n"
                  "9,试验碑九,330482101,121.2,\n";
    assert_status_of(
        &b.ctx,
        bench_import(&b, PLACE_MAP("\"crs\":\"EPSG:4490\","), FILE_TEXT),
        GAZ_OK);
    assert_report(&b, 9, 1, 0, 0, 8);
    assert_true(gaz_text_starts_with(
        b.rejects, "\xEF\xBB\xBF"
                   "file,line,column,rule,severity,reason_zh,reason_en,raw"));
    assert_reject(&b, "in.csv\",3,\"name\",I02,error,");
    assert_reject(&b, "in.csv\",4,\"\",I01,error,\"有2列, 应为5列\","
                      "\"2 columns, expected 5\",\"3,试验碑三\"");
    assert_reject(&b, "in.csv\",5,\"id\",I05,error,");
    assert_reject(&b, "in.csv\",6,\"lon\",I07,error,");
    assert_reject(&b, "swapped axes");
    assert_reject(&b, "in.csv\",7,\"lon\",I07,error,");
    assert_reject(&b, "the coordinate '12\"\"1' is no number");
    assert_reject(&b, "in.csv\",8,\"lon\",I07,error,");
    assert_reject(&b, "metres where degrees are due");
    assert_reject(&b, "the coordinate ' 121.2 ' is no number");
    assert_reject(&b, "in.csv\",11,\"lat\",I07,error,");
    assert_true(gaz_text_is_utf8(b.rejects, strlen(b.rejects), NULL));
    CASE("the report counts by rule");
    assert_string_equal(b.report.reject_path, bench_path(&b, "rejects.csv"));
    int bad_positions = 0;
    for (int i = 0; i < b.report.rule_count; i++)
        if (strcmp(b.report.rules[i].rule, "I07") == 0)
            bad_positions = (int)b.report.rules[i].count;
    assert_int_equal(bad_positions, 5);
    bench_close(&b);
}

static void test_dry_run(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    struct bench_state before = bench_state(&b);
    bench_write(&b, "in.map.json", PLACE_MAP("\"crs\":\"EPSG:4490\","));
    bench_write(&b, "in.csv", HEAD GOOD "bad\n");
    assert_status_of(&b.ctx, bench_import_file(&b, "in.csv", NULL, true),
                     GAZ_OK);
    assert_report(&b, 2, 1, 0, 0, 1);
    assert_reject(&b, "I01"); /* told all the same */
    struct bench_state after = bench_state(&b);
    assert_same_state(&before, &after);
    bench_close(&b);
}

static void test_systems(void **state)
{
    (void)state;
    static const struct {
        const char *crs;
        const char *row;
    } CASES[] = {
        {"EPSG:4549", "1,试验碑,330482101,597331.2589,3395637.8261\n"},
        {"EPSG:4528", "1,试验碑,330482101,40597331.2589,3395637.8261\n"},
        {"GCJ-02", "1,试验碑,330482101,121.02009452,30.67501722\n"},
        {"BD-09", "1,试验碑,330482101,121.02667282,30.68065068\n"},
        {"EPSG:4326", "1,试验碑,330482101,121.0157,30.6773\n"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].crs);
        struct bench b;
        bench_open(&b);
        bench_import_divisions(&b);
        bench_write(&b, "in.map.json", PLACE_MAP("\"crs\":\"EPSG:3857\","));
        bench_write(&b, "in.csv",
                    gaz_arena_printf(&b.ctx.arena, HEAD "%s", CASES[i].row));
        assert_status_of(&b.ctx,
                         bench_import_file(&b, "in.csv", CASES[i].crs, false),
                         GAZ_OK);
        assert_report(&b, 1, 1, 0, 0, 0);
        struct gaz_position at = place_of_record(&b, "1").position;
        assert_near(at.coord.lon, 121.0157, 2e-8);
        assert_near(at.coord.lat, 30.6773, 2e-8);
        bench_close(&b);
    }
}

#define FEATURE(code, type, coordinates)                                       \
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code                   \
    "\",\"name\":\"试线\",\"kind\":\"boundary\"},\"geometry\":{\"type\":"    \
    "\"" type "\",\"coordinates\":" coordinates "}}"
#define COLLECTION(features)                                                   \
    "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static gaz_status import_geojson(struct bench *b, const char *map,
                                 const char *text)
{
    bench_write(b, "in.map.json", map);
    bench_write(b, "in.geojson", text);
    return bench_import_file(b, "in.geojson", NULL, false);
}

static const char AREA_MAP[] = "{" SOURCE(
    "areas") "\"crs\":\"file\",\"entry\":\"place\",\"key\":["
             "\"code\"],\"columns\":{\"subject\":\"code\"},\"values\":{"
             "\"schematic\":\"1\",\"level\":3,\"category\":21400}}";

static void test_areas(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    assert_status_of(
        &b.ctx,
        import_geojson(
            &b, AREA_MAP,
            COLLECTION(
                FEATURE("330482", "Polygon", "[[[121,30],[122,31],[122,30],[121,31],[121,30]]]") "," FEATURE(
                    "310116", "LineString",
                    "[[121,30],[122,31]]") "," FEATURE("999999", "Point",
                                                       "[121,30]"))),
        GAZ_OK);
    assert_report(&b, 3, 0, 1, 0, 2);
    CASE("a bow tie joins its place, repaired, with a warning");
    struct gaz_place county = place_of(&b, "330482");
    assert_string_equal(county.names[0].text, "平湖市");
    assert_non_null(county.area_wkb);
    int repaired = 0;
    for (int i = 0; i < b.report.rule_count; i++)
        if (strcmp(b.report.rules[i].rule, "I12") == 0)
            repaired = (int)b.report.rules[i].count;
    assert_int_equal(repaired, 1);
    assert_reject(&b, "I08"); /* a line is no area */
    assert_reject(&b, "I09"); /* nobody knows 999999 */

    CASE("again: the place that is not known is tried again");
    struct bench_state before = bench_state(&b);
    assert_status_of(&b.ctx, bench_import_file(&b, "in.geojson", NULL, false),
                     GAZ_OK);
    assert_report(&b, 3, 0, 0, 2, 1);
    struct bench_state after = bench_state(&b);
    assert_same_state(&before, &after);
    bench_close(&b);
}

static const char LINE_MAP[] =
    "{" SOURCE("lines") "\"crs\":\"GCJ-02\",\"entry\":\"line\",\"key\":["
                        "\"code\"],\"columns\":{\"code\":\"code\",\"name\":"
                        "\"name\",\"kind\":"
                        "\"kind\"},\"values\":{\"level\":\"county\",\"left_"
                        "code\":\"310116\","
                        "\"right_code\":\"330482\",\"schematic\":\"1\"}}";

static void test_lines(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b);
    bench_import_divisions(&b);
    assert_status_of(
        &b.ctx,
        import_geojson(
            &b, LINE_MAP,
            COLLECTION(
                FEATURE("a", "LineString", "[[121.02009452,30.67501722],[121.1,30.7]]") "," FEATURE(
                    "b", "MultiLineString",
                    "[[[121,30.7],[121.1,30.7]],[[121.2,30.7],"
                    "[121.3,30.8]]]") "," FEATURE("c", "Point", "[121,30.7]"))),
        GAZ_OK);
    assert_report(&b, 3, 2, 0, 0, 1);
    struct gaz_scan *scan = NULL;
    struct gaz_line line;
    int count = 0;
    bool turned = false;
    assert_status_of(
        &b.ctx, gaz_store_scan(&b.ctx, b.store, GAZ_SCAN_LINES, &scan), GAZ_OK);
    while (gaz_scan_next_line(&b.ctx, scan, &line) == GAZ_OK) {
        count++;
        assert_int_equal(line.kind, GAZ_LINE_BOUNDARY);
        assert_int_equal(line.level, GAZ_LEVEL_COUNTY);
        assert_true(line.is_schematic);
        assert_int_equal(line.point_count, 2);
        assert_true(line.left == place_of(&b, "310116").id);
        assert_true(line.right == place_of(&b, "330482").id);
        turned = turned || fabs(line.points[0].lon - 121.0157) < 2e-8;
    }
    gaz_scan_close(scan);
    assert_int_equal(count, 3);
    assert_true(turned);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused), cmocka_unit_test(test_endless_field),
        cmocka_unit_test(test_rejects), cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_systems), cmocka_unit_test(test_areas),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
