/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: pictures with few and many colours, opaque and not, of odd sizes,
 * read back by libpng pixel by pixel; the type that the header says; the same
 * picture twice gives the same bytes; a buffer that is too small is marked.
 * The palettes of the shipped styles: maps written with them differ from what
 * was drawn by 42 dB at least, and a palette's own colours not at all. WebP is
 * read back by libwebp. */
#include "tests/unit/test.h"

#include <string.h>

#include <math.h>
#include <png.h>
#include <webp/decode.h>

#include "tests/unit/tiles/sample.h"
#include "tiles/png.h"
#include "tiles/webp.h"
#include "tiles/window.h"

static uint32_t pixel_of(int kind, int x, int y)
{
    uint32_t at = (uint32_t)(y * 97 + x);
    switch (kind) {
    case 0: /* one colour */
        return 0xFFE9EDEE;
    case 1: /* 256 opaque colours */
        return 0xFF000000 | (at % 256) * 0x010203;
    case 2: /* 257 opaque colours */
        return 0xFF000000 | (at % 257) * 0x10101;
    case 3: /* transparent, few colours: grey of every alpha, premultiplied */
        return (at % 256) * 0x01010101;
    case 4: /* transparent, many colours */
        return ((at % 256) << 24) | (at * 7 % (at % 256 + 1)) << 8;
    default: /* transparent throughout */
        return 0;
    }
}

static struct tile_canvas picture(struct gaz_arena *arena, int kind, int width,
                                  int height)
{
    struct tile_canvas canvas;
    tile_raster_open(arena, width, height, 0, &canvas);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            canvas.pixels[y * width + x] = pixel_of(kind, x, y);
    return canvas;
}

/* What libpng reads, against the canvas. */
static void check_pixels(const struct gaz_buffer *file,
                         const struct tile_canvas *canvas)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(
        png_image_begin_read_from_memory(&image, file->data, file->size));
    image.format = PNG_FORMAT_RGBA;
    assert_int_equal(image.width, canvas->width);
    assert_int_equal(image.height, canvas->height);
    unsigned char *rgba = gaz_malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, rgba, 0, NULL));
    for (int i = 0; i < canvas->width * canvas->height; i++) {
        uint32_t pixel = canvas->pixels[i];
        uint32_t alpha = pixel >> 24;
        assert_int_equal(rgba[4 * i + 3], alpha);
        for (int k = 0; k < 3; k++) {
            uint32_t want = pixel >> (16 - 8 * k) & 255;
            /* multiplied again, it is what the canvas had, but for rounding */
            uint32_t got = (rgba[4 * i + k] * alpha + 127) / 255;
            assert_near(got, want, alpha == 255 ? 0 : 1);
        }
    }
    gaz_free(rgba);
}

static void test_read_back(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        int kind;
        int width;
        int height;
        int type; /* of IHDR: 3 palette, 2 RGB, 6 RGBA */
    } CASES[] = {
        {"one colour", 0, 256, 256, 3},  {"one pixel", 0, 1, 1, 3},
        {"256 colours", 1, 256, 256, 3}, {"257 colours", 2, 257, 31, 2},
        {"glass, few", 3, 256, 256, 3},  {"glass, many", 4, 300, 200, 6},
        {"empty", 5, 512, 512, 3},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_arena arena = {0};
        struct gaz_buffer file;
        struct gaz_buffer again;
        gaz_buffer_open(&file, 1 << 22);
        gaz_buffer_open(&again, 1 << 22);
        struct tile_canvas canvas =
            picture(&arena, CASES[i].kind, CASES[i].width, CASES[i].height);
        tile_png_write(&arena, &canvas, &file);
        tile_png_write(&arena, &canvas, &again);
        assert_false(file.full);
        assert_int_equal(file.data[25], CASES[i].type);
        assert_int_equal(file.size, again.size);
        assert_memory_equal(file.data, again.data, file.size);
        check_pixels(&file, &canvas);
        gaz_buffer_close(&file);
        gaz_buffer_close(&again);
        gaz_arena_close(&arena);
    }
}

static void test_too_large(void **state)
{
    (void)state;
    struct gaz_arena arena = {0};
    struct gaz_buffer file;
    gaz_buffer_open(&file, 200);
    struct tile_canvas canvas = picture(&arena, 4, 64, 64);
    tile_png_write(&arena, &canvas, &file);
    assert_true(file.full);
    gaz_buffer_close(&file);
    gaz_arena_close(&arena);
}

