/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/png.h"

#include <string.h>

#include "tiles/deflate.h"

enum { COLOURS_MAX = 256, SLOTS = 1024 };
enum { TYPE_RGB = 2, TYPE_PALETTE = 3, TYPE_RGBA = 6 };

/* The colours of a picture, in the order in which they first appear. */
struct palette {
    uint32_t colours[COLOURS_MAX]; /* premultiplied, as on the canvas */
    int count;
    struct {
        uint32_t colour;
        int16_t number; /* index + 1; 0: a free slot */
    } slots[SLOTS];
};

/* The index of a colour, which is added when new; -1: there are too many. */
static int index_of(struct palette *palette, uint32_t colour)
{
    uint32_t at = (colour * UINT32_C(0x9E3779B1)) >> 22;
    for (;; at++) {
        uint32_t slot = at & (SLOTS - 1);
        if (palette->slots[slot].number == 0) {
            if (palette->count == COLOURS_MAX)
                return -1;
            palette->colours[palette->count++] = colour;
            palette->slots[slot].colour = colour;
            palette->slots[slot].number = (int16_t)palette->count;
        }
        if (palette->slots[slot].colour == colour)
            return palette->slots[slot].number - 1;
    }
}

/* Undoes the multiplication by alpha. */
static void to_rgba(uint32_t colour, unsigned char out[4])
{
    uint32_t alpha = colour >> 24;
    for (int i = 0; i < 3; i++) {
        uint32_t value = colour >> (16 - 8 * i) & 255;
        if (alpha != 0 && alpha != 255)
            value = (value * 255 + alpha / 2) / alpha;
        out[i] = (unsigned char)(value > 255 ? 255 : value);
    }
    out[3] = (unsigned char)alpha;
}

static void put_u32(unsigned char *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void chunk(struct gaz_buffer *out, const char *type, const void *data,
                  size_t size)
{
    unsigned char number[4];
    put_u32(number, (uint32_t)size);
    gaz_buffer_bytes(out, number, 4);
    gaz_buffer_bytes(out, type, 4);
    gaz_buffer_bytes(out, data, size);
    uint32_t crc = tile_deflate_crc(tile_deflate_crc(0, type, 4), data, size);
    put_u32(number, crc);
    gaz_buffer_bytes(out, number, 4);
}

static void header(struct gaz_buffer *out, const struct tile_canvas *canvas,
                   int type)
{
    static const unsigned char SIGNATURE[8] = {137, 'P',  'N', 'G',
                                               13,  '\n', 26,  '\n'};
    unsigned char data[13] = {[8] = 8, [9] = (unsigned char)type};
    put_u32(data, (uint32_t)canvas->width);
    put_u32(data + 4, (uint32_t)canvas->height);
    gaz_buffer_bytes(out, SIGNATURE, sizeof SIGNATURE);
    chunk(out, "IHDR", data, sizeof data);
}

static void write_palette(struct gaz_buffer *out, const struct palette *palette)
{
    unsigned char colours[3 * COLOURS_MAX] = {0};
    unsigned char alphas[COLOURS_MAX];
    int alpha_count = 0; /* those after the last transparent one are 255 */
    for (int i = 0; i < palette->count; i++) {
        unsigned char rgba[4];
        to_rgba(palette->colours[i], rgba);
        memcpy(colours + (size_t)3 * (size_t)i, rgba, 3);
        alphas[i] = rgba[3];
        if (rgba[3] != 255)
            alpha_count = i + 1;
    }
    chunk(out, "PLTE", colours, (size_t)3 * (size_t)palette->count);
    if (alpha_count > 0)
        chunk(out, "tRNS", alphas, (size_t)alpha_count);
}

/* Rows of palette indexes, each behind a filter byte of 0; NULL when there are
 * too many colours. */
static unsigned char *palette_rows(struct gaz_arena *arena,
                                   const struct tile_canvas *canvas,
                                   struct palette *palette)
{
    size_t width = (size_t)canvas->width;
    size_t height = (size_t)canvas->height;
    unsigned char *rows = gaz_arena_alloc(arena, (width + 1) * height);
    const uint32_t *pixel = canvas->pixels;
    uint32_t last = ~*pixel;
    int index = 0;
    for (size_t y = 0; y < height; y++) {
        unsigned char *row = rows + y * (width + 1);
        for (size_t x = 1; x <= width; x++, pixel++) {
            if (*pixel != last)
                index = index_of(palette, *pixel);
            if (index < 0)
                return NULL;
            last = *pixel;
            row[x] = (unsigned char)index;
        }
    }
    return rows;
}

static bool is_opaque(const struct tile_canvas *canvas)
{
    uint32_t all = UINT32_MAX;
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    for (size_t i = 0; i < count; i++)
        all &= canvas->pixels[i];
    return all >> 24 == 255;
}

static unsigned char *colour_rows(struct gaz_arena *arena,
                                  const struct tile_canvas *canvas,
                                  size_t channels)
{
    size_t width = (size_t)canvas->width;
    size_t height = (size_t)canvas->height;
    size_t stride = 1 + channels * width;
    unsigned char *rows = gaz_arena_alloc(arena, stride * height);
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++) {
            unsigned char rgba[4];
            to_rgba(canvas->pixels[y * width + x], rgba);
            memcpy(rows + y * stride + 1 + x * channels, rgba, channels);
        }
    return rows;
}

