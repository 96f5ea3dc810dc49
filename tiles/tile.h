/* tile.h - one map tile from the snapshot, as PNG or MVT.
 *
 * A tile_maker is made once per snapshot: it projects the features to
 * World-Mercator integers, sorts them into a grid, and places the labels of
 * each zoom once for the whole world on first use, so that no label is cut or
 * doubled at a tile's edge. Tiles are a pure function of snapshot, layer, z, x,
 * y and scale: same input, same bytes.
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

enum {
    TILE_ZOOM_MAX = 20,
    TILE_MAX_BYTES = 4 * 1024 * 1024,
};

struct tile_maker;

typedef enum { TILE_PNG, TILE_MVT } tile_format;

struct tile_request {
    const char *layer; /* "base": all but heritage (its MVT has that too); or
                        * "divisions", "names", "heritage", "boundaries" */
    int z;
    int x;
    int y;
    int scale; /* 1: 256 px, 2: 512 px (PNG only) */
    tile_format format;
};

/* The snapshot must outlive the maker. */
gaz_status tile_maker_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_maker **out);
void tile_maker_close(struct tile_maker *maker); /* accepts NULL */

/* tile_make appends the tile's bytes to `out`. An empty tile is a blank PNG, or
 * 0 bytes of MVT.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such layer; GAZ_INVALID: z, x, y or scale
 * out of range; GAZ_LIMIT: larger than TILE_MAX_BYTES */
gaz_status tile_make(struct gaz_ctx *ctx, struct tile_maker *maker,
                     const struct tile_request *request,
                     struct gaz_buffer *out);

/* The layers, for TileJSON and errors; ends with NULL. */
extern const char *const TILE_LAYERS[];

#endif
