/* sample.h - a small snapshot of the real area, for the tests of search.
 *
 * Names, codes, levels and changes are real (yearly editions of the divisions,
 * DL: 黄姑镇 and 全塘镇 became 独山港镇 in 2009). Areas are rectangles and
 * positions are points on a grid, made for the test: no position here is that
 * of the real place. The road 演示路 and its numbers are synthetic and marked.
 */
#ifndef TESTS_UNIT_SEARCH_SAMPLE_H
#define TESTS_UNIT_SEARCH_SAMPLE_H

#include "gazetteer/search/search.h"

struct sample {
    struct gaz_ctx ctx;
    struct gaz_snapshot *snap;
    struct gaz_searcher *searcher;
};

/* The line between both counties in the sample, degrees east. */
#define SAMPLE_LINE_LON 121.15

/* sample_open builds the snapshot in a temporary file, opens it and unlinks the
 * file; stops the program with the reason when that fails. */
void sample_open(struct sample *sample);
void sample_close(struct sample *sample);

/* sample_place returns the index of the place with that code or name (the first
 * by rank), or GAZ_NONE. */
uint32_t sample_place(const struct sample *sample, const char *text);

#endif
