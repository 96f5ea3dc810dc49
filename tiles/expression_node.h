/* expression_node.h - an expression compiled. Private to expression*.c. */
#ifndef TILES_EXPRESSION_NODE_H
#define TILES_EXPRESSION_NODE_H

#include "tiles/expression.h"

typedef enum {
    TILE_OP_LITERAL,
    TILE_OP_GET,
    TILE_OP_HAS,
    TILE_OP_ZOOM,
    TILE_OP_EQUAL,
    TILE_OP_UNEQUAL,
    TILE_OP_LESS,
    TILE_OP_AT_MOST,
    TILE_OP_MORE,
    TILE_OP_AT_LEAST,
    TILE_OP_ALL,
    TILE_OP_ANY,
    TILE_OP_NOT,
    TILE_OP_IN,
    TILE_OP_CASE,
    TILE_OP_MATCH,
    TILE_OP_COALESCE,
    TILE_OP_STEP,
    TILE_OP_INTERPOLATE,
    TILE_OP_CONCAT,
    TILE_OP_TO_STRING,
    TILE_OP_PLUS,
    TILE_OP_MINUS,
    TILE_OP_TIMES,
    TILE_OP_DIVIDED,
    TILE_OPS,
} tile_op;

struct tile_expression {
    tile_op op;
    tile_attribute attribute;
    bool is_varied;
    double base;             /* of interpolate */
    struct tile_value value; /* of a literal */
    /* case: condition, outcome ..., otherwise; match: input, labels (literal),
     * outcome ..., otherwise; step and interpolate: input, outcome ... */
    const struct tile_expression **args;
    size_t count;
    /* Of step and interpolate: where each outcome begins; step's first is
     * minus infinity. */
    double *stops;
};

#endif
