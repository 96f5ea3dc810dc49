/* fit.h - learns the weights and the curve of gazetteer/search/confidence.h. */
#ifndef TESTS_ACCURACY_NOISE_FIT_H
#define TESTS_ACCURACY_NOISE_FIT_H

#include "gazetteer/search/confidence.h"

struct fit_sample {
    float signs[GAZ_SIGNS];
    bool is_right;
    bool is_first; /* the best answer of its question */
    double score;
};

/* fit_weights: logistic regression, full batch, projected on the directions of
 * the signs; no chance in it. */
void fit_weights(const struct fit_sample *samples, size_t count,
                 struct gaz_confidence *out);

/* fit_curve: isotonic regression of right on the score of the first answers,
 * pooled to at most GAZ_CONFIDENCE_KNOTS knots; sorts and scores the samples.
 * Needs the weights. Sets the threshold too. */
void fit_curve(struct fit_sample *samples, size_t count,
               struct gaz_confidence *out);

#endif
