/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: the coverage of random polygons (crossing themselves, far outside
 * of the window) and strokes against brute force at 32 x 32 samples a pixel;
 * windows at any offset give the same pixels, bit by bit, for polygons, strokes
 * and shores; neighbours that share an edge leave no gap; painting and stamping
 * by a table, and every coverage under several opacities against the formula,
 * rounded; the side of a shore. */
#include "tests/unit/test.h"

#include <string.h>

#include "tests/unit/tiles/random.h"
#include "tiles/raster.h"
#include "tiles/shore.h"

enum { SUB = 256, SIZE = 40, CORNERS_MAX = 9 };

struct polygon {
    int64_t at[CORNERS_MAX][2];
    size_t count;
};

static struct polygon random_polygon(struct random *random, int64_t low,
                                     int64_t high)
{
    struct polygon made = {.count =
                               (size_t)random_between(random, 3, CORNERS_MAX)};
    for (size_t i = 0; i < made.count; i++)
        for (int k = 0; k < 2; k++)
            made.at[i][k] = random_between(random, low, high);
    return made;
}

static void fill(struct tile_canvas *canvas, const struct polygon *polygon,
                 int64_t left, int64_t top)
{
    for (size_t i = 0; i < polygon->count; i++) {
        const int64_t *a = polygon->at[i];
        const int64_t *b = polygon->at[(i + 1) % polygon->count];
        tile_raster_edge(canvas, a[0] - left, a[1] - top, b[0] - left,
                         b[1] - top);
    }
    tile_raster_fill(canvas);
}

/* +1 or -1 for each edge left of the sample: the area that even-odd folds. */
static int winding_of(const struct polygon *polygon, double x, double y)
{
    int count = 0;
    for (size_t i = 0; i < polygon->count; i++) {
        const int64_t *a = polygon->at[i];
        const int64_t *b = polygon->at[(i + 1) % polygon->count];
        if (((double)a[1] > y) == ((double)b[1] > y))
            continue;
        double at = (double)a[0] + (y - (double)a[1]) * (double)(b[0] - a[0]) /
                                       (double)(b[1] - a[1]);
        if (at <= x)
            count += b[1] > a[1] ? 1 : -1;
    }
    return count;
}

/* Coverage accumulates signed area, so a pixel inside of which edges cross is
 * judged by its mean winding: that is the definition, and brute force has it
 * too. */
static double brute_force(const struct polygon *polygon, int x, int y)
{
    enum { SAMPLES = 32 };
    int sum = 0;
    for (int j = 0; j < SAMPLES; j++)
        for (int i = 0; i < SAMPLES; i++)
            sum += winding_of(polygon, x * SUB + (i + 0.5) * SUB / SAMPLES,
                              y * SUB + (j + 0.5) * SUB / SAMPLES);
    double mean = fabs((double)sum) / (SAMPLES * SAMPLES);
    mean = fmod(mean, 2);
    return 255 * (mean > 1 ? 2 - mean : mean);
}

static void test_fill_against_samples(void **state)
{
    (void)state;
    struct random random = random_open(10);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 24; round++) {
        gaz_arena_reset(&arena);
        struct tile_canvas canvas;
        tile_raster_open(&arena, SIZE, SIZE, 0, &canvas);
        int64_t far = round % 3 == 0 ? 100 * SUB : SUB / 2;
        struct polygon polygon =
            random_polygon(&random, -far, SIZE * SUB + far);
        fill(&canvas, &polygon, 0, 0);
        for (int y = 0; y < SIZE; y++)
            for (int x = 0; x < SIZE; x++)
                assert_near(canvas.mask[y * SIZE + x],
                            brute_force(&polygon, x, y), 12);
    }
    gaz_arena_close(&arena);
}

/* The mask of a window is a cut-out of a larger window's mask. */
static void test_windows_agree(void **state)
{
    (void)state;
    struct random random = random_open(11);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 200; round++) {
        gaz_arena_reset(&arena);
        struct tile_canvas big;
        struct tile_canvas small;
        tile_raster_open(&arena, 3 * SIZE, 3 * SIZE, 0, &big);
        tile_raster_open(&arena, SIZE, SIZE, 0, &small);
        int64_t far = round % 2 ? INT64_C(1) << 26 : 200 * SUB;
        int64_t left = random_between(&random, 0, 2 * SIZE);
        int64_t top = random_between(&random, 0, 2 * SIZE);
        struct polygon polygon = random_polygon(&random, -far, far);
        const int64_t *a = polygon.at[0];
        const int64_t *b = polygon.at[1];
        if (round % 4 < 2) {
            fill(&big, &polygon, 0, 0);
            fill(&small, &polygon, left * SUB, top * SUB);
        } else {
            int half = (int)random_between(&random, 20, 4000);
            tile_raster_stroke(&big, a[0], a[1], b[0], b[1], half);
            tile_raster_stroke(&small, a[0] - left * SUB, a[1] - top * SUB,
                               b[0] - left * SUB, b[1] - top * SUB, half);
        }
        for (int y = 0; y < SIZE; y++)
            assert_memory_equal(
                small.mask + (size_t)y * SIZE,
                big.mask + ((size_t)(y + top) * 3 * SIZE + (size_t)left), SIZE);
    }
    gaz_arena_close(&arena);
}

