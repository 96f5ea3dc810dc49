/* Test plan: seeded synthetic lines with one planted error each: the first
 * finding names it, and a clean line has none (tests/bench/bench_boundary does
 * so over 1,000). Sizes: a shift of 3 m north is found as 3 m to a few
 * millimetres with its uncertainty; a marker 7 m off as 7 m though all others
 * are shifted. Registers: one row changed at a time (code, pair, manager, date,
 * condition, height, distance, azimuth, true azimuth, side, off the line), the
 * rule and marker of its finding. Every finding says where the rule stands and
 * what to do. No marker is refused. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/boundary/sample.h"

static const double NOISE_M = 0.02;

static void make(struct gaz_ctx *ctx, uint64_t seed, gaz_sample_plant plant,
                 struct gaz_survey *out)
{
    const struct gaz_sample_options options = {.seed = seed,
                                               .plant = plant,
                                               .vertices = 300,
                                               .serials = 24,
                                               .noise_m = NOISE_M};
    assert_status_of(ctx, gaz_sample_make(ctx, &options, out), GAZ_OK);
}

static struct gaz_survey_report check(struct gaz_ctx *ctx,
                                      const struct gaz_survey *survey)
{
    struct gaz_survey_options options = gaz_survey_defaults();
    struct gaz_survey_report report;
    options.today = "2026-03-01";
    assert_status_of(ctx, gaz_survey_check(ctx, survey, &options, &report),
                     GAZ_OK);
    for (size_t i = 0; i < report.finding_count; i++) {
        assert_true(strlen(report.findings[i].zh) > 0);
        assert_true(strlen(report.findings[i].en) > 0);
        assert_true(strlen(report.findings[i].clause) > 0);
        assert_true(strlen(report.findings[i].advice) > 0);
    }
    return report;
}

static void test_plants(void **state)
{
    (void)state;
    for (int plant = 0; plant < GAZ_SAMPLE_PLANTS; plant++)
        for (uint64_t seed = 1; seed <= 6; seed++) {
            CASE(gaz_sample_plant_name((gaz_sample_plant)plant));
            struct gaz_ctx ctx = {0};
            struct gaz_survey survey;
            make(&ctx, seed, (gaz_sample_plant)plant, &survey);
            const struct gaz_survey_report report = check(&ctx, &survey);
            if (plant == GAZ_SAMPLE_CLEAN) {
                assert_int_equal(report.finding_count, 0);
            } else {
                assert_true(report.finding_count > 0);
                assert_string_equal(
                    gaz_survey_kind_name(report.findings[0].kind),
                    gaz_survey_kind_name(
                        gaz_sample_expected((gaz_sample_plant)plant)));
            }
            gaz_ctx_close(&ctx);
        }
}

static void test_seeds_repeat(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_survey one;
    struct gaz_survey other;
    make(&ctx, 5, GAZ_SAMPLE_CLEAN, &one);
    make(&ctx, 5, GAZ_SAMPLE_CLEAN, &other);
    assert_int_equal(one.marker_count, 28);
    for (size_t i = 0; i < one.marker_count; i++)
        assert_near(one.markers[i].measured.north_m,
                    other.markers[i].measured.north_m, 0);
    gaz_ctx_close(&ctx);
}

static struct gaz_survey_marker *copy(struct gaz_ctx *ctx,
                                      struct gaz_survey *survey)
{
    struct gaz_survey_marker *markers =
        gaz_arena_array(&ctx->arena, survey->marker_count, sizeof(*markers));
    (void)memcpy(markers, survey->markers,
                 survey->marker_count * sizeof(*markers));
    survey->markers = markers;
    return markers;
}

static void test_sizes(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_survey survey;
    make(&ctx, 3, GAZ_SAMPLE_CLEAN, &survey);
    struct gaz_survey_marker *markers = copy(&ctx, &survey);
    for (size_t i = 0; i < survey.marker_count; i++)
        markers[i].measured.north_m += 3;
    markers[9].measured.east_m -= 7;
    const struct gaz_survey_report report = check(&ctx, &survey);
    assert_int_equal(report.finding_count, 2);
    assert_string_equal(report.findings[0].rule, "B02");
    assert_int_equal(report.findings[0].kind, GAZ_SURVEY_SHIFT);
    assert_near(report.findings[0].how_much_m, 3, 0.02);
    assert_near(report.findings[0].uncertainty_m, NOISE_M / sqrt(27), 0.002);
    assert_string_equal(report.findings[1].rule, "B01");
    assert_string_equal(report.findings[1].marker, markers[9].code);
    assert_near(report.findings[1].how_much_m, 7, 0.1);
    assert_true(report.findings[1].has_where);
    gaz_ctx_close(&ctx);
}

/* Row 5 of the sample is the first A, row 6 its B. */
typedef void change(struct gaz_survey_marker *m);

static void break_line(struct gaz_survey_marker *m)
{
    m[3].code = "3331004Q";
}
static void drop_half(struct gaz_survey_marker *m)
{
    m[6].code = "3133006Q";
    m[6].has_agreed = m[6].has_measured = false;
}
static void repeat(struct gaz_survey_marker *m)
{
    m[3].code = m[2].code;
}
static void drop_manager(struct gaz_survey_marker *m)
{
    m[3].manager = "";
}
static void age(struct gaz_survey_marker *m)
{
    m[3].inspected_on = "2021-02-28";
}
static void keep_young(struct gaz_survey_marker *m)
{
    m[3].inspected_on = "2021-03-01";
}
static void never(struct gaz_survey_marker *m)
{
    m[3].inspected_on = "";
}
static void lose(struct gaz_survey_marker *m)
{
    m[3].condition = "丢失";
}
static void raise(struct gaz_survey_marker *m)
{
    m[3].measured_height_m += 1;
}
static void lengthen(struct gaz_survey_marker *m)
{
    m[3].next_distance_m += 5;
}
static void turn(struct gaz_survey_marker *m)
{
    m[3].next_azimuth_deg += 3;
}
static void exchange_halves(struct gaz_survey_marker *m)
{
    const char *code = m[5].code;
    m[5].code = m[6].code;
    m[6].code = code;
}
static void leave_line(struct gaz_survey_marker *m)
{
    m[3].agreed.north_m += 9;
    m[3].measured.north_m += 9;
    m[2].next_distance_m = m[3].next_distance_m = 0;
    m[3].objects = NULL;
}

