/* net.h - the network of the element model, in floating point.
 *
 * Rows of three tables side by side (character, pair, sum of the signs), three
 * convolutions over the tokens (GAZ_MODEL_SHAPES), rectified, each but the
 * first added to what it came from, and a last layer to scores of tags; a chain
 * over the tags. The two schemes of labels share all but the last layer and the
 * chain.
 */
#ifndef TESTS_ACCURACY_MODEL_NET_H
#define TESTS_ACCURACY_MODEL_NET_H

#include "tests/accuracy/model/chain.h"
#include "tests/accuracy/model/lesson.h"
#include "tests/accuracy/model/weights.h"

enum { NET_SCHEMES = 2, NET_LAYERS = GAZ_MODEL_LAYERS - 1 };

struct net_options {
    int tags[NET_SCHEMES];
    int widths[GAZ_MODEL_TABLES]; /* the first two are the same */
    int hidden;                   /* a multiple of 16, as are the widths */
    int reading_epochs;           /* over all texts, without labels */
    int epochs;
    float rate;
    float input_dropout;
    float dropout;
    uint32_t seed;
};

struct net_work;

struct net {
    struct net_options options;
    int inputs; /* sum of the widths */
    struct weights tables[GAZ_MODEL_TABLES];
    struct weights layers[NET_LAYERS]; /* [tap][input][output] */
    struct weights biases[NET_LAYERS];
    struct weights last[NET_SCHEMES]; /* [hidden][tag] */
    struct weights last_biases[NET_SCHEMES];
    struct weights transitions[NET_SCHEMES];
    struct net_work *work;
    uint32_t random;
};

struct net *net_open(const struct vocabulary *vocabulary,
                     const struct net_options *options);
void net_close(struct net *net);

/* net_read learns rows of characters and pairs from texts without labels, so
 * that those that stand in like places are alike. */
void net_read(struct net *net, struct lesson *const *lessons, int count);

/* net_learn learns the labels. The result is the average over the last third
 * of the epochs. The same options and lessons give the same weights. */
void net_learn(struct net *net, struct lesson *const *lessons, int count);

/* net_scores writes the score of each tag at each token. */
void net_scores(struct net *net, const struct lesson *lesson, int scheme,
                chain_row *out);

/* net_label writes the best tags. */
void net_label(struct net *net, const struct lesson *lesson, uint8_t *tags);

/* net_transitions returns the scores of pairs of tags. */
chain_row *net_transitions(const struct net *net, int scheme);

#endif
