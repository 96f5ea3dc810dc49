/* filter_node.h - the tree of a filter; private to filter_*.c. */
#ifndef API_OGC_FILTER_NODE_H
#define API_OGC_FILTER_NODE_H

#include "api/ogc/filter.h"

typedef enum {
    OGC_NODE_CONSTANT, /* left.literal, or a property of type boolean */
    OGC_NODE_NOT,
    OGC_NODE_AND,
    OGC_NODE_OR,
    OGC_NODE_COMPARE,
    OGC_NODE_LIKE,
    OGC_NODE_BETWEEN, /* left, items[0], items[1] */
    OGC_NODE_IN,
    OGC_NODE_NULL,
    OGC_NODE_INTERSECTS,
} ogc_node_kind;

typedef enum {
    OGC_EQUAL,
    OGC_UNEQUAL,
    OGC_LESS,
    OGC_LESS_EQUAL,
    OGC_GREATER,
    OGC_GREATER_EQUAL,
} ogc_operator;

struct ogc_operand {
    const struct ogc_property *property; /* NULL: the literal */
    struct ogc_value literal;
};

struct ogc_filter {
    ogc_node_kind kind;
    ogc_operator op;
    struct ogc_operand left;
    struct ogc_operand *items;
    int item_count;
    struct ogc_shape shape;
    const struct ogc_filter *a;
    const struct ogc_filter *b;
};

/* What is being read. */
struct ogc_reader {
    struct api_worker *worker;
    const struct ogc_collection *collection;
    const struct ogc_crs *crs;
    const char *text;
    size_t at;
    int depth;
    int node_count;
    int point_count;
};

/* ogc_reader_fail names what was expected, and where. */
gaz_status ogc_reader_fail(struct ogc_reader *reader, const char *expected);
void ogc_reader_skip(struct ogc_reader *reader); /* white space */
/* True, and moves on, when the next word or sign is `token`; words in either
 * case. */
bool ogc_reader_take(struct ogc_reader *reader, const char *token);
bool ogc_reader_number(struct ogc_reader *reader, double *out);

/* filter_shape.c: POINT(..), LINESTRING, POLYGON, MULTI..., BBOX(..). */
gaz_status ogc_filter_shape(struct ogc_reader *reader, struct ogc_shape *out);

#endif
