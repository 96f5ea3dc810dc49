/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/picture.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/caption.h"
#include "tiles/legend.h"
#include "tiles/png.h"
#include "tiles/window.h"

enum { SUB = TILE_GRID_SUB };

/* ---- where ---- */

static struct tile_view view_of(const struct tile_picture *picture)
{
    struct tile_point corner = tile_grid_project(
        (struct gaz_coord){picture->box.min.lon, picture->box.max.lat});
    struct tile_point other = tile_grid_project(
        (struct gaz_coord){picture->box.max.lon, picture->box.min.lat});
    int64_t width = (int64_t)other.x - corner.x;
    int64_t height = (int64_t)other.y - corner.y;
    int z = TILE_ZOOM_MAX;
    while (z > 0 && ((width >> (24 - z)) > picture->width ||
                     (height >> (24 - z)) > picture->height))
        z--;
    struct tile_view view = {.z = z, .scale = picture->scale};
    view.width = picture->width * view.scale;
    view.height = picture->height * view.scale;
    view.left = tile_grid_sub(corner.x + width / 2, z, view.scale) / SUB -
                view.width / 2;
    view.top = tile_grid_sub(corner.y + height / 2, z, view.scale) / SUB -
               view.height / 2;
    return view;
}

/* ---- pins: red discs with a white rim ---- */

static void draw_disc(struct tile_canvas *canvas, int64_t x, int64_t y,
                      int radius, uint32_t colour)
{
    tile_raster_stroke(canvas, x, y, x, y, radius);
    tile_raster_paint(canvas, colour);
}

static void draw_pins(const struct tile_picture *picture,
                      const struct tile_view *view, struct tile_canvas *canvas)
{
    enum { RIM = 8 * SUB, RED = 6 * SUB, CORE = 2 * SUB };
    const int64_t reach = INT64_C(2) * RIM;
    const int64_t right = (int64_t)view->width * SUB;
    const int64_t bottom = (int64_t)view->height * SUB;
    for (int i = 0; i < picture->pin_count; i++) {
        struct tile_point at = tile_grid_project(picture->pins[i]);
        int64_t x =
            tile_grid_sub(at.x, view->z, view->scale) - view->left * SUB;
        int64_t y = tile_grid_sub(at.y, view->z, view->scale) - view->top * SUB;
        if (x < -reach || y < -reach || x > right + reach || y > bottom + reach)
            continue;
        draw_disc(canvas, x, y, RIM * view->scale, 0xFFFFFFFF);
        draw_disc(canvas, x, y, RED * view->scale, 0xFFC8281E);
        draw_disc(canvas, x, y, CORE * view->scale, 0xFFFFFFFF);
    }
}

/* ---- the foot ---- */

enum { LINE_HEIGHT = 19 };

static int count_lines(const char *words, int width)
{
    int count = 0;
    for (; *words; words += tile_caption_line(words, width))
        count++;
    return count;
}

/* Draws lines upwards: `bottom` pixels of scale 1 are taken already. */
static bool draw_line(struct gaz_ctx *ctx, struct tile_maker *maker,
                      const char *words, int bottom, int scale,
                      struct tile_canvas *canvas)
{
    struct tile_canvas above = *canvas;
    above.height -= bottom * scale;
    return above.height > 0 &&
           tile_caption_draw(ctx, maker, words, scale, &above);
}

/* The credits that there is room for, and how many lines they take. */
static const char *choose_credits(const struct tile_picture *picture,
                                  int *lines)
{
    const char *words = picture->credits;
    *lines = count_lines(words, picture->width);
    if (*lines * LINE_HEIGHT > picture->height / 5) {
        words = picture->refer;
        *lines = count_lines(words, picture->width);
    }
    return words;
}

static bool draw_credits(struct gaz_ctx *ctx, struct tile_maker *maker,
                         const struct tile_picture *picture,
                         struct tile_canvas *canvas)
{
    int lines;
    const char *words = choose_credits(picture, &lines);
    for (int i = lines; i > 0; i--) {
        size_t size = tile_caption_line(words, picture->width);
        const char *line = gaz_arena_strndup(&ctx->arena, words, size);
        if (!draw_line(ctx, maker, line, i * LINE_HEIGHT, picture->scale,
                       canvas))
            return false;
        words += size;
    }
    return true;
}

gaz_status tile_picture_draw(struct gaz_ctx *ctx, struct tile_maker *maker,
                             const struct tile_picture *picture,
                             struct gaz_buffer *out)
{
    int64_t pixels = (int64_t)picture->width * picture->height *
                     picture->scale * picture->scale;
    if (pixels > TILE_PICTURE_PIXELS_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "%lld pixels; at most %d",
                        (long long)pixels, TILE_PICTURE_PIXELS_MAX);
    struct tile_view view = view_of(picture);
    struct tile_canvas canvas;
    gaz_status status = tile_window(ctx, maker, picture->style,
                                    picture->language, &view, &canvas);
    if (status != GAZ_OK)
        return status;
    draw_pins(picture, &view, &canvas);
    int lines;
    (void)choose_credits(picture, &lines);
    if (picture->has_legend)
        status =
            tile_legend_stamp(ctx, maker, picture->style, picture->language,
                              &view, (lines + 1) * LINE_HEIGHT, &canvas);
    if (status != GAZ_OK)
        return status;
    if (!draw_line(ctx, maker, picture->note, 0, picture->scale, &canvas) ||
        !draw_credits(ctx, maker, picture, &canvas))
        return gaz_fail(ctx, GAZ_INVALID,
                        "the picture is too small for the lines at its foot");
    tile_png_write(&ctx->arena, &canvas, out);
    return out->full ? gaz_fail(ctx, GAZ_LIMIT, "the picture is too large")
                     : GAZ_OK;
}
