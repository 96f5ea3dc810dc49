/* profile.h - one line against another: how far apart, and where.
 *
 * Pure. Metres of a plane. The Hausdorff distances are those of the lines, not
 * of their vertices: between two vertices the distance to the other line is cut
 * in half until no place can be farther by more than `precision_m` (to one
 * segment of the other line it is convex, so greatest at an end). A directed
 * distance tells more than the greater of both: where one line has a bend that
 * the other cuts off, only one direction sees it.
 *
 * The profile has the signed difference along the chainage of line A: over 0
 * where B lies left of it.
 */
#ifndef GAZ_BOUNDARY_PROFILE_H
#define GAZ_BOUNDARY_PROFILE_H

#include "gazetteer/base/context.h"
#include "gazetteer/boundary/fit.h"

struct gaz_profile_options {
    double step_m;      /* of the profile; 0: about PROFILE_POINTS in all */
    double precision_m; /* of the Hausdorff distances, over 0 */
    double within_m;    /* a stretch farther apart than this is told */
};

struct gaz_profile_point {
    double along_m; /* on A */
    double off_m;   /* over 0: B is left of A */
    struct gaz_grid on_a;
    struct gaz_grid on_b; /* B's nearest place */
};

/* A part of A that is farther than within_m from B all along. */
struct gaz_profile_stretch {
    double from_m; /* along A */
    double to_m;
    double most_m;         /* signed as off_m */
    double mean_m;         /* signed */
    struct gaz_grid where; /* A's place of the most */
};

struct gaz_profile_farthest {
    double distance_m;
    struct gaz_grid from; /* on the line itself */
    struct gaz_grid to;   /* on the other */
};

enum { GAZ_PROFILE_POINTS = 1000, GAZ_PROFILE_POINTS_MAX = 200000 };

struct gaz_profile {
    const struct gaz_profile_point *points; /* in order of A's chainage */
    size_t count;
    const struct gaz_profile_stretch *stretches; /* in order */
    size_t stretch_count;
    double length_m[2]; /* of A and B */
    struct gaz_profile_farthest a_to_b;
    struct gaz_profile_farthest b_to_a;
    double hausdorff_m; /* the greater of both */
    /* Of the differences at the profile's points: */
    double mean_m; /* signed: a common shift across the line */
    double mean_size_m;
    double rms_m;
    double spread_m;     /* standard deviation about the mean */
    double p95_m;        /* 95 of 100 are not farther */
    double share_within; /* of A's length, 0 to 1 */
};

/* gaz_profile_compare lays line B on line A. Both have 2 points or more and run
 * the same way. @return GAZ_OK; GAZ_INVALID: a line of no length */
gaz_status gaz_profile_compare(struct gaz_ctx *ctx, const struct gaz_grid *a,
                               size_t a_count, const struct gaz_grid *b,
                               size_t b_count,
                               const struct gaz_profile_options *options,
                               struct gaz_profile *out);

/* gaz_profile_direct turns a line so that it runs west to east, or north to
 * south where it is taller than wide, as markers are numbered. */
void gaz_profile_direct(struct gaz_grid *line, size_t count);

#endif
