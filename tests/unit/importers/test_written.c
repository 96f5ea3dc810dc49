/* Test plan: days, angles and numbers as clerks write them, each with what it
 * means, and what is none; a day that is written as ISO comes back as it was,
 * an angle in parts is the decimal one to a hundredth of a second. */
#include "tests/unit/test.h"

#include <math.h>
#include <stdio.h>

#include "importers/written.h"

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gaz_date date; /* 0: none */
    } CASES[] = {
        {"2008年5月1日", 20080501},
        {"2008年05月01日", 20080501},
        {"2008年5月1号", 20080501},
        {"2008年5月", 20080500},
        {"2008年", 20080000},
        {"2008", 20080000},
        {"2008-5-1", 20080501},
        {"2008-05-01", 20080501},
        {"2008.5.1", 20080501},
        {"2008.05", 20080500},
        {"2008/5/1", 20080501},
        {"2008/05/01 00:00:00", 20080501},
        {"2008-05-01T00:00:00+08", 20080501},
        {"20080501", 20080501},
        {"200805", 20080500},
        {"２００８年５月", 20080500},
        {"二〇〇八年五月一日", 20080501},
        {"二○○八年十二月三十一日", 20081231},
        {"二零零八年", 20080000},
        {"公元1430年", 14300000},
        {"民国二十五年", 19360000},
        {"民国元年", 19120000},
        {"民国25年3月", 19360300},
        {" 2008年5月 ", 20080500},
        {"", 0},
        {"去年", 0},
        {"明代", 0},
        {"宣德五年", 0},
        {"1983年以前", 0},
        {"2008年13月", 0},
        {"2008年2月30日", 0},
        {"2008-5-1-3", 0},
        {"5月1日", 0},
        {"20081301", 0},
        {"0年", 0},
        {"2008年5月1日至今", 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        gaz_date date = 0;
        CASE(CASES[i].text);
        assert_int_equal(imp_written_date(CASES[i].text, &date),
                         CASES[i].date != 0);
        assert_int_equal(date, CASES[i].date);
    }
}

static void test_iso_days_stay(void **state)
{
    (void)state;
    char text[GAZ_DATE_MAX_BYTES];
    for (gaz_date year = 1900; year < 2100; year++)
        for (gaz_date month = 0; month <= 12; month++) {
            gaz_date date = 0;
            (void)gaz_date_write(year * 10000 + month * 100, text);
            CASE(text);
            assert_true(imp_written_date(text, &date));
            assert_int_equal(date, year * 10000 + month * 100);
        }
}

static void test_angles(void **state)
{
    (void)state;
    static const double NONE = -999;
    static const struct {
        const char *text;
        double degrees;
    } CASES[] = {
        {"121.0867", 121.0867},
        {"-121.5", -121.5},
        {"121°05′12″", 121 + 5.0 / 60 + 12.0 / 3600},
        {"121°5'12.34\"", 121 + 5.0 / 60 + 12.34 / 3600},
        {"121度5分12秒", 121 + 5.0 / 60 + 12.0 / 3600},
        {"121度5分", 121 + 5.0 / 60},
        {"121°5.5′", 121 + 5.5 / 60},
        {"121-05-12", 121 + 5.0 / 60 + 12.0 / 3600},
        {"121 05 12", 121 + 5.0 / 60 + 12.0 / 3600},
        {"东经121°05′12″", 121 + 5.0 / 60 + 12.0 / 3600},
        {"北纬30°42′", 30.7},
        {"E121°05′12″", 121 + 5.0 / 60 + 12.0 / 3600},
        {"30°42′N", 30.7},
        {"西经1°30′", -1.5},
        {"１２１°０５′", 121 + 5.0 / 60},
        {"", NONE},
        {"东经", NONE},
        {"121°65′", NONE},
        {"121°05′61″", NONE},
        {"121°05′12″附近", NONE},
        {"约121度", NONE},
        {"121..5", NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        double degrees = NONE;
        CASE(CASES[i].text);
        assert_int_equal(imp_written_angle(CASES[i].text, &degrees),
                         CASES[i].degrees > NONE);
        assert_true(fabs(degrees - CASES[i].degrees) < 1e-9);
    }
}

static void test_angles_in_parts(void **state)
{
    (void)state;
    for (int seconds = 0; seconds < 3600; seconds += 7) {
        char text[64];
        double degrees = 0;
        (void)snprintf(text, sizeof(text), "121°%02d′%02d″", seconds / 60,
                       seconds % 60);
        CASE(text);
        assert_true(imp_written_angle(text, &degrees));
        assert_true(fabs(degrees - (121 + seconds / 3600.0)) < 1e-9);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const double NONE = -999;
    static const struct {
        const char *text;
        double number;
    } CASES[] = {
        {"35%", 35},  {"35％", 35},   {"1,200平方米", 1200}, {"1200.5", 1200.5},
        {"12层", 12}, {"600㎡", 600}, {"600 m2", 600},       {"12层高", NONE},
        {"", NONE},   {"若干", NONE}, {"1-2", NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        double number = NONE;
        CASE(CASES[i].text);
        assert_int_equal(imp_written_number(CASES[i].text, &number),
                         CASES[i].number > NONE);
        assert_true(fabs(number - CASES[i].number) < 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),   cmocka_unit_test(test_iso_days_stay),
        cmocka_unit_test(test_angles),  cmocka_unit_test(test_angles_in_parts),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
