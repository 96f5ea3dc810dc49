/* pmtiles.h - PMTiles v3, written by hand: one file that a browser reads by
 * ranges. Tiles in Hilbert order ("clustered"), the same bytes once, runs of
 * the same tile as one entry, leaf directories when the root would pass 16 KB;
 * directories and metadata are gzip members, vector tiles too.
 * https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 */
#ifndef TILES_PMTILES_H
#define TILES_PMTILES_H

#include "tiles/archive.h"

enum { TILE_PMTILES_ROOT_MAX = 16384 }; /* with the header, in bytes */

/* tile_pmtiles_write makes the file `path` of all tiles of `spool`; replaces
 * one that is there. Same tiles, same bytes.
 * @return GAZ_OK; GAZ_IO */
gaz_status tile_pmtiles_write(struct gaz_ctx *ctx, const char *path,
                              const struct tile_archive *archive,
                              struct tile_spool *spool);

#endif
