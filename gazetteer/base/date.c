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

gaz_date gaz_date_today(void)
{
    enum { CHINA_OFFSET_S = 8 * 3600 };
    time_t now = time(NULL) + CHINA_OFFSET_S;
    struct tm parts;
    if (!gmtime_r(&now, &parts))
        return GAZ_DATE_OPEN;
    return (gaz_date)((parts.tm_year + 1900) * 10000 +
                      (parts.tm_mon + 1) * 100 + parts.tm_mday);
}
