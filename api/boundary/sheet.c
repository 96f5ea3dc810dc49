/* SPDX-License-Identifier: Apache-2.0 */
#include "api/boundary/sheet.h"

#include <math.h>

static const double PAD_MM = 1.2;
static const double HEAD_Y_MM = 14;
static const double FOOT_Y_MM = 281;

const struct api_paper_style API_SHEET_BODY = {3.7, false, API_SHEET_INK,
                                               API_PAPER_LEFT};
const struct api_paper_style API_SHEET_SMALL = {2.9, false, API_SHEET_GREY,
                                                API_PAPER_LEFT};
const struct api_paper_style API_SHEET_BOLD = {3.7, true, API_SHEET_INK,
                                               API_PAPER_LEFT};

static const struct api_paper_pen RULE = {.colour = API_SHEET_GREY,
                                          .width_mm = 0.2};

uint32_t api_sheet_colour(gaz_severity severity)
{
    static const uint32_t COLOURS[] = {API_SHEET_GREY, API_SHEET_AMBER,
                                       API_SHEET_RED};
    return COLOURS[severity];
}

void api_sheet_page(struct api_sheet *sheet)
{
    struct gaz_arena *arena = &sheet->ctx->arena;
    struct api_paper_style small = API_SHEET_SMALL;
    api_paper_page(sheet->paper);
    (void)api_paper_text(sheet->paper, SHEET_LEFT_MM, HEAD_Y_MM, SHEET_WIDTH_MM,
                         &small, sheet->title);
    small.align = API_PAPER_RIGHT;
    (void)api_paper_text(
        sheet->paper, SHEET_LEFT_MM, HEAD_Y_MM, SHEET_WIDTH_MM, &small,
        sheet->view->survey ? "内部资料 · 界桩坐标不得公开" : "内部资料");
    api_paper_rule(sheet->paper, SHEET_LEFT_MM, HEAD_Y_MM + 5,
                   SHEET_LEFT_MM + SHEET_WIDTH_MM, HEAD_Y_MM + 5, &RULE);
    small.align = API_PAPER_CENTRE;
    (void)api_paper_text(
        sheet->paper, SHEET_LEFT_MM, FOOT_Y_MM, SHEET_WIDTH_MM, &small,
        gaz_arena_printf(arena, "第 %d 页  共 %d 页",
                         api_paper_page_number(sheet->paper), sheet->pages));
    sheet->y = SHEET_TOP_MM;
}

void api_sheet_need(struct api_sheet *sheet, double height_mm)
{
    if (sheet->y + height_mm > SHEET_BOTTOM_MM)
        api_sheet_page(sheet);
}

void api_sheet_heading(struct api_sheet *sheet, double with_mm,
                       const char *text)
{
    static const char *const NUMBERS[] = {"一", "二", "三", "四", "五",
                                          "六", "七", "八", "九", "十"};
    static const double HEADING_MM = 14;
    struct api_paper_style style = API_SHEET_BOLD;
    style.size_mm = 4.9;
    api_sheet_need(sheet, HEADING_MM + with_mm);
    sheet->y += 4;
    sheet->y += api_paper_text(
        sheet->paper, SHEET_LEFT_MM, sheet->y, SHEET_WIDTH_MM, &style,
        gaz_arena_printf(&sheet->ctx->arena, "%s、%s",
                         NUMBERS[sheet->section % 10], text));
    sheet->y += 2;
    sheet->section++;
}

void api_sheet_text(struct api_sheet *sheet,
                    const struct api_paper_style *style, const char *text)
{
    api_sheet_need(
        sheet, api_paper_measure(sheet->paper, SHEET_WIDTH_MM, style, text));
    sheet->y += api_paper_text(sheet->paper, SHEET_LEFT_MM, sheet->y,
                               SHEET_WIDTH_MM, style, text) +
                1;
}

/* ---- tables ---- */

static void put_cells(struct api_sheet *sheet,
                      const struct api_sheet_table *table,
                      const char *const *cells, const uint32_t *colours,
                      bool is_head, double height_mm)
{
    const struct api_paper_pen edge = {.colour = API_SHEET_GREY,
                                       .width_mm = 0.15,
                                       .is_closed = true,
                                       .is_filled = is_head,
                                       .fill = API_SHEET_PALE};
    double x = SHEET_LEFT_MM;
    for (int i = 0; i < table->count; i++) {
        const double width_mm = table->columns[i].width_mm;
        const struct api_paper_style style = {
            table->size_mm, is_head, colours ? colours[i] : API_SHEET_INK,
            is_head ? API_PAPER_CENTRE : table->columns[i].align};
        const struct api_paper_point box[] = {
            {x, sheet->y},
            {x + width_mm, sheet->y},
            {x + width_mm, sheet->y + height_mm},
            {x, sheet->y + height_mm}};
        api_paper_path(sheet->paper, box, 4, &edge);
        if (cells[i])
            (void)api_paper_text(sheet->paper, x + PAD_MM, sheet->y + PAD_MM,
                                 width_mm - 2 * PAD_MM, &style, cells[i]);
        x += width_mm;
    }
    sheet->y += height_mm;
}

static double height_of(struct api_sheet *sheet,
                        const struct api_sheet_table *table,
                        const char *const *cells, bool is_head)
{
    double height_mm = table->size_mm;
    for (int i = 0; i < table->count; i++) {
        const struct api_paper_style style = {table->size_mm, is_head, 0,
                                              API_PAPER_LEFT};
        if (cells[i])
            height_mm =
                fmax(height_mm,
                     api_paper_measure(sheet->paper,
                                       table->columns[i].width_mm - 2 * PAD_MM,
                                       &style, cells[i]));
    }
    return height_mm + 2 * PAD_MM;
}

void api_sheet_head(struct api_sheet *sheet,
                    const struct api_sheet_table *table)
{
    const char *titles[SHEET_COLUMNS_MAX];
    for (int i = 0; i < table->count; i++)
        titles[i] = table->columns[i].title;
    const double height_mm = height_of(sheet, table, titles, true);
    api_sheet_need(sheet, 3 * height_mm);
    put_cells(sheet, table, titles, NULL, true, height_mm);
}

void api_sheet_row(struct api_sheet *sheet, const struct api_sheet_table *table,
                   const char *const *cells, const uint32_t *colours)
{
    const double height_mm = height_of(sheet, table, cells, false);
    if (sheet->y + height_mm > SHEET_BOTTOM_MM) {
        api_sheet_page(sheet);
        api_sheet_head(sheet, table);
    }
    put_cells(sheet, table, cells, colours, false, height_mm);
}
