/* draw.h - world geometry and icons onto a canvas. */
#ifndef TILES_DRAW_H
#define TILES_DRAW_H

#include "tiles/raster.h"
#include "tiles/shape.h"
#include "tiles/shore.h"
#include "tiles/style.h"

/* tile_draw_area puts the coverage of an area into the mask. */
void tile_draw_area(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes,
                    const struct tile_area *area);

/* tile_draw_line puts the coverage of line `number` into the mask, with the
 * dashes and width of `style`. Dashes are counted from the line's own start, so
 * they run on from tile to tile. */
void tile_draw_line(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes, uint32_t number,
                    const struct tile_stroke_style *style);

/* tile_draw_shore adds coastline `number` to a shore; `sea` as in shore.h. */
void tile_draw_shore(struct tile_shore *shore, const struct tile_view *view,
                     const struct tile_shapes *shapes, uint32_t number,
                     int sea);

/* tile_draw_icon draws an icon with its middle on a pixel's middle, (x, y)
 * being pixels of the view's zoom at scale 1, from the corner of the world. */
void tile_draw_icon(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_text_style *style, int64_t x, int64_t y,
                    bool is_hollow);

#endif
