/* pairs.h - the labelled pairs the judge of addresses learns from.
 *
 * Lines `query TAB candidate TAB label`. A query with all its candidates is
 * held out when the hash of its text, with the seed, ends in the digit 0.
 */
#ifndef TESTS_ACCURACY_MATCH_PAIRS_H
#define TESTS_ACCURACY_MATCH_PAIRS_H

#include <stdbool.h>

#include "gazetteer/match/match_weights.h"

enum { PAIRS_FOLDS = 5, PAIRS_INNER_FOLDS = 5, PAIRS_SEED = 20261124 };

struct pair_row {
    const char *a;
    const char *b;
    int label;
    bool held_out;
    int fold;               /* 0 to PAIRS_FOLDS - 1 */
    int inner;              /* another cut, 0 to PAIRS_INNER_FOLDS - 1 */
    struct gaz_side *sides; /* two; NULL: not cut */
};

struct pairs {
    struct pair_row *items;
    int count;
    struct pairs_source *source; /* owns the texts and the sides */
};

/* pairs_read reads the file and cuts both texts of each line, unless
 * `model` is NULL; to be given to pairs_close. Stops the program when it
 * cannot be read. */
void pairs_read(struct pairs *pairs, const char *path,
                const struct gaz_model *model);
void pairs_close(struct pairs *pairs);

#endif
