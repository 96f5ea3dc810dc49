/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/vector_layers.h"

enum { FIELDS_MAX = 16 };

struct field {
    const char *name;
    const char *type; /* the three that TileJSON names */
};

#define STRING(name)                                                           \
    {                                                                          \
        name, "String"                                                         \
    }
#define NUMBER(name)                                                           \
    {                                                                          \
        name, "Number"                                                         \
    }
#define FLAG(name)                                                             \
    {                                                                          \
        name, "Boolean"                                                        \
    }
#define NAMED STRING("id"), STRING("name"), STRING("name_roman")

static const struct field FIELDS[TILE_SOURCES][FIELDS_MAX] = {
    [TILE_SOURCE_DIVISIONS] = {NAMED, STRING("code"), NUMBER("level"),
                               NUMBER("tint"), FLAG("schematic"),
                               FLAG("synthetic")},
    [TILE_SOURCE_BUILDINGS] = {NAMED, FLAG("synthetic")},
    [TILE_SOURCE_BOUNDARIES] = {STRING("kind"), STRING("name"), STRING("code"),
                                NUMBER("level"), NUMBER("sea"),
                                FLAG("schematic")},
    [TILE_SOURCE_CENTRES] = {NAMED, STRING("code"), NUMBER("level"),
                             NUMBER("rank"), FLAG("schematic"),
                             FLAG("synthetic")},
    [TILE_SOURCE_NAMES] = {NAMED, STRING("code"), STRING("kind"),
                           NUMBER("level"), NUMBER("category"), NUMBER("rank"),
                           NUMBER("accuracy_m"), FLAG("synthetic")},
    [TILE_SOURCE_HERITAGE] = {NAMED, STRING("code"), STRING("kind"),
                              NUMBER("level"), STRING("label"),
                              STRING("label_roman"), NUMBER("category"),
                              NUMBER("rank"), NUMBER("count"), STRING("ids"),
                              FLAG("approximate"),
                              NUMBER("accuracy_m"), FLAG("synthetic")},
};

void tile_vector_layers_write(struct gaz_json *json, const char *key,
                              uint32_t sources, int min_zoom, int max_zoom)
{
    gaz_json_array(json, key);
    for (int i = 0; i < TILE_SOURCES; i++) {
        if (!(sources & (UINT32_C(1) << i)))
            continue;
        gaz_json_object(json, NULL);
        gaz_json_string(json, "id", TILE_SOURCE_LAYERS[i]);
        gaz_json_object(json, "fields");
        for (const struct field *field = FIELDS[i]; field->name; field++)
            gaz_json_string(json, field->name, field->type);
        gaz_json_end(json);
        gaz_json_int(json, "minzoom", min_zoom);
        gaz_json_int(json, "maxzoom", max_zoom);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}
