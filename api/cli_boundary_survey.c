/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_survey.c - boundary survey, and boundary sample. */
#include <math.h>
#include <string.h>

#include "api/cli_boundary.h"
#include "gazetteer/base/date.h"
#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "gazetteer/boundary/sample.h"
#include "gazetteer/geo/crs.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024 };

static api_exit print(struct api_cli *cli, struct gaz_buffer *out)
{
    api_exit code = API_EXIT_OK;
    if (out->full)
        code = api_cli_fail(cli, gaz_fail(&cli->worker.ctx, GAZ_LIMIT,
                                          "more than %d bytes to write",
                                          OUTPUT_MAX_BYTES));
    else
        (void)fwrite(out->data, 1, out->size, stdout);
    gaz_buffer_close(out);
    return code;
}

static bool take_options(struct api_cli *cli,
                         struct gaz_survey_options *options, int *left)
{
    int scale;
    const char *day = api_cli_option(cli, "--at");
    char *today = gaz_arena_alloc(&cli->worker.ctx.arena, GAZ_DATE_MAX_BYTES);
    if (!api_cli_number(cli, "--scale", 500, 1000000, (int)options->scale,
                        &scale) ||
        !api_cli_number(cli, "--left", 11, 82, 0, left))
        return false;
    options->scale = scale;
    options->today = day ? day : gaz_date_write(gaz_date_today(), today);
    return true;
}

/* The other side's register and line, where they are given. */
static gaz_status compare(struct api_cli *cli, const char *crs_name,
                          struct api_boundary_view *view,
                          struct gaz_survey_report *report,
                          struct gaz_sides_report *sides)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *other_path = api_cli_option(cli, "--other");
    const char *line_path = api_cli_option(cli, "--against");
    const char *line_crs = api_cli_option(cli, "--line-crs");
    struct gaz_survey other = {.marker_count = 0};
    gaz_status status = GAZ_OK;
    if (other_path)
        status = api_cli_boundary_read_markers(ctx, other_path, crs_name,
                                               view->survey_options, &other);
    if (status == GAZ_OK && other_path)
        status = gaz_survey_compare(ctx, view->survey, &other,
                                    view->survey_options, report);
    if (status != GAZ_OK || !line_path)
        return status;
    if (view->survey->line_count == 0)
        return gaz_fail(ctx, GAZ_INVALID,
                        "--against needs a line of one's own");
    status = api_cli_boundary_read_line(ctx, line_path,
                                        line_crs ? line_crs : crs_name,
                                        view->survey_options, &other);
    if (status == GAZ_OK)
        status = api_cli_boundary_lay_lines(ctx, view, &other, sides);
    if (status == GAZ_OK)
        view->sides = sides;
    return status;
}

static gaz_status read_own(struct api_cli *cli, const char *crs_name,
                           const struct gaz_survey_options *options,
                           struct gaz_survey *survey)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *line_crs = api_cli_option(cli, "--line-crs");
    gaz_status status = api_cli_boundary_read_markers(
        ctx, cli->arguments[1], crs_name, options, survey);
    if (status == GAZ_OK && cli->argument_count == 3)
        status = api_cli_boundary_read_line(ctx, cli->arguments[2],
                                            line_crs ? line_crs : crs_name,
                                            options, survey);
    return status;
}

static gaz_status put_report(struct api_cli *cli,
                             const struct api_boundary_view *view)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--report");
    if (!path)
        return GAZ_OK;
    if (gaz_text_ends_with(path, ".pdf"))
        return api_boundary_report(ctx, path, view);
    return api_boundary_page(ctx, path, view);
}

static gaz_status answer(struct api_cli *cli, struct api_boundary_view *view,
                         api_boundary_format format)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_buffer text;
    view->is_synthetic = api_boundary_is_synthetic(view->survey);
    api_boundary_view_gather(&ctx->arena, view);
    gaz_status status = put_report(cli, view);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&text, OUTPUT_MAX_BYTES);
    api_cli_boundary_write(format, view, &text);
    status = api_boundary_emit(ctx, view, format,
                               api_cli_option(cli, "--output"), &text);
    gaz_buffer_close(&text);
    return status;
}

