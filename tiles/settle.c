/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/settle.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    TAKEN_SHIFT = 6, /* squares of 64 pixels: about a label's width */
    REACH_SHIFT = 8,
    NONE = 0, /* links are index + 1 */
};

/* A box in half the room: pixels of zoom 20 need 28 bits. */
struct narrow {
    int32_t min_x;
    int32_t min_y;
    int32_t max_x;
    int32_t max_y;
};

/* A box of an item in one cell. */
struct entry {
    struct narrow box;
    uint32_t slot;
    uint32_t next;
};

/* A hashed grid from which entries can be taken out. */
struct grid {
    int shift;
    uint32_t *heads;
    uint64_t mask;
    struct entry *entries;
    uint32_t count;
    uint32_t room;
    uint32_t free;
};

struct place {
    struct tile_item item;
    struct tile_settled settled;
    struct tile_rect *boxes; /* the item's, ours */
    bool is_used;
    bool is_waiting;
};

struct tile_settling {
    struct grid taken; /* boxes that items have */
    struct grid reach; /* boxes around all that an item may ever take */
    struct place *places;
    uint32_t *waiting; /* a heap of slots, the first in order on top */
    uint32_t count;
    uint32_t room;
    uint32_t free_count;
    uint32_t *free;
    uint32_t waiting_count;
    uint32_t waiting_room;
    uint32_t *changed; /* slots that the last run gave another place */
    uint32_t changed_count;
    uint32_t changed_room;
    uint32_t used;  /* items */
    bool has_reach; /* built when the first change comes, not before */
    bool is_whole;  /* every item waits: nobody has to be woken, and who has
                     * something comes before who looks */
};

int tile_settle_compare(const struct tile_order *a, const struct tile_order *b)
{
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    if (a->sort != b->sort)
        return a->sort < b->sort ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->part > b->part) - (a->part < b->part);
}

/* ---- grids ---- */

static struct narrow to_narrow(const struct tile_rect *box)
{
    assert(box->min_x >= INT32_MIN && box->max_x <= INT32_MAX);
    assert(box->min_y >= INT32_MIN && box->max_y <= INT32_MAX);
    return (struct narrow){(int32_t)box->min_x, (int32_t)box->min_y,
                           (int32_t)box->max_x, (int32_t)box->max_y};
}

static bool overlaps(const struct entry *entry, const struct tile_rect *box)
{
    const struct narrow *n = &entry->box;
    struct tile_rect wide = {n->min_x, n->min_y, n->max_x, n->max_y};
    return tile_rect_overlaps(&wide, box);
}

static void grid_open(struct grid *grid, uint64_t size, int shift)
{
    grid->shift = shift;
    grid->heads = gaz_malloc(size * sizeof *grid->heads);
    grid->mask = size - 1;
}

static void grid_close(struct grid *grid)
{
    gaz_free(grid->heads);
    gaz_free(grid->entries);
}

/* Different cells may share a bucket: that costs time, not truth. */
static uint32_t *bucket(const struct grid *grid, int64_t x, int64_t y)
{
    uint64_t key = (uint64_t)x * UINT64_C(0x9E3779B97F4A7C15) ^
                   (uint64_t)y * UINT64_C(0xC2B2AE3D27D4EB4F);
    return &grid->heads[(key >> 24) & grid->mask];
}

/* The cells of a box; max is inside. */
static struct tile_rect cells_of(const struct grid *grid,
                                 const struct tile_rect *box)
{
    return (struct tile_rect){
        box->min_x >> grid->shift, box->min_y >> grid->shift,
        box->max_x >> grid->shift, box->max_y >> grid->shift};
}

static uint32_t new_entry(struct grid *grid)
{
    if (grid->free != NONE) {
        uint32_t made = grid->free;
        grid->free = grid->entries[made - 1].next;
        return made;
    }
    if (grid->count == grid->room) {
        grid->room = grid->room ? 2 * grid->room : 256;
        grid->entries =
            gaz_realloc(grid->entries, grid->room * sizeof *grid->entries);
    }
    return ++grid->count;
}

static void grid_add(struct grid *grid, const struct tile_rect *box,
                     uint32_t slot)
{
    struct tile_rect cells = cells_of(grid, box);
    for (int64_t y = cells.min_y; y <= cells.max_y; y++)
        for (int64_t x = cells.min_x; x <= cells.max_x; x++) {
            uint32_t *head = bucket(grid, x, y);
            uint32_t made = new_entry(grid);
            grid->entries[made - 1] =
                (struct entry){to_narrow(box), slot, *head};
            *head = made;
        }
}

