/* paint.h - one window of the map: fills and lines in the style's order, then
 * labels.
 *
 * The window may be a tile or any other rectangle of a zoom's pixel grid: its
 * pixels are the same ones either way.
 */
#ifndef TILES_PAINT_H
#define TILES_PAINT_H

#include "tiles/ops.h"
#include "tiles/place.h"
#include "tiles/raster.h"

/* All that one style shows at one zoom. */
struct tile_scene {
    const struct tile_features *features;
    struct tile_font *font;
    struct tile_shapes shapes;
    struct tile_ops ops;
    struct tile_labels labels;
};

/* tile_paint draws the scene as `view` shows it; the canvas lives in `arena`.
 * Takes the font's lock for its glyphs. */
void tile_paint(struct gaz_arena *arena, const struct tile_scene *scene,
                const struct tile_view *view, struct tile_canvas *out);

#endif
