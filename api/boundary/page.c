/* SPDX-License-Identifier: Apache-2.0 */
/* page.c - two sides' comparison as a page to read and print: what was found, a
 * map, the differences along the line. Chinese, one file, no script and nothing
 * from elsewhere. */
#include <math.h>
#include <string.h>

#include "api/boundary/view.h"
#include "gazetteer/base/file.h"
#include "gazetteer/geo/crs.h"

enum {
    PAGE_MAX_BYTES = 64 * 1024 * 1024,
    WIDE = 1000,
    MAP_TALL = 420,
    PLOT_TALL = 240,
    EDGE = 50,
};

static const char STYLE[] =
    "body{font:14px/1.5 'Noto Sans CJK SC','Source Han Sans SC',"
    "'Microsoft YaHei',sans-serif;max-width:1040px;margin:24px auto;"
    "padding:0 16px;color:#1c2430}h1{font-size:22px}h2{font-size:17px;"
    "margin-top:28px}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #cbd3dc;padding:3px 7px;text-align:left;"
    "vertical-align:top}th{background:#eef2f6}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}"
    ".error{color:#a3181e;font-weight:600}.warning{color:#8a5a00}"
    ".info{color:#44546a}svg{width:100%;height:auto;border:1px solid #cbd3dc}"
    "@media print{body{margin:0}}@page{size:A4;margin:15mm}";

struct page {
    struct gaz_ctx *ctx;
    struct gaz_buffer out;
    const struct api_boundary_view *view;
    struct gaz_crs *plane;
    struct gaz_grid low;
    double metres; /* a unit of the map */
};

static void put_text(struct page *p, const char *text)
{
    for (; text && *text; text++) {
        static const char SPECIAL[] = "<>&\"";
        static const char *const ENTITIES[] = {"&lt;", "&gt;", "&amp;",
                                               "&quot;"};
        const char *at = strchr(SPECIAL, *text);
        if (at)
            gaz_buffer_text(&p->out, ENTITIES[at - SPECIAL]);
        else
            gaz_buffer_char(&p->out, *text);
    }
}

static void put_head(struct page *p)
{
    const struct api_boundary_view *view = p->view;
    gaz_buffer_printf(&p->out,
                      "<!doctype html><html lang=zh-CN><meta charset=utf-8>"
                      "<title>界线比较</title><style>%s</style><h1>双方界线比较"
                      "：",
                      STYLE);
    put_text(p, view->names[0]);
    gaz_buffer_text(&p->out, " — ");
    put_text(p, view->names[1]);
    gaz_buffer_printf(&p->out,
                      "</h1><p class=info>平面坐标系%s（X为北、Y为东），面积为"
                      "椭球面积。",
                      view->plane_crs);
    if (view->is_schematic)
        gaz_buffer_text(&p->out,
                        "<b class=error>示意数据，不作为划界依据。</b>");
    gaz_buffer_text(&p->out, "</p>");
}

static void put_summary(struct page *p)
{
    const struct gaz_sides_report *r = p->view->sides;
    gaz_buffer_printf(
        &p->out,
        "<table><tr><th>共同界线<td class=n>%.2f 米（椭球面 %.2f 米）"
        "<th>重叠<td class=n>%zu 处，%.1f 平方米，最宽 %.2f 米"
        "<th>空隙<td class=n>%zu 处，%.1f 平方米，最宽 %.2f 米</table>",
        r->shared.plane_m, r->shared.ground_m, r->overlap_count,
        r->overlap_area_m2, r->overlap_width_m, r->gap_count, r->gap_area_m2,
        r->gap_width_m);
    if (!r->has_profile)
        return;
    const struct gaz_profile *s = &r->profile;
    gaz_buffer_printf(
        &p->out,
        "<table><tr><th>甲长<th>乙长<th>平均差<th>均方根<th>标准差<th>95%%以内"
        "<th>甲到乙最远<th>乙到甲最远<th>限差以内<tr><td class=n>%.2f<td "
        "class=n>%.2f<td class=n>%.3f<td class=n>%.3f<td class=n>%.3f<td "
        "class=n>%.3f<td class=n>%.3f<td class=n>%.3f<td class=n>%.1f%%"
        "</table>",
        s->length_m[0], s->length_m[1], s->mean_m, s->rms_m, s->spread_m,
        s->p95_m, s->a_to_b.distance_m, s->b_to_a.distance_m,
        100 * s->share_within);
}

