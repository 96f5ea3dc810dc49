/* ops.h - what a style does with the areas and lines of one zoom.
 *
 * A style's fill and line layers, each with the pen that every feature gets:
 * filters and expressions are computed here, once for each zoom, and never
 * while a tile is painted.
 */
#ifndef TILES_OPS_H
#define TILES_OPS_H

#include "tiles/shape.h"
#include "tiles/style.h"

enum { TILE_OPS_DASHES = 12 };

/* One way to fill or to stroke. Lengths are 1/256 pixel of scale 1. */
struct tile_pen {
    uint32_t colour; /* 0xAARRGGBB */
    int width;
    int wash;       /* > 0: a wash that far beside the line, on `side` */
    int side;       /* +1: right of its direction (y down); -1: left */
    int dash_count; /* 0: solid */
    int dashes[TILE_OPS_DASHES]; /* ink, gap, ink, gap ... */
};

struct tile_op {
    tile_layer_type type;
    const struct tile_style_layer *layer;
    const struct tile_pen *pens;
    uint32_t pen_count;
    const uint16_t *pen_of; /* by number of area or line: pen + 1, or 0 */
};

struct tile_ops {
    uint32_t background;         /* 0xAARRGGBB; 0: transparent */
    const struct tile_op *items; /* in the order of painting */
    uint32_t count;
};

/* tile_ops_env is the environment of zoom `z`: raster tiles of 256 pixels are
 * one zoom ahead of MapLibre's of 512. */
struct tile_env tile_ops_env(struct gaz_arena *arena, int z);

/* tile_ops_make computes a style for zoom `z`. */
void tile_ops_make(struct gaz_arena *arena,
                   const struct tile_features *features,
                   const struct tile_style *style, int z, struct tile_ops *out);

#endif
