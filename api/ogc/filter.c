/* SPDX-License-Identifier: Apache-2.0 */
/* filter.c - reads CQL2 text into a tree, by recursive descent. */
#include "api/ogc/filter.h"

#include <string.h>
#include <strings.h>

#include "api/ogc/filter_node.h"
#include "api/problem.h"
#include "gazetteer/base/text.h"

enum { WORD_MAX_BYTES = 64, SHOWN_MAX_BYTES = 24 };

gaz_status ogc_reader_fail(struct ogc_reader *reader, const char *expected)
{
    struct api_worker *worker = reader->worker;
    worker->ctx.failure[0] = '\0'; /* of a coordinate: ours says where */
    const char *rest = reader->text + reader->at;
    size_t shown = strlen(rest);
    if (shown > SHOWN_MAX_BYTES)
        shown = SHOWN_MAX_BYTES;
    while (shown > 0 && !gaz_text_is_utf8(rest, shown, NULL))
        shown--;
    return api_problem_parameter(
        worker, "filter", "筛选条件有误",
        "filter, at character %zu, before '%.*s': expected %s",
        gaz_text_count(reader->text, reader->at) + 1, (int)shown, rest,
        expected);
}

void ogc_reader_skip(struct ogc_reader *reader)
{
    reader->at += strspn(reader->text + reader->at, " \t\r\n");
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

bool ogc_reader_take(struct ogc_reader *reader, const char *token)
{
    ogc_reader_skip(reader);
    const char *at = reader->text + reader->at;
    size_t len = strlen(token);
    if (strncasecmp(at, token, len) != 0)
        return false;
    if (is_word_byte(token[len - 1]) && is_word_byte(at[len]))
        return false;
    reader->at += len;
    return true;
}

bool ogc_reader_number(struct ogc_reader *reader, double *out)
{
    enum { NUMBER_MAX_BYTES = 40 };
    char text[NUMBER_MAX_BYTES];
    ogc_reader_skip(reader);
    const char *at = reader->text + reader->at;
    size_t len = strspn(at, "+-.0123456789eE");
    if (len == 0 || len >= sizeof(text))
        return false;
    memcpy(text, at, len);
    text[len] = '\0';
    if (!gaz_text_parse_double(text, out))
        return false;
    reader->at += len;
    return true;
}

static gaz_status new_node(struct ogc_reader *reader, ogc_node_kind kind,
                           struct ogc_filter **out)
{
    if (++reader->node_count > OGC_FILTER_NODES_MAX)
        return ogc_reader_fail(reader, "at most 500 operators and values");
    *out = gaz_arena_alloc(&reader->worker->ctx.arena, sizeof(**out));
    (*out)->kind = kind;
    return GAZ_OK;
}

/* 'it''s' or 'it\'s' */
static gaz_status read_text(struct ogc_reader *reader, const char **out)
{
    ogc_reader_skip(reader);
    const char *from = reader->text + reader->at;
    if (*from != '\'')
        return ogc_reader_fail(reader, "a text in single quotes");
    char *copy = gaz_arena_alloc(&reader->worker->ctx.arena, strlen(from) + 1);
    size_t size = 0;
    size_t i = 1;
    while (from[i] && (from[i] != '\'' || from[i + 1] == '\'')) {
        bool is_pair =
            from[i] == '\'' || (from[i] == '\\' && from[i + 1] == '\'');
        i += is_pair ? 1 : 0;
        copy[size++] = from[i++];
    }
    if (from[i] != '\'')
        return ogc_reader_fail(reader, "a text that ends with a quote");
    reader->at += i + 1;
    *out = copy;
    return GAZ_OK;
}

bool ogc_filter_day(const char *text, gaz_date *out)
{
    char day[11];
    size_t len = strlen(text);
    if (len < 10 || (len > 10 && (text[10] != 'T' || len < 20)))
        return false;
    memcpy(day, text, 10);
    day[10] = '\0';
    return gaz_date_parse(day, out);
}

/* DATE('2009-05-01') or TIMESTAMP('2009-05-01T00:00:00Z') */
static gaz_status read_date(struct ogc_reader *reader, struct ogc_value *out)
{
    const char *text;
    gaz_date day;
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    gaz_status status = read_text(reader, &text);
    if (status != GAZ_OK)
        return status;
    if (!ogc_filter_day(text, &day))
        return ogc_reader_fail(reader, "a day such as '2009-05-01'");
    if (!ogc_reader_take(reader, ")"))
        return ogc_reader_fail(reader, "')'");
    ogc_value_date(out, day);
    return GAZ_OK;
}

static gaz_status read_property(struct ogc_reader *reader,
                                const struct ogc_property **out)
{
    char word[WORD_MAX_BYTES];
    ogc_reader_skip(reader);
    const char *at = reader->text + reader->at;
    bool is_quoted = at[0] == '"';
    at += is_quoted ? 1 : 0;
    size_t len = 0;
    while (is_word_byte(at[len]) && len < sizeof(word) - 1)
        len++;
    if (len == 0 || (is_quoted && at[len] != '"'))
        return ogc_reader_fail(reader, "a property or a value");
    memcpy(word, at, len);
    word[len] = '\0';
    *out = ogc_collection_property(reader->collection, word);
    if (!*out)
        return ogc_reader_fail(reader, "a property of this collection (its "
                                       "queryables)");
    reader->at += len + (is_quoted ? 2 : 0);
    return GAZ_OK;
}

static gaz_status read_operand(struct ogc_reader *reader,
                               struct ogc_operand *out)
{
    *out = (struct ogc_operand){.property = NULL};
    ogc_reader_skip(reader);
    double number;
    if (reader->text[reader->at] == '\'') {
        const char *text;
        gaz_status status = read_text(reader, &text);
        if (status == GAZ_OK) {
            ogc_value_text(&out->literal, text);
            out->literal.is_null = false;
        }
        return status;
    }
    if (ogc_reader_take(reader, "DATE(") ||
        ogc_reader_take(reader, "TIMESTAMP(")) {
        reader->at--;
        return read_date(reader, &out->literal);
    }
    if (ogc_reader_number(reader, &number))
        ogc_value_number(&out->literal, number);
    else if (ogc_reader_take(reader, "TRUE"))
        ogc_value_bool(&out->literal, true);
    else if (ogc_reader_take(reader, "FALSE"))
        ogc_value_bool(&out->literal, false);
    else
        return read_property(reader, &out->property);
    return GAZ_OK;
}

static ogc_type type_of(const struct ogc_operand *operand)
{
    ogc_type type =
        operand->property ? operand->property->type : operand->literal.type;
    return type == OGC_INTEGER ? OGC_NUMBER : type;
}

/* A day may be written as a plain text beside a property that is one. */
static gaz_status match_types(struct ogc_reader *reader,
                              struct ogc_operand *left,
                              struct ogc_operand *right)
{
    gaz_date day;
    if (type_of(left) == OGC_DATE && !right->property &&
        right->literal.type == OGC_TEXT &&
        ogc_filter_day(right->literal.text, &day))
        ogc_value_date(&right->literal, day);
    if (type_of(left) != type_of(right))
        return ogc_reader_fail(reader, "values of the same type");
    return GAZ_OK;
}

static gaz_status read_items(struct ogc_reader *reader, struct ogc_filter *node,
                             const char *between, int max)
{
    node->items = gaz_arena_array(&reader->worker->ctx.arena, (size_t)max,
                                  sizeof(*node->items));
    do {
        if (node->item_count == max ||
            ++reader->node_count > OGC_FILTER_NODES_MAX)
            return ogc_reader_fail(reader, "fewer values");
        struct ogc_operand *item = &node->items[node->item_count];
        gaz_status status = read_operand(reader, item);
        if (status == GAZ_OK)
            status = match_types(reader, &node->left, item);
        if (status != GAZ_OK)
            return status;
        node->item_count++;
    } while (between && ogc_reader_take(reader, between));
    return GAZ_OK;
}

static gaz_status read_like(struct ogc_reader *reader, struct ogc_filter *node)
{
    if (type_of(&node->left) != OGC_TEXT)
        return ogc_reader_fail(reader, "a text before LIKE");
    gaz_status status = read_items(reader, node, NULL, 1);
    if (status == GAZ_OK && node->items[0].property)
        return ogc_reader_fail(reader, "a pattern after LIKE");
    return status;
}

static gaz_status read_between(struct ogc_reader *reader,
                               struct ogc_filter *node)
{
    gaz_status status = read_items(reader, node, "AND", 2);
    if (status == GAZ_OK && node->item_count != 2)
        return ogc_reader_fail(reader, "AND");
    return status;
}

static gaz_status read_in(struct ogc_reader *reader, struct ogc_filter *node)
{
    enum { IN_MAX = 200 };
    if (!ogc_reader_take(reader, "("))
        return ogc_reader_fail(reader, "'('");
    gaz_status status = read_items(reader, node, ",", IN_MAX);
    if (status == GAZ_OK && !ogc_reader_take(reader, ")"))
        return ogc_reader_fail(reader, "',' or ')'");
    return status;
}

static bool take_operator(struct ogc_reader *reader, ogc_operator *out)
{
    static const struct {
        const char *sign;
        ogc_operator op;
    } SIGNS[] = {{"<>", OGC_UNEQUAL},       {"<=", OGC_LESS_EQUAL},
                 {">=", OGC_GREATER_EQUAL}, {"=", OGC_EQUAL},
                 {"<", OGC_LESS},           {">", OGC_GREATER}};
    for (size_t i = 0; i < sizeof(SIGNS) / sizeof(SIGNS[0]); i++) {
        if (ogc_reader_take(reader, SIGNS[i].sign)) {
            *out = SIGNS[i].op;
            return true;
        }
    }
    return false;
}

/* IS [NOT] NULL */
static gaz_status read_null(struct ogc_reader *reader, struct ogc_filter *node,
                            bool *is_negated)
{
    node->kind = OGC_NODE_NULL;
    *is_negated = ogc_reader_take(reader, "NOT");
    return ogc_reader_take(reader, "NULL") ? GAZ_OK
                                           : ogc_reader_fail(reader, "NULL");
}

/* What follows the first operand. */
static gaz_status read_rest(struct ogc_reader *reader, struct ogc_filter *node,
                            bool *is_negated)
{
    if (take_operator(reader, &node->op)) {
        node->kind = OGC_NODE_COMPARE;
        return read_items(reader, node, NULL, 1);
    }
    if (ogc_reader_take(reader, "IS"))
        return read_null(reader, node, is_negated);
    *is_negated = ogc_reader_take(reader, "NOT");
    if (ogc_reader_take(reader, "LIKE")) {
        node->kind = OGC_NODE_LIKE;
        return read_like(reader, node);
    }
    if (ogc_reader_take(reader, "BETWEEN")) {
        node->kind = OGC_NODE_BETWEEN;
        return read_between(reader, node);
    }
    if (ogc_reader_take(reader, "IN")) {
        node->kind = OGC_NODE_IN;
        return read_in(reader, node);
    }
    if (!*is_negated && type_of(&node->left) == OGC_BOOLEAN)
        return GAZ_OK; /* a constant, or a property that is true or false */
    return ogc_reader_fail(reader, "a comparison");
}

static gaz_status wrap_not(struct ogc_reader *reader,
                           const struct ogc_filter **node)
{
    struct ogc_filter *outer = NULL;
    gaz_status status = new_node(reader, OGC_NODE_NOT, &outer);
    if (status != GAZ_OK)
        return status;
    outer->a = *node;
    *node = outer;
    return GAZ_OK;
}

static gaz_status read_predicate(struct ogc_reader *reader,
                                 const struct ogc_filter **out)
{
    struct ogc_filter *node = NULL;
    bool is_negated = false;
    gaz_status status = new_node(reader, OGC_NODE_CONSTANT, &node);
    if (status == GAZ_OK)
        status = read_operand(reader, &node->left);
    if (status == GAZ_OK)
        status = read_rest(reader, node, &is_negated);
    if (status != GAZ_OK)
        return status;
    *out = node;
    return is_negated ? wrap_not(reader, out) : GAZ_OK;
}

static bool take_geometry(struct ogc_reader *reader)
{
    return ogc_reader_take(reader, "geometry") ||
           ogc_reader_take(reader, "\"geometry\"") ||
           ogc_reader_take(reader, "geom");
}

/* S_INTERSECTS(geometry, ...) or the other way round */
static gaz_status read_spatial(struct ogc_reader *reader,
                               const struct ogc_filter **out)
{
    struct ogc_filter *node = NULL;
    gaz_status status = new_node(reader, OGC_NODE_INTERSECTS, &node);
    if (status != GAZ_OK)
        return status;
    bool is_first = take_geometry(reader);
    if (is_first && !ogc_reader_take(reader, ","))
        return ogc_reader_fail(reader, "','");
    status = ogc_filter_shape(reader, &node->shape);
    if (status != GAZ_OK)
        return status;
    if (!is_first && (!ogc_reader_take(reader, ",") || !take_geometry(reader)))
        return ogc_reader_fail(reader, "',' and geometry");
    if (!ogc_reader_take(reader, ")"))
        return ogc_reader_fail(reader, "')'");
    *out = node;
    return GAZ_OK;
}

static gaz_status read_or(struct ogc_reader *reader,
                          const struct ogc_filter **out);

static gaz_status read_primary( // NOLINT(misc-no-recursion): depth is checked
    struct ogc_reader *reader, const struct ogc_filter **out)
{
    if (++reader->depth > OGC_FILTER_DEPTH_MAX)
        return ogc_reader_fail(reader, "at most 32 levels");
    gaz_status status;
    if (ogc_reader_take(reader, "NOT")) {
        status = read_primary(reader, out);
        if (status == GAZ_OK)
            status = wrap_not(reader, out);
    } else if (ogc_reader_take(reader, "S_INTERSECTS(") ||
               ogc_reader_take(reader, "INTERSECTS(")) {
        status = read_spatial(reader, out);
    } else if (ogc_reader_take(reader, "(")) {
        status = read_or(reader, out);
        if (status == GAZ_OK && !ogc_reader_take(reader, ")"))
            status = ogc_reader_fail(reader, "AND, OR or ')'");
    } else {
        status = read_predicate(reader, out);
    }
    reader->depth--;
    return status;
}

static gaz_status read_chain( // NOLINT(misc-no-recursion): depth is checked
    struct ogc_reader *reader, ogc_node_kind kind,
    const struct ogc_filter **out)
{
    bool is_and = kind == OGC_NODE_AND;
    const struct ogc_filter *left;
    gaz_status status = is_and ? read_primary(reader, &left)
                               : read_chain(reader, OGC_NODE_AND, &left);
    while (status == GAZ_OK && ogc_reader_take(reader, is_and ? "AND" : "OR")) {
        struct ogc_filter *node = NULL;
        status = new_node(reader, kind, &node);
        if (status != GAZ_OK)
            break;
        node->a = left;
        status = is_and ? read_primary(reader, &node->b)
                        : read_chain(reader, OGC_NODE_AND, &node->b);
        left = node;
    }
    if (status == GAZ_OK)
        *out = left;
    return status;
}

static gaz_status read_or( // NOLINT(misc-no-recursion): depth is checked
    struct ogc_reader *reader, const struct ogc_filter **out)
{
    return read_chain(reader, OGC_NODE_OR, out);
}

gaz_status ogc_filter_parse(struct api_worker *worker,
                            const struct ogc_collection *collection,
                            const struct ogc_crs *crs, const char *text,
                            const struct ogc_filter **out)
{
    struct ogc_reader reader = {
        .worker = worker, .collection = collection, .crs = crs, .text = text};
    const struct ogc_filter *filter;
    gaz_status status = read_or(&reader, &filter);
    if (status != GAZ_OK)
        return status;
    ogc_reader_skip(&reader);
    if (text[reader.at])
        return ogc_reader_fail(&reader, "AND, OR or the end");
    *out = filter;
    return GAZ_OK;
}