static void put_findings(struct page *p)
{
    gaz_buffer_text(&p->out,
                    "<h2>检查意见</h2><table><tr><th>规则<th>程度<th>意见<th>"
                    "量值（米）<th>依据<th>处理建议");
    for (size_t i = 0; i < p->view->finding_count; i++) {
        const struct api_boundary_finding *f = &p->view->findings[i];
        gaz_buffer_printf(&p->out, "<tr><td>%s<td class=%s>%s<td>", f->rule,
                          api_boundary_severity(f->severity),
                          api_boundary_severity_zh(f->severity));
        put_text(p, f->zh);
        gaz_buffer_text(&p->out, "<td class=n>");
        if (f->how_much_m > 0)
            gaz_buffer_printf(&p->out, "%.3f", f->how_much_m);
        if (f->uncertainty_m > 0)
            gaz_buffer_printf(&p->out, " ±%.3f", f->uncertainty_m);
        gaz_buffer_text(&p->out, "<td>");
        put_text(p, f->clause);
        gaz_buffer_text(&p->out, "<td>");
        put_text(p, f->advice);
    }
    gaz_buffer_text(&p->out, "</table>");
}

/* ---- map ---- */

static void frame_map(struct page *p)
{
    struct gaz_grid low = {HUGE_VAL, HUGE_VAL};
    struct gaz_grid high = {-HUGE_VAL, -HUGE_VAL};
    for (int i = 0; i < 2; i++)
        for (size_t j = 0; j < p->view->sides->lines[i].count; j++) {
            const struct gaz_grid at = p->view->sides->lines[i].grid[j];
            low.north_m = fmin(low.north_m, at.north_m);
            low.east_m = fmin(low.east_m, at.east_m);
            high.north_m = fmax(high.north_m, at.north_m);
            high.east_m = fmax(high.east_m, at.east_m);
        }
    p->low = low;
    p->metres = fmax(fmax((high.east_m - low.east_m) / (WIDE - 2 * EDGE),
                          (high.north_m - low.north_m) / (MAP_TALL - 2 * EDGE)),
                     1e-3);
    /* in the middle of what is left over */
    p->low.east_m -=
        ((WIDE - 2 * EDGE) * p->metres - (high.east_m - low.east_m)) / 2;
    p->low.north_m -=
        ((MAP_TALL - 2 * EDGE) * p->metres - (high.north_m - low.north_m)) / 2;
}

static void put_place(struct page *p, struct gaz_grid at)
{
    gaz_buffer_printf(
        &p->out, "%.1f,%.1f ", EDGE + (at.east_m - p->low.east_m) / p->metres,
        MAP_TALL - EDGE - (at.north_m - p->low.north_m) / p->metres);
}

static void put_area(struct page *p, const struct api_boundary_finding *f)
{
    struct api_boundary_ring *rings = NULL;
    if (api_boundary_rings(&p->ctx->arena, f->area, &rings) == 0)
        return;
    const bool is_gap = f->kind[0] == 'g';
    gaz_buffer_printf(&p->out,
                      "<polygon fill='url(#%s)' stroke='%s' stroke-width=.7 "
                      "points='",
                      is_gap ? "g" : "o", is_gap ? "#b36b00" : "#b3202a");
    for (size_t i = 0; i < rings[0].count; i++) {
        struct gaz_grid at;
        if (gaz_crs_from_cgcs2000(p->ctx, p->plane, rings[0].points[i],
                                  &at.east_m, &at.north_m) == GAZ_OK)
            put_place(p, at);
    }
    gaz_buffer_text(&p->out, "'><title>");
    put_text(p, f->zh);
    gaz_buffer_text(&p->out, "</title></polygon>");
}

