/* Test plan: angles and days as registers write them, and what is none; a
 * register of every column in Chinese and in English gives the same marker; the
 * axis order is as stated; each bad cell names its column; a list of
 * coordinates is a line; a file of lines, areas and points is taken apart; bad
 * rows go to the reject file and the rest is taken; turned positions are those
 * of the plane to 0.1 mm. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "importers/csv.h"
#include "importers/delivery.h"
#include "importers/written.h"

static void test_angles(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_one;
        double want;
    } CASES[] = {
        {"121.5", true, 121.5},
        {"-0.5", true, -0.5},
        {"121°30′00″", true, 121.5},
        {"121°30′36″", true, 121.51},
        {"121°30'36\"", true, 121.51},
        {"121:30:36", true, 121.51},
        {"121°30′36.0″E", true, 121.51},
        {"N30°30′", true, 30.5},
        {"30°30′S", true, -30.5},
        {"227°10′", true, 227.16666666666666},
        {"121度30分36秒", true, 121.51},
        {"121° 30′ 36″", true, 121.51},
        {"121°", true, 121},
        {"121°60′00″", false, 0},
        {"121°30′60″", false, 0},
        {"121°30′00″00", false, 0},
        {"°30", false, 0},
        {"北", false, 0},
        {"", false, 0},
        {"1.2.3", false, 0},
        {"nan", false, 0},
        {"1e400", false, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        double got = 0;
        assert_int_equal(imp_written_angle(CASES[i].text, &got),
                         CASES[i].is_one);
        if (CASES[i].is_one)
            assert_near(got, CASES[i].want, 1e-12);
    }
}

static void test_days(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gaz_date want; /* 0: none */
    } CASES[] = {
        {"2023-09-01", 20230901},
        {"2023/9/1", 20230901},
        {"2023.9.1", 20230901},
        {"20230901", 20230901},
        {"2023年9月1日", 20230901},
        {"2023年9月", 20230900},
        {"2023", 20230000},
        {"2023-09-01T00:00:00", 20230901},
        {"2023-13-01", 0},
        {"2023-02-30", 0},
        {"9/1/2023", 0},
        {"昨天", 0},
        {"", 0},
        {"2023-09-01x", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        gaz_date got = 0;
        assert_int_equal(imp_written_date(CASES[i].text, &got),
                         CASES[i].want != 0);
        assert_int_equal(got, CASES[i].want);
    }
}

/* The first row of a CSV text. */
static const struct gaz_issue *take(struct gaz_ctx *ctx, const char *csv,
                                    const struct imp_register_options *options,
                                    struct imp_register_row *out)
{
    struct imp_reader *reader = NULL;
    struct imp_row row;
    assert_status_of(
        ctx, imp_csv_open_bytes(ctx, "t", csv, strlen(csv), ',', &reader),
        GAZ_OK);
    struct imp_register_table *table = imp_register_open(ctx, reader, options);
    assert_status_of(ctx, imp_reader_next(ctx, reader, &row), GAZ_OK);
    const struct gaz_issue *issue = imp_register_take(ctx, table, &row, out);
    struct gaz_issue *kept = NULL;
    if (issue) { /* the name of its column is the reader's */
        kept = gaz_arena_alloc(&ctx->arena, sizeof(*kept));
        *kept = *issue;
        kept->column = gaz_arena_strdup(&ctx->arena, issue->column);
    }
    imp_reader_close(reader);
    return kept;
}

static const char ENGLISH[] =
    "code,type,material,place_a,place_b,x,y,height,accuracy,measured_on,method,"
    "measured_by,agreed_x,agreed_y,agreed_height,next_distance,next_azimuth,"
    "course,"
    "manager,inspected_on,condition,set_on,photos,note,object1,object1_azimuth,"
    "object1_distance,object2,object2_azimuth,object2_distance\n"
    "9899001Q,Q,石,甲村,乙村,3400000.1234,590000.5678,3.21,0.02,2023-09-01,"
    "GNSS,测绘院,3400000.1,590000.5,3.2,512.2,91°30′00″,向东,A,2023/9/1,完好,"
    "1999.12,a.jpg;b.jpg,合成,桥头,227°10′,15.3,水闸,360,40\n";
