/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/linear.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/match/boost.h"

enum { EPOCHS = 6 };

static const double RATE = 0.06;
static const double DECAY = 2e-5;

void linear_score(const struct linear_weight *weights,
                  const struct linear_row *row, float scores[GAZ_MATCH_CLASSES])
{
    for (int i = 0; i < row->count; i++) {
        for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
            scores[k] += weights[row->cues[i]].of[k];
    }
}

static void learn_row(struct linear_weight *weights,
                      struct linear_weight *squares,
                      const struct linear_row *row)
{
    float s[GAZ_MATCH_CLASSES] = {0};
    linear_score(weights, row, s);
    double top = fmax((double)s[0], fmax((double)s[1], (double)s[2]));
    double p[GAZ_MATCH_CLASSES];
    double total = 0;
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
        total += p[k] = exp((double)s[k] - top);
    for (int k = 0; k < GAZ_MATCH_CLASSES; k++) {
        double g = p[k] / total - (row->label == k ? 1 : 0);
        for (int i = 0; i < row->count; i++) {
            float *w = &weights[row->cues[i]].of[k];
            float *q = &squares[row->cues[i]].of[k];
            double step = g + DECAY * 100 * (double)*w;
            *q += (float)(step * step);
            *w -= (float)(RATE * step / sqrt((double)*q + 1e-2));
        }
    }
}

struct linear_weight *linear_learn(const struct linear_row *rows, const int *in,
                                   int count, uint64_t seed)
{
    struct linear_weight *weights = gaz_malloc(sizeof *weights * GAZ_CUE_SLOTS);
    struct linear_weight *squares = gaz_malloc(sizeof *squares * GAZ_CUE_SLOTS);
    int *order = gaz_malloc(sizeof *order * (size_t)count);
    memcpy(order, in, sizeof *order * (size_t)count);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (int i = count - 1; i > 0; i--) {
            int j = (int)boost_random(&seed, (uint64_t)i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        for (int i = 0; i < count; i++)
            learn_row(weights, squares, &rows[order[i]]);
    }
    gaz_free(order);
    gaz_free(squares);
    return weights;
}
