/* earlier.h - features of a labelling that another model made before. */
#ifndef TESTS_ACCURACY_MODEL_EARLIER_H
#define TESTS_ACCURACY_MODEL_EARLIER_H

#include "gazetteer/standardise/model_features.h"

/* earlier_features writes the keys of token i that speak of the labelling.
 * `pass` keeps labellings apart (from 1). Returns how many. */
int earlier_features(const struct gaz_model_text *text,
                     const struct gaz_model_chunks *chunks, int i,
                     uint32_t pass, uint64_t keys[GAZ_MODEL_FEATURES]);

#endif
