/* build.h - from the database to the snapshot: feeds builder.h from store.h. */
#ifndef GAZ_INDEX_BUILD_H
#define GAZ_INDEX_BUILD_H

#include "gazetteer/index/builder.h"
#include "gazetteer/store/store.h"

/* gaz_build_snapshot reads the whole database in one read transaction and
 * replaces `path`. Boundary lines are derived from the areas of neighbouring
 * counties where the store has none; they are schematic when an area is. */
gaz_status gaz_build_snapshot(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *path, struct gaz_build_stats *out);

#endif
