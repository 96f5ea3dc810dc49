/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/twins/logistic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/twins/cue_words.h"

enum {
    START = 0,
    LIKES = 1,
    NEARS = LIKES + GAZ_LIKES,
    CUES = NEARS + GAZ_NEARS,
    TEXTS = CUES + GAZ_CUE_COUNT, /* how much rarer ones are in match3.tsv */
    PARAMETERS,
    ROUNDS = 25,
    ACTIVE = GAZ_GROUPS + 4,
};

/* Held back towards 0 by as much as so many pairs would. */
static const double RIDGE = 0.05;
static const double RIDGE_TOGETHER = 1;
static const double RIDGE_FROZEN = 1e12;

struct newton {
    bool is_frozen[PARAMETERS]; /* at 0 */
    double weights[PARAMETERS];
    double gradient[PARAMETERS];
    double hessian[PARAMETERS][PARAMETERS];
};

static int read_active(const struct lesson *lesson, int out[ACTIVE])
{
    int count = 0;
    out[count++] = START;
    out[count++] = LIKES + lesson->of[GAZ_GROUP_NAME] / GAZ_NEARS;
    out[count++] = NEARS + lesson->of[GAZ_GROUP_NAME] % GAZ_NEARS;
    for (int i = 0; i < GAZ_GROUPS; i++)
        out[count++] = CUES + lesson->of[i];
    if (lesson->from_text)
        out[count++] = TEXTS;
    return count;
}

static double ridge_of(int parameter)
{
    if (parameter == START || parameter == TEXTS)
        return 1e-6;
    return parameter >= CUES && parameter < CUES + GAZ_CUE_NAMES
               ? RIDGE_TOGETHER
               : RIDGE;
}

static void add_lesson(struct newton *n, const struct lesson *lesson)
{
    int active[ACTIVE];
    double sum = 0;
    const int count = read_active(lesson, active);
    for (int i = 0; i < count; i++)
        sum += n->weights[active[i]];
    const double chance = 1 / (1 + exp(-sum));
    const double all = lesson->one + lesson->two;
    const double slope = lesson->one - all * chance;
    const double bend = all * chance * (1 - chance);
    for (int i = 0; i < count; i++) {
        n->gradient[active[i]] += slope;
        for (int k = 0; k < count; k++)
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
        const double ridge = n->is_frozen[i] ? RIDGE_FROZEN : ridge_of(i);
        n->gradient[i] -= ridge * n->weights[i];
        n->hessian[i][i] += ridge;
    }
    solve(n);
    for (int i = 0; i < PARAMETERS; i++)
        n->weights[i] += fmax(-LONGEST, fmin(LONGEST, n->gradient[i]));
}

/* That categories differ never speaks for two being one, whatever an importer's
 * guesses at the category of a mistyped name seem to teach: equal categories
 * have a weight, the others 0, and so has that if it would be less. */
static void freeze_categories(struct newton *n)
{
    for (int i = GAZ_CATEGORY_IS_CLASS; i <= GAZ_CATEGORY_IS_OPEN; i++)
        n->is_frozen[CUES + gaz_cue_at(GAZ_GROUP_CATEGORY, i)] = true;
}

static bool freeze_negative(struct newton *n)
{
    const int same =
        CUES + gaz_cue_at(GAZ_GROUP_CATEGORY, GAZ_CATEGORY_IS_SAME);
    if (n->is_frozen[same] || n->weights[same] >= 0)
        return false;
    n->is_frozen[same] = true;
    memset(n->weights, 0, sizeof(n->weights));
    return true;
}

static void learn(struct newton *n, const struct lessons *lessons)
{
    for (int i = 0; i < ROUNDS; i++)
        step(n, lessons);
}

void logistic_learn(const struct lessons *lessons, struct gaz_scale_part *out)
{
    struct newton *n = gaz_malloc(sizeof(*n));
    freeze_categories(n);
    learn(n, lessons);
    if (freeze_negative(n))
        learn(n, lessons);
    out->start = n->weights[START];
    for (int i = 0; i < GAZ_CUE_COUNT; i++) {
        out->of[i] = n->is_frozen[CUES + i] ? 0 : n->weights[CUES + i];
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
        if (!l->from_text)
            all[i] =
                (struct scored){gaz_scale_chance(part, &cues), l->one, l->two};
        *ones += all[i].one;
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
