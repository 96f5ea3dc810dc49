/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/place.h"

#include <stdlib.h>
#include <string.h>

#include "tiles/candidate.h"

enum { CELL_SHIFT = 8 }; /* cells of 256 pixels: a tile of scale 1 */

/* A label that wants a place, as the settling knows it. */
struct stander {
    uint64_t hash;
    uint32_t slot;
    bool is_gone;
};

struct tile_standing {
    struct tile_settling *settling;
    struct stander *items; /* by hash */
    uint32_t count;
};

void tile_place_close(struct tile_standing *standing)
{
    if (!standing)
        return;
    tile_settle_close(standing->settling);
    gaz_free(standing->items);
    gaz_free(standing);
}

/* ---- settling, or going on from what stands ---- */

static int compare_standers(const void *left, const void *right)
{
    const struct stander *a = left;
    const struct stander *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static struct stander *find_stander(struct tile_standing *standing,
                                    uint64_t hash)
{
    uint32_t low = 0;
    uint32_t high = standing->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (standing->items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < standing->count && standing->items[low].hash == hash; low++)
        if (standing->items[low].is_gone)
            return &standing->items[low];
    return NULL;
}

/* Gives the candidates their slots: those that stood before keep them. */
static void take_over(struct tile_standing *standing,
                      struct tile_candidates *all)
{
    for (uint32_t i = 0; i < standing->count; i++)
        standing->items[i].is_gone = true;
    for (uint32_t i = 0; i < all->count; i++) {
        struct stander *old = find_stander(standing, all->items[i].hash);
        all->items[i].slot = old ? old->slot : UINT32_MAX;
        if (old)
            old->is_gone = false;
    }
    for (uint32_t i = 0; i < standing->count; i++)
        if (standing->items[i].is_gone)
            tile_settle_remove(standing->settling, standing->items[i].slot);
    for (uint32_t i = 0; i < all->count; i++)
        if (all->items[i].slot == UINT32_MAX)
            all->items[i].slot =
                tile_settle_add(standing->settling, &all->items[i].item);
}

static void settle(struct tile_candidates *all, struct tile_standing **out)
{
    struct tile_standing *standing = *out;
    if (!standing) {
        standing = gaz_malloc(sizeof *standing);
        standing->settling = tile_settle_open();
    }
    take_over(standing, all);
    (void)tile_settle_run(standing->settling);
    gaz_free(standing->items);
    standing->items = gaz_malloc(all->count * sizeof *standing->items);
    standing->count = all->count;
    for (uint32_t i = 0; i < all->count; i++)
        standing->items[i] =
            (struct stander){all->items[i].hash, all->items[i].slot, false};
    if (all->count > 1)
        qsort(standing->items, all->count, sizeof *standing->items,
              compare_standers);
    *out = standing;
}

/* ---- labels ---- */

static struct tile_rect ink_of(const struct tile_label *label, int size)
{
    int halo = label->look.halo_64th / 64 + 2;
    struct tile_rect box = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN};
    for (uint32_t i = 0; i < label->mark_count; i++) {
        const struct tile_mark *mark = &label->marks[i];
        int64_t x = label->text_x + (mark->dx >> 6);
        int64_t y = label->text_y + (mark->dy >> 6);
        /* Ink may hang over: half a size on each side is enough. */
        struct tile_rect one = {x - halo - size / 2, y - halo - size * 5 / 4,
                                x + halo + size * 3 / 2, y + halo + size / 2};
        if (mark->turn > 0)
            one = (struct tile_rect){x - halo - size, y - halo - size,
                                     x + halo + size, y + halo + size};
        box = tile_rect_join(box, one);
    }
    if (label->icon) {
        int half = label->icon->side / 2 + 1;
        struct tile_rect icon = {label->icon_x - half, label->icon_y - half,
                                 label->icon_x + half, label->icon_y + half};
        box = tile_rect_join(box, icon);
    }
    return box;
}

static struct tile_label label_of(struct gaz_arena *arena,
                                  const struct tile_candidate *c,
                                  const struct tile_settled *settled)
{
    int64_t icon[2];
    int64_t text[2];
    const struct tile_item *item = &c->item;
    tile_settle_spots(item, settled, icon, text);
    struct tile_label label = {
        .hash = c->hash ^ (uint64_t)settled->has_text << 1 ^
                (uint64_t)settled->anchor << 4 ^ (uint64_t)settled->step << 8,
        .icon = settled->has_icon ? c->icon : NULL,
        .icon_x = icon[0],
        .icon_y = icon[1],
        .text_x = item->box_count > 0 ? c->text_x : text[0],
        .text_y = item->box_count > 0 ? c->text_y : text[1],
        .look = c->look,
    };
    if (settled->has_text) {
        struct tile_mark *marks =
            gaz_arena_array(arena, c->mark_count, sizeof *marks);
        memcpy(marks, c->marks, c->mark_count * sizeof *marks);
        label.marks = marks;
        label.mark_count = c->mark_count;
        label.text_box =
            (struct tile_rect){text[0] - item->padding, text[1] - item->padding,
                               text[0] + item->text_width + item->padding,
                               text[1] + item->text_height + item->padding};
        for (uint32_t i = 0; i < item->box_count; i++)
            label.text_box =
                i == 0 ? item->boxes[0]
                       : tile_rect_join(label.text_box, item->boxes[i]);
    }
    label.box = ink_of(&label, c->look.size);
    return label;
}

