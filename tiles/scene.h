/* scene.h - what each style shows at each zoom: made on first use, kept.
 *
 * Private to the maker (tile.c) and to what compares two makers (dirty.c).
 */
#ifndef TILES_SCENE_H
#define TILES_SCENE_H

#include "tiles/paint.h"
#include "tiles/png.h"
#include "tiles/tile.h"

/* A maker's styles and zooms. */
struct tile_scenes;

/* Scenes have numbers: style, language, zoom. */
enum {
    TILE_SCENE_STYLES = 6,
    TILE_SCENES = TILE_SCENE_STYLES * TILE_LANGUAGES * (TILE_ZOOM_MAX + 1),
};
uint32_t tile_scene_number(const char *style, tile_language language, int z);
struct tile_request tile_scene_request(uint32_t number);

/* tile_scene_open reads the shipped icons; styles are read when asked for. */
gaz_status tile_scene_open(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           struct tile_scenes **out);
void tile_scene_close(struct tile_scenes *scenes); /* accepts NULL */

/* tile_scene_get makes the scene of a style and zoom, or gives the one made
 * before; it lives as long as the maker and is immutable.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style */
gaz_status tile_scene_get(struct gaz_ctx *ctx, struct tile_scenes *scenes,
                          const char *style, tile_language language, int z,
                          const struct tile_scene **out);

/* tile_scene_style reads a style, or gives the one read before. */
gaz_status tile_scene_style(struct gaz_ctx *ctx, struct tile_scenes *scenes,
                            const char *style, tile_language language,
                            const struct tile_style **out);

/* tile_scene_palette makes the palette of a style, or gives the one made
 * before; NULL when the style has none. */
const struct tile_png_palette *
tile_scene_palette(struct tile_scenes *scenes, const struct tile_style *style);

/* tile_scene_is_made is true when that scene was asked for before. */
bool tile_scene_is_made(struct tile_scenes *scenes, uint32_t number);

/* tile_scene_follow lets the scenes of a newer snapshot go on from the labels
 * of an older one: those of `from` are settled again only where they differ.
 * `from` keeps its scenes and can make no new ones that go on from them. */
void tile_scene_follow(struct tile_scenes *scenes, struct tile_scenes *from);

/* tile_scene_edit makes the scenes after an edit of named points, of all that
 * `from` has made; both share the rest, and `from` keeps its scenes as above.
 * `inked` is told the boxes of all ink of a scene that came or went, pixels of
 * its zoom. False: such an edit needs a new snapshot (tile_feature_edit), and
 * nothing has changed. */
typedef void tile_scene_inked(void *user, uint32_t number,
                              const struct tile_rect *boxes, uint32_t count);
bool tile_scene_edit(struct tile_scenes *from, const struct tile_edit *edits,
                     uint32_t count, tile_scene_inked *inked, void *user,
                     struct tile_scenes **out, struct tile_edit_change *change);

/* tile_scene_shapes makes the shapes of a zoom, or gives those made before. */
const struct tile_shapes *tile_scene_shapes(struct tile_scenes *scenes, int z);

const struct tile_features *
tile_scene_features(const struct tile_scenes *scenes);
struct tile_font *tile_scene_font(const struct tile_scenes *scenes);
struct tile_setter *tile_scene_setter(const struct tile_scenes *scenes);
const struct tile_icons *tile_scene_icons(const struct tile_scenes *scenes);

/* The scenes of a maker. */
struct tile_scenes *tile_maker_scenes(struct tile_maker *maker);

#endif
