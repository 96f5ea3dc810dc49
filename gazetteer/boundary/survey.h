/* survey.h - a register of boundary markers, and what is wrong with it.
 *
 * Checks B01 to B09, B11 to B13, B15 and B16 of docs/guide/boundary.md.
 * Positions are metres of the plane of `plane_crs` (EPSG:4549): north is the
 * register's X, east its Y. What looks like another system, zone or axis order
 * is named and never corrected.
 *
 *     struct gaz_survey survey = {.markers = markers, .marker_count = 24};
 *     struct gaz_survey_options options = gaz_survey_defaults();
 *     status = gaz_survey_check(ctx, &survey, &options, &report);
 *
 * Systematic errors (B02) are told from single ones (B01) by a robust fit of
 * the agreed positions to the measured ones (fit.h). The line checks (B04 to
 * B06) take agreed positions where there are any, so that one cause gives one
 * finding.
 */
#ifndef GAZ_BOUNDARY_SURVEY_H
#define GAZ_BOUNDARY_SURVEY_H

#include "gazetteer/base/coord.h"
#include "gazetteer/boundary/fit.h"
#include "gazetteer/model/issue.h"

/* 方位物: an object by which a marker is found again. */
struct gaz_survey_object {
    const char *name;
    double azimuth_deg; /* registered, of the grid, from the marker */
    double distance_m;  /* registered */
    bool has_position;  /* it was measured itself */
    struct gaz_grid at;
};

struct gaz_survey_marker {
    const char *code; /* "3133012Q" */
    bool has_measured;
    bool has_agreed;
    bool has_heights; /* both; 1985 national height datum (EPSG:5737) */
    struct gaz_grid measured;
    struct gaz_grid agreed;
    double measured_height_m;
    double agreed_height_m;
    /* To the next row's marker as registered; 0: not given. Grid values. */
    double next_distance_m;
    double next_azimuth_deg;  /* used with the distance only */
    const char *manager;      /* the side that keeps it; NULL or "": none */
    const char *inspected_on; /* YYYY-MM-DD; NULL: column not delivered */
    const char *note;         /* NULL: none */
    const char *condition;    /* 完好, 倾斜 ...; NULL: not delivered */
    const struct gaz_survey_object *objects; /* NULL: not delivered */
    size_t object_count;
    const char *course; /* 走向说明 to the next marker: "向东偏东南沿河行2.3公里
                         * 至3133002Q"; NULL, "": none */
};

struct gaz_survey {
    const struct gaz_survey_marker *markers; /* in the register's order */
    size_t marker_count;
    const struct gaz_grid *line; /* W to E or N to S; may be empty */
    size_t line_count;
    int left_province; /* left of the line as it runs; 0: not known */
    bool has_managers; /* the register has that column */
};

/* Numbers of standards and habits, so none is in the code. */
struct gaz_survey_options {
    const char *plane_crs;
    const char *today;     /* YYYY-MM-DD, for B12; NULL: not checked */
    double scale;          /* denominator of the agreement's map, 10000 */
    double map_error_mm;   /* mean square error on that map, 0.1 */
    double height_limit_m; /* B01 */
    double systematic_m;   /* a common part below this is passed over (B02) */
    double significance;   /* and one below this many standard errors */
    double datum_m;        /* a common shift beyond this is a datum's */
    double same_system_m;  /* positions this near belong together (B03) */
    double on_line_m;      /* B04 */
    double chainage_m;     /* B06: a step back below this is none */
    double length_ratio;   /* B07: 1:2000 */
    double length_min_m;   /* B07: and not below this */
    int inspection_years;  /* B12 */
    int objects_least;     /* B08 */
    double object_distance_m;
    double object_azimuth_min; /* minutes of arc */
    int course_sectors;        /* B09: a word may be this many of 16 off */
    double course_length_ratio;
    double course_length_min_m;
};

