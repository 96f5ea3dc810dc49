/* linear.h - learns the weights of cues: softmax regression, AdaGrad. */
#ifndef TESTS_ACCURACY_MATCH_LINEAR_H
#define TESTS_ACCURACY_MATCH_LINEAR_H

#include "gazetteer/match/cues.h"
#include "gazetteer/match/trees.h"

struct linear_row {
    const uint32_t *cues;
    int count;
    int label;
};

/* Weights of a slot stand together. */
struct linear_weight {
    float of[GAZ_MATCH_CLASSES];
};

/* linear_learn returns GAZ_CUE_SLOTS rows of weights, for gaz_free. */
struct linear_weight *linear_learn(const struct linear_row *rows, const int *in,
                                   int count, uint64_t seed);

/* linear_score adds the weights of the cues. */
void linear_score(const struct linear_weight *weights,
                  const struct linear_row *row,
                  float scores[GAZ_MATCH_CLASSES]);

#endif
