/* survey_work.h - what the files of survey.h share. */
#ifndef GAZ_BOUNDARY_SURVEY_WORK_H
#define GAZ_BOUNDARY_SURVEY_WORK_H

#include "gazetteer/boundary/survey.h"
#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/track.h"

struct gaz_survey_work {
    struct gaz_ctx *ctx;
    const struct gaz_survey *survey;
    const struct gaz_survey_options *options;
    struct gaz_crs *plane;
    struct gaz_track line; /* in the plane; no segment: none was delivered */
    struct gaz_survey_finding *findings;
    size_t count;
    size_t capacity;
    struct gaz_survey_report report;
};

/* Twice the mean square error of a marker on the agreement's map. */
double gaz_survey_limit_m(const struct gaz_survey_work *work);

/* Adds a finding; rule, clause and advice follow from the kind. `marker` may be
 * NULL. The caller sets how much and the sentences. */
struct gaz_survey_finding *
gaz_survey_note(struct gaz_survey_work *work, gaz_survey_kind kind,
                gaz_severity severity, const struct gaz_survey_marker *marker);

/* B01 to B03. */
gaz_status gaz_survey_positions(struct gaz_survey_work *work);
/* B03: whether the measured positions are of another system; notes which. */
gaz_status gaz_survey_systems(struct gaz_survey_work *work, bool *is_other);
/* Makes work->line. */
void gaz_survey_open_line(struct gaz_survey_work *work);
/* B04 to B06, B13. */
gaz_status gaz_survey_line(struct gaz_survey_work *work);
/* B07, and the legs of the report. */
gaz_status gaz_survey_legs(struct gaz_survey_work *work);
/* B08. */
gaz_status gaz_survey_objects(struct gaz_survey_work *work);
/* B09; after gaz_survey_register, whose broken codes it does not repeat. */
gaz_status gaz_survey_courses(struct gaz_survey_work *work);
/* Where a marker is: its agreed position, else the measured one; false: it has
 * none. */
bool gaz_survey_place(const struct gaz_survey_marker *marker,
                      struct gaz_grid *out);
/* A difference of azimuths brought to -180 to 180. */
double gaz_survey_turned(double degrees);
/* Sorts the findings, worst first, into the report. */
void gaz_survey_finish(struct gaz_survey_work *work,
                       struct gaz_survey_report *out);
/* B12, B15, B16. */
gaz_status gaz_survey_register(struct gaz_survey_work *work);

#endif
