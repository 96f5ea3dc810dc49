/* coverage.h - how two areas that should meet in one line lie to each other.
 *
 * The second door to GEOS, for comparisons in metres. Both sides are given in
 * EPSG:4490 and compared in the plane of a named system (EPSG:4549 near
 * Pinghu), where edges are straight. What comes back is in EPSG:4490 again:
 * lengths and areas on the ellipsoid (geodesic.h), widths and distances in the
 * plane's metres (longer by at most 155 ppm near Pinghu).
 *
 * A gaz_coverage belongs to one thread. Results live in ctx->arena.
 *
 *     gaz_coverage_open(ctx, "EPSG:4549", &coverage);
 *     gaz_coverage_add(ctx, coverage, GAZ_COVERAGE_A, wkb);  // any number
 *     gaz_coverage_add(ctx, coverage, GAZ_COVERAGE_B, wkb);
 *     gaz_coverage_unite(ctx, coverage);
 *     gaz_coverage_overlaps(ctx, coverage, 0.001, &areas);
 *     gaz_coverage_close(coverage);
 */
#ifndef GAZ_GEO_COVERAGE_H
#define GAZ_GEO_COVERAGE_H

#include "gazetteer/geo/geometry.h"
#include "gazetteer/geo/track.h"

struct gaz_coverage;

typedef enum { GAZ_COVERAGE_A, GAZ_COVERAGE_B } gaz_coverage_side;

struct gaz_coverage_area {
    struct gaz_wkb wkb; /* a POLYGON */
    double area_m2;
    double width_m;         /* of the largest circle inside */
    struct gaz_coord where; /* its centre */
    bool is_enclosed;       /* of gaps: no way out */
};

struct gaz_coverage_areas {
    const struct gaz_coverage_area *items; /* widest first */
    size_t count;
};

struct gaz_coverage_vertex {
    struct gaz_coord at;
    gaz_coverage_side side; /* whose vertex */
    double off_m;           /* from the other side's boundary */
};

struct gaz_coverage_vertices {
    const struct gaz_coverage_vertex *items; /* farthest first */
    size_t count;
};

gaz_status gaz_coverage_open(struct gaz_ctx *ctx, const char *plane_crs,
                             struct gaz_coverage **out);
void gaz_coverage_close(struct gaz_coverage *coverage); /* accepts NULL */

/* gaz_coverage_add adds a polygon or multipolygon to a side. GAZ_INVALID: not
 * an area, or one that GEOS finds invalid (gaz_geometry_make_valid repairs). */
gaz_status gaz_coverage_add(struct gaz_ctx *ctx, struct gaz_coverage *coverage,
                            gaz_coverage_side side, struct gaz_wkb wkb);
/* gaz_coverage_unite makes one area of each side; before any question.
 * GAZ_INVALID: a side has no area. */
gaz_status gaz_coverage_unite(struct gaz_ctx *ctx,
                              struct gaz_coverage *coverage);

struct gaz_coverage_length {
    double ground_m; /* on the ellipsoid */
    double plane_m;  /* as drawn in the plane */
};

/* gaz_coverage_shared gives the length of A's boundary that lies within
 * `within_m` (more than 0: coordinates that came through a plane are the same
 * to nanometres only) of B's boundary; a few times within_m too much at each
 * end. */
gaz_status gaz_coverage_shared(struct gaz_ctx *ctx,
                               struct gaz_coverage *coverage, double within_m,
                               struct gaz_coverage_length *out);

/* gaz_coverage_overlaps lists what lies in both, wider than `noise_m`. */
gaz_status gaz_coverage_overlaps(struct gaz_ctx *ctx,
                                 struct gaz_coverage *coverage, double noise_m,
                                 struct gaz_coverage_areas *out);

struct gaz_coverage_gap_options {
    double noise_m;     /* narrower is rounding */
    double reach_m;     /* an open gap is narrower than this */
    double strip_ratio; /* and runs along both for this many widths */
};

/* gaz_coverage_begin_gaps begins the longest part of gaz_coverage_gaps, of long
 * outlines in a thread of its own, so that the search for overlaps runs beside
 * it. Need not be called; noise_m as in the options. */
void gaz_coverage_begin_gaps(struct gaz_coverage *coverage, double noise_m);

/* gaz_coverage_gaps lists what lies between the two and in neither: holes that
 * both border, however wide, and open strips. A wedge between two areas that
 * part is no strip, but the space of a third. */
gaz_status gaz_coverage_gaps(struct gaz_ctx *ctx, struct gaz_coverage *coverage,
                             const struct gaz_coverage_gap_options *options,
                             struct gaz_coverage_areas *out);

/* gaz_coverage_vertices lists the vertices of either side within `within_m` of
 * the other's boundary that have no vertex of the other within `same_m`. */
gaz_status gaz_coverage_vertices(struct gaz_ctx *ctx,
                                 struct gaz_coverage *coverage, double within_m,
                                 double same_m,
                                 struct gaz_coverage_vertices *out);

/* The stretch of a side's boundary along which the other runs. */
struct gaz_coverage_border {
    const struct gaz_track_point *points; /* in the plane */
    size_t count;                         /* 0: nowhere so near */
};

/* gaz_coverage_borders gives for each side the longest stretch of its boundary
 * within `reach_m` of the other's; parts farther off that are no longer than
 * ten times the reach belong to it. Its ends are the last vertices within
 * `same_m` of the other, where there are such: what runs on beside the other
 * after the two parted is no border. Both run as their polygons do. */
gaz_status gaz_coverage_borders(struct gaz_ctx *ctx,
                                struct gaz_coverage *coverage, double reach_m,
                                double same_m,
                                struct gaz_coverage_border out[2]);

/* gaz_coverage_side_area gives the area of a united side on the ellipsoid. */
gaz_status gaz_coverage_side_area(struct gaz_ctx *ctx,
                                  struct gaz_coverage *coverage,
                                  gaz_coverage_side side, double *out_m2);

/* gaz_coverage_nearest gives the distance between the two areas and A's point
 * there; 0 when they meet. */
gaz_status gaz_coverage_nearest(struct gaz_ctx *ctx,
                                struct gaz_coverage *coverage,
                                struct gaz_coord *where, double *out_m);

#endif
