/* SPDX-License-Identifier: Apache-2.0 */
/* report_charts.c - the bars of the report, as SVG. Lengths are in the units of
 * the view box, 1000 wide. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/report.h"

enum {
    WIDTH = 1000,
    LEFT = 250,
    RULES_LEFT = 400, /* titles of rules are long */
    RIGHT = 150,
    ROW = 30,
    TOWNS_MAX = 24,
};

static const char *const COLOURS[] = {"var(--info)", "var(--warning)",
                                      "var(--error)"};

static void open_svg(struct gaz_buffer *out, int height, const char *label)
{
    gaz_buffer_printf(out,
                      "<svg viewBox=\"0 0 %d %d\" role=\"img\" "
                      "aria-label=\"%s\">",
                      WIDTH, height, label);
}

static void label(struct gaz_buffer *out, int y, const char *id,
                  const char *title)
{
    gaz_buffer_printf(out,
                      "<text class=\"s\" x=\"0\" y=\"%d\">%s</text>"
                      "<text x=\"58\" y=\"%d\">",
                      y, id, y);
    gaz_buffer_html(out, title);
    gaz_buffer_text(out, "</text>");
}

static void bar(struct gaz_buffer *out, double x, int y, double width,
                const char *colour)
{
    gaz_buffer_printf(out,
                      "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" "
                      "rx=\"2\" fill=\"%s\"/>",
                      x, y, width, colour);
}

/* ---- indicators ---- */

static bool is_indicator(const struct gaz_rule_result *r)
{
    return r->rule->scope == GAZ_SCOPE_CITY;
}

/* The kept values of one indicator as a small line, ending with today's. */
static void spark(const struct gaz_report_options *options,
                  const struct gaz_rule_result *r, int y,
                  struct gaz_buffer *out)
{
    int count = 0;
    for (int i = 0; i < options->past_count; i++)
        count += strcmp(options->past[i].indicator, r->rule->id) == 0;
    if (count == 0)
        return;
    int n = 0;
    gaz_buffer_text(out, "<polyline fill=\"none\" stroke=\"var(--soft)\" "
                         "stroke-width=\"1.5\" points=\"");
    for (int i = 0; i < options->past_count; i++)
        if (strcmp(options->past[i].indicator, r->rule->id) == 0)
            gaz_buffer_printf(out, "%.1f,%.1f ", 930 + 60.0 * n++ / count,
                              y + 15 - 14 * options->past[i].value / 100);
    gaz_buffer_printf(out, "990,%.1f\"/>", y + 15 - 14 * r->value / 100);
}

static void indicator_row(const struct gaz_report_options *options,
                          const struct gaz_rule_result *r, int y,
                          struct gaz_buffer *out)
{
    const double span = WIDTH - LEFT - RIGHT;
    label(out, y + 13, r->rule->id, r->rule->title);
    bar(out, LEFT, y, span, "var(--ground)");
    bool good = r->value >= r->target;
    double width = span * r->value / 100;
    bar(out, LEFT, y, width < 2 ? 2 : width,
        good ? "var(--good)" : "var(--error)");
    double tick = LEFT + span * r->target / 100;
    gaz_buffer_printf(out,
                      "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" "
                      "stroke=\"var(--ink)\" stroke-width=\"2\"/>",
                      tick, tick, y - 3, y + 19);
    gaz_buffer_printf(out, "<text x=\"%d\" y=\"%d\">%.2f%%</text>",
                      WIDTH - RIGHT + 14, y + 13, r->value);
    spark(options, r, y, out);
}

void gaz_report_indicators(const struct gaz_audit *audit,
                           const struct gaz_report_options *options,
                           struct gaz_buffer *out)
{
    int rows = 0;
    int left_out = 0;
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        rows += is_indicator(r) && !r->why;
        left_out += is_indicator(r) && r->why;
    }
    gaz_buffer_text(out, "<section><h2>指标与目标</h2><p class=\"soft\">"
                         "竖线为目标值；绿色达标，红色未达标。</p>");
    open_svg(out, rows * ROW + 8, "指标与目标");
    int y = 6;
    for (int i = 0; i < audit->result_count; i++)
        if (is_indicator(&audit->results[i]) && !audit->results[i].why) {
            indicator_row(options, &audit->results[i], y, out);
            y += ROW;
        }
    gaz_buffer_text(out, "</svg>");
    if (left_out > 0) {
        gaz_buffer_text(out, "<h3>未评估的指标</h3><table>");
        for (int i = 0; i < audit->result_count; i++) {
            const struct gaz_rule_result *r = &audit->results[i];
            if (is_indicator(r) && r->why)
                gaz_buffer_printf(out,
                                  "<tr><td class=\"code\">%s</td><td>%s</td>"
                                  "<td class=\"soft\">%s</td></tr>",
                                  r->rule->id, r->rule->title, r->why);
        }
        gaz_buffer_text(out, "</table>");
    }
    gaz_buffer_text(out, "</section>");
}