static void test_shores_agree(void **state)
{
    (void)state;
    struct random random = random_open(12);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 60; round++) {
        gaz_arena_reset(&arena);
        struct polygon line =
            random_polygon(&random, -20 * SUB, 3 * SIZE * SUB);
        struct tile_canvas canvas[2];
        int64_t left[2] = {0, random_between(&random, 0, 2 * SIZE)};
        for (int i = 0; i < 2; i++) {
            struct tile_shore shore;
            int size = i == 0 ? 3 * SIZE : SIZE;
            tile_raster_open(&arena, size, size, 0, &canvas[i]);
            tile_shore_open(&arena, &canvas[i], 20 * SUB, &shore);
            for (size_t k = 0; k + 1 < line.count; k++)
                tile_shore_edge(
                    &shore, line.at[k][0] - left[i] * SUB, line.at[k][1],
                    line.at[k + 1][0] - left[i] * SUB, line.at[k + 1][1], 1);
            tile_shore_fill(&shore);
        }
        for (int y = 0; y < SIZE; y++)
            assert_memory_equal(canvas[1].mask + (size_t)y * SIZE,
                                canvas[0].mask +
                                    ((size_t)y * 3 * SIZE + (size_t)left[1]),
                                SIZE);
    }
    gaz_arena_close(&arena);
}

/* A bay: sea inside of a right angle, land outside. */
static void test_shore_side(void **state)
{
    (void)state;
    struct gaz_arena arena = {0};
    static const struct {
        const char *label;
        int x, y;
        bool sea;
    } CASES[] = {
        {"in the bay", 12, 22, true},        {"near the corner", 21, 21, false},
        {"past the corner", 24, 16, false},  {"on the land", 12, 18, false},
        {"on the land, low", 22, 30, false}, {"far away", 2, 38, false},
        {"in the corner", 18, 22, true},
    };
    struct tile_canvas canvas;
    struct tile_shore shore;
    tile_raster_open(&arena, SIZE, SIZE, 0, &canvas);
    tile_shore_open(&arena, &canvas, 8 * SUB, &shore);
    tile_shore_edge(&shore, 0, 20 * SUB, 20 * SUB, 20 * SUB, 1);
    tile_shore_edge(&shore, 20 * SUB, 20 * SUB, 20 * SUB, 40 * SUB, 1);
    tile_shore_fill(&shore);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        int value = canvas.mask[CASES[i].y * SIZE + CASES[i].x];
        assert_int_equal(value > 0, CASES[i].sea);
    }
    gaz_arena_close(&arena);
}

static void test_neighbours_leave_no_gap(void **state)
{
    (void)state;
    struct random random = random_open(13);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 50; round++) {
        gaz_arena_reset(&arena);
        struct tile_canvas canvas;
        tile_raster_open(&arena, SIZE, SIZE, 0, &canvas);
        const int64_t far = 60 * SUB;
        int64_t top = random_between(&random, 0, SIZE * SUB);
        int64_t bottom = random_between(&random, 0, SIZE * SUB);
        struct polygon left = {
            {{-far, -far}, {top, -far}, {bottom, far}, {-far, far}}, 4};
        struct polygon right = {
            {{top, -far}, {far, -far}, {far, far}, {bottom, far}}, 4};
        fill(&canvas, &left, 0, 0);
        fill(&canvas, &right, 0, 0);
        for (int i = 0; i < SIZE * SIZE; i++)
            assert_in_range(canvas.mask[i], 254, 255);
    }
    gaz_arena_close(&arena);
}

/* A round-ended stroke covers what is within `half` of the segment. */
static void test_stroke_against_distance(void **state)
{
    (void)state;
    struct random random = random_open(14);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 40; round++) {
        gaz_arena_reset(&arena);
        struct tile_canvas canvas;
        tile_raster_open(&arena, SIZE, SIZE, 0, &canvas);
        struct polygon ends = random_polygon(&random, 0, SIZE * SUB);
        int half = (int)random_between(&random, SUB / 2, 6 * SUB);
        int64_t ax = ends.at[0][0];
        int64_t ay = ends.at[0][1];
        double dx = (double)(ends.at[1][0] - ax);
        double dy = (double)(ends.at[1][1] - ay);
        tile_raster_stroke(&canvas, ax, ay, ends.at[1][0], ends.at[1][1], half);
        for (int i = 0; i < SIZE * SIZE; i++) {
            double px = (i % SIZE + 0.5) * SUB - (double)ax;
            double py = (i / SIZE + 0.5) * SUB - (double)ay;
            double t = (px * dx + py * dy) / (dx * dx + dy * dy + 1e-9);
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            double away = hypot(px - t * dx, py - t * dy);
            double want = fmin(fmax((half + 128 - away) / 256, 0), 1);
            assert_near(canvas.mask[i], 255 * want, 4);
        }
    }
    gaz_arena_close(&arena);
}

