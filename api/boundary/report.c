/* SPDX-License-Identifier: Apache-2.0 */
/* report.c - the joint-inspection report as PDF, A4, Chinese: what was checked,
 * what was found, the map, the differences along the line, the markers, the
 * limits, and room to sign. Composed twice: once to count the pages. */
#include "api/boundary/sheet.h"

#include <math.h>
#include <string.h>

enum { FINDINGS_MAX = 400 };

static const char TITLE[] = "行政区域界线联合检查报告";

static const char *name_of(const struct api_boundary_view *view, int side)
{
    return view->names[side] ? view->names[side] : "—";
}

static void put_title(struct api_sheet *sheet)
{
    const struct api_boundary_view *view = sheet->view;
    struct gaz_arena *arena = &sheet->ctx->arena;
    struct api_paper_style style = {8, true, API_SHEET_INK, API_PAPER_CENTRE};
    sheet->y += 8;
    sheet->y += api_paper_text(sheet->paper, SHEET_LEFT_MM, sheet->y,
                               SHEET_WIDTH_MM, &style, TITLE);
    style =
        (struct api_paper_style){4.4, false, API_SHEET_INK, API_PAPER_CENTRE};
    sheet->y += 3;
    if (view->names[0] && view->names[1])
        sheet->y += api_paper_text(
            sheet->paper, SHEET_LEFT_MM, sheet->y, SHEET_WIDTH_MM, &style,
            gaz_arena_printf(arena, "%s — %s", view->names[0], view->names[1]));
    sheet->y += 2;
    if (view->day)
        sheet->y += api_paper_text(
            sheet->paper, SHEET_LEFT_MM, sheet->y, SHEET_WIDTH_MM, &style,
            gaz_arena_printf(arena, "检查日期：%s", view->day));
    sheet->y += 4;
    style.colour = API_SHEET_RED;
    if (view->is_synthetic)
        api_sheet_text(sheet, &style,
                       "合成数据，仅供试用，不是实际界线和界桩（synthetic）");
    if (view->is_schematic)
        api_sheet_text(sheet, &style,
                       "示意数据，不作为划界依据（schematic; not the legal "
                       "boundary）");
}

/* ---- what was checked ---- */

static const struct api_sheet_column FACT_COLUMNS[] = {
    {"项目", 46, API_PAPER_LEFT}, {"内容", 120, API_PAPER_LEFT}};
static const struct api_sheet_table FACTS = {FACT_COLUMNS, 2, 3.3};

static void put_fact(struct api_sheet *sheet, const char *name,
                     const char *value)
{
    const char *cells[] = {name, value};
    api_sheet_row(sheet, &FACTS, cells, NULL);
}

static void put_sides(struct api_sheet *sheet)
{
    const struct gaz_sides_report *r = sheet->view->sides;
    struct gaz_arena *arena = &sheet->ctx->arena;
    put_fact(sheet, "甲方、乙方成果",
             gaz_arena_printf(arena, "甲：%s；乙：%s", name_of(sheet->view, 0),
                              name_of(sheet->view, 1)));
    if (r->area_m2[0] <= 0)
        return;
    put_fact(sheet, "共同界线长度",
             gaz_arena_printf(arena, "平面 %.2f 米，椭球面 %.2f 米",
                              r->shared.plane_m, r->shared.ground_m));
    put_fact(sheet, "重叠",
             gaz_arena_printf(arena, "%zu 处，%.1f 平方米，最宽 %.2f 米",
                              r->overlap_count, r->overlap_area_m2,
                              r->overlap_width_m));
    put_fact(sheet, "空隙",
             gaz_arena_printf(arena, "%zu 处，%.1f 平方米，最宽 %.2f 米",
                              r->gap_count, r->gap_area_m2, r->gap_width_m));
    put_fact(sheet, "未对应的拐点",
             gaz_arena_printf(arena, "%zu 个", r->unmatched_vertices));
    put_fact(sheet, "双方面积（椭球面）",
             gaz_arena_printf(arena, "甲 %.3f，乙 %.3f 平方公里",
                              r->area_m2[0] / 1e6, r->area_m2[1] / 1e6));
}

static void put_register(struct api_sheet *sheet)
{
    const struct api_boundary_view *view = sheet->view;
    const struct gaz_survey_report *r = view->survey_report;
    struct gaz_arena *arena = &sheet->ctx->arena;
    put_fact(sheet, "界桩登记表",
             gaz_arena_printf(arena, "%zu 行，其中 %zu 行兼有%s和%s坐标",
                              view->survey->marker_count, r->compared,
                              api_boundary_position(view, false),
                              api_boundary_position(view, true)));
    if (r->line_length_m > 0)
        put_fact(sheet, "界线平面长度",
                 gaz_arena_printf(arena, "%.2f 米", r->line_length_m));
    if (!r->has_fit)
        return;
    put_fact(sheet, "整体平移",
             gaz_arena_printf(arena, "ΔX %+.3f 米，ΔY %+.3f 米（±%.3f 米）",
                              r->fit.shift.north_m, r->fit.shift.east_m,
                              r->fit.shift_error_m));
    put_fact(sheet, "整体旋转、尺度差",
             gaz_arena_printf(arena, "%+.3f″，%+.2f ppm",
                              r->fit.rotation_rad * 206264.80624709636,
                              r->fit.scale_ppm));
    put_fact(sheet, "残差中误差",
             gaz_arena_printf(arena, "%.3f 米（%zu 个界桩）", r->fit.spread_m,
                              r->fit.used));
}

