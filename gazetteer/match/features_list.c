/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/features_list.h"

#include <math.h>

#include "gazetteer/match/side.h"

/* Of a slot (GAZ_SLOT_...): see put_slots of features.c. */
#define COVER_A(slot) (GAZ_FEATURE_SLOTS + (slot)*GAZ_FEATURE_SLOT_VALUES + 2)
#define COVER_B(slot) (COVER_A(slot) + 1)
#define DICE(slot) (COVER_A(slot) + 2)
#define MISSING_A(slot) (COVER_A(slot) + 3)
#define MISSING_B(slot) (COVER_A(slot) + 4)

/* The keys; below 0: counted from the end, where the cues' scores stand. */
static const int KEYS[GAZ_LIST_KEYS] = {
    -3,
    -2,
    -1,
    GAZ_FEATURE_SHARE_A,
    GAZ_FEATURE_SHARE_B,
    GAZ_FEATURE_COMMON,
    GAZ_FEATURE_LACKING_A,
    GAZ_FEATURE_LACKING_B,
    GAZ_FEATURE_LONGEST,
    GAZ_FEATURE_LONGEST_RARITY,
    GAZ_FEATURE_SUBSEQUENCE,
    GAZ_FEATURE_EDITS,
    GAZ_FEATURE_DICE,
    GAZ_FEATURE_RAREST_COMMON,
    GAZ_FEATURE_RAREST_LACKING,
    GAZ_FEATURE_CONFLICTS,
    COVER_A(GAZ_SLOT_ROAD),
    COVER_A(GAZ_SLOT_ROADNO),
    COVER_A(GAZ_SLOT_POI),
    COVER_B(GAZ_SLOT_POI),
    DICE(GAZ_SLOT_POI),
    MISSING_A(GAZ_SLOT_POI),
    MISSING_B(GAZ_SLOT_POI),
    COVER_A(GAZ_SLOT_HOUSE),
};

void gaz_features_list(const float *const rows[], int count, int features,
                       int which, float *out)
{
    for (int k = 0; k < GAZ_LIST_KEYS; k++) {
        int at = KEYS[k] < 0 ? features + KEYS[k] : KEYS[k];
        float own = rows[which][at];
        float best = -INFINITY;
        int above = 0;
        for (int i = 0; i < count; i++) {
            if (i == which)
                continue;
            best = fmaxf(best, rows[i][at]);
            above += rows[i][at] > own ? 1 : 0;
        }
        *out++ = own - best;
        *out++ = (float)above;
    }
}
