/* SPDX-License-Identifier: Apache-2.0 */
#include "api/boundary/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

static const double POINTS_PER_MM = 72 / 25.4;
static const double WIDTH_MM = 210;
static const double HEIGHT_MM = 297;

struct api_paper {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoContext *context;
    int page;
};

gaz_status api_paper_open(struct gaz_ctx *ctx, const char *path,
                          const struct api_paper_about *about,
                          struct api_paper **out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create(
        path, WIDTH_MM * POINTS_PER_MM, HEIGHT_MM * POINTS_PER_MM);
    const cairo_status_t status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", path,
                        cairo_status_to_string(status));
    }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   about->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                   about->subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR,
                                   "Diming");
    if (about->day)
        cairo_pdf_surface_set_metadata(
            surface, CAIRO_PDF_METADATA_CREATE_DATE,
            gaz_arena_printf(&ctx->arena, "%sT00:00:00Z", about->day));
    struct api_paper *paper = gaz_malloc(sizeof(*paper));
    *paper = (struct api_paper){.surface = surface,
                                .cairo = cairo_create(surface),
                                .fonts = pango_cairo_font_map_new()};
    cairo_scale(paper->cairo, POINTS_PER_MM, POINTS_PER_MM);
    /* an em of one unit is one millimetre */
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(paper->fonts), 72);
    paper->context = pango_font_map_create_context(paper->fonts);
    pango_context_set_round_glyph_positions(paper->context, FALSE);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(paper->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(paper->context,
                               pango_language_from_string("zh-CN"));
    *out = paper;
    return GAZ_OK;
}