static void lose_object(struct gaz_survey_marker *m)
{
    m[3].object_count = 2;
}

static void misread_object(struct gaz_survey_marker *m)
{
    static struct gaz_survey_object objects[3];
    for (int i = 0; i < 3; i++)
        objects[i] = m[3].objects[i];
    objects[1].distance_m += 1.2;
    m[3].objects = objects;
}

static void name_no_marker(struct gaz_survey_marker *m)
{
    m[3].course = "沿河至3133999Q界桩";
}

static void turn_course(struct gaz_survey_marker *m)
{
    m[3].course = "向西行";
}

static void lengthen_course(struct gaz_survey_marker *m)
{
    m[3].course = "界线沿河行9.5公里";
}

static void test_registers(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        change *change;
        const char *rule; /* NULL: no finding */
        gaz_survey_kind kind;
        const char *marker;
    } CASES[] = {
        {"code", break_line, "B15", GAZ_SURVEY_CODE, "3331004Q"},
        {"half a pair", drop_half, "B15", GAZ_SURVEY_CODE, "3133006A"},
        {"twice", repeat, "B15", GAZ_SURVEY_CODE, "3133003Q"},
        {"manager", drop_manager, "B16", GAZ_SURVEY_MANAGER, "3133004Q"},
        {"old", age, "B12", GAZ_SURVEY_INSPECTION, "3133004Q"},
        {"five years to the day", keep_young, NULL, GAZ_SURVEY_INSPECTION, ""},
        {"never", never, "B12", GAZ_SURVEY_INSPECTION, "3133004Q"},
        {"lost", lose, "B12", GAZ_SURVEY_CONDITION, "3133004Q"},
        {"height", raise, "B01", GAZ_SURVEY_HEIGHT, "3133004Q"},
        {"distance", lengthen, "B07", GAZ_SURVEY_DISTANCE, "3133004Q"},
        {"azimuth", turn, "B07", GAZ_SURVEY_AZIMUTH, "3133004Q"},
        {"side", exchange_halves, "B05", GAZ_SURVEY_WRONG_SIDE, "3133006A"},
        {"off the line", leave_line, "B04", GAZ_SURVEY_OFF_LINE, "3133004Q"},
        {"two objects", lose_object, "B08", GAZ_SURVEY_OBJECTS, "3133004Q"},
        {"object off", misread_object, "B08", GAZ_SURVEY_OBJECT, "3133004Q"},
        {"course to nowhere", name_no_marker, "B09", GAZ_SURVEY_COURSE_END,
         "3133004Q"},
        {"course back", turn_course, "B09", GAZ_SURVEY_COURSE, "3133004Q"},
        {"course too long", lengthen_course, "B09", GAZ_SURVEY_COURSE,
         "3133004Q"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_ctx ctx = {0};
        struct gaz_survey survey;
        make(&ctx, 11, GAZ_SAMPLE_CLEAN, &survey);
        CASES[i].change(copy(&ctx, &survey));
        const struct gaz_survey_report report = check(&ctx, &survey);
        bool is_found = false;
        for (size_t j = 0; j < report.finding_count; j++) {
            const struct gaz_survey_finding *finding = &report.findings[j];
            assert_int_equal(finding->kind, CASES[i].kind);
            assert_string_equal(finding->rule, CASES[i].rule);
            is_found =
                is_found || strcmp(finding->marker, CASES[i].marker) == 0;
        }
        assert_true(is_found == (CASES[i].rule != NULL));
        gaz_ctx_close(&ctx);
    }
}

/* A register that gives true azimuths differs by the convergence, all along. */
static void test_true_azimuth(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_survey survey;
    make(&ctx, 11, GAZ_SAMPLE_CLEAN, &survey);
    struct gaz_survey_marker *markers = copy(&ctx, &survey);
    /* at 121.0 E, 30.8 N: 1.0 * sin(30.8) = 0.512 degrees */
    for (size_t i = 0; i < survey.marker_count; i++)
        markers[i].next_azimuth_deg += 0.512;
    const struct gaz_survey_report report = check(&ctx, &survey);
    size_t named = 0;
    assert_true(report.finding_count > 0);
    for (size_t i = 0; i < report.finding_count; i++) {
        assert_int_equal(report.findings[i].kind, GAZ_SURVEY_AZIMUTH);
        named += strstr(report.findings[i].zh, "真方位角") != NULL;
    }
    assert_true(named > 0);
    gaz_ctx_close(&ctx);
}

static void test_no_marker(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    const struct gaz_survey survey = {.marker_count = 0};
    const struct gaz_survey_options options = gaz_survey_defaults();
    struct gaz_survey_report report;
    assert_status(gaz_survey_check(&ctx, &survey, &options, &report),
                  GAZ_INVALID);
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plants),
        cmocka_unit_test(test_seeds_repeat),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_registers),
        cmocka_unit_test(test_true_azimuth),
        cmocka_unit_test(test_no_marker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
