/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: Cairo as the oracle of the coverage rasteriser: the same random
 * pictures of polygons and round strokes, drawn by both, differ by at least
 * 42 dB of signal to noise. */
#include "tests/unit/test.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "tests/unit/tiles/random.h"
#include "tiles/grid.h"
#include "tiles/raster.h"

enum { SIZE = 256, SUB = TILE_GRID_SUB, CORNERS_MAX = 12 };

static const double WANTED_DB = 42;

/* Cairo's 8 bits a channel, 0xAARRGGBB multiplied by alpha, as ours. */
struct pair {
    struct tile_canvas ours;
    cairo_surface_t *surface;
    cairo_t *cairo;
};

static void open_pair(struct gaz_arena *arena, struct pair *out)
{
    tile_raster_open(arena, SIZE, SIZE, 0xFFF8F5EC, &out->ours);
    out->surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, SIZE, SIZE);
    out->cairo = cairo_create(out->surface);
    cairo_set_antialias(out->cairo, CAIRO_ANTIALIAS_BEST);
    cairo_set_source_rgb(out->cairo, 0xF8 / 255.0, 0xF5 / 255.0, 0xEC / 255.0);
    cairo_paint(out->cairo);
    cairo_set_fill_rule(out->cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_cap(out->cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(out->cairo, CAIRO_LINE_JOIN_ROUND);
}

static void close_pair(struct pair *pair)
{
    cairo_destroy(pair->cairo);
    cairo_surface_destroy(pair->surface);
}

static void set_colour(cairo_t *cairo, uint32_t colour)
{
    cairo_set_source_rgba(cairo, (colour >> 16 & 255) / 255.0,
                          (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0,
                          (colour >> 24) / 255.0);
}

static double decibels(const struct pair *pair)
{
    cairo_surface_flush(pair->surface);
    const unsigned char *data = cairo_image_surface_get_data(pair->surface);
    int stride = cairo_image_surface_get_stride(pair->surface);
    double sum = 0;
    for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++) {
            uint32_t theirs;
            memcpy(&theirs, data + y * stride + 4 * x, 4);
            uint32_t mine = pair->ours.pixels[y * SIZE + x];
            for (int shift = 0; shift < 24; shift += 8) {
                double d = (double)(mine >> shift & 255) -
                           (double)(theirs >> shift & 255);
                sum += d * d;
            }
        }
    double mean = sum / (3.0 * SIZE * SIZE);
    return mean > 0 ? 10 * log10(255.0 * 255.0 / mean) : 99;
}

/* Corners around a middle, so that the polygon does not cross itself much. */
static size_t random_ring(struct random *random, int64_t at[CORNERS_MAX][2])
{
    size_t count = (size_t)random_between(random, 3, CORNERS_MAX);
    int64_t x = random_between(random, -20 * SUB, (SIZE + 20) * SUB);
    int64_t y = random_between(random, -20 * SUB, (SIZE + 20) * SUB);
    for (size_t i = 0; i < count; i++) {
        double angle = 6.2832 * (double)i / (double)count;
        double radius = (double)random_between(random, 5 * SUB, 90 * SUB);
        at[i][0] = x + (int64_t)(radius * cos(angle));
        at[i][1] = y + (int64_t)(radius * sin(angle));
    }
    return count;
}

static uint32_t random_colour(struct random *random)
{
    return (uint32_t)random_between(random, 0x60000000, 0xFFFFFFFF);
}

static void draw_polygon(struct random *random, struct pair *pair)
{
    int64_t at[CORNERS_MAX][2];
    size_t count = random_ring(random, at);
    uint32_t colour = random_colour(random);
    for (size_t i = 0; i < count; i++) {
        const int64_t *b = at[(i + 1) % count];
        tile_raster_edge(&pair->ours, at[i][0], at[i][1], b[0], b[1]);
        cairo_line_to(pair->cairo, (double)at[i][0] / SUB,
                      (double)at[i][1] / SUB);
    }
    tile_raster_fill(&pair->ours);
    tile_raster_paint(&pair->ours, colour);
    cairo_close_path(pair->cairo);
    set_colour(pair->cairo, colour);
    cairo_fill(pair->cairo);
}

static void draw_stroke(struct random *random, struct pair *pair)
{
    int64_t at[CORNERS_MAX][2];
    size_t count = random_ring(random, at);
    int width = (int)random_between(random, SUB, 9 * SUB);
    uint32_t colour = random_colour(random);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            tile_raster_stroke(&pair->ours, at[i - 1][0], at[i - 1][1],
                               at[i][0], at[i][1], width / 2);
        cairo_line_to(pair->cairo, (double)at[i][0] / SUB,
                      (double)at[i][1] / SUB);
    }
    tile_raster_paint(&pair->ours, colour);
    cairo_set_line_width(pair->cairo, (double)width / SUB);
    set_colour(pair->cairo, colour);
    cairo_stroke(pair->cairo);
}

static void check_pictures(void (*draw)(struct random *, struct pair *),
                           int shapes, const char *what)
{
    struct random random = random_open(42);
    double worst = 99;
    for (int i = 0; i < 40; i++) {
        struct gaz_arena arena = {0};
        struct pair pair;
        open_pair(&arena, &pair);
        for (int k = 0; k < shapes; k++)
            draw(&random, &pair);
        double db = decibels(&pair);
        worst = db < worst ? db : worst;
        close_pair(&pair);
        gaz_arena_close(&arena);
    }
    print_message("           %s: at least %.1f dB\n", what, worst);
    assert_true(worst >= WANTED_DB);
}

static void test_polygons(void **state)
{
    (void)state;
    check_pictures(draw_polygon, 12, "polygons");
}

static void test_strokes(void **state)
{
    (void)state;
    check_pictures(draw_stroke, 6, "strokes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_polygons),
        cmocka_unit_test(test_strokes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
