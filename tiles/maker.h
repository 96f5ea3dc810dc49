/* maker.h - what a tile_maker is made of. Private to tile.c, serve.c, follow.c.
 */
#ifndef TILES_MAKER_H
#define TILES_MAKER_H

#include "tiles/cache.h"
#include "tiles/disk.h"
#include "tiles/scene.h"
#include "tiles/tile.h"

struct tile_maker {
    struct tile_scenes *scenes;
    struct tile_cache *cache;
    struct tile_disk *disk; /* NULL: none */
    uint64_t state;      /* hash of all that the bytes of its tiles depend on */
    uint32_t generation; /* counts the makers that follow each other */
};

gaz_status tile_maker_check(struct gaz_ctx *ctx,
                            const struct tile_request *request);

/* The key of a tile in the caches: 3 bits of style, 2 language, 2 format, 2
 * scale, 5 z, 20 x, 20 y. */
uint64_t tile_maker_key(const struct tile_request *request);
struct tile_request tile_maker_request(uint64_t key);

#endif
