/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/ogr.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <errno.h>
#include <gdal.h>
#include <limits.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gazetteer/base/text.h"
#include "gazetteer/model/record.h"

/* Drivers that read a local file and nothing else. VRT, GML, WFS and the like
 * may send GDAL elsewhere and are left out. */
static const char *const DRIVERS[] = {
    "ESRI Shapefile", "GPKG", "XLSX", "ODS",          "LIBKML",     "KML",
    "GeoJSON",        "GPX",  "DXF",  "MapInfo File", "FlatGeobuf", NULL};

struct ogr {
    struct imp_reader base; /* first: the reader is the ogr */
    struct gaz_arena arena; /* names of columns and system */
    GDALDatasetH dataset;
    OGRLayerH layer; /* the dataset's */
    int64_t number;
    char error[256]; /* GDAL's first sentence since begin_call */
};

static void CPL_STDCALL keep_error(CPLErr severity, CPLErrorNum number,
                                   const char *message)
{
    (void)number;
    struct ogr *ogr = CPLGetErrorHandlerUserData();
    if (severity >= CE_Failure && ogr->error[0] == '\0')
        (void)CPLStrlcpy(ogr->error, message, sizeof(ogr->error));
}

/* GDAL prints to stderr unless a handler is set, per thread. */
static void begin_call(struct ogr *ogr)
{
    ogr->error[0] = '\0';
    CPLPushErrorHandlerEx(keep_error, ogr);
}

static void end_call(void)
{
    CPLPopErrorHandler();
}

static const char *error_of(const struct ogr *ogr)
{
    return ogr->error[0] ? ogr->error : "GDAL gives no reason";
}

static void register_drivers(void)
{
    /* Belt and braces: no driver above asks for these. */
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "none");
    CPLSetConfigOption("GDAL_PYTHON_DRIVER_PATH", "disabled");
    CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", "");
    CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE");
    CPLSetConfigOption("OGR_ODS_HEADERS", "FORCE");
    CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "64"); /* MB */
    GDALAllRegister();
}

static bool is_sheet(const char *path)
{
    return gaz_text_ends_with(path, ".xlsx") ||
           gaz_text_ends_with(path, ".ods");
}

/* A name that GDAL can only take for a local file: absolute, of a file that is
 * there. */
static gaz_status find_file(struct gaz_ctx *ctx, const char *path,
                            const char **out)
{
    struct stat info;
    char real[PATH_MAX];
    if (!realpath(path, real) || stat(real, &info) != 0)
        return gaz_fail(ctx, errno == ENOENT ? GAZ_NOT_FOUND : GAZ_IO,
                        "cannot open '%s': %s", path, strerror(errno));
    const char *name = gaz_arena_strdup(&ctx->arena, real);
    if (gaz_text_starts_with(name, "/vsi"))
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is a name of GDAL's own", path);
    if (!S_ISREG(info.st_mode))
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is not a regular file", path);
    if (info.st_size == 0)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' is empty", path);
    if (is_sheet(name) && info.st_size > IMP_OGR_SHEET_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "'%s' has %lld bytes, a spreadsheet at most %d", path,
                        (long long)info.st_size, IMP_OGR_SHEET_MAX_BYTES);
    *out = name;
    return GAZ_OK;
}

static gaz_status refuse_layer(struct gaz_ctx *ctx, struct ogr *ogr,
                               const char *layer)
{
    enum { SHOWN_MAX = 10 };
    const char *names = "";
    int count = GDALDatasetGetLayerCount(ogr->dataset);
    for (int i = 0; i < count && i < SHOWN_MAX; i++)
        names = gaz_arena_printf(
            &ctx->arena, "%s%s%s", names, i ? ", " : "",
            OGR_L_GetName(GDALDatasetGetLayer(ogr->dataset, i)));
    return gaz_fail(ctx, GAZ_INVALID, "no layer '%s'; there are: %s", layer,
                    names);
}

/* The code of the layer's system, if it has one or is surely like one. */
static const char *find_crs(struct ogr *ogr, OGRSpatialReferenceH srs)
{
    enum { SURE_PERCENT = 90 };
    if (!srs)
        return NULL;
    const char *code = OSRGetAuthorityCode(srs, NULL);
    const char *authority = OSRGetAuthorityName(srs, NULL);
    if (code && authority && strcmp(authority, "EPSG") == 0)
        return gaz_arena_printf(&ogr->arena, "EPSG:%s", code);
    if (code && authority && strcmp(authority, "OGC") == 0 &&
        strcmp(code, "CRS84") == 0)
        return "EPSG:4326";
    int *confidence = NULL;
    int found = 0;
    const char *name = NULL;
    OGRSpatialReferenceH *like = OSRFindMatches(srs, NULL, &found, &confidence);
    if (found > 0 && confidence[0] >= SURE_PERCENT &&
        (code = OSRGetAuthorityCode(like[0], NULL)) != NULL)
        name = gaz_arena_printf(&ogr->arena, "EPSG:%s", code);
    OSRFreeSRSArray(like);
    CPLFree(confidence);
    return name;
}

