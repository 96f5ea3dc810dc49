/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/style_json.h"

#include <jansson.h>
#include <string.h>

/* ---- reading ---- */

static bool is_shallow(const char *text, size_t size)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > TILE_STYLE_JSON_DEPTH)
                return false;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return true;
}

static gaz_status load(struct gaz_ctx *ctx, const char *name, const char *text,
                       size_t size, json_t **out)
{
    if (size > TILE_STYLE_JSON_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "style '%s' is larger than %d bytes",
                        name, TILE_STYLE_JSON_BYTES);
    if (!is_shallow(text, size))
        return gaz_fail(ctx, GAZ_LIMIT,
                        "style '%s' is nested deeper than %d levels", name,
                        TILE_STYLE_JSON_DEPTH);
    json_error_t error;
    *out = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (!*out)
        return gaz_fail(ctx, GAZ_INVALID, "style '%s', line %d, column %d: %s",
                        name, error.line, error.column, error.text);
    return GAZ_OK;
}

/* Recursion is as deep as the file, and that was limited by load(). */
static struct tile_json copy(struct gaz_arena *arena, json_t *from)
{
    struct tile_json made = {.type = TILE_JSON_NULL};
    if (json_is_boolean(from)) {
        made.type = TILE_JSON_BOOL;
        made.number = json_is_true(from) ? 1 : 0;
    } else if (json_is_number(from)) {
        made.type = TILE_JSON_NUMBER;
        made.number = json_number_value(from);
    } else if (json_is_string(from)) {
        made.type = TILE_JSON_STRING;
        made.text = gaz_arena_strdup(arena, json_string_value(from));
    } else if (json_is_array(from)) {
        made.type = TILE_JSON_ARRAY;
        made.count = json_array_size(from);
        struct tile_json *items =
            gaz_arena_array(arena, made.count, sizeof *items);
        for (size_t i = 0; i < made.count; i++)
            items[i] = copy(arena, json_array_get(from, i));
        made.items = items;
    } else if (json_is_object(from)) {
        made.type = TILE_JSON_OBJECT;
        size_t room = json_object_size(from);
        struct tile_json *items = gaz_arena_array(arena, room, sizeof *items);
        const char **keys = gaz_arena_array(arena, room, sizeof *keys);
        for (void *at = json_object_iter(from); at;
             at = json_object_iter_next(from, at)) {
            keys[made.count] =
                gaz_arena_strdup(arena, json_object_iter_key(at));
            items[made.count++] = copy(arena, json_object_iter_value(at));
        }
        made.items = items;
        made.keys = keys;
    }
    return made;
}

gaz_status tile_style_json_read(struct gaz_ctx *ctx, const char *name,
                                const char *text, size_t size,
                                struct tile_json *out)
{
    json_t *root = NULL;
    gaz_status status = load(ctx, name, text, size, &root);
    if (status != GAZ_OK)
        return status;
    *out = copy(&ctx->arena, root);
    json_decref(root);
    return GAZ_OK;
}

const struct tile_json *tile_style_json_member(const struct tile_json *object,
                                               const char *key)
{
    if (!object || object->type != TILE_JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->count; i++)
        if (strcmp(object->keys[i], key) == 0)
            return &object->items[i];
    return NULL;
}

/* ---- adapting ---- */

static bool is_get(const json_t *node, const char *key)
{
    const char *op = json_string_value(json_array_get(node, 0));
    const char *of = json_string_value(json_array_get(node, 1));
    return json_array_size(node) == 2 && op && of && strcmp(op, "get") == 0 &&
           strcmp(of, key) == 0;
}

/* The expression that stands for ["get", key] in a language; new. */
static json_t *in_language(const char *key, tile_language language)
{
    char roman[32];
    (void)snprintf(roman, sizeof roman, "%s_roman", key);
    if (language == TILE_LANGUAGE_PINYIN)
        return json_pack("[s,[s,s],[s,s]]", "coalesce", "get", roman, "get",
                         key);
    return json_pack("[s[ss][s[ss][ss[ss]]s]]", "concat", "get", key, "case",
                     "has", roman, "concat", "\n", "get", roman, "");
}

