/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary.c - boundary check: two files' areas or lines, where they
 * disagree. */
#include <string.h>

#include "api/border/border.h"
#include "api/cli_boundary.h"
#include "gazetteer/base/date.h"
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
    const char *name; /* for sentences; NULL: the code or the path */
    const char *column;
    struct gaz_crs *crs;
};

/* Areas of a file; its lines, end to end in their order. */
struct areas {
    struct gaz_wkb *items;
    size_t count;
    size_t capacity;
    struct gaz_coord *points;
    size_t point_count;
    size_t point_capacity;
};

/* What was read of a side: areas, or else a line. */
struct read_side {
    struct gaz_side side;
    struct gaz_side_line line;
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

static gaz_status take_line(struct gaz_ctx *ctx, const struct imp_shape *shape,
                            struct areas *areas)
{
    struct imp_line_part *parts;
    size_t count;
    gaz_status status = imp_wkb_lines(ctx, shape, &parts, &count);
    for (size_t i = 0; i < count && status == GAZ_OK; i++) {
        const size_t need = areas->point_count + parts[i].count;
        const size_t bytes = sizeof(*areas->points);
        if (need > areas->point_capacity) {
            areas->points =
                gaz_arena_grow(&ctx->arena, areas->points,
                               areas->point_count * bytes, 2 * need * bytes);
            areas->point_capacity = 2 * need;
        }
        (void)memcpy(areas->points + areas->point_count, parts[i].points,
                     parts[i].count * bytes);
        areas->point_count = need;
    }
    return status;
}

/* Points of a mixed file are passed over. */
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
    if (status == GAZ_OK &&
        (shape.type == IMP_WKB_LINE || shape.type == IMP_WKB_MULTILINE))
        return take_line(ctx, &shape, areas);
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
                            struct read_side *out)
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
    if (areas.count == 0 && areas.point_count < 2)
        return input->code
                   ? gaz_fail(ctx, GAZ_INVALID, "%s: no area with %s '%s'",
                              input->path, input->column, input->code)
                   : gaz_fail(ctx, GAZ_INVALID, "%s: no area", input->path);
    const char *name = input->name   ? input->name
                       : input->code ? input->code
                                     : input->path;
    *out = (struct read_side){
        .side = {.name = name, .areas = areas.items, .count = areas.count},
        .line = {name, areas.points, areas.point_count}};
    return GAZ_OK;
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

static bool take_options(struct api_cli *cli, struct gaz_sides_options *options)
{
    static const char *const CODES[] = {"--a-code", "--b-code"};
    const char *plane = api_cli_option(cli, "--plane");
    if (plane)
        options->plane_crs = plane;
    for (int i = 0; i < 2; i++) {
        const char *code = api_cli_option(cli, CODES[i]);
        if (code)
            options->published_km2[i] = gaz_limits_area_km2(
                &cli->worker.ctx, code, &options->published_source[i]);
    }
    return take_metres(cli, "--tolerance", &options->warn_m) &&
           take_metres(cli, "--error", &options->error_m) &&
           take_metres(cli, "--gap", &options->gap_reach_m) &&
           take_metres(cli, "--accuracy", &options->accuracy_m);
}

static gaz_status read_both(struct api_cli *cli, const char *crs_name,
                            struct read_side sides[2])
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *column = api_cli_option(cli, "--code-column");
    struct input input = {.path = cli->arguments[1],
                          .code = api_cli_option(cli, "--a-code"),
                          .name = api_cli_option(cli, "--a-name"),
                          .column = column ? column : "code"};
    gaz_status status = gaz_crs_open(ctx, crs_name, &input.crs);
    if (status == GAZ_OK)
        status = read_side(ctx, &input, &sides[0]);
    /* one file may hold both sides */
    input.path = cli->arguments[cli->argument_count - 1];
    input.code = api_cli_option(cli, "--b-code");
    input.name = api_cli_option(cli, "--b-name");
    if (status == GAZ_OK)
        status = read_side(ctx, &input, &sides[1]);
    gaz_crs_close(input.crs);
    return status;
}

static gaz_status compare(struct api_cli *cli, const char *crs_name,
                          struct api_boundary_view *view,
                          struct gaz_sides_report *report)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct read_side sides[2] = {{.side = {.name = NULL}}};
    gaz_status status = read_both(cli, crs_name, sides);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < 2; i++)
        view->names[i] = sides[i].side.name;
    if (sides[0].side.count > 0 && sides[1].side.count > 0)
        return gaz_sides_compare(ctx, &sides[0].side, &sides[1].side,
                                 view->sides_options, report);
    if (sides[0].line.count < 2 || sides[1].line.count < 2)
        return gaz_fail(ctx, GAZ_INVALID,
                        "one side has areas and the other only lines");
    return gaz_sides_compare_lines(ctx, &sides[0].line, &sides[1].line,
                                   view->sides_options, report);
}

