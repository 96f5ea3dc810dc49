/* webp.h - a canvas as lossless WebP; the one door to libwebp. */
#ifndef TILES_WEBP_H
#define TILES_WEBP_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"
#include "tiles/raster.h"

/* tile_webp_write appends the picture to `out`.
 * @return GAZ_OK; GAZ_LIMIT: libwebp could not make it */
gaz_status tile_webp_write(struct gaz_ctx *ctx,
                           const struct tile_canvas *canvas,
                           struct gaz_buffer *out);

#endif
