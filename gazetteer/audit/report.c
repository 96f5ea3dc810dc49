/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/report.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/asset.h"

extern const struct gaz_asset GAZ_REPORT_ASSETS[];

static int gravest_first(const void *a, const void *b)
{
    const struct gaz_report_town *x = a;
    const struct gaz_report_town *y = b;
    for (int i = GAZ_SEVERITY_ERROR; i >= GAZ_SEVERITY_INFO; i--)
        if (x->by_severity[i] != y->by_severity[i])
            return x->by_severity[i] > y->by_severity[i] ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The township of a finding: that of its place, or of its address' parent. */
static int town_of(const struct gaz_audit *audit, const struct gaz_finding *f)
{
    const struct gaz_corpus *corpus = audit->corpus;
    int place = f->subject == GAZ_SUBJECT_PLACE ? f->index
                : f->subject == GAZ_SUBJECT_ADDRESS
                    ? corpus->addresses[f->index].parent
                    : -1;
    return place < 0 ? -1 : corpus->places[place].town;
}

int gaz_report_count(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                     const struct gaz_report_town **out)
{
    size_t places = (size_t)audit->corpus->place_count + 1;
    struct gaz_report_town *towns =
        gaz_arena_array(&ctx->arena, places, sizeof(*towns));
    int *slot = gaz_arena_array(&ctx->arena, places, sizeof(*slot));
    int count = 0;
    for (int i = 0; i < audit->finding_count; i++) {
        const struct gaz_finding *f = &audit->findings[i];
        int town = town_of(audit, f);
        if (town < 0)
            continue;
        if (slot[town] == 0) {
            towns[count++].place = town;
            slot[town] = count; /* one more than the index: 0 is none */
        }
        towns[slot[town] - 1].by_severity[f->severity]++;
    }
    if (count > 1)
        qsort(towns, (size_t)count, sizeof(*towns), gravest_first);
    *out = towns;
    return count;
}

/* ---- the head ---- */

static void tile(struct gaz_buffer *out, const char *class, int64_t value,
                 const char *label)
{
    gaz_buffer_printf(out, "<div class=\"tile %s\"><b>%lld</b>%s</div>", class,
                      (long long)value, label);
}

static void write_head(const struct gaz_audit *audit,
                       const struct gaz_report_options *options,
                       struct gaz_buffer *out)
{
    char day[GAZ_DATE_MAX_BYTES];
    char today[GAZ_DATE_MAX_BYTES];
    const char *title =
        options->title ? options->title : "地名地址数据质量检查报告";
    const struct gaz_asset *css =
        gaz_asset_find(GAZ_REPORT_ASSETS, "report.css");
    gaz_buffer_text(out, "<!doctype html>\n<html lang=\"zh-CN\"><head>"
                         "<meta charset=\"utf-8\"><meta name=\"viewport\" "
                         "content=\"width=device-width\"><title>");
    gaz_buffer_html(out, title);
    gaz_buffer_text(out, "</title><style>");
    if (css)
        gaz_buffer_bytes(out, css->data, css->size);
    gaz_buffer_text(out, "</style></head><body><main><header><h1>");
    gaz_buffer_html(out, title);
    gaz_buffer_text(out, "</h1><p class=\"soft\">检查范围：");
    gaz_buffer_html(out, options->scope ? options->scope : "全库");
    gaz_buffer_printf(out,
                      "　　生成日期：%s　　所用规则：%s 有效的规则　　"
                      "Data quality report</p></header>",
                      gaz_date_write(gaz_date_today(), today),
                      gaz_date_write(audit->options.at, day));
    gaz_buffer_text(out, "<div class=\"tiles\">");
    tile(out, "error", audit->by_severity[GAZ_SEVERITY_ERROR], "错误");
    tile(out, "warning", audit->by_severity[GAZ_SEVERITY_WARNING], "警告");
    tile(out, "info", audit->by_severity[GAZ_SEVERITY_INFO], "提示");
    if (audit->waived_count > 0)
        tile(out, "", audit->waived_count, "已豁免");
    tile(out, "", audit->corpus->place_count, "地名");
    tile(out, "", audit->corpus->address_count, "地址");
    gaz_buffer_text(out, "</div>");
}

/* ---- what it comes to ---- */

/* The ids of indicators that are, or are not, up to their target. */
static int list_indicators(const struct gaz_audit *audit, bool wants_good,
                           const char **out, struct gaz_ctx *ctx)
{
    int count = 0;
    *out = "";
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        if (r->rule->scope != GAZ_SCOPE_CITY || r->why ||
            (r->value >= r->target) != wants_good)
            continue;
        *out = gaz_arena_printf(&ctx->arena, "%s%s%s %s", *out,
                                count ? "、" : "", r->rule->id, r->rule->title);
        count++;
    }
    return count;
}

