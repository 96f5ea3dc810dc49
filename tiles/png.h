/* png.h - a canvas as PNG.
 *
 * At most 256 colours: an 8-bit palette, with its transparencies. More: RGB, or
 * RGBA when a pixel is not opaque. No interlace, no ancillary chunks but tRNS;
 * the same picture gives the same bytes.
 */
#ifndef TILES_PNG_H
#define TILES_PNG_H

#include "gazetteer/base/buffer.h"
#include "tiles/raster.h"

/* tile_png_write appends the picture to `out`; working memory is `arena`'s. */
void tile_png_write(struct gaz_arena *arena, const struct tile_canvas *canvas,
                    struct gaz_buffer *out);

/* A palette with a table of which of its colours is nearest. */
struct tile_png_palette;

/* tile_png_palette_make takes up to 256 opaque colours (0xFFRRGGBB); takes some
 * 30 ms. Lives in `arena`; immutable. */
const struct tile_png_palette *tile_png_palette_make(struct gaz_arena *arena,
                                                     const uint32_t *colours,
                                                     int count);

/* tile_png_write_palette writes every pixel as one of the palette's colours, 8
 * bits a pixel: its own colour when it is there, else one that is near. The
 * same colour on the canvas is the same colour in every file. A canvas that is
 * not opaque is written as above. */
void tile_png_write_palette(struct gaz_arena *arena,
                            const struct tile_canvas *canvas,
                            const struct tile_png_palette *palette,
                            struct gaz_buffer *out);

#endif