static void put_map(struct page *p)
{
    static const char *const STROKES[] = {"'#1f5fa8'",
                                          "'#1f6f4a' stroke-dasharray='6 4'"};
    frame_map(p);
    if (!isfinite(p->metres))
        return;
    gaz_buffer_printf(
        &p->out,
        "<h2>界线图</h2><svg viewBox='0 0 %d %d' role=img aria-label='界线图'>"
        "<defs><pattern id=o width=5 height=5 patternUnits=userSpaceOnUse "
        "patternTransform='rotate(45)'><path d='M0 0V5' stroke='#b3202a' "
        "stroke-width=2 /></pattern><pattern id=g width=5 height=5 "
        "patternUnits=userSpaceOnUse patternTransform='rotate(-45)'><path "
        "d='M0 0V5' stroke='#b36b00' stroke-width=2 /></pattern></defs>",
        WIDE, MAP_TALL);
    for (size_t i = 0; i < p->view->finding_count; i++)
        put_area(p, &p->view->findings[i]);
    for (int i = 0; i < 2; i++) {
        const struct gaz_sides_line *line = &p->view->sides->lines[i];
        gaz_buffer_printf(&p->out,
                          "<polyline fill=none stroke-width=1.5 stroke=%s "
                          "points='",
                          STROKES[i]);
        for (size_t j = 0; j < line->count; j++)
            put_place(p, line->grid[j]);
        gaz_buffer_text(&p->out, "'/>");
    }
    gaz_buffer_text(&p->out,
                    "</svg><p class=info>蓝线为甲方，绿色虚线为乙方；红色斜线为"
                    "重叠，黄色斜线为空隙。</p>");
}

static void put_profile(struct page *p)
{
    const struct gaz_profile *s = &p->view->sides->profile;
    double most_m = p->view->sides_options->warn_m * 1.2;
    if (!p->view->sides->has_profile)
        return;
    for (size_t i = 0; i < s->count; i++)
        most_m = fmax(most_m, fabs(s->points[i].off_m));
    const double half = (PLOT_TALL - 2 * EDGE) / 2.0;
    const double zero = PLOT_TALL / 2.0;
    gaz_buffer_printf(
        &p->out,
        "<h2>双方界线之差</h2><svg viewBox='0 0 %d %d' role=img "
        "aria-label='差值剖面'><path d='M%d %dV%dM%d %.1fH%d' "
        "stroke='#5b6b7f' fill=none /><text x=6 y=%d font-size=11>%+.4g米"
        "</text><text x=6 y=%d font-size=11>%+.4g米</text><text x=%d y=%.1f "
        "font-size=11>%.1f公里</text><polyline fill='#c9dcf2' "
        "stroke='#1f5fa8' points='%d,%.1f ",
        WIDE, PLOT_TALL, EDGE, EDGE, PLOT_TALL - EDGE, EDGE, zero, WIDE - EDGE,
        EDGE + 4, most_m, PLOT_TALL - EDGE, -most_m, WIDE - EDGE - 40,
        zero + 16, s->length_m[0] / 1000, EDGE, zero);
    for (size_t i = 0; i < s->count; i++)
        gaz_buffer_printf(&p->out, "%.1f,%.1f ",
                          EDGE + s->points[i].along_m / s->length_m[0] *
                                     (WIDE - 2 * EDGE),
                          zero - s->points[i].off_m / most_m * half);
    gaz_buffer_printf(&p->out,
                      "%d,%.1f'/></svg><p class=info>横轴为沿甲方界线的里程；"
                      "正值为乙方界线在甲方左侧。</p>",
                      WIDE - EDGE, zero);
}

gaz_status api_boundary_page(struct gaz_ctx *ctx, const char *path,
                             const struct api_boundary_view *view)
{
    struct page page = {.ctx = ctx, .view = view};
    gaz_status status = gaz_crs_open(ctx, view->plane_crs, &page.plane);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&page.out, PAGE_MAX_BYTES);
    put_head(&page);
    put_summary(&page);
    put_map(&page);
    put_profile(&page);
    put_findings(&page);
    gaz_buffer_text(&page.out, "</html>\n");
    status = page.out.full
                 ? gaz_fail(ctx, GAZ_LIMIT, "the report is over %d bytes",
                            PAGE_MAX_BYTES)
                 : gaz_file_replace(ctx, path, page.out.data, page.out.size);
    gaz_buffer_close(&page.out);
    gaz_crs_close(page.plane);
    return status;
}
