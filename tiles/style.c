/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/style.h"

#include <string.h>

#include "gazetteer/base/asset.h"

extern const struct gaz_asset TILE_STYLE_FILES[];

const char *const TILE_STYLES[] = {"base",  "heritage",   "dark", "divisions",
                                   "names", "boundaries", NULL};

const char *const TILE_SOURCE_LAYERS[TILE_SOURCES] = {
    [TILE_SOURCE_DIVISIONS] = "divisions",
    [TILE_SOURCE_BUILDINGS] = "buildings",
    [TILE_SOURCE_BOUNDARIES] = "boundaries",
    [TILE_SOURCE_CENTRES] = "centres",
    [TILE_SOURCE_NAMES] = "names",
    [TILE_SOURCE_HERITAGE] = "heritage",
};

const char *const TILE_PROPERTY_NAMES[TILE_PROPERTIES] = {
    [TILE_BACKGROUND_COLOR] = "background-color",
    [TILE_FILL_COLOR] = "fill-color",
    [TILE_FILL_OPACITY] = "fill-opacity",
    [TILE_LINE_CAP] = "line-cap",
    [TILE_LINE_JOIN] = "line-join",
    [TILE_LINE_COLOR] = "line-color",
    [TILE_LINE_OPACITY] = "line-opacity",
    [TILE_LINE_WIDTH] = "line-width",
    [TILE_LINE_DASHARRAY] = "line-dasharray",
    [TILE_LINE_OFFSET] = "line-offset",
    [TILE_LINE_BLUR] = "line-blur",
    [TILE_SYMBOL_PLACEMENT] = "symbol-placement",
    [TILE_SYMBOL_SPACING] = "symbol-spacing",
    [TILE_SYMBOL_SORT_KEY] = "symbol-sort-key",
    [TILE_ICON_IMAGE] = "icon-image",
    [TILE_ICON_OPTIONAL] = "icon-optional",
    [TILE_ICON_ALLOW_OVERLAP] = "icon-allow-overlap",
    [TILE_TEXT_FIELD] = "text-field",
    [TILE_TEXT_FONT] = "text-font",
    [TILE_TEXT_SIZE] = "text-size",
    [TILE_TEXT_LETTER_SPACING] = "text-letter-spacing",
    [TILE_TEXT_MAX_WIDTH] = "text-max-width",
    [TILE_TEXT_VARIABLE_ANCHOR] = "text-variable-anchor",
    [TILE_TEXT_RADIAL_OFFSET] = "text-radial-offset",
    [TILE_TEXT_OPTIONAL] = "text-optional",
    [TILE_TEXT_PADDING] = "text-padding",
    [TILE_TEXT_MAX_ANGLE] = "text-max-angle",
    [TILE_TEXT_COLOR] = "text-color",
    [TILE_TEXT_HALO_COLOR] = "text-halo-color",
    [TILE_TEXT_HALO_WIDTH] = "text-halo-width",
};

static const char *const TYPE_NAMES[TILE_LAYER_TYPES] = {
    [TILE_LAYER_BACKGROUND] = "background",
    [TILE_LAYER_FILL] = "fill",
    [TILE_LAYER_LINE] = "line",
    [TILE_LAYER_SYMBOL] = "symbol",
};

enum { PAINT = false, LAYOUT = true };

