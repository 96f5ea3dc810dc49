/* cache.h - tiles that were made, in memory: least recently used go first.
 *
 * A key is one tile in one form (tile.c packs it). Entries belong to a
 * generation, that is a snapshot; when a new snapshot comes, entries that it
 * does not change are handed on. One maker of a tile at a time: others that
 * want the same tile wait for it ("single flight").
 *
 * Thread-safe.
 */
#ifndef TILES_CACHE_H
#define TILES_CACHE_H

#include <stdint.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"

struct tile_cache;

/* tile_cache_open makes a cache of at most `max_bytes` of tiles. It has one
 * user; tile_cache_share adds one, tile_cache_close takes one away. */
struct tile_cache *tile_cache_open(size_t max_bytes);
struct tile_cache *tile_cache_share(struct tile_cache *cache);
void tile_cache_close(struct tile_cache *cache); /* accepts NULL */

/* Makes what the cache does not have; appends to `out`. */
typedef gaz_status tile_cache_make(struct gaz_ctx *ctx, void *user,
                                   struct gaz_buffer *out);

/* tile_cache_get appends the tile to `out`, and gives the hash of its bytes.
 * A failure of `make` is passed on and not remembered. */
gaz_status tile_cache_get(struct gaz_ctx *ctx, struct tile_cache *cache,
                          uint32_t generation, uint64_t key,
                          tile_cache_make *make, void *user,
                          struct gaz_buffer *out, uint64_t *hash);

/* tile_cache_find appends the tile when it is there; neither makes it nor waits
 * for who does. */
bool tile_cache_find(struct tile_cache *cache, uint32_t generation,
                     uint64_t key, struct gaz_buffer *out, uint64_t *hash);

/* True when the tile of this key is another in the new snapshot. */
typedef bool tile_cache_is_stale(uint64_t key, void *user);

/* tile_cache_turn begins generation `to`: entries of `from` that are not stale
 * are handed on, all others are forgotten. Returns how many went on. */
size_t tile_cache_turn(struct tile_cache *cache, uint32_t from, uint32_t to,
                       tile_cache_is_stale *is_stale, void *user);

struct tile_cache_stats {
    size_t entries;
    size_t bytes;
    uint64_t hits;
    uint64_t misses;
    uint64_t waits; /* for a tile that another thread was making */
};
void tile_cache_count(struct tile_cache *cache, struct tile_cache_stats *out);

#endif
