/* SPDX-License-Identifier: Apache-2.0 */
/* report_cards.c - the report's tables of legs and limits, a card a marker, and
 * the page to sign. */
#include "api/boundary/sheet.h"

#include <math.h>
#include <string.h>

/* ---- from marker to marker ---- */

static const char *degrees(struct gaz_arena *arena, double value)
{
    const double minutes = floor(value * 3600 + 0.5);
    return gaz_arena_printf(arena, "%d°%02d′%02d″", (int)(minutes / 3600),
                            (int)fmod(minutes / 60, 60),
                            (int)fmod(minutes, 60));
}

static const char *signed_minutes(struct gaz_arena *arena, double value)
{
    return gaz_arena_printf(arena, "%+.2f′", value * 60);
}

void api_sheet_legs(struct api_sheet *sheet)
{
    static const struct api_sheet_column COLUMNS[] = {
        {"界桩", 22, API_PAPER_CENTRE},
        {"至", 22, API_PAPER_CENTRE},
        {"平面距离/米", 23, API_PAPER_RIGHT},
        {"地面距离/米", 23, API_PAPER_RIGHT},
        {"投影变形/ppm", 20, API_PAPER_RIGHT},
        {"坐标方位角", 21, API_PAPER_RIGHT},
        {"真方位角", 21, API_PAPER_RIGHT},
        {"收敛角", 14, API_PAPER_RIGHT}};
    static const struct api_sheet_table TABLE = {COLUMNS, 8, 2.7};
    const struct gaz_survey_report *r = sheet->view->survey_report;
    struct gaz_arena *arena = &sheet->ctx->arena;
    if (!r || r->leg_count == 0)
        return;
    api_sheet_heading(sheet, 30, "相邻界桩距离和方位角（坐标反算）");
    api_sheet_head(sheet, &TABLE);
    for (size_t i = 0; i < r->leg_count; i++) {
        const struct gaz_survey_leg *leg = &r->legs[i];
        const char *cells[] = {leg->from->code,
                               leg->to->code,
                               gaz_arena_printf(arena, "%.2f", leg->grid_m),
                               gaz_arena_printf(arena, "%.2f", leg->ground_m),
                               gaz_arena_printf(arena, "%+.1f", leg->scale_ppm),
                               degrees(arena, leg->grid_azimuth_deg),
                               degrees(arena, leg->true_azimuth_deg),
                               signed_minutes(arena, leg->convergence_deg)};
        api_sheet_row(sheet, &TABLE, cells, NULL);
    }
}

/* ---- a card a marker ---- */

static const double CARD_WIDTH_MM = 81;
static const double CARD_GAP_MM = 4;
static const double CARD_HEIGHT_MM = 74;
static const double CARD_SHORT_MM = 46; /* nobody has objects or a course */
static const double LINE_MM = 4.3;

struct card {
    struct api_sheet *sheet;
    double x;
    double y;
};

static void put_pair(struct card *card, const char *name, const char *value)
{
    static const double NAME_MM = 16;
    const struct api_paper_style label = {2.7, false, API_SHEET_GREY,
                                          API_PAPER_LEFT};
    const struct api_paper_style text = {2.8, false, API_SHEET_INK,
                                         API_PAPER_LEFT};
    if (!value || !*value)
        return;
    (void)api_paper_text(card->sheet->paper, card->x + 3, card->y, NAME_MM,
                         &label, name);
    card->y +=
        fmax(LINE_MM,
             api_paper_text(card->sheet->paper, card->x + 3 + NAME_MM, card->y,
                            CARD_WIDTH_MM - NAME_MM - 6, &text, value));
}

static const char *position_of(struct gaz_arena *arena, struct gaz_grid at,
                               bool has_height, double height_m)
{
    return has_height ? gaz_arena_printf(arena, "X %.3f Y %.3f H %.3f",
                                         at.north_m, at.east_m, height_m)
                      : gaz_arena_printf(arena, "X %.3f  Y %.3f", at.north_m,
                                         at.east_m);
}

static const char *position_title(const struct card *card, bool is_measured)
{
    return gaz_arena_printf(
        &card->sheet->ctx->arena, "%s坐标",
        api_boundary_position(card->sheet->view, is_measured));
}

static void put_positions(struct card *card, const struct gaz_survey_marker *m)
{
    struct gaz_arena *arena = &card->sheet->ctx->arena;
    if (m->has_agreed)
        put_pair(
            card, position_title(card, false),
            position_of(arena, m->agreed, m->has_heights, m->agreed_height_m));
    if (m->has_measured)
        put_pair(card, position_title(card, true),
                 position_of(arena, m->measured, m->has_heights,
                             m->measured_height_m));
    if (!m->has_agreed || !m->has_measured)
        return;
    const double north = m->measured.north_m - m->agreed.north_m;
    const double east = m->measured.east_m - m->agreed.east_m;
    put_pair(card, "差值",
             gaz_arena_printf(arena, "ΔX %+.3f  ΔY %+.3f  Δs %.3f 米", north,
                              east, hypot(north, east)));
}

