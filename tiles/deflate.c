/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/deflate.h"

#include <stdio.h>
#include <stdlib.h>

#include <libdeflate.h>

/* Flat colours compress well at once: higher levels cost twice the time for a
 * few percent. What goes into an archive is made once and read often. */
enum { LEVEL = 3, LEVEL_ARCHIVE = 9 };

static struct libdeflate_compressor *open_packer(int level)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(level);
    if (!packer) { /* as gaz_malloc does */
        (void)fprintf(stderr, "diming: out of memory (compressor)\n");
        abort();
    }
    return packer;
}

size_t tile_deflate_zlib(struct gaz_arena *arena, const void *data, size_t size,
                         unsigned char **out)
{
    struct libdeflate_compressor *packer = open_packer(LEVEL);
    size_t room = libdeflate_zlib_compress_bound(packer, size);
    *out = gaz_arena_alloc(arena, room);
    size_t made = libdeflate_zlib_compress(packer, data, size, *out, room);
    libdeflate_free_compressor(packer);
    return made;
}

size_t tile_deflate_gzip(struct gaz_arena *arena, const void *data, size_t size,
                         unsigned char **out)
{
    struct libdeflate_compressor *packer = open_packer(LEVEL_ARCHIVE);
    size_t room = libdeflate_gzip_compress_bound(packer, size);
    *out = gaz_arena_alloc(arena, room);
    size_t made = libdeflate_gzip_compress(packer, data, size, *out, room);
    libdeflate_free_compressor(packer);
    return made;
}

uint32_t tile_deflate_crc(uint32_t crc, const void *data, size_t size)
{
    /* libdeflate forgets the CRC when there is no data */
    return size ? libdeflate_crc32(crc, data, size) : crc;
}
