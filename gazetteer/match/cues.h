/* cues.h - sparse signs of a pair: which words agree, and which do not.
 *
 * Each cue is a slot of a table of learned weights, one for each class. They
 * tell what a number cannot: that 东门, which one side lacks, is a part of the
 * same site, and 家属院 another site.
 */
#ifndef GAZ_MATCH_CUES_H
#define GAZ_MATCH_CUES_H

#include "gazetteer/match/overlap.h"
#include "gazetteer/match/trees.h"

enum { GAZ_CUES_MAX = 768, GAZ_CUE_SLOTS = 1 << 17 };

/* Steps of a stored weight in 1.0. */
#define GAZ_CUE_STEPS 64.0f

struct gaz_cue_weight {
    int8_t of[GAZ_MATCH_CLASSES];
};

/* gaz_cues_read lists the cues of a pair; returns how many. */
int gaz_cues_read(const struct gaz_side *a, const struct gaz_side *b,
                  const struct gaz_overlap *overlap,
                  uint32_t out[GAZ_CUES_MAX]);

#endif