/* The specification's types, groups and defaults. */
static const struct {
    tile_layer_type type;
    bool is_layout;
    tile_value_type value;
    double number; /* the default: a number, a bool, or a colour */
    const char *text;
} PROPERTIES[TILE_PROPERTIES] = {
    [TILE_BACKGROUND_COLOR] = {TILE_LAYER_BACKGROUND, PAINT, TILE_VALUE_COLOUR,
                               0xFF000000, NULL},
    [TILE_FILL_COLOR] = {TILE_LAYER_FILL, PAINT, TILE_VALUE_COLOUR, 0xFF000000,
                         NULL},
    [TILE_FILL_OPACITY] = {TILE_LAYER_FILL, PAINT, TILE_VALUE_NUMBER, 1, NULL},
    [TILE_LINE_CAP] = {TILE_LAYER_LINE, LAYOUT, TILE_VALUE_STRING, 0, "butt"},
    [TILE_LINE_JOIN] = {TILE_LAYER_LINE, LAYOUT, TILE_VALUE_STRING, 0, "miter"},
    [TILE_LINE_COLOR] = {TILE_LAYER_LINE, PAINT, TILE_VALUE_COLOUR, 0xFF000000,
                         NULL},
    [TILE_LINE_OPACITY] = {TILE_LAYER_LINE, PAINT, TILE_VALUE_NUMBER, 1, NULL},
    [TILE_LINE_WIDTH] = {TILE_LAYER_LINE, PAINT, TILE_VALUE_NUMBER, 1, NULL},
    [TILE_LINE_DASHARRAY] = {TILE_LAYER_LINE, PAINT, TILE_VALUE_LIST, 0, NULL},
    [TILE_LINE_OFFSET] = {TILE_LAYER_LINE, PAINT, TILE_VALUE_NUMBER, 0, NULL},
    [TILE_LINE_BLUR] = {TILE_LAYER_LINE, PAINT, TILE_VALUE_NUMBER, 0, NULL},
    [TILE_SYMBOL_PLACEMENT] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_STRING, 0,
                               "point"},
    [TILE_SYMBOL_SPACING] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER, 250,
                             NULL},
    [TILE_SYMBOL_SORT_KEY] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER, 0,
                              NULL},
    [TILE_ICON_IMAGE] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_STRING, 0, ""},
    [TILE_ICON_OPTIONAL] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_BOOL, 0,
                            NULL},
    [TILE_ICON_ALLOW_OVERLAP] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_BOOL, 0,
                                 NULL},
    [TILE_TEXT_FIELD] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_STRING, 0, ""},
    [TILE_TEXT_FONT] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_LIST, 0, NULL},
    [TILE_TEXT_SIZE] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER, 16, NULL},
    [TILE_TEXT_LETTER_SPACING] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER,
                                  0, NULL},
    [TILE_TEXT_MAX_WIDTH] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER, 10,
                             NULL},
    [TILE_TEXT_VARIABLE_ANCHOR] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_LIST,
                                   0, NULL},
    [TILE_TEXT_RADIAL_OFFSET] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER,
                                 0, NULL},
    [TILE_TEXT_OPTIONAL] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_BOOL, 0,
                            NULL},
    [TILE_TEXT_PADDING] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER, 2,
                           NULL},
    [TILE_TEXT_MAX_ANGLE] = {TILE_LAYER_SYMBOL, LAYOUT, TILE_VALUE_NUMBER, 45,
                             NULL},
    [TILE_TEXT_COLOR] = {TILE_LAYER_SYMBOL, PAINT, TILE_VALUE_COLOUR,
                         0xFF000000, NULL},
    [TILE_TEXT_HALO_COLOR] = {TILE_LAYER_SYMBOL, PAINT, TILE_VALUE_COLOUR, 0,
                              NULL},
    [TILE_TEXT_HALO_WIDTH] = {TILE_LAYER_SYMBOL, PAINT, TILE_VALUE_NUMBER, 0,
                              NULL},
};

/* ---- reading ---- */

struct reading {
    struct gaz_ctx *ctx;
    struct tile_style *style;
    struct tile_style_place place;
};

static gaz_status refuse(const struct reading *r, const char *why)
{
    return gaz_fail(r->ctx, GAZ_INVALID, "style '%s', layer '%s', %s: %s",
                    r->place.style, r->place.layer, r->place.property, why);
}

static const char *text_of(const struct tile_json *json)
{
    return json && json->type == TILE_JSON_STRING ? json->text : NULL;
}

