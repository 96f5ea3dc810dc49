/* houses.h - what the addresses of two places say about them being one: a name
 * that was mistyped once has one address, beside the one of the same number
 * under the right name; of two roads both have many, far from each other. */
#ifndef GAZ_TWINS_HOUSES_H
#define GAZ_TWINS_HOUSES_H

#include "gazetteer/audit/corpus.h"

typedef enum {
    GAZ_HOUSES_MANY,   /* many addresses count in either */
    GAZ_HOUSES_FEW,    /* in one of the two but a few */
    GAZ_HOUSES_SHARED, /* and those stand where the other has that number */
    GAZ_HOUSES_APART,  /* and the other has those numbers elsewhere */
    GAZ_HOUSES_LISTED, /* positions unknown: the other has those numbers */
    GAZ_HOUSES_BARE,   /* many in one, in the other none */
    GAZ_HOUSES_NONE,   /* few or none in both, or one and the same place */
} gaz_houses;

/* gaz_houses_compare compares two places of a finished corpus (-1: no place).
 * Symmetric. */
gaz_houses gaz_houses_compare(const struct gaz_corpus *corpus, int a, int b);

/* gaz_houses_middle gives the middle of a place's addresses and how far they
 * reach from it; false: none has a position. */
bool gaz_houses_middle(const struct gaz_corpus *corpus, int place,
                       struct gaz_coord *middle, double *reach_m);

/* gaz_houses_nearest_m is how far `at` is from the nearest of a place's
 * addresses; -1: none has a position. *accuracy_m is that address'. */
double gaz_houses_nearest_m(const struct gaz_corpus *corpus, int place,
                            struct gaz_coord at, double *accuracy_m);

/* gaz_houses_is_placed is true for a position that tells where the thing itself
 * is; gaz_houses_accuracy is its accuracy, as assumed where nothing is said. */
bool gaz_houses_is_placed(const struct gaz_position *position);
double gaz_houses_accuracy(const struct gaz_position *position);

#endif
