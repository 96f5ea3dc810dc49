/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary.c - boundary check: two files' areas, where they disagree. */
#include <string.h>

#include "api/border/border.h"
#include "api/cli_boundary.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "gazetteer/boundary/sides.h"
#include "gazetteer/geo/crs.h"
#include "importers/open.h"
#include "importers/wkb.h"

enum { OUTPUT_MAX_BYTES = 256 * 1024 * 1024 };

/* What one side is read from. */
struct input {
    const char *path;
    const char *code; /* NULL: all features */
    const char *column;
    struct gaz_crs *crs;
};

struct areas {
    struct gaz_wkb *items;
    size_t count;
    size_t capacity;
};

static gaz_status turn_vertex(struct gaz_ctx *ctx, void *user, double x,
                              double y, struct gaz_coord *out)
{
    return gaz_crs_to_cgcs2000(ctx, user, x, y, out);
}

static const char *cell(const struct imp_row *row, const char *column)
{
    for (int i = 0; i < row->count; i++)
        if (strcmp(row->columns[i], column) == 0)
            return row->values[i];
    return "";
}

/* Points and lines of a mixed file are no areas and are passed over. */
static gaz_status take_row(struct gaz_ctx *ctx, const struct input *input,
                           const struct imp_row *row, struct areas *areas)
{
    if (row->error)
        return gaz_fail(ctx, GAZ_INVALID, "%s: row %lld: %s", input->path,
                        (long long)row->number, row->error);
    if (!row->wkb ||
        (input->code && strcmp(cell(row, input->column), input->code) != 0))
        return GAZ_OK;
    const struct imp_wkb_transform transform = {turn_vertex, input->crs};
    struct imp_shape shape;
    gaz_status status =
        imp_wkb_transform(ctx, row->wkb, row->wkb_size, &transform, &shape);
    if (status != GAZ_OK ||
        (shape.type != IMP_WKB_POLYGON && shape.type != IMP_WKB_MULTIPOLYGON))
        return status;
    if (areas->count == areas->capacity) {
        const size_t bigger = areas->capacity ? 2 * areas->capacity : 16;
        const size_t bytes = sizeof(*areas->items);
        areas->items = gaz_arena_grow(&ctx->arena, areas->items,
                                      areas->capacity * bytes, bigger * bytes);
        areas->capacity = bigger;
    }
    areas->items[areas->count++] = (struct gaz_wkb){shape.wkb, shape.size};
    return GAZ_OK;
}

static gaz_status read_side(struct gaz_ctx *ctx, const struct input *input,
                            struct gaz_side *out)
{
    const struct imp_mapping mapping = {.format = IMP_FORMAT_AUTO};
    struct imp_reader *reader = NULL;
    struct areas areas = {.count = 0};
    struct imp_row row;
    gaz_status status = imp_open_reader(ctx, input->path, &mapping, &reader);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        return gaz_fail(ctx, status, "no file '%s'", input->path);
    if (status != GAZ_OK)
        return status;
    while ((status = imp_reader_next(ctx, reader, &row)) == GAZ_OK)
        if ((status = take_row(ctx, input, &row, &areas)) != GAZ_OK)
            break;
    imp_reader_close(reader);
    if (status != GAZ_END)
        return status;
    if (areas.count == 0)
        return input->code
                   ? gaz_fail(ctx, GAZ_INVALID, "%s: no area with %s '%s'",
                              input->path, input->column, input->code)
                   : gaz_fail(ctx, GAZ_INVALID, "%s: no area", input->path);
    *out = (struct gaz_side){.name = input->code ? input->code : input->path,
                             .areas = areas.items,
                             .count = areas.count};
    return GAZ_OK;
}

/* ---- the answer ---- */

