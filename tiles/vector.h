/* vector.h - one tile as MVT: which features, with which attributes.
 *
 *   divisions   polygon  id code name name_roman level schematic
 *   boundaries  line     kind (boundary, coast, road) name code level schematic
 *   names       point    id code name name_roman kind level category rank
 *                        accuracy_m synthetic
 *   heritage    point    id name name_roman kind (site, cluster) label category
 *                        rank count ids approximate accuracy_m synthetic
 *
 * `id` is the permanent id as it is written in addresses of the service; the
 * feature's own id is its low 53 bits, which JavaScript can hold. Attributes
 * that are not known are absent; flags are there only when true.
 */
#ifndef TILES_VECTOR_H
#define TILES_VECTOR_H

#include "gazetteer/base/buffer.h"
#include "tiles/shape.h"
#include "tiles/style.h"

/* tile_vector_write appends the tile z/x/y. The base layer holds all four. */
void tile_vector_write(struct gaz_arena *arena,
                       const struct tile_features *features,
                       const struct tile_shapes *shapes, enum tile_layer layer,
                       const struct tile_view *view, struct gaz_buffer *out);

#endif
