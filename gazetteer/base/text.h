/* text.h - UTF-8 and numbers, without a locale.
 *
 * Text is UTF-8 in `const char *`, NUL-terminated unless a length is given.
 * Unicode folding (NFKC, width, Traditional to Simplified) needs ICU and lives
 * in gazetteer/standardise/unicode.h.
 */
#ifndef GAZ_BASE_TEXT_H
#define GAZ_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* gaz_text_next decodes the code point at text[*pos] and moves *pos past it.
 * Bytes that are not UTF-8 give U+FFFD and move one byte. Returns 0, and does
 * not move, at `len`. */
uint32_t gaz_text_next(const char *text, size_t len, size_t *pos);

/* gaz_text_encode writes one code point, returns its bytes (1 to 4). Surrogates
 * and values past U+10FFFF are written as U+FFFD. */
size_t gaz_text_encode(uint32_t code_point, char out[4]);

/* gaz_text_is_utf8 is true when all `len` bytes are well-formed UTF-8 (no
 * overlong forms, no surrogates). On false, *bad_at (may be NULL) is the offset
 * of the first bad byte. */
bool gaz_text_is_utf8(const char *text, size_t len, size_t *bad_at);

/* gaz_text_count returns the number of code points. */
size_t gaz_text_count(const char *text, size_t len);

/* gaz_text_is_han is true for a CJK ideograph (unified, extensions, U+3007). */
bool gaz_text_is_han(uint32_t code_point);

bool gaz_text_starts_with(const char *text, const char *prefix);
bool gaz_text_ends_with(const char *text, const char *suffix);

/* gaz_text_parse_double reads a decimal number, [+-]digits[.digits][e[+-]n],
 * that fills the whole text; no locale, no hex, no inf or nan, no blanks. */
bool gaz_text_parse_double(const char *text, double *out);

/* gaz_text_parse_int reads a decimal integer that fills the whole text and fits
 * an int64_t. */
bool gaz_text_parse_int(const char *text, int64_t *out);

/* gaz_text_hash returns a 64-bit hash (FNV-1a with a final mix), stable over
 * machines and releases: it is stored in snapshots and ids. */
uint64_t gaz_text_hash(const char *text, size_t len);

#endif
