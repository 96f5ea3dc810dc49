/* along.h - a position between two numbers, along the road that they stand on.
 *
 * The axis is a road line of the snapshot with the road's name that both
 * numbers stand beside. Numbers of one parity stand on one side, so the
 * distance from the axis is kept, sign and all.
 */
#ifndef GAZ_SEARCH_ALONG_H
#define GAZ_SEARCH_ALONG_H

#include "gazetteer/index/snapshot.h"

/* How far a number may stand from the axis of its road. */
#define GAZ_ALONG_BESIDE_M 80.0

/* gaz_along_between gives the position at `part` (0 to 1) of the way from `a`
 * to `b` along the road named as `road` is, and *length_m, the way between
 * them. False when no line of that name runs beside both. */
bool gaz_along_between(const struct gaz_snapshot *snap, uint32_t road,
                       struct gaz_coord a, struct gaz_coord b, double part,
                       struct gaz_coord *out, double *length_m);

/* gaz_along_crossing gives the point where two roads meet: where their lines
 * cross, or where they come within 30 m of each other (the middle then), and
 * *gap_m, how far apart they are there. False when no lines of these names are
 * known or they do not meet. */
bool gaz_along_crossing(const struct gaz_snapshot *snap, uint32_t road,
                        uint32_t other, struct gaz_coord *out, double *gap_m);

#endif
