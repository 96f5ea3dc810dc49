/* mbtiles.h - MBTiles 1.3: tiles in a SQLite file, rows counted from the south;
 * vector tiles are gzip members, as the specification has it. The one door to
 * SQLite of this room: the store's database has other tables and SpatiaLite.
 */
#ifndef TILES_MBTILES_H
#define TILES_MBTILES_H

#include "tiles/archive.h"

/* tile_mbtiles_write makes the file `path` of all tiles of `spool`; replaces
 * one that is there. Same tiles, same bytes.
 * @return GAZ_OK; GAZ_IO */
gaz_status tile_mbtiles_write(struct gaz_ctx *ctx, const char *path,
                              const struct tile_archive *archive,
                              struct tile_spool *spool);

#endif