static void write_summary(struct gaz_json *json,
                          const struct gaz_sides_report *report)
{
    gaz_json_object(json, "summary");
    gaz_json_number(json, "shared_length_m", report->shared.plane_m, 2);
    gaz_json_string(json, "shared_length_is", "grid length in the plane");
    gaz_json_number(json, "shared_length_plane_m", report->shared.plane_m, 2);
    gaz_json_number(json, "shared_length_ground_m", report->shared.ground_m, 2);
    gaz_json_number(json, "identical_length_m", report->identical.plane_m, 2);
    gaz_json_number(json, "identical_length_ground_m",
                    report->identical.ground_m, 2);
    gaz_json_number(json, "overlap_area_m2", report->overlap_area_m2, 2);
    gaz_json_number(json, "overlap_width_m", report->overlap_width_m, 3);
    gaz_json_int(json, "overlap_count", (int64_t)report->overlap_count);
    gaz_json_number(json, "gap_area_m2", report->gap_area_m2, 2);
    gaz_json_number(json, "gap_width_m", report->gap_width_m, 3);
    gaz_json_int(json, "gap_count", (int64_t)report->gap_count);
    gaz_json_int(json, "unmatched_vertices",
                 (int64_t)report->unmatched_vertices);
    gaz_json_int(json, "findings_left_out", (int64_t)report->left_out);
    gaz_json_end(json);
}

static void write_finding(struct gaz_json *json,
                          const struct gaz_sides_finding *finding)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rule", finding->rule);
    gaz_json_string(json, "kind", gaz_sides_kind_name(finding->kind));
    gaz_json_string(json, "severity",
                    api_cli_boundary_severity(finding->severity));
    if (finding->has_where)
        gaz_json_coord(json, "where", finding->where);
    gaz_json_number(json, "how_much_m", finding->how_much_m, 3);
    if (finding->area.size > 0)
        gaz_json_number(json, "area_m2", finding->area_m2, 2);
    gaz_json_string(json, "message", finding->zh);
    gaz_json_string(json, "message_en", finding->en);
    gaz_json_string(json, "clause", finding->clause);
    gaz_json_end(json);
}

