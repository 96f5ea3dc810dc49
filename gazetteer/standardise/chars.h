/* chars.h - an address as characters, for the parser of elements.
 *
 * Private to elements.c and its helpers. Full-width letters and digits, the
 * usual dashes and the Traditional unit words (號 樓 棟 層 ...) are read as
 * their plain forms, one character for one, so that positions are those of the
 * text given.
 */
#ifndef GAZ_STANDARDISE_CHARS_H
#define GAZ_STANDARDISE_CHARS_H

#include "gazetteer/model/address.h"
#include "gazetteer/standardise/lexicon.h"

struct gaz_chars {
    int count;
    uint32_t at[GAZ_ADDRESS_MAX_BYTES + 1];     /* plain code points, then 0 */
    uint16_t source[GAZ_ADDRESS_MAX_BYTES + 1]; /* byte in the text given */
    uint16_t plain[GAZ_ADDRESS_MAX_BYTES + 1];  /* byte in text */
    char text[GAZ_ADDRESS_MAX_BYTES * 3 + 4];
    const struct gaz_lexicon *names; /* of the gazetteer */
    const struct gaz_lexicon *words; /* of the binary */
};

struct gaz_hit {
    int end; /* one past its last character; 0: no hit */
    uint32_t kinds;
};

/* gaz_chars_read fills `out`; returns the bytes taken of `text`. */
size_t gaz_chars_read(const struct gaz_lexicon *names, const char *text,
                      size_t size, struct gaz_chars *out);

/* gaz_chars_hits lists the words that begin at `from`, shortest first, of both
 * lexicons; returns how many. */
enum { GAZ_HITS_MAX = 16 };
int gaz_chars_hits(const struct gaz_chars *chars, int from,
                   struct gaz_hit out[GAZ_HITS_MAX]);

/* gaz_chars_word finds the longest word of the binary's lists that begins at
 * `from` and has one of `kinds`. */
struct gaz_hit gaz_chars_word(const struct gaz_chars *chars, int from,
                              uint32_t kinds);

/* gaz_chars_is is true when the characters from `from` on are `text`. */
bool gaz_chars_is(const struct gaz_chars *chars, int from, const char *text);

/* Character classes of plain text. */
bool gaz_chars_is_digit(uint32_t c);
bool gaz_chars_is_letter(uint32_t c); /* A-Z a-z */
bool gaz_chars_is_blank(uint32_t c);
bool gaz_chars_is_sign(uint32_t c); /* neither blank nor of a word */

#endif
