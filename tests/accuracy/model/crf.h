/* crf.h - trains a linear-chain conditional random field.
 *
 * AdaGrad over single texts, a share of the features left out at random each
 * time (dropout), weights averaged over the last two thirds of the epochs.
 * The same options and texts give the same weights.
 */
#ifndef TESTS_ACCURACY_MODEL_CRF_H
#define TESTS_ACCURACY_MODEL_CRF_H

#include "tests/accuracy/model/chain.h"

struct sequence {
    int tokens;
    int *begin;    /* tokens + 1: where the features of a token begin */
    uint32_t *ids; /* features, see intern.h */
    uint8_t *tags; /* what is to be learned */
    float *offset; /* tokens * CHAIN_TAGS scores to start from, or NULL */
    float weight;
};

struct crf_options {
    int tags;        /* at most CHAIN_TAGS */
    int epochs;      /* 6 to 9 */
    uint32_t cutoff; /* features seen less often are left out */
    float rate;      /* of learning, 0.1 */
    float decay;     /* L2, 1e-5 */
    float dropout;   /* share of features left out, 0.3 */
    uint32_t seed;
};

struct crf {
    int tags;
    uint32_t features; /* ids below this are known to rows */
    uint32_t *rows;    /* of a feature: 1 + row, 0: none */
    uint32_t count;    /* rows */
    float *weights;    /* count * tags */
    chain_row transitions[CHAIN_TAGS];
};

/* crf_train learns from `count` sequences whose ids are below `features`. */
struct crf *crf_train(struct sequence *const *sequences, int count,
                      uint32_t features, const struct crf_options *options);

void crf_close(struct crf *crf);

/* crf_emissions writes the score of each tag at each token. */
void crf_emissions(const struct crf *crf, const struct sequence *sequence,
                   chain_row *out);

/* crf_label writes the best tags. */
void crf_label(struct crf *crf, const struct sequence *sequence, uint8_t *out);

#endif
