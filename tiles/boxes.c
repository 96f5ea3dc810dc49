/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/boxes.h"

#include <stdlib.h>

enum { FANOUT = 16, LEVELS_MAX = 9 };

struct node {
    struct tile_box box;
    uint32_t first; /* child on the level below; a leaf: number of the box */
    uint32_t count; /* children; of a leaf 0 */
};

struct tile_boxes {
    struct node *levels[LEVELS_MAX]; /* [0] are the leaves */
    uint32_t counts[LEVELS_MAX];
    int height;
};

struct keyed {
    uint64_t key;
    struct node node;
};

/* Spreads 16 bits so that there is room for another number between them. */
static uint64_t spread(uint64_t v)
{
    v = (v | v << 16) & UINT64_C(0x0000FFFF0000FFFF);
    v = (v | v << 8) & UINT64_C(0x00FF00FF00FF00FF);
    v = (v | v << 4) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    v = (v | v << 2) & UINT64_C(0x3333333333333333);
    return (v | v << 1) & UINT64_C(0x5555555555555555);
}

static uint64_t key_of(const struct tile_box *box)
{
    uint64_t x = (uint64_t)(box->min_x + (box->max_x - box->min_x) / 2);
    uint64_t y = (uint64_t)(box->min_y + (box->max_y - box->min_y) / 2);
    return spread(x & UINT32_MAX) | spread(y & UINT32_MAX) << 1;
}

static int compare(const void *left, const void *right)
{
    const struct keyed *a = left;
    const struct keyed *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->node.first > b->node.first) - (a->node.first < b->node.first);
}

static void grow(struct tile_box *box, const struct tile_box *more)
{
    box->min_x = more->min_x < box->min_x ? more->min_x : box->min_x;
    box->min_y = more->min_y < box->min_y ? more->min_y : box->min_y;
    box->max_x = more->max_x > box->max_x ? more->max_x : box->max_x;
    box->max_y = more->max_y > box->max_y ? more->max_y : box->max_y;
}

static void make_level(struct gaz_arena *arena, struct tile_boxes *tree)
{
    const struct node *below = tree->levels[tree->height - 1];
    uint32_t below_count = tree->counts[tree->height - 1];
    uint32_t count = (below_count + FANOUT - 1) / FANOUT;
    struct node *made = gaz_arena_array(arena, count, sizeof *made);
    for (uint32_t i = 0; i < below_count; i++) {
        struct node *node = &made[i / FANOUT];
        if (i % FANOUT == 0)
            *node = (struct node){below[i].box, i, 0};
        grow(&node->box, &below[i].box);
        node->count++;
    }
    tree->levels[tree->height] = made;
    tree->counts[tree->height++] = count;
}

const struct tile_boxes *tile_boxes_make(struct gaz_arena *arena,
                                         const struct tile_box *first,
                                         uint32_t count, size_t stride)
{
    struct gaz_arena scratch = {0};
    struct keyed *sorted = gaz_arena_array(&scratch, count, sizeof *sorted);
    struct tile_boxes *tree = gaz_arena_alloc(arena, sizeof *tree);
    for (uint32_t i = 0; i < count; i++) {
        const void *at = (const char *)first + i * stride;
        const struct tile_box *box = at;
        sorted[i] = (struct keyed){key_of(box), {*box, i, 0}};
    }
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, compare);
    tree->levels[0] = gaz_arena_array(arena, count, sizeof(struct node));
    tree->counts[0] = count;
    tree->height = 1;
    for (uint32_t i = 0; i < count; i++)
        tree->levels[0][i] = sorted[i].node;
    gaz_arena_close(&scratch);
    while (tree->counts[tree->height - 1] > 1)
        make_level(arena, tree);
    return tree;
}

struct finding {
    const struct tile_boxes *tree;
    const struct tile_box *window;
    struct gaz_arena *arena;
    uint32_t *found;
    uint32_t count;
    uint32_t room;
};

static void keep(struct finding *f, uint32_t number)
{
    if (f->count == f->room) {
        uint32_t room = f->room ? 2 * f->room : 64;
        f->found =
            gaz_arena_grow(f->arena, f->found, f->count * sizeof *f->found,
                           room * sizeof *f->found);
        f->room = room;
    }
    f->found[f->count++] = number;
}

/* Recursion: at most LEVELS_MAX deep. */
static void look(struct finding *f, int level, uint32_t first, uint32_t count)
{
    const struct node *nodes = f->tree->levels[level] + first;
    for (uint32_t i = 0; i < count; i++) {
        if (!tile_grid_meets(&nodes[i].box, f->window))
            continue;
        if (level == 0)
            keep(f, nodes[i].first);
        else
            look(f, level - 1, nodes[i].first, nodes[i].count);
    }
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;
    return (*a > *b) - (*a < *b);
}

uint32_t tile_boxes_find(struct gaz_arena *arena,
                         const struct tile_boxes *boxes,
                         const struct tile_box *window, uint32_t **out)
{
    struct finding f = {.tree = boxes, .window = window, .arena = arena};
    int top = boxes->height - 1;
    look(&f, top, 0, boxes->counts[top]);
    if (f.count > 1)
        qsort(f.found, f.count, sizeof *f.found, compare_numbers);
    *out = f.found;
    return f.count;
}
