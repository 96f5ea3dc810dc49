/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/date.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static bool read_digits(const char *text, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : DAYS[month - 1];
}

bool gaz_date_parse(const char *text, gaz_date *out)
{
    int year = 0;
    int month = 0;
    int day = 0;
    size_t len = strlen(text);
    if (len != 4 && len != 7 && len != 10)
        return false;
    if (!read_digits(text, 4, &year) || year < 1)
        return false;
    if (len >= 7 && (text[4] != '-' || !read_digits(text + 5, 2, &month) ||
                     month < 1 || month > 12))
        return false;
    if (len == 10 && (text[7] != '-' || !read_digits(text + 8, 2, &day) ||
                      day < 1 || day > days_in_month(year, month)))
        return false;
    *out = (gaz_date)(year * 10000 + month * 100 + day);
    return true;
}

const char *gaz_date_write(gaz_date date, char *out)
{
    int year = date / 10000;
    int month = date / 100 % 100;
    int day = date % 100;
    out[0] = '\0';
    if (date <= 0)
        return out;
    if (month == 0)
        (void)snprintf(out, GAZ_DATE_MAX_BYTES, "%04d", year % 10000);
    else if (day == 0)
        (void)snprintf(out, GAZ_DATE_MAX_BYTES, "%04d-%02d", year % 10000,
                       month);
    else
        (void)snprintf(out, GAZ_DATE_MAX_BYTES, "%04d-%02d-%02d", year % 10000,
                       month, day);
    return out;
}

/* The calendar is counted in cycles of 400 years from 1 March on, so that the
 * day that is not always there comes last (Fliegel and Van Flandern, CACM 11,
 * 1968, in the form for years that begin in March). */
gaz_date gaz_date_of_unix(int64_t unix_s)
{
    enum {
        DAY_S = 86400,
        CYCLE_DAYS = 146097,
        TO_1970_DAYS = 719468, /* from 0000-03-01 */
    };
    static const int64_t FIRST_S = -62135596800, LAST_S = 253402300799;
    if (unix_s < FIRST_S || unix_s > LAST_S)
        return GAZ_DATE_OPEN;
    const int64_t days = (unix_s - FIRST_S) / DAY_S + FIRST_S / DAY_S;
    const int64_t from_start = days + TO_1970_DAYS;
    const int64_t cycle = from_start / CYCLE_DAYS;
    const int64_t day = from_start % CYCLE_DAYS;
    const int64_t year =
        (day - day / 1460 + day / 36524 - day / (CYCLE_DAYS - 1)) / 365;
    const int64_t day_of_year = day - (365 * year + year / 4 - year / 100);
    const int64_t month = (5 * day_of_year + 2) / 153; /* 0: March */
    const int64_t day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    const int64_t civil_month = month < 10 ? month + 3 : month - 9;
    const int64_t civil_year = year + 400 * cycle + (civil_month <= 2 ? 1 : 0);
    return (gaz_date)(civil_year * 10000 + civil_month * 100 + day_of_month);
}

gaz_date gaz_date_today(void)
{
    enum { CHINA_OFFSET_S = 8 * 3600 };
    return gaz_date_of_unix((int64_t)time(NULL) + CHINA_OFFSET_S);
}
