/* SPDX-License-Identifier: Apache-2.0 */
/* page_cards.c - the page's table of distances, and a card a marker. */
#include <math.h>
#include <string.h>

#include "api/boundary/page.h"

static bool is_pair(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed && marker->has_measured;
}

/* ---- from marker to marker ---- */

void api_page_legs(struct api_page *p)
{
    const struct gaz_survey_report *r = p->view->survey_report;
    if (r->leg_count == 0)
        return;
    gaz_buffer_text(
        &p->out, "<h2>相邻界桩距离和方位角（坐标反算）</h2><table><thead><tr>"
                 "<th>界桩<th>至<th>平面距离（米）<th>地面距离（米）<th>投影"
                 "变形（ppm）<th>坐标方位角（度）<th>真方位角（度）<th>收敛角"
                 "（′）<tbody>");
    for (size_t i = 0; i < r->leg_count; i++) {
        const struct gaz_survey_leg *leg = &r->legs[i];
        gaz_buffer_text(&p->out, "<tr><td>");
        gaz_buffer_html(&p->out, leg->from->code);
        gaz_buffer_text(&p->out, "<td>");
        gaz_buffer_html(&p->out, leg->to->code);
        gaz_buffer_printf(&p->out,
                          "<td class=n>%.2f<td class=n>%.2f<td class=n>%+.1f"
                          "<td class=n>%.5f<td class=n>%.5f<td class=n>%+.2f",
                          leg->grid_m, leg->ground_m, leg->scale_ppm,
                          leg->grid_azimuth_deg, leg->true_azimuth_deg,
                          leg->convergence_deg * 60);
    }
    gaz_buffer_text(&p->out, "</table>");
}

/* ---- cards ---- */

static void put_row(struct api_page *p, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    gaz_buffer_printf(&p->out, "<tr><th>%s</th><td colspan=3>", name);
    gaz_buffer_html(&p->out, value);
    gaz_buffer_text(&p->out, "</td></tr>");
}

static void put_position(struct api_page *p, const char *name,
                         struct gaz_grid at, double height_m, bool is_signed)
{
    gaz_buffer_printf(&p->out, "<tr><th>%s</th>", name);
    const double values[] = {at.north_m, at.east_m, height_m};
    for (int i = 0; i < 3; i++) {
        gaz_buffer_text(&p->out, "<td class=n>");
        if (!isnan(values[i]))
            gaz_buffer_printf(&p->out, is_signed ? "%+.3f" : "%.3f", values[i]);
        gaz_buffer_text(&p->out, "</td>");
    }
    gaz_buffer_text(&p->out, "</tr>");
}

static void put_objects(struct api_page *p,
                        const struct gaz_survey_marker *marker)
{
    for (size_t i = 0; i < marker->object_count; i++) {
        const struct gaz_survey_object *object = &marker->objects[i];
        put_row(p, i == 0 ? "方位物" : "",
                gaz_arena_printf(&p->ctx->arena, "%s，方位角%.4f°，距离%.1f米",
                                 object->name ? object->name : "",
                                 object->azimuth_deg, object->distance_m));
    }
}

static void put_card(struct api_page *p, const struct gaz_survey_marker *marker)
{
    const double agreed_m = marker->has_heights ? marker->agreed_height_m : NAN;
    const double measured_m =
        marker->has_heights ? marker->measured_height_m : NAN;
    gaz_buffer_text(&p->out, "<div class=card><h3>界桩 ");
    gaz_buffer_html(&p->out, marker->code);
    gaz_buffer_text(&p->out, "</h3><table><tr><th></th><th>X（北）</th><th>Y（"
                             "东）</th><th>高程</th></tr>");
    if (marker->has_agreed)
        put_position(p, api_boundary_position(p->view, false), marker->agreed,
                     agreed_m, false);
    if (marker->has_measured)
        put_position(p, api_boundary_position(p->view, true), marker->measured,
                     measured_m, false);
    if (is_pair(marker)) {
        const struct gaz_grid off = {
            marker->measured.north_m - marker->agreed.north_m,
            marker->measured.east_m - marker->agreed.east_m};
        put_position(p, "差", off, measured_m - agreed_m, true);
    }
    put_objects(p, marker);
    put_row(p, "管理方", marker->manager);
    put_row(p, "状况", marker->condition);
    put_row(p, "上次检查", marker->inspected_on);
    put_row(p, "备注", marker->note);
    for (size_t i = 0; i < p->view->finding_count; i++) {
        const struct api_boundary_finding *finding = &p->view->findings[i];
        if (finding->marker && strcmp(finding->marker, marker->code) == 0)
            put_row(p, finding->rule, finding->zh);
    }
    gaz_buffer_text(&p->out, "</table></div>");
}

void api_page_cards(struct api_page *p)
{
    gaz_buffer_text(&p->out, "<h2>界桩登记卡</h2><div class=cards>");
    for (size_t i = 0; i < p->view->survey->marker_count; i++)
        put_card(p, &p->view->survey->markers[i]);
    gaz_buffer_text(&p->out, "</div>");
}
