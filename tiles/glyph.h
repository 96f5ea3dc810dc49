/* glyph.h - characters as bitmaps, with a halo; the one door to FreeType.
 *
 * Faces are asked in order: Noto Sans CJK SC (bold, regular), then DejaVu Sans
 * for what it lacks. A character that no face has makes its label impossible: a
 * .notdef box is never drawn. Glyphs are not hinted, so a text of size 2n is
 * exactly twice as wide as one of size n, and tiles of scale 2 look like those
 * of scale 1.
 *
 * Threads: hold the font's lock in tile_glyph_letter and tile_glyph_get. The
 * glyphs that were handed out never change or move until close: any thread may
 * read them without it.
 */
#ifndef TILES_GLYPH_H
#define TILES_GLYPH_H

#include <stdbool.h>

#include "gazetteer/base/context.h"
#include "tiles/raster.h"

enum {
    TILE_GLYPH_FACES = 3,
    TILE_GLYPH_TURNS = 64, /* directions of a character on a line */
};

struct tile_font;

/* A character in a face. */
struct tile_letter {
    uint32_t glyph; /* of the face; 0: no face has it */
    uint8_t face;
    int advance; /* font units */
    int em;      /* font units */
};

/* What is drawn. */
struct tile_glyph_key {
    uint32_t glyph;
    uint8_t face;
    uint8_t turn; /* 0: the pen stands on the baseline at the left; n: turned
                   * clockwise by n - 1 of TILE_GLYPH_TURNS, and the pen stands
                   * in the middle of the character's square */
    int size;     /* pixels of scale 1, 1 to 255 */
    int scale;    /* 1 to 3 */
    int halo;     /* radius, 1/64 pixel of scale 1; 0: no halo */
    int middle;   /* half the advance, 1/64 pixel of scale 1; when turned */
};

struct tile_glyph {
    struct tile_bitmap fill;
    struct tile_bitmap halo; /* the fill grown by the halo's radius */
};

/* tile_glyph_open finds the fonts.
 * @return GAZ_OK; GAZ_NOT_FOUND: none of the known places has Noto Sans CJK */
gaz_status tile_glyph_open(struct gaz_ctx *ctx, struct tile_font **out);
/* tile_glyph_face gives the FT_Face of a face to another library (ink.c), which
 * may use it as long as the font is open and nobody else does; NULL: none. */
void *tile_glyph_face(struct tile_font *font, int face);
/* tile_glyph_characters fills `out`, by glyph of a face, with the character
 * that it is for; 0: none. Of two the ideograph, not the radical that looks
 * like it.
 */
enum { TILE_GLYPH_NUMBERS = 1 << 16 };
void tile_glyph_characters(struct tile_font *font, int face,
                           uint32_t out[TILE_GLYPH_NUMBERS]);
/* tile_glyph_stamp tells one set of font files from another. */
uint64_t tile_glyph_stamp(const struct tile_font *font);
void tile_glyph_close(struct tile_font *font); /* accepts NULL */

void tile_glyph_lock(struct tile_font *font);
void tile_glyph_unlock(struct tile_font *font);

/* tile_glyph_letter finds a character; false when no face has it. */
bool tile_glyph_letter(struct tile_font *font, uint32_t code_point,
                       bool is_bold, struct tile_letter *out);

/* tile_glyph_get draws a glyph, or gives the one drawn before; NULL when it
 * cannot be drawn. */
const struct tile_glyph *tile_glyph_get(struct tile_font *font,
                                        const struct tile_glyph_key *key);

/* tile_glyph_file returns the file of a face, for shaping; NULL: not there. */
const char *tile_glyph_file(const struct tile_font *font, int face, int *index);

#endif
