/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/tiles/decode.h"

#include <string.h>

#include "gazetteer/base/arena.h"

struct bytes {
    const unsigned char *at;
    const unsigned char *end;
};

struct field {
    uint32_t number;
    uint32_t wire;
    uint64_t value;     /* varint, 64 bits */
    struct bytes bytes; /* length-delimited */
};

static bool refuse(struct decoded *out, const char *why)
{
    out->why = why;
    return false;
}

static bool varint(struct bytes *in, uint64_t *out)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && in->at < in->end; shift += 7) {
        unsigned char byte = *in->at++;
        value |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) {
            *out = value;
            return true;
        }
    }
    return false;
}

static bool next(struct bytes *in, struct field *out)
{
    uint64_t key;
    if (!varint(in, &key))
        return false;
    out->number = (uint32_t)(key >> 3);
    out->wire = key & 7;
    if (out->wire == 0)
        return varint(in, &out->value);
    uint64_t size = 8;
    if (out->wire == 2 && !varint(in, &size))
        return false;
    if ((out->wire != 1 && out->wire != 2) ||
        size > (uint64_t)(in->end - in->at))
        return false;
    out->bytes = (struct bytes){in->at, in->at + size};
    in->at += size;
    return true;
}

static bool copy_text(struct bytes in, char *out, size_t room)
{
    size_t size = (size_t)(in.end - in.at);
    if (size >= room)
        return false;
    memcpy(out, in.at, size);
    out[size] = '\0';
    return true;
}

static int64_t unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static bool value_of(struct bytes in, struct decoded_tag *out)
{
    struct field f;
    if (!next(&in, &f) || in.at != in.end)
        return false;
    out->text[0] = '\0';
    switch (f.number) {
    case 1:
        return f.wire == 2 && copy_text(f.bytes, out->text, sizeof out->text);
    case 3:
        if (f.wire != 1)
            return false;
        memcpy(&out->number, f.bytes.at,
               8); /* little-endian, as this machine */
        return true;
    case 5:
    case 7:
        out->number = (double)f.value;
        return f.wire == 0;
    case 6:
        out->number = (double)unzigzag(f.value);
        return f.wire == 0;
    default:
        return false;
    }
}

/* ---- geometry ---- */

static int64_t area2(const struct decoded_feature *f, int path)
{
    int64_t sum = 0;
    int first = f->paths[path];
    int count = f->paths[path + 1] - first;
    for (int i = 0; i < count; i++) {
        const int64_t *a = f->vertices[first + i];
        const int64_t *b = f->vertices[first + (i + 1) % count];
        sum += a[0] * b[1] - b[0] * a[1];
    }
    return sum;
}

static bool vertices(struct bytes *in, struct decoded_feature *f,
                     uint64_t count, int64_t cursor[2], int *total)
{
    for (uint64_t i = 0; i < count; i++, ++*total) {
        uint64_t x;
        uint64_t y;
        if (*total >= DECODE_VERTICES || !varint(in, &x) || !varint(in, &y))
            return false;
        bool moves = x != 0 || y != 0;
        if (!moves && count > 1) /* a line must go somewhere */
            return false;
        cursor[0] += unzigzag(x);
        cursor[1] += unzigzag(y);
        f->vertices[*total][0] = cursor[0];
        f->vertices[*total][1] = cursor[1];
    }
    return true;
}

static bool command(struct bytes *in, int *id, uint64_t *count)
{
    uint64_t value;
    if (!varint(in, &value))
        return false;
    *id = (int)(value & 7);
    *count = value >> 3;
    return true;
}

/* One path: MoveTo, and what the type wants behind it. */
static bool path(struct bytes *in, struct decoded_feature *f, int64_t cursor[2],
                 int *total)
{
    int id;
    uint64_t count;
    if (!command(in, &id, &count) || id != 1 || count != 1 ||
        !vertices(in, f, 1, cursor, total))
        return false;
    if (f->type == 1)
        return true;
    if (!command(in, &id, &count) || id != 2 ||
        count < (f->type == 3 ? 2u : 1u) ||
        !vertices(in, f, count, cursor, total))
        return false;
    return f->type == 2 || (command(in, &id, &count) && id == 7 && count == 1);
}

static bool geometry(struct bytes in, struct decoded_feature *f)
{
    int64_t cursor[2] = {0, 0};
    int total = 0;
    /* a vertex takes two bytes or more */
    f->vertices =
        gaz_malloc(sizeof *f->vertices * ((size_t)(in.end - in.at) / 2 + 1));
    while (in.at < in.end) {
        if (f->path_count >= DECODE_PATHS || !path(&in, f, cursor, &total))
            return false;
        f->path_count++;
        f->paths[f->path_count] = total;
    }
    for (int i = 0; f->type == 3 && i < f->path_count; i++)
        if (area2(f, i) == 0 || (i == 0 && area2(f, i) < 0))
            return false;
    return f->path_count > 0;
}

/* ---- layers ---- */

/* The tables of a layer, gathered before its features are read. */
struct tables {
    struct bytes keys[64];
    struct bytes values[4096];
    struct bytes features[DECODE_FEATURES];
    uint64_t key_count;
    uint64_t value_count;
    int feature_count;
};

