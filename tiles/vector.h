/* vector.h - one tile as MVT: which features, with which attributes.
 *
 *   divisions   polygon  id code name name_roman level tint schematic
 *   buildings   polygon  id name name_roman: outlines of places without a level
 *   boundaries  line     kind (boundary, coast, road) name code level schematic
 *                        sea (of a coast: 1 right of its direction, -1 left)
 *   centres     point    id code name name_roman level rank schematic: where an
 *                        area's name stands
 *   names       point    id code name name_roman kind level category rank
 *                        accuracy_m synthetic
 *   heritage    point    id name name_roman kind (site, cluster) label
 *                        label_roman category rank count ids approximate
 * accuracy_m synthetic
 *
 * `id` is the permanent id as it is written in addresses of the service; the
 * feature's own id is its low 53 bits, which JavaScript can hold. Attributes
 * that are not known are absent; flags are there only when true.
 *
 * A tile past TILE_VECTOR_BUDGET bytes takes nothing more of what is less
 * important: divisions with their centres, and boundaries, are always there;
 * then come heritage sites, names by class, rank and id, names of buildings, and
 * buildings, the largest first. So whatever is left out comes after all that is
 * in the tile, and the same map gives the same bytes.
 */
#ifndef TILES_VECTOR_H
#define TILES_VECTOR_H

#include "gazetteer/base/buffer.h"
#include "tiles/shape.h"
#include "tiles/style.h"

enum { TILE_VECTOR_BUDGET = 64 * 1024 };

/* tile_vector_shows is true when tiles of zoom `z` have this site. */
bool tile_vector_shows(const struct tile_site *site, int z);

/* tile_vector_reach gives the first and last tile of zoom `z`, with their
 * buffers, that a position falls into, along one axis. */
void tile_vector_reach(uint32_t position, int z, int64_t out[2]);

/* tile_vector_write appends the tile of a view with the layers of `sources`
 * (bits 1 << tile_source). */
void tile_vector_write(struct gaz_arena *arena,
                       const struct tile_features *features,
                       const struct tile_shapes *shapes, uint32_t sources,
                       const struct tile_view *view, struct gaz_buffer *out);

#endif
