/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/place.h"

#include <stdlib.h>
#include <string.h>

#include "tiles/occupied.h"

enum {
    PADDING = 3,    /* halo and a little air around a text */
    ICON_GAP = 4,   /* between an icon and its text */
    CELL_SHIFT = 8, /* cells of 256 pixels: a tile of scale 1 */
};

/* What placing one zoom needs. */
struct placing {
    struct gaz_arena *arena;
    struct gaz_arena scratch;
    struct tile_font *font;
    const struct tile_features *features;
    const struct tile_shapes *shapes;
    struct tile_occupied *occupied;
    struct tile_label *items;
    uint32_t count;
    uint32_t room;
    int z;
};

static struct tile_rect around(int64_t x, int64_t y, int radius)
{
    return (struct tile_rect){x - radius, y - radius, x + radius, y + radius};
}

static struct tile_rect join(struct tile_rect a, struct tile_rect b)
{
    return (struct tile_rect){
        a.min_x < b.min_x ? a.min_x : b.min_x,
        a.min_y < b.min_y ? a.min_y : b.min_y,
        a.max_x > b.max_x ? a.max_x : b.max_x,
        a.max_y > b.max_y ? a.max_y : b.max_y,
    };
}

static void keep(struct placing *p, const struct tile_label *label)
{
    if (p->count == p->room) {
        uint32_t room = p->room ? 2 * p->room : 64;
        p->items =
            gaz_arena_grow(p->arena, p->items, p->count * sizeof *p->items,
                           room * sizeof *p->items);
        p->room = room;
    }
    p->items[p->count++] = *label;
}

static struct tile_rect text_box(const struct tile_label *label)
{
    return (struct tile_rect){
        label->text_x - PADDING,
        label->text_y - PADDING,
        label->text_x + label->text.width + PADDING,
        label->text_y + label->text.height + PADDING,
    };
}

/* The corner of the text at candidate `n`: right of the icon, left, above,
 * below; a text without an icon has one candidate, its point. */
static void move_text(struct tile_label *label, int n, int radius)
{
    int64_t x = label->icon_x;
    int64_t y = label->icon_y;
    int away = radius + ICON_GAP;
    int width = label->text.width;
    int height = label->text.height;
    int64_t middle_x = x - width / 2;
    int64_t middle_y = y - height / 2;
    const int64_t corners[4][2] = {
        {x + away, middle_y},
        {x - away - width, middle_y},
        {middle_x, y - away - height},
        {middle_x, y + away},
    };
    label->text_x = label->has_icon ? corners[n][0] : middle_x;
    label->text_y = label->has_icon ? corners[n][1] : middle_y;
}

/* Finds a free place for the text; false when there is none. */
static bool fit_text(struct placing *p, struct tile_label *label, int radius)
{
    int candidates = label->has_icon ? 4 : 1;
    for (int n = 0; n < candidates; n++) {
        move_text(label, n, radius);
        struct tile_rect box = text_box(label);
        if (tile_occupied_is_free(p->occupied, &box))
            return true;
    }
    return false;
}

/* Puts icon and text on the map as far as there is room. An icon needs its own
 * place; a text without its icon would point at nothing. */
static void settle(struct placing *p, struct tile_label *label,
                   const struct tile_text_style *style)
{
    struct tile_rect icon =
        around(label->icon_x, label->icon_y, style->icon_radius + 1);
    if (label->has_icon && !tile_occupied_is_free(p->occupied, &icon))
        return;
    if (label->has_text)
        label->has_text = fit_text(p, label, style->icon_radius);
    if (label->has_icon)
        tile_occupied_add(p->occupied, &icon);
    if (label->has_text) {
        struct tile_rect text = text_box(label);
        tile_occupied_add(p->occupied, &text);
        label->box = label->has_icon ? join(icon, text) : text;
    } else {
        label->box = icon;
    }
    if (label->has_icon || label->has_text)
        keep(p, label);
}

/* The point of an approximate site belongs to the division that lent it: where
 * that one's circle and name stand already, the icon stands beside them. */
static void step_aside(const struct placing *p, struct tile_label *label,
                       const struct tile_text_style *style)
{
    static const int8_t STEPS[][2] = {{0, 0}, {-15, 0}, {0, 23}, {0, -23}};
    int64_t x = label->icon_x;
    int64_t y = label->icon_y;
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        label->icon_x = x + STEPS[i][0];
        label->icon_y = y + STEPS[i][1];
        struct tile_rect icon =
            around(label->icon_x, label->icon_y, style->icon_radius + 1);
        if (tile_occupied_is_free(p->occupied, &icon))
            return;
    }
}

static void place_site(struct placing *p, const struct tile_site *site)
{
    const struct tile_text_style *style = &TILE_STYLE_TEXT[site->class];
    if (p->z > style->to || (p->z < style->from && p->z < style->icon_from))
        return;
    int shift = 24 - p->z;
    struct tile_label label = {
        .site = site,
        .class = site->class,
        .has_icon = style->icon != TILE_ICON_NONE && p->z >= style->icon_from,
        .icon_x = site->at.x >> shift,
        .icon_y = site->at.y >> shift,
    };
    if (site->is_approximate)
        step_aside(p, &label, style);
    label.has_text =
        p->z >= style->from &&
        tile_label_measure(p->font, style, p->z, site->text, &label.text);
    if (label.has_icon || label.has_text)
        settle(p, &label, style);
}