typedef enum {
    GAZ_SURVEY_SWAPPED,    /* B03: X and Y exchanged */
    GAZ_SURVEY_ZONE,       /* B03: another central meridian or a zone prefix */
    GAZ_SURVEY_DATUM,      /* B02, B03: GCJ-02, BD-09 or another datum */
    GAZ_SURVEY_RANGE,      /* B03: not near the place, cause unknown */
    GAZ_SURVEY_SHIFT,      /* B02 */
    GAZ_SURVEY_ROTATION,   /* B02 */
    GAZ_SURVEY_SCALE,      /* B02 */
    GAZ_SURVEY_OUTLIER,    /* B01: one marker */
    GAZ_SURVEY_HEIGHT,     /* B01 */
    GAZ_SURVEY_OFF_LINE,   /* B04 */
    GAZ_SURVEY_WRONG_SIDE, /* B05 */
    GAZ_SURVEY_ORDER,      /* B06 */
    GAZ_SURVEY_DISTANCE,   /* B07 */
    GAZ_SURVEY_AZIMUTH,    /* B07 */
    GAZ_SURVEY_INSPECTION, /* B12: too long ago, or never */
    GAZ_SURVEY_CONDITION,  /* B12: lost, damaged */
    GAZ_SURVEY_CODE,       /* B15: grammar, twice, pair not complete */
    GAZ_SURVEY_MANAGER,    /* B16 */
    GAZ_SURVEY_OBJECT,     /* B08: azimuth or distance of an object */
    GAZ_SURVEY_OBJECTS,    /* B08: too few of them, or one twice */
    GAZ_SURVEY_COURSE,     /* B09: direction or length of the description */
    GAZ_SURVEY_COURSE_END, /* B09: it names a marker that is not there */
    GAZ_SURVEY_TOPOLOGY,   /* B13: the line meets itself, or does not end at
                            * its tripoint */
    GAZ_SURVEY_REGISTERS,  /* B11: the other side's register says otherwise */
} gaz_survey_kind;

struct gaz_survey_finding {
    const char *rule; /* "B01" */
    gaz_survey_kind kind;
    gaz_severity severity;
    const char *marker; /* its code; NULL: the whole register */
    bool has_where;
    struct gaz_coord where;
    double how_much_m;
    double uncertainty_m; /* one standard error; 0: exact or not known */
    const char *zh;
    const char *en;
    const char *clause; /* where the rule stands */
    const char *advice; /* what to do, Chinese */
    const char *advice_en;
};

/* From one row's marker to the next, from the coordinates. */
struct gaz_survey_leg {
    const struct gaz_survey_marker *from;
    const struct gaz_survey_marker *to;
    double grid_m;           /* in the plane */
    double ground_m;         /* on the ellipsoid */
    double scale_ppm;        /* of the plane: grid over ground, less 1 */
    double grid_azimuth_deg; /* of the plane's north, 0 to 360 */
    double true_azimuth_deg; /* of the geodesic at its beginning */
    double convergence_deg;  /* true less grid */
};

struct gaz_survey_report {
    const struct gaz_survey_finding *findings; /* worst first */
    size_t finding_count;
    size_t compared; /* markers with both positions */
    bool has_fit;
    struct gaz_fit fit;
    double line_length_m; /* in the plane */
    const struct gaz_survey_leg *legs;
    size_t leg_count;
};

struct gaz_survey_options gaz_survey_defaults(void);

/* @return GAZ_OK: checked, the report says what was found; GAZ_INVALID: no
 *         marker, or a bad option */
gaz_status gaz_survey_check(struct gaz_ctx *ctx,
                            const struct gaz_survey *survey,
                            const struct gaz_survey_options *options,
                            struct gaz_survey_report *out);

/* gaz_survey_compare lays the other side's register beside this one, field by
 * field (B11): markers that one has and the other has not, agreed positions and
 * heights, managers, conditions, days of inspection. Findings join those of
 * `report`, which gaz_survey_check made of `survey`. */
gaz_status gaz_survey_compare(struct gaz_ctx *ctx,
                              const struct gaz_survey *survey,
                              const struct gaz_survey *other,
                              const struct gaz_survey_options *options,
                              struct gaz_survey_report *report);

const char *gaz_survey_kind_name(gaz_survey_kind kind); /* "swapped_axes" */

#endif