static void grid_take(struct grid *grid, const struct tile_rect *box,
                      uint32_t slot)
{
    struct tile_rect cells = cells_of(grid, box);
    struct narrow wanted = to_narrow(box);
    for (int64_t y = cells.min_y; y <= cells.max_y; y++)
        for (int64_t x = cells.min_x; x <= cells.max_x; x++) {
            uint32_t *link = bucket(grid, x, y);
            while (*link != NONE) {
                struct entry *entry = &grid->entries[*link - 1];
                if (entry->slot != slot ||
                    memcmp(&entry->box, &wanted, sizeof wanted) != 0) {
                    link = &entry->next;
                    continue;
                }
                uint32_t gone = *link;
                *link = entry->next;
                entry->next = grid->free;
                grid->free = gone;
                break;
            }
        }
}

/* ---- the boxes of an item ---- */

static const int8_t STEPS[TILE_SETTLE_STEPS][2] = {
    {0, 0}, {-15, 0}, {0, 23}, {0, -23}};

void tile_settle_spots(const struct tile_item *item,
                       const struct tile_settled *settled, int64_t icon[2],
                       int64_t text[2])
{
    int64_t x = item->x + STEPS[settled->step][0];
    int64_t y = item->y + STEPS[settled->step][1];
    icon[0] = x;
    icon[1] = y;
    text[0] = x - item->text_width / 2;
    text[1] = y - item->text_height / 2;
    switch ((tile_anchor)settled->anchor) {
    case TILE_ANCHOR_CENTER:
        break;
    case TILE_ANCHOR_LEFT:
        text[0] = x + item->away;
        break;
    case TILE_ANCHOR_RIGHT:
        text[0] = x - item->away - item->text_width;
        break;
    case TILE_ANCHOR_BOTTOM:
        text[1] = y - item->away - item->text_height;
        break;
    case TILE_ANCHOR_TOP:
        text[1] = y + item->away;
        break;
    }
}

static struct tile_rect icon_box(const struct tile_item *item,
                                 const struct tile_settled *settled)
{
    int64_t icon[2];
    int64_t text[2];
    tile_settle_spots(item, settled, icon, text);
    return (struct tile_rect){icon[0] - item->icon, icon[1] - item->icon,
                              icon[0] + item->icon, icon[1] + item->icon};
}

static struct tile_rect text_box(const struct tile_item *item,
                                 const struct tile_settled *settled)
{
    int64_t icon[2];
    int64_t text[2];
    tile_settle_spots(item, settled, icon, text);
    return (struct tile_rect){text[0] - item->padding, text[1] - item->padding,
                              text[0] + item->text_width + item->padding,
                              text[1] + item->text_height + item->padding};
}

/* All that the item may take, wherever it is put. */
static struct tile_rect reach_of(const struct tile_item *item)
{
    int64_t step = item->may_step ? 23 : 0;
    int64_t wide = item->away + item->text_width + item->padding;
    int64_t high = item->away + item->text_height + item->padding;
    wide = (wide > item->icon ? wide : item->icon) + step;
    high = (high > item->icon ? high : item->icon) + step;
    struct tile_rect made = {item->x - wide, item->y - high, item->x + wide,
                             item->y + high};
    for (uint32_t i = 0; i < item->box_count; i++)
        made = i == 0 && item->icon == 0 ? item->boxes[0]
                                         : tile_rect_join(made, item->boxes[i]);
    return made;
}

/* Calls `visit` for each box that the item has now. */
typedef void visit_box(struct tile_settling *s, uint32_t slot,
                       const struct tile_rect *box);

static void each_box(struct tile_settling *s, uint32_t slot, visit_box *visit)
{
    const struct tile_item item = s->places[slot].item;
    const struct tile_settled settled = s->places[slot].settled;
    if (settled.has_icon && !item.may_overlap) {
        struct tile_rect box = icon_box(&item, &settled);
        visit(s, slot, &box);
    }
    if (!settled.has_text)
        return;
    if (item.text_height > 0) {
        struct tile_rect box = text_box(&item, &settled);
        visit(s, slot, &box);
    }
    for (uint32_t i = 0; i < item.box_count; i++)
        visit(s, slot, &item.boxes[i]);
}

/* ---- the waiting ---- */

static bool is_before(const struct tile_settling *s, uint32_t a, uint32_t b)
{
    return tile_settle_compare(&s->places[a].item.order,
                               &s->places[b].item.order) < 0;
}

