/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/sheet.h"

#include <cpl_error.h>
#include <errno.h>
#include <gdal.h>
#include <ogr_api.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct imp_sheet {
    struct gaz_arena arena; /* the two paths */
    const char *path;
    const char *temporary; /* beside it, renamed at the end */
    GDALDatasetH dataset;
    OGRLayerH layer;
    int columns;
    int64_t rows;
};

static pthread_once_t register_once = PTHREAD_ONCE_INIT;

static gaz_status fail(struct gaz_ctx *ctx, const char *path, const char *what)
{
    return gaz_fail(ctx, GAZ_IO, "cannot %s '%s': %s", what, path,
                    CPLGetLastErrorMsg()[0] ? CPLGetLastErrorMsg()
                                            : "GDAL gives no reason");
}

static gaz_status begin(struct gaz_ctx *ctx, struct imp_sheet *sheet,
                        const char *title, const char *const *headings,
                        const char *types)
{
    GDALDriverH driver = GDALGetDriverByName("XLSX");
    if (!driver)
        return gaz_fail(ctx, GAZ_IO, "this GDAL writes no XLSX");
    sheet->dataset =
        GDALCreate(driver, sheet->temporary, 0, 0, 0, GDT_Unknown, NULL);
    if (!sheet->dataset)
        return fail(ctx, sheet->path, "write");
    sheet->layer =
        GDALDatasetCreateLayer(sheet->dataset, title, NULL, wkbNone, NULL);
    if (!sheet->layer)
        return fail(ctx, sheet->path, "write");
    for (int i = 0; i < sheet->columns; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(
            headings[i], types && types[i] == 'n' ? OFTReal : OFTString);
        OGRErr error = OGR_L_CreateField(sheet->layer, field, TRUE);
        OGR_Fld_Destroy(field);
        if (error != OGRERR_NONE)
            return fail(ctx, sheet->path, "write");
    }
    return GAZ_OK;
}

/* GDAL's zip writer cuts a path at its first ".xlsx": the name has one only. */
static const char *temporary_beside(struct gaz_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    return gaz_arena_printf(arena, "%.*sdiming-sheet-%ld.xlsx", folder, path,
                            (long)getpid());
}

gaz_status imp_sheet_open(struct gaz_ctx *ctx, const char *path,
                          const char *title, const char *const *headings,
                          const char *types, int count, struct imp_sheet **out)
{
    if (count < 1 || count > IMP_SHEET_COLUMNS_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "a sheet has 1 to %d columns",
                        IMP_SHEET_COLUMNS_MAX);
    (void)pthread_once(&register_once, GDALAllRegister);
    struct imp_sheet *sheet = gaz_malloc(sizeof(*sheet));
    sheet->path = gaz_arena_strdup(&sheet->arena, path);
    sheet->temporary = temporary_beside(&sheet->arena, path);
    sheet->columns = count;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    gaz_status status = begin(ctx, sheet, title, headings, types);
    CPLPopErrorHandler();
    if (status != GAZ_OK)
        imp_sheet_drop(sheet);
    else
        *out = sheet;
    return status;
}

gaz_status imp_sheet_row(struct gaz_ctx *ctx, struct imp_sheet *sheet,
                         const char *const *cells)
{
    if (sheet->rows == IMP_SHEET_ROWS_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "more than %d rows for a sheet",
                        IMP_SHEET_ROWS_MAX);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(sheet->layer));
    for (int i = 0; i < sheet->columns; i++)
        if (*cells[i])
            OGR_F_SetFieldString(feature, i, cells[i]);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRErr error = OGR_L_CreateFeature(sheet->layer, feature);
    CPLPopErrorHandler();
    OGR_F_Destroy(feature);
    sheet->rows++;
    return error == OGRERR_NONE ? GAZ_OK : fail(ctx, sheet->path, "write");
}

gaz_status imp_sheet_finish(struct gaz_ctx *ctx, struct imp_sheet *sheet)
{
    gaz_status status = GAZ_OK;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALClose(sheet->dataset);
    sheet->dataset = NULL;
    CPLPopErrorHandler();
    if (CPLGetLastErrorType() >= CE_Failure)
        status = fail(ctx, sheet->path, "write");
    else if (rename(sheet->temporary, sheet->path) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", sheet->path,
                          strerror(errno));
    imp_sheet_drop(sheet);
    return status;
}

void imp_sheet_drop(struct imp_sheet *sheet)
{
    if (!sheet)
        return;
    if (sheet->dataset) {
        CPLPushErrorHandler(CPLQuietErrorHandler);
        GDALClose(sheet->dataset);
        CPLPopErrorHandler();
    }
    (void)unlink(sheet->temporary); /* gone already when all went well */
    gaz_arena_close(&sheet->arena);
    gaz_free(sheet);
}
