/* texts.h - all that is learned from, for teach.c and train.c. */
#ifndef TESTS_ACCURACY_MODEL_TEXTS_H
#define TESTS_ACCURACY_MODEL_TEXTS_H

#include "tests/accuracy/model/corpus.h"
#include "tests/accuracy/model/net.h"

/* A text that is held out is in `held_out` and nowhere else. */
struct texts {
    struct names *names;
    struct corpus gold;  /* parse21 */
    struct corpus other; /* parse17 */
    struct corpus more;  /* the other two, and not in parse21: no labels */
    struct vocabulary vocabulary;
    struct lesson **lessons; /* of gold and other, with their labels */
    int lesson_count;
    struct lesson **plain; /* of more */
    struct lesson **held_out;
    int held_out_count;
};

/* texts_read reads the four corpora; stops the program when one is missing. */
void texts_read(struct texts *texts, const char *divisions, const char *parse21,
                const char *parse17, const char *match3);

/* texts_train makes a network and teaches it `lessons`; rows begin from all
 * texts. */
struct net *texts_train(const struct texts *texts, struct net_options options,
                        struct lesson *const *lessons, int count);

/* texts_f1 measures a labelling of the held-out texts, made by `label`. */
typedef void texts_label(void *with, const struct lesson *lesson,
                         uint8_t *tags);
double texts_f1(const struct texts *texts, texts_label *label, void *with);

#endif