/* ---- findings by rule ---- */

static void legend(struct gaz_buffer *out)
{
    gaz_buffer_text(
        out, "<div class=\"legend\"><span><i style=\"background:var(--error)\">"
             "</i>错误</span><span><i style=\"background:var(--warning)\"></i>"
             "警告</span><span><i style=\"background:var(--info)\"></i>提示"
             "</span></div>");
}

struct corner {
    int x;
    int y;
};

/* A bar of three parts; the whole is `total` of `most`. */
static void stacked(struct gaz_buffer *out, const int64_t by_severity[3],
                    int64_t most, struct corner at)
{
    const double span = WIDTH - at.x - RIGHT;
    const int y = at.y;
    double x = at.x;
    int64_t total = 0;
    for (int i = GAZ_SEVERITY_ERROR; i >= GAZ_SEVERITY_INFO; i--) {
        double width = span * (double)by_severity[i] / (double)most;
        total += by_severity[i];
        if (by_severity[i] == 0)
            continue;
        bar(out, x, y, width < 2 ? 2 : width, COLOURS[i]);
        x += width < 2 ? 2 : width;
    }
    gaz_buffer_printf(out, "<text x=\"%.1f\" y=\"%d\">%lld</text>", x + 8,
                      y + 13, (long long)total);
}

void gaz_report_rules(const struct gaz_audit *audit, struct gaz_buffer *out)
{
    int rows = 0;
    int64_t most = 1;
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        if (r->found == 0 || is_indicator(r))
            continue;
        rows++;
        most = r->found > most ? r->found : most;
    }
    gaz_buffer_text(out, "<section><h2>各规则的发现</h2>");
    legend(out);
    open_svg(out, rows * ROW + 8, "各规则的发现");
    int y = 6;
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        if (r->found == 0 || is_indicator(r))
            continue;
        int64_t by_severity[3] = {0, 0, 0};
        for (int k = 0; k < audit->finding_count; k++)
            if (audit->findings[k].rule == r->rule)
                by_severity[audit->findings[k].severity]++;
        label(out, y + 13, r->rule->id, "");
        gaz_buffer_printf(out, "<text x=\"58\" y=\"%d\">", y + 13);
        /* at most 24 characters fit before the bars */
        gaz_buffer_printf(out, "<title>%s</title>%.*s%s</text>", r->rule->title,
                          strlen(r->rule->title) > 72 ? 69 : 72, r->rule->title,
                          strlen(r->rule->title) > 72 ? "…" : "");
        stacked(out, by_severity, most, (struct corner){RULES_LEFT, y});
        y += ROW;
    }
    gaz_buffer_text(out, "</svg></section>");
}

/* ---- findings by township ---- */

void gaz_report_towns(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                      struct gaz_buffer *out)
{
    const struct gaz_report_town *towns;
    int count = gaz_report_count(ctx, audit, &towns);
    int shown = count < TOWNS_MAX ? count : TOWNS_MAX;
    int64_t most = 1;
    for (int i = 0; i < shown; i++) {
        int64_t total = towns[i].by_severity[0] + towns[i].by_severity[1] +
                        towns[i].by_severity[2];
        most = total > most ? total : most;
    }
    gaz_buffer_text(out, "<section><h2>各乡镇街道的发现</h2>");
    legend(out);
    open_svg(out, shown * ROW + 8, "各乡镇街道的发现");
    for (int i = 0; i < shown; i++) {
        const struct gaz_corpus_place *town =
            &audit->corpus->places[towns[i].place];
        int y = 6 + i * ROW;
        gaz_buffer_printf(out, "<text x=\"0\" y=\"%d\">", y + 13);
        gaz_buffer_html(out, gaz_corpus_name(town));
        gaz_buffer_printf(out, "</text><text class=\"s\" x=\"150\" y=\"%d\">",
                          y + 13);
        gaz_buffer_html(out, town->place.code);
        gaz_buffer_text(out, "</text>");
        stacked(out, towns[i].by_severity, most, (struct corner){LEFT, y});
    }
    gaz_buffer_text(out, "</svg>");
    if (count > shown)
        gaz_buffer_printf(out,
                          "<p class=\"soft\">另有 %d 个乡镇街道发现较少。</p>",
                          count - shown);
    gaz_buffer_text(out, "</section>");
}
