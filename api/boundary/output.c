/* SPDX-License-Identifier: Apache-2.0 */
#include "api/boundary/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/file.h"
#include "importers/sheet.h"

enum { OUTPUT_MAX_BYTES = 256 * 1024 * 1024 };

bool api_boundary_take_format(const struct api_cli *cli,
                              api_boundary_format *out)
{
    const char *format = api_cli_option(cli, "--format");
    int found = format ? API_BOUNDARY_FORMATS : API_BOUNDARY_TABLE;
    for (int i = 0; format && i < API_BOUNDARY_FORMATS; i++)
        if (strcmp(format, API_BOUNDARY_FORMAT_NAMES[i]) == 0)
            found = i;
    *out = (api_boundary_format)found;
    if (found == API_BOUNDARY_FORMATS) {
        (void)api_cli_misuse(cli, "--format is '%s'", format);
        return false;
    }
    if ((found == API_BOUNDARY_XLSX || found == API_BOUNDARY_DXF) &&
        !api_cli_option(cli, "--output")) {
        (void)api_cli_misuse(cli, "--format %s needs --output", format);
        return false;
    }
    return true;
}

gaz_status api_boundary_take_limits(struct api_cli *cli, struct gaz_limits *out)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--limits");
    struct gaz_map map;
    gaz_limits_shipped(ctx, out);
    if (!path)
        return GAZ_OK;
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status != GAZ_OK)
        return status;
    /* what is kept is copied into the arena */
    status =
        gaz_limits_override(ctx, path, map.data ? map.data : "", map.size, out);
    gaz_file_unmap(&map);
    return status;
}

gaz_status api_boundary_put(struct gaz_ctx *ctx, const char *path,
                            const struct gaz_buffer *out)
{
    if (out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                        OUTPUT_MAX_BYTES);
    if (path)
        return gaz_file_replace(ctx, path, out->data, out->size);
    (void)fwrite(out->data, 1, out->size, stdout);
    return GAZ_OK;
}

gaz_status api_boundary_put_sheet(struct gaz_ctx *ctx, const char *path,
                                  const struct gaz_buffer *csv,
                                  const char *types)
{
    const char *between = gaz_arena_printf(&ctx->arena, "%s.csv", path);
    gaz_status status = api_boundary_put(ctx, between, csv);
    if (status == GAZ_OK)
        status = imp_sheet_from_csv(ctx, between, types, path);
    (void)unlink(between);
    return status;
}

gaz_status api_boundary_emit(struct gaz_ctx *ctx,
                             const struct api_boundary_view *view,
                             api_boundary_format format, const char *path,
                             const struct gaz_buffer *text)
{
    static const char TYPES[] = "ttttnnnnnttttt";
    struct gaz_buffer out;
    if (format == API_BOUNDARY_DXF)
        return api_boundary_write_dxf(ctx, view, path);
    if (format == API_BOUNDARY_TABLE || format == API_BOUNDARY_JSON)
        return api_boundary_put(ctx, path, text);
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (format == API_BOUNDARY_GEOJSON)
        api_boundary_write_geojson(view, &ctx->arena, &out);
    else
        api_boundary_write_csv(view, &out);
    gaz_status status = format == API_BOUNDARY_XLSX
                            ? api_boundary_put_sheet(ctx, path, &out, TYPES)
                            : api_boundary_put(ctx, path, &out);
    gaz_buffer_close(&out);
    return status;
}
