/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/icon.h"

#include <string.h>

#include "gazetteer/base/json.h"
#include "gazetteer/base/text.h"
#include "tiles/grid.h"
#include "tiles/icon_sheet.h"
#include "tiles/style.h"

enum { ICONS_MAX = 256, DIGIT_SIZE = 11 };

struct tile_icons {
    struct gaz_arena arena;
    struct tile_icon items[ICONS_MAX];
    int count;
};

const char *tile_icon_file(size_t *size)
{
    return tile_style_file("icons", size);
}

const struct tile_icon *tile_icon_find(const struct tile_icons *icons,
                                       const char *name)
{
    for (int i = 0; i < icons->count; i++)
        if (strcmp(icons->items[i].name, name) == 0)
            return &icons->items[i];
    return NULL;
}

void tile_icon_stamp(struct tile_canvas *canvas, const struct tile_canvas *icon,
                     int64_t x, int64_t y)
{
    for (int row = 0; row < icon->height; row++) {
        if (y + row < 0 || y + row >= canvas->height)
            continue;
        for (int i = 0; i < icon->width; i++)
            if (x + i >= 0 && x + i < canvas->width)
                tile_raster_over(
                    &canvas->pixels[(y + row) * canvas->width + x + i],
                    icon->pixels[(size_t)row * (size_t)icon->width +
                                 (size_t)i]);
    }
}

/* ---- drawing ---- */

static int64_t to_sub(double value, int scale)
{
    double sub = value * TILE_GRID_SUB * scale;
    return (int64_t)(sub < 0 ? sub - 0.5 : sub + 0.5);
}

static void fill_shape(struct tile_canvas *canvas,
                       const struct tile_icon_shape *shape, int scale)
{
    for (uint32_t i = 0; i < shape->edge_count; i++) {
        const double *e = shape->edges[i].at;
        tile_raster_edge(canvas, to_sub(e[0], scale), to_sub(e[1], scale),
                         to_sub(e[2], scale), to_sub(e[3], scale));
    }
    tile_raster_fill(canvas);
    tile_raster_paint(canvas, shape->fill);
}

static void draw(struct gaz_arena *arena, const struct tile_icon_symbol *symbol,
                 struct tile_icon *out)
{
    out->name = symbol->name;
    out->side = symbol->side;
    for (int scale = 1; scale <= TILE_ICON_SCALES; scale++) {
        struct tile_canvas *canvas = &out->pictures[scale - 1];
        tile_raster_open(arena, symbol->side * scale, symbol->side * scale, 0,
                         canvas);
        for (uint32_t i = 0; i < symbol->shape_count; i++)
            fill_shape(canvas, &symbol->shapes[i], scale);
    }
}

/* ---- numbers ---- */

static void stamp_digits(struct tile_font *font, const char *digits, int scale,
                         struct tile_canvas *canvas)
{
    struct tile_letter letters[8];
    int count = 0;
    int width = 0;
    for (; count < 8 && digits[count]; count++) {
        if (!tile_glyph_letter(font, (uint32_t)digits[count], true,
                               &letters[count]))
            return;
        width += letters[count].advance * DIGIT_SIZE * 64 / letters[count].em;
    }
    int pen = canvas->width * 32 - width * scale / 2;
    /* digits are 0.73 em high */
    int baseline = canvas->height / 2 + DIGIT_SIZE * scale * 73 / 200;
    for (int i = 0; i < count; i++) {
        struct tile_glyph_key key = {.glyph = letters[i].glyph,
                                     .face = letters[i].face,
                                     .size = DIGIT_SIZE,
                                     .scale = scale};
        const struct tile_glyph *glyph = tile_glyph_get(font, &key);
        if (glyph)
            tile_raster_stamp(canvas, &glyph->fill, (pen + 32) >> 6, baseline,
                              0xFFB3261E);
        pen += letters[i].advance * DIGIT_SIZE * 64 / letters[i].em * scale;
    }
}

static void draw_clusters(struct tile_icons *icons, struct tile_font *font,
                          const struct tile_icon_symbol *symbol)
{
    for (int n = 2; n <= TILE_ICON_CLUSTER_MAX && icons->count < ICONS_MAX;
         n++) {
        struct tile_icon *icon = &icons->items[icons->count++];
        draw(&icons->arena, symbol, icon);
        icon->name = gaz_arena_printf(&icons->arena, "cluster-%d", n);
        const char *digits = gaz_arena_printf(&icons->arena, "%d", n);
        for (int scale = 1; scale <= TILE_ICON_SCALES; scale++)
            stamp_digits(font, digits, scale, &icon->pictures[scale - 1]);
    }
}

gaz_status tile_icon_open(struct gaz_ctx *ctx, struct tile_font *font,
                          const char *text, size_t size,
                          struct tile_icons **out)
{
    struct tile_icon_symbol *symbols;
    uint32_t count;
    gaz_status status = tile_icon_sheet_read(ctx, text, size, &symbols, &count);
    if (status != GAZ_OK)
        return status;
    if (count > ICONS_MAX - TILE_ICON_CLUSTER_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "the icon sheet has %u symbols", count);
    struct tile_icons *icons = gaz_malloc(sizeof *icons);
    for (uint32_t i = 0; i < count; i++) {
        draw(&icons->arena, &symbols[i], &icons->items[icons->count]);
        icons->items[icons->count++].name =
            gaz_arena_strdup(&icons->arena, symbols[i].name);
    }
    tile_glyph_lock(font);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(symbols[i].name, "cluster") == 0)
            draw_clusters(icons, font, &symbols[i]);
    tile_glyph_unlock(font);
    *out = icons;
    return GAZ_OK;
}

void tile_icon_close(struct tile_icons *icons)
{
    if (!icons)
        return;
    gaz_arena_close(&icons->arena);
    gaz_free(icons);
}

/* ---- the sprite ---- */

void tile_icon_sheet(struct gaz_arena *arena, const struct tile_icons *icons,
                     int scale, struct tile_canvas *out,
                     struct gaz_buffer *index)
{
    enum { COLUMNS = 12 };
    struct gaz_json json;
    int cell = 0;
    for (int i = 0; i < icons->count; i++)
        if (icons->items[i].side >= cell)
            cell = icons->items[i].side + 1;
    int rows = (icons->count + COLUMNS - 1) / COLUMNS;
    tile_raster_open(arena, COLUMNS * cell * scale, rows * cell * scale, 0,
                     out);
    gaz_json_open(&json, index);
    gaz_json_object(&json, NULL);
    for (int i = 0; i < icons->count; i++) {
        const struct tile_icon *icon = &icons->items[i];
        int x = i % COLUMNS * cell * scale;
        int y = i / COLUMNS * cell * scale;
        tile_icon_stamp(out, &icon->pictures[scale - 1], x, y);
        gaz_json_object(&json, icon->name);
        gaz_json_int(&json, "x", x);
        gaz_json_int(&json, "y", y);
        gaz_json_int(&json, "width", (int64_t)icon->side * scale);
        gaz_json_int(&json, "height", (int64_t)icon->side * scale);
        gaz_json_int(&json, "pixelRatio", scale);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
}