gaz_status api_paper_close(struct gaz_ctx *ctx, struct api_paper *paper)
{
    if (!paper)
        return GAZ_OK;
    if (paper->page > 0)
        cairo_show_page(paper->cairo);
    cairo_status_t status = cairo_status(paper->cairo);
    cairo_destroy(paper->cairo);
    cairo_surface_finish(paper->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(paper->surface);
    cairo_surface_destroy(paper->surface);
    g_object_unref(paper->context);
    g_object_unref(paper->fonts);
    gaz_free(paper);
    return status == CAIRO_STATUS_SUCCESS
               ? GAZ_OK
               : gaz_fail(ctx, GAZ_IO, "the PDF cannot be written: %s",
                          cairo_status_to_string(status));
}

void api_paper_page(struct api_paper *paper)
{
    if (paper->page > 0)
        cairo_show_page(paper->cairo);
    paper->page++;
}

int api_paper_page_number(const struct api_paper *paper)
{
    return paper->page;
}

/* ---- text ---- */

static void set_colour(struct api_paper *paper, uint32_t colour)
{
    static const double MOST = 255;
    cairo_set_source_rgb(paper->cairo, (double)(colour >> 16 & 0xff) / MOST,
                         (double)(colour >> 8 & 0xff) / MOST,
                         (double)(colour & 0xff) / MOST);
}

static PangoLayout *lay_out(struct api_paper *paper, double width_mm,
                            const struct api_paper_style *style,
                            const char *text)
{
    static const PangoAlignment ALIGN[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                           PANGO_ALIGN_RIGHT};
    PangoLayout *layout = pango_layout_new(paper->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(
        font, "Noto Sans CJK SC,Source Han Sans SC,sans-serif");
    pango_font_description_set_weight(
        font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font,
                                             style->size_mm * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width_mm * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, ALIGN[style->align]);
    pango_layout_set_text(layout, text ? text : "", -1);
    return layout;
}

static double height_of(PangoLayout *layout)
{
    int height = 0;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double api_paper_text(struct api_paper *paper, double x, double y,
                      double width_mm, const struct api_paper_style *style,
                      const char *text)
{
    PangoLayout *layout = lay_out(paper, width_mm, style, text);
    const double height_mm = height_of(layout);
    set_colour(paper, style->colour);
    cairo_move_to(paper->cairo, x, y);
    pango_cairo_show_layout(paper->cairo, layout);
    cairo_new_path(paper->cairo);
    g_object_unref(layout);
    return height_mm;
}

double api_paper_measure(struct api_paper *paper, double width_mm,
                         const struct api_paper_style *style, const char *text)
{
    PangoLayout *layout = lay_out(paper, width_mm, style, text);
    const double height_mm = height_of(layout);
    g_object_unref(layout);
    return height_mm;
}

/* ---- lines ---- */

static void set_pen(struct api_paper *paper, const struct api_paper_pen *pen)
{
    cairo_set_line_width(paper->cairo, pen->width_mm);
    cairo_set_line_join(paper->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(paper->cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(paper->cairo, &pen->dash_mm, pen->dash_mm > 0, 0);
}

/* Slanted lines through the path's extent, clipped to the path. */
static void hatch(struct api_paper *paper, const struct api_paper_pen *pen)
{
    static const double APART_MM = 0.9;
    static const double THIN_MM = 0.15;
    double x1;
    double y1;
    double x2;
    double y2;
    cairo_path_extents(paper->cairo, &x1, &y1, &x2, &y2);
    cairo_path_t *path = cairo_copy_path(paper->cairo);
    cairo_save(paper->cairo);
    cairo_clip(paper->cairo);
    set_colour(paper, pen->colour);
    cairo_set_line_width(paper->cairo, THIN_MM);
    const int count = (int)((x2 - x1 + y2 - y1) / APART_MM) + 1;
    for (int i = 0; i <= count; i++) {
        const double at = x1 + i * APART_MM;
        cairo_move_to(paper->cairo, at, y1);
        cairo_line_to(paper->cairo, at - (y2 - y1), y2);
    }
    cairo_stroke(paper->cairo);
    cairo_restore(paper->cairo);
    cairo_new_path(paper->cairo);
    cairo_append_path(paper->cairo, path);
    cairo_path_destroy(path);
}

static void finish_path(struct api_paper *paper,
                        const struct api_paper_pen *pen)
{
    if (pen->is_closed)
        cairo_close_path(paper->cairo);
    if (pen->is_filled) {
        set_colour(paper, pen->fill);
        cairo_fill_preserve(paper->cairo);
    }
    if (pen->is_hatched)
        hatch(paper, pen);
    if (pen->width_mm > 0) {
        set_pen(paper, pen);
        set_colour(paper, pen->colour);
        cairo_stroke_preserve(paper->cairo);
    }
    cairo_new_path(paper->cairo);
}

void api_paper_path(struct api_paper *paper, const struct api_paper_point *at,
                    size_t count, const struct api_paper_pen *pen)
{
    for (size_t i = 0; i < count; i++)
        cairo_line_to(paper->cairo, at[i].x, at[i].y);
    finish_path(paper, pen);
}

void api_paper_rule(struct api_paper *paper, double x1, double y1, double x2,
                    double y2, const struct api_paper_pen *pen)
{
    const struct api_paper_point at[] = {{x1, y1}, {x2, y2}};
    api_paper_path(paper, at, 2, pen);
}

void api_paper_disc(struct api_paper *paper, double x, double y, double r_mm,
                    const struct api_paper_pen *pen)
{
    static const double CIRCLE_RAD = 6.283185307179586;
    cairo_new_sub_path(paper->cairo);
    cairo_arc(paper->cairo, x, y, r_mm, 0, CIRCLE_RAD);
    finish_path(paper, pen);
}

void api_paper_clip(struct api_paper *paper, double x, double y,
                    double width_mm, double height_mm)
{
    cairo_save(paper->cairo);
    cairo_rectangle(paper->cairo, x, y, width_mm, height_mm);
    cairo_clip(paper->cairo);
    cairo_new_path(paper->cairo);
}

void api_paper_unclip(struct api_paper *paper)
{
    cairo_restore(paper->cairo);
}
