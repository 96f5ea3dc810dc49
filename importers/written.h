/* written.h - days and angles as clerks write them. Pure.
 *
 *     gaz_date day;
 *     imp_written_date("二〇〇八年五月", &day); 20080500
 *     double degrees;
 *     imp_written_angle("东经121°05′12″", &degrees); 121.0866667
 */
#ifndef IMP_WRITTEN_H
#define IMP_WRITTEN_H

#include <stdbool.h>

#include "gazetteer/base/date.h"

enum { IMP_WRITTEN_MAX_BYTES = 96 };

/* imp_written_date reads a day, month or year: 2008年5月1日, 2008.5, 2008/5/1
 * with or without a time behind it, 20080501, 二〇〇八年五月, 民国二十五年
 * (1911 and so many years), 1983年以前 is none. False, and *out is left, when
 * it is no date of the years 1 to 9999. */
bool imp_written_date(const char *text, gaz_date *out);

/* imp_written_angle reads degrees, minutes and seconds (121°05′12.3″,
 * 121度5分12秒, E121-05-12) or plain degrees (121.0867), with 东经, 北纬, E, N
 * (and west, south, which are below 0) before or behind. Minutes and seconds
 * below 60. False, and *out is left, on anything else. */
bool imp_written_angle(const char *text, double *out);

/* imp_written_number reads a decimal with commas between thousands and one of
 * the units % 平方米 ㎡ m2 米 层 幢 户 behind it. False, and *out is left, on
 * anything else. */
bool imp_written_number(const char *text, double *out);

#endif
