/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/ink.h"

#include <math.h>
#include <string.h>

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include "gazetteer/base/text.h"

struct tile_ink {
    tile_ink_kind kind;
    struct tile_font *font;
    struct tile_setter *setter;
    struct gaz_buffer *out;
    struct gaz_buffer nowhere; /* takes what an unfinished sheet writes */
    cairo_surface_t *surface;
    cairo_t *cairo;
    cairo_font_face_t *faces[TILE_GLYPH_FACES];
    uint32_t *characters[TILE_GLYPH_FACES]; /* by glyph; made when needed */
};

static cairo_status_t append(void *closure, const unsigned char *data,
                             unsigned int size)
{
    struct tile_ink *ink = closure;
    gaz_buffer_bytes(ink->out, data, size);
    return ink->out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface_of(struct tile_ink *ink, double width,
                                   double height, int scale)
{
    switch (ink->kind) {
    case TILE_INK_PDF:
        return cairo_pdf_surface_create_for_stream(append, ink, width, height);
    case TILE_INK_SVG:
        return cairo_svg_surface_create_for_stream(append, ink, width, height);
    default:
        return cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                          (int)ceil(width * scale),
                                          (int)ceil(height * scale));
    }
}

static void open_faces(struct tile_ink *ink)
{
    for (int i = 0; i < TILE_GLYPH_FACES; i++) {
        void *face = tile_glyph_face(ink->font, i);
        if (face)
            ink->faces[i] =
                cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
    }
}

