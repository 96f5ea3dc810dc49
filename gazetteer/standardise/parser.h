/* parser.h - the state of gaz_elements_parse, shared by its parts.
 *
 * elements.c   the loop, signs, noise, numbers and their labels
 * cut.c        what has no name: cut at the unit words of data/words/
 * known.c      names of the lexicon, divisions first
 */
#ifndef GAZ_STANDARDISE_PARSER_H
#define GAZ_STANDARDISE_PARSER_H

#include "gazetteer/standardise/chars.h"
#include "gazetteer/standardise/numbers.h"

struct gaz_parser {
    const struct gaz_chars *chars;
    struct gaz_elements *out;
    int at;                 /* the next character */
    gaz_element_label last; /* last label that was not redundant */
    bool any;               /* `last` means something */
    bool seen[GAZ_ELEMENT_LABELS];
};

/* gaz_parser_emit labels [at, end) and moves on. */
void gaz_parser_emit(struct gaz_parser *p, gaz_element_label label, int end);

/* gaz_parser_is_last is true when something was labelled and is `label`. */
bool gaz_parser_is_last(const struct gaz_parser *p, gaz_element_label label);

/* gaz_parser_is_inside is true behind a road, a number or a building: divisions
 * are past. */
bool gaz_parser_is_inside(const struct gaz_parser *p);

/* A place to cut: a generic term and the name that it ends. */
struct gaz_cut {
    int generic; /* its first character */
    int end;
    uint32_t kinds; /* 0: no generic was found, [at, end) is unknown */
};

/* gaz_cut_generic returns the generic at `at` where an address may be cut, {0}
 * for none. */
struct gaz_hit gaz_cut_generic(const struct gaz_parser *p, int at);

/* gaz_cut_find finds where the name that begins at `from` ends. */
struct gaz_cut gaz_cut_find(const struct gaz_parser *p, int from);

/* gaz_cut_take labels the name at p->at; `first` is where to look for its
 * generic from (behind a number that begins it). */
void gaz_cut_take(struct gaz_parser *p, int first);

/* gaz_known_take labels the name of the lexicon at p->at, if there is one that
 * fits; returns whether it did. */
bool gaz_known_take(struct gaz_parser *p);

/* gaz_known_is_full is true when a name with its generic begins at `from`. */
bool gaz_known_is_full(const struct gaz_parser *p, int from);

/* gaz_known_is_repeated is true when [p->at, end) was labelled a division
 * before, word for word. */
bool gaz_known_is_repeated(const struct gaz_parser *p, int end);

#endif
