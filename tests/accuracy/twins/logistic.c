/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/twins/logistic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    START = 0,
    LIKES = 1,
    NEARS = LIKES + GAZ_LIKES,
    CUES = NEARS + GAZ_NEARS,
    PARAMETERS = CUES + GAZ_CUE_COUNT,
    ROUNDS = 25,
    ACTIVE = GAZ_GROUPS + 3,
};

/* Held back towards 0 by as much as so many pairs would. */
static const double RIDGE = 0.05;
static const double RIDGE_TOGETHER = 1;

struct newton {
    double weights[PARAMETERS];
    double gradient[PARAMETERS];
    double hessian[PARAMETERS][PARAMETERS];
};

static void read_active(const struct lesson *lesson, int out[ACTIVE])
{
    int count = 0;
    out[count++] = START;
    out[count++] = LIKES + lesson->of[GAZ_GROUP_NAME] / GAZ_NEARS;
    out[count++] = NEARS + lesson->of[GAZ_GROUP_NAME] % GAZ_NEARS;
    for (int i = 0; i < GAZ_GROUPS; i++)
        out[count++] = CUES + lesson->of[i];
}

static double ridge_of(int parameter)
{
    if (parameter == START)
        return 1e-6;
    return parameter >= CUES && parameter < CUES + GAZ_CUE_NAMES
               ? RIDGE_TOGETHER
               : RIDGE;
}

static void add_lesson(struct newton *n, const struct lesson *lesson)
{
    int active[ACTIVE];
    double sum = 0;
    read_active(lesson, active);
    for (int i = 0; i < ACTIVE; i++)
        sum += n->weights[active[i]];
    const double chance = 1 / (1 + exp(-sum));
    const double all = lesson->one + lesson->two;
    const double slope = lesson->one - all * chance;
    const double bend = all * chance * (1 - chance);
    for (int i = 0; i < ACTIVE; i++) {
        n->gradient[active[i]] += slope;
        for (int k = 0; k < ACTIVE; k++)
            n->hessian[active[i]][active[k]] += bend;
    }
}

/* Cholesky in place, then the step; the ridge keeps it positive definite. */
static void solve(struct newton *n)
{
    double(*h)[PARAMETERS] = n->hessian;
    double *x = n->gradient;
    for (int i = 0; i < PARAMETERS; i++)
        for (int k = 0; k <= i; k++) {
            double sum = h[i][k];
            for (int m = 0; m < k; m++)
                sum -= h[i][m] * h[k][m];
            h[i][k] = i == k ? sqrt(sum) : sum / h[k][k];
        }
    for (int i = 0; i < PARAMETERS; i++) {
        for (int m = 0; m < i; m++)
            x[i] -= h[i][m] * x[m];
        x[i] /= h[i][i];
    }
    for (int i = PARAMETERS - 1; i >= 0; i--) {
        for (int m = i + 1; m < PARAMETERS; m++)
            x[i] -= h[m][i] * x[m];
        x[i] /= h[i][i];
    }
}

static void step(struct newton *n, const struct lessons *lessons)
{
    static const double LONGEST = 2; /* a step of Newton may overshoot */
    memset(n->gradient, 0, sizeof(n->gradient));
    memset(n->hessian, 0, sizeof(n->hessian));
    for (int i = 0; i < lessons->count; i++)
        add_lesson(n, &lessons->items[i]);
    for (int i = 0; i < PARAMETERS; i++) {
        n->gradient[i] -= ridge_of(i) * n->weights[i];
        n->hessian[i][i] += ridge_of(i);
    }
    solve(n);
    for (int i = 0; i < PARAMETERS; i++)
        n->weights[i] += fmax(-LONGEST, fmin(LONGEST, n->gradient[i]));
}

void logistic_learn(const struct lessons *lessons, struct gaz_scale_part *out)
{
    struct newton *n = gaz_malloc(sizeof(*n));
    for (int i = 0; i < ROUNDS; i++)
        step(n, lessons);
    out->start = n->weights[START];
    for (int i = 0; i < GAZ_CUE_COUNT; i++) {
        out->of[i] = n->weights[CUES + i];
        if (i < GAZ_CUE_NAMES)
            out->of[i] += n->weights[LIKES + i / GAZ_NEARS] +
                          n->weights[NEARS + i % GAZ_NEARS];
    }
    gaz_free(n);
}

/* ---- bands ---- */

struct scored {
    double chance;
    double one;
    double two;
};

static int by_chance(const void *a, const void *b)
{
    const struct scored *x = a;
    const struct scored *y = b;
    return (x->chance < y->chance) - (x->chance > y->chance);
}

static struct scored *score(const struct lessons *lessons,
                            const struct gaz_scale_part *part, double *ones)
{
    struct scored *all =
        gaz_malloc(((size_t)lessons->count + 1) * sizeof(*all));
    *ones = 0;
    for (int i = 0; i < lessons->count; i++) {
        const struct lesson *l = &lessons->items[i];
        struct gaz_cues cues = {.forbid = GAZ_FORBID_NONE};
        memcpy(cues.of, l->of, sizeof(cues.of));
        all[i] = (struct scored){gaz_scale_chance(part, &cues), l->one, l->two};
        *ones += l->one;
    }
    if (lessons->count > 0)
        qsort(all, (size_t)lessons->count, sizeof(*all), by_chance);
    return all;
}

struct logistic_bands logistic_bands(const struct lessons *lessons,
                                     const struct gaz_scale_part *part,
                                     double precision, double recall)
{
    struct logistic_bands bands = {1, 1};
    double ones = 0;
    double above_one = 0;
    double above_two = 0;
    struct scored *all = score(lessons, part, &ones);
    for (int i = 0; i < lessons->count; i++) {
        const double below = i + 1 < lessons->count ? all[i + 1].chance : 0;
        const double middle = (all[i].chance + below) / 2;
        if (above_one < recall * ones)
            bands.review = middle;
        above_one += all[i].one;
        above_two += all[i].two;
        if (above_one >= precision * (above_one + above_two))
            bands.duplicate = middle;
    }
    gaz_free(all);
    return bands;
}
