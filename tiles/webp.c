/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/webp.h"

#include <webp/encode.h>

enum { SPEED = 1 }; /* of 0 to 9: more is smaller and much slower */

static uint32_t straight(uint32_t colour)
{
    uint32_t alpha = colour >> 24;
    if (alpha == 0 || alpha == 255)
        return alpha == 0 ? 0 : colour;
    uint32_t made = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t value = ((colour >> shift & 255) * 255 + alpha / 2) / alpha;
        made |= (value > 255 ? 255 : value) << shift;
    }
    return made;
}

static int append(const uint8_t *data, size_t size, const WebPPicture *picture)
{
    struct gaz_buffer *out = picture->custom_ptr;
    gaz_buffer_bytes(out, data, size);
    return !out->full;
}

gaz_status tile_webp_write(struct gaz_ctx *ctx,
                           const struct tile_canvas *canvas,
                           struct gaz_buffer *out)
{
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPConfigLosslessPreset(&config, SPEED) ||
        !WebPPictureInit(&picture))
        return gaz_fail(ctx, GAZ_LIMIT, "libwebp does not start");
    config.thread_level = 0;
    picture.use_argb = 1;
    picture.width = canvas->width;
    picture.height = canvas->height;
    picture.writer = append;
    picture.custom_ptr = out;
    if (!WebPPictureAlloc(&picture))
        return gaz_fail(ctx, GAZ_LIMIT, "libwebp has no memory");
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++)
            picture.argb[y * picture.argb_stride + x] =
                straight(canvas->pixels[y * canvas->width + x]);
    bool ok = WebPEncode(&config, &picture) != 0;
    int error = (int)picture.error_code;
    WebPPictureFree(&picture);
    if (!ok && !out->full)
        return gaz_fail(ctx, GAZ_LIMIT, "libwebp: error %d", error);
    return GAZ_OK;
}
