/* pyramid.h - which tiles a box and some zooms have. */
#ifndef TILES_PYRAMID_H
#define TILES_PYRAMID_H

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"

/* tile_pyramid_list lists the tiles that meet `box` (degrees) at zooms `first`
 * to `last`, as ids of hilbert.h, ascending; `*ids` is gaz_malloc's.
 * @return GAZ_OK; GAZ_INVALID: zooms or box; GAZ_LIMIT: more than `max` */
gaz_status tile_pyramid_list(struct gaz_ctx *ctx, const struct gaz_box *box,
                             int first, int last, uint64_t max, uint64_t **ids,
                             uint64_t *count);

#endif
