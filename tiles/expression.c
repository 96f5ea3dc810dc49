/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/expression.h"

#include <math.h>
#include <string.h>

#include "tiles/expression_node.h"

const char *const TILE_ATTRIBUTE_NAMES[TILE_ATTRIBUTES] = {
    [TILE_ATTRIBUTE_NAME] = "name",
    [TILE_ATTRIBUTE_NAME_ROMAN] = "name_roman",
    [TILE_ATTRIBUTE_LABEL] = "label",
    [TILE_ATTRIBUTE_LABEL_ROMAN] = "label_roman",
    [TILE_ATTRIBUTE_CODE] = "code",
    [TILE_ATTRIBUTE_KIND] = "kind",
    [TILE_ATTRIBUTE_LEVEL] = "level",
    [TILE_ATTRIBUTE_CATEGORY] = "category",
    [TILE_ATTRIBUTE_RANK] = "rank",
    [TILE_ATTRIBUTE_COUNT] = "count",
    [TILE_ATTRIBUTE_TINT] = "tint",
    [TILE_ATTRIBUTE_SEA] = "sea",
    [TILE_ATTRIBUTE_SCHEMATIC] = "schematic",
    [TILE_ATTRIBUTE_APPROXIMATE] = "approximate",
    [TILE_ATTRIBUTE_SYNTHETIC] = "synthetic",
};

static const struct tile_value NOTHING = {.type = TILE_VALUE_NULL};

struct tile_value tile_value_number(double number)
{
    return (struct tile_value){.type = TILE_VALUE_NUMBER, .number = number};
}

struct tile_value tile_value_bool(bool is_true)
{
    return (struct tile_value){.type = TILE_VALUE_BOOL,
                               .number = is_true ? 1 : 0};
}

struct tile_value tile_value_string(const char *text)
{
    if (!text || text[0] == '\0')
        return NOTHING;
    return (struct tile_value){.type = TILE_VALUE_STRING, .text = text};
}

struct tile_value tile_value_colour(uint32_t colour)
{
    return (struct tile_value){.type = TILE_VALUE_COLOUR, .colour = colour};
}

const struct tile_expression *tile_expression_of(struct gaz_arena *arena,
                                                 struct tile_value value)
{
    struct tile_expression *e = gaz_arena_alloc(arena, sizeof *e);
    e->op = TILE_OP_LITERAL;
    e->value = value;
    return e;
}

bool tile_expression_is_varied(const struct tile_expression *e)
{
    return e->is_varied;
}

/* ---- operators ---- */

static bool is_true(struct tile_value value)
{
    return value.type == TILE_VALUE_BOOL && value.number != 0;
}

static bool equals(struct tile_value a, struct tile_value b)
{
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case TILE_VALUE_NULL:
        return true;
    case TILE_VALUE_BOOL:
    case TILE_VALUE_NUMBER:
        return a.number == b.number;
    case TILE_VALUE_STRING:
        return strcmp(a.text, b.text) == 0;
    case TILE_VALUE_COLOUR:
        return a.colour == b.colour;
    case TILE_VALUE_LIST:
        break;
    }
    return false;
}

static bool is_listed(struct tile_value value, struct tile_value list)
{
    if (list.type != TILE_VALUE_LIST)
        return equals(value, list);
    for (size_t i = 0; i < list.count; i++)
        if (equals(value, list.items[i]))
            return true;
    return false;
}

static struct tile_value compare(tile_op op, struct tile_value a,
                                 struct tile_value b)
{
    if (op == TILE_OP_EQUAL || op == TILE_OP_UNEQUAL)
        return tile_value_bool(equals(a, b) == (op == TILE_OP_EQUAL));
    if (a.type != TILE_VALUE_NUMBER || b.type != TILE_VALUE_NUMBER)
        return tile_value_bool(false);
    bool less = a.number < b.number;
    bool more = a.number > b.number;
    switch (op) {
    case TILE_OP_LESS:
        return tile_value_bool(less);
    case TILE_OP_MORE:
        return tile_value_bool(more);
    case TILE_OP_AT_MOST:
        return tile_value_bool(!more);
    default:
        return tile_value_bool(!less);
    }
}

static struct tile_value calculate(tile_op op, struct tile_value a,
                                   struct tile_value b)
{
    if (a.type != TILE_VALUE_NUMBER || b.type != TILE_VALUE_NUMBER)
        return NOTHING;
    switch (op) {
    case TILE_OP_PLUS:
        return tile_value_number(a.number + b.number);
    case TILE_OP_MINUS:
        return tile_value_number(a.number - b.number);
    case TILE_OP_TIMES:
        return tile_value_number(a.number * b.number);
    default:
        return b.number != 0 ? tile_value_number(a.number / b.number) : NOTHING;
    }
}

static const char *to_text(struct gaz_arena *arena, struct tile_value value)
{
    switch (value.type) {
    case TILE_VALUE_STRING:
        return value.text;
    case TILE_VALUE_NUMBER:
        return gaz_arena_printf(arena, "%.10g", value.number);
    case TILE_VALUE_BOOL:
        return value.number != 0 ? "true" : "false";
    default:
        return "";
    }
}

