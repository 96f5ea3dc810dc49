/* page.h - the map as a page to print: PDF, with names as text that can be
 * selected and searched, lines and areas as vectors, title, legend, scale bar,
 * north arrow, and the lines that a published map needs at its foot.
 */
#ifndef TILES_PAGE_H
#define TILES_PAGE_H

#include "gazetteer/base/buffer.h"
#include "tiles/tile.h"

typedef enum { TILE_PAPER_A4, TILE_PAPER_A3 } tile_paper;

enum { TILE_PAGE_TITLE_MAX = 120, TILE_PAGE_BYTES_MAX = 64 * 1024 * 1024 };

struct tile_page {
    const char *style;
    tile_language language;
    struct gaz_box box; /* degrees; upright or lying page, as suits it */
    tile_paper paper;
    const char *title;   /* "" for none */
    const char *note;    /* first line of the foot */
    const char *credits; /* below it, as many lines as it takes */
};

/* tile_page_write appends the PDF. The box lies in the middle of the frame and
 * fills it one way; what is around it is shown too. Same map, same bytes.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style; GAZ_INVALID: the title cannot
 * be written, or the credits leave no room; GAZ_LIMIT; GAZ_IO */
gaz_status tile_page_write(struct gaz_ctx *ctx, struct tile_maker *maker,
                           const struct tile_page *page,
                           struct gaz_buffer *out);

#endif
