/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: pictures with few and many colours, opaque and not, of odd sizes,
 * read back by libpng pixel by pixel; the type that the header says; the same
 * picture twice gives the same bytes; a buffer that is too small is marked. */
#include "tests/unit/test.h"

#include <string.h>

#include <png.h>

#include "tiles/png.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_back),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
