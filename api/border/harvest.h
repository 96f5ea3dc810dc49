/* harvest.h - the neighbour's collections, page by page, for harvest.c: the
 * pages of importers/pages.h, kept with the line (gazetteer/store/boundary.h).
 */
#ifndef API_BORDER_HARVEST_H
#define API_BORDER_HARVEST_H

#include "api/border/border.h"
#include "importers/pages.h"

struct api_harvest {
    struct gaz_store *store;
    const struct gaz_boundary_line *line;
    char side;
    int page_size;
    struct imp_pages pages;
};

/* A collection of the neighbour, and what was found in it. */
struct api_harvest_layer {
    const char *url;    /* of the collection */
    const char *filter; /* "line=3133&section=..."; "": all of it */
    bool offers_4490;   /* and so is asked for it */
    struct imp_pages_tally tally;
};

/* Asks what a collection offers. */
gaz_status api_harvest_describe(struct api_harvest *harvest,
                                struct api_harvest_layer *layer);
/* Reads its pages. `in_4490`: ask for EPSG:4490 (latitude first). */
gaz_status api_harvest_read(struct api_harvest *harvest,
                            struct api_harvest_layer *layer, bool in_4490);
/* What came, from page number `from` on, as parts of a submission. */
void api_harvest_parts(const struct api_harvest *harvest, size_t from,
                       struct gaz_boundary_submission *out);

/* Text made fit for a query. */
const char *api_harvest_escape(struct gaz_arena *arena, const char *text);

#endif
