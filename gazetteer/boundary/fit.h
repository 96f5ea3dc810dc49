/* fit.h - what two sets of positions of the same marks have in common.
 *
 * Pure. A similarity (Helmert, four parameters: shift, rotation, scale) by
 * weighted least squares. The weights are Tukey's (1977), so that single bad
 * marks neither bend the fit nor hide in it. Method: P. J. Huber, Robust
 * Statistics, 1981, chapter 7 (iteratively reweighted least squares).
 *
 * Positions are metres of a plane.
 */
#ifndef GAZ_BOUNDARY_FIT_H
#define GAZ_BOUNDARY_FIT_H

#include "gazetteer/base/context.h"

struct gaz_grid {
    double north_m; /* X of a Chinese register */
    double east_m;  /* Y */
};

struct gaz_fit {
    struct gaz_grid centre; /* of the marks, weighted; the shift holds here */
    struct gaz_grid shift;  /* to - from */
    double shift_error_m;   /* standard error of either component */
    double rotation_rad;    /* clockwise, as azimuths */
    double scale_ppm;
    double turn_error_rad; /* of the rotation; 1e6 times this of the scale */
    double spread_m;       /* mean square error of a component */
    double reach_m;        /* the farthest mark from the centre */
    size_t used;           /* marks whose weight is not 0 */
};

/* gaz_fit_similarity fits to[i] = fit(from[i]). `residuals` (count items, may
 * be NULL) receives to[i] less where the fit puts from[i].
 *
 * @return GAZ_OK; GAZ_INVALID: fewer than 3 marks, or all in one place */
gaz_status gaz_fit_similarity(struct gaz_ctx *ctx, const struct gaz_grid *from,
                              const struct gaz_grid *to, size_t count,
                              struct gaz_fit *out, struct gaz_grid *residuals);

/* gaz_fit_median returns the median of `values`, which it sorts; 0 of none. */
double gaz_fit_median(double *values, size_t count);

#endif
