/* swap.h - more examples out of those there are: each element of a text may be
 * replaced by one with the same label from another text. */
#ifndef TESTS_ACCURACY_MODEL_SWAP_H
#define TESTS_ACCURACY_MODEL_SWAP_H

#include "tests/accuracy/model/corpus.h"

/* swap_make adds `copies` variants of every text that is not held out to `out`;
 * an element is replaced with the chance given, a `redundant` one never. A
 * variant whose elements do not stay apart (digits beside digits) is left out,
 * as is one in which nothing was replaced. */
void swap_make(const struct corpus *corpus, int copies, double chance,
               struct corpus *out);

#endif
