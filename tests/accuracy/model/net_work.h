/* net_work.h - what a pass through the network leaves, for net*.c. */
#ifndef TESTS_ACCURACY_MODEL_NET_WORK_H
#define TESTS_ACCURACY_MODEL_NET_WORK_H

#include "tests/accuracy/model/net.h"

enum {
    NET_BATCH = 8,
    NET_PAD = GAZ_MODEL_SPREAD_MAX,
    NET_ROWS = NET_BATCH * (GAZ_MODEL_TOKENS + NET_PAD) + NET_PAD
};

/* A few texts, one below the other with rows of zeros between. */
struct net_batch {
    struct lesson *const *lessons;
    int count;
    int first[NET_BATCH]; /* row of a lesson's first token */
    int rows;
};

struct net_work {
    float *inputs; /* [NET_ROWS][inputs] */
    float *input_mask;
    float *input_gradient;
    float *sums[NET_LAYERS];   /* [NET_ROWS][hidden] before rectifying */
    float *hidden[NET_LAYERS]; /* and after, with the layer before */
    float *mask[NET_LAYERS];
    float *gradient;     /* of hidden */
    float *sum_gradient; /* of sums */
    float *turned;
    chain_row scores[GAZ_MODEL_TOKENS];
    chain_row marginals[GAZ_MODEL_TOKENS];
};

struct net_batch net_batch_make(struct lesson *const *lessons, int count);

/* net_forward runs all layers but the last; `learning`: with dropout. */
void net_forward(struct net *net, const struct net_batch *batch, bool learning);

/* net_last runs the last layer for the k-th lesson of a batch. */
void net_last(struct net *net, const struct net_batch *batch, int k, int scheme,
              chain_row *out);

/* The values of `row` in a matrix of rows that are `width` wide. */
static inline float *net_row(float *values, int row, int width)
{
    return values + (ptrdiff_t)row * width;
}

#endif