static const char CHINESE[] =
    "界桩号,界桩类型,材质,甲方所在地,乙方所在地,实测X,实测Y,高程,点位中误差,"
    "测量日期,测量方法,测量单位,协议X,协议Y,协议高程,至下一界桩距离,"
    "至下一界桩坐标方位角,走向说明,维护责任方,检查日期,状况,埋设日期,照片,备注,"
    "方位物1,"
    "方位物1方位角,方位物1距离,方位物2,方位物2方位角,方位物2距离\n"
    "9899001Q,Q,石,甲村,乙村,3400000.1234,590000.5678,3.21,0.02,2023年9月1日,"
    "GNSS,测绘院,3400000.1,590000.5,3.2,512.2,91.5,向东,A,20230901,完好,"
    "1999年12月,"
    "a.jpg;b.jpg,合成,桥头,227°10′00″,15.3,水闸,0,40\n";

static void assert_whole(const struct imp_register_row *row)
{
    const struct gaz_boundary_marker *m = &row->marker;
    assert_string_equal(m->code, "9899001Q");
    assert_string_equal(m->material, "石");
    assert_string_equal(m->place[1], "乙村");
    assert_true(row->measured.is_there && row->agreed.is_there);
    assert_near(row->measured.north, 3400000.1234, 0);
    assert_near(row->measured.east, 590000.5678, 0);
    assert_near(row->fix.height_m, 3.21, 0);
    assert_near(row->fix.accuracy_m, 0.02, 0);
    assert_int_equal(row->fix.on, 20230901);
    assert_string_equal(row->fix.by, "测绘院");
    assert_near(m->agreed.height_m, 3.2, 0);
    assert_near(m->next_azimuth_deg, 91.5, 1e-12);
    assert_string_equal(m->course, "向东");
    assert_int_equal(m->inspected_on, 20230901);
    assert_int_equal(m->set_on, 19991200);
    assert_int_equal(m->photo_count, 2);
    assert_string_equal(m->photos[1].ref, "b.jpg");
    assert_int_equal(m->object_count, 2);
    assert_near(m->objects[0].azimuth_deg, 227 + 1.0 / 6, 1e-12);
    assert_near(m->objects[1].azimuth_deg, 0, 0);
    assert_near(m->objects[1].distance_m, 40, 0);
}

static void test_columns(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    const struct imp_register_options plain = {.path = "t"};
    const struct imp_register_options turned = {.path = "t",
                                                .is_east_north = true};
    struct imp_register_row row;
    CASE("English");
    assert_null(take(&ctx, ENGLISH, &plain, &row));
    assert_whole(&row);
    CASE("Chinese");
    assert_null(take(&ctx, CHINESE, &plain, &row));
    assert_whole(&row);
    CASE("east, north");
    assert_null(take(&ctx, CHINESE, &turned, &row));
    assert_near(row.measured.east, 3400000.1234, 0);
    assert_near(row.agreed.north, 590000.5, 0);
    CASE("degrees");
    assert_null(take(&ctx, "code,纬度,经度\n9899001Q,30°42′03.5″,121°01′30″\n",
                     &plain, &row));
    assert_near(row.measured.north, 30.700972222222223, 1e-12);
    assert_near(row.measured.east, 121.025, 1e-12);
    gaz_ctx_close(&ctx);
}

static void test_bad_cells(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    const struct imp_register_options plain = {.path = "t"};
    static const struct {
        const char *csv;
        const char *rule;
        const char *column;
    } CASES[] = {
        {"code,x,y\n,1,2\n", "I05", "code"},
        {"code,x,y\nq,1,\n", "I07", "y"},
        {"code,x,y\nq,,2\n", "I07", "x"},
        {"code,x,y\nq,1a,2\n", "I06", "x"},
        {"code,height\nq,高\n", "I06", "height"},
        {"code,measured_on\nq,2023-02-30\n", "I06", "measured_on"},
        {"code,accuracy\nq,-1\n", "I06", "accuracy"},
        {"code,object1,object1_azimuth,object1_distance\nq,桥,361,1\n", "I06",
         "object1"},
        {"code,objects\nq,桥|12\n", "I06", "objects"},
        {"code,objects\nq,桥|361|1\n", "I06", "objects"},
        {"code,object1,object1_x\nq,桥,1\n", "I07", "object1_x"},
        {"x,y\n,\n", "I07", "x"},
        {"code,x\nq\n", "I01", NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].csv);
        struct imp_register_row row;
        const struct gaz_issue *issue = take(&ctx, CASES[i].csv, &plain, &row);
        assert_non_null(issue);
        assert_string_equal(issue->rule, CASES[i].rule);
        if (CASES[i].column)
            assert_string_equal(issue->column, CASES[i].column);
        assert_true(issue->message && issue->message_en);
    }
    gaz_ctx_close(&ctx);
}

/* ---- files ---- */

