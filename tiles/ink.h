/* ink.h - vector drawing on paper; the one door to Cairo of this room.
 *
 * For what is printed: PDF pages with text that can be selected and fonts that
 * are embedded, legends as SVG or PNG. Not for tiles, which have a rasteriser
 * of their own (raster.h). Lengths are points (PDF, SVG) or pixels, y down.
 *
 * Fonts are opened anew: glyph.h's are under a lock that tiles wait for.
 */
#ifndef TILES_INK_H
#define TILES_INK_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"
#include "tiles/icon.h"
#include "tiles/text.h"

struct tile_ink;

typedef enum {
    TILE_INK_PDF,
    TILE_INK_SVG,
    TILE_INK_PNG,
} tile_ink_kind;

/* tile_ink_open begins a sheet; `scale` multiplies the size of a PNG. What is
 * drawn is appended to `out` when the sheet is finished.
 * @return GAZ_OK; GAZ_NOT_FOUND: no font; GAZ_IO: Cairo failed */
gaz_status tile_ink_open(struct gaz_ctx *ctx, tile_ink_kind kind, double width,
                         double height, int scale, struct gaz_buffer *out,
                         struct tile_ink **ink);
/* @return GAZ_OK; GAZ_LIMIT: `out` is full; GAZ_IO: Cairo failed */
gaz_status tile_ink_finish(struct gaz_ctx *ctx, struct tile_ink *ink);
void tile_ink_close(struct tile_ink *ink); /* accepts NULL */

/* tile_ink_canvas gives what was drawn on a PNG sheet, to lay it over another
 * picture; lives as long as the sheet. */
void tile_ink_canvas(struct tile_ink *ink, struct tile_canvas *out);

/* tile_ink_title names a PDF in its metadata. */
void tile_ink_title(struct tile_ink *ink, const char *title);

/* A group has its own place, scale and clip; the end takes all back. */
void tile_ink_begin(struct tile_ink *ink, double x, double y, double scale);
void tile_ink_clip(struct tile_ink *ink, double x, double y, double width,
                   double height);
void tile_ink_end(struct tile_ink *ink);

/* A path, used up by fill (even-odd) or stroke (round caps and joins; `dashes`
 * as ink, gap ..., count 0: solid). Colours are 0xAARRGGBB. */
void tile_ink_move(struct tile_ink *ink, double x, double y);
void tile_ink_line(struct tile_ink *ink, double x, double y);
void tile_ink_shut(struct tile_ink *ink);
void tile_ink_box(struct tile_ink *ink, double x, double y, double width,
                  double height);
void tile_ink_disc(struct tile_ink *ink, double x, double y, double radius);
void tile_ink_fill(struct tile_ink *ink, uint32_t colour);
void tile_ink_stroke(struct tile_ink *ink, uint32_t colour, double width,
                     const double *dashes, int count);

/* tile_ink_marks draws glyphs of a text whose corner is at x, y, with its halo.
 * `size` is that of the look. */
void tile_ink_marks(struct tile_ink *ink, double x, double y,
                    const struct tile_text_look *look,
                    const struct tile_mark *marks, uint32_t count);

/* tile_ink_words lays out and draws a line of text with its upper left corner
 * at x, y; returns its width, 0 when it cannot be written. `anchor` 0: x is the
 * left, 1: the middle, 2: the right. */
double tile_ink_words(struct gaz_ctx *ctx, struct tile_ink *ink, double x,
                      double y, const struct tile_text_look *look,
                      const char *words, int anchor);
double tile_ink_width(struct gaz_ctx *ctx, struct tile_ink *ink,
                      const struct tile_text_look *look, const char *words);

/* tile_ink_icon draws an icon with its middle at x, y, at its own size. */
void tile_ink_icon(struct tile_ink *ink, const struct tile_icon *icon, double x,
                   double y);

#endif
