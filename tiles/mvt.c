/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/mvt.h"

#include <assert.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/tile.h"

/* Field numbers and wire types of vector_tile.proto. */
enum {
    WIRE_VARINT = 0,
    WIRE_64BIT = 1,
    WIRE_BYTES = 2,
    TILE_LAYER = 3,
    LAYER_NAME = 1,
    LAYER_FEATURE = 2,
    LAYER_KEY = 3,
    LAYER_VALUE = 4,
    LAYER_EXTENT = 5,
    LAYER_VERSION = 15,
    FEATURE_ID = 1,
    FEATURE_TAGS = 2,
    FEATURE_TYPE = 3,
    FEATURE_GEOMETRY = 4,
    VALUE_STRING = 1,
    VALUE_DOUBLE = 3,
    VALUE_UINT = 5,
    VALUE_SINT = 6,
    VALUE_BOOL = 7,
};

enum { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

static void put_varint(struct gaz_buffer *out, uint64_t value)
{
    char bytes[10];
    size_t count = 0;
    for (; value >= 128; value >>= 7)
        bytes[count++] = (char)((value & 127) | 128);
    bytes[count++] = (char)value;
    gaz_buffer_bytes(out, bytes, count);
}

static uint64_t zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static void put_number(struct gaz_buffer *out, int field, uint64_t value)
{
    put_varint(out, (uint64_t)field << 3 | WIRE_VARINT);
    put_varint(out, value);
}

static void put_bytes(struct gaz_buffer *out, int field, const void *data,
                      size_t size)
{
    put_varint(out, (uint64_t)field << 3 | WIRE_BYTES);
    put_varint(out, size);
    gaz_buffer_bytes(out, data, size);
}

void tile_mvt_open(struct tile_mvt *mvt, struct gaz_buffer *out)
{
    *mvt = (struct tile_mvt){.out = out};
    struct gaz_buffer *own[] = {&mvt->values, &mvt->value, &mvt->features,
                                &mvt->tags, &mvt->geometry};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        gaz_buffer_open(own[i], TILE_MAX_BYTES);
}

void tile_mvt_close(struct tile_mvt *mvt)
{
    gaz_buffer_close(&mvt->values);
    gaz_buffer_close(&mvt->value);
    gaz_buffer_close(&mvt->features);
    gaz_buffer_close(&mvt->tags);
    gaz_buffer_close(&mvt->geometry);
    gaz_arena_close(&mvt->arena);
}

/* ---- layers ---- */

void tile_mvt_layer(struct tile_mvt *mvt, const char *name)
{
    gaz_arena_reset(&mvt->arena);
    mvt->name = name;
    mvt->key_count = 0;
    mvt->known = NULL;
    mvt->value_count = 0;
    mvt->value_room = 0;
    mvt->slots = NULL;
    mvt->slot_count = 0;
    gaz_buffer_clear(&mvt->values);
    gaz_buffer_clear(&mvt->features);
}

/* The layer's own fields, once its length can be known. */
static void put_layer(const struct tile_mvt *mvt, struct gaz_buffer *out)
{
    put_number(out, LAYER_VERSION, 2);
    put_bytes(out, LAYER_NAME, mvt->name, strlen(mvt->name));
    gaz_buffer_bytes(out, mvt->features.data, mvt->features.size);
    for (uint32_t i = 0; i < mvt->key_count; i++)
        put_bytes(out, LAYER_KEY, mvt->keys[i], strlen(mvt->keys[i]));
    for (uint32_t i = 0; i < mvt->value_count; i++)
        put_bytes(out, LAYER_VALUE, mvt->values.data + mvt->known[i].start,
                  mvt->known[i].size);
    put_number(out, LAYER_EXTENT, TILE_MVT_EXTENT);
}

void tile_mvt_layer_end(struct tile_mvt *mvt)
{
    bool full = mvt->features.full || mvt->values.full;
    if (full)
        mvt->out->full = true;
    if (full || mvt->features.size == 0)
        return;
    struct gaz_buffer layer;
    gaz_buffer_open(&layer, TILE_MAX_BYTES);
    put_layer(mvt, &layer);
    if (layer.full)
        mvt->out->full = true;
    else
        put_bytes(mvt->out, TILE_LAYER, layer.data, layer.size);
    gaz_buffer_close(&layer);
}

/* ---- features ---- */

void tile_mvt_feature(struct tile_mvt *mvt, uint64_t id, tile_mvt_type type)
{
    gaz_buffer_clear(&mvt->tags);
    gaz_buffer_clear(&mvt->geometry);
    mvt->id = id;
    mvt->type = type;
    mvt->x = 0;
    mvt->y = 0;
}

void tile_mvt_feature_end(struct tile_mvt *mvt)
{
    gaz_buffer_clear(&mvt->value);
    struct gaz_buffer *message = &mvt->value;
    put_number(message, FEATURE_ID, mvt->id);
    if (mvt->tags.size > 0)
        put_bytes(message, FEATURE_TAGS, mvt->tags.data, mvt->tags.size);
    put_number(message, FEATURE_TYPE, mvt->type);
    put_bytes(message, FEATURE_GEOMETRY, mvt->geometry.data,
              mvt->geometry.size);
    if (message->full || mvt->tags.full || mvt->geometry.full)
        mvt->features.full = true;
    else
        put_bytes(&mvt->features, LAYER_FEATURE, message->data, message->size);
}

static void put_command(struct tile_mvt *mvt, int command, size_t count)
{
    put_varint(&mvt->geometry, (uint64_t)count << 3 | (uint64_t)command);
}

static void put_vertex(struct tile_mvt *mvt, struct tile_vertex vertex)
{
    put_varint(&mvt->geometry, zigzag(vertex.x - mvt->x));
    put_varint(&mvt->geometry, zigzag(vertex.y - mvt->y));
    mvt->x = vertex.x;
    mvt->y = vertex.y;
}

void tile_mvt_path(struct tile_mvt *mvt, const struct tile_vertex *items,
                   size_t count)
{
    assert(count >= (size_t)mvt->type);
    put_command(mvt, MOVE_TO, 1);
    put_vertex(mvt, items[0]);
    if (mvt->type == TILE_MVT_POINT)
        return;
    put_command(mvt, LINE_TO, count - 1);
    for (size_t i = 1; i < count; i++)
        put_vertex(mvt, items[i]);
    if (mvt->type == TILE_MVT_POLYGON)
        put_command(mvt, CLOSE_PATH, 1);
}

/* ---- attributes ---- */

static uint32_t key_number(struct tile_mvt *mvt, const char *key)
{
    for (uint32_t i = 0; i < mvt->key_count; i++)
        if (strcmp(mvt->keys[i], key) == 0)
            return i;
    assert(mvt->key_count < TILE_MVT_KEYS_MAX);
    mvt->keys[mvt->key_count] = key;
    return mvt->key_count++;
}

static uint32_t *find_slot(const struct tile_mvt *mvt, uint64_t hash)
{
    for (uint64_t at = hash;; at++) {
        uint32_t *slot = &mvt->slots[at & (mvt->slot_count - 1)];
        if (*slot == 0)
            return slot;
        const struct tile_mvt_value *known = &mvt->known[*slot - 1];
        if (known->hash == hash && known->size == mvt->value.size &&
            memcmp(mvt->values.data + known->start, mvt->value.data,
                   known->size) == 0)
            return slot;
    }
}

/* Doubles the tables of known values. */
static void grow_known(struct tile_mvt *mvt)
{
    uint32_t room = mvt->value_room ? 2 * mvt->value_room : 64;
    mvt->known = gaz_arena_grow(&mvt->arena, mvt->known,
                                mvt->value_count * sizeof *mvt->known,
                                room * sizeof *mvt->known);
    mvt->value_room = room;
    mvt->slot_count = 2 * room;
    mvt->slots =
        gaz_arena_array(&mvt->arena, mvt->slot_count, sizeof *mvt->slots);
    for (uint32_t i = 0; i < mvt->value_count; i++) {
        uint64_t at = mvt->known[i].hash;
        while (mvt->slots[at & (mvt->slot_count - 1)] != 0)
            at++;
        mvt->slots[at & (mvt->slot_count - 1)] = i + 1;
    }
}

/* Adds mvt->value, the encoded Value, as the feature's attribute. */
static void put_tag(struct tile_mvt *mvt, const char *key)
{
    if (mvt->value_count == mvt->value_room)
        grow_known(mvt);
    uint64_t hash = gaz_text_hash(mvt->value.data, mvt->value.size);
    uint32_t *slot = find_slot(mvt, hash);
    if (*slot == 0) {
        mvt->known[mvt->value_count++] =
            (struct tile_mvt_value){hash, mvt->values.size, mvt->value.size};
        *slot = mvt->value_count;
        gaz_buffer_bytes(&mvt->values, mvt->value.data, mvt->value.size);
    }
    put_varint(&mvt->tags, key_number(mvt, key));
    put_varint(&mvt->tags, *slot - 1);
}

void tile_mvt_string(struct tile_mvt *mvt, const char *key, const char *value)
{
    if (value[0] == '\0')
        return;
    gaz_buffer_clear(&mvt->value);
    put_bytes(&mvt->value, VALUE_STRING, value, strlen(value));
    put_tag(mvt, key);
}

void tile_mvt_int(struct tile_mvt *mvt, const char *key, int64_t value)
{
    gaz_buffer_clear(&mvt->value);
    if (value >= 0)
        put_number(&mvt->value, VALUE_UINT, (uint64_t)value);
    else
        put_number(&mvt->value, VALUE_SINT, zigzag(value));
    put_tag(mvt, key);
}

void tile_mvt_double(struct tile_mvt *mvt, const char *key, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(bits >> (8 * i));
    gaz_buffer_clear(&mvt->value);
    put_varint(&mvt->value, VALUE_DOUBLE << 3 | WIRE_64BIT);
    gaz_buffer_bytes(&mvt->value, bytes, sizeof bytes);
    put_tag(mvt, key);
}

void tile_mvt_bool(struct tile_mvt *mvt, const char *key, bool value)
{
    gaz_buffer_clear(&mvt->value);
    put_number(&mvt->value, VALUE_BOOL, value);
    put_tag(mvt, key);
}

size_t tile_mvt_size(const struct tile_mvt *mvt)
{
    enum { FRAME = 2 }; /* what a value's field adds to it, mostly */
    return mvt->out->size + mvt->features.size + mvt->values.size +
           (size_t)FRAME * mvt->value_count;
}
