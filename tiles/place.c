/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/place.h"

#include <stdlib.h>
#include <string.h>

#include "tiles/candidate.h"

enum {
    CELL_SHIFT = 8, /* cells of 256 pixels: a tile of scale 1 */
    NONE = -1,
};

/* A label that wants a place, as the settling knows it. */
struct stander {
    uint64_t hash;
    uint32_t slot;
    bool is_gone;
};

/* What stands in a slot. */
struct origin {
    uint32_t subject; /* its area, line or site */
    int64_t label;    /* its number, or NONE */
};

struct tile_standing {
    struct tile_settling *settling;
    struct stander *items; /* by hash */
    uint32_t count;
    struct origin *origins; /* by slot */
    uint32_t origin_room;
};

void tile_place_close(struct tile_standing *standing)
{
    if (!standing)
        return;
    tile_settle_close(standing->settling);
    gaz_free(standing->items);
    gaz_free(standing->origins);
    gaz_free(standing);
}

static struct origin *origin_of(struct tile_standing *standing, uint32_t slot)
{
    if (slot >= standing->origin_room) {
        uint32_t room = standing->origin_room ? standing->origin_room : 64;
        while (room <= slot)
            room *= 2;
        standing->origins =
            gaz_realloc(standing->origins, room * sizeof *standing->origins);
        standing->origin_room = room;
    }
    return &standing->origins[slot];
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
    tile_settle_prepare(standing->settling);
    gaz_free(standing->items);
    standing->items = gaz_malloc(all->count * sizeof *standing->items);
    standing->count = all->count;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct tile_candidate *c = &all->items[i];
        standing->items[i] = (struct stander){c->hash, c->slot, false};
        *origin_of(standing, c->slot) = (struct origin){c->subject, NONE};
    }
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
        .order = item->order,
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
                        struct tile_standing *standing, struct tile_labels *out)
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
    for (uint32_t i = 0; i < count; i++) {
        out->items[i] =
            label_of(arena, shown[i],
                     tile_settle_get(standing->settling, shown[i]->slot));
        origin_of(standing, shown[i]->slot)->label = i;
    }
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
                out[count] = (struct tile_cell){(int32_t)y, (int32_t)x, label};
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

/* ---- edits ---- */

struct editing {
    struct gaz_arena *arena;
    struct gaz_arena scratch;
    const struct tile_placing *placing;
    struct tile_standing *standing;
    const struct tile_labels *before;
    struct tile_labels *out;
    uint32_t *gone;
    struct tile_label *extra;
    struct tile_rect *boxes;
    uint32_t box_count;
};

static void *more(struct editing *e, void *items, uint32_t count, size_t size)
{
    return gaz_arena_grow(e->arena, items, count * size,
                          (size_t)(count + 1) * size);
}

static void note_box(struct editing *e, const struct tile_rect *box)
{
    e->boxes = more(e, e->boxes, e->box_count, sizeof *box);
    e->boxes[e->box_count++] = *box;
}

static void take_label_away(struct editing *e, uint32_t slot)
{
    struct origin *origin = origin_of(e->standing, slot);
    if (origin->label == NONE)
        return;
    uint32_t number = (uint32_t)origin->label;
    origin->label = NONE;
    const struct tile_label *label = number < e->before->count
                                         ? &e->before->items[number]
                                         : &e->extra[number - e->before->count];
    note_box(e, &label->box);
    e->gone = more(e, e->gone, e->out->gone_count, sizeof *e->gone);
    uint32_t at = e->out->gone_count++;
    for (; at > 0 && e->gone[at - 1] > number; at--)
        e->gone[at] = e->gone[at - 1];
    e->gone[at] = number;
}

static void put_label(struct editing *e, const struct tile_candidate *c,
                      const struct tile_settled *settled, uint32_t slot)
{
    e->extra = more(e, e->extra, e->out->extra_count, sizeof *e->extra);
    struct tile_label *label = &e->extra[e->out->extra_count];
    *label = label_of(e->arena, c, settled);
    note_box(e, &label->box);
    origin_of(e->standing, slot)->label =
        (int64_t)e->before->count + e->out->extra_count++;
}

/* The first stander that is not before `hash`. */
static uint32_t stander_at(const struct tile_standing *standing, uint64_t hash)
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
    return low;
}

static void take_out(struct editing *e, const struct tile_candidate *c)
{
    struct tile_standing *standing = e->standing;
    uint32_t at = stander_at(standing, c->hash);
    if (at == standing->count || standing->items[at].hash != c->hash)
        return;
    uint32_t slot = standing->items[at].slot;
    take_label_away(e, slot);
    tile_settle_remove(standing->settling, slot);
    standing->count--;
    memmove(&standing->items[at], &standing->items[at + 1],
            (standing->count - at) * sizeof *standing->items);
}

