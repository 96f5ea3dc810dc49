/* page.h - the parts of the report as a page (HTML, SVG): what page.c composes.
 */
#ifndef API_BOUNDARY_PAGE_H
#define API_BOUNDARY_PAGE_H

#include "api/boundary/view.h"
#include "gazetteer/geo/crs.h"

struct api_page {
    struct gaz_ctx *ctx;
    struct gaz_buffer out;
    const struct api_boundary_view *view;
    struct gaz_crs *plane;
    struct gaz_grid low; /* of the map */
    double metres;       /* a unit of the map */
};

/* page_map.c: both lines, the register's line, areas and markers. */
void api_page_map(struct api_page *page);
/* page_plot.c: B's line on A's along A's; markers' differences. */
void api_page_profile(struct api_page *page);
void api_page_differences(struct api_page *page);
/* page_cards.c: distances between markers; a card a marker. */
void api_page_legs(struct api_page *page);
void api_page_cards(struct api_page *page);

/* The worst finding of a marker, a gaz_severity; -1: none. */
int api_page_severity(const struct api_page *page,
                      const struct gaz_survey_marker *marker);
const char *api_page_colour(int severity);

#endif