static void wait_for(struct tile_settling *s, uint32_t slot)
{
    if (s->places[slot].is_waiting)
        return;
    s->places[slot].is_waiting = true;
    if (s->waiting_count == s->waiting_room) {
        s->waiting_room = s->waiting_room ? 2 * s->waiting_room : 64;
        s->waiting =
            gaz_realloc(s->waiting, s->waiting_room * sizeof *s->waiting);
    }
    uint32_t at = s->waiting_count++;
    while (at > 0 && is_before(s, slot, s->waiting[(at - 1) / 2])) {
        s->waiting[at] = s->waiting[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->waiting[at] = slot;
}

static uint32_t next_waiting(struct tile_settling *s)
{
    uint32_t first = s->waiting[0];
    uint32_t last = s->waiting[--s->waiting_count];
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= s->waiting_count)
            break;
        if (child + 1 < s->waiting_count &&
            is_before(s, s->waiting[child + 1], s->waiting[child]))
            child++;
        if (!is_before(s, s->waiting[child], last))
            break;
        s->waiting[at] = s->waiting[child];
        at = child;
    }
    if (s->waiting_count > 0)
        s->waiting[at] = last;
    s->places[first].is_waiting = false;
    return first;
}

/* Later items that may want this box have to look again. */
static void wake(struct tile_settling *s, uint32_t slot,
                 const struct tile_rect *box)
{
    struct tile_rect cells = cells_of(&s->reach, box);
    if (s->is_whole || !s->has_reach)
        return;
    for (int64_t y = cells.min_y; y <= cells.max_y; y++)
        for (int64_t x = cells.min_x; x <= cells.max_x; x++)
            for (uint32_t at = *bucket(&s->reach, x, y); at != NONE;
                 at = s->reach.entries[at - 1].next) {
                const struct entry *entry = &s->reach.entries[at - 1];
                if (!s->places[entry->slot].is_waiting &&
                    overlaps(entry, box) && is_before(s, slot, entry->slot))
                    wait_for(s, entry->slot);
            }
}

static void take(struct tile_settling *s, uint32_t slot,
                 const struct tile_rect *box)
{
    grid_add(&s->taken, box, slot);
}

static void give_back(struct tile_settling *s, uint32_t slot,
                      const struct tile_rect *box)
{
    grid_take(&s->taken, box, slot);
}

/* ---- one item ---- */

/* Free of earlier items; what later ones have does not count. */
static bool is_free(const struct tile_settling *s, uint32_t slot,
                    const struct tile_rect *box)
{
    struct tile_rect cells = cells_of(&s->taken, box);
    for (int64_t y = cells.min_y; y <= cells.max_y; y++)
        for (int64_t x = cells.min_x; x <= cells.max_x; x++)
            for (uint32_t at = *bucket(&s->taken, x, y); at != NONE;
                 at = s->taken.entries[at - 1].next) {
                const struct entry *entry = &s->taken.entries[at - 1];
                if (overlaps(entry, box) &&
                    (s->is_whole || is_before(s, entry->slot, slot)))
                    return false;
            }
    return true;
}

static bool fit_icon(const struct tile_settling *s, uint32_t slot,
                     struct tile_settled *out)
{
    const struct tile_item *item = &s->places[slot].item;
    int steps = item->may_step ? TILE_SETTLE_STEPS : 1;
    if (item->may_overlap)
        return true;
    for (int i = 0; i < steps; i++) {
        out->step = (uint8_t)i;
        struct tile_rect box = icon_box(item, out);
        if (is_free(s, slot, &box))
            return true;
    }
    return false;
}

static bool fit_text(const struct tile_settling *s, uint32_t slot,
                     struct tile_settled *out)
{
    const struct tile_item *item = &s->places[slot].item;
    for (uint32_t i = 0; i < item->box_count; i++)
        if (!is_free(s, slot, &item->boxes[i]))
            return false;
    if (item->text_height == 0)
        return item->box_count > 0;
    for (int i = 0; i < item->anchor_count; i++) {
        out->anchor = item->anchors[i];
        struct tile_rect box = text_box(item, out);
        if (is_free(s, slot, &box))
            return true;
    }
    return false;
}

static struct tile_settled decide(const struct tile_settling *s, uint32_t slot)
{
    static const struct tile_settled NOWHERE = {0};
    const struct tile_item *item = &s->places[slot].item;
    struct tile_settled made = {0};
    bool wants_text = item->text_height > 0 || item->box_count > 0;
    if (item->icon > 0 && !fit_icon(s, slot, &made))
        return NOWHERE;
    made.has_icon = item->icon > 0;
    made.has_text = wants_text && fit_text(s, slot, &made);
    if (!made.has_text)
        made.anchor = 0;
    if (wants_text && !made.has_text && !item->is_text_optional)
        return NOWHERE;
    return made;
}

static bool is_same(const struct tile_settled *a, const struct tile_settled *b)
{
    return a->has_icon == b->has_icon && a->has_text == b->has_text &&
           a->step == b->step && a->anchor == b->anchor;
}

