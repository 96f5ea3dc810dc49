/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/caption.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/scene.h"

enum { SIZE = 11, MARGIN = 4, SUB = 256 };

static void draw_ground(struct tile_canvas *canvas, int64_t width,
                        int64_t height)
{
    int64_t bottom = (int64_t)canvas->height * SUB;
    int64_t top = bottom - height * SUB;
    int64_t right = width * SUB;
    tile_raster_edge(canvas, 0, top, right, top);
    tile_raster_edge(canvas, right, top, right, bottom);
    tile_raster_edge(canvas, right, bottom, 0, bottom);
    tile_raster_edge(canvas, 0, bottom, 0, top);
    tile_raster_fill(canvas);
    tile_raster_paint(canvas, 0xD0FFFFFF);
}

static void draw_marks(struct tile_font *font, const struct tile_text *text,
                       int scale, struct tile_canvas *canvas)
{
    int64_t top = canvas->height - (int64_t)(text->height + MARGIN) * scale;
    tile_glyph_lock(font);
    for (uint32_t i = 0; i < text->count; i++) {
        const struct tile_mark *mark = &text->marks[i];
        struct tile_glyph_key key = {.glyph = mark->glyph,
                                     .face = mark->face,
                                     .size = SIZE,
                                     .scale = scale};
        const struct tile_glyph *glyph = tile_glyph_get(font, &key);
        if (glyph)
            tile_raster_stamp(canvas, &glyph->fill,
                              MARGIN * scale + (mark->dx * scale >> 6),
                              top + (mark->dy * scale >> 6), 0xFF404040);
    }
    tile_glyph_unlock(font);
}

bool tile_caption_draw(struct gaz_ctx *ctx, struct tile_maker *maker,
                       const char *words, int scale, struct tile_canvas *canvas)
{
    struct tile_scenes *scenes = tile_maker_scenes(maker);
    struct tile_text_look look = {.size = SIZE};
    struct tile_text text;
    struct tile_font *font = tile_scene_font(scenes);
    tile_glyph_lock(font);
    bool ok = tile_text_lay(&ctx->arena, tile_scene_setter(scenes), &look,
                            words, &text);
    tile_glyph_unlock(font);
    if (!ok || (text.width + 2 * MARGIN) * scale > canvas->width ||
        (text.height + 2 * MARGIN) * scale > canvas->height)
        return false;
    draw_ground(canvas, (int64_t)(text.width + 2 * MARGIN) * scale,
                (int64_t)(text.height + 2 * MARGIN) * scale);
    draw_marks(font, &text, scale, canvas);
    return true;
}

enum { WIDE = 12, NARROW = 7, SIDES = 12, LINE_CHARS = 100 };

static bool is_wide(uint32_t c)
{
    return c >= 0x2000;
}

/* Full-width commas and brackets do not begin a line. */
static bool may_begin(const char *rest)
{
    static const char *const NEVER[] = {"，", "；", "。", "、", "）", "："};
    for (size_t i = 0; i < sizeof NEVER / sizeof NEVER[0]; i++)
        if (gaz_text_starts_with(rest, NEVER[i]))
            return false;
    return true;
}

size_t tile_caption_line(const char *words, int width)
{
    size_t len = strlen(words);
    size_t at = 0;
    size_t good = 0;
    int used = SIDES;
    for (int chars = 0; at < len; chars++) {
        size_t next = at;
        uint32_t c = gaz_text_next(words, len, &next);
        used += is_wide(c) ? WIDE : NARROW;
        if (at > 0 && (used > width || chars == LINE_CHARS))
            return good > 0 ? good : at;
        at = next;
        if ((c == ' ' || is_wide(c)) && may_begin(words + at))
            good = at;
    }
    return len;
}

gaz_status tile_caption_review(struct gaz_ctx *ctx, struct tile_maker *maker,
                               const char *style, const char **out)
{
    const struct tile_style *read;
    gaz_status status = tile_scene_style(ctx, tile_maker_scenes(maker), style,
                                         TILE_LANGUAGE_CHINESE, &read);
    if (status != GAZ_OK)
        return status;
    *out = read->review[0] == '\0'
               ? ""
               : gaz_arena_printf(&ctx->arena, "审图号：%s", read->review);
    return GAZ_OK;
}
