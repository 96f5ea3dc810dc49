/* sheet.h - the pages of a report: margins, headings, tables that go on over
 * pages, page numbers. What api/boundary/report*.c share. */
#ifndef API_BOUNDARY_SHEET_H
#define API_BOUNDARY_SHEET_H

#include "api/boundary/paper.h"
#include "api/boundary/view.h"

#define SHEET_LEFT_MM 22.0
#define SHEET_WIDTH_MM 166.0
#define SHEET_TOP_MM 24.0
#define SHEET_BOTTOM_MM 275.0

enum { SHEET_COLUMNS_MAX = 9 };

struct api_sheet {
    struct gaz_ctx *ctx;
    struct api_paper *paper;
    const struct api_boundary_view *view;
    const char *title; /* in each page's head */
    double y;          /* where to go on */
    int pages;         /* in all; 0: not counted yet */
    int section;       /* of headings */
};

struct api_sheet_column {
    const char *title;
    double width_mm;
    api_paper_align align;
};

struct api_sheet_table {
    const struct api_sheet_column *columns;
    int count;
    double size_mm; /* of the text */
};

extern const struct api_paper_style API_SHEET_BODY;
extern const struct api_paper_style API_SHEET_SMALL;
extern const struct api_paper_style API_SHEET_BOLD;

enum {
    API_SHEET_INK = 0x1c2430,
    API_SHEET_GREY = 0x5b6b7f,
    API_SHEET_PALE = 0xeef2f6,
    API_SHEET_RED = 0xb3202a,
    API_SHEET_AMBER = 0xb36b00,
    API_SHEET_GREEN = 0x1f6f4a,
    API_SHEET_BLUE = 0x1f5fa8,
};

/* Begins a page, with its head and foot. */
void api_sheet_page(struct api_sheet *sheet);
/* Begins one if less than this is left. */
void api_sheet_need(struct api_sheet *sheet, double height_mm);
/* "一、检查概况", on a page with what follows: `with_mm` of it. */
void api_sheet_heading(struct api_sheet *sheet, double with_mm,
                       const char *text);
void api_sheet_text(struct api_sheet *sheet,
                    const struct api_paper_style *style, const char *text);
void api_sheet_head(struct api_sheet *sheet,
                    const struct api_sheet_table *table);
/* A row of table->count cells (NULL: empty); the head comes again on a new
 * page. `colours` may be NULL. */
void api_sheet_row(struct api_sheet *sheet, const struct api_sheet_table *table,
                   const char *const *cells, const uint32_t *colours);

uint32_t api_sheet_colour(gaz_severity severity);

/* report_map.c */
void api_sheet_map(struct api_sheet *sheet);
void api_sheet_details(struct api_sheet *sheet);
double api_sheet_round(double most); /* 1, 2 or 5 times a power of ten */
/* report_plot.c */
void api_sheet_profile(struct api_sheet *sheet);
void api_sheet_differences(struct api_sheet *sheet);
/* report_cards.c */
void api_sheet_legs(struct api_sheet *sheet);
void api_sheet_cards(struct api_sheet *sheet);
void api_sheet_limits(struct api_sheet *sheet);
void api_sheet_signatures(struct api_sheet *sheet);

#endif
