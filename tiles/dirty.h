/* dirty.h - which tiles an edit changes.
 *
 * Two scenes of one style and zoom, before and after, are compared thing by
 * thing: labels that went, came or moved; areas and lines whose shape at this
 * zoom or whose pens differ. Whatever differs touches some tiles; no other tile
 * can change, because a tile is painted from those things only. That list is
 * complete but may hold a tile whose pixels turn out the same (a border that
 * moved by less than a pixel); tile_dirty_confirm paints both and takes those
 * out, so that what is left is exact.
 */
#ifndef TILES_DIRTY_H
#define TILES_DIRTY_H

#include "tiles/paint.h"

struct tile_address {
    int64_t y;
    int64_t x;
};

struct tile_dirty {
    struct tile_address *items; /* by y, x; each once */
    uint32_t count;
    uint32_t room;
};

/* tile_dirty_find lists the tiles of zoom `z` that may differ. In `arena`. */
void tile_dirty_find(struct gaz_arena *arena, const struct tile_scene *before,
                     const struct tile_scene *after, int z,
                     struct tile_dirty *out);

/* tile_dirty_confirm keeps the tiles whose pixels differ, at either scale. */
void tile_dirty_confirm(const struct tile_scene *before,
                        const struct tile_scene *after, int z,
                        struct tile_dirty *dirty);

/* tile_dirty_add adds the tiles of zoom `z` that a box of pixels touches;
 * tile_dirty_sort makes the list what its struct says, after the last. */
void tile_dirty_add(struct gaz_arena *arena, struct tile_dirty *dirty,
                    const struct tile_rect *box);
void tile_dirty_sort(struct tile_dirty *dirty, int z);

/* tile_dirty_has is true when the tile is in the list. */
bool tile_dirty_has(const struct tile_dirty *dirty, int64_t x, int64_t y);

#endif
