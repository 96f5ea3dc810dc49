/* Test plan: two sides of made-up rectangles, drawn in EPSG:4549 on its central
 * meridian (where the plane's metres are the ground's to 1e-7), with one thing
 * planted in each: overlap, hole, open gap, shift, T vertex, a corner only, far
 * apart, one inside the other, an invalid ring. What is planted is known
 * exactly. Property: two lines of random zigzag between the same ends leave
 * overlaps less gaps = the areas' sum less the whole. Outlines of thousands of
 * vertices, which are united in a thread of their own, find the same. What
 * cannot be compared says why. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/boundary/sides.h"
#include "gazetteer/geo/crs.h"

enum { POINTS_MAX = 64, AREAS_MAX = 2 };

struct point {
    double x; /* metres east and north of the origin below */
    double y;
};

static const struct point ORIGIN = {500000, 3400000};

struct ring {
    struct point points[POINTS_MAX];
    int count; /* the first comes again at the end */
};

struct bench {
    struct gaz_ctx ctx;
    struct gaz_crs *crs;
};

static int open_bench(void **state)
{
    static struct bench bench;
    if (gaz_crs_open(&bench.ctx, "EPSG:4549", &bench.crs) != GAZ_OK)
        return -1;
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    gaz_crs_close(bench->crs);
    gaz_ctx_close(&bench->ctx);
    return 0;
}

static struct gaz_coord place(struct bench *b, struct point p)
{
    struct gaz_coord coord = {0, 0};
    assert_status_of(&b->ctx,
                     gaz_crs_to_cgcs2000(&b->ctx, b->crs, ORIGIN.x + p.x,
                                         ORIGIN.y + p.y, &coord),
                     GAZ_OK);
    return coord;
}

static struct gaz_wkb polygon_of(struct bench *b, const struct point *points,
                                 size_t count)
{
    const uint32_t head[3] = {3, 1, (uint32_t)count};
    size_t size = 1 + sizeof(head) + count * sizeof(struct gaz_coord);
    unsigned char *bytes = gaz_arena_alloc(&b->ctx.arena, size);
    bytes[0] = 1;
    memcpy(bytes + 1, head, sizeof(head));
    for (size_t i = 0; i < count; i++) {
        const struct gaz_coord coord = place(b, points[i]);
        memcpy(bytes + 1 + sizeof(head) + i * sizeof(coord), &coord,
               sizeof(coord));
    }
    return (struct gaz_wkb){bytes, size};
}

static struct gaz_wkb polygon(struct bench *b, const struct ring *ring)
{
    return polygon_of(b, ring->points, (size_t)ring->count);
}

static struct gaz_sides_report compare(struct bench *b, const struct ring *a,
                                       const struct ring *bs, size_t b_count)
{
    struct gaz_wkb one = polygon(b, a);
    struct gaz_wkb others[AREAS_MAX];
    for (size_t i = 0; i < b_count; i++)
        others[i] = polygon(b, &bs[i]);
    const struct gaz_side side_a = {"甲", &one, 1};
    const struct gaz_side side_b = {"乙", others, b_count};
    const struct gaz_sides_options options = gaz_sides_defaults();
    struct gaz_sides_report report = {.finding_count = 0};
    assert_status_of(
        &b->ctx,
        gaz_sides_compare(&b->ctx, &side_a, &side_b, &options, &report),
        GAZ_OK);
    return report;
}

