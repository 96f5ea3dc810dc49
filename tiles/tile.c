/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/tile.h"

#include <string.h>
#include <sys/stat.h>

#include "gazetteer/base/text.h"
#include "tiles/cache.h"
#include "tiles/dirty.h"
#include "tiles/disk.h"
#include "tiles/png.h"
#include "tiles/scene.h"
#include "tiles/vector.h"
#include "tiles/webp.h"
#include "tiles/window.h"

enum { SCALES = 2 };

struct tile_maker {
    struct tile_scenes *scenes;
    struct tile_cache *cache;
    struct tile_disk *disk; /* NULL: none */
    uint64_t state;      /* hash of all that the bytes of its tiles depend on */
    uint32_t generation; /* counts the makers that follow each other */
};

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15) ^ gaz_text_hash(data, size);
}

/* Snapshot, styles, icons, fonts, and the program itself, known by its file. */
static uint64_t state_of(const struct gaz_snapshot *snap,
                         const struct tile_scenes *scenes)
{
    size_t size;
    struct stat program = {0};
    uint64_t hash = tile_glyph_stamp(tile_scene_font(scenes));
    hash = mix(hash, &snap->checksum, sizeof snap->checksum);
    for (int i = 0; TILE_STYLES[i]; i++) {
        const char *text = tile_style_file(TILE_STYLES[i], &size);
        hash = mix(hash, text, size);
    }
    const char *sheet = tile_icon_file(&size);
    hash = mix(hash, sheet, size);
    if (stat("/proc/self/exe", &program) != 0)
        return hash;
    const int64_t seen[] = {program.st_size, program.st_mtim.tv_sec,
                            program.st_mtim.tv_nsec};
    return mix(hash, seen, sizeof seen);
}

gaz_status tile_maker_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_maker **out)
{
    struct tile_scenes *scenes;
    gaz_status status = tile_scene_open(ctx, snap, &scenes);
    if (status != GAZ_OK)
        return status;
    struct tile_maker *maker = gaz_malloc(sizeof *maker);
    maker->scenes = scenes;
    maker->cache = tile_cache_open(TILE_CACHE_BYTES);
    maker->state = state_of(snap, scenes);
    *out = maker;
    return GAZ_OK;
}

void tile_maker_close(struct tile_maker *maker)
{
    if (!maker)
        return;
    tile_scene_close(maker->scenes);
    tile_cache_close(maker->cache);
    tile_disk_close(maker->disk);
    gaz_free(maker);
}

struct tile_scenes *tile_maker_scenes(struct tile_maker *maker)
{
    return maker->scenes;
}

static gaz_status check(struct gaz_ctx *ctx, const struct tile_request *request)
{
    if (request->z < 0 || request->z > TILE_ZOOM_MAX)
        return gaz_fail(ctx, GAZ_INVALID, "zoom %d is not 0 to %d", request->z,
                        TILE_ZOOM_MAX);
    if (!tile_grid_is_valid(request->z, request->x, request->y))
        return gaz_fail(ctx, GAZ_INVALID,
                        "tile %d/%d/%d is outside of the world", request->z,
                        request->x, request->y);
    if (request->scale < 1 || request->scale > SCALES)
        return gaz_fail(ctx, GAZ_INVALID, "scale %d is not 1 or 2",
                        request->scale);
    return GAZ_OK;
}

static uint32_t sources_of(const struct tile_style *style)
{
    return style->has_background ? UINT32_MAX : style->sources;
}

static gaz_status write_vector(struct gaz_ctx *ctx, struct tile_maker *maker,
                               const struct tile_style *style,
                               const struct tile_request *request,
                               struct gaz_buffer *out)
{
    struct tile_view view =
        tile_grid_view(request->z, request->x, request->y, 1);
    tile_vector_write(&ctx->arena, tile_scene_features(maker->scenes),
                      tile_scene_shapes(maker->scenes, request->z),
                      sources_of(style), &view, out);
    return GAZ_OK;
}

