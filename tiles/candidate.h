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
    uint32_t subject; /* number of the area, line or site */
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

/* tile_candidate_site lays out the labels of one site, also of one that is
 * gone; takes the font's lock. */
void tile_candidate_site(struct gaz_arena *arena,
                         const struct tile_placing *placing, uint32_t site,
                         struct tile_candidates *out);

/* tile_candidate_again lays out those of one subject in the layer of an order
 * (tile_order.layer); takes the font's lock. */
void tile_candidate_again(struct gaz_arena *arena,
                          const struct tile_placing *placing, uint32_t layer,
                          uint32_t subject, struct tile_candidates *out);

#endif
