/* window.h - any rectangle of the map as a picture in memory; tiles are the
 * special case. For map images and for the proof that tiles have no seams. */
#ifndef TILES_WINDOW_H
#define TILES_WINDOW_H

#include "tiles/grid.h"
#include "tiles/raster.h"
#include "tiles/tile.h"

/* tile_window draws a style as `view` shows it; `out` lives in ctx->arena.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style; GAZ_INVALID: zoom or scale */
gaz_status tile_window(struct gaz_ctx *ctx, struct tile_maker *maker,
                       const char *style, tile_language language,
                       const struct tile_view *view, struct tile_canvas *out);

#endif
