/* divisions.h - which divisions a name may mean, to see whether two agree.
 *
 * A table of (hash of the name, code), sorted: 鼓楼区 has the codes of five
 * counties. A code has 2, 4, 6 or 9 digits and is kept as nine, filled with
 * zeros. Two names agree when a code of one begins with a code of the other.
 */
#ifndef GAZ_MATCH_DIVISIONS_H
#define GAZ_MATCH_DIVISIONS_H

#include "gazetteer/match/side.h"

struct gaz_division {
    uint32_t hash;
    uint32_t code;
};

struct gaz_divisions {
    const struct gaz_division *items; /* sorted by hash, then code */
    uint32_t count;
};

/* What the division names of two sides say of each other. */
struct gaz_agreement {
    int depth;      /* digits that both may share: 0, 2, 4, 6, 9; -1 unknown */
    int conflicts;  /* pairs of names that no place has both of */
    int agreements; /* pairs of names that some place has both of */
    int levels[2];  /* digits of the finest code of a and of b, 0: none */
};

uint32_t gaz_divisions_hash(const uint32_t *tokens, int count);

void gaz_divisions_compare(const struct gaz_divisions *table,
                           const struct gaz_side *a, const struct gaz_side *b,
                           struct gaz_agreement *out);

#endif
