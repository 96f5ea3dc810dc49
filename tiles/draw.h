/* draw.h - world geometry onto a canvas. */
#ifndef TILES_DRAW_H
#define TILES_DRAW_H

#include "tiles/ops.h"
#include "tiles/raster.h"
#include "tiles/shape.h"
#include "tiles/shore.h"

/* tile_draw_area puts the coverage of an area into the mask. */
void tile_draw_area(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes,
                    const struct tile_area *area);

/* tile_draw_line puts the coverage of line `number` into the mask, with the
 * dashes and width of a pen. Dashes are counted from the line's own start, so
 * they run on from tile to tile. */
void tile_draw_line(struct tile_canvas *canvas, const struct tile_view *view,
                    const struct tile_shapes *shapes, uint32_t number,
                    const struct tile_pen *pen);

/* tile_draw_shore adds coastline `number` to a shore; `sea` as in shore.h. */
void tile_draw_shore(struct tile_shore *shore, const struct tile_view *view,
                     const struct tile_shapes *shapes, uint32_t number,
                     int sea);

#endif
