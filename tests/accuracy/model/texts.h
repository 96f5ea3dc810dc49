/* texts.h - all that is learned from, for train.c. */
#ifndef TESTS_ACCURACY_MODEL_TEXTS_H
#define TESTS_ACCURACY_MODEL_TEXTS_H

#include "tests/accuracy/model/corpus.h"
#include "tests/accuracy/model/net.h"

/* A text that is held out is in `held_out` and nowhere else. */
struct texts {
    struct names *names;
    struct corpus gold;    /* parse21 */
    struct corpus other;   /* parse17 */
    struct corpus more;    /* the other two, and not in parse21: no labels */
    struct corpus swapped; /* variants of gold (swap.h) */
    struct vocabulary vocabulary;
    struct lesson **lessons; /* of gold, other, swapped: with labels */
    int lesson_count;
    int real_count;        /* of them, the first ones: not swapped */
    struct lesson **plain; /* of more */
    struct lesson **held_out;
    int held_out_count;
};

struct texts_swaps {
    int copies; /* of each text of gold */
    double chance;
    float weight;
};

/* texts_read reads the names and the three corpora; stops the program when one
 * is missing. */
void texts_read(struct texts *texts, const char *divisions, const char *parse21,
                const char *parse17, const char *match3,
                const struct texts_swaps *swaps);

/* texts_train makes a network and teaches it. */
struct net *texts_train(const struct texts *texts, struct net_options options);

/* texts_f1 measures the labelling of the held-out texts. */
double texts_f1(const struct texts *texts, struct net *net);

#endif