#define RECT(w, s, e, n)                                                       \
    {                                                                          \
        {{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}, 5                            \
    }

static const struct ring SQUARE = RECT(0, 0, 1000, 1000);
static const struct ring NOTCHED = {{{0, 0},
                                     {1000, 0},
                                     {1000, 400},
                                     {980, 400},
                                     {980, 600},
                                     {1000, 600},
                                     {1000, 1000},
                                     {0, 1000},
                                     {0, 0}},
                                    9};
static const struct ring BOW_TIE = {
    {{0, 0}, {1000, 1000}, {1000, 0}, {0, 1000}, {0, 0}}, 5};

struct want {
    double identical_m;
    double overlap_m2;
    double overlap_width_m;
    double gap_m2;
    double gap_width_m;
    double gap_within; /* relative: an open gap's ends are rounded off */
    size_t vertices;
    gaz_severity worst;
    const char *kind; /* of the worst; NULL: nothing found */
};

static const struct {
    const char *label;
    const struct ring *a;
    struct ring b[AREAS_MAX];
    size_t b_count;
    struct want want;
} CASES[] = {
    {"agree",
     &SQUARE,
     {RECT(1000, 0, 2000, 1000)},
     1,
     {.identical_m = 1000, .kind = NULL}},
    {"overlap of 5 m",
     &SQUARE,
     {RECT(995, 0, 2000, 1000)},
     1,
     {.identical_m = 10, /* of the outer sides, north and south */
      .overlap_m2 = 5000,
      .overlap_width_m = 5,
      .vertices = 4,
      .worst = GAZ_SEVERITY_WARNING,
      .kind = "overlap"}},
    {"overlap of 1 m is agreement",
     &SQUARE,
     {RECT(999, 0, 2000, 1000)},
     1,
     {.identical_m = 2,
      .overlap_m2 = 1000,
      .overlap_width_m = 1,
      .vertices = 4,
      .worst = GAZ_SEVERITY_INFO,
      .kind = "overlap"}},
    {"hole of 20 m by 200 m",
     &NOTCHED,
     {RECT(1000, 0, 2000, 1000)},
     1,
     {.identical_m = 800,
      .gap_m2 = 4000,
      .gap_width_m = 20,
      .gap_within = 1e-6,
      .vertices = 2,
      .worst = GAZ_SEVERITY_ERROR,
      .kind = "gap"}},
    {"open gap of 3 m",
     &SQUARE,
     {RECT(1003, 0, 2000, 1000)},
     1,
     {.gap_m2 = 3000,
      .gap_width_m = 3,
      .gap_within = 1e-3,
      .worst = GAZ_SEVERITY_WARNING,
      .kind = "gap"}},
    {"shift of 3 m west and 4 m north",
     &SQUARE,
     {RECT(997, 4, 1997, 1004)},
     1,
     {.overlap_m2 = 3 * 996,
      .overlap_width_m = 3,
      .worst = GAZ_SEVERITY_WARNING,
      .kind = "overlap"}},
    {"shift along the line",
     &SQUARE,
     {RECT(1000, 4, 2000, 1004)},
     1,
     {.identical_m = 996,
      .vertices = 2,
      .worst = GAZ_SEVERITY_INFO,
      .kind = "unmatched_vertex"}},
    {"B of two parts, a T vertex where they meet",
     &SQUARE,
     {RECT(1000, 0, 2000, 500), RECT(1000, 500, 2000, 1000)},
     2,
     {.identical_m = 1000,
      .vertices = 1,
      .worst = GAZ_SEVERITY_INFO,
      .kind = "unmatched_vertex"}},
    {"a wedge at a third area is no gap",
     &SQUARE,
     {{{{1000, 0},
        {2000, 0},
        {2000, 1000},
        {1500, 1000},
        {1000, 500},
        {1000, 0}},
       6}},
     1,
     {.identical_m = 500,
      .vertices = 1,
      .worst = GAZ_SEVERITY_INFO,
      .kind = "unmatched_vertex"}},
    {"one corner",
     &SQUARE,
     {RECT(1000, 1000, 2000, 2000)},
     1,
     {.worst = GAZ_SEVERITY_ERROR, .kind = "no_common_line"}},
    {"500 m apart",
     &SQUARE,
     {RECT(1500, 0, 2000, 1000)},
     1,
     {.worst = GAZ_SEVERITY_ERROR, .kind = "no_common_line"}},
    {"B inside A",
     &SQUARE,
     {RECT(400, 400, 500, 500)},
     1,
     {.overlap_m2 = 10000,
      .overlap_width_m = 100,
      .worst = GAZ_SEVERITY_ERROR,
      .kind = "overlap"}},
    {"A is a bow tie",
     &BOW_TIE,
     {RECT(1000, 0, 2000, 1000)},
     1,
     {.identical_m = 1000,
      .worst = GAZ_SEVERITY_ERROR,
      .kind = "invalid_area"}},
};

static void check_case(const struct gaz_sides_report *got,
                       const struct want *want)
{
    assert_near(got->identical.ground_m, want->identical_m, 0.02);
    assert_true(got->shared.ground_m >= got->identical.ground_m - 0.001);
    assert_near(got->overlap_area_m2, want->overlap_m2, 0.01);
    assert_near(got->overlap_width_m, want->overlap_width_m,
                0.002 * want->overlap_width_m);
    assert_near(got->gap_area_m2, want->gap_m2,
                want->gap_within * want->gap_m2);
    assert_near(got->gap_width_m, want->gap_width_m, 0.002 * want->gap_width_m);
    assert_int_equal(got->unmatched_vertices, want->vertices);
    if (!want->kind) {
        assert_int_equal(got->finding_count, 0);
        return;
    }
    assert_true(got->finding_count > 0);
    const struct gaz_sides_finding *worst = &got->findings[0];
    assert_string_equal(gaz_sides_kind_name(worst->kind), want->kind);
    assert_int_equal(worst->severity, want->worst);
    assert_true(worst->has_where && gaz_coord_is_valid(worst->where));
    assert_non_null(strstr(worst->zh, "甲"));
    assert_non_null(worst->en);
    assert_non_null(strstr(worst->clause, "GB/T 17796"));
}

static void test_cases(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_sides_report got =
            compare(b, CASES[i].a, CASES[i].b, CASES[i].b_count);
        check_case(&got, &CASES[i].want);
        gaz_ctx_next(&b->ctx);
    }
}

