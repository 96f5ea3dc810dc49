/* caption.h - a line of words at the foot of a map picture: the number under
 * which the map was reviewed (审图号, 地图管理条例), or whom
 * the data comes from. Not for tiles: there it would stand on every one.
 */
#ifndef TILES_CAPTION_H
#define TILES_CAPTION_H

#include "tiles/raster.h"
#include "tiles/tile.h"

/* tile_caption_draw writes `words` into the lower left corner, 11 pixels high
 * at scale 1, dark on a pale ground. False when it does not fit, or no font has
 * one of its characters: nothing is drawn then. */
bool tile_caption_draw(struct gaz_ctx *ctx, struct tile_maker *maker,
                       const char *words, int scale,
                       struct tile_canvas *canvas);

/* tile_caption_line returns how many bytes of `words` go on a line of so many
 * pixels at that height: up to a blank or a Chinese character where there is
 * one; more than 0. */
size_t tile_caption_line(const char *words, int width);

/* tile_caption_review returns "审图号：…" of a style, or "" when it has none.
 * In ctx->arena.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style */
gaz_status tile_caption_review(struct gaz_ctx *ctx, struct tile_maker *maker,
                               const char *style, const char **out);

#endif
