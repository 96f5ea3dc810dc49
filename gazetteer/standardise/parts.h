/* parts.h - where a name is cut into the words of its spelling.
 *
 * Private to romanise.c and phrases.c. A name is a row of units: a Han
 * character with its syllable, or a run of anything else.
 */
#ifndef GAZ_STANDARDISE_PARTS_H
#define GAZ_STANDARDISE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gazetteer/standardise/unicode.h"

struct gaz_unit {
    uint32_t code_point;  /* of the Han character, or of the run's first */
    size_t at;            /* first byte in the name */
    const char *syllable; /* "zhà"; the run itself when it is not Han; "" when
                           * the syllable before holds it (儿) */
    bool is_han;
    bool is_word;    /* its reading came from a word: no ordinal */
    bool is_first;   /* a word of the spelling begins here */
    int word_units;  /* > 1: of the approved word that begins here */
    int32_t ordinal; /* > 0: the first unit of this Arabic number, R7 */
};

struct gaz_units {
    const char *text; /* the name */
    size_t size;
    struct gaz_unit items[64];
    int count;
};

/* gaz_parts_mark sets is_first and ordinal by the rules for `category`. */
void gaz_parts_mark(struct gaz_units *units, struct gaz_unicode *unicode,
                    int category);

/* gaz_parts_offset is the first byte of a unit, or the size behind the last. */
size_t gaz_parts_offset(const struct gaz_units *units, int unit);

/* gaz_parts_kinds gives the kinds of the listed word that units [from, to) are;
 * 0: no such word. */
uint32_t gaz_parts_kinds(const struct gaz_units *units, int from, int to);

/* gaz_parts_is_modifier is true for one-syllable words that join what is
 * behind them (R2): 南 新 大. */
bool gaz_parts_is_modifier(uint32_t code_point);

#endif
