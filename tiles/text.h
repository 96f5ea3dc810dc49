/* text.h - a text laid out: which glyph stands where.
 *
 * Lengths are 1/64 pixel of scale 1. Scale 2 doubles them, so both scales show
 * the same map. Han and ASCII are laid side by side; other scripts are shaped
 * (shaping.h).
 */
#ifndef TILES_TEXT_H
#define TILES_TEXT_H

#include "tiles/glyph.h"

enum { TILE_TEXT_LINES = 4, TILE_TEXT_CHARACTERS = 120 };

/* How a text looks. */
struct tile_text_look {
    int size;         /* pixels of scale 1 */
    int spacing_64th; /* between characters */
    int wrap; /* characters in a line before it is broken in two; 0: never */
    int halo_64th;
    bool is_bold;
    uint32_t colour; /* 0xAARRGGBB */
    uint32_t halo_colour;
};

/* One glyph. */
struct tile_mark {
    uint32_t glyph;
    int32_t dx; /* of the pen, from the text's corner */
    int32_t dy;
    int16_t middle; /* half the advance */
    uint8_t face;
    uint8_t turn; /* as in glyph.h */
};

struct tile_text {
    struct tile_mark *marks;
    uint32_t count;
    int width; /* pixels, rounded up */
    int height;
    bool is_han; /* every character is one */
};

/* What lays out texts; under the font's lock. */
struct tile_setter;
struct tile_setter *tile_text_open(struct tile_font *font);
void tile_text_close(struct tile_setter *setter); /* accepts NULL */

/* tile_text_lay breaks and measures a text; lines are centred. "\n" ends a
 * line. False when it is empty, too long, or no face has one of its characters:
 * such a label is not drawn. `out` lives in `arena`. */
bool tile_text_lay(struct gaz_arena *arena, struct tile_setter *setter,
                   const struct tile_text_look *look, const char *text,
                   struct tile_text *out);

#endif
