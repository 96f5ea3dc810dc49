/* elements.h - cuts an address into labelled elements.
 *
 * No allocation, no failure: any text gets a labelling; what is not understood
 * is `otherinfo` or `poi`. Offsets are of the text given, in code points and in
 * bytes. Names of the lexicon win over cutting at unit words (沈家弄村 is one
 * village), numerals are numbers in front of a unit word only (八字村 stays).
 */
#ifndef GAZ_STANDARDISE_ELEMENTS_H
#define GAZ_STANDARDISE_ELEMENTS_H

#include "gazetteer/model/address.h"
#include "gazetteer/standardise/lexicon.h"

/* gaz_elements_parse labels `text` (UTF-8, folded or not; at most
 * GAZ_ADDRESS_MAX_BYTES bytes are looked at, the rest is one `redundant`).
 * Thread-safe: touches only its arguments. */
void gaz_elements_parse(const struct gaz_lexicon *lexicon, const char *text,
                        size_t size, struct gaz_elements *out);

#endif
