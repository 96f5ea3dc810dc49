/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/cache.h"

#include <pthread.h>
#include <string.h>

#include "gazetteer/base/text.h"

enum { BUCKETS = 1 << 14, OVERHEAD = 128, TILE_LIMIT = 64 << 20 };

struct entry {
    uint64_t key;
    uint64_t hash;
    char *data;
    size_t size;
    uint32_t generation;
    bool is_pending; /* somebody is making it */
    struct entry *chain;
    struct entry *newer;
    struct entry *older;
};

struct tile_cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct entry *buckets[BUCKETS];
    struct entry *newest;
    struct entry *oldest;
    size_t max_bytes;
    struct tile_cache_stats stats;
    uint32_t generation; /* the newest; older makers store nothing */
    int users;
};

struct tile_cache *tile_cache_open(size_t max_bytes)
{
    struct tile_cache *cache = gaz_malloc(sizeof *cache);
    (void)pthread_mutex_init(&cache->lock, NULL);
    (void)pthread_cond_init(&cache->made, NULL);
    cache->max_bytes = max_bytes;
    cache->users = 1;
    return cache;
}

struct tile_cache *tile_cache_share(struct tile_cache *cache)
{
    (void)pthread_mutex_lock(&cache->lock);
    cache->users++;
    (void)pthread_mutex_unlock(&cache->lock);
    return cache;
}

static struct entry **slot_of(struct tile_cache *cache, uint64_t key)
{
    return &cache->buckets[(key * UINT64_C(0x9E3779B97F4A7C15)) >> 50];
}

static void unlink_entry(struct tile_cache *cache, struct entry *entry)
{
    *(entry->newer ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &cache->oldest) = entry->newer;
    entry->newer = entry->older = NULL;
}