static void put_in(struct editing *e, const struct tile_candidate *c)
{
    struct tile_standing *standing = e->standing;
    uint32_t slot = tile_settle_add(standing->settling, &c->item);
    uint32_t at = stander_at(standing, c->hash);
    *origin_of(standing, slot) = (struct origin){c->subject, NONE};
    standing->items =
        gaz_realloc(standing->items,
                    ((size_t)standing->count + 1) * sizeof *standing->items);
    memmove(&standing->items[at + 1], &standing->items[at],
            (standing->count - at) * sizeof *standing->items);
    standing->items[at] = (struct stander){c->hash, slot, false};
    standing->count++;
}

/* What stands in a slot moved, came or went: its label is made again. */
static void renew(struct editing *e, uint32_t slot)
{
    struct tile_standing *standing = e->standing;
    const struct tile_settled *settled =
        tile_settle_get(standing->settling, slot);
    take_label_away(e, slot);
    if (!settled->has_icon && !settled->has_text)
        return;
    struct tile_order order = tile_settle_item(standing->settling, slot)->order;
    struct tile_candidates all;
    tile_candidate_again(&e->scratch, e->placing, order.layer,
                         origin_of(standing, slot)->subject, &all);
    for (uint32_t i = 0; i < all.count; i++)
        if (all.items[i].item.order.part == order.part)
            put_label(e, &all.items[i], settled, slot);
}

static void change_items(struct editing *e,
                         const struct tile_edit_change *change)
{
    struct tile_candidates all;
    for (uint32_t i = 0; i < change->gone_count; i++) {
        tile_candidate_site(&e->scratch, e->placing, change->gone[i], &all);
        for (uint32_t k = 0; k < all.count; k++)
            take_out(e, &all.items[k]);
    }
    for (uint32_t i = 0; i < change->come_count; i++) {
        tile_candidate_site(&e->scratch, e->placing, change->come[i], &all);
        for (uint32_t k = 0; k < all.count; k++)
            put_in(e, &all.items[k]);
    }
}

static void *copy(struct gaz_arena *arena, const void *items, uint32_t count,
                  size_t size)
{
    void *made = gaz_arena_array(arena, count, size);
    if (count > 0)
        memcpy(made, items, count * size);
    return made;
}

void tile_place_edit(struct gaz_arena *arena,
                     const struct tile_placing *placing,
                     struct tile_standing *standing,
                     const struct tile_labels *before,
                     const struct tile_edit_change *change,
                     struct tile_labels *out, struct tile_rect **boxes,
                     uint32_t *box_count)
{
    const uint32_t *changed;
    struct editing e = {
        .arena = arena,
        .placing = placing,
        .standing = standing,
        .before = before,
        .out = out,
        .gone = copy(arena, before->gone, before->gone_count, sizeof *e.gone),
        .extra =
            copy(arena, before->extra, before->extra_count, sizeof *e.extra),
    };
    *out = *before;
    change_items(&e, change);
    (void)tile_settle_run(standing->settling);
    uint32_t count = tile_settle_changed(standing->settling, &changed);
    for (uint32_t i = 0; i < count; i++)
        renew(&e, changed[i]);
    out->gone = e.gone;
    out->extra = e.extra;
    *boxes = e.boxes;
    *box_count = e.box_count;
    gaz_arena_close(&e.scratch);
}

/* ---- looking up ---- */

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;
    return (*a > *b) - (*a < *b);
}

bool tile_place_is_gone(const struct tile_labels *labels, uint32_t number)
{
    return labels->gone_count > 0 &&
           bsearch(&number, labels->gone, labels->gone_count, sizeof number,
                   compare_numbers) != NULL;
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

/* Labels of edits that touch the view go to their place in the order. */
static uint32_t add_extra(struct gaz_arena *arena,
                          const struct tile_labels *labels,
                          const struct tile_view *view, uint32_t count,
                          uint32_t **out)
{
    uint32_t *all = gaz_arena_array(arena, (size_t)count + labels->extra_count,
                                    sizeof *all);
    int64_t scale = view->scale;
    struct tile_rect window = {view->left / scale, view->top / scale,
                               (view->left + view->width) / scale,
                               (view->top + view->height) / scale};
    if (count > 0)
        memcpy(all, *out, count * sizeof *all);
    for (uint32_t i = 0; i < labels->extra_count; i++) {
        const struct tile_label *label = &labels->extra[i];
        if (tile_place_is_gone(labels, labels->count + i) ||
            label->box.max_x < window.min_x ||
            label->box.min_x > window.max_x ||
            label->box.max_y < window.min_y || label->box.min_y > window.max_y)
            continue;
        uint32_t at = count++;
        for (; at > 0 && tile_settle_compare(
                             &tile_place_label(labels, all[at - 1])->order,
                             &label->order) > 0;
             at--)
            all[at] = all[at - 1];
        all[at] = labels->count + i;
    }
    *out = all;
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
        if ((i == 0 || found[i] != found[i - 1]) &&
            !tile_place_is_gone(labels, found[i]))
            found[made++] = found[i];
    *out = found;
    return labels->extra_count > 0 ? add_extra(arena, labels, view, made, out)
                                   : made;
}
