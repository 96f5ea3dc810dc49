/* Test plan: a line delivered in each system by mistake is told from the system
 * that was stated, by the same marks, by the line, and by a coarse line only
 * (which cannot tell a datum, and says so); the right system fits, also with
 * the noise of a survey and with differences that are for the checks; what is
 * elsewhere is no known slip; nothing to hold it against. */
#include "tests/unit/test.h"

#include <math.h>
#include <string.h>

#include "gazetteer/boundary/fingerprint.h"
#include "gazetteer/geo/crs.h"

enum { POINTS = 30 };

struct world {
    struct gaz_ctx ctx;
    struct gaz_coord line[POINTS];
    struct gaz_grid given[POINTS];
    struct gaz_fingerprint_pair pairs[POINTS];
};

/* A line that winds from west to east. */
static void make_line(struct world *w)
{
    for (int i = 0; i < POINTS; i++)
        w->line[i] =
            (struct gaz_coord){121.0 + 0.006 * i, 30.75 + 0.01 * sin(i * 0.7)};
}

/* Delivers the line in `crs`, `off_m` to the north of where it is known. */
static void deliver(struct world *w, const char *crs, bool is_swapped,
                    double off_m)
{
    struct gaz_crs *system = NULL;
    assert_status_of(&w->ctx, gaz_crs_open(&w->ctx, crs, &system), GAZ_OK);
    for (int i = 0; i < POINTS; i++) {
        const struct gaz_coord at = {w->line[i].lon,
                                     w->line[i].lat + off_m / 110900};
        double x;
        double y;
        assert_status_of(&w->ctx,
                         gaz_crs_from_cgcs2000(&w->ctx, system, at, &x, &y),
                         GAZ_OK);
        w->given[i] =
            is_swapped ? (struct gaz_grid){x, y} : (struct gaz_grid){y, x};
        w->pairs[i] = (struct gaz_fingerprint_pair){w->given[i], w->line[i]};
    }
    gaz_crs_close(system);
}

typedef enum { BY_MARKS, BY_LINE, BY_COARSE_LINE, BY_NOTHING } knowledge;

static struct gaz_fingerprint ask(struct world *w, const char *stated,
                                  knowledge what)
{
    const struct gaz_fingerprint_asked asked = {
        .crs = stated,
        .given = w->given,
        .count = POINTS,
        .pairs = w->pairs,
        .pair_count = what == BY_MARKS ? POINTS : 0,
        .line = w->line,
        .line_count = what == BY_LINE || what == BY_COARSE_LINE ? POINTS : 0,
        .reach_m = 3000,
        .accuracy_m = what == BY_COARSE_LINE ? 3000 : 20};
    struct gaz_fingerprint verdict;
    assert_status_of(&w->ctx, gaz_fingerprint_test(&w->ctx, &asked, &verdict),
                     GAZ_OK);
    assert_true(verdict.zh && verdict.en);
    return verdict;
}

static const struct {
    const char *label;
    const char *given;
    bool is_swapped;
    const char *stated;
    gaz_fingerprint_kind want;
    const char *crs;
    const char *says; /* in English */
} SLIPS[] = {
    {"as stated", "EPSG:4549", false, "EPSG:4549", GAZ_FINGERPRINT_FITS,
     "EPSG:4549", ""},
    {"degrees", "EPSG:4490", false, "EPSG:4490", GAZ_FINGERPRINT_FITS,
     "EPSG:4490", ""},
    {"eastings of 308 km", "EPSG:4550", false, "EPSG:4549",
     GAZ_FINGERPRINT_ZONE, "EPSG:4550", "eastings of 317 km"},
    {"prefix not stated", "EPSG:4528", false, "EPSG:4549", GAZ_FINGERPRINT_ZONE,
     "EPSG:4528", "prefix 40"},
    {"prefix stated", "EPSG:4549", false, "EPSG:4528", GAZ_FINGERPRINT_ZONE,
     "EPSG:4549", "without zone prefix"},
    {"the western zone", "EPSG:4548", false, "EPSG:4549", GAZ_FINGERPRINT_ZONE,
     "EPSG:4548", "117"},
    {"axes", "EPSG:4549", true, "EPSG:4549", GAZ_FINGERPRINT_SWAPPED,
     "EPSG:4549", "exchanged"},
    {"axes of degrees", "EPSG:4490", true, "EPSG:4490", GAZ_FINGERPRINT_SWAPPED,
     "EPSG:4490", "exchanged"},
    {"axes and zone", "EPSG:4550", true, "EPSG:4549", GAZ_FINGERPRINT_SWAPPED,
     "EPSG:4550", "exchanged"},
    {"degrees as plane", "EPSG:4490", false, "EPSG:4549",
     GAZ_FINGERPRINT_DEGREES, "EPSG:4490", "degrees"},
    {"plane as degrees", "EPSG:4549", false, "EPSG:4490",
     GAZ_FINGERPRINT_DEGREES, "EPSG:4549", "central meridian 120"},
    {"web map", "EPSG:3857", false, "EPSG:4549", GAZ_FINGERPRINT_ZONE,
     "EPSG:3857", "web Mercator"},
    {"GCJ-02", "GCJ-02", false, "EPSG:4490", GAZ_FINGERPRINT_DATUM, "GCJ-02",
     "GCJ-02"},
    {"BD-09", "BD-09", false, "EPSG:4490", GAZ_FINGERPRINT_DATUM, "BD-09",
     "BD-09"},
    {"stated GCJ-02, and is not", "EPSG:4490", false, "GCJ-02",
     GAZ_FINGERPRINT_DATUM, "EPSG:4490", "CGCS2000"},
};

