/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/candidate.h"

#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/along.h"
#include "tiles/ops.h"
#include "tiles/subject.h"

struct gathering {
    struct gaz_arena *arena;
    struct gaz_arena scratch; /* texts put together while one is looked at */
    const struct tile_placing *p;
    const struct tile_style_layer *layer;
    uint32_t layer_order;
    struct tile_env env;
    struct tile_subject subject;
    struct tile_candidate base; /* what the labels of the layer share */
    bool is_line;
    bool is_varied; /* the base depends on the feature */
    struct tile_candidate *items;
    uint32_t count;
    uint32_t room;
};

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15) ^ gaz_text_hash(data, size);
}

/* Fields one by one: padding has no value. */
static uint64_t hash_of(const struct tile_candidate *c)
{
    const struct tile_item *i = &c->item;
    const int64_t numbers[] = {i->order.layer,
                               i->order.rank,
                               (int64_t)i->order.id,
                               i->order.part,
                               i->x,
                               i->y,
                               i->icon,
                               i->text_width,
                               i->text_height,
                               i->away,
                               i->padding,
                               i->anchor_count,
                               i->may_step,
                               i->is_text_optional,
                               i->may_overlap,
                               c->look.size,
                               c->look.halo_64th,
                               c->look.is_bold,
                               c->look.colour,
                               c->look.halo_colour,
                               c->text_x,
                               c->text_y};
    uint64_t hash = mix(0, numbers, sizeof numbers);
    hash = mix(hash, &i->order.sort, sizeof i->order.sort);
    hash = mix(hash, i->anchors, sizeof i->anchors);
    for (uint32_t k = 0; k < c->mark_count; k++) {
        const struct tile_mark *m = &c->marks[k];
        const int64_t mark[] = {m->glyph, m->dx, m->dy, m->face, m->turn};
        hash = mix(hash, mark, sizeof mark);
    }
    if (c->icon)
        hash = mix(hash, c->icon->name, strlen(c->icon->name));
    return hash;
}

static void keep(struct gathering *g, struct tile_candidate *made)
{
    if (g->count == g->room) {
        uint32_t room = g->room ? 2 * g->room : 256;
        g->items =
            gaz_arena_grow(g->arena, g->items, g->count * sizeof *g->items,
                           room * sizeof *g->items);
        g->room = room;
    }
    made->hash = hash_of(made);
    made->subject = g->subject.number;
    g->items[g->count++] = *made;
}

/* ---- looks ---- */

static bool is_bold(const struct gathering *g)
{
    struct tile_value fonts =
        tile_style_value(g->layer, TILE_TEXT_FONT, &g->env);
    return fonts.count > 0 && fonts.items[0].type == TILE_VALUE_STRING &&
           strstr(fonts.items[0].text, "Bold");
}

static int bounded(double value, double low, double high)
{
    value = value < low ? low : value > high ? high : value;
    return (int)lround(value);
}

static struct tile_text_look look_of(const struct gathering *g)
{
    const struct tile_style_layer *layer = g->layer;
    double size = tile_style_number(layer, TILE_TEXT_SIZE, &g->env);
    double spacing =
        tile_style_number(layer, TILE_TEXT_LETTER_SPACING, &g->env);
    double width = tile_style_number(layer, TILE_TEXT_MAX_WIDTH, &g->env);
    double halo = tile_style_number(layer, TILE_TEXT_HALO_WIDTH, &g->env);
    struct tile_text_look look = {
        .size = bounded(size, 4, 120),
        .halo_64th = bounded(halo * 64, 0, 255),
        .is_bold = is_bold(g),
        .colour =
            tile_style_colour(layer, TILE_TEXT_COLOR, TILE_PROPERTIES, &g->env),
        .halo_colour = tile_style_colour(layer, TILE_TEXT_HALO_COLOR,
                                         TILE_PROPERTIES, &g->env),
    };
    look.spacing_64th = bounded(spacing * look.size * 64, 0, 64 * 120);
    look.wrap = g->is_line ? 0 : bounded(width / (1 + spacing), 1, 1000);
    return look;
}