/* The rule with the most findings of a severity or graver; NULL: none. */
static const struct gaz_rule_result *most_found(const struct gaz_audit *audit)
{
    const struct gaz_rule_result *best = NULL;
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        if (r->rule->scope == GAZ_SCOPE_CITY || r->found == 0 ||
            r->rule->severity == GAZ_SEVERITY_INFO ||
            r->rule->existing == GAZ_SEVERITY_INFO)
            continue;
        if (!best || r->found > best->found)
            best = r;
    }
    return best;
}

static int not_evaluated(const struct gaz_audit *audit)
{
    int count = 0;
    for (int i = 0; i < audit->result_count; i++)
        count += audit->results[i].why != NULL;
    return count;
}

static void write_summary(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                          struct gaz_buffer *out)
{
    const char *good = NULL;
    const char *bad = NULL;
    const int good_count = list_indicators(audit, true, &good, ctx);
    const int bad_count = list_indicators(audit, false, &bad, ctx);
    const struct gaz_rule_result *most = most_found(audit);
    const int missing = not_evaluated(audit);
    gaz_buffer_text(out, "<section><h2>结论</h2><ul class=\"plain\">");
    if (audit->by_severity[GAZ_SEVERITY_ERROR] > 0)
        gaz_buffer_printf(out, "<li>有 <b>%lld</b> 处错误，必须改正。</li>",
                          (long long)audit->by_severity[GAZ_SEVERITY_ERROR]);
    else
        gaz_buffer_text(out, "<li>没有错误级的发现。</li>");
    gaz_buffer_printf(out, "<li>有 <b>%lld</b> 处警告，由工作人员逐条判断。",
                      (long long)audit->by_severity[GAZ_SEVERITY_WARNING]);
    if (most)
        gaz_buffer_printf(out, "最多的是 %s %s（%lld 处）。", most->rule->id,
                          most->rule->title, (long long)most->found);
    gaz_buffer_printf(out, "</li><li>%d 项指标达标，%d 项未达标", good_count,
                      bad_count);
    if (bad_count > 0)
        gaz_buffer_printf(out, "：%s", bad);
    gaz_buffer_text(out, "。</li>");
    if (missing > 0)
        gaz_buffer_printf(out,
                          "<li>%d 条规则因缺少资料没有评估，不视为合格；"
                          "缺什么见“规则执行情况”。</li>",
                          missing);
    gaz_buffer_text(out, "</ul></section>");
}

/* ---- the lists ---- */

static bool has_fix(const struct gaz_audit *audit, const struct gaz_rule *rule)
{
    for (int i = 0; i < audit->finding_count; i++)
        if (audit->findings[i].rule == rule && audit->findings[i].fix)
            return true;
    return false;
}

static void write_row(const struct gaz_finding *f, bool with_fix,
                      struct gaz_buffer *out)
{
    gaz_buffer_printf(out, "<tr><td><span class=\"tag %s\">%s</span></td><td>",
                      gaz_severity_name(f->severity),
                      gaz_severity_zh(f->severity));
    gaz_buffer_html(out, f->name);
    gaz_buffer_text(out, " <span class=\"code\">");
    gaz_buffer_html(out, f->code);
    gaz_buffer_text(out, "</span></td><td>");
    gaz_buffer_html(out, f->town);
    gaz_buffer_text(out, "</td><td>");
    gaz_buffer_html(out, f->zh);
    if (f->distance_m >= 0 && f->other_code && *f->other_code)
        gaz_buffer_printf(out, "，%.0f 米", f->distance_m);
    if (with_fix) {
        gaz_buffer_text(out, "</td><td>");
        gaz_buffer_html(out, f->fix);
    }
    gaz_buffer_text(out, "</td></tr>\n");
}

static void write_rule(const struct gaz_audit *audit,
                       const struct gaz_rule_result *r, struct gaz_buffer *out)
{
    int64_t shown = 0;
    const bool with_fix = has_fix(audit, r->rule);
    gaz_buffer_printf(out, "<details%s><summary>%s　",
                      r->rule->severity == GAZ_SEVERITY_INFO ? "" : " open",
                      r->rule->id);
    gaz_buffer_html(out, r->rule->title);
    gaz_buffer_printf(out, "（%lld）</summary><p class=\"soft\">依据：",
                      (long long)r->found);
    gaz_buffer_html(out, r->rule->clause);
    gaz_buffer_printf(out,
                      "</p><table class=\"found\"><tr><th class=\"a\">级别</th>"
                      "<th class=\"b\">名称</th><th class=\"c\">乡镇街道</th>"
                      "<th>发现</th>%s</tr>\n",
                      with_fix ? "<th class=\"d\">建议</th>" : "");
    for (int i = 0; i < audit->finding_count; i++)
        if (audit->findings[i].rule == r->rule && shown++ < GAZ_REPORT_ROWS_MAX)
            write_row(&audit->findings[i], with_fix, out);
    gaz_buffer_text(out, "</table>");
    if (shown > GAZ_REPORT_ROWS_MAX)
        gaz_buffer_printf(out,
                          "<p class=\"soft\">另有 %lld 条，见表格或 "
                          "JSON 输出。</p>",
                          (long long)(shown - GAZ_REPORT_ROWS_MAX));
    gaz_buffer_text(out, "</details>\n");
}

