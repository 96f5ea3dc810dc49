/* unicode.h - the one door to ICU: folding, Traditional to Simplified, pinyin,
 * the words of a text.
 *
 * A gaz_unicode is a handle, open once per thread. What all threads share
 * (which characters are folded already, the table of simplified characters) is
 * made once per process, when it is first needed, and never changes after.
 *
 * A character of GB 2312 is Simplified by definition and is left alone, so that
 * 乾 and 於 of a place name survive; only the others go through ICU's
 * Traditional-Simplified. Input that is not UTF-8 is GAZ_INVALID.
 */
#ifndef GAZ_STANDARDISE_UNICODE_H
#define GAZ_STANDARDISE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/context.h"

enum { GAZ_UNICODE_MAX_BYTES = 1024 * 1024, GAZ_READING_BYTES = 16 };

struct gaz_unicode;

gaz_status gaz_unicode_open(struct gaz_ctx *ctx, struct gaz_unicode **out);
void gaz_unicode_close(struct gaz_unicode *unicode); /* accepts NULL */

/* gaz_unicode_fold gives NFKC, half width, Traditional to Simplified, Latin
 * lower case kept as written. Plain ASCII and Simplified text takes a fast path
 * and ICU is not called. out[i] of `map` (when wanted, may be NULL) is the
 * offset in the input of the byte that gave output byte i; map[size] is `len`.
 * GAZ_LIMIT past GAZ_UNICODE_MAX_BYTES.
 */
gaz_status gaz_unicode_fold(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                            const char *text, size_t len, const char **out,
                            size_t *out_len, const int **map);

/* gaz_unicode_is_folded is true when folding would not change the text, and is
 * found without ICU; false when it might. */
bool gaz_unicode_is_folded(const struct gaz_unicode *unicode, const char *text,
                           size_t len);

/* gaz_unicode_fold_one folds one character to one, as gaz_unicode_fold would: a
 * text keeps its number of characters. A character that folds to several (㎡)
 * stays. Needs no handle. */
uint32_t gaz_unicode_fold_one(uint32_t code_point);

/* gaz_unicode_pinyin gives one reading a Han character with tone marks,
 * syllables apart by blanks ("zhà pǔ"), as ICU's Han-Latin reads each alone;
 * what is not Han stays a word of its own. romanise.h applies the local
 * overrides; use that. */
gaz_status gaz_unicode_pinyin(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                              const char *text, const char **out);

/* gaz_unicode_reading writes ICU's reading of one Han character, "zhà"; false
 * when it has none. */
bool gaz_unicode_reading(struct gaz_unicode *unicode, uint32_t code_point,
                         char out[GAZ_READING_BYTES]);

/* gaz_unicode_words cuts Han text with ICU's dictionary of Chinese and writes
 * the first byte of each word; returns how many, at most `max`. A stretch that
 * the dictionary does not know comes out as single characters. 0: no words. */
int gaz_unicode_words(struct gaz_unicode *unicode, const char *text,
                      size_t size, size_t *starts, int max);

/* gaz_unicode_ascii drops tone marks and lowers the case: "Lǚxiàng" gives
 * "lvxiang" with ü as v. Blanks, digits and other characters stay. */
gaz_status gaz_unicode_ascii(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                             const char *text, const char **out);

/* gaz_unicode_lower and _upper change the case of one character,
 * gaz_unicode_is_word is true for letters, digits and Han: what a key keeps.
 */
uint32_t gaz_unicode_lower(uint32_t code_point);
uint32_t gaz_unicode_upper(uint32_t code_point);
bool gaz_unicode_is_word(uint32_t code_point);

#endif
