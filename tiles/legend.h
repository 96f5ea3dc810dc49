/* legend.h - what the signs of a map mean.
 *
 * The words are the style's: a layer whose metadata has "diming:legend" is a
 * row of the legend; layers with the same words are one row, drawn over each
 * other as on the map (a road's casing and the road).
 */
#ifndef TILES_LEGEND_H
#define TILES_LEGEND_H

#include "tiles/ink.h"
#include "tiles/scene.h"

struct tile_legend_row {
    const char *words;
    const struct tile_op *ops[4]; /* of areas and lines */
    int op_count;
    const struct tile_icon *icon; /* of names; may be NULL */
    struct tile_text_look look;   /* of names */
    bool has_text;
};

struct tile_legend {
    struct tile_legend_row *rows;
    uint32_t count;
    double width; /* of the box, with its edges */
    double height;
};

/* tile_legend_make gathers the rows of what a view shows (NULL: of all that the
 * scene can show), in the order of the style, names last. */
void tile_legend_make(struct gaz_ctx *ctx, struct tile_ink *ink,
                      const struct tile_scene *scene,
                      const struct tile_icons *icons,
                      const struct tile_style *style, int z,
                      const struct tile_view *view, struct tile_legend *out);

/* tile_legend_draw draws the box with its upper left corner at x, y. */
void tile_legend_draw(struct gaz_ctx *ctx, struct tile_ink *ink,
                      const struct tile_legend *legend, double x, double y);

/* tile_legend_stamp lays the legend of what a view shows into the lower right
 * corner of its picture, `bottom` pixels of scale 1 above the edge; nothing
 * where there is no room.
 * @return GAZ_OK; as tile_legend_write */
gaz_status tile_legend_stamp(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const char *style, tile_language language,
                             const struct tile_view *view, int bottom,
                             struct tile_canvas *canvas);

/* tile_legend_write appends the legend of a style at a zoom, as SVG or PNG.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style; GAZ_INVALID: zoom; GAZ_LIMIT */
gaz_status tile_legend_write(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const char *style, int z, tile_ink_kind kind,
                             int scale, struct gaz_buffer *out);

#endif