/* Recursion: limited by load(). */
static json_t *translate(json_t *node, tile_language language)
{
    static const char *const KEYS[] = {"name", "label"};
    for (int i = 0; i < 2; i++)
        if (is_get(node, KEYS[i]))
            return in_language(KEYS[i], language);
    for (size_t i = 0; i < json_array_size(node); i++) {
        json_t *item = json_array_get(node, i);
        if (json_is_array(item))
            (void)json_array_set_new(node, i, translate(item, language));
    }
    return json_incref(node);
}

/* A site that is known by its town only has the town's point, where the town's
 * own sign stands. The raster moves such icons aside (settle.c); MapLibre would
 * leave them out, so it is told to put them to the left, with their texts. */
static void step_aside(json_t *layout)
{
    static const char ICON[] = "[\"case\", [\"has\", \"approximate\"], "
                               "[\"literal\", [-18, 0]], "
                               "[\"literal\", [0, 0]]]";
    static const char TEXT[] =
        "[\"case\", [\"has\", \"approximate\"], "
        "[\"literal\", [\"right\", [-2.4, 0], \"bottom\", [-1.4, -0.9], "
        "\"top\", [-1.4, 0.9]]], "
        "[\"literal\", [\"left\", [0.9, 0], \"right\", [-0.9, 0], "
        "\"bottom\", [0, -0.9], \"top\", [0, 0.9]]]]";
    (void)json_object_set_new(layout, "icon-offset", json_loads(ICON, 0, NULL));
    (void)json_object_set_new(layout, "icon-padding", json_integer(0));
    (void)json_object_set_new(layout, "text-variable-anchor-offset",
                              json_loads(TEXT, 0, NULL));
}

static void adapt_layers(json_t *root, tile_language language, bool is_ours)
{
    json_t *layers = json_object_get(root, "layers");
    for (size_t i = 0; i < json_array_size(layers); i++) {
        json_t *layer = json_array_get(layers, i);
        json_t *layout = json_object_get(layer, "layout");
        const char *of =
            json_string_value(json_object_get(layer, "source-layer"));
        if (!is_ours && of && strcmp(of, "heritage") == 0 &&
            json_object_get(layout, "icon-image"))
            step_aside(layout);
        json_t *field = json_object_get(layout, "text-field");
        if (json_is_array(field) && language != TILE_LANGUAGE_CHINESE)
            (void)json_object_set_new(layout, "text-field",
                                      translate(field, language));
    }
}

static void complete(struct gaz_arena *arena, json_t *object, const char *key,
                     const char *base_url)
{
    const char *address = json_string_value(json_object_get(object, key));
    if (base_url && address && address[0] == '/')
        (void)json_object_set_new(
            object, key,
            json_string(gaz_arena_printf(arena, "%s%s", base_url, address)));
}

static int append(const char *data, size_t size, void *user)
{
    gaz_buffer_bytes(user, data, size);
    return 0;
}

gaz_status tile_style_json_adapt(struct gaz_ctx *ctx, const char *name,
                                 const char *text, size_t size,
                                 tile_language language, const char *base_url,
                                 struct gaz_buffer *out)
{
    json_t *root = NULL;
    gaz_status status = load(ctx, name, text, size, &root);
    if (status != GAZ_OK)
        return status;
    adapt_layers(root, language, base_url == NULL);
    complete(&ctx->arena, root, "sprite", base_url);
    json_t *sources = json_object_get(root, "sources");
    for (void *at = json_object_iter(sources); at;
         at = json_object_iter_next(sources, at))
        complete(&ctx->arena, json_object_iter_value(at), "url", base_url);
    (void)json_dump_callback(root, append, out, JSON_COMPACT);
    json_decref(root);
    return GAZ_OK;
}
