/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_write.c - what a register's check found, as table and JSON. */
#include "api/cli_boundary.h"
#include "gazetteer/base/json.h"

const char *api_cli_boundary_severity(gaz_severity severity)
{
    static const char *const NAMES[] = {"info", "warning", "error"};
    return NAMES[severity];
}

/* ---- table ---- */

static void write_table(const struct api_boundary_view *view,
                        struct gaz_buffer *out)
{
    const struct gaz_survey *survey = view->survey;
    const struct gaz_survey_report *report = view->survey_report;
    gaz_buffer_printf(out,
                      "markers         %8zu  (%zu with both positions)\n"
                      "errors          %8zu\nwarnings        %8zu\n",
                      survey->marker_count, report->compared,
                      api_boundary_view_count(view, GAZ_SEVERITY_ERROR),
                      api_boundary_view_count(view, GAZ_SEVERITY_WARNING));
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
    if (view->sides && view->sides->has_profile)
        gaz_buffer_printf(
            out,
            "other line      mean %+.3f m, rms %.3f m, at most %.3f m apart\n",
            view->sides->profile.mean_m, view->sides->profile.rms_m,
            view->sides->profile.hausdorff_m);
    for (size_t i = 0; i < view->finding_count; i++) {
        const struct api_boundary_finding *finding = &view->findings[i];
        gaz_buffer_printf(out, "%-7s %s  %s\n        依据 %s。%s\n",
                          api_boundary_severity(finding->severity),
                          finding->rule, finding->zh, finding->clause,
                          finding->advice);
    }
}

/* ---- json ---- */

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

static void write_legs(struct gaz_json *json,
                       const struct gaz_survey_report *report)
{
    gaz_json_array(json, "legs");
    for (size_t i = 0; i < report->leg_count; i++) {
        const struct gaz_survey_leg *leg = &report->legs[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "from", leg->from->code);
        gaz_json_string(json, "to", leg->to->code);
        gaz_json_number(json, "grid_m", leg->grid_m, 3);
        gaz_json_number(json, "ground_m", leg->ground_m, 3);
        gaz_json_number(json, "scale_ppm", leg->scale_ppm, 2);
        gaz_json_number(json, "grid_azimuth_deg", leg->grid_azimuth_deg, 6);
        gaz_json_number(json, "true_azimuth_deg", leg->true_azimuth_deg, 6);
        gaz_json_number(json, "convergence_deg", leg->convergence_deg, 6);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_json(const struct api_boundary_view *view,
                       struct gaz_buffer *out)
{
    const struct gaz_survey_options *options = view->survey_options;
    const struct gaz_survey *survey = view->survey;
    const struct gaz_survey_report *report = view->survey_report;
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
                 (int64_t)api_boundary_view_count(view, GAZ_SEVERITY_ERROR));
    gaz_json_int(&json, "warnings",
                 (int64_t)api_boundary_view_count(view, GAZ_SEVERITY_WARNING));
    gaz_json_number(&json, "line_length_m", report->line_length_m, 2);
    if (report->has_fit)
        write_fit(&json, &report->fit);
    gaz_json_end(&json);
    if (view->sides && view->sides->has_profile)
        api_boundary_write_profile(&json, &view->sides->profile);
    write_legs(&json, report);
    gaz_json_array(&json, "findings");
    for (size_t i = 0; i < view->finding_count; i++) {
        gaz_json_object(&json, NULL);
        if (view->findings[i].has_where)
            gaz_json_coord(&json, "where", view->findings[i].where);
        api_boundary_write_members(&json, &view->findings[i]);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

void api_cli_boundary_write(api_boundary_format format,
                            const struct api_boundary_view *view,
                            struct gaz_buffer *out)
{
    if (format == API_BOUNDARY_JSON)
        write_json(view, out);
    else if (format == API_BOUNDARY_TABLE)
        write_table(view, out);
}
