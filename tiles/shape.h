/* shape.h - the areas and lines of one zoom: simplified, with lengths.
 *
 * Made once for each zoom; immutable after that.
 */
#ifndef TILES_SHAPE_H
#define TILES_SHAPE_H

#include "tiles/feature.h"

struct tile_shapes {
    const struct tile_point *points;
    const struct tile_span *rings; /* one for each of features->rings */
    const struct tile_span *lines; /* one for each of features->lines */
    const int64_t *lengths; /* for each point of a line: world units from the
                             * line's start, for dashes and labels */
};

/* tile_shape_make simplifies everything for zoom `z` to a quarter of a pixel,
 * below what the eye and the 4096 units of a vector tile at double size see.
 * Edges are kept shorter than the raster's arithmetic allows. */
void tile_shape_make(struct gaz_arena *arena,
                     const struct tile_features *features, int z,
                     struct tile_shapes *out);

#endif
