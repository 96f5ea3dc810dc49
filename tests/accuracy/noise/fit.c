/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/noise/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 6000, BLOCKS = 60 };
/* Percent: an answer that is wrong more than one time in five is not stored,
 * however few such answers there are. */
enum { FLOOR = 80 };

static const double RATE = 0.5;
static const double RIDGE = 1e-4;
/* Of the answers at or above the threshold, this many may be wrong. */
static const double WRONG_AT_THRESHOLD = 0.005;

static void step(const struct fit_sample *samples, size_t count,
                 struct gaz_confidence *out)
{
    double gradient[GAZ_SIGNS] = {0};
    for (size_t i = 0; i < count; i++) {
        double score = gaz_confidence_score(out, samples[i].signs);
        double miss = samples[i].is_right - 1 / (1 + exp(-score));
        for (int k = 0; k < GAZ_SIGNS; k++)
            gradient[k] += miss * (double)samples[i].signs[k];
    }
    for (int k = 0; k < GAZ_SIGNS; k++) {
        double next = out->weights[k] + RATE * (gradient[k] / (double)count -
                                                RIDGE * out->weights[k]);
        int direction = gaz_confidence_direction(k);
        out->weights[k] = next * direction < 0 ? 0 : next;
    }
}

void fit_weights(const struct fit_sample *samples, size_t count,
                 struct gaz_confidence *out)
{
    memset(out->weights, 0, sizeof(out->weights));
    for (int i = 0; i < STEPS && count > 0; i++)
        step(samples, count, out);
}

static int compare(const void *left, const void *right)
{
    const struct fit_sample *a = left;
    const struct fit_sample *b = right;
    if (a->is_first != b->is_first)
        return a->is_first ? -1 : 1;
    return (a->score > b->score) - (a->score < b->score);
}

/* Samples of nearly one score; right / count is what they are worth. */
struct block {
    double count;
    double right;
    double score; /* sum */
};

static const double CERTAIN = 0.999;

static double value_of(const struct block *block)
{
    /* Laplace: a block that was always right is not certain. Nothing is: what a
     * person takes for certain is not looked at again. */
    const double value = (block->right + 1) / (block->count + 2);
    return value < CERTAIN ? value : CERTAIN;
}

static int pool(struct block *blocks, int count)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        blocks[kept++] = blocks[i];
        while (kept > 1 &&
               value_of(&blocks[kept - 2]) >= value_of(&blocks[kept - 1])) {
            blocks[kept - 2].count += blocks[kept - 1].count;
            blocks[kept - 2].right += blocks[kept - 1].right;
            blocks[kept - 2].score += blocks[kept - 1].score;
            kept--;
        }
    }
    return kept;
}

/* Blocks of about equal size, never cutting through one score. */
static int make_blocks(const struct fit_sample *samples, size_t count,
                       struct block blocks[BLOCKS + 1])
{
    int made = 0;
    double size = (double)count / BLOCKS;
    blocks[0] = (struct block){0};
    for (size_t i = 0; i < count; i++) {
        bool is_new = made < BLOCKS && blocks[made].count >= size &&
                      samples[i].score - samples[i - 1].score > 1e-9;
        if (is_new)
            blocks[++made] = (struct block){0};
        blocks[made].count++;
        blocks[made].right += samples[i].is_right;
        blocks[made].score += samples[i].score;
    }
    return made + 1;
}

static double find_threshold(const struct fit_sample *samples, size_t count,
                             const struct gaz_confidence *curve)
{
    double best = 0.99;
    for (int t = 99; t >= FLOOR; t--) {
        double above = 0;
        double wrong = 0;
        for (size_t i = 0; i < count; i++) {
            if (gaz_confidence_value(curve, samples[i].score) < t / 100.0)
                continue;
            above++;
            wrong += !samples[i].is_right;
        }
        if (wrong > WRONG_AT_THRESHOLD * above)
            break;
        best = t / 100.0;
    }
    return best;
}

void fit_curve(struct fit_sample *samples, size_t count,
               struct gaz_confidence *out)
{
    struct block blocks[BLOCKS + 1] = {{0}};
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        samples[i].score = gaz_confidence_score(out, samples[i].signs);
        first += samples[i].is_first;
    }
    qsort(samples, count, sizeof(*samples), compare);
    int made = pool(blocks, make_blocks(samples, first, blocks));
    out->knots = 0;
    for (int i = 0; i < made; i++) {
        out->scores[out->knots] = blocks[i].score / blocks[i].count;
        out->values[out->knots++] = value_of(&blocks[i]);
    }
    out->threshold = find_threshold(samples, first, out);
}
