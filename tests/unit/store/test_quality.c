/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: kept checks. What was put comes back, oldest run first, by rule;
 * of its own scope only; a rule that is no indicator (value -1) is kept and not
 * part of the past; of more than the limit the newest; two indicators of one
 * rule in one run, and a put outside of a transaction are refused. */
#include "tests/unit/store/places.h"

#include "gazetteer/store/quality.h"

static int64_t put_run(struct fixture *f, gaz_date day, const char *scope)
{
    const struct gaz_quality_run run = {.day = day,
                                        .scope = scope,
                                        .places = 10,
                                        .addresses = 20,
                                        .errors = 1,
                                        .warnings = 2,
                                        .hints = 3,
                                        .waived = 4};
    int64_t id = 0;
    OK(f, gaz_quality_put_run(&f->ctx, f->store, &run, &id));
    assert_true(id > 0);
    return id;
}

static void put(struct fixture *f, int64_t run, const char *rule, double value)
{
    const struct gaz_quality_indicator indicator = {rule, 100, 5, value,
                                                    value < 0 ? -1 : 99};
    OK(f, gaz_quality_put_indicator(&f->ctx, f->store, run, &indicator));
}

static void test_past(void **state)
{
    struct fixture *f = *state;
    static const struct {
        gaz_date day;
        const char *rule;
        double value;
    } WANT[] = {{20260101, "Q01", 95},
                {20260101, "Q02", 80.5},
                {20260201, "Q01", 97},
                {20260201, "Q02", 0}};
    const struct gaz_quality_past *past;
    int count = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    int64_t first = put_run(f, 20260101, "");
    put(f, first, "Q02", 80.5);
    put(f, first, "Q01", 95);
    put(f, first, "N05", -1);
    int64_t other = put_run(f, 20260115, "330482");
    put(f, other, "Q01", 50);
    int64_t second = put_run(f, 20260201, "");
    put(f, second, "Q01", 97);
    put(f, second, "Q02", 0);
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_quality_past(&f->ctx, f->store, "", &past, &count));
    assert_int_equal(count, COUNT(WANT));
    for (size_t i = 0; i < COUNT(WANT); i++) {
        CASE(WANT[i].rule);
        assert_int_equal(past[i].day, WANT[i].day);
        assert_string_equal(past[i].rule, WANT[i].rule);
        assert_near(past[i].value, WANT[i].value, 1e-12);
    }
    OK(f, gaz_quality_past(&f->ctx, f->store, "330482", &past, &count));
    assert_int_equal(count, 1);
    assert_near(past[0].value, 50, 1e-12);
    OK(f, gaz_quality_past(&f->ctx, f->store, "310116", &past, &count));
    assert_int_equal(count, 0);
    assert_int_equal(
        fixture_number(f, "SELECT errors * 1000 + warnings * 100 + hints * 10"
                          " + waived FROM quality_run WHERE id = 1"),
        1234);
    assert_int_equal(fixture_number(f, "SELECT COUNT(*) FROM quality_indicator"
                                       " WHERE value IS NULL"),
                     1);
}

static void test_most(void **state)
{
    struct fixture *f = *state;
    enum { RULES = 25, RUNS = GAZ_QUALITY_PAST_MAX / RULES + 3 };
    const struct gaz_quality_past *past;
    int count = 0;
    OK(f, gaz_store_begin(&f->ctx, f->store));
    for (int i = 0; i < RUNS; i++) {
        int64_t run = put_run(f, 20260101 + i, "");
        for (int k = 0; k < RULES; k++)
            put(f, run, gaz_arena_printf(&f->ctx.arena, "Q%02d", k), i);
    }
    OK(f, gaz_store_commit(&f->ctx, f->store));
    OK(f, gaz_quality_past(&f->ctx, f->store, "", &past, &count));
    assert_int_equal(count, GAZ_QUALITY_PAST_MAX);
    assert_near(past[0].value, 3, 1e-12);
    assert_near(past[count - 1].value, RUNS - 1, 1e-12);
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    const struct gaz_quality_run run = {.day = 20260101, .scope = ""};
    const struct gaz_quality_indicator twice = {"Q01", 1, 0, 100, 99};
    int64_t id = 7;
    assert_status(gaz_quality_put_run(&f->ctx, f->store, &run, &id),
                  GAZ_INVALID);
    assert_int_equal(id, 7);
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_begin(&f->ctx, f->store));
    id = put_run(f, 20260101, "");
    put(f, id, "Q01", 100);
    assert_status(gaz_quality_put_indicator(&f->ctx, f->store, id, &twice),
                  GAZ_INVALID);
    f->ctx.failure[0] = '\0';
    assert_status(gaz_quality_put_indicator(&f->ctx, f->store, 999, &twice),
                  GAZ_INVALID);
    f->ctx.failure[0] = '\0';
    OK(f, gaz_store_rollback(&f->ctx, f->store));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_past, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_most, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_refused, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