static void put_first(struct tile_cache *cache, struct entry *entry)
{
    entry->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

static void forget(struct tile_cache *cache, struct entry *entry)
{
    struct entry **link = slot_of(cache, entry->key);
    while (*link != entry)
        link = &(*link)->chain;
    *link = entry->chain;
    unlink_entry(cache, entry);
    cache->stats.entries--;
    cache->stats.bytes -= entry->size + OVERHEAD;
    gaz_free(entry->data);
    gaz_free(entry);
}

void tile_cache_close(struct tile_cache *cache)
{
    if (!cache)
        return;
    (void)pthread_mutex_lock(&cache->lock);
    bool is_last = --cache->users == 0;
    (void)pthread_mutex_unlock(&cache->lock);
    if (!is_last)
        return;
    while (cache->newest)
        forget(cache, cache->newest);
    (void)pthread_cond_destroy(&cache->made);
    (void)pthread_mutex_destroy(&cache->lock);
    gaz_free(cache);
}

static struct entry *find(struct tile_cache *cache, uint32_t generation,
                          uint64_t key)
{
    for (struct entry *e = *slot_of(cache, key); e; e = e->chain)
        if (e->key == key && e->generation == generation)
            return e;
    return NULL;
}

static struct entry *add(struct tile_cache *cache, uint32_t generation,
                         uint64_t key)
{
    struct entry *entry = gaz_malloc(sizeof *entry);
    struct entry **slot = slot_of(cache, key);
    entry->key = key;
    entry->generation = generation;
    entry->is_pending = true;
    entry->chain = *slot;
    *slot = entry;
    put_first(cache, entry);
    cache->stats.entries++;
    cache->stats.bytes += OVERHEAD;
    return entry;
}

/* The oldest go until there is room; one that is being made stays. */
static void make_room(struct tile_cache *cache)
{
    struct entry *entry = cache->oldest;
    while (entry && cache->stats.bytes > cache->max_bytes) {
        struct entry *next = entry->newer;
        if (!entry->is_pending)
            forget(cache, entry);
        entry = next;
    }
}

/* Makes the tile outside of the lock; called and returns with it held. */
static gaz_status fill(struct gaz_ctx *ctx, struct tile_cache *cache,
                       struct entry *entry, tile_cache_make *make, void *user,
                       struct gaz_buffer *out)
{
    struct gaz_buffer tile;
    gaz_buffer_open(&tile, TILE_LIMIT);
    (void)pthread_mutex_unlock(&cache->lock);
    gaz_status status = make(ctx, user, &tile);
    (void)pthread_mutex_lock(&cache->lock);
    entry->is_pending = false;
    if (status == GAZ_OK) {
        entry->size = tile.size;
        entry->hash = gaz_text_hash(tile.data ? tile.data : "", tile.size);
        entry->data = gaz_malloc(tile.size);
        if (tile.data && tile.size > 0)
            memcpy(entry->data, tile.data, tile.size);
        cache->stats.bytes += tile.size;
        gaz_buffer_bytes(out, tile.data, tile.size);
    }
    gaz_buffer_close(&tile);
    (void)pthread_cond_broadcast(&cache->made);
    return status;
}

/* The tile goes out, and is the newest now. */
static void use(struct tile_cache *cache, struct entry *entry,
                struct gaz_buffer *out, uint64_t *hash)
{
    cache->stats.hits++;
    unlink_entry(cache, entry);
    put_first(cache, entry);
    gaz_buffer_bytes(out, entry->data, entry->size);
    *hash = entry->hash;
}

bool tile_cache_find(struct tile_cache *cache, uint32_t generation,
                     uint64_t key, struct gaz_buffer *out, uint64_t *hash)
{
    (void)pthread_mutex_lock(&cache->lock);
    struct entry *entry = find(cache, generation, key);
    bool is_there = entry && !entry->is_pending;
    if (is_there)
        use(cache, entry, out, hash);
    (void)pthread_mutex_unlock(&cache->lock);
    return is_there;
}

gaz_status tile_cache_get(struct gaz_ctx *ctx, struct tile_cache *cache,
                          uint32_t generation, uint64_t key,
                          tile_cache_make *make, void *user,
                          struct gaz_buffer *out, uint64_t *hash)
{
    gaz_status status = GAZ_OK;
    bool has_waited = false;
    (void)pthread_mutex_lock(&cache->lock);
    struct entry *entry = find(cache, generation, key);
    while (entry && entry->is_pending) {
        has_waited = true;
        (void)pthread_cond_wait(&cache->made, &cache->lock);
        entry = find(cache, generation, key);
    }
    cache->stats.waits += has_waited;
    if (entry) {
        use(cache, entry, out, hash);
    } else {
        cache->stats.misses++;
        entry = add(cache, generation, key);
        status = fill(ctx, cache, entry, make, user, out);
        *hash = entry->hash;
        /* A tile of an old snapshot is of no use to anybody later. */
        if (status != GAZ_OK || generation < cache->generation)
            forget(cache, entry);
        make_room(cache);
    }
    (void)pthread_mutex_unlock(&cache->lock);
    return status;
}

size_t tile_cache_turn(struct tile_cache *cache, uint32_t from, uint32_t to,
                       tile_cache_is_stale *is_stale, void *user)
{
    size_t handed_on = 0;
    (void)pthread_mutex_lock(&cache->lock);
    cache->generation = to;
    struct entry *next;
    for (struct entry *e = cache->newest; e; e = next) {
        next = e->older;
        if (e->is_pending)
            continue; /* its maker will forget it */
        if (e->generation == from && !is_stale(e->key, user)) {
            e->generation = to;
            handed_on++;
        } else {
            forget(cache, e);
        }
    }
    (void)pthread_mutex_unlock(&cache->lock);
    return handed_on;
}

void tile_cache_count(struct tile_cache *cache, struct tile_cache_stats *out)
{
    (void)pthread_mutex_lock(&cache->lock);
    *out = cache->stats;
    (void)pthread_mutex_unlock(&cache->lock);
}
