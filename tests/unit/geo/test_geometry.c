/* Test plan: WKB built here by hand (squares, a bow tie, a comb) goes through
 * each question: valid or why not, repaired to an area, a point inside, and the
 * border that two squares share, whole across the ring's start, with a gap
 * below and above the tolerance. Bytes that are no WKB fail with a sentence. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/geo/geometry.h"

enum { POINTS_MAX = 64 };

struct shape {
    struct gaz_coord points[POINTS_MAX];
    int count;
};

struct bench {
    struct gaz_ctx ctx;
    struct gaz_geometry *g;
};

static int open_bench(void **state)
{
    static struct bench bench;
    if (gaz_geometry_open(&bench.ctx, &bench.g) != GAZ_OK)
        return -1;
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    gaz_geometry_close(bench->g);
    gaz_ctx_close(&bench->ctx);
    return 0;
}

/* A polygon of one ring, little-endian. */
static struct gaz_wkb polygon(struct gaz_ctx *ctx, const struct shape *shape)
{
    const uint32_t head[3] = {3, 1, (uint32_t)shape->count};
    size_t body = (size_t)shape->count * sizeof(struct gaz_coord);
    size_t size = 1 + sizeof(head) + body;
    unsigned char *bytes = gaz_arena_alloc(&ctx->arena, size);
    bytes[0] = 1;
    memcpy(bytes + 1, head, sizeof(head));
    memcpy(bytes + 1 + sizeof(head), shape->points, body);
    return (struct gaz_wkb){bytes, size};
}

static struct gaz_wkb square(struct gaz_ctx *ctx, double west, double south,
                             double east, double north)
{
    struct shape shape = {{{west, south},
                           {east, south},
                           {east, north},
                           {west, north},
                           {west, south}},
                          5};
    return polygon(ctx, &shape);
}

static const struct shape BOW_TIE = {{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}},
                                     5};
static const struct shape FLAT = {{{0, 0}, {1, 0}, {2, 0}, {0, 0}}, 4};

static uint32_t wkb_u32(struct gaz_wkb wkb, size_t at)
{
    uint32_t value = 0;
    assert_true(at + 4 <= wkb.size);
    memcpy(&value, (const unsigned char *)wkb.data + at, 4);
    return value;
}

static struct gaz_coord wkb_point(struct gaz_wkb wkb, size_t at)
{
    struct gaz_coord value;
    assert_true(at + sizeof(value) <= wkb.size);
    memcpy(&value, (const unsigned char *)wkb.data + at, sizeof(value));
    return value;
}

static void test_check(void **state)
{
    struct bench *b = *state;
    static const unsigned char EMPTY[] = {1, 3, 0, 0, 0, 0, 0, 0, 0};
    static const unsigned char CUT[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 9};
    const struct {
        const char *label;
        struct gaz_wkb wkb;
        const char *says; /* NULL: valid */
    } cases[] = {
        {"square", square(&b->ctx, 0, 0, 1, 1), NULL},
        {"bow tie", polygon(&b->ctx, &BOW_TIE),
         "Self-intersection at 1.0000000 1.0000000"},
        {"empty polygon", {EMPTY, sizeof(EMPTY)}, "is empty"},
        {"cut short", {CUT, sizeof(CUT)}, "cannot be read"},
        {"no bytes", {NULL, 0}, "cannot be read"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].label);
        b->ctx.failure[0] = '\0';
        gaz_status status = gaz_geometry_check(&b->ctx, b->g, cases[i].wkb);
        assert_status(status, cases[i].says ? GAZ_INVALID : GAZ_OK);
        if (cases[i].says && !strstr(gaz_ctx_failure(&b->ctx), cases[i].says))
            fail_msg("'%s' lacks '%s'", gaz_ctx_failure(&b->ctx),
                     cases[i].says);
    }
}

static void test_make_valid(void **state)
{
    struct bench *b = *state;
    gaz_ctx_next(&b->ctx);
    struct gaz_wkb out = {NULL, 0};
    CASE("bow tie becomes two triangles");
    assert_status_of(&b->ctx,
                     gaz_geometry_make_valid(&b->ctx, b->g,
                                             polygon(&b->ctx, &BOW_TIE), &out),
                     GAZ_OK);
    assert_int_equal(wkb_u32(out, 1), 6);
    assert_int_equal(wkb_u32(out, 5), 2);
    assert_status_of(&b->ctx, gaz_geometry_check(&b->ctx, b->g, out), GAZ_OK);
    CASE("a valid square stays one polygon");
    assert_status_of(&b->ctx,
                     gaz_geometry_make_valid(&b->ctx, b->g,
                                             square(&b->ctx, 0, 0, 1, 1), &out),
                     GAZ_OK);
    assert_int_equal(wkb_u32(out, 1), 3);
    CASE("a polygon without area cannot stay one");
    struct gaz_wkb before = out;
    assert_status(
        gaz_geometry_make_valid(&b->ctx, b->g, polygon(&b->ctx, &FLAT), &out),
        GAZ_INVALID);
    assert_ptr_equal(out.data, before.data);
}

