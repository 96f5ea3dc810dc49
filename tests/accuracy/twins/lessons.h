/* lessons.h - pairs with their cues and whether they are one. */
#ifndef TESTS_ACCURACY_TWINS_LESSONS_H
#define TESTS_ACCURACY_TWINS_LESSONS_H

#include "gazetteer/twins/scale.h"

/* Pairs of the same cues are one lesson: what counts is how many there were. */
struct lesson {
    int of[GAZ_GROUPS];
    int from_text; /* 1: of match3.tsv, where most pairs are two */
    double one;    /* pairs that are one, by weight */
    double two;
};

struct lessons {
    struct lesson *items;
    int count;
    int capacity;
    int *slots; /* open addressing: index of a lesson, from 1 */
};

void lessons_open(struct lessons *lessons);
void lessons_close(struct lessons *lessons);
void lessons_add(struct lessons *lessons, const struct gaz_cues *cues,
                 bool is_one, double weight, bool from_text);

/* lessons_add_city makes a city of tests/bench/doubles.h and adds what its
 * finders bring together, for both kinds. False: printed why. */
bool lessons_add_city(struct lessons lessons[GAZ_TWINS_KINDS], uint64_t seed,
                      uint32_t addresses, const struct gaz_scale *scale);

/* lessons_add_known adds what blocking never brings together, so that no city
 * teaches it: other names are two, however near; and so are siblings, of which
 * a city has few that are near. */
void lessons_add_known(struct lessons *lessons);

/* lessons_add_pairs adds the pairs of match3.tsv (README.md) whose query is not
 * held out, or those that are: label 2 is one, 0 and 1 are two. False: the file
 * cannot be read. */
bool lessons_add_pairs(struct lessons *lessons, const char *path, bool held_out,
                       double weight);

#endif
