/* paper.h - pages of A4 with text and lines, as PDF: only <cairo...> and
 * <pango...>.
 *
 * Everything is in millimetres from the page's upper left corner. Text is set
 * by Pango: Chinese is broken between any two characters, never before a full
 * stop. Nothing can fail until the end: api_paper_close says whether the file
 * was written whole.
 *
 *     api_paper_open(ctx, "report.pdf", &about, &paper);
 *     api_paper_page(paper);
 *     y += api_paper_text(paper, 20, y, 170, &STYLE, "界线联合检查报告");
 *     status = api_paper_close(ctx, paper);
 *
 * Cairo 1.16 itself leaves 768 bytes a font and document behind (seen by
 * LeakSanitizer in a program of ten lines); commands write few.
 *
 * A paper belongs to one thread. Colours are 0xRRGGBB.
 */
#ifndef API_BOUNDARY_PAPER_H
#define API_BOUNDARY_PAPER_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/context.h"

struct api_paper;

struct api_paper_about {
    const char *title;
    const char *subject;
    const char *day; /* YYYY-MM-DD of making: the same bytes each time */
};

typedef enum {
    API_PAPER_LEFT,
    API_PAPER_CENTRE,
    API_PAPER_RIGHT
} api_paper_align;

struct api_paper_style {
    double size_mm; /* of an em; 3.7 is the 小四/五号 of an office text */
    bool is_bold;
    uint32_t colour;
    api_paper_align align;
};

struct api_paper_point {
    double x;
    double y;
};

struct api_paper_pen {
    uint32_t colour;
    double width_mm;
    double dash_mm; /* 0: a whole line */
    uint32_t fill;  /* of a closed shape */
    bool is_filled;
    bool is_hatched; /* filled with lines of `colour` instead */
    bool is_closed;
};

/* `path` NULL: nothing is written, to count pages. GAZ_IO. */
gaz_status api_paper_open(struct gaz_ctx *ctx, const char *path,
                          const struct api_paper_about *about,
                          struct api_paper **out);
/* GAZ_IO: the file could not be written whole. Accepts NULL. */
gaz_status api_paper_close(struct gaz_ctx *ctx, struct api_paper *paper);

/* Begins the next page; the first too. */
void api_paper_page(struct api_paper *paper);
int api_paper_page_number(const struct api_paper *paper); /* from 1 */

/* Sets text (UTF-8) in a column; returns its height. */
double api_paper_text(struct api_paper *paper, double x, double y,
                      double width_mm, const struct api_paper_style *style,
                      const char *text);
/* The height it would have. */
double api_paper_measure(struct api_paper *paper, double width_mm,
                         const struct api_paper_style *style, const char *text);

void api_paper_path(struct api_paper *paper, const struct api_paper_point *at,
                    size_t count, const struct api_paper_pen *pen);
void api_paper_rule(struct api_paper *paper, double x1, double y1, double x2,
                    double y2, const struct api_paper_pen *pen);
void api_paper_disc(struct api_paper *paper, double x, double y, double r_mm,
                    const struct api_paper_pen *pen);
/* From here on only inside of a rectangle is drawn, until api_paper_unclip. */
void api_paper_clip(struct api_paper *paper, double x, double y,
                    double width_mm, double height_mm);
void api_paper_unclip(struct api_paper *paper);

#endif