static gaz_status read_layer(struct gaz_ctx *ctx, struct ogr *ogr,
                             const char *layer)
{
    ogr->layer = layer ? GDALDatasetGetLayerByName(ogr->dataset, layer)
                       : GDALDatasetGetLayer(ogr->dataset, 0);
    if (!ogr->layer)
        return layer ? refuse_layer(ctx, ogr, layer)
                     : gaz_fail(ctx, GAZ_INVALID, "no layer");
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(ogr->layer);
    const int count = OGR_FD_GetFieldCount(defn);
    if (count > GAZ_RECORD_MAX_FIELDS)
        return gaz_fail(ctx, GAZ_LIMIT, "%d columns, at most %d", count,
                        GAZ_RECORD_MAX_FIELDS);
    const char **names =
        gaz_arena_array(&ogr->arena, (size_t)count, sizeof(char *));
    for (int i = 0; i < count; i++)
        names[i] = gaz_arena_strdup(
            &ogr->arena, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(defn, i)));
    ogr->base.columns = names;
    ogr->base.column_count = count;
    ogr->base.has_geometry = OGR_FD_GetGeomFieldCount(defn) > 0 &&
                             OGR_L_GetGeomType(ogr->layer) != wkbNone;
    ogr->base.crs = find_crs(ogr, OGR_L_GetSpatialRef(ogr->layer));
    return GAZ_OK;
}

static const char *date_text(struct gaz_ctx *ctx, OGRFeatureH feature, int i,
                             bool has_time)
{
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int zone;
    if (!OGR_F_GetFieldAsDateTime(feature, i, &year, &month, &day, &hour,
                                  &minute, &second, &zone))
        return "";
    if (!has_time || (hour == 0 && minute == 0 && second == 0))
        return gaz_arena_printf(&ctx->arena, "%04d-%02d-%02d", year, month,
                                day);
    return gaz_arena_printf(&ctx->arena, "%04d-%02d-%02dT%02d:%02d:%02d", year,
                            month, day, hour, minute, second);
}

/* Without the zeros that a format with a fixed width fills up with. 15 digits
 * are what a decimal number keeps through a double. */
static const char *real_text(struct gaz_ctx *ctx, OGRFeatureH feature, int i)
{
    return gaz_arena_printf(&ctx->arena, "%.15g",
                            OGR_F_GetFieldAsDouble(feature, i));
}

static void fail_row(struct imp_row *row, const char *rule, int column,
                     const char *en, const char *zh)
{
    if (row->error)
        return;
    row->error = en;
    row->error_zh = zh;
    row->error_rule = rule;
    row->error_column = column;
}

static const char *read_value(struct gaz_ctx *ctx, OGRFeatureH feature, int i,
                              struct imp_row *row)
{
    if (!OGR_F_IsFieldSetAndNotNull(feature, i))
        return "";
    const OGRFieldType type =
        OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i));
    if (type == OFTDate || type == OFTDateTime)
        return date_text(ctx, feature, i, type == OFTDateTime);
    if (type == OFTReal)
        return real_text(ctx, feature, i);
    const char *text = OGR_F_GetFieldAsString(feature, i);
    const size_t len = strlen(text);
    if (len > GAZ_FIELD_MAX_BYTES) {
        fail_row(row, "I03", i + 1, "a field is longer than 65536 bytes",
                 "字段超过65536字节");
        return "";
    }
    if (!gaz_text_is_utf8(text, len, NULL)) {
        fail_row(row, "I02", i + 1, "not UTF-8", "不是UTF-8编码");
        return "";
    }
    return gaz_arena_strndup(&ctx->arena, text, len);
}

/* Makes an own copy that is flat and has no curves; OGR's to destroy. */
static OGRGeometryH copy_plain(OGRGeometryH shape)
{
    OGRGeometryH copy = OGR_G_HasCurveGeometry(shape, FALSE)
                            ? OGR_G_GetLinearGeometry(shape, 0, NULL)
                            : OGR_G_Clone(shape);
    if (copy) {
        OGR_G_FlattenTo2D(copy);
        OGR_G_SetMeasured(copy, FALSE);
    }
    return copy;
}

