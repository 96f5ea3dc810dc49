/* latin.h - what is typed in letters: pinyin, initials, and both mixed with
 * characters (平hu, zp镇).
 */
#ifndef GAZ_SEARCH_LATIN_H
#define GAZ_SEARCH_LATIN_H

#include "gazetteer/search/query.h"

enum { GAZ_LATIN_MAX_BYTES = 192 };

/* What a text is made of. */
typedef enum {
    GAZ_SCRIPT_NONE = 0, /* nothing to look up */
    GAZ_SCRIPT_HAN,      /* characters, perhaps with digits */
    GAZ_SCRIPT_LATIN,    /* letters, perhaps with tones and digits */
    GAZ_SCRIPT_DIGITS,
    GAZ_SCRIPT_MIXED, /* characters and letters */
} gaz_script;

gaz_script gaz_latin_script(const char *text, size_t size);

/* gaz_latin_key gives letters and digits without tones, blanks, apostrophes and
 * case: "Zhàpǔ Zhèn" is "zhapuzhen". Writes "" when longer than the limit. */
gaz_status gaz_latin_key(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         const char *text, size_t size,
                         char out[GAZ_LATIN_MAX_BYTES]);

/* gaz_latin_umlaut rewrites lyu, nyu to lv, nv; where there is none, the first
 * lu or nu (吕巷 typed luxiang). False when there is nothing to rewrite. */
bool gaz_latin_umlaut(char key[GAZ_LATIN_MAX_BYTES]);

/* gaz_latin_matches is true when `key` (characters and small letters) spells
 * the beginning of a name: each character itself, each run of letters the
 * beginnings of syllables. `roman` is the name's spelling with its apostrophes.
 * *whole says that it reaches the end of the name. */
bool gaz_latin_matches(const char *key, size_t size, const char *name,
                       const char *roman, bool *whole);

#endif
