/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tiles/expression_node.h"

enum { ANY_COUNT = 1000 };

static const struct {
    const char *name;
    uint16_t at_least; /* arguments */
    uint16_t at_most;
} OPS[TILE_OPS] = {
    [TILE_OP_LITERAL] = {"literal", 1, 1},
    [TILE_OP_GET] = {"get", 1, 1},
    [TILE_OP_HAS] = {"has", 1, 1},
    [TILE_OP_ZOOM] = {"zoom", 0, 0},
    [TILE_OP_EQUAL] = {"==", 2, 2},
    [TILE_OP_UNEQUAL] = {"!=", 2, 2},
    [TILE_OP_LESS] = {"<", 2, 2},
    [TILE_OP_AT_MOST] = {"<=", 2, 2},
    [TILE_OP_MORE] = {">", 2, 2},
    [TILE_OP_AT_LEAST] = {">=", 2, 2},
    [TILE_OP_ALL] = {"all", 0, ANY_COUNT},
    [TILE_OP_ANY] = {"any", 0, ANY_COUNT},
    [TILE_OP_NOT] = {"!", 1, 1},
    [TILE_OP_IN] = {"in", 2, 2},
    [TILE_OP_CASE] = {"case", 3, ANY_COUNT},
    [TILE_OP_MATCH] = {"match", 4, ANY_COUNT},
    [TILE_OP_COALESCE] = {"coalesce", 1, ANY_COUNT},
    [TILE_OP_STEP] = {"step", 2, ANY_COUNT},
    [TILE_OP_INTERPOLATE] = {"interpolate", 4, ANY_COUNT},
    [TILE_OP_CONCAT] = {"concat", 1, ANY_COUNT},
    [TILE_OP_TO_STRING] = {"to-string", 1, 1},
    [TILE_OP_PLUS] = {"+", 2, 2},
    [TILE_OP_MINUS] = {"-", 2, 2},
    [TILE_OP_TIMES] = {"*", 2, 2},
    [TILE_OP_DIVIDED] = {"/", 2, 2},
};

static const char *const TYPE_NAMES[] = {
    [TILE_VALUE_NULL] = "value",    [TILE_VALUE_BOOL] = "boolean",
    [TILE_VALUE_NUMBER] = "number", [TILE_VALUE_STRING] = "string",
    [TILE_VALUE_COLOUR] = "colour", [TILE_VALUE_LIST] = "array",
};

struct reading {
    struct gaz_ctx *ctx;
    const struct tile_style_place *place;
};

static gaz_status refuse(const struct reading *r, const char *why)
{
    return gaz_fail(r->ctx, GAZ_INVALID, "style '%s', layer '%s', %s: %s",
                    r->place->style, r->place->layer, r->place->property, why);
}

static const char *list_of_ops(struct gaz_arena *arena)
{
    const char *made = "";
    for (int i = 0; i < TILE_OPS; i++)
        made = gaz_arena_printf(arena, "%s %s", made, OPS[i].name);
    return made;
}

static const char *list_of_attributes(struct gaz_arena *arena)
{
    const char *made = "";
    for (int i = 0; i < TILE_ATTRIBUTES; i++)
        made = gaz_arena_printf(arena, "%s %s", made, TILE_ATTRIBUTE_NAMES[i]);
    return made;
}

/* ---- colours ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(const char *text, uint32_t *out)
{
    size_t count = strlen(text);
    size_t each = count == 3 || count == 4 ? 1 : 2;
    if (count != 3 && count != 4 && count != 6 && count != 8)
        return false;
    uint32_t channels[4] = {0, 0, 0, 255};
    for (size_t i = 0; i < count / each; i++) {
        int high = hex_digit(text[i * each]);
        int low = hex_digit(text[i * each + each - 1]);
        if (high < 0 || low < 0)
            return false;
        channels[i] = (uint32_t)(16 * high + low);
    }
    *out =
        channels[3] << 24 | channels[0] << 16 | channels[1] << 8 | channels[2];
    return true;
}

/* A plain number, "0.5"; moves `*at` past it and the blanks around it. */
static bool read_decimal(const char **at, double *out)
{
    double value = 0;
    double scale = 0;
    bool has_digit = false;
    const char *c = *at;
    while (*c == ' ')
        c++;
    for (; (*c >= '0' && *c <= '9') || (*c == '.' && scale == 0); c++) {
        if (*c == '.') {
            scale = 1;
            continue;
        }
        has_digit = true;
        scale /= 10;
        value = scale > 0 ? value + (*c - '0') * scale : 10 * value + *c - '0';
    }
    while (*c == ' ')
        c++;
    *at = c;
    *out = value;
    return has_digit && value <= 1e6;
}