static void note_change(struct tile_settling *s, uint32_t slot)
{
    if (s->is_whole)
        return;
    if (s->changed_count == s->changed_room) {
        s->changed_room = s->changed_room ? 2 * s->changed_room : 64;
        s->changed =
            gaz_realloc(s->changed, s->changed_room * sizeof *s->changed);
    }
    s->changed[s->changed_count++] = slot;
}

static void settle_one(struct tile_settling *s, uint32_t slot)
{
    struct tile_settled now = decide(s, slot);
    if (is_same(&now, &s->places[slot].settled))
        return;
    note_change(s, slot);
    each_box(s, slot, wake);
    each_box(s, slot, give_back);
    s->places[slot].settled = now;
    each_box(s, slot, take);
    each_box(s, slot, wake);
}

/* ---- the handle ---- */

struct tile_settling *tile_settle_open(void)
{
    enum { BUCKETS = 1 << 16 };
    struct tile_settling *s = gaz_malloc(sizeof *s);
    grid_open(&s->taken, BUCKETS, TAKEN_SHIFT);
    grid_open(&s->reach, BUCKETS, REACH_SHIFT);
    return s;
}

void tile_settle_close(struct tile_settling *s)
{
    if (!s)
        return;
    grid_close(&s->taken);
    grid_close(&s->reach);
    for (uint32_t i = 0; i < s->count; i++)
        gaz_free(s->places[i].boxes);
    gaz_free(s->places);
    gaz_free(s->waiting);
    gaz_free(s->changed);
    gaz_free(s->free);
    gaz_free(s);
}

static void add_reach(struct tile_settling *s, uint32_t slot)
{
    struct tile_rect reach = reach_of(&s->places[slot].item);
    if (s->has_reach)
        grid_add(&s->reach, &reach, slot);
}

/* The first change after everything was settled. */
static void build_reach(struct tile_settling *s)
{
    if (s->has_reach)
        return;
    s->has_reach = true;
    for (uint32_t slot = 0; slot < s->count; slot++)
        if (s->places[slot].is_used)
            add_reach(s, slot);
}

void tile_settle_prepare(struct tile_settling *s)
{
    build_reach(s);
}

uint32_t tile_settle_add(struct tile_settling *s, const struct tile_item *item)
{
    uint32_t slot = s->free_count > 0 ? s->free[--s->free_count] : s->count++;
    if (s->count > s->room) {
        s->room = s->room ? 2 * s->room : 256;
        s->places = gaz_realloc(s->places, s->room * sizeof *s->places);
        s->free = gaz_realloc(s->free, s->room * sizeof *s->free);
    }
    s->places[slot] = (struct place){.item = *item, .is_used = true};
    if (item->box_count > 0) {
        size_t bytes = item->box_count * sizeof *item->boxes;
        struct tile_rect *boxes = gaz_malloc(bytes);
        memcpy(boxes, item->boxes, bytes);
        s->places[slot].item.boxes = boxes;
        s->places[slot].boxes = boxes;
    }
    s->used++;
    add_reach(s, slot);
    wait_for(s, slot);
    return slot;
}

void tile_settle_remove(struct tile_settling *s, uint32_t slot)
{
    struct place *place = &s->places[slot];
    build_reach(s);
    s->used--;
    each_box(s, slot, wake);
    each_box(s, slot, give_back);
    struct tile_rect reach = reach_of(&place->item);
    grid_take(&s->reach, &reach, slot);
    place->settled = (struct tile_settled){0};
    gaz_free(place->boxes);
    place->boxes = NULL;
    place->item.boxes = NULL;
    place->item.box_count = 0;
    place->is_used = false;
    /* One that still waits keeps its slot until its turn. */
    if (!place->is_waiting)
        s->free[s->free_count++] = slot;
}

uint32_t tile_settle_run(struct tile_settling *s)
{
    uint32_t looked = 0;
    s->changed_count = 0;
    s->is_whole = !s->has_reach && s->waiting_count == s->used;
    if (!s->is_whole)
        build_reach(s);
    while (s->waiting_count > 0) {
        uint32_t slot = next_waiting(s);
        if (s->places[slot].is_used)
            settle_one(s, slot);
        else
            s->free[s->free_count++] = slot;
        looked++;
    }
    s->is_whole = false;
    return looked;
}

uint32_t tile_settle_changed(const struct tile_settling *s,
                             const uint32_t **out)
{
    *out = s->changed;
    return s->changed_count;
}

const struct tile_item *tile_settle_item(const struct tile_settling *s,
                                         uint32_t slot)
{
    return &s->places[slot].item;
}

const struct tile_settled *tile_settle_get(const struct tile_settling *s,
                                           uint32_t slot)
{
    return &s->places[slot].settled;
}
