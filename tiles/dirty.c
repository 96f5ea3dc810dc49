/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/dirty.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"

enum { TILE_SHIFT = 8 }; /* pixels of scale 1 in a tile's side */

static void add(struct gaz_arena *arena, struct tile_dirty *dirty, int64_t x,
                int64_t y)
{
    if (dirty->count == dirty->room) {
        uint32_t room = dirty->room ? 2 * dirty->room : 64;
        dirty->items = gaz_arena_grow(arena, dirty->items,
                                      dirty->count * sizeof *dirty->items,
                                      room * sizeof *dirty->items);
        dirty->room = room;
    }
    dirty->items[dirty->count++] = (struct tile_address){y, x};
}

void tile_dirty_add(struct gaz_arena *arena, struct tile_dirty *dirty,
                    const struct tile_rect *box)
{
    for (int64_t y = box->min_y >> TILE_SHIFT; y <= box->max_y >> TILE_SHIFT;
         y++)
        for (int64_t x = box->min_x >> TILE_SHIFT;
             x <= box->max_x >> TILE_SHIFT; x++)
            add(arena, dirty, x, y);
}

static int compare(const void *left, const void *right)
{
    const struct tile_address *a = left;
    const struct tile_address *b = right;
    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    return (a->x > b->x) - (a->x < b->x);
}

/* ---- things and their hashes ---- */

/* Something that is painted, as far as pixels depend on it. */
struct thing {
    uint64_t hash;
    uint32_t number;
};

struct things {
    struct thing *items; /* by hash */
    uint32_t count;
};

static int compare_things(const void *left, const void *right)
{
    const struct thing *a = left;
    const struct thing *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15) ^ gaz_text_hash(data, size);
}

static struct things labels_of(struct gaz_arena *arena,
                               const struct tile_scene *scene)
{
    const struct tile_labels *labels = &scene->labels;
    uint32_t total = labels->count + labels->extra_count;
    struct things made = {gaz_arena_array(arena, total, sizeof(struct thing)),
                          0};
    for (uint32_t i = 0; i < total; i++)
        if (!tile_place_is_gone(labels, i))
            made.items[made.count++] =
                (struct thing){tile_place_label(labels, i)->hash, i};
    return made;
}

/* The pens that a feature gets, layer by layer; 0: it is not painted. The order
 * of an op's pens counts for all of its features. */
static uint64_t pens_of(const struct tile_ops *ops, tile_layer_type type,
                        const uint64_t *op_hashes, uint32_t number)
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < ops->count; i++) {
        const struct tile_op *op = &ops->items[i];
        if (op->type != type || op->pen_of[number] == 0)
            continue;
        const uint64_t parts[] = {i, op_hashes[i], op->pen_of[number]};
        hash = mix(hash, parts, sizeof parts);
    }
    return hash;
}

static uint64_t *hash_ops(struct gaz_arena *arena, const struct tile_ops *ops)
{
    uint64_t *hashes = gaz_arena_array(arena, ops->count, sizeof *hashes);
    for (uint32_t i = 0; i < ops->count; i++)
        hashes[i] = mix(0, ops->items[i].pens,
                        ops->items[i].pen_count * sizeof(struct tile_pen));
    return hashes;
}

static uint64_t hash_points(uint64_t hash, const struct tile_shapes *shapes,
                            struct tile_span span)
{
    return mix(hash, shapes->points + span.first,
               span.count * sizeof(struct tile_point));
}

static struct things areas_of(struct gaz_arena *arena,
                              const struct tile_scene *scene,
                              const uint64_t *op_hashes)
{
    const struct tile_features *f = scene->features;
    struct things made = {
        gaz_arena_array(arena, f->area_count, sizeof(struct thing)), 0};
    for (uint32_t i = 0; i < f->area_count; i++) {
        uint64_t hash = pens_of(&scene->ops, TILE_LAYER_FILL, op_hashes, i);
        if (hash == 0)
            continue;
        for (uint32_t r = 0; r < f->areas[i].rings.count; r++)
            hash =
                hash_points(hash, &scene->shapes,
                            scene->shapes.rings[f->areas[i].rings.first + r]);
        made.items[made.count++] = (struct thing){hash, i};
    }
    return made;
}

static struct things lines_of(struct gaz_arena *arena,
                              const struct tile_scene *scene,
                              const uint64_t *op_hashes)
{
    const struct tile_features *f = scene->features;
    struct things made = {
        gaz_arena_array(arena, f->line_count, sizeof(struct thing)), 0};
    for (uint32_t i = 0; i < f->line_count; i++) {
        uint64_t hash = pens_of(&scene->ops, TILE_LAYER_LINE, op_hashes, i);
        if (hash != 0)
            made.items[made.count++] = (struct thing){
                hash_points(hash, &scene->shapes, scene->shapes.lines[i]), i};
    }
    return made;
}

/* ---- where a thing is ---- */

struct comparing {
    struct gaz_arena *arena;
    struct tile_dirty *out;
    int z;
};

typedef void add_thing(const struct comparing *c,
                       const struct tile_scene *scene, uint32_t number);

static void add_label(const struct comparing *c, const struct tile_scene *scene,
                      uint32_t number)
{
    tile_dirty_add(c->arena, c->out,
                   &tile_place_label(&scene->labels, number)->box);
}

static struct tile_rect to_pixels(const struct tile_box *box, int z, int margin)
{
    int shift = 24 - z;
    return (struct tile_rect){
        (box->min_x >> shift) - margin, (box->min_y >> shift) - margin,
        (box->max_x >> shift) + margin, (box->max_y >> shift) + margin};
}

