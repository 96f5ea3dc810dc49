/* unicode.h - the one door to ICU: folding, Traditional to Simplified, pinyin.
 *
 * A gaz_unicode is a handle with ICU's transliterators, open once per thread.
 * Input that is not UTF-8 is GAZ_INVALID.
 */
#ifndef GAZ_STANDARDISE_UNICODE_H
#define GAZ_STANDARDISE_UNICODE_H

#include <stddef.h>

#include "gazetteer/base/context.h"

struct gaz_unicode;

gaz_status gaz_unicode_open(struct gaz_ctx *ctx, struct gaz_unicode **out);
void gaz_unicode_close(struct gaz_unicode *unicode); /* accepts NULL */

/* gaz_unicode_fold gives NFKC, half width, Traditional to Simplified, Latin
 * lower case kept as written. Plain ASCII and Simplified text takes a fast path
 * and ICU is not called. out[i] of `map` (when wanted, may be NULL) is the
 * offset in the input of the byte that gave output byte i; map[size] is `len`.
 */
gaz_status gaz_unicode_fold(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                            const char *text, size_t len, const char **out,
                            size_t *out_len, const int **map);

/* gaz_unicode_pinyin gives one reading a Han character with tone marks,
 * syllables apart by blanks ("zhà pǔ"), as ICU's Han-Latin/Names reads it.
 * romanise.h applies the local overrides; use that. */
gaz_status gaz_unicode_pinyin(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                              const char *text, const char **out);

/* gaz_unicode_ascii drops tone marks and lowers the case: "Lǚxiàng" gives
 * "lvxiang" with ü as v. */
gaz_status gaz_unicode_ascii(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                             const char *text, const char **out);

#endif