static void test_slips(void **state)
{
    (void)state;
    struct world w = {.ctx = {.failure = ""}};
    make_line(&w);
    for (size_t i = 0; i < COUNT(SLIPS); i++)
        for (int what = BY_MARKS; what <= BY_LINE; what++) {
            CASE(SLIPS[i].label);
            deliver(&w, SLIPS[i].given, SLIPS[i].is_swapped, 0.5);
            const struct gaz_fingerprint got =
                ask(&w, SLIPS[i].stated, (knowledge)what);
            assert_int_equal(got.kind, SLIPS[i].want);
            assert_string_equal(got.crs, SLIPS[i].crs);
            assert_int_equal(got.is_swapped, SLIPS[i].is_swapped);
            assert_true(got.can_tell_datum);
            assert_true(got.better_m < 1);
            assert_non_null(strstr(got.en, SLIPS[i].says));
        }
    gaz_ctx_close(&w.ctx);
}

/* Degrees of a web map that somebody projected as if they were CGCS2000. */
static void test_web_map_in_a_plane(void **state)
{
    (void)state;
    struct world w = {.ctx = {.failure = ""}};
    static const char *const MAPS[] = {"GCJ-02", "BD-09"};
    make_line(&w);
    for (size_t i = 0; i < COUNT(MAPS); i++) {
        CASE(MAPS[i]);
        struct gaz_coord known[POINTS];
        memcpy(known, w.line, sizeof(known));
        deliver(&w, MAPS[i], false, 0.5);
        for (int j = 0; j < POINTS; j++)
            w.line[j] =
                (struct gaz_coord){w.given[j].east_m, w.given[j].north_m};
        deliver(&w, "EPSG:4549", false, 0);
        memcpy(w.line, known, sizeof(known));
        for (int j = 0; j < POINTS; j++)
            w.pairs[j].known = known[j];
        for (int what = BY_MARKS; what <= BY_LINE; what++) {
            const struct gaz_fingerprint got =
                ask(&w, "EPSG:4549", (knowledge)what);
            assert_int_equal(got.kind, GAZ_FINGERPRINT_DATUM);
            assert_null(got.crs);
            assert_non_null(strstr(got.en, MAPS[i]));
            assert_non_null(strstr(got.zh, MAPS[i]));
        }
    }
    gaz_ctx_close(&w.ctx);
}

static void test_coarse_line(void **state)
{
    (void)state;
    struct world w = {.ctx = {.failure = ""}};
    make_line(&w);
    for (size_t i = 0; i < COUNT(SLIPS); i++) {
        CASE(SLIPS[i].label);
        deliver(&w, SLIPS[i].given, SLIPS[i].is_swapped, 200);
        const struct gaz_fingerprint got =
            ask(&w, SLIPS[i].stated, BY_COARSE_LINE);
        assert_int_equal(got.kind, SLIPS[i].want == GAZ_FINGERPRINT_DATUM
                                       ? GAZ_FINGERPRINT_FITS
                                       : SLIPS[i].want);
        assert_false(got.can_tell_datum);
    }
    gaz_ctx_close(&w.ctx);
}

static void test_differences_are_no_slip(void **state)
{
    (void)state;
    struct world w = {.ctx = {.failure = ""}};
    make_line(&w);
    static const double OFF_M[] = {0, 3, 19, 80, 900};
    for (size_t i = 0; i < COUNT(OFF_M); i++) {
        CASE("so many metres off, to be found by the checks");
        deliver(&w, "EPSG:4549", false, OFF_M[i]);
        assert_int_equal(ask(&w, "EPSG:4549", BY_LINE).kind,
                         GAZ_FINGERPRINT_FITS);
        assert_int_equal(ask(&w, "EPSG:4549", BY_MARKS).kind,
                         GAZ_FINGERPRINT_FITS);
    }
    CASE("another place");
    deliver(&w, "EPSG:4549", false, 40000);
    const struct gaz_fingerprint got = ask(&w, "EPSG:4549", BY_LINE);
    assert_int_equal(got.kind, GAZ_FINGERPRINT_ELSEWHERE);
    assert_non_null(strstr(got.en, "no known slip"));
    assert_null(got.crs);
    CASE("nothing is known");
    assert_int_equal(ask(&w, "EPSG:4549", BY_NOTHING).kind,
                     GAZ_FINGERPRINT_UNKNOWN);
    gaz_ctx_close(&w.ctx);
}

static void test_refused(void **state)
{
    (void)state;
    struct world w = {.ctx = {.failure = ""}};
    struct gaz_fingerprint got;
    make_line(&w);
    deliver(&w, "EPSG:4549", false, 0);
    struct gaz_fingerprint_asked asked = {.crs = "EPSG:4549",
                                          .line = w.line,
                                          .line_count = POINTS,
                                          .reach_m = 1,
                                          .accuracy_m = 1};
    assert_status(gaz_fingerprint_test(&w.ctx, &asked, &got), GAZ_INVALID);
    gaz_ctx_next(&w.ctx);
    asked.given = w.given;
    asked.count = POINTS;
    asked.crs = "EPSG:nothing";
    assert_status(gaz_fingerprint_test(&w.ctx, &asked, &got), GAZ_INVALID);
    gaz_ctx_close(&w.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_web_map_in_a_plane),
        cmocka_unit_test(test_coarse_line),
        cmocka_unit_test(test_differences_are_no_slip),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("fingerprint", tests, NULL, NULL);
}
