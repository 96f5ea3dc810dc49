/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/shape.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Grows by doubling, in an arena that goes; `points` and `lengths` run in
 * parallel. */
struct store {
    struct gaz_arena *arena;
    struct tile_point *points;
    int64_t *lengths;
    size_t count;
    size_t room;
};

static void push(struct store *store, struct tile_point point, int64_t length)
{
    if (store->count == store->room) {
        size_t room = store->room ? 2 * store->room : 256;
        store->points = gaz_arena_grow(store->arena, store->points,
                                       store->count * sizeof(struct tile_point),
                                       room * sizeof(struct tile_point));
        store->lengths = gaz_arena_grow(store->arena, store->lengths,
                                        store->count * sizeof(int64_t),
                                        room * sizeof(int64_t));
        store->room = room;
    }
    store->points[store->count] = point;
    store->lengths[store->count] = length;
    store->count++;
}

static int64_t length_of(struct tile_point a, struct tile_point b)
{
    double dx = (double)a.x - (double)b.x;
    double dy = (double)a.y - (double)b.y;
    return (int64_t)sqrt(dx * dx + dy * dy); /* IEEE: the same everywhere */
}

/* The raster multiplies two sub-pixel differences in 64 bits (raster.h). */
static int64_t edge_limit(int z)
{
    return INT64_C(1) << (43 - z);
}

static uint32_t between(uint32_t a, uint32_t b, int64_t i, int64_t n)
{
    return (uint32_t)((int64_t)a + ((int64_t)b - (int64_t)a) * i / n);
}

/* Adds `points`, with more points inside edges that are too long. */
static struct tile_span push_path(struct store *store,
                                  const struct tile_point *points, size_t count,
                                  int z)
{
    struct tile_span span = {(uint32_t)store->count, 0};
    int64_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            struct tile_point a = points[i - 1];
            struct tile_point b = points[i];
            int64_t whole = length_of(a, b);
            int64_t n = whole / edge_limit(z) + 1;
            for (int64_t k = 1; k < n; k++) {
                struct tile_point mid = {between(a.x, b.x, k, n),
                                         between(a.y, b.y, k, n)};
                push(store, mid, length + whole * k / n);
            }
            length += whole;
        }
        push(store, points[i], length);
    }
    span.count = (uint32_t)store->count - span.first;
    return span;
}

static size_t longest_path(const struct tile_features *f)
{
    size_t longest = 1;
    for (uint32_t i = 0; i < f->ring_count; i++)
        if (f->rings[i].points.count > longest)
            longest = f->rings[i].points.count;
    for (uint32_t i = 0; i < f->line_count; i++)
        if (f->lines[i].points.count > longest)
            longest = f->lines[i].points.count;
    return longest;
}

static void *copy_of(struct gaz_arena *arena, const void *items, size_t count,
                     size_t size)
{
    void *made = gaz_arena_array(arena, count, size);
    if (count > 0)
        memcpy(made, items, count * size);
    return made;
}

void tile_shape_make(struct gaz_arena *arena, const struct tile_features *f,
                     int z, struct tile_shapes *out)
{
    assert(z >= 0 && z <= 24);
    double tolerance = (double)(INT64_C(1) << (24 - z)) / 4;
    struct gaz_arena growing = {0};
    struct store store = {.arena = &growing};
    struct gaz_arena scratch = {0};
    size_t longest = longest_path(f);
    struct tile_span *rings =
        gaz_arena_array(arena, f->ring_count, sizeof *rings);
    struct tile_span *lines =
        gaz_arena_array(arena, f->line_count, sizeof *lines);
    for (uint32_t i = 0; i < f->ring_count; i++) {
        gaz_arena_reset(&scratch);
        struct tile_point *kept =
            gaz_arena_array(&scratch, longest, sizeof *kept);
        size_t count = tile_simplify_ring(
            &scratch, f->meetings, f->points + f->rings[i].points.first,
            f->rings[i].points.count, tolerance, kept);
        rings[i] = push_path(&store, kept, count, z);
    }
    for (uint32_t i = 0; i < f->line_count; i++) {
        gaz_arena_reset(&scratch);
        struct tile_point *kept =
            gaz_arena_array(&scratch, longest, sizeof *kept);
        size_t count = tile_simplify_line(
            &scratch, f->meetings, f->points + f->lines[i].points.first,
            f->lines[i].points.count, tolerance, kept);
        lines[i] = push_path(&store, kept, count, z);
    }
    *out = (struct tile_shapes){
        copy_of(arena, store.points, store.count, sizeof *store.points), rings,
        lines,
        copy_of(arena, store.lengths, store.count, sizeof *store.lengths)};
    gaz_arena_close(&scratch);
    gaz_arena_close(&growing);
}
