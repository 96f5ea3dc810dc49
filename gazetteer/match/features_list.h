/* features_list.h - what the trees see of a pair among the other candidates.
 *
 * For some of the features of the pair (features.h): how far it is from the
 * best of the others, and how many others are above it. The order of the list
 * does not enter.
 */
#ifndef GAZ_MATCH_FEATURES_LIST_H
#define GAZ_MATCH_FEATURES_LIST_H

#include "gazetteer/match/features.h"

enum {
    GAZ_LIST_KEYS = 24,
    GAZ_LIST_FEATURES = GAZ_LIST_KEYS * 2,
    GAZ_LIST_ROW = GAZ_FEATURES + GAZ_LIST_FEATURES, /* room for both */
};

/* gaz_features_list writes GAZ_LIST_FEATURES values of rows[which]. Rows are
 * those of gaz_features_read, the asked address as a; `features` is what it
 * returned. `count` is at least 2. */
void gaz_features_list(const float *const rows[], int count, int features,
                       int which, float *out);

#endif
