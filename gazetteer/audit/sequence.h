/* sequence.h - numbers along a line: which stand out of order. Pure. */
#ifndef GAZ_AUDIT_SEQUENCE_H
#define GAZ_AUDIT_SEQUENCE_H

#include <stdbool.h>

#include "gazetteer/base/arena.h"

/* gaz_sequence_keep marks a longest subsequence of `values` that never falls
 * (or never rises, when that one is longer): keep[i] is true for its members.
 * O(n log n) (patience sorting). Returns its length. */
int gaz_sequence_keep(struct gaz_arena *arena, const double *values, int count,
                      bool *keep);

#endif
