/* SPDX-License-Identifier: Apache-2.0 */
/* cli_boundary_report.c - a register's check as a page to read and print: what
 * was found, a map, the differences along the line, a card a marker. Chinese,
 * one file, no script and nothing from elsewhere. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/cli_boundary.h"

enum {
    REPORT_MAX_BYTES = 64 * 1024 * 1024,
    MAP_WIDE = 1000,
    MAP_TALL = 360,
    PLOT_TALL = 240,
    EDGE = 50,
    LABELS_MAX = 40, /* markers that are named on the map */
};

static const char STYLE[] =
    "body{font:14px/1.5 'Noto Sans CJK SC','Source Han Sans SC',"
    "'Microsoft YaHei',sans-serif;max-width:1040px;margin:24px auto;"
    "padding:0 16px;color:#1c2430}"
    "h1{font-size:22px}h2{font-size:17px;margin-top:28px}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #cbd3dc;padding:3px 7px;text-align:left;"
    "vertical-align:top}th{background:#eef2f6}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}"
    ".k{white-space:nowrap}.error{color:#a3181e;font-weight:600}.warning{color:"
    "#8a5a00}"
    ".info{color:#44546a}svg{width:100%;height:auto;border:1px solid #cbd3dc}"
    ".cards{display:grid;grid-template-columns:1fr 1fr;gap:10px}"
    ".card{border:1px solid #cbd3dc;padding:8px;break-inside:avoid}"
    ".card h3{margin:0 0 4px;font-size:15px}.card table{font-size:12px}"
    "@media print{body{margin:0}}@page{size:A4;margin:15mm}";

