/* SPDX-License-Identifier: Apache-2.0 */
/* page.c - the joint-inspection report as a page to read and print: what was
 * found, a map, the differences along the line, a card a marker. Chinese, one
 * file, no script and nothing from elsewhere. */
#include "api/boundary/page.h"

#include <string.h>

#include "gazetteer/base/file.h"

enum { PAGE_MAX_BYTES = 64 * 1024 * 1024 };

static const char STYLE[] =
    "body{font:14px/1.5 'Noto Sans CJK SC','Source Han Sans SC',"
    "'Microsoft YaHei',sans-serif;max-width:1040px;margin:24px auto;"
    "padding:0 16px;color:#1c2430}"
    "h1{font-size:22px}h2{font-size:17px;margin:28px 0 8px;break-after:avoid}"
    "table{border-collapse:collapse;width:100%;margin:8px 0}"
    "td,th{border:1px solid #cbd3dc;padding:3px 7px;text-align:left;"
    "vertical-align:top}th{background:#eef2f6}tr{break-inside:avoid}"
    "thead{display:table-header-group}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".k{white-space:nowrap}.error{color:#a3181e;font-weight:600}"
    ".warning{color:#8a5a00}.info{color:#44546a}"
    "*{box-sizing:border-box}section{break-inside:avoid}"
    "svg{width:100%;height:auto;border:1px solid #cbd3dc}"
    ".cards{display:grid;grid-template-columns:1fr 1fr;gap:10px}"
    ".card{border:1px solid #cbd3dc;padding:8px;break-inside:avoid}"
    ".card h3{margin:0 0 4px;font-size:15px}"
    ".card table{font-size:12px}.card th{white-space:nowrap}"
    "@media print{body{margin:0;padding:0;font-size:10pt;max-width:none;"
    "print-color-adjust:exact}}@page{size:A4;margin:15mm}";

int api_page_severity(const struct api_page *p,
                      const struct gaz_survey_marker *marker)
{
    int worst = -1;
    for (size_t i = 0; i < p->view->finding_count; i++) {
        const struct api_boundary_finding *f = &p->view->findings[i];
        if (f->marker && strcmp(f->marker, marker->code) == 0 &&
            (int)f->severity > worst)
            worst = (int)f->severity;
    }
    return worst;
}

const char *api_page_colour(int severity)
{
    if (severity == GAZ_SEVERITY_ERROR)
        return "#c8232c";
    return severity == GAZ_SEVERITY_WARNING ? "#d98a00" : "#1f6f4a";
}

static void put_head(struct api_page *p)
{
    const struct api_boundary_view *view = p->view;
    gaz_buffer_printf(&p->out,
                      "<!doctype html><html lang=zh-CN><meta charset=utf-8>"
                      "<title>界线联合检查报告</title><style>%s</style>"
                      "<h1>界线联合检查报告",
                      STYLE);
    if (view->names[0] && view->names[1]) {
        gaz_buffer_text(&p->out, "：");
        gaz_buffer_html(&p->out, view->names[0]);
        gaz_buffer_text(&p->out, " — ");
        gaz_buffer_html(&p->out, view->names[1]);
    }
    gaz_buffer_text(&p->out, "</h1><p class=info>");
    if (view->day) {
        gaz_buffer_text(&p->out, "检查日期 ");
        gaz_buffer_html(&p->out, view->day);
        gaz_buffer_text(&p->out, "；");
    }
    gaz_buffer_printf(&p->out, "平面坐标系%s（X为北、Y为东），面积为椭球面积",
                      view->plane_crs);
    if (view->survey)
        gaz_buffer_printf(&p->out, "；协议书附图比例尺1:%.0f。界桩坐标不得公开",
                          view->survey_options->scale);
    gaz_buffer_text(&p->out, "。</p>");
    if (view->is_schematic)
        gaz_buffer_text(&p->out,
                        "<p class=error>示意数据，不作为划界依据。</p>");
    if (view->is_synthetic)
        gaz_buffer_text(&p->out,
                        "<p class=error>合成数据，仅供试用，不是实际界线和界桩"
                        "（synthetic）。</p>");
}

/* ---- what was checked ---- */

static void put_areas(struct api_page *p)
{
    const struct gaz_sides_report *r = p->view->sides;
    gaz_buffer_printf(
        &p->out,
        "<table><tr><th class=k>共同界线<td>平面 %.2f 米，椭球面 %.2f 米"
        "<tr><th>重叠<td>%zu 处，%.1f 平方米，最宽 %.2f 米"
        "<tr><th>空隙<td>%zu 处，%.1f 平方米，最宽 %.2f 米"
        "<tr><th class=k>双方面积<td>甲方 %.3f、乙方 %.3f 平方公里</table>",
        r->shared.plane_m, r->shared.ground_m, r->overlap_count,
        r->overlap_area_m2, r->overlap_width_m, r->gap_count, r->gap_area_m2,
        r->gap_width_m, r->area_m2[0] / 1e6, r->area_m2[1] / 1e6);
}

static void put_statistics(struct api_page *p)
{
    const struct gaz_profile *s = &p->view->sides->profile;
    gaz_buffer_printf(
        &p->out,
        "<table><tr><th>甲方线长<th>乙方线长<th>平均差<th>均方根<th>标准差"
        "<th>95%%以内<th>甲到乙最远<th>乙到甲最远<th>限差以内<tr>"
        "<td class=n>%.2f<td class=n>%.2f<td class=n>%.3f<td class=n>%.3f"
        "<td class=n>%.3f<td class=n>%.3f<td class=n>%.3f<td class=n>%.3f"
        "<td class=n>%.1f%%</table><p class=info>长度和差值单位为米；平均差有"
        "正负，正为乙方界线在甲方左侧。</p>",
        s->length_m[0], s->length_m[1], s->mean_m, s->rms_m, s->spread_m,
        s->p95_m, s->a_to_b.distance_m, s->b_to_a.distance_m,
        100 * s->share_within);
}

static void put_register(struct api_page *p)
{
    const struct gaz_survey_report *r = p->view->survey_report;
    const struct gaz_fit *fit = &r->fit;
    gaz_buffer_printf(
        &p->out,
        "<table><tr><th>界桩行数<td class=n>%zu<th>有两套坐标<td class=n>%zu"
        "<th>检查意见<td class=n>%zu",
        p->view->survey->marker_count, r->compared, p->view->finding_count);
    if (r->line_length_m > 0)
        gaz_buffer_printf(&p->out,
                          "<tr><th>界线平面长度<td class=n colspan=5>%.2f 米",
                          r->line_length_m);
    if (r->has_fit)
        gaz_buffer_printf(
            &p->out,
            "<tr><th>整体平移<td class=n>ΔX %+.3f, ΔY %+.3f 米 (±%.3f)"
            "<th>整体旋转<td class=n>%+.3f″<th>尺度差<td class=n>%+.2f ppm"
            "<tr><th>残差中误差<td class=n colspan=5>%.3f 米 (%zu个界桩)",
            fit->shift.north_m, fit->shift.east_m, fit->shift_error_m,
            fit->rotation_rad * 206264.80624709636, fit->scale_ppm,
            fit->spread_m, fit->used);
    gaz_buffer_text(&p->out, "</table>");
}

static void put_summary(struct api_page *p)
{
    const struct gaz_sides_report *sides = p->view->sides;
    if (sides && sides->area_m2[0] > 0)
        put_areas(p);
    if (sides && sides->has_profile)
        put_statistics(p);
    if (p->view->survey)
        put_register(p);
}

/* ---- what was found ---- */

static void put_finding(struct api_page *p,
                        const struct api_boundary_finding *f)
{
    gaz_buffer_printf(&p->out, "<tr><td>%s<td class='k %s'>%s<td>", f->rule,
                      api_boundary_severity(f->severity),
                      api_boundary_severity_zh(f->severity));
    gaz_buffer_html(&p->out, f->zh);
    if (f->has_where)
        gaz_buffer_printf(&p->out, "<br><span class=info>%.6f°E %.6f°N</span>",
                          f->where.lon, f->where.lat);
    gaz_buffer_text(&p->out, "<td class=n>");
    if (f->how_much_m > 0)
        gaz_buffer_printf(&p->out, "%.3f", f->how_much_m);
    if (f->uncertainty_m > 0)
        gaz_buffer_printf(&p->out, " ±%.3f", f->uncertainty_m);
    gaz_buffer_text(&p->out, "<td>");
    gaz_buffer_html(&p->out, f->clause);
    gaz_buffer_text(&p->out, "<td>");
    gaz_buffer_html(&p->out, f->advice);
}

static void put_findings(struct api_page *p)
{
    gaz_buffer_text(&p->out, "<h2>检查意见</h2>");
    if (p->view->finding_count == 0) {
        gaz_buffer_text(&p->out, "<p>未发现问题。</p>");
        return;
    }
    gaz_buffer_text(&p->out,
                    "<table><thead><tr><th class=k>规则<th class=k>程度<th>"
                    "意见<th class=k>量值（米）<th>依据<th>处理建议<tbody>");
    for (size_t i = 0; i < p->view->finding_count; i++)
        put_finding(p, &p->view->findings[i]);
    gaz_buffer_text(&p->out, "</table>");
}

static void put_page(struct api_page *p)
{
    put_head(p);
    put_summary(p);
    api_page_map(p);
    if (p->view->sides)
        api_page_profile(p);
    if (p->view->survey)
        api_page_differences(p);
    put_findings(p);
    if (p->view->survey) {
        api_page_legs(p);
        api_page_cards(p);
    }
    gaz_buffer_text(&p->out, "</html>\n");
}

gaz_status api_boundary_page(struct gaz_ctx *ctx, const char *path,
                             const struct api_boundary_view *view)
{
    struct api_page page = {.ctx = ctx, .view = view};
    gaz_status status = gaz_crs_open(ctx, view->plane_crs, &page.plane);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&page.out, PAGE_MAX_BYTES);
    put_page(&page);
    status = page.out.full
                 ? gaz_fail(ctx, GAZ_LIMIT, "the report is over %d bytes",
                            PAGE_MAX_BYTES)
                 : gaz_file_replace(ctx, path, page.out.data, page.out.size);
    gaz_buffer_close(&page.out);
    gaz_crs_close(page.plane);
    return status;
}
