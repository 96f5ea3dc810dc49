/* SPDX-License-Identifier: Apache-2.0 */
/* block.c - the pairs that are worth judging, of all records or of one. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/twins/finder.h"

static void add_pair(struct gaz_twin_pairs *pairs, int x, int y)
{
    if (pairs->count == pairs->capacity) {
        pairs->capacity = pairs->capacity ? 2 * pairs->capacity : 256;
        pairs->items = gaz_realloc(pairs->items, (size_t)pairs->capacity *
                                                     sizeof(*pairs->items));
    }
    pairs->items[pairs->count++] =
        (struct gaz_twin_pair){x < y ? x : y, x < y ? y : x};
}

static bool allows(const struct gaz_twin_finder *finder, gaz_key key, int x,
                   int y)
{
    return x != y &&
           gaz_key_allows(finder, key, &finder->sides[x], &finder->sides[y]);
}

/* All pairs of records that have a key in common. */
static void pair_group(const struct gaz_twin_finder *finder, gaz_key key,
                       const struct gaz_keyed *items, int count,
                       struct gaz_twin_pairs *pairs)
{
    if (count > finder->scale->block_most) {
        pairs->skipped += count;
        return;
    }
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count; k++)
            if (allows(finder, key, items[i].index, items[k].index))
                add_pair(pairs, items[i].index, items[k].index);
}

static void pair_key(const struct gaz_twin_finder *finder, gaz_key key,
                     struct gaz_twin_pairs *pairs)
{
    const struct gaz_keys *keys = &finder->keys[key];
    for (int from = 0, to; from < keys->count; from = to) {
        for (to = from + 1;
             to < keys->count && keys->items[to].key == keys->items[from].key;)
            to++;
        pair_group(finder, key, keys->items + from, to - from, pairs);
    }
}

static int find_first(const struct gaz_keys *keys, uint64_t key)
{
    int low = 0;
    int high = keys->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (keys->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct gaz_keyed *gaz_block_group(const struct gaz_twin_finder *finder,
                                        gaz_key key, uint64_t value, int *count)
{
    const struct gaz_keys *keys = &finder->keys[key];
    const int first = find_first(keys, value);
    *count = 0;
    while (first + *count < keys->count &&
           keys->items[first + *count].key == value)
        (*count)++;
    return keys->items + first;
}

/* Records of one key with a side that is record `index` (-1: none of them);
 * those after `after`. */
static void pair_side(const struct gaz_twin_finder *finder, gaz_key key,
                      uint64_t value, const struct gaz_twin_side *side,
                      int index, int after, struct gaz_twin_pairs *pairs)
{
    int count = 0;
    const struct gaz_keyed *items = gaz_block_group(finder, key, value, &count);
    if (count > finder->scale->block_most && key != GAZ_KEY_CELL) {
        pairs->skipped++;
        return;
    }
    for (int i = 0; i < count; i++) {
        int other = items[i].index;
        if (other != index && other > after &&
            gaz_key_allows(finder, key, side, &finder->sides[other]))
            add_pair(pairs, index, other);
    }
}

static void pair_squares(const struct gaz_twin_finder *finder,
                         const struct gaz_twin_side *side, int index, int after,
                         struct gaz_twin_pairs *pairs)
{
    uint64_t around[GAZ_KEY_SQUARES];
    if (!side->is_placed)
        return;
    gaz_key_around(finder, side, around);
    for (int i = 0; i < GAZ_KEY_SQUARES; i++)
        pair_side(finder, GAZ_KEY_CELL, around[i], side, index, after, pairs);
}

static int by_pair(const void *a, const void *b)
{
    const struct gaz_twin_pair *x = a;
    const struct gaz_twin_pair *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void drop_doubles(struct gaz_twin_pairs *pairs)
{
    int kept = 0;
    if (pairs->count > 0)
        qsort(pairs->items, (size_t)pairs->count, sizeof(*pairs->items),
              by_pair);
    for (int i = 0; i < pairs->count; i++)
        if (i == 0 || by_pair(&pairs->items[i], &pairs->items[kept - 1]) != 0)
            pairs->items[kept++] = pairs->items[i];
    pairs->count = kept;
}

void gaz_twins_block(const struct gaz_twin_finder *finder,
                     struct gaz_twin_pairs *out)
{
    *out = (struct gaz_twin_pairs){.count = 0};
    for (int key = 0; key < GAZ_KEYS; key++)
        if (key != GAZ_KEY_CELL)
            pair_key(finder, (gaz_key)key, out);
    for (int i = 0; i < finder->count; i++)
        pair_squares(finder, &finder->sides[i], i, i, out);
    drop_doubles(out);
}

void gaz_block_one(const struct gaz_twin_finder *finder,
                   const struct gaz_twin_side *side, int index,
                   struct gaz_twin_pairs *pairs)
{
    uint64_t values[GAZ_KEYS_OF_SIDE];
    *pairs = (struct gaz_twin_pairs){.count = 0};
    for (int key = 0; key < GAZ_KEYS; key++) {
        int count = gaz_key_read(finder, (gaz_key)key, side, values);
        if (key == GAZ_KEY_CELL)
            pair_squares(finder, side, index, -1, pairs);
        else
            for (int i = 0; i < count; i++)
                pair_side(finder, (gaz_key)key, values[i], side, index, -1,
                          pairs);
    }
    drop_doubles(pairs);
}

void gaz_twins_pairs_close(struct gaz_twin_pairs *pairs)
{
    gaz_free(pairs->items);
    *pairs = (struct gaz_twin_pairs){.count = 0};
}
