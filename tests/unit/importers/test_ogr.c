/* Test plan: one GeoJSON fixture is read as it is, and turned by GDAL into
 * every other format that we promise, each of which must give the same rows:
 * text, whole numbers, fractions, dates, empty cells, points and polygons. Then
 * the names that must not reach GDAL (network, connection strings, inline
 * documents, folders), and files that are damaged or lack a layer. */
#include "tests/unit/test.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <gdal_utils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "importers/ogr.h"
#include "importers/wkb.h"

static const char FIXTURE[] =
    DIMING_SOURCE_DIR "/tests/fixtures/importers/shapes.geojson";

struct bench {
    struct gaz_ctx ctx;
    char folder[64];
};

static int open_bench(void **state)
{
    static struct bench bench;
    (void)snprintf(bench.folder, sizeof(bench.folder),
                   "/tmp/diming-test-ogr-XXXXXX");
    *state = &bench;
    return mkdtemp(bench.folder) ? 0 : -1;
}

/* Removes the folder and the files in it. */
static int close_bench(void **state)
{
    struct bench *bench = *state;
    char **files = VSIReadDir(bench->folder);
    for (int i = 0; files && files[i]; i++)
        (void)unlink(gaz_arena_printf(&bench->ctx.arena, "%s/%s", bench->folder,
                                      files[i]));
    CSLDestroy(files);
    (void)rmdir(bench->folder);
    gaz_ctx_close(&bench->ctx);
    return 0;
}

static const struct {
    const char *driver;
    const char *file;
    int count;
    const char *where; /* which features; NULL: all */
    const char *crs;   /* as found; NULL: none */
    bool has_shapes;   /* keeps geometry */
    bool has_types;    /* keeps numbers and dates */
    const char *srs;   /* system to write in; NULL: as it is */
} FORMATS[] = {
    {"GPKG", "t.gpkg", 4, NULL, "EPSG:4326", true, true, NULL},
    {"GPKG", "plane.gpkg", 4, NULL, "EPSG:4549", true, true, "EPSG:4549"},
    {"GPKG", "cgcs.gpkg", 4, NULL, "EPSG:4490", true, true, "EPSG:4490"},
    {"ESRI Shapefile", "area.shp", 2, "code IN ('T002','T003')", "EPSG:4326",
     true, true, NULL},
    {"ESRI Shapefile", "cgcs.shp", 2, "code IN ('T002','T003')", "EPSG:4490",
     true, true, "EPSG:4490"},
    {"XLSX", "t.xlsx", 4, NULL, NULL, false, true, NULL},
    {"ODS", "t.ods", 4, NULL, NULL, false, true, NULL},
    {"LIBKML", "t.kml", 4, NULL, "EPSG:4326", true, false, NULL},
    {"FlatGeobuf", "t.fgb", 3, "code <> 'T004'", "EPSG:4326", true, true, NULL},
    {"MapInfo File", "t.tab", 2, "code IN ('T002','T003')", NULL, true, true,
     NULL},
    {"GeoJSON", "t.geojson", 4, NULL, "EPSG:4326", true, true, NULL},
};

static const char *make_file(struct bench *b, size_t i)
{
    const char *path =
        gaz_arena_printf(&b->ctx.arena, "%s/%s", b->folder, FORMATS[i].file);
    char **args = NULL;
    args = CSLAddString(args, "-f");
    args = CSLAddString(args, FORMATS[i].driver);
    args = CSLAddString(args, "-lco");
    args = CSLAddString(args, "ENCODING=UTF-8");
    if (FORMATS[i].where) {
        args = CSLAddString(args, "-where");
        args = CSLAddString(args, FORMATS[i].where);
    }
    if (FORMATS[i].srs) {
        args = CSLAddString(args, "-t_srs");
        args = CSLAddString(args, FORMATS[i].srs);
    }
    GDALVectorTranslateOptions *options =
        GDALVectorTranslateOptionsNew(args, NULL);
    GDALDatasetH from = GDALOpenEx(FIXTURE, GDAL_OF_VECTOR, NULL, NULL, NULL);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH made =
        GDALVectorTranslate(path, NULL, 1, &from, options, NULL);
    CPLPopErrorHandler();
    GDALClose(from);
    GDALVectorTranslateOptionsFree(options);
    CSLDestroy(args);
    if (!made)
        return NULL;
    GDALClose(made);
    return path;
}

static const char *value_of(const struct imp_row *row, const char *column)
{
    for (int i = 0; i < row->count; i++)
        if (strcasecmp(row->columns[i], column) == 0)
            return row->values[i];
    return "(no such column)";
}

static const struct {
    const char *code;
    const char *name;
    const char *since;
    const char *number;
    const char *share;
    char shape; /* p: point, a: area, -: none */
} ROWS[] = {
    {"T001", "试点一", "2017-10-31", "42", "0.25", 'p'},
    {"T002", "试面二", "2018-01-02", "-7", "1.5", 'a'},
    {"T003", "试洞三", "", "", "", 'a'},
    {"T004", "无图四", "2019-12-31", "0", "0", '-'},
};

static void check_shape(const struct imp_row *row, char shape, bool is_plane)
{
    assert_int_equal(row->has_geometry, shape != '-');
    assert_int_equal(row->has_xy, shape == 'p');
    assert_int_equal(row->wkb != NULL, shape == 'a');
    if (shape == 'p' && !is_plane) {
        assert_near(row->x, 121.0157, 1e-7);
        assert_near(row->y, 30.6773, 1e-7);
    }
    if (shape == 'p' && is_plane) {
        assert_near(row->x, 597331.2589, 1e-3);
        assert_near(row->y, 3395637.8261, 1e-3);
    }
    if (shape == 'a')
        assert_int_equal(((const unsigned char *)row->wkb)[0], 1);
}

