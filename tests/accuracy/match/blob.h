/* blob.h - writes the weights (gazetteer/match/match_weights.h). */
#ifndef TESTS_ACCURACY_MATCH_BLOB_H
#define TESTS_ACCURACY_MATCH_BLOB_H

#include "gazetteer/match/match_weights.h"
#include "tests/accuracy/match/learn.h"

/* blob_write writes what was learned, and the offsets of labels for pairs
 * alone and for lists. Stops the program when the file cannot
 * be written. */
void blob_write(const char *path, const struct gaz_knowledge *knowledge,
                const struct learned *learned, int features,
                float offsets[2][GAZ_MATCH_CLASSES]);

#endif
