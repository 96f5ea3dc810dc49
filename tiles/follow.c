/* SPDX-License-Identifier: Apache-2.0 */
/* follow.c - a maker that goes on from another: after a new snapshot, and after
 * edits of named points. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/dirty.h"
#include "tiles/maker.h"
#include "tiles/vector.h"

enum { ZOOMS = TILE_ZOOM_MAX + 1, KEY_ZOOM = 40 };

struct following {
    struct gaz_arena *arena;
    struct tile_dirty *dirty[TILE_SCENES]; /* pictures; NULL: not known */
    struct tile_dirty vector[ZOOMS];
    bool is_vector_stale; /* all of them */
};

static bool is_stale(uint64_t key, void *user)
{
    const struct following *f = user;
    struct tile_request r = tile_maker_request(key);
    if (r.format == TILE_MVT)
        return f->is_vector_stale || tile_dirty_has(&f->vector[r.z], r.x, r.y);
    const struct tile_dirty *dirty =
        f->dirty[tile_scene_number(r.style, r.language, r.z)];
    return !dirty || tile_dirty_has(dirty, r.x, r.y);
}

/* ---- vector tiles: what both have in common is not touched ---- */

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15) ^ gaz_text_hash(data, size);
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    return text ? mix(hash, text, strlen(text)) : hash;
}

static uint64_t hash_site(const struct tile_site *site)
{
    const int64_t numbers[] = {(int64_t)site->id,  site->at.x,
                               site->at.y,         site->rank,
                               site->count,        site->class,
                               site->row->level,   site->row->category,
                               site->is_synthetic, site->is_approximate};
    uint64_t hash = mix(0, numbers, sizeof numbers);
    hash = mix(hash, &site->row->accuracy_m, sizeof site->row->accuracy_m);
    hash = mix_text(mix_text(hash, site->name), site->name_roman);
    hash = mix_text(mix_text(hash, site->text), site->roman);
    return mix_text(mix_text(hash, site->code), site->ids);
}

static uint64_t hash_row(uint64_t hash, const struct tile_features *f,
                         uint32_t place)
{
    const struct gaz_snap_place *row = &f->snap->places[place];
    const int64_t numbers[] = {(int64_t)row->id, row->level,
                               tile_feature_rank(row),
                               row->flags & GAZ_SNAP_SYNTHETIC};
    hash = mix(hash, numbers, sizeof numbers);
    hash = mix_text(hash, gaz_snapshot_text(f->snap, row->code_text));
    if (row->name_count == 0)
        return hash;
    const struct gaz_snap_name *name = &f->snap->names[row->name_first];
    hash = mix_text(hash, gaz_snapshot_text(f->snap, name->text));
    return mix_text(hash, gaz_snapshot_text(f->snap, name->roman));
}

/* Of all areas and lines; they change seldom, and then all tiles are made
 * again. */
static uint64_t hash_ground(const struct tile_features *f)
{
    uint64_t hash = mix(0, f->points, f->point_count * sizeof *f->points);
    for (uint32_t i = 0; i < f->area_count; i++) {
        const struct tile_area *area = &f->areas[i];
        const int64_t numbers[] = {area->level, area->tint, area->is_schematic,
                                   area->rings.count};
        hash = mix(hash_row(hash, f, area->place), numbers, sizeof numbers);
    }
    for (uint32_t i = 0; i < f->line_count; i++) {
        const struct tile_line *line = &f->lines[i];
        const struct gaz_snap_line *row = &f->snap->lines[line->row];
        const int64_t numbers[] = {
            line->row, line->points.first, line->kind,        line->level,
            line->sea, line->is_schematic, line->points.count};
        hash = mix(hash, numbers, sizeof numbers);
        hash = mix_text(hash, gaz_snapshot_text(f->snap, row->name));
        hash = mix_text(hash, gaz_snapshot_text(f->snap, row->code));
    }
    return hash;
}

static void add_site(struct following *f, const struct tile_site *site)
{
    for (int z = 0; z < ZOOMS; z++) {
        int64_t x[2];
        int64_t y[2];
        if (!tile_vector_shows(site, z))
            continue;
        tile_vector_reach(site->at.x, z, x);
        tile_vector_reach(site->at.y, z, y);
        struct tile_rect box = {x[0] * 256, y[0] * 256, x[1] * 256, y[1] * 256};
        tile_dirty_add(f->arena, &f->vector[z], &box);
    }
}

struct sum {
    uint64_t hash;
    uint32_t number;
};

