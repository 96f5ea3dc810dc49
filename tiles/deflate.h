/* deflate.h - zlib and gzip streams and CRC-32; the one door to libdeflate. */
#ifndef TILES_DEFLATE_H
#define TILES_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"

/* tile_deflate_zlib compresses `size` bytes. Returns the size of the stream;
 * `*out` lives in `arena`. The same input gives the same bytes. */
size_t tile_deflate_zlib(struct gaz_arena *arena, const void *data, size_t size,
                         unsigned char **out);

/* tile_deflate_gzip is the same as a gzip member, pressed harder; no time and
 * no name are in it. */
size_t tile_deflate_gzip(struct gaz_arena *arena, const void *data, size_t size,
                         unsigned char **out);

/* tile_deflate_crc continues a CRC-32 (of zlib and PNG); begin with 0. */
uint32_t tile_deflate_crc(uint32_t crc, const void *data, size_t size);

#endif
