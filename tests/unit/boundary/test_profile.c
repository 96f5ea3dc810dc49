/* Test plan: two lines drawn by hand whose distances are known (parallel,
 * shifted, a bend that one cuts off, ends that differ); the sign of the
 * difference; stretches beyond a tolerance with their ends; seeded random
 * lines: the directed Hausdorff distances against brute force over points every
 * centimetre; a line of 20,000 vertices against itself is 0 and takes no time;
 * the direction that lines are given. */
#include "tests/unit/test.h"

#include "gazetteer/boundary/profile.h"
#include "gazetteer/geo/track.h"

static const struct gaz_profile_options OPTIONS = {1, 0.001, 2};

static struct gaz_profile compare(struct gaz_ctx *ctx, const struct gaz_grid *a,
                                  size_t a_count, const struct gaz_grid *b,
                                  size_t b_count)
{
    struct gaz_profile profile;
    assert_status_of(
        ctx,
        gaz_profile_compare(ctx, a, a_count, b, b_count, &OPTIONS, &profile),
        GAZ_OK);
    return profile;
}

static void test_parallel(void **state)
{
    (void)state;
    static const struct gaz_grid A[] = {{0, 0}, {0, 100}};
    static const struct gaz_grid B[] = {{3, 0}, {3, 40}, {3, 100}};
    struct gaz_ctx ctx = {0};
    const struct gaz_profile p = compare(&ctx, A, 2, B, 3);
    assert_near(p.hausdorff_m, 3, 1e-9);
    assert_near(p.mean_m, 3, 1e-9); /* north of an eastward line is left */
    assert_near(p.rms_m, 3, 1e-9);
    assert_near(p.spread_m, 0, 1e-6);
    assert_near(p.share_within, 0, 0);
    assert_int_equal(p.count, 101);
    assert_int_equal(p.stretch_count, 1);
    assert_near(p.stretches[0].from_m, 0, 0);
    assert_near(p.stretches[0].to_m, 100, 0);
    const struct gaz_profile back = compare(&ctx, B, 3, A, 2);
    assert_near(back.mean_m, -3, 1e-9);
    gaz_ctx_close(&ctx);
}

/* A bend of 10 m that B cuts off: A has a place 10 m off B, and B none as far
 * from A. */
static void test_directed(void **state)
{
    (void)state;
    static const struct gaz_grid A[] = {{0, 0},   {0, 50}, {10, 50},
                                        {10, 51}, {0, 51}, {0, 100}};
    static const struct gaz_grid B[] = {{0, 0}, {0, 100}};
    struct gaz_ctx ctx = {0};
    const struct gaz_profile p = compare(&ctx, A, 6, B, 2);
    assert_near(p.a_to_b.distance_m, 10, 1e-3);
    assert_near(p.b_to_a.distance_m, 0.5, 1e-3); /* between the bend's feet */
    assert_near(p.hausdorff_m, 10, 1e-3);
    double most_m = 0;
    for (size_t i = 0; i < p.stretch_count; i++)
        if (fabs(p.stretches[i].most_m) > fabs(most_m)) {
            most_m = p.stretches[i].most_m;
            assert_near(p.stretches[i].where.north_m, fabs(most_m), 1e-9);
        }
    assert_near(fabs(most_m), 10, 1);
    gaz_ctx_close(&ctx);
}

static double draw(uint64_t *state, double low, double high)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    z ^= z >> 31;
    return low + (high - low) * (double)(z >> 11) / 9007199254740992.0;
}

enum { VERTICES = 40 };

static void make_line(uint64_t seed, struct gaz_grid *line)
{
    for (int i = 0; i < VERTICES; i++)
        line[i] =
            (struct gaz_grid){draw(&seed, -8, 8), 5.0 * i + draw(&seed, -2, 2)};
}

static double slowest(struct gaz_ctx *ctx, const struct gaz_grid *a,
                      const struct gaz_grid *b)
{
    struct gaz_track tracks[2];
    const struct gaz_grid *lines[] = {a, b};
    double most_m = 0;
    for (int i = 0; i < 2; i++) {
        struct gaz_track_point points[VERTICES];
        for (int j = 0; j < VERTICES; j++)
            points[j] = (struct gaz_track_point){lines[i][j].east_m,
                                                 lines[i][j].north_m};
        gaz_track_open(&ctx->arena, points, NULL, VERTICES, &tracks[i]);
    }
    for (double at = 0; at <= tracks[0].length_m; at += 0.01) {
        struct gaz_track_foot foot = {.distance_m = 0};
        (void)gaz_track_nearest(&tracks[1], gaz_track_at(&tracks[0], at),
                                HUGE_VAL, foot.segment, &foot);
        most_m = fmax(most_m, foot.distance_m);
    }
    return most_m;
}

static void test_brute_force(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct gaz_ctx ctx = {0};
        struct gaz_grid a[VERTICES];
        struct gaz_grid b[VERTICES];
        make_line(seed, a);
        make_line(seed + 1000, b);
        const struct gaz_profile p = compare(&ctx, a, VERTICES, b, VERTICES);
        assert_near(p.a_to_b.distance_m, slowest(&ctx, a, b), 0.006);
        assert_near(p.b_to_a.distance_m, slowest(&ctx, b, a), 0.006);
        assert_near(hypot(p.a_to_b.from.north_m - p.a_to_b.to.north_m,
                          p.a_to_b.from.east_m - p.a_to_b.to.east_m),
                    p.a_to_b.distance_m, 1e-9);
        gaz_ctx_close(&ctx);
    }
}

static void test_same_line(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    struct gaz_ctx ctx = {0};
    struct gaz_grid *line = gaz_arena_array(&ctx.arena, MANY, sizeof(*line));
    for (int i = 0; i < MANY; i++)
        line[i] = (struct gaz_grid){100 * sin(i / 300.0), i};
    const struct gaz_profile p = compare(&ctx, line, MANY, line, MANY);
    assert_near(p.hausdorff_m, 0, 1e-9);
    assert_near(p.share_within, 1, 0);
    assert_int_equal(p.stretch_count, 0);
    gaz_ctx_close(&ctx);
}

static void test_direction(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_grid line[2];
        bool turns;
    } CASES[] = {
        {"west to east", {{0, 0}, {3, 10}}, false},
        {"east to west", {{3, 10}, {0, 0}}, true},
        {"north to south", {{10, 0}, {0, 3}}, false},
        {"south to north", {{0, 3}, {10, 0}}, true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_grid line[] = {CASES[i].line[0], CASES[i].line[1]};
        gaz_profile_direct(line, 2);
        assert_near(line[0].east_m,
                    CASES[i].line[CASES[i].turns ? 1 : 0].east_m, 0);
    }
}

static void test_no_length(void **state)
{
    (void)state;
    static const struct gaz_grid POINT[] = {{1, 1}, {1, 1}};
    static const struct gaz_grid LINE[] = {{0, 0}, {0, 1}};
    struct gaz_ctx ctx = {0};
    struct gaz_profile profile;
    assert_status(
        gaz_profile_compare(&ctx, LINE, 2, POINT, 2, &OPTIONS, &profile),
        GAZ_INVALID);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parallel),    cmocka_unit_test(test_directed),
        cmocka_unit_test(test_brute_force), cmocka_unit_test(test_same_line),
        cmocka_unit_test(test_direction),   cmocka_unit_test(test_no_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
