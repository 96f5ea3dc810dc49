/* score.h - how well labels are told: confusion, F1 of each class, their mean.
 */
#ifndef TESTS_ACCURACY_MATCH_SCORE_H
#define TESTS_ACCURACY_MATCH_SCORE_H

#include "gazetteer/match/trees.h"

struct score {
    int told[GAZ_MATCH_CLASSES][GAZ_MATCH_CLASSES]; /* [truth][answer] */
};

double score_f1(const struct score *score, int class);
double score_macro(const struct score *score);
void score_print(const struct score *score, const char *title);

/* score_label gives the class of the greatest log probability plus offset. */
int score_label(const float *scores, const float *offsets);

/* score_tune finds offsets (the middle class has 0) that make macro F1 greatest
 * on `rows` rows of scores. */
void score_tune(const float *scores, const int *labels, int rows,
                float offsets[GAZ_MATCH_CLASSES]);

#endif
