/* sides_work.h - what the files of sides.h share. */
#ifndef GAZ_BOUNDARY_SIDES_WORK_H
#define GAZ_BOUNDARY_SIDES_WORK_H

#include "gazetteer/boundary/sides.h"
#include "gazetteer/geo/crs.h"

/* One comparison under way. */
struct gaz_sides_work {
    struct gaz_ctx *ctx;
    const struct gaz_sides_options *options;
    const struct gaz_side *sides[2]; /* NULL: lines only */
    const char *names[2];
    struct gaz_coverage *coverage;
    struct gaz_geometry *geometry;
    struct gaz_crs *plane;
    struct gaz_sides_finding *findings;
    size_t count;
    size_t capacity;
    struct gaz_sides_report report;
};

/* Adds a finding; rule, clause and advice follow from the kind. */
struct gaz_sides_finding *gaz_sides_note(struct gaz_sides_work *work,
                                         gaz_sides_kind kind,
                                         gaz_severity severity);

/* What a difference between both sides is uncertain by: either's line has
 * accuracy_m. */
double gaz_sides_uncertainty_m(const struct gaz_sides_work *work);

/* How bad a width or distance is. */
gaz_severity gaz_sides_grade(const struct gaz_sides_work *work, double size_m);

/* Lays B's line on A's: report.lines are given, the profile is made. */
gaz_status gaz_sides_lay_lines(struct gaz_sides_work *work);

/* The sides' borders as report.lines, and the profile, when both have one. */
gaz_status gaz_sides_take_borders(struct gaz_sides_work *work);

/* B17. */
gaz_status gaz_sides_check_areas(struct gaz_sides_work *work);

/* Sorts the findings, worst first, into the report. */
void gaz_sides_finish(struct gaz_sides_work *work,
                      struct gaz_sides_report *out);

#endif
