/* hilbert.h - the number of a tile along the Hilbert curves of all zooms, which
 * is how PMTiles v3 orders and names tiles (specification, section 4.1): tile
 * 0/0/0 is 0, then come the four of zoom 1, the sixteen of zoom 2 ...
 * Neighbours on the curve are neighbours on the map.
 */
#ifndef TILES_HILBERT_H
#define TILES_HILBERT_H

#include <stdint.h>

struct tile_address {
    int z;
    int x;
    int y; /* from the north */
};

/* The tile must exist (tile_grid_is_valid). */
uint64_t tile_hilbert_id(struct tile_address tile);

/* tile_hilbert_address is the inverse, for ids of zooms 0 to 20. */
struct tile_address tile_hilbert_address(uint64_t id);

#endif