static void test_where(void **state)
{
    struct bench *b = *state;
    const struct ring other = RECT(1000, 0, 2000, 1000);
    struct gaz_sides_report got = compare(b, &NOTCHED, &other, 1);
    const struct gaz_coord from = place(b, (struct point){980, 400});
    const struct gaz_coord to = place(b, (struct point){1000, 600});
    assert_true(got.findings[0].where.lon > from.lon);
    assert_true(got.findings[0].where.lon < to.lon);
    assert_true(got.findings[0].where.lat > from.lat);
    assert_true(got.findings[0].where.lat < to.lat);

    const struct ring far = RECT(1500, 0, 2000, 1000);
    got = compare(b, &SQUARE, &far, 1);
    assert_near(got.findings[0].how_much_m, 500, 1e-4);
    const struct gaz_coord edge = place(b, (struct point){1000, 0});
    assert_near(got.findings[0].where.lon, edge.lon, 1e-6);
}

/* Numbers from a seed, 0 to 1. */
static double next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* The line from (1000, 0) to (1000, 1000), each corner up to 40 m off. */
static int zigzag(uint64_t *seed, struct point *points)
{
    enum { CORNERS = 12 };
    for (int i = 0; i < CORNERS; i++) {
        const bool is_end = i == 0 || i == CORNERS - 1;
        points[i].y = 1000.0 * i / (CORNERS - 1);
        points[i].x = is_end ? 1000 : 960 + 80 * next_random(seed);
    }
    return CORNERS;
}

static double area_of(const struct ring *ring)
{
    double twice = 0;
    for (int i = 0; i + 1 < ring->count; i++)
        twice += ring->points[i].x * ring->points[i + 1].y -
                 ring->points[i + 1].x * ring->points[i].y;
    return fabs(twice) / 2;
}

static struct ring close_ring(struct ring ring, double x)
{
    ring.points[ring.count++] = (struct point){x, 1000};
    ring.points[ring.count++] = (struct point){x, 0};
    ring.points[ring.count++] = ring.points[0];
    return ring;
}