static struct tile_value concat(const struct tile_expression *e,
                                const struct tile_env *env)
{
    const char *made = "";
    for (size_t i = 0; i < e->count; i++) {
        const char *part =
            to_text(env->arena, tile_expression_value(e->args[i], env));
        if (made[0] == '\0')
            made = part;
        else if (part[0] != '\0')
            made = gaz_arena_printf(env->arena, "%s%s", made, part);
    }
    return tile_value_string(made);
}

static struct tile_value match(const struct tile_expression *e,
                               const struct tile_env *env)
{
    struct tile_value input = tile_expression_value(e->args[0], env);
    for (size_t i = 1; i + 2 < e->count; i += 2)
        if (is_listed(input, e->args[i]->value))
            return tile_expression_value(e->args[i + 1], env);
    return tile_expression_value(e->args[e->count - 1], env);
}

static struct tile_value choose(const struct tile_expression *e,
                                const struct tile_env *env)
{
    for (size_t i = 0; i + 2 < e->count; i += 2)
        if (is_true(tile_expression_value(e->args[i], env)))
            return tile_expression_value(e->args[i + 1], env);
    return tile_expression_value(e->args[e->count - 1], env);
}

static uint32_t mix(uint32_t a, uint32_t b, double part)
{
    uint32_t made = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        double from = a >> shift & 255;
        double to = b >> shift & 255;
        made |= (uint32_t)(from + (to - from) * part + 0.5) << shift;
    }
    return made;
}

static double part_of(double x, double from, double to, double base)
{
    if (base == 1)
        return (x - from) / (to - from);
    return (pow(base, x - from) - 1) / (pow(base, to - from) - 1);
}

static struct tile_value ramp(const struct tile_expression *e,
                              const struct tile_env *env)
{
    struct tile_value input = tile_expression_value(e->args[0], env);
    size_t count = e->count - 1;
    if (input.type != TILE_VALUE_NUMBER)
        return NOTHING;
    size_t at = 0;
    while (at < count && input.number >= e->stops[at])
        at++;
    if (e->op == TILE_OP_STEP || at == 0 || at == count)
        return tile_expression_value(e->args[at > 0 ? at : 1], env);
    struct tile_value a = tile_expression_value(e->args[at], env);
    struct tile_value b = tile_expression_value(e->args[at + 1], env);
    double part =
        part_of(input.number, e->stops[at - 1], e->stops[at], e->base);
    if (a.type == TILE_VALUE_NUMBER && b.type == TILE_VALUE_NUMBER)
        return tile_value_number(a.number + (b.number - a.number) * part);
    if (a.type == TILE_VALUE_COLOUR && b.type == TILE_VALUE_COLOUR)
        return tile_value_colour(mix(a.colour, b.colour, part));
    return NOTHING;
}

static struct tile_value all_or_any(const struct tile_expression *e,
                                    const struct tile_env *env)
{
    bool stops_at = e->op == TILE_OP_ANY;
    for (size_t i = 0; i < e->count; i++)
        if (is_true(tile_expression_value(e->args[i], env)) == stops_at)
            return tile_value_bool(stops_at);
    return tile_value_bool(!stops_at);
}

static struct tile_value coalesce(const struct tile_expression *e,
                                  const struct tile_env *env)
{
    struct tile_value value = NOTHING;
    for (size_t i = 0; i < e->count && value.type == TILE_VALUE_NULL; i++)
        value = tile_expression_value(e->args[i], env);
    return value;
}

struct tile_value tile_expression_value(const struct tile_expression *e,
                                        const struct tile_env *env)
{
    switch (e->op) {
    case TILE_OP_LITERAL:
        return e->value;
    case TILE_OP_GET:
        return env->get ? env->get(env->feature, e->attribute) : NOTHING;
    case TILE_OP_HAS:
        return tile_value_bool(env->get &&
                               env->get(env->feature, e->attribute).type !=
                                   TILE_VALUE_NULL);
    case TILE_OP_ZOOM:
        return tile_value_number(env->zoom);
    case TILE_OP_ALL:
    case TILE_OP_ANY:
        return all_or_any(e, env);
    case TILE_OP_NOT:
        return tile_value_bool(
            !is_true(tile_expression_value(e->args[0], env)));
    case TILE_OP_IN:
        return tile_value_bool(
            is_listed(tile_expression_value(e->args[0], env),
                      tile_expression_value(e->args[1], env)));
    case TILE_OP_CASE:
        return choose(e, env);
    case TILE_OP_MATCH:
        return match(e, env);
    case TILE_OP_COALESCE:
        return coalesce(e, env);
    case TILE_OP_STEP:
    case TILE_OP_INTERPOLATE:
        return ramp(e, env);
    case TILE_OP_CONCAT:
    case TILE_OP_TO_STRING:
        return concat(e, env);
    case TILE_OP_PLUS:
    case TILE_OP_MINUS:
    case TILE_OP_TIMES:
    case TILE_OP_DIVIDED:
        return calculate(e->op, tile_expression_value(e->args[0], env),
                         tile_expression_value(e->args[1], env));
    default:
        return compare(e->op, tile_expression_value(e->args[0], env),
                       tile_expression_value(e->args[1], env));
    }
}