static int compare_candidates(const void *left, const void *right)
{
    const struct tile_candidate *const *a = left;
    const struct tile_candidate *const *b = right;
    return tile_settle_compare(&(*a)->item.order, &(*b)->item.order);
}

static void make_labels(struct gaz_arena *arena,
                        const struct tile_candidates *all,
                        const struct tile_standing *standing,
                        struct tile_labels *out)
{
    struct gaz_arena scratch = {0};
    const struct tile_candidate **shown =
        gaz_arena_array(&scratch, all->count, sizeof(void *));
    uint32_t count = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct tile_settled *settled =
            tile_settle_get(standing->settling, all->items[i].slot);
        if (settled->has_icon || settled->has_text)
            shown[count++] = &all->items[i];
    }
    if (count > 1)
        qsort(shown, count, sizeof(void *), compare_candidates);
    out->items = gaz_arena_array(arena, count, sizeof *out->items);
    out->count = count;
    out->candidates = all->count;
    for (uint32_t i = 0; i < count; i++)
        out->items[i] =
            label_of(arena, shown[i],
                     tile_settle_get(standing->settling, shown[i]->slot));
    gaz_arena_close(&scratch);
}

/* ---- the cells ---- */

static int compare_cells(const void *left, const void *right)
{
    const struct tile_cell *a = left;
    const struct tile_cell *b = right;
    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return (a->label > b->label) - (a->label < b->label);
}

/* Visits the cells of a box; writes them when `out` is there. */
static uint32_t cells_of(const struct tile_rect *box, uint32_t label,
                         struct tile_cell *out)
{
    uint32_t count = 0;
    for (int64_t y = box->min_y >> CELL_SHIFT; y <= box->max_y >> CELL_SHIFT;
         y++)
        for (int64_t x = box->min_x >> CELL_SHIFT;
             x <= box->max_x >> CELL_SHIFT; x++) {
            if (out)
                out[count] = (struct tile_cell){y, x, label};
            count++;
        }
    return count;
}

static void sort_into_cells(struct gaz_arena *arena, struct tile_labels *labels)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < labels->count; i++)
        total += cells_of(&labels->items[i].box, i, NULL);
    labels->cells = gaz_arena_array(arena, total, sizeof *labels->cells);
    for (uint32_t i = 0; i < labels->count; i++)
        labels->cell_count += cells_of(&labels->items[i].box, i,
                                       labels->cells + labels->cell_count);
    if (total > 1)
        qsort(labels->cells, labels->cell_count, sizeof *labels->cells,
              compare_cells);
}

void tile_place_labels(struct gaz_arena *arena,
                       const struct tile_placing *placing,
                       struct tile_standing **standing, struct tile_labels *out)
{
    struct gaz_arena scratch = {0};
    struct tile_candidates all;
    *out = (struct tile_labels){0};
    tile_candidate_gather(&scratch, placing, &all);
    settle(&all, standing);
    make_labels(arena, &all, *standing, out);
    gaz_arena_close(&scratch);
    sort_into_cells(arena, out);
}

/* ---- looking up ---- */

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;
    return (*a > *b) - (*a < *b);
}

/* The first cell that is not before (y, x). */
static uint32_t first_cell(const struct tile_labels *labels, int64_t y,
                           int64_t x)
{
    uint32_t low = 0;
    uint32_t high = labels->cell_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct tile_cell *cell = &labels->cells[middle];
        if (cell->y < y || (cell->y == y && cell->x < x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t collect(const struct tile_labels *labels,
                        const struct tile_view *view, uint32_t *out)
{
    int64_t cell = INT64_C(256) * view->scale;
    int64_t left = view->left / cell;
    int64_t right = (view->left + view->width - 1) / cell;
    int64_t top = view->top / cell;
    int64_t bottom = (view->top + view->height - 1) / cell;
    uint32_t count = 0;
    for (int64_t y = top; y <= bottom; y++)
        for (uint32_t i = first_cell(labels, y, left);
             i < labels->cell_count && labels->cells[i].y == y &&
             labels->cells[i].x <= right;
             i++) {
            if (out)
                out[count] = labels->cells[i].label;
            count++;
        }
    return count;
}

uint32_t tile_place_in(struct gaz_arena *arena,
                       const struct tile_labels *labels,
                       const struct tile_view *view, uint32_t **out)
{
    uint32_t count = collect(labels, view, NULL);
    uint32_t *found = gaz_arena_array(arena, count, sizeof *found);
    (void)collect(labels, view, found);
    if (count > 1)
        qsort(found, count, sizeof *found, compare_numbers);
    uint32_t made = 0;
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || found[i] != found[i - 1])
            found[made++] = found[i];
    *out = found;
    return made;
}
