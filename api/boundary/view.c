/* SPDX-License-Identifier: Apache-2.0 */
#include "api/boundary/view.h"

#include <stdlib.h>
#include <string.h>

const char *const API_BOUNDARY_FORMAT_NAMES[API_BOUNDARY_FORMATS] = {
    "table", "json", "csv", "geojson", "xlsx", "dxf"};

const char *api_boundary_severity(gaz_severity severity)
{
    static const char *const NAMES[] = {"info", "warning", "error"};
    return NAMES[severity];
}

const char *api_boundary_severity_zh(gaz_severity severity)
{
    static const char *const NAMES[] = {"提示", "警告", "错误"};
    return NAMES[severity];
}

struct api_boundary_finding
api_boundary_of_sides(const struct gaz_sides_finding *finding)
{
    return (struct api_boundary_finding){
        .rule = finding->rule,
        .kind = gaz_sides_kind_name(finding->kind),
        .severity = finding->severity,
        .has_where = finding->has_where,
        .where = finding->where,
        .how_much_m = finding->how_much_m,
        .uncertainty_m = finding->uncertainty_m,
        .area_m2 = finding->area_m2,
        .area = finding->area,
        .zh = finding->zh,
        .en = finding->en,
        .clause = finding->clause,
        .advice = finding->advice,
        .advice_en = finding->advice_en};
}

struct api_boundary_finding
api_boundary_of_survey(const struct gaz_survey_finding *finding)
{
    return (struct api_boundary_finding){
        .rule = finding->rule,
        .kind = gaz_survey_kind_name(finding->kind),
        .severity = finding->severity,
        .marker = finding->marker,
        .has_where = finding->has_where,
        .where = finding->where,
        .how_much_m = finding->how_much_m,
        .uncertainty_m = finding->uncertainty_m,
        .zh = finding->zh,
        .en = finding->en,
        .clause = finding->clause,
        .advice = finding->advice,
        .advice_en = finding->advice_en};
}

/* Both lists come worst first; the register's goes before the sides' where the
 * severity is the same. */
void api_boundary_view_gather(struct gaz_arena *arena,
                              struct api_boundary_view *view)
{
    const size_t sides = view->sides ? view->sides->finding_count : 0;
    const size_t survey =
        view->survey_report ? view->survey_report->finding_count : 0;
    struct api_boundary_finding *findings =
        gaz_arena_array(arena, sides + survey + 1, sizeof(*findings));
    size_t count = 0;
    for (int severity = GAZ_SEVERITY_ERROR; severity >= GAZ_SEVERITY_INFO;
         severity--) {
        for (size_t i = 0; i < survey; i++)
            if ((int)view->survey_report->findings[i].severity == severity)
                findings[count++] =
                    api_boundary_of_survey(&view->survey_report->findings[i]);
        for (size_t i = 0; i < sides; i++)
            if ((int)view->sides->findings[i].severity == severity)
                findings[count++] =
                    api_boundary_of_sides(&view->sides->findings[i]);
    }
    view->findings = findings;
    view->finding_count = count;
}

const char *api_boundary_position(const struct api_boundary_view *view,
                                  bool is_measured)
{
    static const char *const NAMES[2][2] = {{"协议", "实测"}, {"甲方", "乙方"}};
    return NAMES[view->is_pairs][is_measured];
}

size_t api_boundary_view_count(const struct api_boundary_view *view,
                               gaz_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < view->finding_count; i++)
        count += view->findings[i].severity == severity;
    return count;
}

bool api_boundary_is_synthetic(const struct gaz_survey *survey)
{
    for (size_t i = 0; survey && i < survey->marker_count; i++)
        if (survey->markers[i].note && strstr(survey->markers[i].note, "合成"))
            return true;
    return false;
}

/* ---- polygons ---- */

/* Little-endian POLYGON, as gazetteer/geo writes it. */
size_t api_boundary_rings(struct gaz_arena *arena, struct gaz_wkb area,
                          struct api_boundary_ring **out)
{
    enum { HEAD = 9 };
    const char *bytes = area.data;
    uint32_t count = 0;
    size_t at = HEAD;
    if (area.size < HEAD)
        return 0;
    (void)memcpy(&count, bytes + HEAD - sizeof(count), sizeof(count));
    *out = gaz_arena_array(arena, count, sizeof(**out));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t size = 0;
        (void)memcpy(&size, bytes + at, sizeof(size));
        at += sizeof(size);
        struct gaz_coord *points =
            gaz_arena_array(arena, size, sizeof(*points));
        (void)memcpy(points, bytes + at, size * sizeof(*points));
        at += size * sizeof(*points);
        (*out)[i] = (struct api_boundary_ring){points, size};
    }
    return count;
}

/* ---- JSON ---- */

void api_boundary_write_members(struct gaz_json *json,
                                const struct api_boundary_finding *finding)
{
    gaz_json_string(json, "rule", finding->rule);
    gaz_json_string(json, "kind", finding->kind);
    gaz_json_string(json, "severity", api_boundary_severity(finding->severity));
    gaz_json_optional(json, "marker", finding->marker);
    gaz_json_number(json, "how_much_m", finding->how_much_m, 3);
    gaz_json_number(json, "uncertainty_m", finding->uncertainty_m, 4);
    if (finding->area_m2 > 0)
        gaz_json_number(json, "area_m2", finding->area_m2, 2);
    gaz_json_string(json, "message", finding->zh);
    gaz_json_string(json, "message_en", finding->en);
    gaz_json_string(json, "clause", finding->clause);
    gaz_json_string(json, "advice", finding->advice);
    gaz_json_string(json, "advice_en", finding->advice_en);
}

void api_boundary_write_profile(struct gaz_json *json,
                                const struct gaz_profile *p)
{
    gaz_json_object(json, "lines");
    gaz_json_number(json, "length_a_m", p->length_m[0], 2);
    gaz_json_number(json, "length_b_m", p->length_m[1], 2);
    gaz_json_number(json, "hausdorff_m", p->hausdorff_m, 3);
    gaz_json_number(json, "hausdorff_a_to_b_m", p->a_to_b.distance_m, 3);
    gaz_json_number(json, "hausdorff_b_to_a_m", p->b_to_a.distance_m, 3);
    gaz_json_number(json, "mean_m", p->mean_m, 3);
    gaz_json_number(json, "mean_size_m", p->mean_size_m, 3);
    gaz_json_number(json, "rms_m", p->rms_m, 3);
    gaz_json_number(json, "spread_m", p->spread_m, 3);
    gaz_json_number(json, "p95_m", p->p95_m, 3);
    gaz_json_number(json, "share_within_tolerance", p->share_within, 4);
    gaz_json_int(json, "samples", (int64_t)p->count);
    gaz_json_end(json);
}
