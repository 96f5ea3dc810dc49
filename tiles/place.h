/* place.h - where the labels of one zoom and style stand, in the whole world.
 *
 * Placed once for each zoom, not for each tile: symbol layers from the last to
 * the first (as MapLibre does), in each by "symbol-sort-key", rank and id,
 * every label at the first of its positions that is free (settle.h). Tiles only
 * draw what was placed here, which is why no label is cut, doubled or moved at
 * a tile's edge. Same snapshot and style, same labels.
 *
 * After an edit the placement of the snapshot before is continued: only what
 * changed, and what that pushes aside, is settled again.
 */
#ifndef TILES_PLACE_H
#define TILES_PLACE_H

#include "tiles/icon.h"
#include "tiles/rect.h"
#include "tiles/settle.h"
#include "tiles/shape.h"
#include "tiles/style.h"
#include "tiles/text.h"

struct tile_label {
    uint64_t hash;                /* of all that can be seen of it */
    const struct tile_icon *icon; /* NULL: none */
    int64_t icon_x;               /* middle of the icon, pixels at scale 1 */
    int64_t icon_y;
    int64_t text_x; /* corner of the text; marks count from it */
    int64_t text_y;
    const struct tile_mark *marks;
    uint32_t mark_count; /* 0: no text */
    struct tile_text_look look;
    struct tile_rect text_box; /* as kept free of others */
    struct tile_rect box;      /* around all ink, halo included */
    struct tile_order order;
};

/* A label in a square of 256 pixels that it touches. */
struct tile_cell {
    int32_t y; /* pixels / 256 */
    int32_t x;
    uint32_t label;
};

struct tile_labels {
    struct tile_label *items; /* in the order of placement */
    uint32_t count;
    struct tile_cell *cells; /* by y, x, label */
    uint32_t cell_count;
    uint32_t candidates; /* labels that wanted a place */
    /* After edits (tile_place_edit): labels that went, and new ones, whose
     * numbers are count and on. */
    const uint32_t *gone; /* ascending */
    uint32_t gone_count;
    const struct tile_label *extra;
    uint32_t extra_count;
};

/* The label of a number, placed with all or by an edit. */
static inline const struct tile_label *
tile_place_label(const struct tile_labels *labels, uint32_t number)
{
    return number < labels->count ? &labels->items[number]
                                  : &labels->extra[number - labels->count];
}

bool tile_place_is_gone(const struct tile_labels *labels, uint32_t number);

/* What a placement needs of its surroundings. */
struct tile_placing {
    struct tile_font *font;
    struct tile_setter *setter; /* under the font's lock, which it takes */
    const struct tile_icons *icons;
    const struct tile_features *features;
    const struct tile_shapes *shapes;
    const struct tile_style *style;
    int z;
};

/* Who stands where, so that a later snapshot can go on from it. */
struct tile_standing;
void tile_place_close(struct tile_standing *standing); /* accepts NULL */

/* tile_place_labels places everything. `*standing` may be NULL, or what an
 * earlier call for the same style and zoom left there, with other features:
 * then only the differences are settled. The labels live in `arena`. */
void tile_place_labels(struct gaz_arena *arena,
                       const struct tile_placing *placing,
                       struct tile_standing **standing,
                       struct tile_labels *out);

/* tile_place_edit goes on from labels that `*standing` belongs to: only what
 * the change concerns, and what that pushes aside, is laid out and settled
 * again. `out` shares the labels before, and lives in `arena`, as the boxes of
 * all ink that came or went do; `*boxes` has `*box_count`. */
void tile_place_edit(struct gaz_arena *arena,
                     const struct tile_placing *placing,
                     struct tile_standing *standing,
                     const struct tile_labels *before,
                     const struct tile_edit_change *change,
                     struct tile_labels *out, struct tile_rect **boxes,
                     uint32_t *box_count);

/* tile_place_in finds the labels that touch a view, in order, each once.
 * Returns how many; `*out` lives in `arena`. */
uint32_t tile_place_in(struct gaz_arena *arena,
                       const struct tile_labels *labels,
                       const struct tile_view *view, uint32_t **out);

#endif