static void put_objects(struct card *card, const struct gaz_survey_marker *m)
{
    struct gaz_arena *arena = &card->sheet->ctx->arena;
    for (size_t i = 0; i < m->object_count && i < 4; i++)
        put_pair(card, gaz_arena_printf(arena, "方位物%zu", i + 1),
                 gaz_arena_printf(arena, "%s  %s  %.1f 米", m->objects[i].name,
                                  degrees(arena, m->objects[i].azimuth_deg),
                                  m->objects[i].distance_m));
}

/* A small plan: the marker, its objects, north up. */
static void put_plan(struct card *card, const struct gaz_survey_marker *m,
                     double x, double y, double size_mm)
{
    static const double TO_RADIANS = 0.017453292519943295769;
    struct api_paper *paper = card->sheet->paper;
    const struct api_paper_pen thin = {.colour = API_SHEET_GREY,
                                       .width_mm = 0.15};
    const struct api_paper_pen dot = {
        .colour = API_SHEET_BLUE, .is_filled = true, .fill = API_SHEET_BLUE};
    const struct api_paper_pen mark = {
        .colour = API_SHEET_RED, .is_filled = true, .fill = API_SHEET_RED};
    const struct api_paper_style label = {2, false, API_SHEET_GREY,
                                          API_PAPER_CENTRE};
    double most_m = 1;
    for (size_t i = 0; i < m->object_count; i++)
        most_m = fmax(most_m, m->objects[i].distance_m);
    const double scale = (size_mm / 2 - 2) / most_m;
    const double cx = x + size_mm / 2;
    const double cy = y + size_mm / 2;
    for (size_t i = 0; i < m->object_count; i++) {
        const struct gaz_survey_object *o = &m->objects[i];
        const double turn = o->azimuth_deg * TO_RADIANS;
        const double ox = cx + scale * o->distance_m * sin(turn);
        const double oy = cy - scale * o->distance_m * cos(turn);
        api_paper_rule(paper, cx, cy, ox, oy, &thin);
        api_paper_disc(paper, ox, oy, 0.7, &dot);
        (void)api_paper_text(
            paper, ox - 3, oy - 3, 6, &label,
            gaz_arena_printf(&card->sheet->ctx->arena, "%zu", i + 1));
    }
    api_paper_disc(paper, cx, cy, 0.9, &mark);
    api_paper_rule(paper, x + size_mm - 1, y + 5, x + size_mm - 1, y, &thin);
    (void)api_paper_text(paper, x + size_mm - 4, y + 5, 6, &label, "北");
}

static void put_findings_of(struct card *card,
                            const struct gaz_survey_marker *m)
{
    const struct api_boundary_view *view = card->sheet->view;
    int shown = 0;
    for (size_t i = 0; i < view->finding_count && shown < 3; i++) {
        const struct api_boundary_finding *f = &view->findings[i];
        if (!f->marker || strcmp(f->marker, m->code) != 0)
            continue;
        put_pair(card,
                 gaz_arena_printf(&card->sheet->ctx->arena, "%s %s", f->rule,
                                  api_boundary_severity_zh(f->severity)),
                 f->zh);
        shown++;
    }
}

static void put_card(struct api_sheet *sheet, const struct gaz_survey_marker *m,
                     double x, double y, double height_mm)
{
    static const double PLAN_MM = 25;
    const struct api_paper_pen edge = {
        .colour = API_SHEET_GREY, .width_mm = 0.2, .is_closed = true};
    const struct api_paper_point box[] = {{x, y},
                                          {x + CARD_WIDTH_MM, y},
                                          {x + CARD_WIDTH_MM, y + height_mm},
                                          {x, y + height_mm}};
    struct card card = {sheet, x, y + 2};
    api_paper_path(sheet->paper, box, 4, &edge);
    api_paper_clip(sheet->paper, x, y, CARD_WIDTH_MM, height_mm);
    card.y +=
        api_paper_text(
            sheet->paper, x + 3, card.y, CARD_WIDTH_MM - 6, &API_SHEET_BOLD,
            gaz_arena_printf(&sheet->ctx->arena, "界桩 %s", m->code)) +
        1;
    put_positions(&card, m);
    put_pair(&card, "管理方", m->manager);
    put_pair(&card, "状况", m->condition);
    put_pair(&card, "上次检查", m->inspected_on);
    put_objects(&card, m);
    put_pair(&card, "走向", m->course);
    put_pair(&card, "备注", m->note);
    put_findings_of(&card, m);
    if (m->object_count > 0)
        put_plan(&card, m, x + CARD_WIDTH_MM - PLAN_MM - 3,
                 y + height_mm - PLAN_MM - 2, PLAN_MM);
    api_paper_unclip(sheet->paper);
}

