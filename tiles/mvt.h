/* mvt.h - writes a Mapbox Vector Tile, version 2.1 of the specification.
 *
 * Protocol buffers by hand: six message fields do not need a library. Keys and
 * values are shared within a layer, in the order in which they first appear, so
 * the same features give the same bytes.
 *
 *     struct tile_mvt mvt;
 *     tile_mvt_open(&mvt, &buffer);
 *     tile_mvt_layer(&mvt, "names");
 *     tile_mvt_feature(&mvt, id, TILE_MVT_POINT);
 *     tile_mvt_path(&mvt, &vertex, 1);
 *     tile_mvt_string(&mvt, "name", "乍浦镇");
 *     tile_mvt_feature_end(&mvt);
 *     tile_mvt_layer_end(&mvt);       // a layer without features is left out
 *     tile_mvt_close(&mvt);
 *
 * When it grows past the buffer's ceiling, the buffer is marked full.
 */
#ifndef TILES_MVT_H
#define TILES_MVT_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/base/buffer.h"
#include "tiles/clip.h"

enum {
    TILE_MVT_EXTENT = 4096, /* units of a tile's side */
    TILE_MVT_BUFFER = 64,   /* units that geometry reaches past it */
    TILE_MVT_KEYS_MAX = 32, /* different keys in a layer */
};

typedef enum {
    TILE_MVT_POINT = 1,
    TILE_MVT_LINE = 2,
    TILE_MVT_POLYGON = 3,
} tile_mvt_type;

struct tile_mvt_value {
    uint64_t hash;
    size_t start; /* in `values` */
    size_t size;
};

struct tile_mvt {
    struct gaz_buffer *out;
    struct gaz_arena arena;
    const char *name; /* of the layer */
    const char *keys[TILE_MVT_KEYS_MAX];
    uint32_t key_count;
    struct tile_mvt_value *known; /* values, in order */
    uint32_t value_count;
    uint32_t value_room;
    uint32_t *slots; /* index + 1 by hash */
    uint32_t slot_count;
    struct gaz_buffer values; /* Value messages, one after the other */
    struct gaz_buffer value;  /* the one being made */
    struct gaz_buffer features;
    struct gaz_buffer tags; /* of the feature being made */
    struct gaz_buffer geometry;
    uint64_t id;
    tile_mvt_type type;
    int64_t x; /* the cursor, which geometry is relative to */
    int64_t y;
};

void tile_mvt_open(struct tile_mvt *mvt, struct gaz_buffer *out);
void tile_mvt_close(struct tile_mvt *mvt);

/* `name` and all keys must outlive the layer. */
void tile_mvt_layer(struct tile_mvt *mvt, const char *name);
void tile_mvt_layer_end(struct tile_mvt *mvt);

void tile_mvt_feature(struct tile_mvt *mvt, uint64_t id, tile_mvt_type type);
void tile_mvt_feature_end(struct tile_mvt *mvt);

/* tile_mvt_path adds a point, a line, or a ring, as the feature's type says. A
 * ring does not repeat its first vertex; outer rings run clockwise on a screen,
 * holes the other way. */
void tile_mvt_path(struct tile_mvt *mvt, const struct tile_vertex *items,
                   size_t count);

/* tile_mvt_size returns the bytes of the tile so far, about. */
size_t tile_mvt_size(const struct tile_mvt *mvt);

/* Attributes. A string that is "" is left out. */
void tile_mvt_string(struct tile_mvt *mvt, const char *key, const char *value);
void tile_mvt_int(struct tile_mvt *mvt, const char *key, int64_t value);
void tile_mvt_double(struct tile_mvt *mvt, const char *key, double value);
void tile_mvt_bool(struct tile_mvt *mvt, const char *key, bool value);

#endif
