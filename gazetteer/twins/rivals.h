/* rivals.h - whether a third record is as like one of a pair as the other is;
 * private to the room. A slip of the pen is a slip of one name: where a road is
 * like two others, it is not known which of them was meant; where it is like
 * one, there is no other. */
#ifndef GAZ_TWINS_RIVALS_H
#define GAZ_TWINS_RIVALS_H

#include "gazetteer/twins/finder.h"

/* gaz_rivals_find answers GAZ_RIVALS_* of two places whose cues are `cues`, of
 * the one that stands less on its own: without code and addresses. A third that
 * is one with the other is no rival, nor one that stands less than the other.
 * Symmetric. */
int gaz_rivals_find(const struct gaz_twin_finder *finder, int a, int b,
                    const struct gaz_cues *cues);

#endif
