/* icon_sheet.h - the sheet of icons as shapes. Private to icon.c. */
#ifndef TILES_ICON_SHEET_H
#define TILES_ICON_SHEET_H

#include <stdint.h>

#include "gazetteer/base/context.h"

struct tile_icon_edge {
    double at[4]; /* x, y, x, y; pixels of scale 1 */
};

struct tile_icon_shape {
    uint32_t fill; /* 0xAARRGGBB */
    struct tile_icon_edge *edges;
    uint32_t edge_count;
    uint32_t edge_room;
};

struct tile_icon_symbol {
    const char *name;
    int side;
    struct tile_icon_shape *shapes;
    uint32_t shape_count;
    uint32_t shape_room;
};

/* tile_icon_sheet_read reads the part of SVG that icon.h describes; `*out`
 * lives in ctx->arena.
 * @return GAZ_OK; GAZ_INVALID with the line */
gaz_status tile_icon_sheet_read(struct gaz_ctx *ctx, const char *text,
                                size_t size, struct tile_icon_symbol **out,
                                uint32_t *count);

#endif
