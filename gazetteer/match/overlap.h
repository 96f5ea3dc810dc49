/* overlap.h - what two sequences of tokens have in common.
 *
 * Pure; no allocation. Sequences are at most GAZ_SIDE_TOKENS long.
 */
#ifndef GAZ_MATCH_OVERLAP_H
#define GAZ_MATCH_OVERLAP_H

#include "gazetteer/match/side.h"

/* A stretch of tokens of a side. */
struct gaz_span {
    const uint32_t *tokens;
    const float *weights;
    int count;
};

/* For each token of two sides, the longest common run that covers it. */
struct gaz_overlap {
    uint8_t run_a[GAZ_SIDE_TOKENS];
    uint8_t run_b[GAZ_SIDE_TOKENS];
    int longest;       /* longest common run, tokens */
    int longest_end_a; /* one past its last token in a */
    int longest_end_b;
    int subsequence; /* longest common subsequence */
    int edits;       /* insertions, deletions, replacements */
    /* gaz_overlap_dice of part i of a and part j of b. */
    float likeness[GAZ_SIDE_PARTS][GAZ_SIDE_PARTS];
};

/* gaz_overlap_read fills all; the sides are weighed (rarity.h). */
void gaz_overlap_read(const struct gaz_side *a, const struct gaz_side *b,
                      struct gaz_overlap *out);

/* gaz_overlap_runs fills run_a, run_b and the longest run; the rest is as it
 * was. */
void gaz_overlap_runs(const struct gaz_side *a, const struct gaz_side *b,
                      struct gaz_overlap *out);

/* gaz_overlap_turn gives the overlap of (b, a) from that of (a, b). */
void gaz_overlap_turn(const struct gaz_side *a, const struct gaz_side *b,
                      const struct gaz_overlap *overlap,
                      struct gaz_overlap *out);

/* gaz_overlap_dice compares two spans: twice the weight of what both have over
 * the weight of both, tokens and pairs of neighbours; 0 to 1. */
float gaz_overlap_dice(struct gaz_span a, struct gaz_span b);

/* gaz_overlap_contains is true when b occurs in a, token for token. */
bool gaz_overlap_contains(struct gaz_span a, struct gaz_span b);

/* gaz_overlap_part gives the span of a part, gaz_overlap_whole of a side. */
struct gaz_span gaz_overlap_part(const struct gaz_side *side, int part);
struct gaz_span gaz_overlap_whole(const struct gaz_side *side);

#endif
