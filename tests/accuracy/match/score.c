/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/match/score.h"

#include <stddef.h>
#include <stdio.h>

enum { STEPS = 31 };

double score_f1(const struct score *score, int class)
{
    int right = score->told[class][class];
    int truth = 0;
    int answers = 0;
    for (int i = 0; i < GAZ_MATCH_CLASSES; i++) {
        truth += score->told[class][i];
        answers += score->told[i][class];
    }
    return truth + answers > 0 ? 2.0 * right / (truth + answers) : 0;
}

double score_macro(const struct score *score)
{
    return (score_f1(score, 0) + score_f1(score, 1) + score_f1(score, 2)) / 3;
}

void score_print(const struct score *score, const char *title)
{
    (void)printf("%s: macro F1 %.4f (%.4f %.4f %.4f)\n", title,
                 score_macro(score), score_f1(score, 0), score_f1(score, 1),
                 score_f1(score, 2));
    for (int t = 0; t < GAZ_MATCH_CLASSES; t++)
        (void)printf("  truth %d: %6d %6d %6d\n", t, score->told[t][0],
                     score->told[t][1], score->told[t][2]);
}

int score_label(const float *scores, const float *offsets)
{
    int best = 0;
    for (int k = 1; k < GAZ_MATCH_CLASSES; k++) {
        if (scores[k] + offsets[k] > scores[best] + offsets[best])
            best = k;
    }
    return best;
}

void score_tune(const float *scores, const int *labels, int rows,
                float offsets[GAZ_MATCH_CLASSES])
{
    double best = -1;
    for (int i = 0; i < STEPS; i++) {
        for (int j = 0; j < STEPS; j++) {
            float tried[GAZ_MATCH_CLASSES] = {(float)(i - 15) * 0.1f, 0,
                                              (float)(j - 15) * 0.1f};
            struct score score = {{{0}}};
            for (int r = 0; r < rows; r++)
                score.told[labels[r]][score_label(
                    scores + (ptrdiff_t)r * GAZ_MATCH_CLASSES, tried)]++;
            if (score_macro(&score) > best) {
                best = score_macro(&score);
                for (int k = 0; k < GAZ_MATCH_CLASSES; k++)
                    offsets[k] = tried[k];
            }
        }
    }
}