static void write_findings(const struct gaz_audit *audit,
                           struct gaz_buffer *out)
{
    gaz_buffer_text(out, "<section><h2>发现明细</h2><p class=\"soft\">"
                         "错误必须改正；警告由工作人员判断；提示供参考。</p>");
    for (int i = 0; i < audit->result_count; i++)
        if (audit->results[i].found > 0 &&
            audit->results[i].rule->scope != GAZ_SCOPE_CITY)
            write_rule(audit, &audit->results[i], out);
    gaz_buffer_text(out, "</section>");
}

/* What a clerk has waived or called wrong, with the reason. */
static void write_waived(const struct gaz_audit *audit, struct gaz_buffer *out)
{
    if (audit->waived_count == 0)
        return;
    gaz_buffer_text(out, "<section><h2>已豁免</h2><p class=\"soft\">经审核保留"
                         "或判为误报，不计入以上数字；证据变动后重新列出。"
                         "</p><table><tr><th>规则</th><th>名称</th>"
                         "<th>发现</th><th>审核</th><th>理由</th></tr>\n");
    for (int i = 0; i < audit->waived_count && i < GAZ_REPORT_ROWS_MAX; i++) {
        const struct gaz_finding *f =
            &audit->findings[audit->finding_count + i];
        gaz_buffer_printf(out, "<tr><td class=\"code\">%s</td><td>",
                          f->rule->id);
        gaz_buffer_html(out, f->name);
        gaz_buffer_text(out, "</td><td>");
        gaz_buffer_html(out, f->zh);
        gaz_buffer_printf(out, "</td><td>%s　",
                          strcmp(f->waived, "waived") == 0 ? "豁免" : "误报");
        gaz_buffer_html(out, f->waived_by);
        gaz_buffer_text(out, "</td><td>");
        gaz_buffer_html(out, f->waived_why);
        gaz_buffer_text(out, "</td></tr>\n");
    }
    gaz_buffer_text(out, "</table></section>");
}

static void write_basis(const struct gaz_audit *audit, struct gaz_buffer *out)
{
    gaz_buffer_text(
        out, "<section><h2>规则执行情况</h2><p class=\"soft\">"
             "没有查的规则一一说明原因，不视为合格。依据的可信度："
             "A 原文，B 二手资料，M 记忆，D 本库自定；M、D "
             "待民政部门确认。</p><table><tr><th>规则</th><th>名称</th>"
             "<th>依据</th><th>可信</th><th>查了</th><th>发现</th></tr>");
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *r = &audit->results[i];
        gaz_buffer_printf(out, "<tr><td class=\"code\">%s</td><td>",
                          r->rule->id);
        gaz_buffer_html(out, r->rule->title);
        gaz_buffer_text(out, "</td><td class=\"soft\">");
        gaz_buffer_html(out, r->rule->clause);
        gaz_buffer_printf(out, "</td><td>%s</td>", r->rule->mark);
        if (r->why) {
            gaz_buffer_text(out, "<td colspan=\"2\" class=\"soft\">未评估：");
            gaz_buffer_html(out, r->why);
            gaz_buffer_text(out, "</td></tr>\n");
        } else {
            gaz_buffer_printf(out,
                              "<td class=\"n\">%lld</td>"
                              "<td class=\"n\">%lld</td></tr>\n",
                              (long long)r->tested, (long long)r->found);
        }
    }
    gaz_buffer_text(out, "</table></section>");
}

void gaz_report_write(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                      const struct gaz_report_options *options,
                      struct gaz_buffer *out)
{
    write_head(audit, options, out);
    write_summary(ctx, audit, out);
    gaz_report_indicators(audit, options, out);
    gaz_report_progress(audit, options, out);
    gaz_report_rules(audit, out);
    gaz_report_towns(ctx, audit, out);
    gaz_report_map(ctx, audit, out);
    write_findings(audit, out);
    write_waived(audit, out);
    write_basis(audit, out);
    gaz_buffer_text(out, "<footer>本报告由地名（Diming）按数据文件中的规则"
                         "生成；指标目标值为默认设置，待民政部门确定。"
                         "</footer></main></body></html>\n");
}