static void test_paint(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        uint32_t below;
        uint32_t colour;
        uint8_t coverage;
        uint32_t want; /* premultiplied */
    } CASES[] = {
        {"nothing", 0xFF102030, 0xFFFFFFFF, 0, 0xFF102030},
        {"all", 0xFF102030, 0xFF010203, 255, 0xFF010203},
        {"half", 0xFF000000, 0xFFFFFFFF, 128, 0xFF808080},
        {"half on glass", 0x00000000, 0xFFFFFFFF, 128, 0x80808080},
        {"glass on paper", 0xFFFFFFFF, 0x80000000, 255, 0xFF7F7F7F},
        {"glass on glass", 0x80FF0000, 0x80FF0000, 255, 0xC0C00000},
    };
    struct gaz_arena arena = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct tile_canvas canvas;
        tile_raster_open(&arena, 1, 1, CASES[i].below, &canvas);
        struct tile_bitmap one = {0, 0, 1, 1, &CASES[i].coverage};
        tile_raster_stamp(&canvas, &one, 0, 0, CASES[i].colour);
        assert_int_equal(canvas.pixels[0], CASES[i].want);
    }
    gaz_arena_close(&arena);
}

/* A stamp may hang over any edge of the window, or miss it. */
static void test_stamp_is_cut(void **state)
{
    (void)state;
    static const uint8_t ALPHA[9] = {255, 255, 255, 255, 255,
                                     255, 255, 255, 255};
    struct gaz_arena arena = {0};
    struct tile_bitmap square = {.left = -1, .top = 1, 3, 3, ALPHA};
    for (int y = -3; y < 8; y++)
        for (int x = -3; x < 8; x++) {
            struct tile_canvas canvas;
            gaz_arena_reset(&arena);
            tile_raster_open(&arena, 5, 5, 0, &canvas);
            tile_raster_stamp(&canvas, &square, x, y, 0xFF0000FF);
            for (int i = 0; i < 25; i++) {
                bool hit = abs(i % 5 - x) <= 1 && abs(i / 5 - y) <= 1;
                assert_int_equal(canvas.pixels[i] != 0, hit);
            }
        }
    gaz_arena_close(&arena);
}

/* A channel of `above` laid over `below`, rounded to the nearest. */
static uint32_t mixed(uint32_t below, uint32_t above, uint32_t alpha)
{
    return (above * alpha + below * (255 - alpha) + 127) / 255;
}

static void test_stamp_every_coverage(void **state)
{
    (void)state;
    static const uint32_t COLOURS[] = {0xFF123456, 0x80FEDCBA, 0x01FFFFFF,
                                       0xFFFFFFFF, 0x00FFFFFF, 0xC8000000};
    enum { WIDE = 259 }; /* three more than all, so that rows have an end */
    uint8_t alpha[WIDE];
    struct gaz_arena arena = {0};
    for (int i = 0; i < WIDE; i++)
        alpha[i] = (uint8_t)i;
    const struct tile_bitmap row = {0, 0, WIDE, 1, alpha};
    for (size_t c = 0; c < sizeof COLOURS / sizeof COLOURS[0]; c++) {
        struct tile_canvas canvas;
        uint32_t colour = COLOURS[c];
        tile_raster_open(&arena, WIDE, 1, 0xFF40A0E5, &canvas);
        uint32_t below = canvas.pixels[0];
        tile_raster_stamp(&canvas, &row, 0, 0, colour);
        for (int i = 0; i < WIDE; i++) {
            uint32_t a = (alpha[i] * (colour >> 24) + 127) / 255;
            for (int shift = 0; shift < 32; shift += 8) {
                uint32_t above = shift == 24 ? 255 : colour >> shift & 255;
                assert_int_equal(canvas.pixels[i] >> shift & 255,
                                 mixed(below >> shift & 255, above, a));
            }
        }
    }
    gaz_arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill_against_samples),
        cmocka_unit_test(test_windows_agree),
        cmocka_unit_test(test_shores_agree),
        cmocka_unit_test(test_shore_side),
        cmocka_unit_test(test_neighbours_leave_no_gap),
        cmocka_unit_test(test_stroke_against_distance),
        cmocka_unit_test(test_paint),
        cmocka_unit_test(test_stamp_is_cut),
        cmocka_unit_test(test_stamp_every_coverage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
