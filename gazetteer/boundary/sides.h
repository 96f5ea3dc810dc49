/* sides.h - where two sides' areas disagree along the line they share (B10).
 *
 * Each side gives polygons in EPSG:4490; they are united and laid on each other
 * in a plane in which edges are straight (EPSG:4549, central meridian 120). All
 * lengths and areas in the answer are on the ellipsoid; widths, distances and
 * tolerances are metres of the plane, near Pinghu at most 155 ppm longer.
 *
 *     struct gaz_sides_options options = gaz_sides_defaults();
 *     options.warn_m = 1;
 *     status = gaz_sides_compare(ctx, &a, &b, &options, &report);
 */
#ifndef GAZ_BOUNDARY_SIDES_H
#define GAZ_BOUNDARY_SIDES_H

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"
#include "gazetteer/boundary/profile.h"
#include "gazetteer/geo/coverage.h"
#include "gazetteer/model/issue.h"

struct gaz_side {
    const char *name; /* for sentences: "330482", "a.geojson" */
    const struct gaz_wkb *areas;
    size_t count;
};

/* A side that gives the line only. */
struct gaz_side_line {
    const char *name;
    const struct gaz_coord *points;
    size_t count;
};

/* Numbers of standards and habits, so none is in the code. */
struct gaz_sides_options {
    const char *plane_crs;
    double warn_m;         /* an overlap or gap this wide is agreement */
    double error_m;        /* one wider than this is an error */
    double gap_reach_m;    /* an open gap is narrower than this */
    double strip_ratio;    /* and runs along both for this many widths */
    double same_m;         /* vertices this near are the same */
    double noise_m;        /* narrower is rounding, and passed over */
    double accuracy_m;     /* mean square error of either side's line */
    double area_ratio;     /* of a published area (B17) */
    double border_reach_m; /* lines this near face each other */
    size_t findings_max;
    double published_km2[2]; /* of either side's land (B17); 0: not checked */
    const char *published_source[2]; /* where that stands */
};

typedef enum {
    GAZ_SIDES_OVERLAP,
    GAZ_SIDES_GAP,
    GAZ_SIDES_VERTEX,   /* one that the other side has not */
    GAZ_SIDES_INVALID,  /* an area that had to be repaired */
    GAZ_SIDES_NO_TOUCH, /* the sides do not meet */
    GAZ_SIDES_STRETCH,  /* of two lines: farther apart than warn_m */
    GAZ_SIDES_TOPOLOGY, /* B13: a line that meets itself */
    GAZ_SIDES_AREA,     /* B17: not the published area */
} gaz_sides_kind;

struct gaz_sides_finding {
    const char *rule; /* "B10" */
    gaz_sides_kind kind;
    gaz_severity severity;
    bool has_where;
    struct gaz_coord where;
    double how_much_m;    /* width, or distance; 0: says nothing */
    double uncertainty_m; /* its mean square error; 0: none */
    double area_m2;       /* of an overlap or gap */
    struct gaz_wkb area;  /* its polygon, EPSG:4490; size 0: none */
    const char *zh;
    const char *en;
    const char *clause; /* where the rule stands */
    const char *advice; /* what to do, Chinese */
    const char *advice_en;
};

/* A side's own line, from west to east or north to south. */
struct gaz_sides_line {
    const struct gaz_coord *points;
    const struct gaz_grid *grid; /* the same in the plane */
    size_t count;                /* 0: the other is nowhere near */
};

struct gaz_sides_report {
    struct gaz_coverage_length shared;    /* A's line within warn_m of B's */
    struct gaz_coverage_length identical; /* the same, within noise_m */
    double overlap_area_m2;
    double overlap_width_m; /* the greatest */
    double gap_area_m2;
    double gap_width_m;
    size_t overlap_count;
    size_t gap_count;
    size_t unmatched_vertices;
    double area_m2[2]; /* of the sides, on the ellipsoid; 0: lines only */
    struct gaz_sides_line lines[2];
    bool has_profile;
    struct gaz_profile profile;               /* of B's line on A's */
    const struct gaz_sides_finding *findings; /* worst first */
    size_t finding_count;
    size_t left_out; /* beyond findings_max */
};

struct gaz_sides_options gaz_sides_defaults(void);

/* @return GAZ_OK: compared, the report says what was found; GAZ_INVALID: a side
 *         has no area, or one that cannot be repaired or has no place in the
 *         plane */
gaz_status gaz_sides_compare(struct gaz_ctx *ctx, const struct gaz_side *a,
                             const struct gaz_side *b,
                             const struct gaz_sides_options *options,
                             struct gaz_sides_report *out);

/* gaz_sides_compare_lines does so with two lines: no areas, but findings for
 * each stretch where they are more than warn_m apart. GAZ_INVALID: a line of no
 * length, or with no place in the plane. */
gaz_status gaz_sides_compare_lines(struct gaz_ctx *ctx,
                                   const struct gaz_side_line *a,
                                   const struct gaz_side_line *b,
                                   const struct gaz_sides_options *options,
                                   struct gaz_sides_report *out);

const char *gaz_sides_kind_name(gaz_sides_kind kind); /* "overlap" */

#endif
