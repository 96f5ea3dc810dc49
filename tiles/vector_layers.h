/* vector_layers.h - "vector_layers" of TileJSON 3.0, MBTiles and PMTiles: the
 * layers of a vector tile with the types of their attributes (vector.h). */
#ifndef TILES_VECTOR_LAYERS_H
#define TILES_VECTOR_LAYERS_H

#include "gazetteer/base/json.h"
#include "tiles/style.h"

/* tile_vector_layers_write writes the array under `key` (NULL: alone), with the
 * layers of `sources` (bits 1 << tile_source). */
void tile_vector_layers_write(struct gaz_json *json, const char *key,
                              uint32_t sources, int min_zoom, int max_zoom);

#endif
