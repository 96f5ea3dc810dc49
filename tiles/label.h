/* label.h - a text laid out: its lines, its size, its characters' bitmaps.
 *
 * Positions are whole pixels of scale 1, counted from the corner of the world
 * at the label's zoom. Scale 2 doubles them, so both scales show the same map.
 */
#ifndef TILES_LABEL_H
#define TILES_LABEL_H

#include "tiles/glyph.h"
#include "tiles/style.h"

enum { TILE_LABEL_LINES = 2 };

/* One character of a label, relative to its corner, in pixels of the scale. */
struct tile_run {
    const struct tile_glyph *glyph;
    int dx;
    int dy; /* to the baseline */
};

/* A box in pixels; max is outside. */
struct tile_rect {
    int64_t min_x;
    int64_t min_y;
    int64_t max_x;
    int64_t max_y;
};

struct tile_line_text {
    const char *text;
    size_t size;
    int width_64th; /* with letter spacing, without the last gap */
};

struct tile_text {
    struct tile_line_text lines[TILE_LABEL_LINES];
    int line_count;
    int width; /* pixels, rounded up */
    int height;
    int size; /* of a character */
};

/* tile_label_measure breaks and measures a text in a class's style at zoom `z`.
 * False when it is empty or no face has one of its characters: such a label is
 * not drawn. `out` points into `text`. */
bool tile_label_measure(struct tile_font *font,
                        const struct tile_text_style *style, int z,
                        const char *text, struct tile_text *out);

/* tile_label_runs lays the text out with its corner at (0, 0), lines centred.
 * Returns how many characters; `*out` lives in `arena`. */
uint32_t tile_label_runs(struct gaz_arena *arena, struct tile_font *font,
                         const struct tile_text_style *style,
                         const struct tile_text *text, int scale,
                         struct tile_run **out);

#endif
