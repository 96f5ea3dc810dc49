/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/occupied.h"

enum { CELL_SHIFT = 6 }; /* squares of 64 pixels: about a label's width */

struct entry {
    struct tile_rect box;
    uint32_t next; /* index + 1; 0: the last */
};

struct tile_occupied {
    struct gaz_arena *arena;
    uint32_t *heads; /* index + 1 of the first entry of a bucket */
    uint64_t mask;
    struct entry *entries;
    uint32_t count;
    uint32_t room;
};

struct tile_occupied *tile_occupied_open(struct gaz_arena *arena,
                                         size_t expected)
{
    uint64_t size = 256;
    while (size < 4 * expected)
        size *= 2;
    struct tile_occupied *set = gaz_arena_alloc(arena, sizeof *set);
    set->arena = arena;
    set->heads = gaz_arena_array(arena, size, sizeof *set->heads);
    set->mask = size - 1;
    return set;
}

/* Different cells may share a bucket: that costs time, not truth. */
static uint32_t *bucket(const struct tile_occupied *set, int64_t x, int64_t y)
{
    uint64_t key = (uint64_t)x * UINT64_C(0x9E3779B97F4A7C15) ^
                   (uint64_t)y * UINT64_C(0xC2B2AE3D27D4EB4F);
    return &set->heads[(key >> 24) & set->mask];
}

static bool overlaps(const struct tile_rect *a, const struct tile_rect *b)
{
    return a->min_x < b->max_x && b->min_x < a->max_x && a->min_y < b->max_y &&
           b->min_y < a->max_y;
}

static bool is_bucket_free(const struct tile_occupied *set, uint32_t head,
                           const struct tile_rect *box)
{
    for (uint32_t at = head; at != 0; at = set->entries[at - 1].next)
        if (overlaps(&set->entries[at - 1].box, box))
            return false;
    return true;
}

bool tile_occupied_is_free(const struct tile_occupied *set,
                           const struct tile_rect *box)
{
    for (int64_t y = box->min_y >> CELL_SHIFT; y <= box->max_y >> CELL_SHIFT;
         y++)
        for (int64_t x = box->min_x >> CELL_SHIFT;
             x <= box->max_x >> CELL_SHIFT; x++)
            if (!is_bucket_free(set, *bucket(set, x, y), box))
                return false;
    return true;
}

static void add_entry(struct tile_occupied *set, uint32_t *head,
                      const struct tile_rect *box)
{
    if (set->count == set->room) {
        uint32_t room = set->room ? 2 * set->room : 256;
        set->entries = gaz_arena_grow(set->arena, set->entries,
                                      set->count * sizeof(struct entry),
                                      room * sizeof(struct entry));
        set->room = room;
    }
    set->entries[set->count++] = (struct entry){*box, *head};
    *head = set->count;
}

void tile_occupied_add(struct tile_occupied *set, const struct tile_rect *box)
{
    for (int64_t y = box->min_y >> CELL_SHIFT; y <= box->max_y >> CELL_SHIFT;
         y++)
        for (int64_t x = box->min_x >> CELL_SHIFT;
             x <= box->max_x >> CELL_SHIFT; x++)
            add_entry(set, bucket(set, x, y), box);
}
