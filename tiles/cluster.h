/* cluster.h - heritage sites at one point become one site (see feature.h). */
#ifndef TILES_CLUSTER_H
#define TILES_CLUSTER_H

#include "tiles/feature.h"

/* tile_cluster_merge replaces the heritage sites of `features` that share a
 * point by one TILE_CLASS_CLUSTER site, and writes "（概位）" behind the name
 * of one that stands alone at an approximate point. */
void tile_cluster_merge(struct tile_features *features);

#endif