static void put_basis(struct api_sheet *sheet)
{
    const struct api_boundary_view *view = sheet->view;
    struct gaz_arena *arena = &sheet->ctx->arena;
    api_sheet_heading(sheet, 20, "检查概况");
    api_sheet_head(sheet, &FACTS);
    put_fact(
        sheet, "坐标系",
        gaz_arena_printf(arena,
                         "2000国家大地坐标系（CGCS2000），平面 %s，X 为北、"
                         "Y 为东；高程 1985国家高程基准",
                         view->plane_crs));
    if (view->survey_options)
        put_fact(
            sheet, "协议书附图比例尺",
            gaz_arena_printf(arena, "1:%.0f", view->survey_options->scale));
    if (view->sides)
        put_sides(sheet);
    if (view->survey)
        put_register(sheet);
    put_fact(
        sheet, "检查意见",
        gaz_arena_printf(arena, "错误 %zu，警告 %zu，提示 %zu",
                         api_boundary_view_count(view, GAZ_SEVERITY_ERROR),
                         api_boundary_view_count(view, GAZ_SEVERITY_WARNING),
                         api_boundary_view_count(view, GAZ_SEVERITY_INFO)));
    put_fact(
        sheet, "依据",
        "《行政区域界线管理条例》（2002年国务院令第353号）；《省级行政区域"
        "界线联合检查实施办法》（民政部令第28号）；GB/T 17796-2009《行政区域"
        "界线测绘规范》");
}

/* ---- what was found ---- */

static const char *size_of(struct gaz_arena *arena,
                           const struct api_boundary_finding *f)
{
    if (f->how_much_m <= 0)
        return "";
    if (f->uncertainty_m <= 0)
        return gaz_arena_printf(arena, "%.3f", f->how_much_m);
    return gaz_arena_printf(arena, "%.3f ±%.3f", f->how_much_m,
                            f->uncertainty_m);
}

static void put_finding(struct api_sheet *sheet,
                        const struct api_sheet_table *table, size_t i)
{
    const struct api_boundary_finding *f = &sheet->view->findings[i];
    struct gaz_arena *arena = &sheet->ctx->arena;
    const bool is_same =
        i > 0 && strcmp(f->advice, sheet->view->findings[i - 1].advice) == 0;
    const uint32_t colours[] = {
        API_SHEET_INK, API_SHEET_INK, api_sheet_colour(f->severity),
        API_SHEET_INK, API_SHEET_INK, API_SHEET_INK};
    const char *cells[] = {
        gaz_arena_printf(arena, "%zu", i + 1),
        f->rule,
        api_boundary_severity_zh(f->severity),
        f->has_where ? gaz_arena_printf(arena, "%s\n%.6f°E %.6f°N", f->zh,
                                        f->where.lon, f->where.lat)
                     : f->zh,
        size_of(arena, f),
        is_same
            ? "同上"
            : gaz_arena_printf(arena, "%s。\n依据：%s", f->advice, f->clause)};
    api_sheet_row(sheet, table, cells, colours);
}

static void put_findings(struct api_sheet *sheet)
{
    static const struct api_sheet_column COLUMNS[] = {
        {"序", 9, API_PAPER_RIGHT},
        {"规则", 11, API_PAPER_CENTRE},
        {"程度", 11, API_PAPER_CENTRE},
        {"意见", 58, API_PAPER_LEFT},
        {"量值/米", 22, API_PAPER_RIGHT},
        {"处理建议与依据", 55, API_PAPER_LEFT}};
    static const struct api_sheet_table TABLE = {COLUMNS, 6, 2.9};
    const size_t count = sheet->view->finding_count;
    const size_t most = count < FINDINGS_MAX ? count : FINDINGS_MAX;
    api_sheet_heading(sheet, 40, "检查意见");
    if (count == 0) {
        api_sheet_text(sheet, &API_SHEET_BODY, "未发现问题。");
        return;
    }
    api_sheet_head(sheet, &TABLE);
    for (size_t i = 0; i < most; i++)
        put_finding(sheet, &TABLE, i);
    if (most < count)
        api_sheet_text(sheet, &API_SHEET_SMALL,
                       gaz_arena_printf(&sheet->ctx->arena,
                                        "其余 %zu 条见电子成果。",
                                        count - most));
}

/* ---- all of it ---- */

static void compose(struct api_sheet *sheet)
{
    sheet->section = 0;
    api_sheet_page(sheet);
    put_title(sheet);
    put_basis(sheet);
    api_sheet_map(sheet);
    api_sheet_details(sheet);
    api_sheet_profile(sheet);
    api_sheet_differences(sheet);
    put_findings(sheet);
    api_sheet_signatures(sheet);
    api_sheet_legs(sheet);
    api_sheet_cards(sheet);
    api_sheet_limits(sheet);
}

gaz_status api_boundary_report(struct gaz_ctx *ctx, const char *path,
                               const struct api_boundary_view *view)
{
    const struct api_paper_about about = {TITLE, "GB/T 17796-2009", view->day};
    struct api_sheet sheet = {.ctx = ctx, .view = view, .title = TITLE};
    gaz_status status = api_paper_open(ctx, NULL, &about, &sheet.paper);
    if (status != GAZ_OK)
        return status;
    compose(&sheet);
    sheet.pages = api_paper_page_number(sheet.paper);
    status = api_paper_close(ctx, sheet.paper);
    if (status == GAZ_OK)
        status = api_paper_open(ctx, path, &about, &sheet.paper);
    if (status != GAZ_OK)
        return status;
    compose(&sheet);
    return api_paper_close(ctx, sheet.paper);
}