static void read_anchors(const struct gathering *g, struct tile_item *item)
{
    static const char *const NAMES[] = {"center", "left", "right", "bottom",
                                        "top"};
    struct tile_value list =
        tile_style_value(g->layer, TILE_TEXT_VARIABLE_ANCHOR, &g->env);
    item->anchor_count = 0;
    for (size_t i = 0; i < list.count; i++)
        for (uint8_t k = 0; k < 5; k++)
            if (list.items[i].type == TILE_VALUE_STRING &&
                item->anchor_count < TILE_SETTLE_ANCHORS &&
                strcmp(NAMES[k], list.items[i].text) == 0)
                item->anchors[item->anchor_count++] = k;
    if (item->anchor_count == 0)
        item->anchors[item->anchor_count++] = TILE_ANCHOR_CENTER;
}

/* What does not depend on where the label stands. */
static void read_base(struct gathering *g)
{
    const struct tile_style_layer *layer = g->layer;
    g->base = (struct tile_candidate){.look = look_of(g)};
    struct tile_item *item = &g->base.item;
    double away = tile_style_number(layer, TILE_TEXT_RADIAL_OFFSET, &g->env);
    double padding = tile_style_number(layer, TILE_TEXT_PADDING, &g->env);
    item->order.layer = g->layer_order;
    item->away = bounded(away * g->base.look.size, 0, 1000);
    item->padding = bounded(padding, 0, 100) + 1;
    item->is_text_optional =
        tile_style_bool(layer, TILE_TEXT_OPTIONAL, &g->env);
    item->may_overlap =
        tile_style_bool(layer, TILE_ICON_ALLOW_OVERLAP, &g->env);
    read_anchors(g, item);
}

static bool is_varied(const struct tile_style_layer *layer)
{
    static const tile_property BY_LABEL[] = {TILE_TEXT_FIELD, TILE_ICON_IMAGE,
                                             TILE_SYMBOL_SORT_KEY};
    for (int i = 0; i < TILE_PROPERTIES; i++) {
        bool is_by_label = false;
        for (int k = 0; k < 3; k++)
            is_by_label = is_by_label || BY_LABEL[k] == (tile_property)i;
        if (!is_by_label && layer->properties[i] &&
            tile_expression_is_varied(layer->properties[i]))
            return true;
    }
    return false;
}

/* ---- labels at points ---- */

static void set_order(const struct gathering *g, struct tile_order *order,
                      uint64_t id, uint32_t rank)
{
    order->sort = tile_style_number(g->layer, TILE_SYMBOL_SORT_KEY, &g->env);
    order->rank = rank;
    order->id = id;
}

static void gather_point(struct gathering *g, struct tile_point at,
                         bool may_step)
{
    struct tile_candidate made = g->base;
    struct tile_item *item = &made.item;
    const struct tile_features *f = g->p->features;
    bool is_site = g->layer->source == TILE_SOURCE_NAMES ||
                   g->layer->source == TILE_SOURCE_HERITAGE;
    const struct gaz_snap_place *row =
        is_site ? tile_feature_site(f, g->subject.number)->row
                : &f->snap->places[f->areas[g->subject.number].place];
    set_order(g, &item->order, row->id, tile_feature_rank(row));
    int shift = 24 - g->p->z;
    item->x = at.x >> shift;
    item->y = at.y >> shift;
    item->may_step = may_step;
    const char *image = tile_style_text(g->layer, TILE_ICON_IMAGE, &g->env);
    const char *words = tile_style_text(g->layer, TILE_TEXT_FIELD, &g->env);
    made.icon = image[0] ? tile_icon_find(g->p->icons, image) : NULL;
    item->icon = made.icon ? made.icon->side / 2 + 1 : 0;
    struct tile_text text;
    if (words[0] &&
        tile_text_lay(g->arena, g->p->setter, &made.look, words, &text)) {
        made.marks = text.marks;
        made.mark_count = text.count;
        item->text_width = text.width;
        item->text_height = text.height;
    }
    if (item->icon > 0 || item->text_height > 0)
        keep(g, &made);
}

