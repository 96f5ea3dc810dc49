/* tile.h - one map tile from the snapshot, as PNG, WebP or MVT.
 *
 * A tile_maker is made once per snapshot: it projects the features to
 * World-Mercator integers, and places the labels of each style and zoom once
 * for the whole world on first use, so that no label is cut or doubled at a
 * tile's edge. Tiles are a pure function of snapshot, style, language, z, x, y
 * and scale: same input, same bytes.
 *
 *     struct tile_maker *maker;
 *     tile_maker_open(ctx, snap, &maker);
 *     tile_make(ctx, maker, &request, &buffer);
 *
 * Thread-safe after open: label placement takes a lock once per zoom.
 */
#ifndef TILES_TILE_H
#define TILES_TILE_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/index/snapshot.h"
#include "tiles/style.h"

enum {
    TILE_ZOOM_MAX = 20,
    TILE_MAX_BYTES = 4 * 1024 * 1024,
    TILE_CACHE_BYTES = 64 * 1024 * 1024,
};

struct tile_maker;

typedef enum {
    TILE_PNG,        /* the style's palette; truecolour when it has none */
    TILE_TRUECOLOUR, /* PNG with all colours */
    TILE_WEBP,       /* lossless */
    TILE_MVT,
} tile_format;

struct tile_request {
    const char *style; /* of TILE_STYLES; MVT has the layers that the style
                        * uses, all of them when it is a whole map */
    tile_language language;
    int z;
    int x;
    int y;
    int scale; /* 1: 256 px, 2: 512 px (not for MVT) */
    tile_format format;
};

/* The snapshot must outlive the maker. */
gaz_status tile_maker_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_maker **out);
void tile_maker_close(struct tile_maker *maker); /* accepts NULL */

/* tile_make appends the tile's bytes to `out`. An empty tile is a blank PNG, or
 * 0 bytes of MVT.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style; GAZ_INVALID: z, x, y or scale
 * out of range; GAZ_LIMIT: larger than TILE_MAX_BYTES */
gaz_status tile_make(struct gaz_ctx *ctx, struct tile_maker *maker,
                     const struct tile_request *request,
                     struct gaz_buffer *out);

/* tile_serve is tile_make through a cache in memory (cache.h), which makers of
 * successive snapshots share; `*hash` names the content, for an ETag. */
gaz_status tile_serve(struct gaz_ctx *ctx, struct tile_maker *maker,
                      const struct tile_request *request,
                      struct gaz_buffer *out, uint64_t *hash);

/* tile_serve_cached is tile_serve for a tile that is in memory; false when it
 * is not. Waits for nobody: not for a scene that is being made either. The
 * style must be one of TILE_STYLES, and the tile in the world. */
bool tile_serve_cached(struct tile_maker *maker,
                       const struct tile_request *request,
                       struct gaz_buffer *out, uint64_t *hash);

/* tile_maker_keep lets tile_serve keep what it makes in a file as well
 * (disk.h), for this maker and those that follow it. *emptied: tiles of another
 * snapshot, style or program that the file had.
 * @return GAZ_OK; GAZ_INVALID: no tile cache of ours; GAZ_IO */
gaz_status tile_maker_keep(struct gaz_ctx *ctx, struct tile_maker *maker,
                           const char *path, uint64_t *emptied);

/* tile_store makes a tile and puts it into that file; *was_there: it had it.
 * @return as tile_make; GAZ_IO: the file failed, or has turned to another
 *         snapshot; GAZ_INVALID also: there is no file */
gaz_status tile_store(struct gaz_ctx *ctx, struct tile_maker *maker,
                      const struct tile_request *request, bool *was_there);
/* tile_store_group makes many of them cost less between true and false. */
void tile_store_group(struct tile_maker *maker, bool begins);

/* tile_maker_follow lets `maker` go on from the maker of an older snapshot: it
 * takes over the placed labels and settles only what differs, takes over the
 * cache, and keeps every cached tile that the new snapshot does not change
 * (dirty.h), in the file too; when areas or lines change, all vector tiles go.
 * The older maker may still answer requests that it began with. */
struct tile_follow_stats {
    uint32_t scenes; /* styles and zooms compared */
    uint32_t dirty;  /* tiles of them that may have changed */
    size_t kept;     /* tiles in the cache that went on */
    uint64_t stored; /* tiles in the file that went on */
};
gaz_status tile_maker_follow(struct gaz_ctx *ctx, struct tile_maker *maker,
                             struct tile_maker *older,
                             struct tile_follow_stats *out);

/* tile_maker_edit makes a maker of the map after an edit of named points, in
 * milliseconds: what the two share is shared, and the caches keep all that the
 * edit does not change, vector tiles too. One edit a place. The snapshot must
 * outlive both. False, and no maker: such an edit needs a new snapshot
 * (tile_feature_edit in feature.h says which). */
struct tile_edit;
bool tile_maker_edit(struct gaz_ctx *ctx, struct tile_maker *older,
                     const struct tile_edit *edits, uint32_t count,
                     struct tile_maker **out, struct tile_follow_stats *stats);

/* tile_sprite appends the icons as PNG, or their index as JSON.
 * @return GAZ_OK; GAZ_LIMIT */
gaz_status tile_sprite(struct gaz_ctx *ctx, struct tile_maker *maker, int scale,
                       bool is_index, struct gaz_buffer *out);

#endif