static gaz_status write_picture(struct gaz_ctx *ctx, struct tile_maker *maker,
                                const struct tile_style *style,
                                const struct tile_request *request,
                                struct gaz_buffer *out)
{
    const struct tile_scene *scene;
    gaz_status status = tile_scene_get(ctx, maker->scenes, request->style,
                                       request->language, request->z, &scene);
    if (status != GAZ_OK)
        return status;
    struct tile_canvas canvas;
    struct tile_view view =
        tile_grid_view(request->z, request->x, request->y, request->scale);
    tile_paint(&ctx->arena, scene, &view, &canvas);
    if (request->format == TILE_WEBP)
        return tile_webp_write(ctx, &canvas, out);
    const struct tile_png_palette *palette =
        request->format == TILE_PNG ? tile_scene_palette(maker->scenes, style)
                                    : NULL;
    if (palette)
        tile_png_write_palette(&ctx->arena, &canvas, palette, out);
    else
        tile_png_write(&ctx->arena, &canvas, out);
    return GAZ_OK;
}

gaz_status tile_make(struct gaz_ctx *ctx, struct tile_maker *maker,
                     const struct tile_request *request, struct gaz_buffer *out)
{
    const struct tile_style *style;
    gaz_status status = check(ctx, request);
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, request->style,
                                  request->language, &style);
    if (status != GAZ_OK)
        return status;
    struct gaz_buffer made;
    gaz_buffer_open(&made, TILE_MAX_BYTES);
    status = request->format == TILE_MVT
                 ? write_vector(ctx, maker, style, request, &made)
                 : write_picture(ctx, maker, style, request, &made);
    bool is_full = made.full;
    if (status == GAZ_OK && !is_full)
        gaz_buffer_bytes(out, made.data, made.size);
    gaz_buffer_close(&made);
    if (status == GAZ_OK && (is_full || out->full))
        return gaz_fail(ctx, GAZ_LIMIT, "tile %d/%d/%d is larger than %d bytes",
                        request->z, request->x, request->y, TILE_MAX_BYTES);
    return status;
}

/* ---- the cache ---- */

/* 3 bits of style, 2 language, 2 format, 2 scale, 5 z, 20 x, 20 y */
static uint64_t key_of(const struct tile_request *r)
{
    uint64_t style = 0;
    while (strcmp(TILE_STYLES[style], r->style) != 0)
        style++;
    return style << 51 | (uint64_t)r->language << 49 |
           (uint64_t)r->format << 47 | (uint64_t)r->scale << 45 |
           (uint64_t)r->z << 40 | (uint64_t)r->x << 20 | (uint64_t)r->y;
}

static struct tile_request request_of(uint64_t key)
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
    uint64_t key = key_of(order->request);
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
    gaz_status status = check(ctx, request);
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, request->style,
                                  request->language, &style);
    if (status != GAZ_OK)
        return status;
    return tile_cache_get(ctx, maker->cache, maker->generation, key_of(request),
                          make_ordered, &order, out, hash);
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
        !tile_disk_put(maker->disk, maker->state, key_of(request), tile.data,
                       tile.size))
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
    gaz_status status = check(ctx, request);
    *was_there = false;
    if (status == GAZ_OK)
        status = tile_scene_style(ctx, maker->scenes, request->style,
                                  request->language, &style);
    if (status == GAZ_OK && !maker->disk)
        status = gaz_fail(ctx, GAZ_INVALID, "there is no tile cache");
    if (status != GAZ_OK)
        return status;
    *was_there = tile_disk_has(maker->disk, maker->state, key_of(request));
    return *was_there ? GAZ_OK : store_new(ctx, maker, request);
}

void tile_store_group(struct tile_maker *maker, bool begins)
{
    if (maker->disk)
        tile_disk_group(maker->disk, begins);
}

struct following {
    struct tile_dirty *dirty[TILE_SCENES]; /* NULL: no such scene before */
    bool has_stored[TILE_SCENES];          /* the file has tiles of it */
};

static bool is_stale(uint64_t key, void *user)
{
    const struct following *f = user;
    struct tile_request r = request_of(key);
    const struct tile_dirty *dirty =
        f->dirty[tile_scene_number(r.style, r.language, r.z)];
    return r.format == TILE_MVT || !dirty || tile_dirty_has(dirty, r.x, r.y);
}