static bool tags(struct bytes in, const struct tables *tables,
                 struct decoded_feature *f)
{
    while (in.at < in.end) {
        uint64_t key;
        uint64_t value;
        if (!varint(&in, &key) || !varint(&in, &value) ||
            key >= tables->key_count || value >= tables->value_count ||
            f->tag_count >= DECODE_TAGS)
            return false;
        struct decoded_tag *tag = &f->tags[f->tag_count++];
        if (!copy_text(tables->keys[key], tag->key, sizeof tag->key) ||
            !value_of(tables->values[value], tag))
            return false;
    }
    return true;
}

static bool feature(struct bytes in, const struct tables *tables,
                    struct decoded_feature *f)
{
    struct bytes shape = {0};
    for (struct field field; in.at < in.end;) {
        if (!next(&in, &field))
            return false;
        if (field.number == 1 && field.wire == 0)
            f->id = field.value;
        else if (field.number == 3 && field.wire == 0)
            f->type = (int)field.value;
        else if (field.number == 4 && field.wire == 2)
            shape = field.bytes;
        else if (field.number != 2 || field.wire != 2 ||
                 !tags(field.bytes, tables, f))
            return false;
    }
    return f->type >= 1 && f->type <= 3 && geometry(shape, f);
}

static bool collect(struct bytes in, struct tables *tables,
                    struct decoded_layer *layer)
{
    uint64_t version = 1;
    layer->extent = 4096;
    for (struct field f; in.at < in.end;) {
        if (!next(&in, &f))
            return false;
        if (f.number == 1 && f.wire == 2) {
            if (!copy_text(f.bytes, layer->name, sizeof layer->name))
                return false;
        } else if (f.number == 2 && tables->feature_count < DECODE_FEATURES) {
            tables->features[tables->feature_count++] = f.bytes;
        } else if (f.number == 3 && tables->key_count < 64) {
            tables->keys[tables->key_count++] = f.bytes;
        } else if (f.number == 4 && tables->value_count < 4096) {
            tables->values[tables->value_count++] = f.bytes;
        } else if (f.number == 5) {
            layer->extent = (uint32_t)f.value;
        } else if (f.number == 15) {
            version = f.value;
        } else {
            return false;
        }
    }
    return version == 2 && layer->name[0] != '\0';
}

static bool is_repeated(const struct bytes *items, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        for (uint64_t j = 0; j < i; j++) {
            size_t size = (size_t)(items[i].end - items[i].at);
            if (size == (size_t)(items[j].end - items[j].at) &&
                memcmp(items[i].at, items[j].at, size) == 0)
                return true;
        }
    return false;
}

static bool layer_of(struct bytes in, struct decoded *out)
{
    if (out->layer_count >= DECODE_LAYERS)
        return refuse(out, "too many layers");
    struct decoded_layer *layer = &out->layers[out->layer_count++];
    struct tables *tables = gaz_malloc(sizeof *tables);
    const char *why = NULL;
    if (!collect(in, tables, layer))
        why = "a layer's fields";
    else if (is_repeated(tables->keys, tables->key_count) ||
             is_repeated(tables->values, tables->value_count))
        why = "a key or value that repeats";
    layer->features =
        gaz_malloc(sizeof *layer->features * (size_t)tables->feature_count);
    for (int i = 0; !why && i < tables->feature_count; i++) {
        layer->feature_count++;
        if (!feature(tables->features[i], tables, &layer->features[i]))
            why = "a feature";
    }
    gaz_free(tables);
    for (int i = 0; i + 1 < out->layer_count; i++)
        if (strcmp(out->layers[i].name, layer->name) == 0)
            why = "two layers of one name";
    return why ? refuse(out, why) : true;
}

bool decode_tile(const void *data, size_t size, struct decoded *out)
{
    *out = (struct decoded){0};
    struct bytes in = {data, (const unsigned char *)data + size};
    for (struct field f; in.at < in.end;) {
        if (!next(&in, &f) || f.number != 3 || f.wire != 2)
            return refuse(out, "a field of the tile");
        if (!layer_of(f.bytes, out))
            return false;
    }
    return true;
}

void decode_close(struct decoded *decoded)
{
    for (int i = 0; i < decoded->layer_count; i++) {
        struct decoded_layer *layer = &decoded->layers[i];
        for (int k = 0; k < layer->feature_count; k++)
            gaz_free(layer->features[k].vertices);
        gaz_free(layer->features);
    }
}

const struct decoded_layer *decode_layer(const struct decoded *decoded,
                                         const char *name)
{
    for (int i = 0; i < decoded->layer_count; i++)
        if (strcmp(decoded->layers[i].name, name) == 0)
            return &decoded->layers[i];
    return NULL;
}

const struct decoded_tag *decode_tag(const struct decoded_feature *feature_,
                                     const char *key)
{
    for (int i = 0; i < feature_->tag_count; i++)
        if (strcmp(feature_->tags[i].key, key) == 0)
            return &feature_->tags[i];
    return NULL;
}