api_exit api_cli_boundary_survey(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *crs_name = api_cli_option(cli, "--crs");
    struct gaz_limits limits;
    struct gaz_survey survey = {.marker_count = 0};
    struct gaz_survey_report report;
    struct gaz_sides_report sides;
    api_boundary_format format;
    if (cli->argument_count < 2 || cli->argument_count > 3)
        return api_cli_misuse(cli, "a register is needed, and a line if there "
                                   "is one");
    if (!crs_name)
        return api_cli_misuse(cli, "--crs is needed: EPSG:4549, EPSG:4528, "
                                   "EPSG:4490 ...");
    gaz_status status = api_boundary_take_limits(cli, &limits);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    struct gaz_survey_options options = gaz_limits_survey(&limits);
    const struct gaz_sides_options sides_options = gaz_limits_sides(&limits);
    if (!api_boundary_take_format(cli, &format) ||
        !take_options(cli, &options, &survey.left_province))
        return API_EXIT_USAGE;
    struct api_boundary_view view = {.names = {api_cli_option(cli, "--a-name"),
                                               api_cli_option(cli, "--b-name")},
                                     .day = options.today,
                                     .plane_crs = options.plane_crs,
                                     .limits = &limits,
                                     .sides_options = &sides_options,
                                     .survey_options = &options,
                                     .survey = &survey,
                                     .survey_report = &report};
    status = read_own(cli, crs_name, &options, &survey);
    if (status == GAZ_OK)
        status = gaz_survey_check(ctx, &survey, &options, &report);
    if (status == GAZ_OK)
        status = compare(cli, crs_name, &view, &report, &sides);
    if (status == GAZ_OK)
        status = answer(cli, &view, format);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

/* ---- sample ---- */

static void write_register(const struct gaz_survey *survey,
                           struct gaz_buffer *out)
{
    enum { OBJECTS = 3 };
    gaz_buffer_text(out, "code,x,y,height,agreed_x,agreed_y,agreed_height,"
                         "next_distance,next_azimuth,manager,condition,note,"
                         "course");
    for (int i = 1; i <= OBJECTS; i++)
        gaz_buffer_printf(out,
                          ",object%d,object%d_azimuth,object%d_distance,"
                          "object%d_x,object%d_y",
                          i, i, i, i, i);
    gaz_buffer_text(out, "\r\n");
    for (size_t i = 0; i < survey->marker_count; i++) {
        const struct gaz_survey_marker *m = &survey->markers[i];
        gaz_buffer_printf(out, "%s,%.4f,%.4f,%.3f,%.4f,%.4f,%.3f,", m->code,
                          m->measured.north_m, m->measured.east_m,
                          m->measured_height_m, m->agreed.north_m,
                          m->agreed.east_m, m->agreed_height_m);
        if (m->next_distance_m > 0)
            gaz_buffer_printf(out, "%.1f,%.5f,", m->next_distance_m,
                              m->next_azimuth_deg);
        else
            gaz_buffer_text(out, ",,");
        gaz_buffer_printf(out, "%s,%s,%s,%s", m->manager, m->condition, m->note,
                          m->course ? m->course : "");
        for (size_t j = 0; j < m->object_count && j < OBJECTS; j++)
            gaz_buffer_printf(
                out, ",%s,%.4f,%.1f,%.3f,%.3f", m->objects[j].name,
                m->objects[j].azimuth_deg, m->objects[j].distance_m,
                m->objects[j].at.north_m, m->objects[j].at.east_m);
        gaz_buffer_text(out, "\r\n");
    }
}

static gaz_status write_line(struct gaz_ctx *ctx,
                             const struct gaz_survey *survey,
                             struct gaz_buffer *out)
{
    struct gaz_crs *plane = NULL;
    struct gaz_json json;
    gaz_status status = gaz_crs_open(ctx, "EPSG:4549", &plane);
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "Feature");
    gaz_json_object(&json, "properties");
    gaz_json_string(&json, "name", "合成界线");
    gaz_json_bool(&json, "synthetic", true);
    gaz_json_end(&json);
    gaz_json_object(&json, "geometry");
    gaz_json_string(&json, "type", "LineString");
    gaz_json_array(&json, "coordinates");
    for (size_t i = 0; i < survey->line_count && status == GAZ_OK; i++) {
        struct gaz_coord at;
        status = gaz_crs_to_cgcs2000(ctx, plane, survey->line[i].east_m,
                                     survey->line[i].north_m, &at);
        gaz_json_array(&json, NULL);
        gaz_json_number(&json, NULL, at.lon, 9);
        gaz_json_number(&json, NULL, at.lat, 9);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
    gaz_crs_close(plane);
    return status;
}

/* Plants are named on the command line as in reports: "single outlier" may be
 * written "single-outlier". */
static bool take_plant(const struct api_cli *cli, gaz_sample_plant *out)
{
    const char *name = api_cli_option(cli, "--plant");
    *out = GAZ_SAMPLE_CLEAN;
    for (int i = 0; name && i < GAZ_SAMPLE_PLANTS; i++) {
        const char *known = gaz_sample_plant_name((gaz_sample_plant)i);
        size_t j = 0;
        while (known[j] &&
               (name[j] == known[j] || (name[j] == '-' && known[j] == ' ')))
            j++;
        if (!known[j] && !name[j]) {
            *out = (gaz_sample_plant)i;
            return true;
        }
    }
    if (name)
        (void)api_cli_misuse(cli, "--plant is '%s'", name);
    return !name;
}

api_exit api_cli_boundary_sample(struct api_cli *cli)
{
    enum { VERTICES = 400, SERIALS = 24 };
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_sample_options options = {
        .vertices = VERTICES, .serials = SERIALS, .noise_m = 0.02};
    struct gaz_survey survey;
    const char *format = api_cli_option(cli, "--format");
    const bool is_line = format && strcmp(format, "geojson") == 0;
    int seed;
    if (cli->argument_count != 1)
        return api_cli_misuse(cli, "sample takes no file");
    if (format && !is_line && strcmp(format, "csv") != 0)
        return api_cli_misuse(cli,
                              "--format is '%s'; csv gives the register, "
                              "geojson the line",
                              format);
    if (!api_cli_number(cli, "--seed", 0, 1000000000, 1, &seed) ||
        !take_plant(cli, &options.plant))
        return API_EXIT_USAGE;
    options.seed = (uint64_t)seed;
    struct gaz_buffer out;
    gaz_buffer_open(&out, OUTPUT_MAX_BYTES);
    gaz_status status = gaz_sample_make(ctx, &options, &survey);
    if (status == GAZ_OK && is_line)
        status = write_line(ctx, &survey, &out);
    else if (status == GAZ_OK)
        write_register(&survey, &out);
    if (status == GAZ_OK)
        return print(cli, &out);
    gaz_buffer_close(&out);
    return api_cli_fail(cli, status);
}
