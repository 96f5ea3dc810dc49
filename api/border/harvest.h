/* harvest.h - the neighbour's collections, page by page, for harvest.c.
 *
 * Each page that came whole is kept at once, with its ETag. A page is asked for
 * with the ETag of the one that is kept, here or in the last harvest, so that
 * one that was killed goes on where it was, and a night on which nothing
 * changed costs a few bytes.
 */
#ifndef API_BORDER_HARVEST_H
#define API_BORDER_HARVEST_H

#include "api/border/border.h"
#include "importers/page.h"

enum {
    API_HARVEST_PAGE_DEFAULT = 500,
    API_HARVEST_PAGE_MAX = 10000,
    API_HARVEST_PAGES_MAX = 2000,
    API_HARVEST_MAX_BYTES = 256 * 1024 * 1024,
    API_HARVEST_TOTAL_MS = 30 * 60 * 1000,
    API_HARVEST_PAGE_MS = 2 * 60 * 1000,
};

struct api_harvest {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    const struct gaz_boundary_line *line;
    char side;
    const char *const *headers; /* NULL: no key */
    int page_size;
    /* what came: */
    struct gaz_boundary_part *parts;
    size_t count;
    size_t capacity;
    size_t bytes;
    int fetched;   /* pages that came over the net */
    int unchanged; /* that the host said we have */
    int64_t began_ms;
    const char *zh; /* of a failure, in Chinese; NULL: none */
};

/* A collection of the neighbour, and what was found in it. */
struct api_harvest_layer {
    const char *url;    /* of the collection */
    const char *filter; /* "line=3133&section=..."; "": all of it */
    bool offers_4490;   /* and so is asked for it */
    int64_t features;
    int64_t schematic;
    int64_t placeless;
};

/* Asks what a collection offers. */
gaz_status api_harvest_describe(struct api_harvest *harvest,
                                struct api_harvest_layer *layer);
/* Reads its pages. `in_4490`: ask for EPSG:4490 (latitude first). */
gaz_status api_harvest_read(struct api_harvest *harvest,
                            struct api_harvest_layer *layer, bool in_4490);

/* Text made fit for a query. */
const char *api_harvest_escape(struct gaz_arena *arena, const char *text);

#endif
