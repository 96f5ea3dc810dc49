/* tiles_about.h - what is said about a map style wherever it goes: TileJSON,
 * archives, capabilities, pictures. */
#ifndef API_TILES_ABOUT_H
#define API_TILES_ABOUT_H

#include "api/http.h"
#include "tiles/archive.h"

/* api_tiles_style_check is GAZ_NOT_FOUND, and blames the parameter `style`,
 * when there is no such style. */
gaz_status api_tiles_style_check(struct api_worker *worker, const char *style);

/* Title of a style for people, in both languages; "" for an unknown one. */
const char *api_tiles_title(const char *style);

/* Whom the data comes from, after the number under which the map was reviewed
 * (审图号) where the style has one. In worker->ctx.arena. */
const char *api_tiles_attribution(struct api_worker *worker, const char *style);

/* The box of all positions of the snapshot; the world when there are none. */
struct gaz_box api_tiles_box(const struct gaz_snapshot *snap);

/* The sentence that a map with schematic lines needs. */
extern const char API_TILES_NOTE[];

/* api_tiles_about fills name, description, attribution, version, is_overlay
 * and, for MVT of archive->format, vector_layers.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such style */
gaz_status api_tiles_about(struct api_worker *worker, const char *style,
                           struct tile_archive *archive);

#endif
