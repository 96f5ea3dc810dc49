/* expression.h - the values of a style: literals, and what is computed from
 * zoom and feature. A subset of the expressions of the MapLibre style
 * specification (version 8):
 *
 *     literal get has zoom            ["get", "kind"]
 *     == != < <= > >= all any !  in   ["==", ["get", "kind"], "road"]
 *     case match coalesce             ["match", ["get", "level"], 1, a, b]
 *     step interpolate                ["interpolate", ["linear"], ["zoom"], 8,
 *                                      1, 16, 3]; also ["exponential", base]
 *     concat to-string                text
 *     + - * /                         numbers
 *
 * Attributes are those of TILE_ATTRIBUTE_NAMES; another name is an error when
 * the style is read, not a label that never appears. Legacy filters
 * (["==", "kind", "road"]) and "stops" are refused.
 */
#ifndef TILES_EXPRESSION_H
#define TILES_EXPRESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "tiles/style_json.h"

typedef enum {
    TILE_VALUE_NULL,
    TILE_VALUE_BOOL,
    TILE_VALUE_NUMBER,
    TILE_VALUE_STRING,
    TILE_VALUE_COLOUR,
    TILE_VALUE_LIST,
} tile_value_type;

struct tile_value {
    tile_value_type type;
    uint32_t colour; /* 0xAARRGGBB, not multiplied */
    double number;   /* of a bool: 0 or 1 */
    const char *text;
    const struct tile_value *items;
    size_t count;
};

/* What a feature can be asked for (vector.h says which layer has what). */
typedef enum {
    TILE_ATTRIBUTE_NAME,
    TILE_ATTRIBUTE_NAME_ROMAN,
    TILE_ATTRIBUTE_LABEL,
    TILE_ATTRIBUTE_LABEL_ROMAN,
    TILE_ATTRIBUTE_CODE,
    TILE_ATTRIBUTE_KIND,
    TILE_ATTRIBUTE_LEVEL,
    TILE_ATTRIBUTE_CATEGORY,
    TILE_ATTRIBUTE_RANK,
    TILE_ATTRIBUTE_COUNT,
    TILE_ATTRIBUTE_TINT,
    TILE_ATTRIBUTE_SEA,
    TILE_ATTRIBUTE_SCHEMATIC,
    TILE_ATTRIBUTE_APPROXIMATE,
    TILE_ATTRIBUTE_SYNTHETIC,
    TILE_ATTRIBUTES,
} tile_attribute;

extern const char *const TILE_ATTRIBUTE_NAMES[TILE_ATTRIBUTES];

typedef struct tile_value tile_attribute_get(const void *feature,
                                             tile_attribute attribute);

/* What an expression is computed in. */
struct tile_env {
    struct gaz_arena *arena; /* for texts that are put together */
    double zoom;             /* of MapLibre: 512 pixels a tile */
    const void *feature;
    tile_attribute_get *get; /* NULL when there is no feature */
};

struct tile_expression;

/* Where an expression stands, for the error. */
struct tile_style_place {
    const char *style;
    const char *layer;
    const char *property;
};

/* tile_expression_read compiles `json`; every outcome that is written in it
 * must be of type `want` (a list may be written without "literal"; NULL as
 * `want` accepts anything). `out` lives in ctx->arena and may be shared by
 * threads.
 * @return GAZ_OK; GAZ_INVALID: names style, layer and property, and what is
 *         supported there */
gaz_status tile_expression_read(struct gaz_ctx *ctx,
                                const struct tile_style_place *place,
                                const struct tile_json *json,
                                tile_value_type want,
                                const struct tile_expression **out);

/* tile_expression_of wraps a value. */
const struct tile_expression *tile_expression_of(struct gaz_arena *arena,
                                                 struct tile_value value);

/* tile_expression_value computes it; a missing attribute, or a value of a type
 * that the operator cannot use, gives null. */
struct tile_value tile_expression_value(const struct tile_expression *e,
                                        const struct tile_env *env);

/* tile_expression_is_varied is true when the value depends on the feature. */
bool tile_expression_is_varied(const struct tile_expression *e);

/* tile_expression_colour reads "#rgb", "#rrggbb", "#rrggbbaa", "rgb(r, g, b)",
 * "rgba(r, g, b, a)", "white", "black" or "transparent". */
bool tile_expression_colour(const char *text, uint32_t *out);

struct tile_value tile_value_number(double number);
struct tile_value tile_value_bool(bool is_true);
struct tile_value tile_value_string(const char *text); /* NULL or "": null */
struct tile_value tile_value_colour(uint32_t colour);

#endif
