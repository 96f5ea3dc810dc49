/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: projection by known points, edges of the world, and round trips;
 * clipping against even-odd ray casting at random points and, for lines,
 * against walking along them; simplification against its promise (nothing
 * dropped is farther away than the tolerance), its independence of direction
 * and start, and shared borders that stay shared; rings that were mended are
 * simple and cover the same. */
#include "tests/unit/test.h"

#include <math.h>
#include <string.h>

#include "tests/unit/tiles/random.h"
#include "tiles/clip.h"
#include "tiles/grid.h"
#include "tiles/ring.h"
#include "tiles/simplify.h"

/* ---- grid ---- */

static void test_known_points(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_coord coord;
        double x; /* of the whole world, 0 to 1 */
        double y;
    } CASES[] = {
        {"null island", {0, 0}, 0.5, 0.5},
        {"north-west corner", {-180, 85.05112877980659}, 0, 0},
        {"south-east corner", {180, -85.05112877980659}, 1, 1},
        {"past the pole", {0, 90}, 0.5, 0},
        /* PROJ, EPSG:3857: 13469658.386 east for 121 */
        {"Pinghu", {121, 30.7}, 0.836111111, 0.410322},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct tile_point point = tile_grid_project(CASES[i].coord);
        assert_near((double)point.x / 4294967296.0, CASES[i].x, 1e-6);
        assert_near((double)point.y / 4294967296.0, CASES[i].y, 1e-6);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    struct random random = random_open(1);
    for (int i = 0; i < 20000; i++) {
        struct gaz_coord coord = {
            (double)random_between(&random, -1799999999, 1799999999) / 1e7,
            (double)random_between(&random, -850000000, 850000000) / 1e7};
        struct gaz_coord back = tile_grid_unproject(tile_grid_project(coord));
        assert_near(back.lon, coord.lon, 1e-7);
        assert_near(back.lat, coord.lat, 1e-7);
    }
}

/* The tile that holds a point is the one whose view holds its pixel. */
static void test_tile_of_point(void **state)
{
    (void)state;
    struct random random = random_open(2);
    for (int i = 0; i < 2000; i++) {
        struct tile_point point = {
            (uint32_t)random_between(&random, 0, UINT32_MAX),
            (uint32_t)random_between(&random, 0, UINT32_MAX)};
        int z = (int)random_between(&random, 0, 20);
        int scale = (int)random_between(&random, 1, 2);
        int x = z ? (int)(point.x >> (32 - z)) : 0;
        int y = z ? (int)(point.y >> (32 - z)) : 0;
        struct tile_view view = tile_grid_view(z, x, y, scale);
        int64_t pixel_x = tile_grid_sub(point.x, z, scale) / TILE_GRID_SUB;
        int64_t pixel_y = tile_grid_sub(point.y, z, scale) / TILE_GRID_SUB;
        assert_in_range(pixel_x, view.left, view.left + view.width - 1);
        assert_in_range(pixel_y, view.top, view.top + view.height - 1);
        struct tile_box box = tile_grid_box(&point, 1);
        struct tile_box reach = tile_grid_reach(&view, 0);
        assert_true(tile_grid_meets(&box, &reach));
    }
}

static void test_valid_tiles(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        int z, x, y;
        bool ok;
    } CASES[] = {
        {"world", 0, 0, 0, true},
        {"beside the world", 0, 1, 0, false},
        {"below zero", -1, 0, 0, false},
        {"negative", 3, -1, 0, false},
        {"last", 20, 1048575, 1048575, true},
        {"too deep", 21, 0, 0, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        assert_int_equal(tile_grid_is_valid(CASES[i].z, CASES[i].x, CASES[i].y),
                         CASES[i].ok);
    }
}

/* ---- clip ---- */

/* Even-odd at (x + 1/2, y + 1/3), never on a vertex. */
static bool holds(struct tile_path ring, double x, double y)
{
    bool inside = false;
    for (size_t i = 0; i < ring.count; i++) {
        struct tile_vertex a = ring.items[i];
        struct tile_vertex b = ring.items[(i + 1) % ring.count];
        if (((double)a.y > y) == ((double)b.y > y))
            continue;
        double at = (double)a.x + (y - (double)a.y) * (double)(b.x - a.x) /
                                      (double)(b.y - a.y);
        inside = inside != (x < at);
    }
    return inside;
}

