/* readings.h - approved readings that go before ICU's.
 *
 * data/romanisation/readings.csv: text,reading,category,authority,note. A
 * reading in small letters is the syllables of a character or word, used
 * wherever the word stands; one that begins with a capital or a digit is the
 * whole spelling of the whole name. A category (or the beginning of one, "22")
 * limits a row to names of that kind.
 */
#ifndef GAZ_STANDARDISE_READINGS_H
#define GAZ_STANDARDISE_READINGS_H

#include <stddef.h>

/* gaz_readings_whole returns the approved spelling of a whole name, or NULL. */
const char *gaz_readings_whole(const char *name, size_t size, int category);

/* gaz_readings_word finds the longest word with a reading at text[0]; returns
 * its syllables, apart by blanks, and its bytes in *used, or NULL. */
const char *gaz_readings_word(const char *text, size_t size, int category,
                              size_t *used);

#endif
