/* shaping.h - texts in scripts that need more than one box a character:
 * combining marks, ligatures, letters that join; the one door to HarfBuzz.
 *
 * Han and ASCII never come here. One thread at a time (the font's lock).
 */
#ifndef TILES_SHAPING_H
#define TILES_SHAPING_H

#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"

struct tile_shaper;

struct tile_shaped {
    uint32_t glyph; /* of the face; 0: it has none */
    int advance;    /* font units */
    int dx;         /* from the pen, font units; dy grows upwards */
    int dy;
};

/* tile_shaping_open opens a face of a font file; NULL when it cannot. */
struct tile_shaper *tile_shaping_open(const char *path, int index);
void tile_shaping_close(struct tile_shaper *shaper); /* accepts NULL */

/* tile_shaping_run shapes `size` bytes of UTF-8 in one face, in the order in
 * which they stand on the line. Returns how many; `*out` is the arena's. */
size_t tile_shaping_run(struct gaz_arena *arena, struct tile_shaper *shaper,
                        const char *text, size_t size,
                        struct tile_shaped **out);

#endif