gaz_status api_cli_boundary_lay_lines(struct gaz_ctx *ctx,
                                      const struct api_boundary_view *view,
                                      const struct gaz_survey *other,
                                      struct gaz_sides_report *out)
{
    struct gaz_side_line lines[2];
    struct gaz_crs *plane = NULL;
    const struct gaz_survey *surveys[] = {view->survey, other};
    static const char *const NAMES[] = {"本方", "对方"};
    gaz_status status = gaz_crs_open(ctx, view->plane_crs, &plane);
    for (int i = 0; i < 2; i++) {
        struct gaz_coord *points = gaz_arena_array(
            &ctx->arena, surveys[i]->line_count, sizeof(*points));
        for (size_t j = 0; j < surveys[i]->line_count && status == GAZ_OK; j++)
            status =
                gaz_crs_to_cgcs2000(ctx, plane, surveys[i]->line[j].east_m,
                                    surveys[i]->line[j].north_m, &points[j]);
        lines[i] =
            (struct gaz_side_line){view->names[i] ? view->names[i] : NAMES[i],
                                   points, surveys[i]->line_count};
    }
    gaz_crs_close(plane);
    return status == GAZ_OK ? gaz_sides_compare_lines(ctx, &lines[0], &lines[1],
                                                      view->sides_options, out)
                            : status;
}

static gaz_status answer(struct api_cli *cli, struct api_boundary_view *view,
                         api_boundary_format format)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *report = api_cli_option(cli, "--report");
    struct gaz_buffer text;
    gaz_status status = GAZ_OK;
    api_boundary_view_gather(&ctx->arena, view);
    if (report && gaz_text_ends_with(report, ".pdf"))
        status = api_boundary_report(ctx, report, view);
    else if (report)
        status = api_boundary_page(ctx, report, view);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&text, OUTPUT_MAX_BYTES);
    if (format == API_BOUNDARY_JSON)
        api_boundary_write_sides_json(view, &text);
    else if (format == API_BOUNDARY_TABLE)
        api_boundary_write_sides_table(view, &text);
    status = api_boundary_emit(ctx, view, format,
                               api_cli_option(cli, "--output"), &text);
    gaz_buffer_close(&text);
    return status;
}

static api_exit check(struct api_cli *cli)
{
    const bool has_codes =
        api_cli_option(cli, "--a-code") && api_cli_option(cli, "--b-code");
    const char *crs_name = api_cli_option(cli, "--crs");
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_limits limits;
    struct gaz_sides_report report;
    api_boundary_format format;
    char *today = gaz_arena_alloc(&ctx->arena, GAZ_DATE_MAX_BYTES);
    const char *day = api_cli_option(cli, "--at");
    if (cli->argument_count != 3 && !(cli->argument_count == 2 && has_codes))
        return api_cli_misuse(cli, "two files are needed, or one with "
                                   "--a-code and --b-code");
    if (!crs_name)
        return api_cli_misuse(cli, "--crs is needed: EPSG:4490, EPSG:4549, "
                                   "GCJ-02 ...");
    gaz_status status = api_boundary_take_limits(cli, &limits);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    struct gaz_sides_options options = gaz_limits_sides(&limits);
    if (api_cli_option(cli, "--schematic"))
        options.accuracy_m = gaz_limits_get(&limits, "schematic_accuracy_m");
    if (!api_boundary_take_format(cli, &format) || !take_options(cli, &options))
        return API_EXIT_USAGE;
    struct api_boundary_view view = {
        .day = day ? day : gaz_date_write(gaz_date_today(), today),
        .plane_crs = options.plane_crs,
        .is_schematic = api_cli_option(cli, "--schematic") != NULL,
        .limits = &limits,
        .sides_options = &options,
        .sides = &report};
    status = compare(cli, crs_name, &view, &report);
    if (status == GAZ_OK)
        status = answer(cli, &view, format);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

api_exit api_cli_boundary(struct api_cli *cli)
{
    static const struct {
        const char *name;
        api_cli_function *run;
    } WHAT[] = {{"check", check},
                {"survey", api_cli_boundary_survey},
                {"names", api_cli_boundary_names},
                {"sample", api_cli_boundary_sample}};
    const char *what = cli->argument_count > 0 ? cli->arguments[0] : "";
    api_exit code;
    if (api_border_command(cli, what, &code))
        return code;
    for (size_t i = 0; i < sizeof(WHAT) / sizeof(WHAT[0]); i++)
        if (strcmp(what, WHAT[i].name) == 0)
            return WHAT[i].run(cli);
    return api_cli_misuse(
        cli,
        "what about it? 'line', 'points', 'import', 'submissions', 'check', "
        "'history', 'inspection', 'harvest', 'survey', 'names' and "
        "'sample' are known");
}
