/* Test plan: the nearest place on seeded random lines against brute force over
 * all segments (2,000 points a line, any hint gives the same answer; a distance
 * that is too short finds nothing); the side and the chainage of a foot on a
 * line drawn by hand; places by chainage; parts that are not joined; where
 * lines meet themselves against brute force, and the cases drawn by hand:
 * crossing, touch, running back, a ring, none. */
#include "tests/unit/test.h"

#include "gazetteer/geo/track.h"

enum { POINTS = 400, QUERIES = 2000 };

/* splitmix64 */
static double draw(uint64_t *state, double low, double high)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    z ^= z >> 31;
    return low + (high - low) * (double)(z >> 11) / 9007199254740992.0;
}

static double slowest(const struct gaz_track *track, struct gaz_track_point at)
{
    double best = HUGE_VAL;
    for (size_t i = 0; i < track->count; i++)
        best = fmin(best, gaz_track_off_m(track, i, at));
    return best;
}

static void make_walk(struct gaz_arena *arena, uint64_t seed, size_t count,
                      struct gaz_track *out)
{
    struct gaz_track_point *points =
        gaz_arena_array(arena, count, sizeof(*points));
    for (size_t i = 1; i < count; i++)
        points[i] =
            (struct gaz_track_point){points[i - 1].x + draw(&seed, -3, 9),
                                     points[i - 1].y + draw(&seed, -6, 6)};
    gaz_track_open(arena, points, NULL, count, out);
}

static void test_nearest(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct gaz_arena arena = {0};
        struct gaz_track track;
        uint64_t dice = seed + 100;
        make_walk(&arena, seed, POINTS, &track);
        assert_int_equal(track.count, POINTS - 1);
        for (int i = 0; i < QUERIES; i++) {
            const struct gaz_track_point at = {draw(&dice, -200, 1400),
                                               draw(&dice, -300, 300)};
            struct gaz_track_foot foot;
            const size_t hint = (size_t)draw(&dice, 0, 2 * POINTS);
            assert_true(gaz_track_nearest(&track, at, HUGE_VAL, hint, &foot));
            assert_near(foot.distance_m, slowest(&track, at), 1e-9);
            assert_near(hypot(foot.at.x - at.x, foot.at.y - at.y),
                        foot.distance_m, 1e-9);
            const struct gaz_track_point back =
                gaz_track_at(&track, foot.along_m);
            assert_near(hypot(back.x - foot.at.x, back.y - foot.at.y), 0, 1e-6);
            assert_false(gaz_track_nearest(&track, at, foot.distance_m * 0.999,
                                           hint, &foot));
        }
        gaz_arena_close(&arena);
    }
}

static void test_foot(void **state)
{
    (void)state;
    static const struct gaz_track_point LINE[] = {
        {0, 0}, {10, 0}, {10, 0}, {10, 10}};
    struct gaz_arena arena = {0};
    struct gaz_track track;
    struct gaz_track_foot foot;
    gaz_track_open(&arena, LINE, NULL, 4, &track);
    assert_int_equal(track.count, 2); /* a step of no length is none */
    assert_near(track.length_m, 20, 0);
    assert_true(gaz_track_nearest(&track, (struct gaz_track_point){4, 3},
                                  HUGE_VAL, 0, &foot));
    assert_near(foot.along_m, 4, 1e-12);
    assert_near(foot.distance_m, 3, 1e-12);
    assert_true(foot.side > 0); /* left */
    assert_true(gaz_track_nearest(&track, (struct gaz_track_point){12, 6},
                                  HUGE_VAL, 0, &foot));
    assert_near(foot.along_m, 16, 1e-12);
    assert_true(foot.side < 0);
    assert_near(gaz_track_at(&track, -5).x, 0, 0);
    assert_near(gaz_track_at(&track, 99).y, 10, 0);
    gaz_arena_close(&arena);
}

static void test_parts(void **state)
{
    (void)state;
    static const struct gaz_track_point LINE[] = {
        {0, 0}, {10, 0}, {90, 0}, {100, 0}};
    static const bool BEGINS[] = {true, false, true, false};
    struct gaz_arena arena = {0};
    struct gaz_track track;
    struct gaz_track_foot foot;
    gaz_track_open(&arena, LINE, BEGINS, 4, &track);
    assert_int_equal(track.count, 2);
    assert_near(track.length_m, 20, 0);
    assert_true(gaz_track_nearest(&track, (struct gaz_track_point){50, 0},
                                  HUGE_VAL, 0, &foot));
    assert_near(foot.distance_m, 40, 1e-12);
    gaz_track_open(&arena, LINE, NULL, 1, &track);
    assert_false(gaz_track_nearest(&track, LINE[0], HUGE_VAL, 0,
                                   &foot)); /* no segment */
    gaz_arena_close(&arena);
}

static void test_crossings(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        struct gaz_track_point line[6];
        size_t count;
        size_t want;
    } CASES[] = {
        {"straight", {{0, 0}, {5, 0}, {9, 0}}, 3, 0},
        {"crosses", {{0, 0}, {10, 0}, {10, 5}, {5, 5}, {5, -5}}, 5, 1},
        {"touches", {{0, 0}, {10, 0}, {10, 5}, {5, 0}}, 4, 1},
        {"runs back", {{0, 0}, {10, 0}, {4, 0}}, 3, 1},
        {"a ring", {{0, 0}, {10, 0}, {10, 10}, {0, 0}}, 4, 0},
        {"a sharp turn", {{0, 0}, {10, 0}, {0, 0.1}}, 3, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_arena arena = {0};
        struct gaz_track track;
        struct gaz_track_crossing found[8];
        gaz_track_open(&arena, CASES[i].line, NULL, CASES[i].count, &track);
        assert_int_equal(gaz_track_crossings(&track, found, 8), CASES[i].want);
        gaz_arena_close(&arena);
    }
}

/* Few lines in a small square cross themselves often: as often as all pairs
 * say. */
static void test_all_crossings(void **state)
{
    (void)state;
    enum { COUNT_MAX = 4000, VERTICES = 60 };
    static struct gaz_track_crossing found[COUNT_MAX];
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct gaz_arena arena = {0};
        struct gaz_track track;
        struct gaz_track_point points[VERTICES];
        uint64_t dice = seed;
        size_t want = 0;
        for (int i = 0; i < VERTICES; i++)
            points[i] = (struct gaz_track_point){draw(&dice, 0, 50),
                                                 draw(&dice, 0, 50)};
        gaz_track_open(&arena, points, NULL, VERTICES, &track);
        for (int i = 0; i + 1 < VERTICES; i++)
            for (int j = i + 2; j + 1 < VERTICES; j++) {
                const struct gaz_track_point four[] = {
                    points[i], points[i + 1], points[j], points[j + 1]};
                struct gaz_track pair;
                struct gaz_track_crossing one;
                static const bool BEGINS[] = {true, false, true, false};
                gaz_track_open(&arena, four, BEGINS, 4, &pair);
                want += gaz_track_crossings(&pair, &one, 1);
            }
        assert_true(want > 50);
        assert_int_equal(gaz_track_crossings(&track, found, COUNT_MAX), want);
        assert_int_equal(gaz_track_crossings(&track, found, 3), 3);
        gaz_arena_close(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nearest),       cmocka_unit_test(test_foot),
        cmocka_unit_test(test_parts),         cmocka_unit_test(test_crossings),
        cmocka_unit_test(test_all_crossings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
