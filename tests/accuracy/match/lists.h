/* lists.h - learning and asking with the candidates of a query as a list.
 *
 * Adjacent pairs with the same query are a list. It is learned from whole, and
 * once more with some candidates left out at random, so that a list of any
 * length can be judged.
 */
#ifndef TESTS_ACCURACY_MATCH_LISTS_H
#define TESTS_ACCURACY_MATCH_LISTS_H

#include "gazetteer/match/features_list.h"
#include "tests/accuracy/match/learn.h"

enum { LISTS_MAX = 64 }; /* candidates; as gaz_judge_list */

/* lists_take copies the rows of the lists among the pairs `in` (ascending),
 * with their features in the list. Lists of one are left out. */
void lists_take(const struct table *table, const int *in, int count,
                uint64_t seed, struct boost_data *out);

/* lists_end returns where the list that begins at in[from] ends. */
int lists_end(const struct pairs *pairs, const int *in, int count, int from);

/* lists_answer gives the log probabilities of the labels of each pair of a
 * list, which learn_answer gives when it is of one. */
void lists_answer(const struct learned *learned, struct table *table,
                  const int *list, int count,
                  float (*scores)[GAZ_MATCH_CLASSES]);

#endif
