/* parts.h - where a name is cut into the words of its spelling.
 *
 * Private to romanise.c. A name is a row of units: a Han character with its
 * syllable, or a run of anything else.
 */
#ifndef GAZ_STANDARDISE_PARTS_H
#define GAZ_STANDARDISE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gaz_unit {
    uint32_t code_point;  /* of the Han character, or of the run's first */
    size_t at;            /* first byte in the name */
    const char *syllable; /* "zhà"; the run itself when it is not Han; "" when
                           * the syllable before holds it (儿) */
    bool is_han;
    bool is_word;    /* its reading came from a word: no ordinal */
    bool is_first;   /* a word of the spelling begins here */
    int32_t ordinal; /* > 0: the first unit of this Arabic number, R7 */
};

struct gaz_units {
    const char *text; /* the name */
    size_t size;
    struct gaz_unit items[64];
    int count;
};

/* gaz_parts_mark sets is_first and ordinal by the rules for `category`. */
void gaz_parts_mark(struct gaz_units *units, int category);

#endif