gaz_status tile_ink_open(struct gaz_ctx *ctx, tile_ink_kind kind, double width,
                         double height, int scale, struct gaz_buffer *out,
                         struct tile_ink **ink)
{
    struct tile_font *font;
    gaz_status status = tile_glyph_open(ctx, &font);
    if (status != GAZ_OK)
        return status;
    struct tile_ink *made = gaz_malloc(sizeof *made);
    made->kind = kind;
    made->font = font;
    made->out = out;
    made->setter = tile_text_open(font);
    made->surface = surface_of(made, width, height, scale);
    made->cairo = cairo_create(made->surface);
    open_faces(made);
    if (kind == TILE_INK_PDF) /* the same page, the same bytes */
        cairo_pdf_surface_set_metadata(made->surface,
                                       CAIRO_PDF_METADATA_CREATE_DATE,
                                       "2000-01-01T00:00:00Z");
    if (kind == TILE_INK_PNG)
        cairo_scale(made->cairo, scale, scale);
    cairo_set_fill_rule(made->cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_cap(made->cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(made->cairo, CAIRO_LINE_JOIN_ROUND);
    if (cairo_status(made->cairo) != CAIRO_STATUS_SUCCESS) {
        tile_ink_close(made);
        return gaz_fail(ctx, GAZ_IO, "Cairo cannot make a sheet of %g x %g",
                        width, height);
    }
    *ink = made;
    return GAZ_OK;
}

gaz_status tile_ink_finish(struct gaz_ctx *ctx, struct tile_ink *ink)
{
    cairo_status_t status = cairo_status(ink->cairo);
    if (status == CAIRO_STATUS_SUCCESS && ink->kind == TILE_INK_PNG)
        status = cairo_surface_write_to_png_stream(ink->surface, append, ink);
    cairo_surface_finish(ink->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(ink->surface);
    if (ink->out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "the sheet is too large");
    return status == CAIRO_STATUS_SUCCESS
               ? GAZ_OK
               : gaz_fail(ctx, GAZ_IO, "Cairo: %s",
                          cairo_status_to_string(status));
}

void tile_ink_close(struct tile_ink *ink)
{
    if (!ink)
        return;
    /* Finishing writes; what is closed unfinished goes nowhere. */
    gaz_buffer_open(&ink->nowhere, (size_t)1 << 30);
    ink->out = &ink->nowhere;
    cairo_destroy(ink->cairo);
    cairo_surface_destroy(ink->surface);
    for (int i = 0; i < TILE_GLYPH_FACES; i++) {
        cairo_font_face_destroy(ink->faces[i]);
        gaz_free(ink->characters[i]);
    }
    gaz_buffer_close(&ink->nowhere);
    tile_text_close(ink->setter);
    tile_glyph_close(ink->font);
    gaz_free(ink);
}

void tile_ink_canvas(struct tile_ink *ink, struct tile_canvas *out)
{
    cairo_surface_flush(ink->surface);
    *out = (struct tile_canvas){
        .width = cairo_image_surface_get_stride(ink->surface) / 4,
        .height = cairo_image_surface_get_height(ink->surface),
        .pixels = (void *)cairo_image_surface_get_data(ink->surface),
    };
}

void tile_ink_title(struct tile_ink *ink, const char *title)
{
    if (ink->kind == TILE_INK_PDF)
        cairo_pdf_surface_set_metadata(ink->surface, CAIRO_PDF_METADATA_TITLE,
                                       title);
}

/* ---- groups and paths ---- */

void tile_ink_begin(struct tile_ink *ink, double x, double y, double scale)
{
    cairo_save(ink->cairo);
    cairo_translate(ink->cairo, x, y);
    cairo_scale(ink->cairo, scale, scale);
}

void tile_ink_clip(struct tile_ink *ink, double x, double y, double width,
                   double height)
{
    cairo_rectangle(ink->cairo, x, y, width, height);
    cairo_clip(ink->cairo);
}

void tile_ink_end(struct tile_ink *ink)
{
    cairo_restore(ink->cairo);
}

void tile_ink_move(struct tile_ink *ink, double x, double y)
{
    cairo_move_to(ink->cairo, x, y);
}

void tile_ink_line(struct tile_ink *ink, double x, double y)
{
    cairo_line_to(ink->cairo, x, y);
}

void tile_ink_shut(struct tile_ink *ink)
{
    cairo_close_path(ink->cairo);
}

void tile_ink_box(struct tile_ink *ink, double x, double y, double width,
                  double height)
{
    cairo_rectangle(ink->cairo, x, y, width, height);
}

void tile_ink_disc(struct tile_ink *ink, double x, double y, double radius)
{
    cairo_new_sub_path(ink->cairo);
    cairo_arc(ink->cairo, x, y, radius, 0, 2 * 3.14159265358979323846);
}

static void set_colour(struct tile_ink *ink, uint32_t colour)
{
    cairo_set_source_rgba(ink->cairo, (colour >> 16 & 0xFF) / 255.0,
                          (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0,
                          (colour >> 24) / 255.0);
}

void tile_ink_fill(struct tile_ink *ink, uint32_t colour)
{
    set_colour(ink, colour);
    cairo_fill(ink->cairo);
}

void tile_ink_stroke(struct tile_ink *ink, uint32_t colour, double width,
                     const double *dashes, int count)
{
    set_colour(ink, colour);
    cairo_set_line_width(ink->cairo, width);
    cairo_set_dash(ink->cairo, dashes, count, 0);
    cairo_stroke(ink->cairo);
    cairo_set_dash(ink->cairo, NULL, 0, 0);
}

/* ---- text ---- */

/* Goes to where a mark's glyph stands; between save and restore. */
static void go_to_mark(struct tile_ink *ink, double x, double y,
                       const struct tile_text_look *look,
                       const struct tile_mark *mark)
{
    cairo_translate(ink->cairo, x + mark->dx / 64.0, y + mark->dy / 64.0);
    if (mark->turn > 0) { /* around the middle of the square, as glyph.c does */
        cairo_rotate(ink->cairo, 2 * 3.14159265358979323846 * (mark->turn - 1) /
                                     TILE_GLYPH_TURNS);
        cairo_translate(ink->cairo, -mark->middle / 64.0, look->size * 0.38);
    }
    cairo_set_font_face(ink->cairo, ink->faces[mark->face]);
    cairo_set_font_size(ink->cairo, look->size);
}

static void draw_halo(struct tile_ink *ink, const struct tile_text_look *look,
                      const cairo_glyph_t *glyph)
{
    cairo_glyph_path(ink->cairo, glyph, 1);
    tile_ink_stroke(ink, look->halo_colour, 2 * look->halo_64th / 64.0, NULL,
                    0);
}

/* The character of a glyph as UTF-8, and its length; 0: not known. */
static int text_of(struct tile_ink *ink, const struct tile_mark *mark,
                   char out[4])
{
    uint32_t **table = &ink->characters[mark->face];
    if (!*table) {
        *table = gaz_malloc(TILE_GLYPH_NUMBERS * sizeof **table);
        tile_glyph_characters(ink->font, mark->face, *table);
    }
    uint32_t c = mark->glyph < TILE_GLYPH_NUMBERS ? (*table)[mark->glyph] : 0;
    return c == 0 ? 0 : (int)gaz_text_encode(c, out);
}

/* With its character, so that a reader of the page can find and copy it. */
static void show_mark(struct tile_ink *ink, const struct tile_mark *mark)
{
    char text[4];
    const cairo_glyph_t glyph = {mark->glyph, 0, 0};
    int size = ink->kind == TILE_INK_PDF ? text_of(ink, mark, text) : 0;
    const cairo_text_cluster_t cluster = {size, 1};
    if (size > 0)
        cairo_show_text_glyphs(ink->cairo, text, size, &glyph, 1, &cluster, 1,
                               0);
    else
        cairo_show_glyphs(ink->cairo, &glyph, 1);
}

void tile_ink_marks(struct tile_ink *ink, double x, double y,
                    const struct tile_text_look *look,
                    const struct tile_mark *marks, uint32_t count)
{
    bool has_halo = look->halo_64th > 0;
    for (uint32_t k = has_halo ? 0 : count; k < 2 * count; k++) {
        const struct tile_mark *mark = &marks[k < count ? k : k - count];
        const cairo_glyph_t glyph = {mark->glyph, 0, 0};
        if (!ink->faces[mark->face])
            continue;
        cairo_save(ink->cairo);
        go_to_mark(ink, x, y, look, mark);
        if (k < count) {
            draw_halo(ink, look, &glyph);
        } else {
            set_colour(ink, look->colour);
            show_mark(ink, mark);
        }
        cairo_restore(ink->cairo);
    }
}

double tile_ink_width(struct gaz_ctx *ctx, struct tile_ink *ink,
                      const struct tile_text_look *look, const char *words)
{
    struct tile_text text;
    return tile_text_lay(&ctx->arena, ink->setter, look, words, &text)
               ? text.width
               : 0;
}

double tile_ink_words(struct gaz_ctx *ctx, struct tile_ink *ink, double x,
                      double y, const struct tile_text_look *look,
                      const char *words, int anchor)
{
    struct tile_text text;
    if (!tile_text_lay(&ctx->arena, ink->setter, look, words, &text))
        return 0;
    tile_ink_marks(ink, x - text.width * anchor / 2.0, y, look, text.marks,
                   text.count);
    return text.width;
}

/* ---- pictures ---- */

void tile_ink_icon(struct tile_ink *ink, const struct tile_icon *icon, double x,
                   double y)
{
    const struct tile_canvas *canvas = &icon->pictures[TILE_ICON_SCALES - 1];
    cairo_surface_t *picture = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, canvas->width, canvas->height);
    unsigned char *data = cairo_image_surface_get_data(picture);
    int stride = cairo_image_surface_get_stride(picture);
    for (int row = 0; data && row < canvas->height; row++)
        memcpy(data + (size_t)row * (size_t)stride,
               canvas->pixels + (size_t)row * (size_t)canvas->width,
               (size_t)canvas->width * sizeof *canvas->pixels);
    cairo_surface_mark_dirty(picture);
    cairo_save(ink->cairo);
    cairo_translate(ink->cairo, x - icon->side / 2.0, y - icon->side / 2.0);
    cairo_scale(ink->cairo, (double)icon->side / canvas->width,
                (double)icon->side / canvas->height);
    cairo_set_source_surface(ink->cairo, picture, 0, 0);
    cairo_paint(ink->cairo);
    cairo_restore(ink->cairo);
    cairo_surface_destroy(picture);
}
