/* candidate.h - the labels that a style wants at one zoom, before any of them
 * has a place. Private to place.c. */
#ifndef TILES_CANDIDATE_H
#define TILES_CANDIDATE_H

#include "tiles/place.h"
#include "tiles/settle.h"

struct tile_candidate {
    struct tile_item item;
    uint64_t hash; /* of the item and of its looks */
    const struct tile_icon *icon;
    struct tile_text_look look;
    const struct tile_mark *marks;
    uint32_t mark_count;
    int64_t text_x; /* of a text along a line: what its marks count from */
    int64_t text_y;
    uint32_t slot;
};

struct tile_candidates {
    struct tile_candidate *items;
    uint32_t count;
};

/* tile_candidate_gather lays out every label; takes the font's lock. */
void tile_candidate_gather(struct gaz_arena *arena,
                           const struct tile_placing *placing,
                           struct tile_candidates *out);

#endif
