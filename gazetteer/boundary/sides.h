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
#include "gazetteer/geo/coverage.h"
#include "gazetteer/model/issue.h"

struct gaz_side {
    const char *name; /* for sentences: "330482", "a.geojson" */
    const struct gaz_wkb *areas;
    size_t count;
};

/* Numbers of standards and habits, so none is in the code. */
struct gaz_sides_options {
    const char *plane_crs;
    double warn_m;      /* an overlap or gap this wide is agreement */
    double error_m;     /* one wider than this is an error */
    double gap_reach_m; /* an open gap is narrower than this */
    double strip_ratio; /* and runs along both for this many widths */
    double same_m;      /* vertices this near are the same */
    double noise_m;     /* narrower is rounding, and passed over */
    size_t findings_max;
};

typedef enum {
    GAZ_SIDES_OVERLAP,
    GAZ_SIDES_GAP,
    GAZ_SIDES_VERTEX,   /* one that the other side has not */
    GAZ_SIDES_INVALID,  /* an area that had to be repaired */
    GAZ_SIDES_NO_TOUCH, /* the sides do not meet */
} gaz_sides_kind;

struct gaz_sides_finding {
    const char *rule; /* "B10" */
    gaz_sides_kind kind;
    gaz_severity severity;
    bool has_where;
    struct gaz_coord where;
    double how_much_m;   /* width, or distance; 0: says nothing */
    double area_m2;      /* of an overlap or gap */
    struct gaz_wkb area; /* its polygon, EPSG:4490; size 0: none */
    const char *zh;
    const char *en;
    const char *clause; /* where the rule stands */
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

const char *gaz_sides_kind_name(gaz_sides_kind kind); /* "overlap" */

#endif
