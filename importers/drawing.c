/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/drawing.h"

#include <cpl_error.h>
#include <errno.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gaz_status fail_gdal(struct gaz_ctx *ctx, const char *path)
{
    const char *why = CPLGetLastErrorMsg();
    return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", path,
                    why[0] ? why : "GDAL gives no reason");
}

static OGRGeometryH make_shape(const struct imp_drawing_item *item)
{
    if (item->shape == IMP_DRAWING_POINT) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, item->xy[0], item->xy[1]);
        return point;
    }
    /* a ring as a closed line: an area would become a hatch */
    OGRGeometryH line = OGR_G_CreateGeometry(wkbLineString);
    for (size_t i = 0; i < item->count; i++)
        OGR_G_AddPoint_2D(line, item->xy[2 * i], item->xy[2 * i + 1]);
    if (item->shape == IMP_DRAWING_RING && item->count > 0)
        OGR_G_AddPoint_2D(line, item->xy[0], item->xy[1]);
    return line;
}

static bool put_feature(OGRLayerH layer, const struct imp_drawing_item *item,
                        const char *style)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    const int field = OGR_F_GetFieldIndex(feature, "Layer");
    if (field >= 0)
        OGR_F_SetFieldString(feature, field, item->layer);
    if (style)
        OGR_F_SetStyleString(feature, style);
    const bool is_put =
        OGR_F_SetGeometryDirectly(feature, make_shape(item)) == OGRERR_NONE &&
        OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return is_put;
}

/* A label is a text of its own beside its point. */
static bool put_item(struct gaz_ctx *ctx, OGRLayerH layer,
                     const struct imp_drawing_item *item)
{
    if (!put_feature(layer, item, NULL))
        return false;
    if (!item->label || item->shape != IMP_DRAWING_POINT)
        return true;
    /* what would end the style's string is left out */
    char *label = gaz_arena_strdup(&ctx->arena, item->label);
    for (char *c = label; *c; c++)
        if (*c == '"' || *c == '\\' || (unsigned char)*c < ' ')
            *c = ' ';
    return put_feature(layer, item,
                       gaz_arena_printf(&ctx->arena,
                                        "LABEL(f:\"Arial\",s:8g,t:\"%s\",p:1)",
                                        label));
}

static gaz_status fill(struct gaz_ctx *ctx, GDALDatasetH set,
                       const struct imp_drawing_item *items, size_t count,
                       const char *path)
{
    OGRLayerH layer =
        GDALDatasetCreateLayer(set, "entities", NULL, wkbUnknown, NULL);
    if (!layer)
        return fail_gdal(ctx, path);
    for (size_t i = 0; i < count; i++)
        if (!put_item(ctx, layer, &items[i]))
            return fail_gdal(ctx, path);
    return GAZ_OK;
}

gaz_status imp_drawing_write(struct gaz_ctx *ctx,
                             const struct imp_drawing_item *items, size_t count,
                             const char *path)
{
    GDALAllRegister();
    GDALDriverH driver = GDALGetDriverByName("DXF");
    const char *beside =
        gaz_arena_printf(&ctx->arena, "%s.new-%ld", path, (long)getpid());
    if (!driver)
        return gaz_fail(ctx, GAZ_IO, "GDAL has no driver for DXF");
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALDatasetH set = GDALCreate(driver, beside, 0, 0, 0, GDT_Unknown, NULL);
    gaz_status status =
        set ? fill(ctx, set, items, count, path) : fail_gdal(ctx, path);
    if (set)
        GDALClose(set); /* writes the file */
    if (status == GAZ_OK && CPLGetLastErrorType() >= CE_Failure)
        status = fail_gdal(ctx, path);
    CPLPopErrorHandler();
    if (status == GAZ_OK && rename(beside, path) != 0)
        status = gaz_fail(ctx, GAZ_IO, "cannot rename '%s': %s", beside,
                          strerror(errno));
    if (status != GAZ_OK)
        (void)unlink(beside);
    return status;
}
