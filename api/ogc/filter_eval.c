/* SPDX-License-Identifier: Apache-2.0 */
/* filter_eval.c - whether a feature is wanted, in three values. */
#include <string.h>

#include "api/ogc/filter_node.h"
#include "gazetteer/base/text.h"

typedef enum { IS_FALSE, IS_TRUE, IS_UNKNOWN } truth;

/* Where the last % stood, for the way back. */
bool ogc_filter_like(const char *text, const char *pattern)
{
    const char *retry_text = NULL;
    const char *retry_pattern = NULL;
    while (*text) {
        size_t step = 0;
        (void)gaz_text_next(text, strlen(text) < 4 ? strlen(text) : 4, &step);
        bool is_escaped = pattern[0] == '\\' && pattern[1];
        const char *literal = pattern + (is_escaped ? 1 : 0);
        if (!is_escaped && *pattern == '%') {
            retry_pattern = ++pattern;
            retry_text = text;
        } else if (!is_escaped && *pattern == '_') {
            pattern++;
            text += step;
        } else if (*literal && strncmp(text, literal, step) == 0) {
            pattern = literal + step;
            text += step;
        } else if (retry_text) {
            size_t skip = 0;
            size_t left = strlen(retry_text);
            (void)gaz_text_next(retry_text, left < 4 ? left : 4, &skip);
            retry_text += skip;
            text = retry_text;
            pattern = retry_pattern;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "%")] == '\0';
}

static void read_operand(const struct ogc_operand *operand,
                         const struct ogc_row *row, struct ogc_value *out)
{
    if (operand->property)
        operand->property->get(row, out);
    else
        *out = operand->literal;
}

static int sign_of(double difference)
{
    return (difference > 0) - (difference < 0);
}

/* Types were checked when the filter was read. */
static int order(const struct ogc_value *a, const struct ogc_value *b)
{
    if (a->type == OGC_TEXT)
        return strcmp(a->text, b->text);
    if (a->type == OGC_DATE)
        return (a->date > b->date) - (a->date < b->date);
    return sign_of(a->number - b->number);
}

static bool agrees(ogc_operator op, int order_of)
{
    switch (op) {
    case OGC_EQUAL:
        return order_of == 0;
    case OGC_UNEQUAL:
        return order_of != 0;
    case OGC_LESS:
        return order_of < 0;
    case OGC_LESS_EQUAL:
        return order_of <= 0;
    case OGC_GREATER:
        return order_of > 0;
    case OGC_GREATER_EQUAL:
        return order_of >= 0;
    }
    return false;
}

static truth compare(const struct ogc_filter *node, const struct ogc_row *row,
                     ogc_operator op, const struct ogc_operand *right)
{
    struct ogc_value a;
    struct ogc_value b;
    read_operand(&node->left, row, &a);
    read_operand(right, row, &b);
    if (a.is_null || b.is_null)
        return IS_UNKNOWN;
    return agrees(op, order(&a, &b)) ? IS_TRUE : IS_FALSE;
}

static truth negate(truth value)
{
    if (value == IS_UNKNOWN)
        return IS_UNKNOWN;
    return value == IS_TRUE ? IS_FALSE : IS_TRUE;
}

static truth both(truth a, truth b)
{
    if (a == IS_FALSE || b == IS_FALSE)
        return IS_FALSE;
    return a == IS_UNKNOWN || b == IS_UNKNOWN ? IS_UNKNOWN : IS_TRUE;
}

static truth is_in(const struct ogc_filter *node, const struct ogc_row *row)
{
    truth found = IS_FALSE;
    for (int i = 0; i < node->item_count; i++) {
        truth same = compare(node, row, OGC_EQUAL, &node->items[i]);
        if (same == IS_TRUE)
            return IS_TRUE;
        if (same == IS_UNKNOWN)
            found = IS_UNKNOWN;
    }
    return found;
}

static truth is_like(const struct ogc_filter *node, const struct ogc_row *row)
{
    struct ogc_value value;
    read_operand(&node->left, row, &value);
    if (value.is_null)
        return IS_UNKNOWN;
    return ogc_filter_like(value.text, node->items[0].literal.text) ? IS_TRUE
                                                                    : IS_FALSE;
}

static truth constant(const struct ogc_filter *node, const struct ogc_row *row)
{
    struct ogc_value value;
    read_operand(&node->left, row, &value);
    if (value.is_null)
        return IS_UNKNOWN;
    return value.number > 0 ? IS_TRUE : IS_FALSE;
}

static truth meets(const struct ogc_filter *node,
                   const struct ogc_collection *collection,
                   const struct ogc_row *row)
{
    struct gaz_box box;
    if (!collection->box(row->worker, row->index, &box))
        return IS_UNKNOWN; /* no position is known */
    if (!ogc_shape_boxes_meet(&box, &node->shape.box))
        return IS_FALSE;
    struct ogc_shape shape;
    collection->shape(row, &shape);
    return ogc_shape_intersects(&shape, &node->shape) ? IS_TRUE : IS_FALSE;
}

/* As deep as the filter has nodes: OGC_FILTER_NODES_MAX. */
static truth evaluate( // NOLINT(misc-no-recursion)
    const struct ogc_filter *node, const struct ogc_collection *collection,
    const struct ogc_row *row)
{
    struct ogc_value value;
    switch (node->kind) {
    case OGC_NODE_CONSTANT:
        return constant(node, row);
    case OGC_NODE_NOT:
        return negate(evaluate(node->a, collection, row));
    case OGC_NODE_AND:
        return both(evaluate(node->a, collection, row),
                    evaluate(node->b, collection, row));
    case OGC_NODE_OR: /* de Morgan */
        return negate(both(negate(evaluate(node->a, collection, row)),
                           negate(evaluate(node->b, collection, row))));
    case OGC_NODE_COMPARE:
        return compare(node, row, node->op, &node->items[0]);
    case OGC_NODE_LIKE:
        return is_like(node, row);
    case OGC_NODE_BETWEEN:
        return both(compare(node, row, OGC_GREATER_EQUAL, &node->items[0]),
                    compare(node, row, OGC_LESS_EQUAL, &node->items[1]));
    case OGC_NODE_IN:
        return is_in(node, row);
    case OGC_NODE_NULL:
        read_operand(&node->left, row, &value);
        return value.is_null ? IS_TRUE : IS_FALSE;
    case OGC_NODE_INTERSECTS:
        return meets(node, collection, row);
    }
    return IS_FALSE;
}

bool ogc_filter_holds(const struct ogc_filter *filter,
                      const struct ogc_collection *collection,
                      const struct ogc_row *row)
{
    return evaluate(filter, collection, row) == IS_TRUE;
}