static double gap(struct tile_vertex a, struct tile_vertex b, double x,
                  double y)
{
    double dx = (double)(b.x - a.x);
    double dy = (double)(b.y - a.y);
    double px = x - (double)a.x;
    double py = y - (double)a.y;
    double t =
        dx * dx + dy * dy > 0 ? (px * dx + py * dy) / (dx * dx + dy * dy) : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(px - t * dx, py - t * dy);
}

static bool is_near_edge(struct tile_path ring, double x, double y)
{
    for (size_t i = 0; i < ring.count; i++)
        if (gap(ring.items[i], ring.items[(i + 1) % ring.count], x, y) < 2)
            return true;
    return false;
}

static const struct tile_box BOX = {-64, -64, 4160, 4160};

static void test_clip_ring(void **state)
{
    (void)state;
    struct random random = random_open(3);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 400; round++) {
        gaz_arena_reset(&arena);
        struct tile_vertex items[24];
        struct tile_path ring = {items, (size_t)random_between(&random, 3, 24)};
        int64_t reach = round % 2 ? 9000 : 400000000;
        for (size_t i = 0; i < ring.count; i++)
            items[i] =
                (struct tile_vertex){random_between(&random, -reach, reach),
                                     random_between(&random, -reach, reach)};
        struct tile_path out;
        tile_clip_ring(&arena, ring, &BOX, &out);
        for (size_t i = 0; i < out.count; i++) {
            assert_true(out.items[i].x >= BOX.min_x &&
                        out.items[i].x <= BOX.max_x);
            assert_true(out.items[i].y >= BOX.min_y &&
                        out.items[i].y <= BOX.max_y);
        }
        for (int k = 0; k < 200; k++) {
            double x = (double)random_between(&random, -60, 4155) + 0.5;
            double y = (double)random_between(&random, -60, 4155) + 1.0 / 3;
            if (!is_near_edge(ring, x, y))
                assert_int_equal(out.count >= 3 && holds(out, x, y),
                                 holds(ring, x, y));
        }
    }
    gaz_arena_close(&arena);
}

static void test_tidy(void **state)
{
    (void)state;
    /* a square with a repeated vertex, one on an edge, and a spike */
    struct tile_vertex items[] = {{0, 0},   {0, 0},   {5, 0},   {10, 0},
                                  {10, 10}, {20, 10}, {10, 10}, {0, 10}};
    struct tile_path ring = {items, COUNT(items)};
    tile_clip_tidy(&ring);
    assert_int_equal(ring.count, 4);
    assert_int_equal(tile_clip_area2(ring), 200);
    struct tile_vertex flat[] = {{0, 0}, {10, 0}, {4, 0}};
    ring = (struct tile_path){flat, 3};
    tile_clip_tidy(&ring);
    assert_int_equal(ring.count, 0);
}

/* Whether a point of the line is on one of the parts. */
static bool is_on(const struct tile_path *parts, size_t count, double x,
                  double y)
{
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i + 1 < parts[p].count; i++)
            if (gap(parts[p].items[i], parts[p].items[i + 1], x, y) < 1.5)
                return true;
    return false;
}

static void test_clip_line(void **state)
{
    (void)state;
    struct random random = random_open(4);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 300; round++) {
        gaz_arena_reset(&arena);
        struct tile_vertex items[12];
        struct tile_path line = {items, (size_t)random_between(&random, 2, 12)};
        for (size_t i = 0; i < line.count; i++)
            items[i] =
                (struct tile_vertex){random_between(&random, -8000, 12000),
                                     random_between(&random, -8000, 12000)};
        struct tile_path *parts;
        size_t count = tile_clip_line(&arena, line, &BOX, &parts);
        for (int k = 0; k < 200; k++) {
            size_t edge =
                (size_t)random_between(&random, 0, (int64_t)line.count - 2);
            double t = (double)random_between(&random, 0, 1000) / 1000;
            struct tile_vertex a = items[edge];
            struct tile_vertex b = items[edge + 1];
            double x = (double)a.x + t * (double)(b.x - a.x);
            double y = (double)a.y + t * (double)(b.y - a.y);
            bool inside = x > -62 && x < 4158 && y > -62 && y < 4158;
            bool outside = x < -66 || x > 4162 || y < -66 || y > 4162;
            if (inside || outside)
                assert_int_equal(is_on(parts, count, x, y), inside);
        }
    }
    gaz_arena_close(&arena);
}

