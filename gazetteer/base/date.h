/* date.h - days of valid time, perhaps known to the year or month only.
 *
 * A gaz_date is YYYYMMDD as a number; an unknown month or day is 00, an open or
 * unknown end is 0 (GAZ_DATE_OPEN). Plain integer comparison is right for
 * half-open spans: 20170000 ("2017") is after every day of 2016 and before
 * every day of 2017, so a name valid to "2017" is not valid on 2017-01-01.
 *
 *     gaz_date day;
 *     if (gaz_date_parse("2017-10-31", &day) && gaz_date_in(day, from, to)) ...
 */
#ifndef GAZ_BASE_DATE_H
#define GAZ_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t gaz_date;

enum { GAZ_DATE_OPEN = 0, GAZ_DATE_MAX_BYTES = 12 };

/* gaz_date_parse reads "YYYY", "YYYY-MM" or "YYYY-MM-DD" (years 1 to 9999, a
 * day that exists). Returns false, and leaves `out`, on anything else. */
bool gaz_date_parse(const char *text, gaz_date *out);

/* gaz_date_write writes the known part, "2017" or "2017-10-31", "" when open.
 * `out` has GAZ_DATE_MAX_BYTES. Returns `out`. */
const char *gaz_date_write(gaz_date date, char *out);

/* gaz_date_in is true when `day` lies in [from, to); an open end holds all. */
static inline bool gaz_date_in(gaz_date day, gaz_date from, gaz_date to)
{
    return (from == GAZ_DATE_OPEN || from <= day) &&
           (to == GAZ_DATE_OPEN || day < to);
}

/* gaz_date_of_unix returns the day (UTC) of seconds since 1970-01-01; years 1
 * to 9999, GAZ_DATE_OPEN outside of them. Takes no lock, unlike gmtime_r, which
 * every answer would wait for. */
gaz_date gaz_date_of_unix(int64_t unix_s);

/* gaz_date_today returns today's date in China (UTC+8). */
gaz_date gaz_date_today(void);

#endif