static void test_overlap_less_gap(void **state)
{
    struct bench *b = *state;
    enum { SEEDS = 40 };
    for (uint64_t i = 1; i <= SEEDS; i++) {
        uint64_t seed = i;
        struct ring one = {.count = 0};
        struct ring other = {.count = 0};
        one.count = zigzag(&seed, one.points);
        other.count = zigzag(&seed, other.points);
        one = close_ring(one, 0);
        other = close_ring(other, 2000);
        struct gaz_sides_report got = compare(b, &one, &other, 1);
        const double want = area_of(&one) + area_of(&other) - 2000.0 * 1000;
        assert_near(got.overlap_area_m2 - got.gap_area_m2, want, 0.05);
        assert_true(got.overlap_count + got.gap_count > 1);
        gaz_ctx_next(&b->ctx);
    }
}

/* A zigzag that both sides share, of which B's is 3 m into A along one stretch
 * and 2 m back along another. */
static void test_long_outlines(void **state)
{
    enum { VERTICES = 6000, STRETCH = 200 };
    static const double STEP_M = 5;
    struct bench *b = *state;
    static struct point points[VERTICES + 3];
    struct gaz_wkb areas[2];
    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < VERTICES; i++) {
            const bool is_in = i >= 1000 && i < 1000 + STRETCH;
            const bool is_back = i >= 4000 && i < 4000 + STRETCH;
            points[i] = (struct point){i * STEP_M, i % 2 ? 0.5 : 0};
            if (side == 1)
                points[i].y += is_in ? 3 : is_back ? -2 : 0;
        }
        const double far = side == 0 ? 5000 : -5000;
        points[VERTICES] = (struct point){(VERTICES - 1) * STEP_M, far};
        points[VERTICES + 1] = (struct point){0, far};
        points[VERTICES + 2] = points[0];
        areas[side] = polygon_of(b, points, VERTICES + 3);
    }
    const struct gaz_side one = {"甲", &areas[0], 1};
    const struct gaz_side two = {"乙", &areas[1], 1};
    const struct gaz_sides_options options = gaz_sides_defaults();
    struct gaz_sides_report got;
    assert_status_of(&b->ctx,
                     gaz_sides_compare(&b->ctx, &one, &two, &options, &got),
                     GAZ_OK);
    assert_int_equal(got.overlap_count, 1);
    assert_int_equal(got.gap_count, 1);
    assert_near(got.overlap_area_m2, 3 * STRETCH * STEP_M, 1);
    assert_near(got.gap_area_m2, 2 * STRETCH * STEP_M, 1);
    gaz_ctx_next(&b->ctx);
}

static void test_limits(void **state)
{
    struct bench *b = *state;
    const struct ring other = RECT(995, 0, 2000, 1000);
    struct gaz_wkb areas[2] = {polygon(b, &SQUARE), polygon(b, &other)};
    const struct gaz_side one = {"A", &areas[0], 1};
    const struct gaz_side two = {"B", &areas[1], 1};
    const struct gaz_side none = {"C", NULL, 0};
    const struct gaz_wkb bytes = {"\1\3", 2};
    const struct gaz_side broken = {"D", &bytes, 1};
    struct gaz_sides_options options = gaz_sides_defaults();
    struct gaz_sides_report got = {.finding_count = 99};
    options.findings_max = 2;
    options.error_m = 4;
    assert_status(gaz_sides_compare(&b->ctx, &one, &two, &options, &got),
                  GAZ_OK);
    assert_int_equal(got.finding_count, 2);
    assert_int_equal(got.left_out, 3);
    assert_int_equal(got.findings[0].severity, GAZ_SEVERITY_ERROR);
    assert_status(gaz_sides_compare(&b->ctx, &one, &none, &options, &got),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&b->ctx), "side B has no area"));
    gaz_ctx_next(&b->ctx);
    assert_status(gaz_sides_compare(&b->ctx, &broken, &none, &options, &got),
                  GAZ_INVALID);
    assert_non_null(strstr(gaz_ctx_failure(&b->ctx), "cannot be read"));
    assert_int_equal(got.finding_count, 2);
    gaz_ctx_next(&b->ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_overlap_less_gap),
        cmocka_unit_test(test_long_outlines),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