static void take_point(OGRGeometryH point, struct imp_row *row)
{
    row->has_xy = true;
    row->x = OGR_G_GetX(point, 0);
    row->y = OGR_G_GetY(point, 0);
}

static void take_height(OGRGeometryH shape, struct imp_row *row)
{
    row->has_z = OGR_G_Is3D(shape) &&
                 wkbFlatten(OGR_G_GetGeometryType(shape)) == wkbPoint;
    row->z = row->has_z ? OGR_G_GetZ(shape, 0) : 0;
}

static void take_wkb(struct gaz_ctx *ctx, OGRGeometryH shape,
                     struct imp_row *row)
{
    enum { SHAPE_MAX_BYTES = 64 * 1024 * 1024 };
    const int size = OGR_G_WkbSize(shape);
    if (size <= 0 || size > SHAPE_MAX_BYTES) {
        fail_row(row, "I03", 0, "a geometry is larger than 64 MiB",
                 "几何图形超过64MiB");
        return;
    }
    unsigned char *wkb = gaz_arena_alloc(&ctx->arena, (size_t)size);
    if (OGR_G_ExportToWkb(shape, wkbNDR, wkb) != OGRERR_NONE) {
        fail_row(row, "I08", 0, "a geometry that cannot be read",
                 "几何图形无法读取");
        return;
    }
    row->wkb = wkb;
    row->wkb_size = (size_t)size;
}

static void read_geometry(struct gaz_ctx *ctx, OGRFeatureH feature,
                          struct imp_row *row)
{
    OGRGeometryH shape = OGR_F_GetGeometryRef(feature);
    if (!shape || OGR_G_IsEmpty(shape))
        return;
    OGRGeometryH plain = copy_plain(shape);
    if (!plain) {
        fail_row(row, "I08", 0, "a geometry that cannot be read",
                 "几何图形无法读取");
        return;
    }
    row->has_geometry = true;
    take_height(shape, row);
    const OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(plain));
    if (type == wkbPoint)
        take_point(plain, row);
    else if (type == wkbMultiPoint && OGR_G_GetGeometryCount(plain) == 1)
        take_point(OGR_G_GetGeometryRef(plain, 0), row);
    else
        take_wkb(ctx, plain, row);
    OGR_G_DestroyGeometry(plain);
}

static gaz_status ogr_next(struct gaz_ctx *ctx, struct imp_reader *reader,
                           struct imp_row *out)
{
    struct ogr *ogr = (struct ogr *)reader;
    begin_call(ogr);
    OGRFeatureH feature = OGR_L_GetNextFeature(ogr->layer);
    if (!feature) {
        end_call();
        if (ogr->error[0])
            return gaz_fail(ctx, GAZ_INVALID, "after row %lld: %s",
                            (long long)ogr->number, ogr->error);
        return GAZ_END;
    }
    const int count = ogr->base.column_count;
    const char **values =
        gaz_arena_array(&ctx->arena, (size_t)count, sizeof(char *));
    struct imp_row row = {
        .number = ++ogr->number,
        .columns = ogr->base.columns,
        .values = values,
        .count = count,
    };
    for (int i = 0; i < count; i++)
        values[i] = read_value(ctx, feature, i, &row);
    read_geometry(ctx, feature, &row);
    OGR_F_Destroy(feature);
    end_call();
    *out = row;
    return GAZ_OK;
}

static void ogr_close(struct imp_reader *reader)
{
    struct ogr *ogr = (struct ogr *)reader;
    begin_call(ogr);
    if (ogr->dataset)
        GDALClose(ogr->dataset);
    end_call();
    gaz_arena_close(&ogr->arena);
    gaz_free(ogr);
}

gaz_status imp_ogr_open(struct gaz_ctx *ctx, const char *path,
                        const char *driver, const char *layer,
                        struct imp_reader **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, register_drivers);
    const char *file = NULL;
    gaz_status status = find_file(ctx, path, &file);
    if (status != GAZ_OK)
        return status;
    struct ogr *ogr = gaz_malloc(sizeof(*ogr));
    ogr->base.next = ogr_next;
    ogr->base.close = ogr_close;
    const char *const one[] = {driver, NULL};
    begin_call(ogr);
    ogr->dataset = GDALOpenEx(file, GDAL_OF_VECTOR | GDAL_OF_READONLY,
                              driver ? one : DRIVERS, NULL, NULL);
    status = ogr->dataset ? read_layer(ctx, ogr, layer)
                          : gaz_fail(ctx, GAZ_INVALID, "cannot read '%s': %s",
                                     path, error_of(ogr));
    end_call();
    if (status != GAZ_OK) {
        ogr_close(&ogr->base);
        return status;
    }
    *out = &ogr->base;
    return GAZ_OK;
}
