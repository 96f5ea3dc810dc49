/* Test plan: a known shift, rotation and scale come back to a micrometre, with
 * the sign of azimuths; with a fifth of the marks moved by hundreds of metres
 * they still do, and the residuals of exactly those marks are large. Property:
 * the fit of the fitted positions is the identity. What cannot be fitted says
 * why. The median of odd, even and no values. */
#include "tests/unit/test.h"

#include "gazetteer/boundary/fit.h"

enum { MARKS = 20 };

static void make_marks(struct gaz_grid from[MARKS])
{
    for (int i = 0; i < MARKS; i++)
        from[i] = (struct gaz_grid){3400000 + 300.0 * (i % 7) + 10 * i,
                                    580000 + 2500.0 * i};
}

static struct gaz_grid turn(struct gaz_grid at, struct gaz_grid centre,
                            double angle, double scale, struct gaz_grid shift)
{
    const double north = at.north_m - centre.north_m;
    const double east = at.east_m - centre.east_m;
    return (struct gaz_grid){
        centre.north_m + shift.north_m +
            scale * (north * cos(angle) - east * sin(angle)),
        centre.east_m + shift.east_m +
            scale * (north * sin(angle) + east * cos(angle))};
}

struct fit_case {
    const char *label;
    double angle;
    double ppm;
    struct gaz_grid shift;
    int bad; /* every so many marks is moved; 0: none */
};

static double moved_m(const struct fit_case *c, int mark)
{
    return c->bad && mark % c->bad == 2 ? 300 + 17.0 * mark : 0;
}

static void check_residuals(const struct fit_case *c,
                            const struct gaz_grid residuals[MARKS])
{
    for (int i = 0; i < MARKS; i++) {
        assert_near(residuals[i].north_m, moved_m(c, i), 1e-6);
        assert_near(residuals[i].east_m, 0, 1e-6);
    }
}

static void check_fit(struct gaz_ctx *ctx, const struct fit_case *c)
{
    const struct gaz_grid origin = {3400000, 600000};
    const double scale = 1 + c->ppm * 1e-6;
    struct gaz_grid from[MARKS];
    struct gaz_grid to[MARKS];
    struct gaz_grid residuals[MARKS];
    struct gaz_fit fit;
    make_marks(from);
    for (int i = 0; i < MARKS; i++) {
        to[i] = turn(from[i], origin, c->angle, scale, c->shift);
        to[i].north_m += moved_m(c, i);
    }
    assert_status_of(
        ctx, gaz_fit_similarity(ctx, from, to, MARKS, &fit, residuals), GAZ_OK);
    const struct gaz_grid want =
        turn(fit.centre, origin, c->angle, scale, c->shift);
    assert_near(fit.rotation_rad, c->angle, 1e-10);
    assert_near(fit.scale_ppm, c->ppm, 1e-4);
    assert_near(fit.centre.north_m + fit.shift.north_m, want.north_m, 1e-6);
    assert_near(fit.centre.east_m + fit.shift.east_m, want.east_m, 1e-6);
    check_residuals(c, residuals);
}

static void test_known_fits(void **state)
{
    (void)state;
    static const struct fit_case CASES[] = {
        {"nothing", 0, 0, {0, 0}, 0},
        {"shift", 0, 0, {1.5, -2.25}, 0},
        {"clockwise", 1e-4, 0, {0, 0}, 0},
        {"anticlockwise and larger", -2e-4, 80, {0.5, 0.25}, 0},
        {"shift, a fifth is bad", 0, 0, {1.5, -2.25}, 5},
        {"all three, a fifth is bad", 1e-4, -50, {3, 4}, 5},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_ctx ctx = {0};
        check_fit(&ctx, &CASES[i]);
        gaz_ctx_close(&ctx);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_fit fit;
    const struct gaz_grid same[4] = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
    assert_status(gaz_fit_similarity(&ctx, same, same, 2, &fit, NULL),
                  GAZ_INVALID);
    assert_string_equal(gaz_ctx_failure(&ctx),
                        "2 marks; a fit needs at least 3");
    gaz_ctx_next(&ctx);
    assert_status(gaz_fit_similarity(&ctx, same, same, 4, &fit, NULL),
                  GAZ_INVALID);
    assert_string_equal(gaz_ctx_failure(&ctx),
                        "the marks are all in one place");
    gaz_ctx_close(&ctx);
}

static void test_median(void **state)
{
    (void)state;
    double odd[] = {5, -1, 3};
    double even[] = {4, 1, 3, 2};
    assert_near(gaz_fit_median(odd, 3), 3, 0);
    assert_near(gaz_fit_median(even, 4), 2.5, 0);
    assert_near(gaz_fit_median(NULL, 0), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_fits),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_median),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