void tile_png_write(struct gaz_arena *arena, const struct tile_canvas *canvas,
                    struct gaz_buffer *out)
{
    struct palette *palette = gaz_arena_alloc(arena, sizeof *palette);
    size_t height = (size_t)canvas->height;
    size_t channels = 1;
    unsigned char *rows = palette_rows(arena, canvas, palette);
    if (rows) {
        header(out, canvas, TYPE_PALETTE);
        write_palette(out, palette);
    } else {
        bool opaque = is_opaque(canvas);
        channels = opaque ? 3 : 4;
        header(out, canvas, opaque ? TYPE_RGB : TYPE_RGBA);
        rows = colour_rows(arena, canvas, channels);
    }
    unsigned char *packed;
    size_t size = tile_deflate_zlib(
        arena, rows, (1 + channels * (size_t)canvas->width) * height, &packed);
    chunk(out, "IDAT", packed, size);
    chunk(out, "IEND", NULL, 0);
}

/* ---- a palette that was given ---- */

enum { EXACT_BITS = 12, EXACT = 1 << EXACT_BITS, CUBE = 1 << 16 };

struct tile_png_palette {
    struct palette palette;
    uint8_t nearest[CUBE]; /* by 5, 6 and 5 bits of red, green and blue */
    struct {
        uint32_t colour; /* 0: a free slot (opaque colours are never 0) */
        uint8_t index;
    } exact[EXACT];
};

static uint8_t search_nearest(const struct palette *palette, int32_t red,
                              int32_t green, int32_t blue)
{
    int best = 0;
    int32_t least = INT32_MAX;
    for (int i = 0; i < palette->count; i++) {
        int32_t r = (int32_t)(palette->colours[i] >> 16 & 255) - red;
        int32_t g = (int32_t)(palette->colours[i] >> 8 & 255) - green;
        int32_t b = (int32_t)(palette->colours[i] & 255) - blue;
        int32_t distance = r * r + g * g + b * b;
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return (uint8_t)best;
}

static uint32_t exact_slot(const struct tile_png_palette *made, uint32_t colour)
{
    uint32_t at = (colour * UINT32_C(0x9E3779B1)) >> (32 - EXACT_BITS);
    while (made->exact[at].colour != 0 && made->exact[at].colour != colour)
        at = (at + 1) & (EXACT - 1);
    return at;
}

const struct tile_png_palette *tile_png_palette_make(struct gaz_arena *arena,
                                                     const uint32_t *colours,
                                                     int count)
{
    struct tile_png_palette *made = gaz_arena_alloc(arena, sizeof *made);
    made->palette.count = count;
    memcpy(made->palette.colours, colours, (size_t)count * sizeof *colours);
    for (int i = 0; i < CUBE; i++)
        made->nearest[i] =
            search_nearest(&made->palette, (i >> 11) * 8 + 4,
                           (i >> 5 & 63) * 4 + 2, (i & 31) * 8 + 4);
    for (int i = 0; i < count; i++) {
        uint32_t at = exact_slot(made, colours[i]);
        made->exact[at].colour = colours[i];
        made->exact[at].index = (uint8_t)i;
    }
    return made;
}

static uint8_t index_in(const struct tile_png_palette *made, uint32_t colour)
{
    uint32_t at = exact_slot(made, colour);
    if (made->exact[at].colour == colour)
        return made->exact[at].index;
    return made->nearest[(colour >> 8 & 0xF800) | (colour >> 5 & 0x7E0) |
                         (colour >> 3 & 0x1F)];
}

void tile_png_write_palette(struct gaz_arena *arena,
                            const struct tile_canvas *canvas,
                            const struct tile_png_palette *palette,
                            struct gaz_buffer *out)
{
    if (!is_opaque(canvas)) {
        tile_png_write(arena, canvas, out);
        return;
    }
    size_t width = (size_t)canvas->width;
    size_t height = (size_t)canvas->height;
    unsigned char *rows = gaz_arena_alloc(arena, (width + 1) * height);
    const uint32_t *pixel = canvas->pixels;
    uint32_t last = ~*pixel;
    uint8_t index = 0;
    for (size_t y = 0; y < height; y++) {
        unsigned char *row = rows + y * (width + 1);
        for (size_t x = 1; x <= width; x++, pixel++) {
            if (*pixel != last)
                index = index_in(palette, *pixel);
            last = *pixel;
            row[x] = index;
        }
    }
    header(out, canvas, TYPE_PALETTE);
    write_palette(out, &palette->palette);
    unsigned char *packed;
    size_t size = tile_deflate_zlib(arena, rows, (width + 1) * height, &packed);
    chunk(out, "IDAT", packed, size);
    chunk(out, "IEND", NULL, 0);
}
