/* icon.h - the icons of the map, from the sheet data/styles/icons.svg.
 *
 * A small part of SVG, drawn by our own rasteriser: <symbol id viewBox> with
 * <circle cx cy r fill> and <path d fill>; commands M L H V C Z with absolute
 * numbers; fills as in a style. Anything else is an error with its line.
 *
 * "cluster-N" is the icon "cluster" with the number N in it.
 */
#ifndef TILES_ICON_H
#define TILES_ICON_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"
#include "tiles/glyph.h"

enum { TILE_ICON_SCALES = 2, TILE_ICON_CLUSTER_MAX = 99 };

struct tile_icon {
    const char *name;
    int side; /* pixels of scale 1, odd */
    struct tile_canvas pictures[TILE_ICON_SCALES];
};

struct tile_icons;

/* tile_icon_open reads the sheet and draws every icon. Immutable after that.
 * @return GAZ_OK; GAZ_INVALID: what the sheet has and we do not know */
gaz_status tile_icon_open(struct gaz_ctx *ctx, struct tile_font *font,
                          const char *text, size_t size,
                          struct tile_icons **out);
void tile_icon_close(struct tile_icons *icons); /* accepts NULL */

/* tile_icon_find returns an icon by name, or NULL. */
const struct tile_icon *tile_icon_find(const struct tile_icons *icons,
                                       const char *name);

/* tile_icon_stamp lays an icon over a picture, its top left corner at pixel
 * (x, y). */
void tile_icon_stamp(struct tile_canvas *canvas, const struct tile_canvas *icon,
                     int64_t x, int64_t y);

/* tile_icon_sheet puts all icons into one picture, and writes where each stands
 * as a MapLibre sprite index (JSON). */
void tile_icon_sheet(struct gaz_arena *arena, const struct tile_icons *icons,
                     int scale, struct tile_canvas *out,
                     struct gaz_buffer *index);

/* The sheet that is part of the binary. */
const char *tile_icon_file(size_t *size);

#endif