/* ---- palettes ---- */

static double decibels(const struct gaz_buffer *file,
                       const struct tile_canvas *canvas)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(
        png_image_begin_read_from_memory(&image, file->data, file->size));
    image.format = PNG_FORMAT_RGB;
    unsigned char *rgb = gaz_malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, rgb, 0, NULL));
    int count = canvas->width * canvas->height;
    double sum = 0;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) {
            double d = (double)rgb[3 * i + k] -
                       (double)(canvas->pixels[i] >> (16 - 8 * k) & 255);
            sum += d * d;
        }
    gaz_free(rgb);
    return sum > 0 ? 10 * log10(255.0 * 255.0 * 3 * count / sum) : 99;
}

static void check_style(struct gaz_ctx *ctx, struct tile_maker *maker,
                        const char *name, int z)
{
    struct tile_style style;
    assert_status(tile_style_shipped(ctx, name, 0, &style), GAZ_OK);
    assert_true(style.palette_count > 100);
    const struct tile_png_palette *palette =
        tile_png_palette_make(&ctx->arena, style.palette, style.palette_count);
    struct tile_point at = tile_grid_project((struct gaz_coord){121.1, 30.72});
    struct tile_view view = {z,
                             1,
                             ((int64_t)at.x >> (24 - z)) - 512,
                             ((int64_t)at.y >> (24 - z)) - 512,
                             1024,
                             1024};
    struct tile_canvas canvas;
    struct gaz_buffer file;
    assert_status(tile_window(ctx, maker, name, 0, &view, &canvas), GAZ_OK);
    gaz_buffer_open(&file, 1 << 24);
    tile_png_write_palette(&ctx->arena, &canvas, palette, &file);
    double db = decibels(&file, &canvas);
    print_message("           %s, zoom %d: %.1f dB\n", name, z, db);
    assert_true(db >= 42);
    for (int i = 0; i < style.palette_count; i++)
        canvas.pixels[i] = style.palette[i];
    canvas.width = style.palette_count;
    canvas.height = 1;
    gaz_buffer_clear(&file);
    tile_png_write_palette(&ctx->arena, &canvas, palette, &file);
    assert_true(decibels(&file, &canvas) == 99);
    gaz_buffer_close(&file);
}

static void test_palettes(void **state)
{
    (void)state;
    struct sample sample;
    struct gaz_ctx ctx = {0};
    struct tile_maker *maker;
    sample_open(&sample);
    sample_counties(&sample);
    assert_status(tile_maker_open(&ctx, &sample.snap, &maker), GAZ_OK);
    for (int i = 0; i < 3; i++)
        for (int z = 10; z <= 16; z += 3) {
            gaz_ctx_next(&ctx);
            check_style(&ctx, maker, TILE_STYLES[i], z);
        }
    tile_maker_close(maker);
    gaz_ctx_close(&ctx);
    sample_close(&sample);
}

/* ---- WebP ---- */

static void test_webp(void **state)
{
    (void)state;
    for (int kind = 0; kind <= 5; kind++) {
        struct gaz_ctx ctx = {0};
        struct gaz_buffer file;
        gaz_buffer_open(&file, 1 << 22);
        struct tile_canvas canvas = picture(&ctx.arena, kind, 200, 100);
        assert_status(tile_webp_write(&ctx, &canvas, &file), GAZ_OK);
        int width;
        int height;
        uint8_t *rgba = WebPDecodeRGBA((const uint8_t *)file.data, file.size,
                                       &width, &height);
        assert_non_null(rgba);
        assert_int_equal(width, 200);
        assert_int_equal(height, 100);
        for (int i = 0; i < width * height; i++) {
            uint32_t alpha = canvas.pixels[i] >> 24;
            assert_int_equal(rgba[4 * i + 3], alpha);
            for (int k = 0; k < 3; k++) {
                uint32_t got = (rgba[4 * i + k] * alpha + 127) / 255;
                assert_near(got, canvas.pixels[i] >> (16 - 8 * k) & 255,
                            alpha == 255 ? 0 : 1);
            }
        }
        WebPFree(rgba);
        gaz_buffer_close(&file);
        gaz_ctx_close(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_back),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_palettes),
        cmocka_unit_test(test_webp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