/* ---- labels along lines ---- */

/* The path of a text: without the teeth of the line that are smaller than the
 * text. */
static void smooth(struct gathering *g, struct tile_span span, int size,
                   struct tile_course *out)
{
    const struct tile_point *points = g->p->shapes->points + span.first;
    double tolerance = 1.1 * size * (double)(INT64_C(1) << (24 - g->p->z));
    struct tile_point *kept =
        gaz_arena_array(&g->scratch, span.count, sizeof *kept);
    size_t count =
        tile_simplify_line(&g->scratch, tile_simplify_meetings(&g->scratch, 0),
                           points, span.count, tolerance, kept);
    int64_t *lengths = gaz_arena_array(&g->scratch, count, sizeof *lengths);
    for (size_t i = 1; i < count; i++)
        lengths[i] =
            lengths[i - 1] + (int64_t)hypot((double)kept[i].x - kept[i - 1].x,
                                            (double)kept[i].y - kept[i - 1].y);
    *out = (struct tile_course){kept, lengths, (uint32_t)count};
}

/* Tries the middle of a stretch of the path, then the places beside it. */
static bool lay_in_stretch(struct gathering *g,
                           const struct tile_course *course,
                           const struct tile_text *text, int64_t first,
                           int64_t size, struct tile_along *out)
{
    static const int PARTS[] = {50, 35, 65, 20, 80};
    double bend = tile_style_number(g->layer, TILE_TEXT_MAX_ANGLE, &g->env);
    for (int i = 0; i < 5; i++)
        if (tile_along_lay(g->arena, course, g->p->z,
                           first + size * PARTS[i] / 100, text, &g->base.look,
                           bend, out))
            return true;
    return false;
}

static void gather_along(struct gathering *g, const struct tile_course *course,
                         const struct tile_text *text)
{
    int shift = 24 - g->p->z;
    double step = tile_style_number(g->layer, TILE_SYMBOL_SPACING, &g->env);
    int64_t spacing = (int64_t)bounded(step, 16, 10000) << shift;
    int64_t total = course->lengths[course->count - 1];
    int64_t count = total / spacing > 0 ? total / spacing : 1;
    const struct tile_features *f = g->p->features;
    for (int64_t i = 0; i < count; i++) {
        struct tile_candidate made = g->base;
        struct tile_along along;
        if (!lay_in_stretch(g, course, text, total * i / count, total / count,
                            &along))
            continue;
        set_order(g, &made.item.order,
                  (uint64_t)f->lines[g->subject.number].row + 1, 0);
        made.item.order.part = (uint32_t)i;
        made.item.x = along.x;
        made.item.y = along.y;
        made.item.boxes = along.boxes;
        made.item.box_count = along.count;
        made.marks = along.marks;
        made.mark_count = along.count;
        made.text_x = along.x;
        made.text_y = along.y;
        keep(g, &made);
    }
}

static void gather_line(struct gathering *g)
{
    struct tile_span span = g->p->shapes->lines[g->subject.number];
    const char *words = tile_style_text(g->layer, TILE_TEXT_FIELD, &g->env);
    struct tile_course course;
    struct tile_text text;
    if (span.count < 2 || !words[0] ||
        !tile_text_lay(g->arena, g->p->setter, &g->base.look, words, &text))
        return;
    smooth(g, span, g->base.look.size, &course);
    int64_t width = (int64_t)text.width << (24 - g->p->z);
    if (course.count >= 2 && course.lengths[course.count - 1] > width)
        gather_along(g, &course, &text);
}

/* ---- layers ---- */

