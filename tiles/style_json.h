/* style_json.h - a style file as a tree; the one door to jansson of this room.
 *
 * jansson recurses once a level, so the depth is counted over the raw bytes
 * first, and a file past TILE_STYLE_JSON_DEPTH levels is refused.
 */
#ifndef TILES_STYLE_JSON_H
#define TILES_STYLE_JSON_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"

enum {
    TILE_STYLE_JSON_DEPTH = 24,
    TILE_STYLE_JSON_BYTES = 1024 * 1024,
};

typedef enum {
    TILE_JSON_NULL,
    TILE_JSON_BOOL,
    TILE_JSON_NUMBER,
    TILE_JSON_STRING,
    TILE_JSON_ARRAY,
    TILE_JSON_OBJECT,
} tile_json_type;

struct tile_json {
    tile_json_type type;
    double number; /* of a bool: 0 or 1 */
    const char *text;
    const char *const *keys; /* of an object, one for each item */
    const struct tile_json *items;
    size_t count;
};

/* Which names a map writes. */
typedef enum {
    TILE_LANGUAGE_CHINESE,
    TILE_LANGUAGE_PINYIN, /* Chinese where there is no romanised name */
    TILE_LANGUAGE_BOTH,   /* Chinese, and the romanised name below it */
    TILE_LANGUAGES,
} tile_language;

/* tile_style_json_read reads a whole file; `out` lives in ctx->arena.
 * @return GAZ_OK; GAZ_INVALID: no JSON, with line and column; GAZ_LIMIT: too
 *         deep or too large */
gaz_status tile_style_json_read(struct gaz_ctx *ctx, const char *name,
                                const char *text, size_t size,
                                struct tile_json *out);

/* tile_style_json_member returns a member of an object, or NULL. */
const struct tile_json *tile_style_json_member(const struct tile_json *object,
                                               const char *key);

/* tile_style_json_adapt writes a style again for one reader: each "text-field"
 * that is ["get", "name"] or ["get", "label"], alone or inside of other
 * operators, is put into `language`. With a `base_url` (may be "") the reader
 * is MapLibre: addresses that begin with "/" get it before them, and icons of
 * heritage sites that have their town's point are put beside it, as the raster
 * does by itself. NULL: the reader is style.h.
 * @return as tile_style_json_read */
gaz_status tile_style_json_adapt(struct gaz_ctx *ctx, const char *name,
                                 const char *text, size_t size,
                                 tile_language language, const char *base_url,
                                 struct gaz_buffer *out);

#endif
