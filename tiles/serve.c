/* SPDX-License-Identifier: Apache-2.0 */
/* serve.c - tiles through the caches: in memory, and in a file. */
#include <string.h>

#include "tiles/maker.h"

uint64_t tile_maker_key(const struct tile_request *r)
{
    uint64_t style = 0;
    while (strcmp(TILE_STYLES[style], r->style) != 0)
        style++;
    return style << 51 | (uint64_t)r->language << 49 |
           (uint64_t)r->format << 47 | (uint64_t)r->scale << 45 |
           (uint64_t)r->z << 40 | (uint64_t)r->x << 20 | (uint64_t)r->y;
}

struct tile_request tile_maker_request(uint64_t key)
{
    return (struct tile_request){
        .style = TILE_STYLES[key >> 51],
        .language = (tile_language)(key >> 49 & 3),
        .format = (tile_format)(key >> 47 & 3),
        .scale = (int)(key >> 45 & 3),
        .z = (int)(key >> 40 & 31),
        .x = (int)(key >> 20 & 0xFFFFF),
        .y = (int)(key & 0xFFFFF),
    };
}

struct order {
    struct tile_maker *maker;
    const struct tile_request *request;
};

static gaz_status make_ordered(struct gaz_ctx *ctx, void *user,
                               struct gaz_buffer *out)
{
    const struct order *order = user;
    struct tile_disk *disk = order->maker->disk;
    uint64_t state = order->maker->state;
    uint64_t key = tile_maker_key(order->request);
    if (disk && tile_disk_get(disk, state, key, out))
        return GAZ_OK;
    gaz_status status = tile_make(ctx, order->maker, order->request, out);
    if (disk && status == GAZ_OK)
        (void)tile_disk_put(disk, state, key, out->data, out->size);
    return status;
}

gaz_status tile_serve(struct gaz_ctx *ctx, struct tile_maker *maker,
                      const struct tile_request *request,
                      struct gaz_buffer *out, uint64_t *hash)
{
    const struct tile_style *style;
    struct order order = {maker, request};
    gaz_status status = tile_maker_check(ctx, request);
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, request->style,
                                  request->language, &style);
    if (status != GAZ_OK)
        return status;
    return tile_cache_get(ctx, maker->cache, maker->generation,
                          tile_maker_key(request), make_ordered, &order, out,
                          hash);
}

bool tile_serve_cached(struct tile_maker *maker,
                       const struct tile_request *request,
                       struct gaz_buffer *out, uint64_t *hash)
{
    return tile_cache_find(maker->cache, maker->generation,
                           tile_maker_key(request), out, hash);
}

gaz_status tile_maker_keep(struct gaz_ctx *ctx, struct tile_maker *maker,
                           const char *path, uint64_t *emptied)
{
    tile_disk_close(maker->disk);
    maker->disk = NULL;
    return tile_disk_open(ctx, path, maker->state, &maker->disk, emptied);
}

static gaz_status store_new(struct gaz_ctx *ctx, struct tile_maker *maker,
                            const struct tile_request *request)
{
    struct gaz_buffer tile;
    gaz_buffer_open(&tile, TILE_MAX_BYTES);
    gaz_status status = tile_make(ctx, maker, request, &tile);
    if (status == GAZ_OK &&
        !tile_disk_put(maker->disk, maker->state, tile_maker_key(request),
                       tile.data, tile.size))
        status = gaz_fail(ctx, GAZ_IO, "the tile cache takes no tile: %s",
                          tile_disk_failure(maker->disk)[0]
                              ? tile_disk_failure(maker->disk)
                              : "it belongs to another snapshot by now");
    gaz_buffer_close(&tile);
    return status;
}

gaz_status tile_store(struct gaz_ctx *ctx, struct tile_maker *maker,
                      const struct tile_request *request, bool *was_there)
{
    const struct tile_style *style;
    gaz_status status = tile_maker_check(ctx, request);
    *was_there = false;
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, request->style,
                                  request->language, &style);
    if (status == GAZ_OK && !maker->disk)
        status = gaz_fail(ctx, GAZ_INVALID, "there is no tile cache");
    if (status != GAZ_OK)
        return status;
    *was_there =
        tile_disk_has(maker->disk, maker->state, tile_maker_key(request));
    return *was_there ? GAZ_OK : store_new(ctx, maker, request);
}

void tile_store_group(struct tile_maker *maker, bool begins)
{
    if (maker->disk)
        tile_disk_group(maker->disk, begins);
}
