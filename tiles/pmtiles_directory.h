/* pmtiles_directory.h - which bytes of a PMTiles archive are which tile. */
#ifndef TILES_PMTILES_DIRECTORY_H
#define TILES_PMTILES_DIRECTORY_H

#include "gazetteer/base/buffer.h"
#include "tiles/spool.h"

/* A run of tiles that have the same bytes; a leaf directory when run is 0. */
struct tile_entry {
    uint64_t id;
    uint64_t offset; /* from the first tile (leaf) */
    uint32_t length;
    uint32_t run;
};

/* Entries of all tiles of a spool, in gaz_malloc's memory. */
struct tile_entries {
    struct tile_entry *items;
    uint64_t count;
    uint64_t addressed; /* tiles that are there */
    uint64_t contents;  /* different ones */
    uint64_t bytes;     /* of all contents */
};

/* tile_entries_read goes through `spool`; GAZ_OK; GAZ_IO. */
gaz_status tile_entries_read(struct gaz_ctx *ctx, struct tile_spool *spool,
                             struct tile_entries *out);
void tile_entries_close(struct tile_entries *entries);

/* tile_directory_write makes the root, of at most `room` bytes, and the leaves
 * that it needs for that; both in the form of the archive. */
void tile_directory_write(struct gaz_arena *arena,
                          const struct tile_entries *entries, size_t room,
                          struct gaz_buffer *root, struct gaz_buffer *leaves);

#endif
