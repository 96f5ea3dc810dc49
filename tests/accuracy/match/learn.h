/* learn.h - learns the parts of the judge from pairs, and answers with them.
 *
 * Parts, one on the other: weights of cues; boosted trees over the
 * features and the scores of the cues, which for a pair come from weights that
 * did not learn from it; and trees that tell which of two texts is the asked
 * one, so that (a, b) and (b, a) get one answer. For lists of candidates, other
 * trees in place of the two (lists.h).
 */
#ifndef TESTS_ACCURACY_MATCH_LEARN_H
#define TESTS_ACCURACY_MATCH_LEARN_H

#include "tests/accuracy/match/boost.h"
#include "tests/accuracy/match/linear.h"
#include "tests/accuracy/match/pairs.h"

/* The features and cues of all pairs: row i is the pair (a, b), row i + pairs
 * is (b, a). */
struct table {
    const struct pairs *pairs;
    float *values; /* rows * features; the last three are the cues' scores */
    struct linear_row *cues;
    int rows;
    int features;
};

struct learn_options {
    struct boost_options trees;
    struct boost_options order;
    struct boost_options lists;
};

extern const struct learn_options LEARN_OPTIONS;

struct learned {
    struct linear_weight *cues;
    struct boost_model *trees;
    struct boost_model *order;
    struct boost_model *lists;
};

/* learn_table reads the features and cues; sides must be weighed. */
void learn_table(const struct pairs *pairs,
                 const struct gaz_knowledge *knowledge, struct table *out);

/* learn_judge learns from the pairs `in`. */
void learn_judge(struct table *table, const int *in, int count,
                 const struct learn_options *options, struct learned *out);
void learn_free(struct learned *learned);

/* learn_answer gives the log probabilities of the labels of a pair. */
void learn_answer(const struct learned *learned, struct table *table, int pair,
                  float scores[GAZ_MATCH_CLASSES]);

/* learn_set_scores makes what the cues say the last features of a row. */
void learn_set_scores(struct table *table, const struct linear_weight *weights,
                      int row);

/* learn_values returns the features of a row. */
static inline float *learn_values(const struct table *table, int row)
{
    return table->values + (size_t)row * (size_t)table->features;
}

#endif
