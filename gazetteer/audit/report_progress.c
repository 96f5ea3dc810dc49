/* SPDX-License-Identifier: Apache-2.0 */
/* report_progress.c - the kept runs over time: findings as lines, and how each
 * indicator moved. Lengths are in the units of the view box, 1000 wide. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/report.h"

enum {
    WIDTH = 1000,
    HEIGHT = 240,
    LEFT = 70,
    RIGHT = 110,
    TOP = 14,
    BOTTOM = 34,
    RUNS_MAX = 60, /* the newest; a line of more is a smear */
    LABELS_MAX = 8,
    DATE_BYTES = 10, /* of an ISO stamp */
};

/* The runs as columns of numbers; the last is today's, not kept yet. */
struct series {
    const char *at[RUNS_MAX + 1]; /* ISO stamps; NULL: now */
    int64_t counts[RUNS_MAX + 1][3];
    int count;
    int64_t most;
};

static void add_run(struct series *s, const char *at, int64_t errors,
                    int64_t warnings, int64_t hints)
{
    s->at[s->count] = at;
    s->counts[s->count][GAZ_SEVERITY_ERROR] = errors;
    s->counts[s->count][GAZ_SEVERITY_WARNING] = warnings;
    s->counts[s->count][GAZ_SEVERITY_INFO] = hints;
    s->count++;
    s->most = errors > s->most ? errors : s->most;
    s->most = warnings > s->most ? warnings : s->most;
}

static struct series take_series(const struct gaz_audit *audit,
                                 const struct gaz_report_options *options)
{
    struct series s = {.most = 1};
    int first =
        options->run_count > RUNS_MAX ? options->run_count - RUNS_MAX : 0;
    for (int i = first; i < options->run_count; i++) {
        const struct gaz_quality_run *run = &options->runs[i];
        add_run(&s, run->at, run->errors, run->warnings, run->hints);
    }
    add_run(&s, NULL, audit->by_severity[GAZ_SEVERITY_ERROR],
            audit->by_severity[GAZ_SEVERITY_WARNING],
            audit->by_severity[GAZ_SEVERITY_INFO]);
    return s;
}

static double x_of(const struct series *s, int index)
{
    return LEFT + (double)(WIDTH - LEFT - RIGHT) * index / (s->count - 1);
}

static double y_of(const struct series *s, int64_t value)
{
    return TOP + (double)(HEIGHT - TOP - BOTTOM) *
                     (1 - (double)value / (double)s->most);
}

static void line_of(const struct series *s, gaz_severity severity,
                    const char *name, const char *colour,
                    struct gaz_buffer *out)
{
    const int last = s->count - 1;
    gaz_buffer_printf(out,
                      "<polyline fill=\"none\" stroke=\"%s\" "
                      "stroke-width=\"2.5\" points=\"",
                      colour);
    for (int i = 0; i < s->count; i++)
        gaz_buffer_printf(out, "%.1f,%.1f ", x_of(s, i),
                          y_of(s, s->counts[i][severity]));
    gaz_buffer_text(out, "\"/>");
    for (int i = 0; i < s->count; i++)
        gaz_buffer_printf(out,
                          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" "
                          "fill=\"%s\"/>",
                          x_of(s, i), y_of(s, s->counts[i][severity]), colour);
    gaz_buffer_printf(out,
                      "<text x=\"%.1f\" y=\"%.1f\" style=\"fill:%s\">%s "
                      "%lld</text>",
                      x_of(s, last) + 10,
                      y_of(s, s->counts[last][severity]) + 5, colour, name,
                      (long long)s->counts[last][severity]);
}

static void write_axes(const struct series *s, struct gaz_buffer *out)
{
    const int step = (s->count + LABELS_MAX - 1) / LABELS_MAX;
    for (int i = 0; i <= 2; i++) {
        const int64_t value = s->most * i / 2;
        gaz_buffer_printf(
            out,
            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" "
            "stroke=\"var(--line)\"/><text class=\"s\" x=\"%d\" y=\"%.1f\" "
            "text-anchor=\"end\">%lld</text>",
            LEFT, WIDTH - RIGHT, y_of(s, value), y_of(s, value), LEFT - 10,
            y_of(s, value) + 4, (long long)value);
    }
    for (int i = 0; i < s->count; i++)
        if (i == s->count - 1 ||
            (i % step == 0 && s->count - 1 - i >= (step + 1) / 2))
            gaz_buffer_printf(out,
                              "<text class=\"s\" x=\"%.1f\" y=\"%d\" "
                              "text-anchor=\"middle\">%.*s</text>",
                              x_of(s, i), HEIGHT - 10,
                              s->at[i] ? DATE_BYTES : 6,
                              s->at[i] ? s->at[i] : "本次");
}

/* ---- how each indicator moved ---- */

static const struct gaz_report_past *
first_of(const struct gaz_report_options *options, const char *rule)
{
    for (int i = 0; i < options->past_count; i++)
        if (strcmp(options->past[i].indicator, rule) == 0)
            return &options->past[i];
    return NULL;
}

static void indicator_rows(const struct gaz_audit *audit,
                           const struct gaz_report_options *options,
                           struct gaz_buffer *out)
{
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        const struct gaz_report_past *first = first_of(options, r->rule->id);
        char day[GAZ_DATE_MAX_BYTES];
        if (r->rule->scope != GAZ_SCOPE_CITY || r->why || !first)
            continue;
        const double change = r->value - first->value;
        gaz_buffer_printf(out, "<tr><td class=\"code\">%s</td><td>",
                          r->rule->id);
        gaz_buffer_html(out, r->rule->title);
        gaz_buffer_printf(
            out,
            "</td><td class=\"n\">%s</td><td class=\"n\">%.2f%%</td>"
            "<td class=\"n\">%.2f%%</td><td class=\"n %s\">%+.2f</td>"
            "<td class=\"n\">%.1f%%</td><td>%s</td></tr>\n",
            gaz_date_write(first->at, day), first->value, r->value,
            change > 0.005    ? "up"
            : change < -0.005 ? "down"
                              : "",
            change, r->target, r->value >= r->target ? "达标" : "未达标");
    }
}

void gaz_report_progress(const struct gaz_audit *audit,
                         const struct gaz_report_options *options,
                         struct gaz_buffer *out)
{
    if (options->run_count == 0)
        return;
    const struct series s = take_series(audit, options);
    gaz_buffer_printf(out,
                      "<section><h2>治理进展</h2><p class=\"soft\">"
                      "已保存的 %d 次检查与本次的发现数。检查时加 --keep "
                      "即保存一次。</p>",
                      options->run_count);
    gaz_buffer_printf(out,
                      "<svg viewBox=\"0 0 %d %d\" role=\"img\" "
                      "aria-label=\"治理进展\">",
                      WIDTH, HEIGHT);
    write_axes(&s, out);
    line_of(&s, GAZ_SEVERITY_WARNING, "警告", "var(--warning)", out);
    line_of(&s, GAZ_SEVERITY_ERROR, "错误", "var(--error)", out);
    gaz_buffer_text(out, "</svg><table><tr><th>指标</th><th>名称</th>"
                         "<th class=\"n\">首次</th><th class=\"n\">首次值</th>"
                         "<th class=\"n\">本次</th><th class=\"n\">变化</th>"
                         "<th class=\"n\">目标</th><th>结论</th></tr>\n");
    indicator_rows(audit, options, out);
    gaz_buffer_text(out, "</table></section>");
}