static int compare_sums(const void *left, const void *right)
{
    const struct sum *a = left;
    const struct sum *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static struct sum *sum_sites(struct gaz_arena *arena,
                             const struct tile_features *f, uint32_t *count)
{
    uint32_t total = f->site_count + f->extra_count;
    struct sum *sums = gaz_arena_array(arena, total, sizeof *sums);
    *count = 0;
    for (uint32_t i = 0; i < total; i++)
        if (!tile_feature_is_gone(f, i))
            sums[(*count)++] =
                (struct sum){hash_site(tile_feature_site(f, i)), i};
    if (*count > 1)
        qsort(sums, *count, sizeof *sums, compare_sums);
    return sums;
}

/* Adds the sites that only one of the two has. */
static void compare_sites(struct following *f,
                          const struct tile_features *const features[2])
{
    struct gaz_arena scratch = {0};
    uint32_t count[2];
    uint32_t at[2] = {0, 0};
    const struct sum *sums[2];
    for (int s = 0; s < 2; s++)
        sums[s] = sum_sites(&scratch, features[s], &count[s]);
    while (at[0] < count[0] || at[1] < count[1]) {
        bool has[2] = {at[0] < count[0], at[1] < count[1]};
        if (has[0] && has[1] && sums[0][at[0]].hash == sums[1][at[1]].hash) {
            at[0]++;
            at[1]++;
            continue;
        }
        int s = has[0] && (!has[1] || sums[0][at[0]].hash < sums[1][at[1]].hash)
                    ? 0
                    : 1;
        add_site(f, tile_feature_site(features[s], sums[s][at[s]++].number));
    }
    gaz_arena_close(&scratch);
}

static void sort_vectors(struct following *f)
{
    for (int z = 0; z < ZOOMS; z++)
        tile_dirty_sort(&f->vector[z], z);
}

static void compare_vectors(struct following *f, struct tile_scenes *before,
                            struct tile_scenes *after)
{
    const struct tile_features *const features[2] = {
        tile_scene_features(before), tile_scene_features(after)};
    f->is_vector_stale = hash_ground(features[0]) != hash_ground(features[1]);
    if (!f->is_vector_stale)
        compare_sites(f, features);
    sort_vectors(f);
}

/* ---- after a new snapshot ---- */

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

static bool has_form(const struct tile_maker *maker, struct tile_request r,
                     tile_format format, int scale)
{
    r.format = format;
    r.scale = scale;
    return tile_disk_has_form(maker->disk,
                              (uint32_t)(tile_maker_key(&r) >> KEY_ZOOM));
}

static const tile_format PICTURES[] = {TILE_PNG, TILE_TRUECOLOUR, TILE_WEBP};
enum { PICTURE_FORMATS = 3, SCALES = 2 };

/* What the file has of a scene that nobody asked for since the start can only
 * be told to be fresh when the scene before is known. */
static void make_stored(struct gaz_ctx *ctx, struct tile_maker *maker)
{
    if (!maker->disk)
        return;
    for (uint32_t i = 0; i < TILE_SCENES; i++) {
        const struct tile_scene *scene;
        struct tile_request r = tile_scene_request(i);
        bool is_stored = false;
        for (int k = 0; k < PICTURE_FORMATS * SCALES; k++)
            is_stored = is_stored || has_form(maker, r, PICTURES[k / SCALES],
                                              1 + k % SCALES);
        if (is_stored)
            (void)tile_scene_get(ctx, maker->scenes, r.style, r.language, r.z,
                                 &scene);
    }
}

static struct following *begin(struct gaz_ctx *ctx)
{
    struct following *f = gaz_arena_alloc(&ctx->arena, sizeof *f);
    f->arena = &ctx->arena;
    return f;
}

static void share_cache(struct tile_maker *maker, struct tile_maker *older,
                        struct following *f, struct tile_follow_stats *stats)
{
    tile_cache_close(maker->cache);
    maker->cache = tile_cache_share(older->cache);
    maker->generation = older->generation + 1;
    stats->kept = tile_cache_turn(maker->cache, older->generation,
                                  maker->generation, is_stale, f);
}

gaz_status tile_maker_follow(struct gaz_ctx *ctx, struct tile_maker *maker,
                             struct tile_maker *older,
                             struct tile_follow_stats *out)
{
    struct following *f = begin(ctx);
    struct tile_follow_stats stats = {0};
    make_stored(ctx, older);
    compare_vectors(f, older->scenes, maker->scenes);
    tile_scene_follow(maker->scenes, older->scenes);
    for (uint32_t i = 0; i < TILE_SCENES; i++) {
        if (!tile_scene_is_made(older->scenes, i))
            continue;
        f->dirty[i] = gaz_arena_alloc(&ctx->arena, sizeof *f->dirty[i]);
        gaz_status status = follow_scene(ctx, maker, older, i, f->dirty[i]);
        if (status != GAZ_OK)
            return status;
        stats.scenes++;
        stats.dirty += f->dirty[i]->count;
    }
    share_cache(maker, older, f, &stats);
    if (older->disk) {
        maker->disk = tile_disk_share(older->disk);
        stats.stored = tile_disk_turn(maker->disk, older->state, maker->state,
                                      is_stale, f);
    }
    *out = stats;
    return GAZ_OK;
}

/* ---- after edits ---- */

static void note_ink(void *user, uint32_t number, const struct tile_rect *boxes,
                     uint32_t count)
{
    struct following *f = user;
    struct tile_dirty *dirty = gaz_arena_alloc(f->arena, sizeof *dirty);
    for (uint32_t i = 0; i < count; i++)
        tile_dirty_add(f->arena, dirty, &boxes[i]);
    tile_dirty_sort(dirty, tile_scene_request(number).z);
    f->dirty[number] = dirty;
}

struct keys {
    struct gaz_arena *arena;
    uint64_t *items;
    uint32_t count;
    uint32_t room;
};

static void add_key(struct keys *keys, uint64_t key)
{
    if (keys->count == keys->room) {
        uint32_t room = keys->room ? 2 * keys->room : 64;
        keys->items = gaz_arena_grow(keys->arena, keys->items,
                                     keys->count * sizeof *keys->items,
                                     room * sizeof *keys->items);
        keys->room = room;
    }
    keys->items[keys->count++] = key;
}

static void add_keys(struct keys *keys, const struct tile_maker *maker,
                     struct tile_request r, tile_format format, int scale,
                     const struct tile_dirty *dirty)
{
    if (dirty->count == 0 || !has_form(maker, r, format, scale))
        return;
    r.format = format;
    r.scale = scale;
    for (uint32_t i = 0; i < dirty->count; i++) {
        r.x = (int)dirty->items[i].x;
        r.y = (int)dirty->items[i].y;
        add_key(keys, tile_maker_key(&r));
    }
}

/* Deletes the tiles that the edit concerns, form by form. */
static void drop_stored(struct tile_maker *maker, struct tile_maker *older,
                        const struct following *f)
{
    struct keys keys = {.arena = f->arena};
    maker->disk = tile_disk_share(older->disk);
    for (uint32_t i = 0; i < TILE_SCENES; i++) {
        struct tile_request r = tile_scene_request(i);
        for (int k = 0; f->dirty[i] && k < PICTURE_FORMATS * SCALES; k++)
            add_keys(&keys, maker, r, PICTURES[k / SCALES], 1 + k % SCALES,
                     f->dirty[i]);
        add_keys(&keys, maker, r, TILE_MVT, 1, &f->vector[r.z]);
    }
    tile_disk_drop(maker->disk, older->state, maker->state, keys.items,
                   keys.count);
}

/* The sites that went are still there, by their numbers. */
static void note_sites(struct following *f, struct tile_scenes *scenes,
                       const struct tile_edit_change *change)
{
    const struct tile_features *features = tile_scene_features(scenes);
    for (uint32_t i = 0; i < change->gone_count; i++)
        add_site(f, tile_feature_site(features, change->gone[i]));
    for (uint32_t i = 0; i < change->come_count; i++)
        add_site(f, tile_feature_site(features, change->come[i]));
    sort_vectors(f);
}

/* Could every scene go on? One whose labels another maker took over cannot. */
static bool has_all(const struct tile_maker *older, const struct following *f)
{
    for (uint32_t i = 0; i < TILE_SCENES; i++)
        if (tile_scene_is_made(older->scenes, i) && !f->dirty[i])
            return false;
    return true;
}

bool tile_maker_edit(struct gaz_ctx *ctx, struct tile_maker *older,
                     const struct tile_edit *edits, uint32_t count,
                     struct tile_maker **out, struct tile_follow_stats *stats)
{
    struct tile_edit_change change;
    struct tile_scenes *scenes;
    struct following *f = begin(ctx);
    *stats = (struct tile_follow_stats){0};
    make_stored(ctx, older);
    if (!tile_scene_edit(older->scenes, edits, count, note_ink, f, &scenes,
                         &change))
        return false;
    struct tile_maker *maker = gaz_malloc(sizeof *maker);
    maker->scenes = scenes;
    maker->state = older->state;
    for (uint32_t i = 0; i < count; i++)
        maker->state = mix(maker->state, &edits[i].row, sizeof edits[i].row);
    note_sites(f, scenes, &change);
    for (uint32_t i = 0; i < TILE_SCENES; i++)
        if (f->dirty[i]) {
            stats->scenes++;
            stats->dirty += f->dirty[i]->count;
        }
    share_cache(maker, older, f, stats);
    if (older->disk && has_all(older, f)) {
        drop_stored(maker, older, f);
    } else if (older->disk) {
        maker->disk = tile_disk_share(older->disk);
        (void)tile_disk_turn(maker->disk, older->state, maker->state, is_stale,
                             f);
    }
    *out = maker;
    return true;
}
