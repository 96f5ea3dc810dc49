/* boost.h - learns gradient boosted trees over histograms of features.
 *
 * Softmax over GAZ_MATCH_CLASSES classes, one tree a class and round, grown
 * leaf by leaf by the greatest gain (Friedman 2001; histograms and leaf-wise
 * growth as in Ke et al., LightGBM, NeurIPS 2017). One thread, seeded.
 */
#ifndef TESTS_ACCURACY_MATCH_BOOST_H
#define TESTS_ACCURACY_MATCH_BOOST_H

#include <stddef.h>

#include "gazetteer/match/trees.h"

enum { BOOST_BINS = 64, BOOST_LEAVES_MAX = 64 };

struct boost_options {
    int rounds;
    int leaves;
    int min_rows;   /* in a leaf */
    double rate;    /* of learning */
    double l2;      /* on the value of a leaf */
    double columns; /* share of the features that a tree may use */
    double rows;    /* share of the rows that a tree learns from */
    uint64_t seed;
};

/* Rows of `features` values each, row after row. */
struct boost_data {
    const float *values;
    const int *labels;
    const float *weights;
    int rows;
    int features;
};

struct boost_model {
    struct gaz_tree_node *nodes;
    uint32_t *starts;
    uint32_t trees;
    uint32_t node_count;
    uint32_t node_room;
};

struct boost_model *boost_learn(const struct boost_data *data,
                                const struct boost_options *options);
void boost_free(struct boost_model *model);

/* boost_random draws a number below `below` (splitmix64). */
uint64_t boost_random(uint64_t *state, uint64_t below);

#endif