/* ---- simplify ---- */

enum { POINTS = 400 };

/* A random walk. */
static void walk(struct random *random, struct tile_point *out, size_t count)
{
    int64_t x = 3600000000;
    int64_t y = 1760000000;
    for (size_t i = 0; i < count; i++) {
        x += random_between(random, -400, 900);
        y += random_between(random, -600, 600);
        out[i] = (struct tile_point){(uint32_t)x, (uint32_t)y};
    }
}

static double nearest(struct tile_point p, const struct tile_point *line,
                      size_t count)
{
    double best = INFINITY;
    for (size_t i = 0; i + 1 < count; i++)
        best = fmin(best, tile_simplify_distance2(p, line[i], line[i + 1]));
    return sqrt(best);
}

static void test_simplify_line(void **state)
{
    (void)state;
    struct random random = random_open(5);
    struct gaz_arena arena = {0};
    for (int round = 0; round < 30; round++) {
        gaz_arena_reset(&arena);
        struct tile_meetings *none = tile_simplify_meetings(&arena, 0);
        struct tile_point line[POINTS];
        struct tile_point kept[POINTS];
        struct tile_point back[POINTS];
        walk(&random, line, POINTS);
        double tolerance = (double)random_between(&random, 1, 3000);
        size_t count =
            tile_simplify_line(&arena, none, line, POINTS, tolerance, kept);
        assert_in_range(count, 2, POINTS);
        assert_memory_equal(&kept[0], &line[0], sizeof line[0]);
        assert_memory_equal(&kept[count - 1], &line[POINTS - 1],
                            sizeof line[0]);
        for (size_t i = 0; i < POINTS; i++)
            assert_true(nearest(line[i], kept, count) <= tolerance + 1e-6);
        struct tile_point turned[POINTS];
        for (size_t i = 0; i < POINTS; i++)
            turned[i] = line[POINTS - 1 - i];
        assert_int_equal(
            tile_simplify_line(&arena, none, turned, POINTS, tolerance, back),
            count);
        for (size_t i = 0; i < count; i++)
            assert_memory_equal(&back[i], &kept[count - 1 - i], sizeof back[0]);
    }
    gaz_arena_close(&arena);
}

static bool has(const struct tile_point *points, size_t count,
                struct tile_point p)
{
    for (size_t i = 0; i < count; i++)
        if (points[i].x == p.x && points[i].y == p.y)
            return true;
    return false;
}

/* Two polygons over and under one jagged border. */
static void test_shared_border(void **state)
{
    (void)state;
    struct random random = random_open(6);
    struct gaz_arena arena = {0};
    struct tile_point border[POINTS];
    walk(&random, border, POINTS);
    struct tile_point upper[POINTS + 3];
    struct tile_point lower[POINTS + 3];
    memcpy(upper, border, sizeof border);
    upper[POINTS] = (struct tile_point){border[POINTS - 1].x, 1759000000};
    upper[POINTS + 1] = (struct tile_point){border[0].x, 1759000000};
    upper[POINTS + 2] = border[0];
    /* the other way round, and begun in the middle of the border */
    struct tile_point ring[POINTS + 2];
    for (size_t i = 0; i < POINTS; i++)
        ring[i] = border[POINTS - 1 - i];
    ring[POINTS] = (struct tile_point){border[0].x, 1761000000};
    ring[POINTS + 1] = (struct tile_point){border[POINTS - 1].x, 1761000000};
    for (size_t i = 0; i < POINTS + 2; i++)
        lower[i] = ring[(i + POINTS / 2) % (POINTS + 2)];
    lower[POINTS + 2] = lower[0];
    struct tile_meetings *meetings =
        tile_simplify_meetings(&arena, 2 * (POINTS + 3));
    tile_simplify_note(meetings, upper, POINTS + 3);
    tile_simplify_note(meetings, lower, POINTS + 3);
    assert_true(tile_simplify_is_junction(meetings, border[0]));
    assert_true(tile_simplify_is_junction(meetings, border[POINTS - 1]));
    assert_false(tile_simplify_is_junction(meetings, border[POINTS / 2]));
    struct tile_point a[POINTS + 3];
    struct tile_point b[POINTS + 3];
    struct tile_point c[POINTS + 3];
    size_t a_count =
        tile_simplify_ring(&arena, meetings, upper, POINTS + 3, 2000, a);
    size_t b_count =
        tile_simplify_ring(&arena, meetings, lower, POINTS + 3, 2000, b);
    size_t c_count =
        tile_simplify_line(&arena, meetings, border, POINTS, 2000, c);
    assert_true(a_count < POINTS / 2);
    for (size_t i = 0; i < POINTS; i++) {
        assert_int_equal(has(a, a_count, border[i]),
                         has(b, b_count, border[i]));
        assert_int_equal(has(a, a_count, border[i]),
                         has(c, c_count, border[i]));
    }
    gaz_arena_close(&arena);
}