static double card_height_mm(const struct gaz_survey *survey)
{
    for (size_t i = 0; i < survey->marker_count; i++)
        if (survey->markers[i].object_count > 0 ||
            (survey->markers[i].course && survey->markers[i].course[0]))
            return CARD_HEIGHT_MM;
    return CARD_SHORT_MM;
}

void api_sheet_cards(struct api_sheet *sheet)
{
    const struct gaz_survey *survey = sheet->view->survey;
    if (!survey)
        return;
    const double height_mm = card_height_mm(survey);
    api_sheet_heading(sheet, height_mm + CARD_GAP_MM, "界桩登记卡");
    for (size_t i = 0; i < survey->marker_count; i++) {
        const bool is_left = i % 2 == 0;
        if (is_left)
            api_sheet_need(sheet, height_mm + CARD_GAP_MM);
        put_card(sheet, &survey->markers[i],
                 SHEET_LEFT_MM + (is_left ? 0 : CARD_WIDTH_MM + CARD_GAP_MM),
                 sheet->y, height_mm);
        if (!is_left || i + 1 == survey->marker_count)
            sheet->y += height_mm + CARD_GAP_MM;
    }
}

/* ---- by what it was judged ---- */

void api_sheet_limits(struct api_sheet *sheet)
{
    static const struct api_sheet_column COLUMNS[] = {
        {"项目", 52, API_PAPER_LEFT},
        {"限差", 22, API_PAPER_RIGHT},
        {"可信度", 14, API_PAPER_CENTRE},
        {"出处", 78, API_PAPER_LEFT}};
    static const struct api_sheet_table TABLE = {COLUMNS, 4, 2.8};
    const struct gaz_limits *limits = sheet->view->limits;
    if (!limits)
        return;
    api_sheet_heading(sheet, 40, "限差及出处");
    api_sheet_text(
        sheet, &API_SHEET_SMALL,
        "可信度：A 原文核对，B 二手资料，M 凭记忆，D 本系统默认值。M、"
        "D 两类请双方在签署前确认。");
    api_sheet_head(sheet, &TABLE);
    for (size_t i = 0; i < limits->count; i++) {
        const struct gaz_limit *limit = &limits->items[i];
        const char mark[] = {limit->mark, '\0'};
        const char *unit = strcmp(limit->unit, "1") == 0 ? "" : limit->unit;
        const char *cells[] = {
            limit->zh,
            gaz_arena_printf(&sheet->ctx->arena, "%g %s", limit->value, unit),
            mark, limit->source};
        api_sheet_row(sheet, &TABLE, cells, NULL);
    }
}

/* ---- signatures ---- */

static void put_party(struct api_sheet *sheet, const char *title, double x)
{
    static const char *const LINES[] = {
        "单位（盖章）：", "检查负责人（签名）：", "检查人员（签名）：",
        "日期：      年    月    日"};
    const struct api_paper_pen edge = {
        .colour = API_SHEET_GREY, .width_mm = 0.2, .is_closed = true};
    const struct api_paper_point box[] = {{x, sheet->y},
                                          {x + CARD_WIDTH_MM, sheet->y},
                                          {x + CARD_WIDTH_MM, sheet->y + 62},
                                          {x, sheet->y + 62}};
    api_paper_path(sheet->paper, box, 4, &edge);
    (void)api_paper_text(sheet->paper, x + 4, sheet->y + 3, CARD_WIDTH_MM - 8,
                         &API_SHEET_BOLD, title);
    for (int i = 0; i < 4; i++)
        (void)api_paper_text(sheet->paper, x + 4, sheet->y + 13 + 12.5 * i,
                             CARD_WIDTH_MM - 8, &API_SHEET_BODY, LINES[i]);
}

void api_sheet_signatures(struct api_sheet *sheet)
{
    const struct api_boundary_view *view = sheet->view;
    struct gaz_arena *arena = &sheet->ctx->arena;
    api_sheet_heading(sheet, 86, "双方确认");
    api_sheet_text(
        sheet, &API_SHEET_BODY,
        "双方共同检查了上述界线和界桩，对本报告所列情况予以确认；检查"
        "意见的处理由双方按《行政区域界线管理条例》另行商定。");
    sheet->y += 2;
    put_party(sheet,
              gaz_arena_printf(arena, "甲方  %s",
                               view->names[0] ? view->names[0] : ""),
              SHEET_LEFT_MM);
    put_party(sheet,
              gaz_arena_printf(arena, "乙方  %s",
                               view->names[1] ? view->names[1] : ""),
              SHEET_LEFT_MM + CARD_WIDTH_MM + CARD_GAP_MM);
    sheet->y += 66;
}
