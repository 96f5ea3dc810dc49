/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/sequence.h"

#include <string.h>

/* The piles of patience sorting: tops[k] ends the best run of length k + 1. */
static int longest(struct gaz_arena *arena, const double *values, int count,
                   double sign, bool *keep)
{
    size_t size = (size_t)count + 1;
    int *tops = gaz_arena_array(arena, size, sizeof(*tops));
    int *before = gaz_arena_array(arena, size, sizeof(*before));
    int piles = 0;
    for (int i = 0; i < count; i++) {
        int low = 0;
        int high = piles;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (sign * values[tops[middle]] <= sign * values[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low > 0 ? tops[low - 1] : -1;
        tops[low] = i;
        if (low == piles)
            piles++;
    }
    for (int i = 0; i < count; i++)
        keep[i] = false;
    for (int i = piles > 0 ? tops[piles - 1] : -1; i >= 0; i = before[i])
        keep[i] = true;
    return piles;
}

int gaz_sequence_keep(struct gaz_arena *arena, const double *values, int count,
                      bool *keep)
{
    if (count <= 0)
        return 0;
    bool *falling = gaz_arena_array(arena, (size_t)count, sizeof(*falling));
    int up = longest(arena, values, count, 1, keep);
    int down = longest(arena, values, count, -1, falling);
    if (down > up)
        memcpy(keep, falling, (size_t)count * sizeof(*keep));
    return down > up ? down : up;
}
