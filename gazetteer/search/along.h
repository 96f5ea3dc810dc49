/* along.h - a position between two numbers, along the road that they stand on.
 *
 * The axis is a road line of the snapshot with the road's name that both
 * numbers stand beside. Numbers of one parity stand on one side, so the
 * distance from the axis is kept, sign and all; the sign is another when the
 * road's record says on which side the number stands (model/numbering.h).
 */
#ifndef GAZ_SEARCH_ALONG_H
#define GAZ_SEARCH_ALONG_H

#include "gazetteer/index/snapshot.h"

/* How far a number may stand from the axis of its road. */
#define GAZ_ALONG_BESIDE_M 80.0

/* Two numbers of a road and what lies between them; numbers grow from `a` to
 * `b`. */
struct gaz_along_ask {
    uint32_t road; /* place index: gives the name of the line */
    struct gaz_coord a;
    struct gaz_coord b;
    bool a_is_end;    /* a is an end of the line, where no number stands */
    bool are_alike;   /* a and b are of the number's own parity */
    double part;      /* of the way from a to b, 0 to 1 */
    gaz_bearing side; /* where the number stands; NONE: where a and b do */
};

/* What was found on the way. */
struct gaz_along_spot {
    struct gaz_coord at;
    double length_m; /* of the way from a to b */
    bool by_side;    /* ask->side could be told from the line and was kept */
    bool at_odds;    /* numbers alike stand on another side, which was kept */
};

/* gaz_along_between finds the position along the road. False when no line of
 * the road's name runs beside both numbers. */
bool gaz_along_between(const struct gaz_snapshot *snap,
                       const struct gaz_along_ask *ask,
                       struct gaz_along_spot *out);

/* gaz_along_start gives the end of the road's line that lies towards `start`, a
 * compass point, when the line runs beside `beside`. False when none does or
 * its ends lie across that direction. */
bool gaz_along_start(const struct gaz_snapshot *snap, uint32_t road,
                     gaz_bearing start, struct gaz_coord beside,
                     struct gaz_coord *out);

/* gaz_along_crossing gives the point where two roads meet: where their lines
 * cross, or where they come within 30 m of each other (the middle then), and
 * *gap_m, how far apart they are there. False when no lines of these names are
 * known or they do not meet. */
bool gaz_along_crossing(const struct gaz_snapshot *snap, uint32_t road,
                        uint32_t other, struct gaz_coord *out, double *gap_m);

#endif
