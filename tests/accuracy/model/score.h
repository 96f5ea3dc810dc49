/* score.h - counts exact elements, in total and by label. */
#ifndef TESTS_ACCURACY_MODEL_SCORE_H
#define TESTS_ACCURACY_MODEL_SCORE_H

#include <stdint.h>

#include "gazetteer/model/address.h"

struct score {
    int right[GAZ_ELEMENT_LABELS];
    int found[GAZ_ELEMENT_LABELS];
    int wanted[GAZ_ELEMENT_LABELS];
    int texts;
    int exact; /* texts with every element right */
};

/* score_add compares two lists of elements: label, start and end count. */
void score_add(struct score *score, const struct gaz_elements *got,
               const struct gaz_elements *want);

/* score_add_tags compares tags of tokens. */
void score_add_tags(struct score *score, const uint8_t *got,
                    const uint8_t *want, int tokens);

/* score_f1 returns the F1 over all elements. */
double score_f1(const struct score *score);

/* score_print prints a line a label, then the total. */
void score_print(const struct score *score);

#endif