/* A comb: its centroid is between the teeth. */
static void test_inside_point(void **state)
{
    struct bench *b = *state;
    gaz_ctx_next(&b->ctx);
    const struct shape comb = {{{0, 0},
                                {10, 0},
                                {10, 10},
                                {9, 10},
                                {9, 0.1},
                                {1, 0.1},
                                {1, 10},
                                {0, 10},
                                {0, 0}},
                               9};
    struct gaz_coord c;
    assert_status_of(
        &b->ctx,
        gaz_geometry_inside_point(&b->ctx, b->g, polygon(&b->ctx, &comb), &c),
        GAZ_OK);
    bool inside = (c.lat > 0 && c.lat < 0.1 && c.lon > 0 && c.lon < 10) ||
                  (c.lat >= 0.1 && c.lat < 10 &&
                   ((c.lon > 0 && c.lon < 1) || (c.lon > 9 && c.lon < 10)));
    assert_true(inside);
    CASE("empty, and not an area");
    static const unsigned char EMPTY[] = {1, 3, 0, 0, 0, 0, 0, 0, 0};
    unsigned char point[21] = {1, 1, 0, 0, 0};
    assert_status(
        gaz_geometry_inside_point(&b->ctx, b->g,
                                  (struct gaz_wkb){EMPTY, sizeof(EMPTY)}, &c),
        GAZ_INVALID);
    assert_status(
        gaz_geometry_inside_point(&b->ctx, b->g,
                                  (struct gaz_wkb){point, sizeof(point)}, &c),
        GAZ_INVALID);
}

static void test_shared_border(void **state)
{
    struct bench *b = *state;
    gaz_ctx_next(&b->ctx);
    struct gaz_wkb left = square(&b->ctx, 0, 0, 1, 1);
    struct gaz_wkb out;
    CASE("one edge, with a gap below the tolerance");
    assert_status_of(&b->ctx,
                     gaz_geometry_shared_border(
                         &b->ctx, b->g, left,
                         square(&b->ctx, 1.001, 0.2, 2, 0.8), 0.002, &out),
                     GAZ_OK);
    assert_int_equal(wkb_u32(out, 1), 5); /* MULTILINESTRING */
    assert_int_equal(wkb_u32(out, 5), 1);
    assert_int_equal(wkb_u32(out, 10), 2); /* a LINESTRING */
    assert_int_equal(wkb_u32(out, 14), 2); /* of two points */
    struct gaz_coord from = wkb_point(out, 18);
    struct gaz_coord to = wkb_point(out, 34);
    assert_near(from.lon, 1, 1e-12);
    assert_near(to.lon, 1, 1e-12);
    assert_near(fabs(from.lat - to.lat), 0.6, 0.005);

    CASE("a gap above the tolerance, and far apart");
    assert_status(gaz_geometry_shared_border(&b->ctx, b->g, left,
                                             square(&b->ctx, 1.003, 0, 2, 1),
                                             0.002, &out),
                  GAZ_NOT_FOUND);

    CASE("the ring's start inside the shared line does not cut it");
    struct shape turned = {{{1, 0.5}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 0.5}},
                           6};
    assert_status_of(
        &b->ctx,
        gaz_geometry_shared_border(&b->ctx, b->g, polygon(&b->ctx, &turned),
                                   square(&b->ctx, 1, 0, 2, 1), 1e-6, &out),
        GAZ_OK);
    assert_int_equal(wkb_u32(out, 5), 1);

    CASE("two parts: a neighbour that touches twice");
    struct shape fork = {{{1, 0},
                          {2, 0},
                          {2, 1},
                          {1, 1},
                          {1, 0.8},
                          {1.5, 0.8},
                          {1.5, 0.2},
                          {1, 0.2},
                          {1, 0}},
                         9};
    assert_status_of(&b->ctx,
                     gaz_geometry_shared_border(&b->ctx, b->g, left,
                                                polygon(&b->ctx, &fork), 1e-6,
                                                &out),
                     GAZ_OK);
    assert_int_equal(wkb_u32(out, 5), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_make_valid),
        cmocka_unit_test(test_inside_point),
        cmocka_unit_test(test_shared_border),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