static void note_stored(uint64_t key, void *user)
{
    struct following *f = user;
    struct tile_request r = request_of(key);
    if (r.format != TILE_MVT)
        f->has_stored[tile_scene_number(r.style, r.language, r.z)] = true;
}

/* Makes the scene that the older maker has, and compares the two. */
static gaz_status follow_scene(struct gaz_ctx *ctx, struct tile_maker *maker,
                               struct tile_maker *older, uint32_t number,
                               struct tile_dirty *out)
{
    const struct tile_scene *before;
    const struct tile_scene *after;
    struct tile_request r = tile_scene_request(number);
    gaz_status status =
        tile_scene_get(ctx, older->scenes, r.style, r.language, r.z, &before);
    if (status == GAZ_OK)
        status = tile_scene_get(ctx, maker->scenes, r.style, r.language, r.z,
                                &after);
    if (status == GAZ_OK)
        tile_dirty_find(&ctx->arena, before, after, r.z, out);
    return status;
}

/* What the file has of a scene that nobody asked for since the start can only
 * be told to be fresh when the scene of the older snapshot is known. */
static void make_older(struct gaz_ctx *ctx, struct tile_maker *older,
                       uint32_t number)
{
    const struct tile_scene *scene;
    struct tile_request r = tile_scene_request(number);
    (void)tile_scene_get(ctx, older->scenes, r.style, r.language, r.z, &scene);
}

gaz_status tile_maker_follow(struct gaz_ctx *ctx, struct tile_maker *maker,
                             struct tile_maker *older,
                             struct tile_follow_stats *out)
{
    struct following *f = gaz_arena_alloc(&ctx->arena, sizeof *f);
    struct tile_follow_stats stats = {0};
    if (older->disk)
        tile_disk_keys(older->disk, older->state, note_stored, f);
    for (uint32_t i = 0; i < TILE_SCENES; i++)
        if (f->has_stored[i])
            make_older(ctx, older, i);
    tile_scene_follow(maker->scenes, older->scenes);
    for (uint32_t i = 0; i < TILE_SCENES; i++) {
        struct tile_request r = tile_scene_request(i);
        if (!tile_scene_is_made(older->scenes, r.style, r.language, r.z))
            continue;
        f->dirty[i] = gaz_arena_alloc(&ctx->arena, sizeof *f->dirty[i]);
        gaz_status status = follow_scene(ctx, maker, older, i, f->dirty[i]);
        if (status != GAZ_OK)
            return status;
        stats.scenes++;
        stats.dirty += f->dirty[i]->count;
    }
    tile_cache_close(maker->cache);
    maker->cache = tile_cache_share(older->cache);
    maker->generation = older->generation + 1;
    stats.kept = tile_cache_turn(maker->cache, older->generation,
                                 maker->generation, is_stale, f);
    if (older->disk) {
        maker->disk = tile_disk_share(older->disk);
        stats.stored = tile_disk_turn(maker->disk, older->state, maker->state,
                                      is_stale, f);
    }
    *out = stats;
    return GAZ_OK;
}

gaz_status tile_window(struct gaz_ctx *ctx, struct tile_maker *maker,
                       const char *style, tile_language language,
                       const struct tile_view *view, struct tile_canvas *out)
{
    const struct tile_scene *scene;
    struct tile_request request = {
        .style = style, .z = view->z, .scale = view->scale};
    gaz_status status = check(ctx, &request);
    if (status == GAZ_OK)
        status = tile_scene_get(ctx, maker->scenes, style, language, view->z,
                                &scene);
    if (status == GAZ_OK)
        tile_paint(&ctx->arena, scene, view, out);
    return status;
}

gaz_status tile_sprite(struct gaz_ctx *ctx, struct tile_maker *maker, int scale,
                       bool is_index, struct gaz_buffer *out)
{
    struct tile_canvas canvas;
    struct gaz_buffer index;
    gaz_buffer_open(&index, TILE_MAX_BYTES);
    tile_icon_sheet(&ctx->arena, tile_scene_icons(maker->scenes), scale,
                    &canvas, &index);
    if (is_index)
        gaz_buffer_bytes(out, index.data, index.size);
    else
        tile_png_write(&ctx->arena, &canvas, out);
    gaz_buffer_close(&index);
    if (out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "the sprite is too large");
    return GAZ_OK;
}