/* ---- words along lines ---- */

static const char *words_of(const struct tile_features *f,
                            const struct tile_line *line, tile_class *class)
{
    if (line->kind == GAZ_LINE_ROAD) {
        *class = TILE_CLASS_ROAD;
        return gaz_snapshot_text(f->snap, f->snap->lines[line->row].name);
    }
    *class = TILE_CLASS_NOTE;
    bool is_note = line->kind == GAZ_LINE_BOUNDARY && line->is_schematic;
    return is_note ? TILE_STYLE_SCHEMATIC_NOTE : "";
}

/* The point of a line at `length` world units from its start. `*at` is a point
 * before it, and moves on. */
static struct tile_point point_at(const struct tile_shapes *shapes,
                                  struct tile_span span, int64_t length,
                                  uint32_t *at)
{
    const struct tile_point *points = shapes->points + span.first;
    const int64_t *lengths = shapes->lengths + span.first;
    while (*at + 2 < span.count && lengths[*at + 1] < length)
        ++*at;
    struct tile_point a = points[*at];
    struct tile_point b = points[*at + 1];
    int64_t whole = lengths[*at + 1] - lengths[*at];
    if (whole <= 0)
        return a;
    int64_t part = length - lengths[*at];
    return (struct tile_point){
        (uint32_t)(a.x + ((int64_t)b.x - a.x) * part / whole),
        (uint32_t)(a.y + ((int64_t)b.y - a.y) * part / whole),
    };
}

static void place_line(struct placing *p, uint32_t number)
{
    tile_class class;
    const struct tile_line *line = &p->features->lines[number];
    const char *words = words_of(p->features, line, &class);
    const struct tile_text_style *style = &TILE_STYLE_TEXT[class];
    struct tile_label label = {.class = class, .has_text = true};
    if (p->z < style->from || p->z > style->to ||
        !tile_label_measure(p->font, style, p->z, words, &label.text))
        return;
    int shift = 24 - p->z;
    struct tile_span span = p->shapes->lines[number];
    int64_t total = p->shapes->lengths[span.first + span.count - 1];
    int64_t spacing = (int64_t)TILE_STYLE_NOTE_SPACING << shift;
    int64_t count = total / spacing;
    if (count == 0 && total > (int64_t)(2 * label.text.width) << shift)
        count = 1;
    uint32_t at = 0;
    for (int64_t i = 0; i < count; i++) {
        struct tile_point point =
            point_at(p->shapes, span, (2 * i + 1) * total / (2 * count), &at);
        struct tile_label one = label;
        one.icon_x = point.x >> shift;
        one.icon_y = point.y >> shift;
        settle(p, &one, style);
    }
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
    qsort(labels->cells, labels->cell_count, sizeof *labels->cells,
          compare_cells);
}

void tile_place_labels(struct gaz_arena *arena, struct tile_font *font,
                       const struct tile_features *features,
                       const struct tile_shapes *shapes, int z,
                       struct tile_labels *out)
{
    struct placing p = {
        .arena = arena,
        .font = font,
        .features = features,
        .shapes = shapes,
        .z = z,
    };
    p.occupied = tile_occupied_open(&p.scratch, features->site_count);
    uint32_t i = 0;
    for (; i < features->site_count; i++) {
        if (features->sites[i].class > TILE_CLASS_NOTE)
            break;
        place_site(&p, &features->sites[i]);
    }
    for (uint32_t line = 0; line < features->line_count; line++)
        place_line(&p, line);
    for (; i < features->site_count; i++)
        place_site(&p, &features->sites[i]);
    gaz_arena_close(&p.scratch);
    *out = (struct tile_labels){.items = p.items, .count = p.count};
    sort_into_cells(arena, out);
}

static void typeset_digits(struct gaz_arena *arena, struct tile_font *font,
                           uint32_t number, int scale, struct tile_typeset *out)
{
    struct tile_text text;
    const char *digits = gaz_arena_printf(arena, "%u", number);
    if (!tile_label_measure(font, &TILE_STYLE_DIGITS, 0, digits, &text))
        return;
    out->digits_width = text.width;
    out->digits_height = text.height;
    out->digit_count = tile_label_runs(arena, font, &TILE_STYLE_DIGITS, &text,
                                       scale, &out->digits);
}

const struct tile_typeset *tile_place_typeset(struct gaz_arena *arena,
                                              struct tile_font *font,
                                              const struct tile_labels *labels,
                                              int scale)
{
    struct tile_typeset *set =
        gaz_arena_array(arena, labels->count, sizeof *set);
    for (uint32_t i = 0; i < labels->count; i++) {
        const struct tile_label *label = &labels->items[i];
        const struct tile_text_style *style = &TILE_STYLE_TEXT[label->class];
        if (label->has_text)
            set[i].run_count = tile_label_runs(arena, font, style, &label->text,
                                               scale, &set[i].runs);
        if (label->has_icon && style->icon == TILE_ICON_COUNT)
            typeset_digits(arena, font, label->site->count, scale, &set[i]);
    }
    return set;
}

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
    qsort(found, count, sizeof *found, compare_numbers);
    uint32_t made = 0;
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || found[i] != found[i - 1])
            found[made++] = found[i];
    *out = found;
    return made;
}
