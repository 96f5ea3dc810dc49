/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/ops.h"

#include <math.h>
#include <string.h>

#include "tiles/subject.h"

enum { PENS_MAX = 65534, SUB = TILE_GRID_SUB };

struct making {
    struct gaz_arena *arena;
    struct gaz_arena scratch;
    const struct tile_features *features;
    const struct tile_style_layer *layer;
    struct tile_env env;
    struct tile_pen *pens;
    uint32_t count;
    uint32_t room;
};

struct tile_env tile_ops_env(struct gaz_arena *arena, int z)
{
    return (struct tile_env){.arena = arena, .zoom = z > 0 ? z - 1 : 0};
}

static int to_sub(double pixels)
{
    double sub = pixels * SUB;
    sub = sub < -1e6 ? -1e6 : sub > 1e6 ? 1e6 : sub;
    return (int)lround(sub);
}

static void read_dashes(const struct making *m, double width,
                        struct tile_pen *pen)
{
    struct tile_value list =
        tile_style_value(m->layer, TILE_LINE_DASHARRAY, &m->env);
    for (size_t i = 0; i < list.count && i < TILE_OPS_DASHES; i++) {
        double length = list.items[i].type == TILE_VALUE_NUMBER
                            ? list.items[i].number * width
                            : 0;
        int sub = to_sub(length);
        pen->dashes[pen->dash_count++] = sub > 0 ? sub : 1;
    }
    if (pen->dash_count % 2 != 0)
        pen->dash_count--;
}

static struct tile_pen pen_of(const struct making *m)
{
    struct tile_pen pen = {0};
    const struct tile_style_layer *layer = m->layer;
    if (layer->type == TILE_LAYER_FILL) {
        pen.colour = tile_style_colour(layer, TILE_FILL_COLOR,
                                       TILE_FILL_OPACITY, &m->env);
        return pen;
    }
    double width = tile_style_number(layer, TILE_LINE_WIDTH, &m->env);
    double offset = tile_style_number(layer, TILE_LINE_OFFSET, &m->env);
    double blur = tile_style_number(layer, TILE_LINE_BLUR, &m->env);
    pen.colour =
        tile_style_colour(layer, TILE_LINE_COLOR, TILE_LINE_OPACITY, &m->env);
    pen.width = to_sub(width);
    if (blur > 0 && offset != 0) {
        pen.side = offset > 0 ? 1 : -1;
        pen.wash = pen.width;
    }
    read_dashes(m, width, &pen);
    return pen;
}

/* The number of a pen, added when new; 0: nothing to see. */
static uint16_t number_of(struct making *m, const struct tile_pen *pen)
{
    bool is_line = m->layer->type == TILE_LAYER_LINE;
    if (pen->colour >> 24 == 0 || (is_line && pen->width <= 0))
        return 0;
    for (uint32_t i = m->count; i > 0; i--)
        if (memcmp(&m->pens[i - 1], pen, sizeof *pen) == 0)
            return (uint16_t)i;
    if (m->count == PENS_MAX)
        return 0;
    if (m->count == m->room) {
        uint32_t room = m->room ? 2 * m->room : 4;
        m->pens = gaz_arena_grow(m->arena, m->pens, m->count * sizeof *m->pens,
                                 room * sizeof *m->pens);
        m->room = room;
    }
    m->pens[m->count++] = *pen;
    return (uint16_t)m->count;
}

static bool is_varied(const struct tile_style_layer *layer)
{
    for (int i = 0; i < TILE_PROPERTIES; i++)
        if (layer->properties[i] &&
            tile_expression_is_varied(layer->properties[i]))
            return true;
    return false;
}

static struct tile_op make_op(struct making *m)
{
    uint32_t total = tile_subject_count(m->features, m->layer->source);
    uint16_t *numbers = gaz_arena_array(m->arena, total, sizeof *numbers);
    struct tile_subject subject = {m->features, m->layer->source, 0};
    bool varied = is_varied(m->layer);
    struct tile_pen pen = pen_of(m);
    m->env.feature = &subject;
    m->env.get = tile_subject_get;
    for (; subject.number < total; subject.number++) {
        if (!tile_subject_belongs(&subject) ||
            !tile_style_shows(m->layer, &m->env))
            continue;
        if (varied)
            pen = pen_of(m);
        numbers[subject.number] = number_of(m, &pen);
    }
    m->env.get = NULL;
    return (struct tile_op){m->layer->type, m->layer, m->pens, m->count,
                            numbers};
}

void tile_ops_make(struct gaz_arena *arena,
                   const struct tile_features *features,
                   const struct tile_style *style, int z, struct tile_ops *out)
{
    struct making m = {.arena = arena, .features = features};
    struct tile_op *items = gaz_arena_array(arena, style->count, sizeof *items);
    struct tile_ops made = {.items = items};
    m.env = tile_ops_env(&m.scratch, z);
    for (size_t i = 0; i < style->count; i++) {
        m.layer = &style->layers[i];
        m.pens = NULL;
        m.count = m.room = 0;
        bool is_in_zoom = !m.layer->is_hidden &&
                          m.env.zoom >= m.layer->min_zoom &&
                          m.env.zoom < m.layer->max_zoom;
        if (!is_in_zoom || m.layer->type == TILE_LAYER_SYMBOL)
            continue;
        if (m.layer->type == TILE_LAYER_BACKGROUND) {
            made.background = tile_style_colour(m.layer, TILE_BACKGROUND_COLOR,
                                                TILE_PROPERTIES, &m.env);
            continue;
        }
        struct tile_op op = make_op(&m);
        if (op.pen_count > 0)
            items[made.count++] = op;
    }
    gaz_arena_close(&m.scratch);
    *out = made;
}
