/* glyph.h - characters as bitmaps, with a halo; the one door to FreeType.
 *
 * Faces are asked in order: Noto Sans CJK SC (regular or bold), then DejaVu
 * Sans for what it lacks. A character that no face has makes its label
 * impossible: a .notdef box is never drawn. Glyphs are not hinted, so a text of
 * size 2n is exactly twice as wide as one of size n, and tiles of scale 2 look
 * like those of scale 1.
 *
 * Threads: one at a time in these functions (the maker's lock). The glyphs that
 * were handed out never change or move until close: any thread may read them.
 */
#ifndef TILES_GLYPH_H
#define TILES_GLYPH_H

#include <stdbool.h>

#include "gazetteer/base/context.h"
#include "tiles/raster.h"

struct tile_font;

struct tile_glyph {
    struct tile_bitmap fill;
    struct tile_bitmap halo; /* the fill grown by the halo's radius */
    int advance;             /* 1/64 pixel */
};

/* tile_glyph_open finds the fonts.
 * @return GAZ_OK; GAZ_NOT_FOUND: none of the known places has Noto Sans CJK */
gaz_status tile_glyph_open(struct gaz_ctx *ctx, struct tile_font **out);
void tile_glyph_close(struct tile_font *font); /* accepts NULL */

/* tile_glyph_get returns a character of `size` pixels, or NULL when no face has
 * it. `halo` is the halo's radius in 1/64 pixel. */
const struct tile_glyph *tile_glyph_get(struct tile_font *font,
                                        uint32_t code_point, bool is_bold,
                                        int size, int halo);

#endif