struct page {
    struct gaz_buffer out;
    const struct gaz_survey *survey;
    const struct gaz_survey_options *options;
    const struct gaz_survey_report *report;
    struct gaz_grid low; /* of the map */
    double metres;       /* a unit of the map */
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

static struct gaz_grid place_of(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed ? marker->agreed : marker->measured;
}

static bool has_place(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed || marker->has_measured;
}

/* The worst finding of a marker; -1: none. */
static int severity_of(const struct page *p,
                       const struct gaz_survey_marker *marker)
{
    int worst = -1;
    for (size_t i = 0; i < p->report->finding_count; i++) {
        const struct gaz_survey_finding *finding = &p->report->findings[i];
        if (finding->marker && strcmp(finding->marker, marker->code) == 0 &&
            (int)finding->severity > worst)
            worst = (int)finding->severity;
    }
    return worst;
}

static const char *colour_of(int severity)
{
    if (severity == GAZ_SEVERITY_ERROR)
        return "#c8232c";
    return severity == GAZ_SEVERITY_WARNING ? "#d98a00" : "#1f6f4a";
}

static const char *word_of(gaz_severity severity)
{
    static const char *const WORDS[] = {"提示", "警告", "错误"};
    return WORDS[severity];
}

/* ---- findings ---- */

static void put_summary(struct page *p)
{
    const struct gaz_fit *fit = &p->report->fit;
    gaz_buffer_printf(
        &p->out,
        "<table><tr><th>界桩行数</th><td class=n>%zu</td><th>有两套坐标</th>"
        "<td class=n>%zu</td><th>检查意见</th><td class=n>%zu</td></tr>",
        p->survey->marker_count, p->report->compared, p->report->finding_count);
    if (p->survey->line_count > 0)
        gaz_buffer_printf(&p->out,
                          "<tr><th>界线平面长度</th><td class=n colspan=5>%.2f "
                          "米</td></tr>",
                          p->report->line_length_m);
    if (p->report->has_fit)
        gaz_buffer_printf(
            &p->out,
            "<tr><th>整体平移</th><td class=n>ΔX %+.3f, ΔY %+.3f 米 "
            "(±%.3f)</td><th>整体旋转</th><td class=n>%+.3f″</td>"
            "<th>尺度差</th><td class=n>%+.2f ppm</td></tr>"
            "<tr><th>残差中误差</th><td class=n colspan=5>%.3f 米 "
            "(%zu个界桩)</td></tr>",
            fit->shift.north_m, fit->shift.east_m, fit->shift_error_m,
            fit->rotation_rad * 206264.80624709636, fit->scale_ppm,
            fit->spread_m, fit->used);
    gaz_buffer_text(&p->out, "</table>");
}

static void put_findings(struct page *p)
{
    gaz_buffer_text(&p->out, "<h2>检查意见</h2>");
    if (p->report->finding_count == 0) {
        gaz_buffer_text(&p->out, "<p>未发现问题。</p>");
        return;
    }
    gaz_buffer_text(
        &p->out, "<table><tr><th class=k>规则</th><th class=k>程度</th><th>意见"
                 "</th><th>量值（米）</th><th>依据</th><th>处理建议"
                 "</th></tr>");
    for (size_t i = 0; i < p->report->finding_count; i++) {
        const struct gaz_survey_finding *finding = &p->report->findings[i];
        gaz_buffer_printf(
            &p->out, "<tr><td>%s</td><td class='k %s'>%s</td><td>",
            finding->rule, api_cli_boundary_severity(finding->severity),
            word_of(finding->severity));
        put_text(p, finding->zh);
        gaz_buffer_text(&p->out, "</td><td class=n>");
        if (finding->how_much_m > 0)
            gaz_buffer_printf(&p->out, "%.3f", finding->how_much_m);
        if (finding->uncertainty_m > 0)
            gaz_buffer_printf(&p->out, " ±%.3f", finding->uncertainty_m);
        gaz_buffer_text(&p->out, "</td><td>");
        put_text(p, finding->clause);
        gaz_buffer_text(&p->out, "</td><td>");
        put_text(p, finding->advice);
        gaz_buffer_text(&p->out, "</td></tr>");
    }
    gaz_buffer_text(&p->out, "</table>");
}

/* ---- map ---- */

static void widen(struct gaz_grid *low, struct gaz_grid *high,
                  struct gaz_grid at)
{
    low->north_m = fmin(low->north_m, at.north_m);
    low->east_m = fmin(low->east_m, at.east_m);
    high->north_m = fmax(high->north_m, at.north_m);
    high->east_m = fmax(high->east_m, at.east_m);
}

static void frame_map(struct page *p)
{
    struct gaz_grid low = {HUGE_VAL, HUGE_VAL};
    struct gaz_grid high = {-HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < p->survey->line_count; i++)
        widen(&low, &high, p->survey->line[i]);
    for (size_t i = 0; i < p->survey->marker_count; i++)
        if (has_place(&p->survey->markers[i]))
            widen(&low, &high, place_of(&p->survey->markers[i]));
    p->low = low;
    p->metres = fmax(fmax((high.east_m - low.east_m) / (MAP_WIDE - 2 * EDGE),
                          (high.north_m - low.north_m) / (MAP_TALL - 2 * EDGE)),
                     1e-3);
}

static double map_x(const struct page *p, struct gaz_grid at)
{
    return EDGE + (at.east_m - p->low.east_m) / p->metres;
}

static double map_y(const struct page *p, struct gaz_grid at)
{
    return MAP_TALL - EDGE - (at.north_m - p->low.north_m) / p->metres;
}

/* 1, 2 or 5 times a power of ten, at most `most`. */
static double round_length(double most)
{
    const double ten = pow(10, floor(log10(most)));
    if (most >= 5 * ten)
        return 5 * ten;
    return most >= 2 * ten ? 2 * ten : ten;
}

static void put_map_marker(struct page *p, size_t i, size_t step)
{
    const struct gaz_survey_marker *marker = &p->survey->markers[i];
    const int severity = severity_of(p, marker);
    const double x = map_x(p, place_of(marker));
    const double y = map_y(p, place_of(marker));
    gaz_buffer_printf(&p->out,
                      "<circle cx=%.1f cy=%.1f r=%d fill='%s' stroke='#fff'/>",
                      x, y, severity >= 0 ? 6 : 4, colour_of(severity));
    if (severity < 0 && i % step != 0)
        return;
    gaz_buffer_printf(&p->out,
                      "<text x=%.1f y=%.1f font-size=11 "
                      "text-anchor=middle>",
                      x, i % 2 ? y + 18 : y - 9);
    put_text(p, strlen(marker->code) > 4 ? marker->code + 4 : marker->code);
    gaz_buffer_text(&p->out, "</text>");
}

static void put_map(struct page *p)
{
    const size_t count = p->survey->marker_count;
    const size_t step = 1 + count / LABELS_MAX;
    frame_map(p);
    if (!isfinite(p->metres))
        return;
    gaz_buffer_printf(&p->out,
                      "<h2>界线与界桩</h2><svg viewBox='0 0 %d %d' "
                      "role=img aria-label='界线与界桩'><polyline fill=none "
                      "stroke='#5b6b7f' stroke-width=1.5 points='",
                      MAP_WIDE, MAP_TALL);
    for (size_t i = 0; i < p->survey->line_count; i++)
        gaz_buffer_printf(&p->out, "%.1f,%.1f ", map_x(p, p->survey->line[i]),
                          map_y(p, p->survey->line[i]));
    gaz_buffer_text(&p->out, "'/>");
    for (size_t i = 0; i < count; i++)
        if (has_place(&p->survey->markers[i]))
            put_map_marker(p, i, step);
    const double bar_m = round_length(200 * p->metres);
    gaz_buffer_printf(
        &p->out,
        "<path d='M%d %dh%.1f' stroke='#1c2430' stroke-width=3 />"
        "<text x=%d y=%d font-size=12>%g 米</text>"
        "<text x=%d y=30 font-size=14>北 ↑</text></svg>"
        "<p "
        "class=info>"
        "圆点为界桩（绿：无意见，黄：警告，红：错误），注记为序号和类型"
        "；平面坐标系%s。</p>",
        EDGE, MAP_TALL - 12, bar_m / p->metres, EDGE, MAP_TALL - 18, bar_m,
        MAP_WIDE - EDGE, p->options->plane_crs);
}

/* ---- differences along the line ---- */

static bool is_pair(const struct gaz_survey_marker *marker)
{
    return marker->has_agreed && marker->has_measured;
}

static double off_of(const struct gaz_survey_marker *marker)
{
    return hypot(marker->measured.north_m - marker->agreed.north_m,
                 marker->measured.east_m - marker->agreed.east_m);
}

/* Along from one marker to the next; returns the distance to the last. */
static double walk(const struct page *p, size_t to)
{
    double along_m = 0;
    const struct gaz_survey_marker *before = NULL;
    for (size_t i = 0; i <= to && i < p->survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &p->survey->markers[i];
        if (!has_place(marker))
            continue;
        if (before)
            along_m +=
                hypot(place_of(marker).north_m - place_of(before).north_m,
                      place_of(marker).east_m - place_of(before).east_m);
        before = marker;
    }
    return along_m;
}

static void put_limit(struct page *p, double limit_m, double most_m)
{
    const double y =
        PLOT_TALL - EDGE - limit_m / most_m * (PLOT_TALL - 2 * EDGE);
    gaz_buffer_printf(&p->out,
                      "<path d='M%d %.1fH%d' stroke='#c8232c' "
                      "stroke-dasharray='6 4'/><text x=%d y=%.1f "
                      "font-size=11 fill='#c8232c'>%.1f</text>",
                      EDGE, y, MAP_WIDE - EDGE, MAP_WIDE - EDGE + 2, y + 4,
                      limit_m);
}

static void put_profile(struct page *p)
{
    const size_t count = p->survey->marker_count;
    const double limit_m =
        2 * p->options->map_error_mm / 1000 * p->options->scale;
    const double whole_m = fmax(walk(p, count), 1);
    double most_m = limit_m * 1.2;
    if (p->report->compared == 0)
        return;
    for (size_t i = 0; i < count; i++)
        if (is_pair(&p->survey->markers[i]))
            most_m = fmax(most_m, off_of(&p->survey->markers[i]) * 1.05);
    gaz_buffer_printf(&p->out,
                      "<h2>实测与协议坐标之差</h2><svg viewBox='0 0 %d %d' "
                      "role=img aria-label='坐标差剖面'>"
                      "<path d='M%d %dV%dH%d' fill=none stroke='#5b6b7f'/>"
                      "<text x=8 y=%d font-size=11>%.4g米</text>"
                      "<text x=28 y=%d font-size=11>0</text>"
                      "<text x=%d y=%d font-size=11>%.1f公里</text>",
                      MAP_WIDE, PLOT_TALL, EDGE, EDGE, PLOT_TALL - EDGE,
                      MAP_WIDE - EDGE, EDGE + 4, most_m, PLOT_TALL - EDGE + 4,
                      MAP_WIDE - EDGE - 40, PLOT_TALL - EDGE + 18,
                      whole_m / 1000);
    put_limit(p, limit_m, most_m);
    for (size_t i = 0; i < count; i++) {
        const struct gaz_survey_marker *marker = &p->survey->markers[i];
        if (!is_pair(marker))
            continue;
        const double x = EDGE + walk(p, i) / whole_m * (MAP_WIDE - 2 * EDGE);
        const double tall = off_of(marker) / most_m * (PLOT_TALL - 2 * EDGE);
        gaz_buffer_printf(
            &p->out, "<path d='M%.1f %dv%.1f' stroke='%s' stroke-width=4 />", x,
            PLOT_TALL - EDGE, -tall,
            colour_of(off_of(marker) > limit_m ? GAZ_SEVERITY_ERROR : -1));
    }
    gaz_buffer_text(&p->out, "</svg><p class=info>横轴为沿界桩累计距离，纵轴为"
                             "平面坐标差，虚线为限差。</p>");
}

/* ---- cards ---- */

static void put_row(struct page *p, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    gaz_buffer_printf(&p->out, "<tr><th>%s</th><td colspan=3>", name);
    put_text(p, value);
    gaz_buffer_text(&p->out, "</td></tr>");
}

static void put_position(struct page *p, const char *name, struct gaz_grid at,
                         double height_m, bool is_signed)
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

static void put_card(struct page *p, const struct gaz_survey_marker *marker)
{
    const double agreed_m = marker->has_heights ? marker->agreed_height_m : NAN;
    const double measured_m =
        marker->has_heights ? marker->measured_height_m : NAN;
    gaz_buffer_text(&p->out, "<div class=card><h3>界桩 ");
    put_text(p, marker->code);
    gaz_buffer_text(&p->out, "</h3><table><tr><th></th><th>X（北）</th><th>Y（"
                             "东）</th><th>高程</th></tr>");
    if (marker->has_agreed)
        put_position(p, "协议", marker->agreed, agreed_m, false);
    if (marker->has_measured)
        put_position(p, "实测", marker->measured, measured_m, false);
    if (is_pair(marker)) {
        const struct gaz_grid off = {
            marker->measured.north_m - marker->agreed.north_m,
            marker->measured.east_m - marker->agreed.east_m};
        put_position(p, "差", off, measured_m - agreed_m, true);
    }
    put_row(p, "管理方", marker->manager);
    put_row(p, "状况", marker->condition);
    put_row(p, "上次检查", marker->inspected_on);
    put_row(p, "备注", marker->note);
    for (size_t i = 0; i < p->report->finding_count; i++) {
        const struct gaz_survey_finding *finding = &p->report->findings[i];
        if (finding->marker && strcmp(finding->marker, marker->code) == 0)
            put_row(p, finding->rule, finding->zh);
    }
    gaz_buffer_text(&p->out, "</table></div>");
}

/* A sample says so in its notes, and must not pass for a survey. */
static bool is_synthetic(const struct gaz_survey *survey)
{
    for (size_t i = 0; i < survey->marker_count; i++)
        if (survey->markers[i].note && strstr(survey->markers[i].note, "合成"))
            return true;
    return false;
}

static void put_page(struct page *p)
{
    gaz_buffer_printf(&p->out,
                      "<!doctype html><html lang=zh-CN><meta charset=utf-8>"
                      "<title>界线联合检查报告</title><style>%s</style>"
                      "<h1>界线联合检查报告</h1><p class=info>",
                      STYLE);
    if (p->options->today) {
        gaz_buffer_text(&p->out, "检查日期 ");
        put_text(p, p->options->today);
    }
    gaz_buffer_printf(&p->out,
                      "；坐标X为北、Y为东，%s；协议书附图比例尺1:%.0f。"
                      "界桩坐标不得公开。</p>",
                      p->options->plane_crs, p->options->scale);
    if (is_synthetic(p->survey))
        gaz_buffer_text(&p->out,
                        "<p class=error>合成数据，仅供试用，不是实际界线"
                        "和界桩（synthetic）。</p>");
    put_summary(p);
    put_findings(p);
    put_map(p);
    put_profile(p);
    gaz_buffer_text(&p->out, "<h2>界桩登记卡</h2><div class=cards>");
    for (size_t i = 0; i < p->survey->marker_count; i++)
        put_card(p, &p->survey->markers[i]);
    gaz_buffer_text(&p->out, "</div></html>\n");
}

static gaz_status write_file(struct gaz_ctx *ctx, const char *path,
                             const struct gaz_buffer *out)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", path,
                        strerror(errno));
    const bool is_written = fwrite(out->data, 1, out->size, file) == out->size;
    if (fclose(file) != 0 || !is_written)
        return gaz_fail(ctx, GAZ_IO, "cannot write '%s' whole", path);
    return GAZ_OK;
}

gaz_status api_cli_boundary_report(struct gaz_ctx *ctx, const char *path,
                                   const struct gaz_survey_options *options,
                                   const struct gaz_survey *survey,
                                   const struct gaz_survey_report *report)
{
    struct page page = {.survey = survey, .options = options, .report = report};
    gaz_buffer_open(&page.out, REPORT_MAX_BYTES);
    put_page(&page);
    gaz_status status =
        page.out.full ? gaz_fail(ctx, GAZ_LIMIT, "the report is over %d bytes",
                                 REPORT_MAX_BYTES)
                      : write_file(ctx, path, &page.out);
    gaz_buffer_close(&page.out);
    return status;
}