static int find(const char *const *names, int count, const char *name)
{
    for (int i = 0; name && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static const char *join(struct gaz_arena *arena, const char *const *names,
                        int count)
{
    const char *made = "";
    for (int i = 0; i < count; i++)
        made = gaz_arena_printf(arena, "%s %s", made, names[i]);
    return made;
}

/* The supported properties of a layer's type in one of its two groups. */
static const char *supported(struct gaz_arena *arena, tile_layer_type type,
                             bool is_layout)
{
    const char *made = is_layout ? " visibility" : "";
    for (int i = 0; i < TILE_PROPERTIES; i++)
        if (PROPERTIES[i].type == type && PROPERTIES[i].is_layout == is_layout)
            made =
                gaz_arena_printf(arena, "%s %s", made, TILE_PROPERTY_NAMES[i]);
    return made;
}

static gaz_status read_visibility(const struct reading *r,
                                  const struct tile_json *value,
                                  struct tile_style_layer *layer)
{
    const char *text = text_of(value);
    if (!text || (strcmp(text, "visible") != 0 && strcmp(text, "none") != 0))
        return refuse(r, "must be \"visible\" or \"none\"");
    layer->is_hidden = strcmp(text, "none") == 0;
    return GAZ_OK;
}

static gaz_status read_property(struct reading *r, const char *name,
                                const struct tile_json *value, bool is_layout,
                                struct tile_style_layer *layer)
{
    r->place.property = name;
    if (is_layout && strcmp(name, "visibility") == 0)
        return read_visibility(r, value, layer);
    int at = find(TILE_PROPERTY_NAMES, TILE_PROPERTIES, name);
    if (at < 0 || PROPERTIES[at].type != layer->type ||
        PROPERTIES[at].is_layout != is_layout)
        return refuse(
            r, gaz_arena_printf(
                   &r->ctx->arena,
                   "not supported in %s of a %s layer; there are:%s",
                   is_layout ? "layout" : "paint", TYPE_NAMES[layer->type],
                   supported(&r->ctx->arena, layer->type, is_layout)));
    return tile_expression_read(r->ctx, &r->place, value, PROPERTIES[at].value,
                                &layer->properties[at]);
}

static gaz_status read_group(struct reading *r, const struct tile_json *json,
                             const char *group, struct tile_style_layer *layer)
{
    const struct tile_json *object = tile_style_json_member(json, group);
    gaz_status status = GAZ_OK;
    r->place.property = group;
    if (object && object->type != TILE_JSON_OBJECT)
        return refuse(r, "must be an object");
    for (size_t i = 0; object && status == GAZ_OK && i < object->count; i++)
        status = read_property(r, object->keys[i], &object->items[i],
                               strcmp(group, "layout") == 0, layer);
    return status;
}

static gaz_status read_zoom(struct reading *r, const struct tile_json *json,
                            const char *name, double *out)
{
    const struct tile_json *value = tile_style_json_member(json, name);
    r->place.property = name;
    if (value && (value->type != TILE_JSON_NUMBER || value->number < 0 ||
                  value->number > 24))
        return refuse(r, "must be a number from 0 to 24");
    if (value)
        *out = value->number;
    return GAZ_OK;
}

static gaz_status check_members(struct reading *r, const struct tile_json *json)
{
    static const char *const MEMBERS[] = {
        "id",      "type",   "source", "source-layer", "minzoom",
        "maxzoom", "filter", "layout", "paint",        "metadata"};
    enum { COUNT = sizeof MEMBERS / sizeof MEMBERS[0] };
    for (size_t i = 0; i < json->count; i++) {
        r->place.property = json->keys[i];
        if (find(MEMBERS, COUNT, json->keys[i]) < 0)
            return refuse(r, gaz_arena_printf(
                                 &r->ctx->arena, "not supported; there are:%s",
                                 join(&r->ctx->arena, MEMBERS, COUNT)));
    }
    return GAZ_OK;
}

static gaz_status read_source(struct reading *r, const struct tile_json *json,
                              struct tile_style_layer *layer)
{
    int at = find(TILE_SOURCE_LAYERS, TILE_SOURCES,
                  text_of(tile_style_json_member(json, "source-layer")));
    r->place.property = "source-layer";
    if (at < 0)
        return refuse(r,
                      gaz_arena_printf(&r->ctx->arena, "must be one of:%s",
                                       join(&r->ctx->arena, TILE_SOURCE_LAYERS,
                                            TILE_SOURCES)));
    layer->source = (tile_source)at;
    bool is_area = at == TILE_SOURCE_DIVISIONS || at == TILE_SOURCE_BUILDINGS;
    if (layer->type == TILE_LAYER_FILL && !is_area)
        return refuse(r, "a fill layer needs divisions or buildings");
    if (layer->type == TILE_LAYER_LINE && at != TILE_SOURCE_BOUNDARIES)
        return refuse(r, "a line layer needs boundaries");
    if (layer->type == TILE_LAYER_SYMBOL && is_area)
        return refuse(r, "a symbol layer of areas needs centres");
    r->style->sources |= UINT32_C(1) << at;
    return GAZ_OK;
}

static gaz_status read_type(struct reading *r, const struct tile_json *json,
                            struct tile_style_layer *layer)
{
    int type = find(TYPE_NAMES, TILE_LAYER_TYPES,
                    text_of(tile_style_json_member(json, "type")));
    r->place.property = "type";
    if (type < 0)
        return refuse(r, gaz_arena_printf(&r->ctx->arena, "must be one of:%s",
                                          join(&r->ctx->arena, TYPE_NAMES,
                                               TILE_LAYER_TYPES)));
    layer->type = (tile_layer_type)type;
    if (layer->type != TILE_LAYER_BACKGROUND)
        return read_source(r, json, layer);
    r->style->has_background = true;
    return GAZ_OK;
}

/* The layer's row in the legend. */
static gaz_status read_legend(struct reading *r, const struct tile_json *json,
                              struct tile_style_layer *layer)
{
    const struct tile_json *metadata = tile_style_json_member(json, "metadata");
    const struct tile_json *words =
        metadata && metadata->type == TILE_JSON_OBJECT
            ? tile_style_json_member(metadata, "diming:legend")
            : NULL;
    r->place.property = "diming:legend";
    if (!words)
        return GAZ_OK;
    if (!text_of(words) || strlen(words->text) > 100)
        return refuse(r, "must be a text of up to 100 bytes");
    layer->legend = words->text;
    return GAZ_OK;
}

static gaz_status read_layer(struct reading *r, const struct tile_json *json,
                             struct tile_style_layer *layer)
{
    *layer = (struct tile_style_layer){.max_zoom = 99};
    layer->id = text_of(tile_style_json_member(json, "id"));
    r->place.layer = layer->id ? layer->id : "?";
    r->place.property = "id";
    if (!layer->id)
        return refuse(r, "a layer must be an object with an id");
    gaz_status status = check_members(r, json);
    if (status == GAZ_OK)
        status = read_type(r, json, layer);
    if (status == GAZ_OK)
        status = read_zoom(r, json, "minzoom", &layer->min_zoom);
    if (status == GAZ_OK)
        status = read_zoom(r, json, "maxzoom", &layer->max_zoom);
    const struct tile_json *filter = tile_style_json_member(json, "filter");
    r->place.property = "filter";
    if (status == GAZ_OK && filter)
        status = tile_expression_read(r->ctx, &r->place, filter,
                                      TILE_VALUE_BOOL, &layer->filter);
    if (status == GAZ_OK)
        status = read_legend(r, json, layer);
    if (status == GAZ_OK)
        status = read_group(r, json, "layout", layer);
    if (status == GAZ_OK)
        status = read_group(r, json, "paint", layer);
    r->place.property = "line-offset";
    if (status == GAZ_OK && !layer->properties[TILE_LINE_OFFSET] !=
                                !layer->properties[TILE_LINE_BLUR])
        return refuse(r, "line-offset and line-blur are supported together "
                         "only, as a wash beside the line");
    return status;
}

static gaz_status read_review(struct reading *r, const struct tile_json *root)
{
    const struct tile_json *text = tile_style_json_member(
        tile_style_json_member(root, "metadata"), "diming:review");
    r->place = (struct tile_style_place){r->place.style, "-", "diming:review"};
    r->style->review = "";
    if (!text)
        return GAZ_OK;
    if (!text_of(text) || strlen(text->text) > 100)
        return refuse(r, "must be a text of up to 100 bytes");
    r->style->review = text->text;
    return GAZ_OK;
}

static gaz_status read_palette(struct reading *r, const struct tile_json *root)
{
    const struct tile_json *list = tile_style_json_member(
        tile_style_json_member(root, "metadata"), "diming:palette");
    r->place = (struct tile_style_place){r->place.style, "-", "diming:palette"};
    if (!list)
        return GAZ_OK;
    if (list->type != TILE_JSON_ARRAY || list->count > 256)
        return refuse(r, "must be an array of up to 256 colours");
    for (size_t i = 0; i < list->count; i++) {
        const char *text = text_of(&list->items[i]);
        if (!text || !tile_expression_colour(text, &r->style->palette[i]) ||
            r->style->palette[i] >> 24 != 255)
            return refuse(r, "must be an array of opaque colours");
    }
    r->style->palette_count = (int)list->count;
    return GAZ_OK;
}

gaz_status tile_style_read(struct gaz_ctx *ctx, const char *name,
                           const char *text, size_t size,
                           struct tile_style *out)
{
    struct tile_json root;
    struct tile_style made = {
        .name = gaz_arena_strdup(&ctx->arena, name),
        .json = text,
        .json_size = size,
    };
    struct reading r = {ctx, &made, {made.name, "-", "version"}};
    gaz_status status = tile_style_json_read(ctx, name, text, size, &root);
    if (status != GAZ_OK)
        return status;
    const struct tile_json *version = tile_style_json_member(&root, "version");
    if (!version || version->number != 8)
        return refuse(&r, "must be 8");
    const struct tile_json *layers = tile_style_json_member(&root, "layers");
    r.place.property = "layers";
    if (!layers || layers->type != TILE_JSON_ARRAY)
        return refuse(&r, "must be an array");
    made.count = layers->count;
    made.layers = gaz_arena_array(&ctx->arena, made.count, sizeof *made.layers);
    for (size_t i = 0; status == GAZ_OK && i < made.count; i++)
        status = read_layer(&r, &layers->items[i], &made.layers[i]);
    if (status == GAZ_OK)
        status = read_palette(&r, &root);
    if (status == GAZ_OK)
        status = read_review(&r, &root);
    if (status == GAZ_OK)
        *out = made;
    return status;
}

/* ---- the shipped ones ---- */

const char *tile_style_file(const char *name, size_t *size)
{
    for (const struct gaz_asset *file = TILE_STYLE_FILES; file->path; file++)
        if (strcmp(file->path, name) == 0) {
            *size = file->size;
            return (const char *)file->data;
        }
    return NULL;
}

gaz_status tile_style_shipped(struct gaz_ctx *ctx, const char *name,
                              tile_language language, struct tile_style *out)
{
    size_t size;
    const char *file =
        find(TILE_STYLES, 6, name) >= 0 ? tile_style_file(name, &size) : NULL;
    if (!file)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no map style '%.40s'", name);
    struct gaz_buffer adapted;
    gaz_buffer_open(&adapted, TILE_STYLE_JSON_BYTES);
    gaz_status status =
        tile_style_json_adapt(ctx, name, file, size, language, NULL, &adapted);
    if (status == GAZ_OK) {
        const char *text =
            gaz_arena_strndup(&ctx->arena, adapted.data, adapted.size);
        status = tile_style_read(ctx, name, text, adapted.size, out);
    }
    gaz_buffer_close(&adapted);
    return status;
}

/* ---- values ---- */

struct tile_value tile_style_value(const struct tile_style_layer *layer,
                                   tile_property property,
                                   const struct tile_env *env)
{
    if (layer->properties[property]) {
        struct tile_value value =
            tile_expression_value(layer->properties[property], env);
        if (value.type == PROPERTIES[property].value)
            return value;
    }
    struct tile_value made = {
        .type = PROPERTIES[property].value,
        .number = PROPERTIES[property].number,
        .text = PROPERTIES[property].text,
    };
    if (made.type == TILE_VALUE_COLOUR)
        made.colour = (uint32_t)made.number;
    return made;
}

double tile_style_number(const struct tile_style_layer *layer,
                         tile_property property, const struct tile_env *env)
{
    return tile_style_value(layer, property, env).number;
}

bool tile_style_bool(const struct tile_style_layer *layer,
                     tile_property property, const struct tile_env *env)
{
    return tile_style_value(layer, property, env).number != 0;
}

uint32_t tile_style_colour(const struct tile_style_layer *layer,
                           tile_property colour, tile_property opacity,
                           const struct tile_env *env)
{
    uint32_t value = tile_style_value(layer, colour, env).colour;
    if (opacity == TILE_PROPERTIES)
        return value;
    double part = tile_style_number(layer, opacity, env);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    uint32_t alpha = (uint32_t)((value >> 24) * part + 0.5);
    return (value & 0xFFFFFF) | alpha << 24;
}

const char *tile_style_text(const struct tile_style_layer *layer,
                            tile_property property, const struct tile_env *env)
{
    const char *text = tile_style_value(layer, property, env).text;
    return text ? text : "";
}

bool tile_style_shows(const struct tile_style_layer *layer,
                      const struct tile_env *env)
{
    if (layer->is_hidden || env->zoom < layer->min_zoom ||
        env->zoom >= layer->max_zoom)
        return false;
    if (!layer->filter)
        return true;
    struct tile_value value = tile_expression_value(layer->filter, env);
    return value.type == TILE_VALUE_BOOL && value.number != 0;
}
