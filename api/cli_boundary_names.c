/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_names.c - boundary names CODE: the names along a line. */
#include "api/boundary/names.h"
#include "api/cli_boundary.h"
#include "gazetteer/base/text.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024, WITHIN_MAX_M = 50000 };

static void write_json(const struct api_boundary_names *names, bool is_geojson,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    if (is_geojson)
        gaz_json_string(&json, "type", "FeatureCollection");
    gaz_json_bool(&json, "schematic", names->pair.view.is_schematic);
    api_boundary_names_summary(&json, names);
    if (is_geojson)
        api_boundary_names_features(&json, names);
    else
        api_boundary_names_list(&json, names);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

static gaz_status put(struct api_cli *cli, api_boundary_format format,
                      const struct api_boundary_names *names)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--output");
    const char *report = api_cli_option(cli, "--report");
    struct gaz_buffer out;
    gaz_status status = GAZ_OK;
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (report) {
        api_boundary_names_html(names, &out);
        status = api_boundary_put(ctx, report, &out);
        gaz_buffer_clear(&out);
    }
    if (format == API_BOUNDARY_TABLE)
        api_boundary_names_table(names, &out);
    else if (format == API_BOUNDARY_CSV || format == API_BOUNDARY_XLSX)
        api_boundary_names_csv(names, &out);
    else
        write_json(names, format == API_BOUNDARY_GEOJSON, &out);
    if (status == GAZ_OK && format == API_BOUNDARY_XLSX)
        status =
            api_boundary_put_sheet(ctx, path, &out, API_BOUNDARY_NAMES_TYPES);
    else if (status == GAZ_OK)
        status = api_boundary_put(ctx, path, &out);
    gaz_buffer_close(&out);
    return status;
}

api_exit api_cli_boundary_names(struct api_cli *cli)
{
    struct api_boundary_names *names =
        gaz_arena_alloc(&cli->worker.ctx.arena, sizeof(*names));
    api_boundary_format format;
    int within_m;
    if (cli->argument_count != 2)
        return api_cli_misuse(cli, "which line? such as 330482-310116");
    if (!api_boundary_take_format(cli, &format) ||
        !api_cli_number(cli, "--within", 1, WITHIN_MAX_M, 0, &within_m))
        return API_EXIT_USAGE;
    if (format == API_BOUNDARY_DXF)
        return api_cli_misuse(cli, "names have no drawing");
    gaz_status status = api_cli_open_snapshot(cli);
    if (status == GAZ_OK)
        status = api_boundary_names_find(&cli->worker.ctx, cli->worker.snap,
                                         cli->arguments[1], within_m, names);
    if (status == GAZ_OK)
        status = put(cli, format, names);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}
