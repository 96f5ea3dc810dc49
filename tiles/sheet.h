/* sheet.h - a window of the map drawn with ink.h, as paint.h draws it in
 * pixels: areas and lines in the style's order, then names. */
#ifndef TILES_SHEET_H
#define TILES_SHEET_H

#include "tiles/ink.h"
#include "tiles/paint.h"

/* tile_sheet_draw draws the view (scale 1) with its upper left corner at 0, 0;
 * a unit of the sheet is a pixel. */
void tile_sheet_draw(struct gaz_arena *arena, struct tile_ink *ink,
                     const struct tile_scene *scene,
                     const struct tile_view *view);

#endif