static bool read_rgb(const char *text, bool has_alpha, uint32_t *out)
{
    double values[4] = {0, 0, 0, 1};
    int count = has_alpha ? 4 : 3;
    for (int i = 0; i < count; i++) {
        if (!read_decimal(&text, &values[i]) ||
            *text++ != (i + 1 < count ? ',' : ')'))
            return false;
        if (values[i] > (i < 3 ? 255 : 1))
            return false;
    }
    *out = (uint32_t)(values[3] * 255 + 0.5) << 24;
    for (int i = 0; i < 3; i++)
        *out |= (uint32_t)(values[i] + 0.5) << (16 - 8 * i);
    return *text == '\0';
}

bool tile_expression_colour(const char *text, uint32_t *out)
{
    static const struct {
        const char *name;
        uint32_t colour;
    } NAMES[] = {
        {"white", 0xFFFFFFFF}, {"black", 0xFF000000}, {"transparent", 0}};
    for (int i = 0; i < 3; i++)
        if (strcmp(NAMES[i].name, text) == 0) {
            *out = NAMES[i].colour;
            return true;
        }
    if (text[0] == '#')
        return read_hex(text + 1, out);
    if (strncmp(text, "rgb(", 4) == 0)
        return read_rgb(text + 4, false, out);
    return strncmp(text, "rgba(", 5) == 0 && read_rgb(text + 5, true, out);
}

/* ---- literals ---- */

/* Recursion: as deep as the file (style_json.h). */
static struct tile_value value_of(struct gaz_arena *arena,
                                  const struct tile_json *json)
{
    struct tile_value made = {.type = TILE_VALUE_NULL};
    switch (json->type) {
    case TILE_JSON_BOOL:
        return tile_value_bool(json->number != 0);
    case TILE_JSON_NUMBER:
        return tile_value_number(json->number);
    case TILE_JSON_STRING:
        made.type = TILE_VALUE_STRING; /* "" too: it is written, not missing */
        made.text = json->text;
        return made;
    case TILE_JSON_ARRAY: {
        struct tile_value *items =
            gaz_arena_array(arena, json->count, sizeof *items);
        for (size_t i = 0; i < json->count; i++)
            items[i] = value_of(arena, &json->items[i]);
        made = (struct tile_value){
            .type = TILE_VALUE_LIST, .items = items, .count = json->count};
        return made;
    }
    default:
        return made;
    }
}

/* Makes a written outcome what the property wants. */
static gaz_status fit(const struct reading *r, tile_value_type want,
                      struct tile_value *value)
{
    struct gaz_arena *arena = &r->ctx->arena;
    if (want == TILE_VALUE_COLOUR && value->type == TILE_VALUE_STRING) {
        uint32_t colour;
        if (!tile_expression_colour(value->text, &colour))
            return refuse(
                r, gaz_arena_printf(arena,
                                    "'%.40s' is no colour; supported: #rgb, "
                                    "#rrggbb, #rrggbbaa, rgb(), rgba(), white, "
                                    "black, transparent",
                                    value->text));
        *value = tile_value_colour(colour);
    }
    if (want != TILE_VALUE_NULL && value->type != want)
        return refuse(r, gaz_arena_printf(arena, "a %s is wanted, not a %s",
                                          TYPE_NAMES[want],
                                          TYPE_NAMES[value->type]));
    return GAZ_OK;
}

/* ---- operators ---- */

static gaz_status read_any(const struct reading *r,
                           const struct tile_json *json, tile_value_type want,
                           const struct tile_expression **out);

static gaz_status read_attribute(const struct reading *r,
                                 const struct tile_json *json,
                                 struct tile_expression *e)
{
    const struct tile_json *name = &json->items[1];
    for (int i = 0; name->type == TILE_JSON_STRING && i < TILE_ATTRIBUTES; i++)
        if (strcmp(TILE_ATTRIBUTE_NAMES[i], name->text) == 0) {
            e->attribute = (tile_attribute)i;
            e->is_varied = true;
            return GAZ_OK;
        }
    return refuse(r, gaz_arena_printf(
                         &r->ctx->arena, "no attribute '%.40s'; there are:%s",
                         name->type == TILE_JSON_STRING ? name->text : "?",
                         list_of_attributes(&r->ctx->arena)));
}

/* Adds one argument. */
static gaz_status take(const struct reading *r, const struct tile_json *json,
                       tile_value_type want, struct tile_expression *e)
{
    const struct tile_expression *made = NULL;
    gaz_status status = read_any(r, json, want, &made);
    if (status != GAZ_OK || !made)
        return status;
    e->args[e->count++] = made;
    e->is_varied = e->is_varied || made->is_varied;
    return GAZ_OK;
}

