/* numerals.h - Chinese number words, where they stand for a number.
 *
 * Whether 三 is a number is decided by what follows it (三 in front of 号 is,
 * in 三叉河村 it is not); that is the caller's knowledge.
 */
#ifndef GAZ_STANDARDISE_NUMERALS_H
#define GAZ_STANDARDISE_NUMERALS_H

#include <stdbool.h>
#include <stdint.h>

/* gaz_numerals_is_digit is true for 〇零一二两三四五六七八九十廿卅百 and the
 * forms against forgery 壹贰叁肆伍陆柒捌玖拾佰. */
bool gaz_numerals_is_digit(uint32_t code_point);

/* gaz_numerals_value returns the number that `count` characters write, 0 to
 * 999999: 十二 12, 一百零三 103, 二〇一 201, 廿三 23; -1 when they write none.
 */
int32_t gaz_numerals_value(const uint32_t *text, int count);

/* gaz_numerals_is_ordinal is true for what counts off streets and lanes: one
 * digit, or a number with 十 or 百 in it. 三八 and 五一 name a day instead. */
bool gaz_numerals_is_ordinal(const uint32_t *text, int count);

#endif