static void check_row(const struct imp_row *row, size_t i, size_t format)
{
    assert_null(row->error);
    assert_string_equal(value_of(row, "name"), ROWS[i].name);
    if (FORMATS[format].has_types) {
        assert_string_equal(value_of(row, "since"), ROWS[i].since);
        if (ROWS[i].number[0]) { /* some formats have no empty numbers */
            assert_string_equal(value_of(row, "number"), ROWS[i].number);
            assert_string_equal(value_of(row, "share"), ROWS[i].share);
        }
    }
    check_shape(row, FORMATS[format].has_shapes ? ROWS[i].shape : '-',
                FORMATS[format].crs &&
                    strcmp(FORMATS[format].crs, "EPSG:4549") == 0);
}

/* FlatGeobuf sorts by place: rows are found by code. */
static size_t row_index(const struct imp_row *row)
{
    for (size_t i = 0; i < COUNT(ROWS); i++)
        if (strcmp(value_of(row, "code"), ROWS[i].code) == 0)
            return i;
    fail_msg("no such code '%s'", value_of(row, "code"));
    return 0;
}

static void test_formats(void **state)
{
    struct bench *b = *state;
    GDALAllRegister();
    for (size_t f = 0; f < COUNT(FORMATS); f++) {
        gaz_ctx_next(&b->ctx);
        CASE(FORMATS[f].file);
        const char *path = make_file(b, f);
        assert_non_null(path);
        struct imp_reader *reader = NULL;
        assert_status_of(
            &b->ctx, imp_ogr_open(&b->ctx, path, NULL, NULL, &reader), GAZ_OK);
        if (FORMATS[f].crs) {
            assert_non_null(reader->crs);
            assert_string_equal(reader->crs, FORMATS[f].crs);
        } else {
            assert_null(reader->crs);
        }
        assert_int_equal(reader->has_geometry, FORMATS[f].has_shapes);
        struct imp_row row;
        gaz_status status;
        int count = 0;
        while ((status = imp_reader_next(&b->ctx, reader, &row)) == GAZ_OK) {
            assert_int_equal(row.number, ++count);
            check_row(&row, row_index(&row), f);
        }
        assert_status_of(&b->ctx, status, GAZ_END);
        assert_int_equal(count, FORMATS[f].count);
        imp_reader_close(reader);
    }
}

static void test_names_kept_out(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *path;
        gaz_status status;
    } CASES[] = {
        {"/vsicurl/http://127.0.0.1:9/x.geojson", GAZ_NOT_FOUND},
        {"/vsimem/x.geojson", GAZ_NOT_FOUND},
        {"http://127.0.0.1:9/x.geojson", GAZ_NOT_FOUND},
        {"PG:dbname=x", GAZ_NOT_FOUND},
        {"WFS:http://127.0.0.1:9/", GAZ_NOT_FOUND},
        {"{\"type\":\"Point\",\"coordinates\":[1,2]}", GAZ_NOT_FOUND},
        {"", GAZ_NOT_FOUND},
        {"/tmp", GAZ_INVALID},
        {"/nowhere/at/all.shp", GAZ_NOT_FOUND},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].path);
        struct imp_reader *reader = NULL;
        gaz_ctx_next(&b->ctx);
        assert_status(imp_ogr_open(&b->ctx, CASES[i].path, NULL, NULL, &reader),
                      CASES[i].status);
        assert_null(reader);
    }
}

static void write_file(struct bench *b, const char *path, const char *text)
{
    assert_status_of(
        &b->ctx, gaz_file_replace(&b->ctx, path, text, strlen(text)), GAZ_OK);
}

static void test_bad_files(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *label;
        const char *file;
        const char *text;
        const char *layer;
        const char *says;
    } CASES[] = {
        {"empty", "e.geojson", "", NULL, "is empty"},
        {"no format", "e.shp", "hello, I am no shapefile", NULL,
         "cannot read '"},
        {"cut GeoJSON", "cut.geojson",
         "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":", NULL,
         "cannot read '"},
        {"a VRT would lead elsewhere", "t.vrt",
         "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>"
         "/vsicurl/http://127.0.0.1:9/x.geojson</SrcDataSource>"
         "</OGRVRTLayer></OGRVRTDataSource>",
         NULL, "cannot read '"},
        {"no such layer", "l.geojson",
         "{\"type\":\"FeatureCollection\",\"features\":[]}", "towns",
         "no layer 'towns'; there are: l"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        gaz_ctx_next(&b->ctx);
        CASE(CASES[i].label);
        struct imp_reader *reader = NULL;
        const char *path =
            gaz_arena_printf(&b->ctx.arena, "%s/%s", b->folder, CASES[i].file);
        write_file(b, path, CASES[i].text);
        assert_status(
            imp_ogr_open(&b->ctx, path, NULL, CASES[i].layer, &reader),
            GAZ_INVALID);
        if (!strstr(gaz_ctx_failure(&b->ctx), CASES[i].says))
            fail_msg("'%s' lacks '%s'", gaz_ctx_failure(&b->ctx),
                     CASES[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_names_kept_out),
        cmocka_unit_test(test_bad_files),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
