/* chain.h - sums and best paths over a chain of tags. */
#ifndef TESTS_ACCURACY_MODEL_CHAIN_H
#define TESTS_ACCURACY_MODEL_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/standardise/model_features.h"

enum { CHAIN_TAGS = 48 };

typedef float chain_row[CHAIN_TAGS];

/* An inside tag (odd) follows a tag of its own label only, and never begins. */
static inline bool chain_allows(int before, int tag)
{
    return !(tag & 1) || before / 2 == tag / 2;
}

/* chain_best writes the tags of the best path. */
void chain_best(int tags, chain_row *transitions, int tokens,
                chain_row *emissions, uint8_t *out);

/* chain_marginals writes the probability of each tag at each token. When
 * `pairs` is given, the expected count of each pair of tags is added to it. */
void chain_marginals(int tags, chain_row *transitions, int tokens,
                     chain_row *emissions, chain_row *out, chain_row *pairs);

#endif