static void test_small_ring_goes(void **state)
{
    (void)state;
    struct gaz_arena arena = {0};
    struct tile_meetings *none = tile_simplify_meetings(&arena, 0);
    static const struct tile_point RING[] = {
        {100, 100}, {110, 100}, {110, 110}, {100, 110}, {100, 100}};
    struct tile_point out[5];
    assert_int_equal(tile_simplify_ring(&arena, none, RING, 5, 1, out), 5);
    assert_int_equal(tile_simplify_ring(&arena, none, RING, 5, 100, out), 0);
    gaz_arena_close(&arena);
}

/* ---- rings ---- */

static bool is_inside(struct tile_path ring, double x, double y)
{
    bool inside = false;
    for (size_t i = 0; i < ring.count; i++) {
        struct tile_vertex a = ring.items[i];
        struct tile_vertex b = ring.items[(i + 1) % ring.count];
        if (((double)a.y > y) != ((double)b.y > y) &&
            x < (double)a.x + (double)(b.x - a.x) * (y - (double)a.y) /
                                  (double)(b.y - a.y))
            inside = !inside;
    }
    return inside;
}

/* Star-shaped rings clipped by a box so that they fall apart: the parts are
 * simple, and cover what the clipped ring covers, but for snapping. */
static void test_mended_rings(void **state)
{
    (void)state;
    struct random random = random_open(11);
    struct gaz_arena arena = {0};
    static const struct tile_box LIMITS = {-64, -64, 4160, 4160};
    int apart = 0;
    for (int round = 0; round < 4000; round++) {
        struct tile_vertex items[24];
        struct tile_path ring = {items, (size_t)random_between(&random, 3, 24)};
        int64_t x = random_between(&random, -500, 4600);
        int64_t y = random_between(&random, -500, 4600);
        for (size_t i = 0; i < ring.count; i++) {
            double angle = 6.2831853 * (double)i / (double)ring.count;
            double radius = (double)random_between(&random, 2, 4000);
            items[i] = (struct tile_vertex){x + (int64_t)(radius * cos(angle)),
                                            y + (int64_t)(radius * sin(angle))};
        }
        struct tile_path clipped;
        struct tile_path *parts;
        gaz_arena_reset(&arena);
        tile_clip_ring(&arena, ring, &LIMITS, &clipped);
        if (clipped.count == 0)
            continue;
        size_t count = tile_ring_mend(&arena, clipped, &parts);
        apart += count > 1;
        for (size_t i = 0; i < count; i++)
            assert_true(tile_ring_is_simple(&arena, parts[i]));
        int wrong = 0;
        for (int k = 0; k < 60; k++) {
            double px = (double)random_between(&random, 0, 4096) + 0.31;
            double py = (double)random_between(&random, 0, 4096) + 0.17;
            bool covered = false;
            for (size_t i = 0; i < count; i++)
                covered ^= is_inside(parts[i], px, py);
            wrong += covered != is_inside(ring, px, py);
        }
        assert_in_range(wrong, 0, 3);
    }
    assert_true(apart > 50);
    gaz_arena_close(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mended_rings),
        cmocka_unit_test(test_known_points),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_tile_of_point),
        cmocka_unit_test(test_valid_tiles),
        cmocka_unit_test(test_clip_ring),
        cmocka_unit_test(test_tidy),
        cmocka_unit_test(test_clip_line),
        cmocka_unit_test(test_simplify_line),
        cmocka_unit_test(test_shared_border),
        cmocka_unit_test(test_small_ring_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
