/* centre.h - where the name of an area stands: deep inside of it.
 *
 * The point with the greatest distance from the outline (the "pole of
 * inaccessibility"), found by halving squares that can still hold a better one;
 * a simpler form of Vladimir Agafonkin's method. To about 1 % of the size.
 */
#ifndef TILES_CENTRE_H
#define TILES_CENTRE_H

#include "tiles/feature.h"

/* tile_centre_find looks at closed rings (even-odd). Same rings, same point. */
struct tile_point tile_centre_find(const struct tile_point *points,
                                   const struct tile_ring *rings,
                                   uint32_t ring_count);

#endif