static void add_area(const struct comparing *c, const struct tile_scene *scene,
                     uint32_t number)
{
    struct tile_rect box =
        to_pixels(&scene->features->areas[number].box, c->z, 1);
    tile_dirty_add(c->arena, c->out, &box);
}

/* How far from the line its widest pen reaches, in pixels. */
static int reach_of(const struct tile_scene *scene, uint32_t number)
{
    int widest = 0;
    for (uint32_t i = 0; i < scene->ops.count; i++) {
        const struct tile_op *op = &scene->ops.items[i];
        if (op->type != TILE_LAYER_LINE || op->pen_of[number] == 0)
            continue;
        const struct tile_pen *pen = &op->pens[op->pen_of[number] - 1];
        int reach = pen->wash > 0 ? pen->wash : pen->width / 2;
        widest = reach > widest ? reach : widest;
    }
    return widest / TILE_GRID_SUB + 2;
}

static void add_line(const struct comparing *c, const struct tile_scene *scene,
                     uint32_t number)
{
    struct tile_span span = scene->shapes.lines[number];
    int reach = reach_of(scene, number);
    for (uint32_t i = 0; i + 1 < span.count; i++) {
        struct tile_box edge =
            tile_grid_box(scene->shapes.points + span.first + i, 2);
        struct tile_rect box = to_pixels(&edge, c->z, reach);
        tile_dirty_add(c->arena, c->out, &box);
    }
}

/* ---- comparing ---- */

/* Adds what only one of the two has. Equal hashes count one against one. */
static void compare_sets(const struct comparing *c,
                         const struct tile_scene *scenes[2],
                         struct things sets[2], add_thing *visit)
{
    for (int s = 0; s < 2; s++)
        if (sets[s].count > 1)
            qsort(sets[s].items, sets[s].count, sizeof *sets[s].items,
                  compare_things);
    uint32_t at[2] = {0, 0};
    while (at[0] < sets[0].count || at[1] < sets[1].count) {
        uint64_t a = at[0] < sets[0].count ? sets[0].items[at[0]].hash : 0;
        uint64_t b = at[1] < sets[1].count ? sets[1].items[at[1]].hash : 0;
        bool has_a = at[0] < sets[0].count;
        bool has_b = at[1] < sets[1].count;
        if (has_a && has_b && a == b) {
            at[0]++;
            at[1]++;
            continue;
        }
        int s = has_a && (!has_b || a < b) ? 0 : 1;
        visit(c, scenes[s], sets[s].items[at[s]++].number);
    }
}

void tile_dirty_sort(struct tile_dirty *dirty, int z)
{
    int64_t last = (INT64_C(1) << z) - 1;
    uint32_t made = 0;
    if (dirty->count > 1)
        qsort(dirty->items, dirty->count, sizeof *dirty->items, compare);
    for (uint32_t i = 0; i < dirty->count; i++) {
        struct tile_address at = dirty->items[i];
        bool is_again = made > 0 && compare(&dirty->items[made - 1], &at) == 0;
        if (!is_again && at.x >= 0 && at.y >= 0 && at.x <= last && at.y <= last)
            dirty->items[made++] = at;
    }
    dirty->count = made;
}

void tile_dirty_find(struct gaz_arena *arena, const struct tile_scene *before,
                     const struct tile_scene *after, int z,
                     struct tile_dirty *out)
{
    struct gaz_arena scratch = {0};
    const struct tile_scene *scenes[2] = {before, after};
    struct comparing c = {arena, out, z};
    struct things sets[3][2];
    *out = (struct tile_dirty){0};
    for (int s = 0; s < 2; s++) {
        const uint64_t *ops = hash_ops(&scratch, &scenes[s]->ops);
        sets[0][s] = labels_of(&scratch, scenes[s]);
        sets[1][s] = areas_of(&scratch, scenes[s], ops);
        sets[2][s] = lines_of(&scratch, scenes[s], ops);
    }
    compare_sets(&c, scenes, sets[0], add_label);
    compare_sets(&c, scenes, sets[1], add_area);
    compare_sets(&c, scenes, sets[2], add_line);
    gaz_arena_close(&scratch);
    tile_dirty_sort(out, z);
}

static bool is_same_picture(struct gaz_arena *scratch,
                            const struct tile_scene *before,
                            const struct tile_scene *after, int z,
                            const struct tile_address *at)
{
    for (int scale = 1; scale <= 2; scale++) {
        struct tile_canvas a;
        struct tile_canvas b;
        struct tile_view view =
            tile_grid_view(z, (int)at->x, (int)at->y, scale);
        gaz_arena_reset(scratch);
        tile_paint(scratch, before, &view, &a);
        tile_paint(scratch, after, &view, &b);
        size_t bytes = (size_t)a.width * (size_t)a.height * sizeof *a.pixels;
        if (memcmp(a.pixels, b.pixels, bytes) != 0)
            return false;
    }
    return true;
}

void tile_dirty_confirm(const struct tile_scene *before,
                        const struct tile_scene *after, int z,
                        struct tile_dirty *dirty)
{
    struct gaz_arena scratch = {0};
    uint32_t made = 0;
    for (uint32_t i = 0; i < dirty->count; i++)
        if (!is_same_picture(&scratch, before, after, z, &dirty->items[i]))
            dirty->items[made++] = dirty->items[i];
    dirty->count = made;
    gaz_arena_close(&scratch);
}

bool tile_dirty_has(const struct tile_dirty *dirty, int64_t x, int64_t y)
{
    struct tile_address at = {y, x};
    return dirty->count > 0 &&
           bsearch(&at, dirty->items, dirty->count, sizeof at, compare) != NULL;
}
