/* compare_work.h - what the files of compare.h share. */
#ifndef API_BORDER_COMPARE_WORK_H
#define API_BORDER_COMPARE_WORK_H

#include "api/border/compare.h"
#include "importers/edition.h"

enum { API_BORDER_FINDINGS_MAX = 1000 };

/* One side, read again from its bytes. */
struct api_border_side {
    struct gaz_boundary_submission submission;
    struct imp_delivered has;
    struct imp_edition_left left;
};

struct api_border_comparing {
    struct gaz_ctx *ctx;
    const struct gaz_boundary_line *line;
    struct api_border_side sides[GAZ_BOUNDARY_SIDES];
    struct api_border_compared out;
    struct api_boundary_finding *findings;
    size_t left_out;
};

void api_border_add(struct api_border_comparing *comparing,
                    struct api_boundary_finding finding);
void api_border_note_largest(struct api_border_comparing *comparing,
                             double metres);

/* compare_markers.c: those that both sides have, and those that one has. */
gaz_status api_border_compare_markers(struct api_border_comparing *comparing);

#endif