struct files {
    char path[40];
    char rejects[60];
};

static void write_file(struct files *files, const char *ending,
                       const char *text)
{
    (void)snprintf(files->path, sizeof(files->path),
                   "/tmp/diming-register-XXXXXX%s", ending);
    const int fd = mkstemps(files->path, (int)strlen(ending));
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    (void)snprintf(files->rejects, sizeof(files->rejects), "%s.rejects",
                   files->path);
}

static void test_list(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct files files;
    const struct imp_delivery_options options = {.layer = NULL};
    struct imp_delivery delivery = {.row_count = 0};
    struct imp_delivered got;
    write_file(&files, ".csv",
               "序号,X,Y\n1,3398141.1227,595804.2829\n"
               "2,3398241.1227,595804.2829\n3,3398341.1227,595904.2829\n");
    assert_status_of(
        &ctx, imp_delivery_read(&ctx, files.path, "t", &options, &delivery),
        GAZ_OK);
    assert_int_equal(delivery.list_count, 3);
    assert_int_equal(delivery.raw_count, 3);
    assert_status_of(
        &ctx, imp_delivery_turn(&ctx, &delivery, "EPSG:4549", false, &got),
        GAZ_OK);
    assert_int_equal(got.line_count, 1);
    assert_int_equal(got.lines[0].count, 3);
    /* the first is a vector of the survey: 30.7 N, 121.0 E */
    assert_near(got.lines[0].points[0].lat, 30.7, 1e-9);
    assert_near(got.lines[0].points[0].lon, 121.0, 1e-9);
    unlink(files.path);
    gaz_ctx_close(&ctx);
}

static const char MIXED[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"9899001Q\","
    "\"condition\":\"完好\"},\"geometry\":{\"type\":\"Point\","
    "\"coordinates\":[121.01,30.71,3.25]}},"
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":"
    "\"MultiLineString\",\"coordinates\":[[[121,30.7],[121.1,30.7]],"
    "[[121.1,30.7],[121.2,30.8]]]}},"
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":"
    "\"Polygon\",\"coordinates\":[[[121,30.7],[121.1,30.7],[121.1,30.8],"
    "[121,30.7]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"\"},\"geometry\":"
    "{\"type\":\"Point\",\"coordinates\":[121,30.7]}}]}";

static void test_mixed(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct files files;
    bool is_written = false;
    write_file(&files, ".geojson", MIXED);
    struct imp_reject *rejects = imp_reject_open(files.rejects, "t");
    const struct imp_delivery_options options = {.rejects = rejects};
    const struct imp_delivery_options turned = {.rejects = rejects,
                                                .is_turned = true};
    const struct imp_delivery_options strict = {.layer = NULL};
    struct imp_delivery delivery = {.row_count = 0};
    struct imp_delivery other = {.row_count = 0};
    struct imp_delivered got;
    assert_status_of(
        &ctx, imp_delivery_read(&ctx, files.path, "t", &options, &delivery),
        GAZ_OK);
    assert_int_equal(delivery.rejected, 1);
    assert_int_equal(delivery.row_count, 1);
    assert_status_of(
        &ctx, imp_delivery_turn(&ctx, &delivery, "EPSG:4490", false, &got),
        GAZ_OK);
    assert_int_equal(got.line_count, 2);
    assert_int_equal(got.area_count, 1);
    assert_int_equal(got.marker_count, 1);
    assert_true(got.markers[0].fixes[0].has_height);
    assert_near(got.markers[0].fixes[0].height_m, 3.25, 0);
    assert_near(got.lines[1].points[1].lat, 30.8, 0);

    CASE("a service that gives latitude first");
    assert_status_of(&ctx,
                     imp_delivery_read(&ctx, files.path, "t", &turned, &other),
                     GAZ_OK);
    assert_near(other.raw[0].north, 121.01, 0);
    assert_near(other.raw[1].north, 121, 0);

    CASE("without a reject file the first bad row is a failure");
    assert_status(imp_delivery_read(&ctx, files.path, "t", &strict, &other),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&ctx), "row 4"));
    gaz_ctx_next(&ctx);

    assert_status_of(&ctx, imp_reject_keep(&ctx, rejects, &is_written), GAZ_OK);
    assert_true(is_written);
    imp_reject_close(rejects);
    unlink(files.rejects);
    unlink(files.path);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_angles),  cmocka_unit_test(test_days),
        cmocka_unit_test(test_columns), cmocka_unit_test(test_bad_cells),
        cmocka_unit_test(test_list),    cmocka_unit_test(test_mixed),
    };
    return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
