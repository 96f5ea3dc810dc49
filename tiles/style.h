/* style.h - how a map looks: a subset of the MapLibre style specification.
 *
 * One file serves the raster tiles and MapLibre in the browser, so both look
 * alike. Supported, of version 8 of the specification:
 *
 *     layer types   background, fill, line, symbol
 *     of a layer    id type source source-layer minzoom maxzoom filter layout
 *                   paint metadata
 *     properties    those of TILE_PROPERTY_NAMES
 *     values        the expressions of expression.h
 *
 * Anything else is an error that names the layer and the property. Where the
 * raster differs: symbol layers are drawn above all others; a line with both
 * "line-offset" and "line-blur" is washed on that side only; lines have round
 * ends; a zoom is a whole number. A raster tile of zoom z has the looks of
 * MapLibre's zoom z - 1, whose world is as large on the screen.
 *
 * The file's "metadata" may have "diming:palette", up to 256 colours that the
 * tile's PNG is written with; without it PNG is truecolour. "diming:review" is
 * the number under which a map was reviewed (审图号); it belongs on every
 * picture of the map that is published (caption.h), and is in the attribution.
 */
#ifndef TILES_STYLE_H
#define TILES_STYLE_H

#include "tiles/expression.h"

typedef enum {
    TILE_LAYER_BACKGROUND,
    TILE_LAYER_FILL,
    TILE_LAYER_LINE,
    TILE_LAYER_SYMBOL,
    TILE_LAYER_TYPES,
} tile_layer_type;

/* The source layers of a vector tile (vector.h). */
typedef enum {
    TILE_SOURCE_DIVISIONS,
    TILE_SOURCE_BUILDINGS,
    TILE_SOURCE_BOUNDARIES,
    TILE_SOURCE_CENTRES,
    TILE_SOURCE_NAMES,
    TILE_SOURCE_HERITAGE,
    TILE_SOURCES,
} tile_source;

extern const char *const TILE_SOURCE_LAYERS[TILE_SOURCES];

typedef enum {
    TILE_BACKGROUND_COLOR,
    TILE_FILL_COLOR,
    TILE_FILL_OPACITY,
    TILE_LINE_CAP,
    TILE_LINE_JOIN,
    TILE_LINE_COLOR,
    TILE_LINE_OPACITY,
    TILE_LINE_WIDTH,
    TILE_LINE_DASHARRAY,
    TILE_LINE_OFFSET,
    TILE_LINE_BLUR,
    TILE_SYMBOL_PLACEMENT,
    TILE_SYMBOL_SPACING,
    TILE_SYMBOL_SORT_KEY,
    TILE_ICON_IMAGE,
    TILE_ICON_OPTIONAL,
    TILE_ICON_ALLOW_OVERLAP,
    TILE_TEXT_FIELD,
    TILE_TEXT_FONT,
    TILE_TEXT_SIZE,
    TILE_TEXT_LETTER_SPACING,
    TILE_TEXT_MAX_WIDTH,
    TILE_TEXT_VARIABLE_ANCHOR,
    TILE_TEXT_RADIAL_OFFSET,
    TILE_TEXT_OPTIONAL,
    TILE_TEXT_PADDING,
    TILE_TEXT_MAX_ANGLE,
    TILE_TEXT_COLOR,
    TILE_TEXT_HALO_COLOR,
    TILE_TEXT_HALO_WIDTH,
    TILE_PROPERTIES,
} tile_property;

extern const char *const TILE_PROPERTY_NAMES[TILE_PROPERTIES];

struct tile_style_layer {
    const char *id;
    tile_layer_type type;
    tile_source source;
    double min_zoom; /* of MapLibre; min <= zoom < max */
    double max_zoom;
    const char *legend; /* "diming:legend" of its metadata; NULL: not there */
    bool is_hidden;     /* "visibility": "none" */
    const struct tile_expression *filter; /* NULL: all */
    const struct tile_expression *properties[TILE_PROPERTIES];
};

struct tile_style {
    const char *name;
    struct tile_style_layer *layers;
    size_t count;
    bool has_background;   /* a whole map; else something to lay over one */
    uint32_t sources;      /* bits 1 << tile_source that its layers use */
    uint32_t palette[256]; /* 0xFFRRGGBB */
    int palette_count;     /* 0: truecolour */
    const char *review;    /* 审图号, or "" */
    const char *json;      /* the file it was read from, in its language */
    size_t json_size;
};

/* tile_style_read compiles a style; `out` lives in ctx->arena and is immutable.
 * @return GAZ_OK; GAZ_INVALID: with layer and property; GAZ_LIMIT: too large */
gaz_status tile_style_read(struct gaz_ctx *ctx, const char *name,
                           const char *text, size_t size,
                           struct tile_style *out);

/* The styles that are part of the binary (data/styles), ends with NULL; the
 * first is the default. */
extern const char *const TILE_STYLES[];

/* tile_style_file returns the text of a shipped style, or NULL. */
const char *tile_style_file(const char *name, size_t *size);

/* tile_style_shipped reads a shipped style in a language.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style */
gaz_status tile_style_shipped(struct gaz_ctx *ctx, const char *name,
                              tile_language language, struct tile_style *out);

/* ---- values ---- */

/* The value of a property for env->feature, or its default. */
struct tile_value tile_style_value(const struct tile_style_layer *layer,
                                   tile_property property,
                                   const struct tile_env *env);
double tile_style_number(const struct tile_style_layer *layer,
                         tile_property property, const struct tile_env *env);
bool tile_style_bool(const struct tile_style_layer *layer,
                     tile_property property, const struct tile_env *env);
/* A colour with its opacity, 0xAARRGGBB; `opacity` may be TILE_PROPERTIES. */
uint32_t tile_style_colour(const struct tile_style_layer *layer,
                           tile_property colour, tile_property opacity,
                           const struct tile_env *env);
/* "" when there is none. */
const char *tile_style_text(const struct tile_style_layer *layer,
                            tile_property property, const struct tile_env *env);

/* tile_style_shows is true when the layer is drawn at env->zoom and its filter
 * takes env->feature. */
bool tile_style_shows(const struct tile_style_layer *layer,
                      const struct tile_env *env);

#endif
