/* survey.h - a register of boundary markers, and what is wrong with it.
 *
 * Checks B01 to B07, B12, B15 and B16 of docs/guide/boundary.md. Positions are
 * metres of the plane of `plane_crs` (EPSG:4549): north is the register's X,
 * east its Y. What looks like another system, zone or axis order is named and
 * never corrected.
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
};

struct gaz_survey_report {
    const struct gaz_survey_finding *findings; /* worst first */
    size_t finding_count;
    size_t compared; /* markers with both positions */
    bool has_fit;
    struct gaz_fit fit;
    double line_length_m; /* in the plane */
};

struct gaz_survey_options gaz_survey_defaults(void);

/* @return GAZ_OK: checked, the report says what was found; GAZ_INVALID: no
 *         marker, or a bad option */
gaz_status gaz_survey_check(struct gaz_ctx *ctx,
                            const struct gaz_survey *survey,
                            const struct gaz_survey_options *options,
                            struct gaz_survey_report *out);

const char *gaz_survey_kind_name(gaz_survey_kind kind); /* "swapped_axes" */

#endif
