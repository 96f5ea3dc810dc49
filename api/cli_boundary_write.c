/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_write.c - what a register's check found, in four formats. */
#include "api/cli_boundary.h"
#include "api/represent.h"
#include "gazetteer/base/json.h"

const char *api_cli_boundary_severity(gaz_severity severity)
{
    static const char *const NAMES[] = {"info", "warning", "error"};
    return NAMES[severity];
}

static size_t count_of(const struct gaz_survey_report *report,
                       gaz_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < report->finding_count; i++)
        count += report->findings[i].severity == severity;
    return count;
}

/* ---- table ---- */

static void write_table(const struct gaz_survey *survey,
                        const struct gaz_survey_report *report,
                        struct gaz_buffer *out)
{
    gaz_buffer_printf(out,
                      "markers         %8zu  (%zu with both positions)\n"
                      "errors          %8zu\nwarnings        %8zu\n",
                      survey->marker_count, report->compared,
                      count_of(report, GAZ_SEVERITY_ERROR),
                      count_of(report, GAZ_SEVERITY_WARNING));
    if (survey->line_count > 0)
        gaz_buffer_printf(out, "line          %12.2f m in the plane\n",
                          report->line_length_m);
    if (report->has_fit)
        gaz_buffer_printf(
            out,
            "common shift    north %+.3f m, east %+.3f m (+-%.3f m)\n"
            "rotation        %+.3f\"   scale %+.2f ppm\n"
            "spread          %.3f m over %zu markers\n",
            report->fit.shift.north_m, report->fit.shift.east_m,
            report->fit.shift_error_m,
            report->fit.rotation_rad * 206264.80624709636,
            report->fit.scale_ppm, report->fit.spread_m, report->fit.used);
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_survey_finding *finding = &report->findings[i];
        gaz_buffer_printf(out, "%-7s %s  %s\n        依据 %s。%s\n",
                          api_cli_boundary_severity(finding->severity),
                          finding->rule, finding->zh, finding->clause,
                          finding->advice);
    }
}

/* ---- json, geojson ---- */

static void write_members(struct gaz_json *json,
                          const struct gaz_survey_finding *finding)
{
    gaz_json_string(json, "rule", finding->rule);
    gaz_json_string(json, "kind", gaz_survey_kind_name(finding->kind));
    gaz_json_string(json, "severity",
                    api_cli_boundary_severity(finding->severity));
    gaz_json_optional(json, "marker", finding->marker);
    gaz_json_number(json, "how_much_m", finding->how_much_m, 3);
    gaz_json_number(json, "uncertainty_m", finding->uncertainty_m, 4);
    gaz_json_string(json, "message", finding->zh);
    gaz_json_string(json, "message_en", finding->en);
    gaz_json_string(json, "clause", finding->clause);
    gaz_json_string(json, "advice", finding->advice);
}

static void write_fit(struct gaz_json *json, const struct gaz_fit *fit)
{
    gaz_json_object(json, "fit");
    gaz_json_number(json, "shift_north_m", fit->shift.north_m, 4);
    gaz_json_number(json, "shift_east_m", fit->shift.east_m, 4);
    gaz_json_number(json, "shift_error_m", fit->shift_error_m, 4);
    gaz_json_number(json, "rotation_arcsec",
                    fit->rotation_rad * 206264.80624709636, 4);
    gaz_json_number(json, "scale_ppm", fit->scale_ppm, 3);
    gaz_json_number(json, "spread_m", fit->spread_m, 4);
    gaz_json_int(json, "markers", (int64_t)fit->used);
    gaz_json_end(json);
}

static void write_json(const struct gaz_survey_options *options,
                       const struct gaz_survey *survey,
                       const struct gaz_survey_report *report,
                       struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_object(&json, "basis");
    gaz_json_string(&json, "plane", options->plane_crs);
    gaz_json_string(&json, "axes", "X north, Y east");
    gaz_json_number(&json, "scale", options->scale, 0);
    gaz_json_optional(&json, "today", options->today);
    gaz_json_end(&json);
    gaz_json_object(&json, "summary");
    gaz_json_int(&json, "markers", (int64_t)survey->marker_count);
    gaz_json_int(&json, "compared", (int64_t)report->compared);
    gaz_json_int(&json, "errors",
                 (int64_t)count_of(report, GAZ_SEVERITY_ERROR));
    gaz_json_int(&json, "warnings",
                 (int64_t)count_of(report, GAZ_SEVERITY_WARNING));
    gaz_json_number(&json, "line_length_m", report->line_length_m, 2);
    if (report->has_fit)
        write_fit(&json, &report->fit);
    gaz_json_end(&json);
    gaz_json_array(&json, "findings");
    for (size_t i = 0; i < report->finding_count; i++) {
        gaz_json_object(&json, NULL);
        if (report->findings[i].has_where)
            gaz_json_coord(&json, "where", report->findings[i].where);
        write_members(&json, &report->findings[i]);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

static void write_geojson(const struct gaz_survey_report *report,
                          struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "FeatureCollection");
    gaz_json_array(&json, "features");
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_survey_finding *finding = &report->findings[i];
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "type", "Feature");
        if (finding->has_where) {
            gaz_json_object(&json, "geometry");
            gaz_json_string(&json, "type", "Point");
            gaz_json_coord(&json, "coordinates", finding->where);
            gaz_json_end(&json);
        } else {
            gaz_json_null(&json, "geometry");
        }
        gaz_json_object(&json, "properties");
        write_members(&json, finding);
        gaz_json_end(&json);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

/* ---- csv ---- */

static void write_csv(const struct gaz_survey_report *report,
                      struct gaz_buffer *out)
{
    gaz_buffer_text(out, "rule,kind,severity,marker,lon,lat,how_much_m,"
                         "uncertainty_m,message,clause,advice\r\n");
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct gaz_survey_finding *finding = &report->findings[i];
        gaz_buffer_printf(out, "%s,%s,%s,", finding->rule,
                          gaz_survey_kind_name(finding->kind),
                          api_cli_boundary_severity(finding->severity));
        if (finding->marker)
            api_represent_csv_cell(out, finding->marker, false);
        if (finding->has_where)
            gaz_buffer_printf(out, ",%.7f,%.7f,", finding->where.lon,
                              finding->where.lat);
        else
            gaz_buffer_text(out, ",,,");
        gaz_buffer_printf(out, "%.3f,%.4f,", finding->how_much_m,
                          finding->uncertainty_m);
        api_represent_csv_cell(out, finding->zh, true);
        gaz_buffer_char(out, true);
        api_represent_csv_cell(out, finding->clause, true);
        gaz_buffer_char(out, true);
        api_represent_csv_cell(out, finding->advice, true);
        gaz_buffer_text(out, "\r\n");
    }
}

void api_cli_boundary_write(api_findings_format format,
                            const struct gaz_survey_options *options,
                            const struct gaz_survey *survey,
                            const struct gaz_survey_report *report,
                            struct gaz_buffer *out)
{
    switch (format) {
    case API_FINDINGS_TABLE:
        write_table(survey, report, out);
        break;
    case API_FINDINGS_JSON:
        write_json(options, survey, report, out);
        break;
    case API_FINDINGS_CSV:
        write_csv(report, out);
        break;
    case API_FINDINGS_GEOJSON:
        write_geojson(report, out);
        break;
    }
}
