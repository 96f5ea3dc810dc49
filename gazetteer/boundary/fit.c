/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/fit.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { ROUNDS = 30, MARKS_MIN = 3 };

static const double TUKEY = 4.685; /* 95 % efficient on normal errors */
static const double MAD_TO_SIGMA = 1.4826;
static const double SPREAD_FLOOR_M = 1e-4; /* the last digit of a register */

static int by_value(const void *a, const void *b)
{
    const double *one = a;
    const double *other = b;
    return (*one > *other) - (*one < *other);
}

double gaz_fit_median(double *values, size_t count)
{
    if (count == 0)
        return 0;
    qsort(values, count, sizeof(*values), by_value);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

struct work {
    const struct gaz_grid *from;
    const struct gaz_grid *to;
    size_t count;
    double *weights;
    double *sizes; /* of the residuals; scratch */
    double cosine; /* scale times cos and sin of the rotation */
    double sine;
    double square; /* weighted, of the distances from the centre */
    double sum;    /* of the weights */
    struct gaz_fit fit;
};

static struct gaz_grid residual(const struct work *w, size_t i)
{
    const double north = w->from[i].north_m - w->fit.centre.north_m;
    const double east = w->from[i].east_m - w->fit.centre.east_m;
    return (struct gaz_grid){
        w->to[i].north_m - w->fit.centre.north_m - w->fit.shift.north_m -
            (w->cosine * north - w->sine * east),
        w->to[i].east_m - w->fit.centre.east_m - w->fit.shift.east_m -
            (w->sine * north + w->cosine * east)};
}

/* The median of each component is where the weights begin. */
static void start(struct work *w)
{
    for (size_t i = 0; i < w->count; i++)
        w->sizes[i] = w->to[i].north_m - w->from[i].north_m;
    w->fit.shift.north_m = gaz_fit_median(w->sizes, w->count);
    for (size_t i = 0; i < w->count; i++)
        w->sizes[i] = w->to[i].east_m - w->from[i].east_m;
    w->fit.shift.east_m = gaz_fit_median(w->sizes, w->count);
    w->cosine = 1;
    w->sine = 0;
    for (size_t i = 0; i < w->count; i++)
        w->weights[i] = 1;
}

static void weigh(struct work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct gaz_grid r = residual(w, i);
        w->sizes[i] = hypot(r.north_m, r.east_m);
    }
    const double limit =
        TUKEY *
        fmax(MAD_TO_SIGMA * gaz_fit_median(w->sizes, w->count), SPREAD_FLOOR_M);
    w->fit.used = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct gaz_grid r = residual(w, i);
        const double part = hypot(r.north_m, r.east_m) / limit;
        const double rest = 1 - part * part;
        w->weights[i] = part < 1 ? rest * rest : 0;
        w->fit.used += part < 1;
    }
}

static bool solve(struct work *w)
{
    struct gaz_grid from = {0, 0};
    struct gaz_grid to = {0, 0};
    w->sum = 0;
    for (size_t i = 0; i < w->count; i++) {
        w->sum += w->weights[i];
        from.north_m += w->weights[i] * w->from[i].north_m;
        from.east_m += w->weights[i] * w->from[i].east_m;
        to.north_m += w->weights[i] * (w->to[i].north_m - w->from[i].north_m);
        to.east_m += w->weights[i] * (w->to[i].east_m - w->from[i].east_m);
    }
    if (w->sum <= 0)
        return false;
    w->fit.centre =
        (struct gaz_grid){from.north_m / w->sum, from.east_m / w->sum};
    w->fit.shift = (struct gaz_grid){to.north_m / w->sum, to.east_m / w->sum};
    double along = 0;
    double across = 0;
    w->square = 0;
    for (size_t i = 0; i < w->count; i++) {
        const double north = w->from[i].north_m - w->fit.centre.north_m;
        const double east = w->from[i].east_m - w->fit.centre.east_m;
        const double to_north =
            w->to[i].north_m - w->fit.centre.north_m - w->fit.shift.north_m;
        const double to_east =
            w->to[i].east_m - w->fit.centre.east_m - w->fit.shift.east_m;
        along += w->weights[i] * (north * to_north + east * to_east);
        across += w->weights[i] * (north * to_east - east * to_north);
        w->square += w->weights[i] * (north * north + east * east);
    }
    if (w->square <= 0)
        return false;
    w->cosine = along / w->square;
    w->sine = across / w->square;
    return true;
}

static void judge(struct work *w)
{
    double squares = 0;
    for (size_t i = 0; i < w->count; i++) {
        const struct gaz_grid r = residual(w, i);
        squares +=
            w->weights[i] * (r.north_m * r.north_m + r.east_m * r.east_m);
        w->fit.reach_m = fmax(w->fit.reach_m,
                              hypot(w->from[i].north_m - w->fit.centre.north_m,
                                    w->from[i].east_m - w->fit.centre.east_m));
    }
    const double freedom = fmax(2 * w->sum - 4, 1);
    w->fit.spread_m = sqrt(squares / freedom);
    w->fit.shift_error_m = w->fit.spread_m / sqrt(w->sum);
    w->fit.turn_error_rad = w->fit.spread_m / sqrt(w->square);
    w->fit.rotation_rad = atan2(w->sine, w->cosine);
    w->fit.scale_ppm = (hypot(w->cosine, w->sine) - 1) * 1e6;
}

gaz_status gaz_fit_similarity(struct gaz_ctx *ctx, const struct gaz_grid *from,
                              const struct gaz_grid *to, size_t count,
                              struct gaz_fit *out, struct gaz_grid *residuals)
{
    if (count < MARKS_MIN)
        return gaz_fail(ctx, GAZ_INVALID, "%zu marks; a fit needs at least %d",
                        count, MARKS_MIN);
    struct work w = {.from = from, .to = to, .count = count};
    w.weights = gaz_arena_array(&ctx->arena, count, sizeof(*w.weights));
    w.sizes = gaz_arena_array(&ctx->arena, count, sizeof(*w.sizes));
    start(&w);
    for (int round = 0; round < ROUNDS; round++) {
        weigh(&w);
        if (!solve(&w))
            return gaz_fail(ctx, GAZ_INVALID, "the marks are all in one place");
    }
    judge(&w);
    for (size_t i = 0; residuals && i < count; i++)
        residuals[i] = residual(&w, i);
    *out = w.fit;
    return GAZ_OK;
}
