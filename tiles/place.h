/* place.h - where the labels of one zoom stand, in the whole world.
 *
 * Placed once for each zoom, by class, rank and id, each at the first of its
 * candidate positions that is free. Tiles only draw what was placed here, which
 * is why no label is cut, doubled or moved at a tile's edge, and why all layers
 * agree. Same snapshot, same labels.
 */
#ifndef TILES_PLACE_H
#define TILES_PLACE_H

#include "tiles/label.h"
#include "tiles/shape.h"

struct tile_label {
    const struct tile_site *site; /* NULL: words along a line */
    tile_class class;
    bool has_icon;
    bool has_text;
    int64_t icon_x; /* middle of the icon */
    int64_t icon_y;
    int64_t text_x; /* corner of the text */
    int64_t text_y;
    struct tile_text text;
    struct tile_rect box; /* around icon and text, halo included */
};

/* The characters of a label at one scale. */
struct tile_typeset {
    struct tile_run *runs;
    struct tile_run *digits; /* a cluster's number */
    uint32_t run_count;
    uint32_t digit_count;
    int digits_width; /* pixels of scale 1 */
    int digits_height;
};

/* A label in a square of 256 pixels that it touches. */
struct tile_cell {
    int64_t y;
    int64_t x;
    uint32_t label;
};

struct tile_labels {
    struct tile_label *items;
    struct tile_cell *cells; /* sorted */
    uint32_t count;
    uint32_t cell_count;
};

/* tile_place_labels places the labels of zoom `z`; `out` lives in `arena`. */
void tile_place_labels(struct gaz_arena *arena, struct tile_font *font,
                       const struct tile_features *features,
                       const struct tile_shapes *shapes, int z,
                       struct tile_labels *out);

/* tile_place_typeset prepares the characters of every label for a scale. The
 * result has one item for each label; lives in `arena`. */
const struct tile_typeset *tile_place_typeset(struct gaz_arena *arena,
                                              struct tile_font *font,
                                              const struct tile_labels *labels,
                                              int scale);

/* tile_place_in finds the labels that touch a view, in order, each once.
 * Returns how many; `*out` lives in `arena`. */
uint32_t tile_place_in(struct gaz_arena *arena,
                       const struct tile_labels *labels,
                       const struct tile_view *view, uint32_t **out);

#endif