static gaz_status read_match(const struct reading *r,
                             const struct tile_json *json, tile_value_type want,
                             struct tile_expression *e)
{
    if (json->count % 2 == 0)
        return refuse(r, "match wants an input, pairs of label and outcome, "
                         "and an outcome otherwise");
    gaz_status status = take(r, &json->items[1], TILE_VALUE_NULL, e);
    for (size_t i = 2; status == GAZ_OK && i < json->count; i++) {
        bool is_label = i % 2 == 0 && i + 1 < json->count;
        if (is_label)
            e->args[e->count++] = tile_expression_of(
                &r->ctx->arena, value_of(&r->ctx->arena, &json->items[i]));
        else
            status = take(r, &json->items[i], want, e);
    }
    return status;
}

static gaz_status read_case(const struct reading *r,
                            const struct tile_json *json, tile_value_type want,
                            struct tile_expression *e)
{
    if (json->count % 2 != 0)
        return refuse(r, "case wants pairs of condition and outcome, and an "
                         "outcome otherwise");
    gaz_status status = GAZ_OK;
    for (size_t i = 1; status == GAZ_OK && i < json->count; i++) {
        bool is_condition = i % 2 == 1 && i + 1 < json->count;
        status =
            take(r, &json->items[i], is_condition ? TILE_VALUE_NULL : want, e);
    }
    return status;
}

static gaz_status read_curve(const struct reading *r,
                             const struct tile_json *curve, double *base)
{
    const struct tile_json *items = curve->items;
    *base = 1;
    if (curve->type == TILE_JSON_ARRAY && curve->count == 1 &&
        items[0].type == TILE_JSON_STRING &&
        strcmp(items[0].text, "linear") == 0)
        return GAZ_OK;
    if (curve->type == TILE_JSON_ARRAY && curve->count == 2 &&
        items[0].type == TILE_JSON_STRING &&
        strcmp(items[0].text, "exponential") == 0 &&
        items[1].type == TILE_JSON_NUMBER && items[1].number > 0 &&
        items[1].number <= 16) {
        *base = items[1].number;
        return GAZ_OK;
    }
    return refuse(r, "interpolate supports [\"linear\"] and "
                     "[\"exponential\", base up to 16]");
}

static gaz_status add_stop(const struct reading *r, double stop,
                           struct tile_expression *e)
{
    size_t number = e->count - 1; /* outcomes so far: args[0] is the input */
    if (number > 0 && stop <= e->stops[number - 1])
        return refuse(r, "the stops must grow");
    e->stops[number] = stop;
    return GAZ_OK;
}

static gaz_status read_ramp(const struct reading *r,
                            const struct tile_json *json, tile_value_type want,
                            struct tile_expression *e)
{
    bool is_step = e->op == TILE_OP_STEP;
    size_t input = is_step ? 1 : 2;
    gaz_status status = GAZ_OK;
    e->stops = gaz_arena_array(&r->ctx->arena, json->count, sizeof *e->stops);
    if (!is_step)
        status = read_curve(r, &json->items[1], &e->base);
    if (status == GAZ_OK)
        status = take(r, &json->items[input], TILE_VALUE_NUMBER, e);
    size_t at = input + 1;
    if (status == GAZ_OK && is_step) {
        e->stops[0] = -INFINITY;
        status = take(r, &json->items[at++], want, e);
    }
    if (status == GAZ_OK && (json->count - at) % 2 != 0)
        return refuse(r, "a stop has no outcome");
    for (; status == GAZ_OK && at < json->count; at += 2) {
        if (json->items[at].type != TILE_JSON_NUMBER)
            return refuse(r, "a stop must be a number");
        status = add_stop(r, json->items[at].number, e);
        if (status == GAZ_OK)
            status = take(r, &json->items[at + 1], want, e);
    }
    return status;
}

/* The type that the arguments of an operator must have when written. */
static tile_value_type argument_type(tile_op op, tile_value_type want)
{
    switch (op) {
    case TILE_OP_COALESCE:
        return want;
    case TILE_OP_PLUS:
    case TILE_OP_MINUS:
    case TILE_OP_TIMES:
    case TILE_OP_DIVIDED:
        return TILE_VALUE_NUMBER;
    default:
        return TILE_VALUE_NULL;
    }
}

/* What an operator gives; NULL: any. */
static tile_value_type result_type(tile_op op)
{
    switch (op) {
    case TILE_OP_ZOOM:
    case TILE_OP_PLUS:
    case TILE_OP_MINUS:
    case TILE_OP_TIMES:
    case TILE_OP_DIVIDED:
        return TILE_VALUE_NUMBER;
    case TILE_OP_CONCAT:
    case TILE_OP_TO_STRING:
        return TILE_VALUE_STRING;
    case TILE_OP_HAS:
    case TILE_OP_ALL:
    case TILE_OP_ANY:
    case TILE_OP_NOT:
    case TILE_OP_IN:
        return TILE_VALUE_BOOL;
    default:
        return op >= TILE_OP_EQUAL && op <= TILE_OP_AT_LEAST ? TILE_VALUE_BOOL
                                                             : TILE_VALUE_NULL;
    }
}