static void gather_subject(struct gathering *g)
{
    const struct tile_features *f = g->p->features;
    if (g->is_varied)
        read_base(g);
    switch (g->layer->source) {
    case TILE_SOURCE_BOUNDARIES:
        gather_line(g);
        break;
    case TILE_SOURCE_CENTRES:
        gather_point(g, f->areas[g->subject.number].centre, false);
        break;
    default:
        gather_point(g, tile_feature_site(f, g->subject.number)->at,
                     tile_feature_site(f, g->subject.number)->is_approximate);
        break;
    }
}

/* Begins a layer; false when it writes nothing at this zoom. */
static bool begin_layer(struct gathering *g, size_t number)
{
    const struct tile_style *style = g->p->style;
    const struct tile_style_layer *layer = &style->layers[number];
    g->layer = layer;
    g->layer_order = (uint32_t)(style->count - number - 1);
    g->env = tile_ops_env(&g->scratch, g->p->z);
    if (layer->type != TILE_LAYER_SYMBOL || layer->is_hidden ||
        g->env.zoom < layer->min_zoom || g->env.zoom >= layer->max_zoom)
        return false;
    g->is_line = layer->source == TILE_SOURCE_BOUNDARIES;
    g->is_varied = is_varied(layer);
    g->subject = (struct tile_subject){g->p->features, layer->source, 0};
    g->env.feature = &g->subject;
    g->env.get = tile_subject_get;
    return tile_subject_count(g->p->features, layer->source) > 0;
}

static void gather_layer(struct gathering *g)
{
    uint32_t total = tile_subject_count(g->p->features, g->layer->source);
    read_base(g);
    for (; g->subject.number < total; g->subject.number++) {
        if (tile_subject_belongs(&g->subject) &&
            tile_style_shows(g->layer, &g->env))
            gather_subject(g);
        gaz_arena_reset(&g->scratch);
    }
}

static void gather_one(struct gathering *g, uint32_t number)
{
    g->subject.number = number;
    read_base(g);
    if (tile_style_shows(g->layer, &g->env))
        gather_subject(g);
    gaz_arena_reset(&g->scratch);
}

static bool is_of_site(const struct gathering *g, uint32_t site)
{
    tile_class class = tile_feature_site(g->p->features, site)->class;
    bool is_heritage =
        class == TILE_CLASS_HERITAGE || class == TILE_CLASS_CLUSTER;
    return g->layer->source ==
           (is_heritage ? TILE_SOURCE_HERITAGE : TILE_SOURCE_NAMES);
}

void tile_candidate_gather(struct gaz_arena *arena,
                           const struct tile_placing *placing,
                           struct tile_candidates *out)
{
    struct gathering g = {.arena = arena, .p = placing};
    const struct tile_style *style = placing->style;
    tile_glyph_lock(placing->font);
    for (size_t i = style->count; i > 0; i--)
        if (begin_layer(&g, i - 1))
            gather_layer(&g);
    tile_glyph_unlock(placing->font);
    gaz_arena_close(&g.scratch);
    *out = (struct tile_candidates){g.items, g.count};
}

void tile_candidate_site(struct gaz_arena *arena,
                         const struct tile_placing *placing, uint32_t site,
                         struct tile_candidates *out)
{
    struct gathering g = {.arena = arena, .p = placing};
    tile_glyph_lock(placing->font);
    for (size_t i = placing->style->count; i > 0; i--)
        if (begin_layer(&g, i - 1) && is_of_site(&g, site))
            gather_one(&g, site);
    tile_glyph_unlock(placing->font);
    gaz_arena_close(&g.scratch);
    *out = (struct tile_candidates){g.items, g.count};
}

void tile_candidate_again(struct gaz_arena *arena,
                          const struct tile_placing *placing, uint32_t layer,
                          uint32_t subject, struct tile_candidates *out)
{
    struct gathering g = {.arena = arena, .p = placing};
    tile_glyph_lock(placing->font);
    if (begin_layer(&g, placing->style->count - layer - 1))
        gather_one(&g, subject);
    tile_glyph_unlock(placing->font);
    gaz_arena_close(&g.scratch);
    *out = (struct tile_candidates){g.items, g.count};
}
