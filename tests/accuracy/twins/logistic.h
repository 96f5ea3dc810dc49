/* logistic.h - weights of cues by logistic regression, Newton's method.
 *
 * A cue of name and position has three parts: of the name, of the position, and
 * of both together; the last is held back most, so that a combination that was
 * seldom seen is what its parts say. */
#ifndef TESTS_ACCURACY_TWINS_LOGISTIC_H
#define TESTS_ACCURACY_TWINS_LOGISTIC_H

#include "tests/accuracy/twins/lessons.h"

/* logistic_learn writes start and the weights of the cues. */
void logistic_learn(const struct lessons *lessons, struct gaz_scale_part *out);

/* Where the bands begin: the least chance from which on `precision` of all
 * pairs are one; and the greatest above which `recall` of all that are one
 * lie. */
struct logistic_bands {
    double duplicate;
    double review;
};
struct logistic_bands logistic_bands(const struct lessons *lessons,
                                     const struct gaz_scale_part *part,
                                     double precision, double recall);

#endif
