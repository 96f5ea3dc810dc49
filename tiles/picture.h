/* picture.h - a map picture for a report: what a box shows, pins, and the lines
 * at its foot that a published map needs. */
#ifndef TILES_PICTURE_H
#define TILES_PICTURE_H

#include "gazetteer/base/buffer.h"
#include "tiles/tile.h"

enum { TILE_PICTURE_PIXELS_MAX = 4 * 1024 * 1024, TILE_PICTURE_PINS_MAX = 100 };

struct tile_picture {
    const char *style;
    tile_language language;
    struct gaz_box box; /* degrees */
    int width;          /* pixels of scale 1 */
    int height;
    int scale; /* 1 or 2: the picture is so many times as large */
    const struct gaz_coord *pins;
    int pin_count;
    bool has_legend;     /* in the lower right corner, where there is room */
    const char *note;    /* the last line */
    const char *credits; /* above it, on lines of their own */
    const char *refer;   /* instead of credits that take over a fifth */
};

/* tile_picture_draw appends a PNG: the box in the middle, at the closest whole
 * zoom that shows all of it.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style; GAZ_LIMIT: width * height *
 * scale^2 over TILE_PICTURE_PIXELS_MAX; GAZ_INVALID: the words do not fit */
gaz_status tile_picture_draw(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const struct tile_picture *picture,
                             struct gaz_buffer *out);

#endif
