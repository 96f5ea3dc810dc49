/* world.h - the records of a text case, as a corpus.
 *
 * Lines of key=value words (tests/cases/README.md). A small true-to-life world
 * is there before: 33/330482 平湖市 with 乍浦镇 and 新埭镇, 31/310116 金山区
 * with 廊下镇, ids 1 to 7; the county is a square of 0.3 degrees around
 * 121, 30.7. */
#ifndef TESTS_UNIT_AUDIT_WORLD_H
#define TESTS_UNIT_AUDIT_WORLD_H

#include "gazetteer/audit/corpus.h"

struct world {
    struct gaz_ctx *ctx;
    struct gaz_corpus *corpus;
    struct gaz_record record; /* of `field` lines: what a row said */
    struct gaz_field fields[16];
    struct gaz_entry entry; /* the last place, address, claim or change */
};

void world_begin(struct world *world, struct gaz_ctx *ctx,
                 struct gaz_corpus *corpus);
/* False: the line is not understood. */
bool world_line(struct world *world, const char *line);

#endif
