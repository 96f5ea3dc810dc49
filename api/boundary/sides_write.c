/* SPDX-License-Identifier: Apache-2.0 */
/* sides_write.c - two sides' comparison as table and JSON. */
#include "api/boundary/view.h"

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
    gaz_json_number(json, "area_a_m2", report->area_m2[0], 1);
    gaz_json_number(json, "area_b_m2", report->area_m2[1], 1);
    gaz_json_int(json, "findings_left_out", (int64_t)report->left_out);
    gaz_json_end(json);
}

static void write_basis(struct gaz_json *json,
                        const struct api_boundary_view *view)
{
    const struct gaz_sides_options *options = view->sides_options;
    gaz_json_object(json, "basis");
    gaz_json_string(json, "a", view->names[0]);
    gaz_json_string(json, "b", view->names[1]);
    if (view->is_schematic)
        gaz_json_bool(json, "schematic", true);
    gaz_json_string(json, "coordinates", "EPSG:4490");
    gaz_json_string(json, "areas", "ellipsoid of CGCS2000");
    gaz_json_string(json, "lengths", options->plane_crs);
    gaz_json_string(json, "ground_lengths", "ellipsoid of CGCS2000");
    gaz_json_string(json, "widths_and_tolerances", options->plane_crs);
    gaz_json_number(json, "warn_m", options->warn_m, 3);
    gaz_json_number(json, "error_m", options->error_m, 3);
    gaz_json_number(json, "gap_reach_m", options->gap_reach_m, 3);
    gaz_json_number(json, "accuracy_m", options->accuracy_m, 3);
    gaz_json_end(json);
}

void api_boundary_write_sides_members(struct gaz_json *json,
                                      const struct api_boundary_view *view)
{
    write_basis(json, view);
    write_summary(json, view->sides);
    if (view->sides->has_profile)
        api_boundary_write_profile(json, &view->sides->profile);
}

void api_boundary_write_finding_list(struct gaz_json *json,
                                     const struct api_boundary_view *view)
{
    gaz_json_array(json, "findings");
    for (size_t i = 0; i < view->finding_count; i++) {
        gaz_json_object(json, NULL);
        if (view->findings[i].has_where)
            gaz_json_coord(json, "where", view->findings[i].where);
        api_boundary_write_members(json, &view->findings[i]);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

void api_boundary_write_sides_json(const struct api_boundary_view *view,
                                   struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    api_boundary_write_sides_members(&json, view);
    api_boundary_write_finding_list(&json, view);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

void api_boundary_write_sides_table(const struct api_boundary_view *view,
                                    struct gaz_buffer *out)
{
    const struct gaz_sides_report *report = view->sides;
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
    if (report->has_profile)
        gaz_buffer_printf(
            out,
            "line A, line B  %14.2f m, %.2f m\n"
            "B beside A      mean %+.3f m, rms %.3f m, 95 %% within %.3f m\n"
            "farthest        A to B %.3f m, B to A %.3f m\n",
            report->profile.length_m[0], report->profile.length_m[1],
            report->profile.mean_m, report->profile.rms_m,
            report->profile.p95_m, report->profile.a_to_b.distance_m,
            report->profile.b_to_a.distance_m);
    for (size_t i = 0; i < view->finding_count; i++) {
        const struct api_boundary_finding *finding = &view->findings[i];
        gaz_buffer_printf(out, "%-7s %s ",
                          api_boundary_severity(finding->severity),
                          finding->rule);
        if (finding->has_where)
            gaz_buffer_printf(out, " %.7f,%.7f ", finding->where.lon,
                              finding->where.lat);
        gaz_buffer_printf(out, " %s\n", finding->zh);
    }
    if (report->left_out > 0)
        gaz_buffer_printf(out, "and %zu more findings\n", report->left_out);
}
