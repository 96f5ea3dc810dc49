/* SPDX-License-Identifier: Apache-2.0 */
/* findings.c - findings as CSV and GeoJSON, for a table or a map of one's own.
 */
#include "api/boundary/view.h"

#include <string.h>

#include "api/represent.h"
#include "gazetteer/geo/crs.h"

void api_boundary_write_csv(const struct api_boundary_view *view,
                            struct gaz_buffer *out)
{
    gaz_buffer_text(out, "rule,kind,severity,marker,lon,lat,how_much_m,"
                         "uncertainty_m,area_m2,message,message_en,clause,"
                         "advice,advice_en\r\n");
    for (size_t i = 0; i < view->finding_count; i++) {
        const struct api_boundary_finding *f = &view->findings[i];
        gaz_buffer_printf(out, "%s,%s,%s,", f->rule, f->kind,
                          api_boundary_severity(f->severity));
        api_represent_csv_cell(out, f->marker ? f->marker : "", false);
        if (f->has_where)
            gaz_buffer_printf(out, ",%.7f,%.7f,", f->where.lon, f->where.lat);
        else
            gaz_buffer_text(out, ",,,");
        gaz_buffer_printf(out, "%.3f,%.4f,%.2f,", f->how_much_m,
                          f->uncertainty_m, f->area_m2);
        const char *cells[] = {f->zh, f->en, f->clause, f->advice,
                               f->advice_en};
        for (int j = 0; j < 5; j++) {
            api_represent_csv_cell(out, cells[j] ? cells[j] : "", false);
            gaz_buffer_text(out, j < 4 ? "," : "\r\n");
        }
    }
}

/* ---- GeoJSON ---- */

static void open_feature(struct gaz_json *json, const char *type)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", type);
    gaz_json_array(json, "coordinates");
}

static void open_properties(struct gaz_json *json)
{
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_object(json, "properties");
}

static void close_feature(struct gaz_json *json)
{
    gaz_json_end(json);
    gaz_json_end(json);
}

/* Nine places: a tenth of a millimetre. */
static void write_point(struct gaz_json *json, struct gaz_coord at)
{
    gaz_json_array(json, NULL);
    gaz_json_number(json, NULL, at.lon, 9);
    gaz_json_number(json, NULL, at.lat, 9);
    gaz_json_end(json);
}

static void write_line(struct gaz_json *json,
                       const struct api_boundary_view *view, int side)
{
    const struct gaz_sides_line *line = &view->sides->lines[side];
    if (line->count < 2)
        return;
    open_feature(json, "LineString");
    for (size_t i = 0; i < line->count; i++)
        write_point(json, line->points[i]);
    open_properties(json);
    gaz_json_string(json, "kind", "line");
    gaz_json_string(json, "side", side == 0 ? "a" : "b");
    gaz_json_string(json, "name", view->names[side]);
    gaz_json_bool(json, "schematic", view->is_schematic);
    close_feature(json);
}

static void write_area(struct gaz_json *json, struct gaz_arena *arena,
                       const struct api_boundary_finding *finding)
{
    struct api_boundary_ring *rings = NULL;
    const size_t count = api_boundary_rings(arena, finding->area, &rings);
    for (size_t i = 0; i < count; i++) {
        gaz_json_array(json, NULL);
        for (size_t j = 0; j < rings[i].count; j++)
            write_point(json, rings[i].points[j]);
        gaz_json_end(json);
    }
}

static void write_finding(struct gaz_json *json, struct gaz_arena *arena,
                          const struct api_boundary_finding *finding)
{
    if (finding->area.size > 0) {
        open_feature(json, "Polygon");
        write_area(json, arena, finding);
        open_properties(json);
    } else if (finding->has_where) {
        open_feature(json, "Point");
        gaz_json_number(json, NULL, finding->where.lon, 7);
        gaz_json_number(json, NULL, finding->where.lat, 7);
        open_properties(json);
    } else {
        gaz_json_object(json, NULL);
        gaz_json_string(json, "type", "Feature");
        gaz_json_null(json, "geometry");
        gaz_json_object(json, "properties");
    }
    api_boundary_write_members(json, finding);
    if (finding->has_where && finding->area.size > 0)
        gaz_json_coord(json, "where", finding->where);
    close_feature(json);
}

static int worst_of(const struct api_boundary_view *view, const char *code)
{
    int worst = -1;
    for (size_t i = 0; i < view->finding_count; i++)
        if (view->findings[i].marker &&
            strcmp(view->findings[i].marker, code) == 0 &&
            (int)view->findings[i].severity > worst)
            worst = (int)view->findings[i].severity;
    return worst;
}

/* A marker stands where it was agreed, else where it was measured; one that is
 * no place is left out. */
static void write_marker(struct gaz_json *json, struct gaz_crs *plane,
                         const struct api_boundary_view *view,
                         const struct gaz_survey_marker *marker)
{
    const struct gaz_grid at =
        marker->has_agreed ? marker->agreed : marker->measured;
    struct gaz_coord where;
    struct gaz_ctx try = {0};
    const bool is_place = (marker->has_agreed || marker->has_measured) &&
                          gaz_crs_to_cgcs2000(&try, plane, at.east_m,
                                              at.north_m, &where) == GAZ_OK;
    gaz_ctx_close(&try);
    if (!is_place)
        return;
    const int worst = worst_of(view, marker->code);
    open_feature(json, "Point");
    gaz_json_number(json, NULL, where.lon, 9);
    gaz_json_number(json, NULL, where.lat, 9);
    open_properties(json);
    gaz_json_string(json, "kind", "marker");
    gaz_json_string(json, "marker", marker->code);
    if (worst >= 0)
        gaz_json_string(json, "severity",
                        api_boundary_severity((gaz_severity)worst));
    gaz_json_optional(json, "condition", marker->condition);
    gaz_json_optional(json, "manager", marker->manager);
    gaz_json_optional(json, "inspected_on", marker->inspected_on);
    gaz_json_optional(json, "note", marker->note);
    close_feature(json);
}

static void write_markers(struct gaz_json *json,
                          const struct api_boundary_view *view)
{
    struct gaz_ctx try = {0};
    struct gaz_crs *plane = NULL;
    if (view->survey && gaz_crs_open(&try, view->plane_crs, &plane) == GAZ_OK)
        for (size_t i = 0; i < view->survey->marker_count; i++)
            write_marker(json, plane, view, &view->survey->markers[i]);
    gaz_crs_close(plane);
    gaz_ctx_close(&try);
}

void api_boundary_write_features(struct gaz_json *json,
                                 const struct api_boundary_view *view,
                                 struct gaz_arena *arena)
{
    gaz_json_array(json, "features");
    for (size_t i = 0; i < view->finding_count; i++)
        write_finding(json, arena, &view->findings[i]);
    for (int i = 0; i < 2 && view->sides; i++)
        write_line(json, view, i);
    write_markers(json, view);
    gaz_json_end(json);
}

void api_boundary_write_geojson(const struct api_boundary_view *view,
                                struct gaz_arena *arena, struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "FeatureCollection");
    api_boundary_write_features(&json, view, arena);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}
