/* cue_words.h - where the groups of cues begin; private to the room. */
#ifndef GAZ_TWINS_CUE_WORDS_H
#define GAZ_TWINS_CUE_WORDS_H

#include "gazetteer/twins/cues.h"

/* gaz_cue_at gives the number of value `value` of a group. */
int gaz_cue_at(gaz_cue_group group, int value);

#endif
