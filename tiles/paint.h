/* paint.h - one window of the map, layer by layer.
 *
 * The window may be a tile or any other rectangle of a zoom's pixel grid: its
 * pixels are the same ones either way.
 */
#ifndef TILES_PAINT_H
#define TILES_PAINT_H

#include "tiles/place.h"
#include "tiles/raster.h"

/* All that one zoom and scale shows. */
struct tile_scene {
    const struct tile_features *features;
    struct tile_shapes shapes;
    struct tile_labels labels;
    const struct tile_typeset *typeset; /* of the view's scale */
};

/* tile_paint draws `layer` of the scene as `view` shows it; the canvas lives in
 * `arena`. */
void tile_paint(struct gaz_arena *arena, const struct tile_scene *scene,
                enum tile_layer layer, const struct tile_view *view,
                struct tile_canvas *out);

#endif
