/* ring.h - rings that stay simple when they are clipped and snapped.
 *
 * Clipping joins the parts of a ring along the tile's edge, and snapping can
 * make it touch or cross itself by a unit or two; readers then call the polygon
 * invalid. A ring that touches itself is cut there into two; a crossing is
 * undone by turning round the part between the two edges.
 */
#ifndef TILES_RING_H
#define TILES_RING_H

#include "tiles/clip.h"

/* tile_ring_is_simple is true when no two edges have more than the vertex
 * between neighbours in common, and the ring has an area. */
bool tile_ring_is_simple(struct gaz_arena *scratch, struct tile_path ring);

/* tile_ring_mend gives simple rings that cover what `ring` covers; those with
 * an area of the other sign are holes of the others. Usually it is one, `ring`
 * itself. Returns how many; `*out` lives in `arena`, and `ring` is changed. */
size_t tile_ring_mend(struct gaz_arena *arena, struct tile_path ring,
                      struct tile_path **out);

#endif
