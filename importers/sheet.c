/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/sheet.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <errno.h>
#include <gdal.h>
#include <gdal_utils.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"

/* GDAL's CSV driver reads the types of the columns from a file beside it. */
static gaz_status write_types(struct gaz_ctx *ctx, const char *from,
                              const char *types, const char **path)
{
    size_t len = strlen(from);
    if (gaz_text_ends_with(from, ".csv"))
        len -= 4;
    *path = gaz_arena_printf(&ctx->arena, "%.*s.csvt", (int)len, from);
    const char *text = "";
    for (const char *at = types; *at; at++)
        text =
            gaz_arena_printf(&ctx->arena, "%s%s%s", text, at > types ? "," : "",
                             *at == 'n' ? "\"Real\"" : "\"String\"");
    return gaz_file_replace(ctx, *path, text, strlen(text));
}

static gaz_status fail_gdal(struct gaz_ctx *ctx, const char *to)
{
    const char *why = CPLGetLastErrorMsg();
    return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", to,
                    why[0] ? why : "GDAL gives no reason");
}

static gaz_status translate(struct gaz_ctx *ctx, const char *from,
                            const char *beside, const char *to)
{
    static const char *const CSV[] = {"CSV", NULL};
    GDALDatasetH source =
        GDALOpenEx(from, GDAL_OF_VECTOR | GDAL_OF_READONLY, CSV, NULL, NULL);
    if (!source)
        return fail_gdal(ctx, to);
    char format[] = "-f";
    char driver[] = "XLSX";
    char rename_layer[] = "-nln";
    char layer[] = "结果";
    char *arguments[] = {format, driver, rename_layer, layer, NULL};
    GDALVectorTranslateOptions *options =
        GDALVectorTranslateOptionsNew(arguments, NULL);
    GDALDatasetH made =
        GDALVectorTranslate(beside, NULL, 1, &source, options, NULL);
    gaz_status status = GAZ_OK;
    if (made)
        GDALClose(made); /* writes the file */
    if (!made || CPLGetLastErrorType() >= CE_Failure)
        status = fail_gdal(ctx, to);
    GDALVectorTranslateOptionsFree(options);
    GDALClose(source);
    return status;
}

gaz_status imp_sheet_from_csv(struct gaz_ctx *ctx, const char *from,
                              const char *types, const char *to)
{
    const char *types_path = NULL;
    gaz_status status = write_types(ctx, from, types, &types_path);
    if (status != GAZ_OK)
        return status;
    GDALAllRegister();
    /* GDAL takes the first .xlsx of a path for the archive's end. */
    const size_t stem =
        strlen(to) - (gaz_text_ends_with(to, ".xlsx") ? strlen(".xlsx") : 0);
    const char *beside = gaz_arena_printf(&ctx->arena, "%.*s.new-%ld.xlsx",
                                          (int)stem, to, (long)getpid());
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    status = translate(ctx, from, beside, to);
    CPLPopErrorHandler();
    (void)unlink(types_path);
    if (status == GAZ_OK && rename(beside, to) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot rename '%s': %s", beside,
                          strerror(errno));
    if (status != GAZ_OK)
        (void)unlink(beside);
    return status;
}
