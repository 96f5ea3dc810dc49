/* features.h - what the trees see of a pair of addresses.
 *
 * Directed: a is what was asked, b what was found; gaz_features_read(b, a)
 * gives the same kinds with the roles changed. All values are finite; -1 says
 * that there was nothing to compare.
 */
#ifndef GAZ_MATCH_FEATURES_H
#define GAZ_MATCH_FEATURES_H

#include "gazetteer/match/cues.h"
#include "gazetteer/match/divisions.h"
#include "gazetteer/match/trees.h"

enum { GAZ_FEATURES = 384 }; /* room; gaz_features_read returns how many */

/* Where some features stand that a list looks at (features_list.h). */
enum {
    GAZ_FEATURE_SHARE_A = 2, /* of the words of a, by rarity, that b has */
    GAZ_FEATURE_SHARE_B = 3,
    GAZ_FEATURE_COMMON = 4, /* rarity in sum: in both, only in a, only in b */
    GAZ_FEATURE_LACKING_A = 5,
    GAZ_FEATURE_LACKING_B = 6,
    GAZ_FEATURE_LONGEST = 7, /* common run */
    GAZ_FEATURE_LONGEST_RARITY = 9,
    GAZ_FEATURE_SUBSEQUENCE = 11, /* share of the longer text */
    GAZ_FEATURE_EDITS = 12,
    GAZ_FEATURE_DICE = 13,
    GAZ_FEATURE_RAREST_COMMON = 14,
    GAZ_FEATURE_RAREST_LACKING = 15,
    GAZ_FEATURE_CONFLICTS = 21, /* of divisions */
    GAZ_FEATURE_SLOTS = 25,     /* GAZ_FEATURE_SLOT_VALUES each slot */
    GAZ_FEATURE_SLOT_VALUES = 7,
};

/* What the weights know of names. */
struct gaz_knowledge {
    const uint8_t *rarity;  /* GAZ_RARITY_SIZE */
    const uint16_t *sounds; /* GAZ_SOUND_COUNT (sounds.h) */
    struct gaz_divisions divisions;
    /* A row of weights a slot of the cues; NULL: their scores are 0. */
    const struct gaz_cue_weight *cues;
};

/* How two sides overlap, in their characters and by sound. */
struct gaz_overlaps {
    struct gaz_overlap written;
    struct gaz_overlap heard; /* the runs only */
};

/* gaz_features_compare finds the overlaps; gaz_features_turn gives those of
 * (b, a). Both sides must have been weighed (rarity.h). */
void gaz_features_compare(const struct gaz_knowledge *knowledge,
                          const struct gaz_side *a, const struct gaz_side *b,
                          struct gaz_overlaps *out);
void gaz_features_turn(const struct gaz_side *a, const struct gaz_side *b,
                       const struct gaz_overlaps *overlaps,
                       struct gaz_overlaps *out);

/* gaz_features_read writes the features and returns their number, the same for
 * every pair; the last GAZ_MATCH_CLASSES are the scores of the cues. */
int gaz_features_read(const struct gaz_knowledge *knowledge,
                      const struct gaz_side *a, const struct gaz_side *b,
                      const struct gaz_overlaps *overlaps,
                      float out[GAZ_FEATURES]);

#endif