static bool is_comparison(tile_op op)
{
    return (op >= TILE_OP_EQUAL && op <= TILE_OP_AT_LEAST) || op == TILE_OP_IN;
}

static gaz_status read_arguments(const struct reading *r,
                                 const struct tile_json *json,
                                 tile_value_type want,
                                 struct tile_expression *e)
{
    e->args = gaz_arena_array(&r->ctx->arena, json->count,
                              sizeof(struct tile_expression *));
    switch (e->op) {
    case TILE_OP_GET:
    case TILE_OP_HAS:
        return read_attribute(r, json, e);
    case TILE_OP_MATCH:
        return read_match(r, json, want, e);
    case TILE_OP_CASE:
        return read_case(r, json, want, e);
    case TILE_OP_STEP:
    case TILE_OP_INTERPOLATE:
        return read_ramp(r, json, want, e);
    default:
        break;
    }
    gaz_status status = GAZ_OK;
    for (size_t i = 1; status == GAZ_OK && i < json->count; i++)
        status = take(r, &json->items[i], argument_type(e->op, want), e);
    if (status == GAZ_OK && is_comparison(e->op) && !e->is_varied &&
        e->args[0]->op == TILE_OP_LITERAL && e->args[1]->op == TILE_OP_LITERAL)
        return refuse(r, "compares two fixed values; a filter of the old kind "
                         "must be written with [\"get\", ...]");
    return status;
}

static int op_of(const struct tile_json *json)
{
    if (json->count == 0 || json->items[0].type != TILE_JSON_STRING)
        return -1;
    for (int i = 0; i < TILE_OPS; i++)
        if (strcmp(OPS[i].name, json->items[0].text) == 0)
            return i;
    return -1;
}

static gaz_status read_operator(const struct reading *r,
                                const struct tile_json *json, int op,
                                tile_value_type want,
                                const struct tile_expression **out)
{
    struct gaz_arena *arena = &r->ctx->arena;
    if (json->count - 1 < OPS[op].at_least || json->count - 1 > OPS[op].at_most)
        return refuse(r,
                      gaz_arena_printf(arena, "'%s' cannot have %zu arguments",
                                       OPS[op].name, json->count - 1));
    tile_value_type gives = result_type((tile_op)op);
    if (want != TILE_VALUE_NULL && gives != TILE_VALUE_NULL && want != gives)
        return refuse(r, gaz_arena_printf(arena,
                                          "a %s is wanted, and '%s' gives a %s",
                                          TYPE_NAMES[want], OPS[op].name,
                                          TYPE_NAMES[gives]));
    struct tile_expression *e = gaz_arena_alloc(arena, sizeof *e);
    e->op = (tile_op)op;
    gaz_status status = GAZ_OK;
    if (e->op == TILE_OP_LITERAL) {
        e->value = value_of(arena, &json->items[1]);
        status = fit(r, want, &e->value);
    } else {
        status = read_arguments(r, json, want, e);
    }
    *out = e;
    return status;
}

/* Recursion: as deep as the file (style_json.h). */
static gaz_status read_any(const struct reading *r,
                           const struct tile_json *json, tile_value_type want,
                           const struct tile_expression **out)
{
    struct gaz_arena *arena = &r->ctx->arena;
    int op = json->type == TILE_JSON_ARRAY ? op_of(json) : -1;
    if (op >= 0)
        return read_operator(r, json, op, want, out);
    if (json->type == TILE_JSON_OBJECT)
        return refuse(r, "an object (\"stops\") is not supported; write an "
                         "expression");
    if (json->type == TILE_JSON_ARRAY && want != TILE_VALUE_LIST)
        return refuse(r, gaz_arena_printf(arena,
                                          "no operator '%.40s'; there are:%s",
                                          json->count && json->items[0].type ==
                                                             TILE_JSON_STRING
                                              ? json->items[0].text
                                              : "?",
                                          list_of_ops(arena)));
    struct tile_value value = value_of(arena, json);
    gaz_status status = fit(r, want, &value);
    *out = tile_expression_of(arena, value);
    return status;
}

gaz_status tile_expression_read(struct gaz_ctx *ctx,
                                const struct tile_style_place *place,
                                const struct tile_json *json,
                                tile_value_type want,
                                const struct tile_expression **out)
{
    struct reading r = {ctx, place};
    const struct tile_expression *made = NULL;
    gaz_status status = read_any(&r, json, want, &made);
    if (status == GAZ_OK)
        *out = made;
    return status;
}