static void write_json(const struct gaz_sides_options *options,
                       const struct gaz_sides_report *report,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_object(&json, "basis");
    gaz_json_string(&json, "coordinates", "EPSG:4490");
    gaz_json_string(&json, "areas", "ellipsoid of CGCS2000");
    gaz_json_string(&json, "lengths", options->plane_crs);
    gaz_json_string(&json, "ground_lengths", "ellipsoid of CGCS2000");
    gaz_json_string(&json, "widths_and_tolerances", options->plane_crs);
    gaz_json_number(&json, "warn_m", options->warn_m, 3);
    gaz_json_number(&json, "error_m", options->error_m, 3);
    gaz_json_number(&json, "gap_reach_m", options->gap_reach_m, 3);
    gaz_json_end(&json);
    write_summary(&json, report);
    gaz_json_array(&json, "findings");
    for (size_t i = 0; i < report->finding_count; i++)
        write_finding(&json, &report->findings[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

static void write_table(const struct gaz_sides_report *report,
                        struct gaz_buffer *out)
{
    gaz_buffer_printf(out,
                      "shared line     %14.2f m  (on the ground %.2f m)\n"
                      "identical line  %14.2f m  (on the ground %.2f m)\n"
                      "overlap         %14.2f m2  (%zu, at most %.2f m wide)\n"
                      "gap             %14.2f m2  (%zu, at most %.2f m wide)\n"
                      "unmatched vertices %11zu\n",
                      report->shared.plane_m, report->shared.ground_m,
                      report->identical.plane_m, report->identical.ground_m,
                      report->overlap_area_m2, report->overlap_count,
                      report->overlap_width_m, report->gap_area_m2,
                      report->gap_count, report->gap_width_m,
                      report->unmatched_vertices);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_sides_finding *finding = &report->findings[i];
        gaz_buffer_printf(out, "%-7s %s ",
                          api_cli_boundary_severity(finding->severity),
                          finding->rule);
        if (finding->has_where)
            gaz_buffer_printf(out, " %.7f,%.7f ", finding->where.lon,
                              finding->where.lat);
        gaz_buffer_printf(out, " %s\n", finding->zh);
    }
    if (report->left_out > 0)
        gaz_buffer_printf(out, "and %zu more findings\n", report->left_out);
}

static api_exit print_report(struct api_cli *cli,
                             const struct gaz_sides_options *options,
                             const struct gaz_sides_report *report,
                             bool is_json)
{
    struct gaz_buffer out;
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    if (is_json)
        write_json(options, report, &out);
    else
        write_table(report, &out);
    api_exit code = API_EXIT_OK;
    if (out.full)
        code = api_cli_fail(cli, gaz_fail(&cli->worker.ctx, GAZ_LIMIT,
                                          "more than %d bytes to write",
                                          OUTPUT_MAX_BYTES));
    else
        (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return code;
}

/* ---- the question ---- */

/* A length in metres from an option; `out` stays as it is without one. */
static bool take_metres(const struct api_cli *cli, const char *name,
                        double *out)
{
    static const double MOST_M = 10000;
    const char *text = api_cli_option(cli, name);
    double value = *out;
    if (text &&
        (!gaz_text_parse_double(text, &value) || value < 0 || value > MOST_M)) {
        (void)api_cli_misuse(cli, "%s is '%s'; it must be from 0 to %.0f m",
                             name, text, MOST_M);
        return false;
    }
    *out = value;
    return true;
}

static bool take_options(const struct api_cli *cli,
                         struct gaz_sides_options *options, bool *is_json)
{
    const char *format = api_cli_option(cli, "--format");
    const char *plane = api_cli_option(cli, "--plane");
    *is_json = format && strcmp(format, "json") == 0;
    if (format && !*is_json && strcmp(format, "table") != 0) {
        (void)api_cli_misuse(cli, "--format is '%s'", format);
        return false;
    }
    if (plane)
        options->plane_crs = plane;
    return take_metres(cli, "--tolerance", &options->warn_m) &&
           take_metres(cli, "--error", &options->error_m) &&
           take_metres(cli, "--gap", &options->gap_reach_m);
}

static gaz_status compare(struct api_cli *cli, const char *crs_name,
                          const struct gaz_sides_options *options,
                          struct gaz_sides_report *report)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *column = api_cli_option(cli, "--code-column");
    struct input input = {.path = cli->arguments[1],
                          .code = api_cli_option(cli, "--a-code"),
                          .column = column ? column : "code"};
    struct gaz_side a;
    struct gaz_side b;
    gaz_status status = gaz_crs_open(ctx, crs_name, &input.crs);
    if (status == GAZ_OK)
        status = read_side(ctx, &input, &a);
    /* one file may hold both sides */
    input.path = cli->arguments[cli->argument_count - 1];
    input.code = api_cli_option(cli, "--b-code");
    if (status == GAZ_OK)
        status = read_side(ctx, &input, &b);
    if (status == GAZ_OK)
        status = gaz_sides_compare(ctx, &a, &b, options, report);
    gaz_crs_close(input.crs);
    return status;
}

api_exit api_cli_boundary(struct api_cli *cli)
{
    const bool has_codes =
        api_cli_option(cli, "--a-code") && api_cli_option(cli, "--b-code");
    const char *crs_name = api_cli_option(cli, "--crs");
    const char *what = cli->argument_count > 0 ? cli->arguments[0] : "";
    api_exit code;
    if (api_border_command(cli, what, &code))
        return code;
    if (strcmp(what, "survey") == 0)
        return api_cli_boundary_survey(cli);
    if (strcmp(what, "sample") == 0)
        return api_cli_boundary_sample(cli);
    if (strcmp(what, "check") != 0)
        return api_cli_misuse(
            cli, "what about it? 'line', 'import', 'submissions', 'check', "
                 "'history', 'inspection', 'survey' and 'sample' "
                 "are known");
    if (cli->argument_count != 3 && !(cli->argument_count == 2 && has_codes))
        return api_cli_misuse(cli, "two files are needed, or one with "
                                   "--a-code and --b-code");
    if (!crs_name)
        return api_cli_misuse(cli, "--crs is needed: EPSG:4490, EPSG:4549, "
                                   "GCJ-02 ...");
    struct gaz_sides_options options = gaz_sides_defaults();
    struct gaz_sides_report report;
    bool is_json;
    if (!take_options(cli, &options, &is_json))
        return API_EXIT_USAGE;
    gaz_status status = compare(cli, crs_name, &options, &report);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    return print_report(cli, &options, &report, is_json);
}
