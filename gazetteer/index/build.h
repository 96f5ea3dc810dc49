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

/* Borders that were worked out before, for areas that have not changed since:
 * for whoever builds again and again. One thread's; in memory. */
struct gaz_borders_memo;
struct gaz_borders_memo *gaz_borders_memo_open(void);
void gaz_borders_memo_close(struct gaz_borders_memo *memo); /* accepts NULL */

/* gaz_build_snapshot_again is gaz_build_snapshot with the same bytes, sooner.
 */
gaz_status gaz_build_snapshot_again(struct gaz_ctx *ctx,
                                    struct gaz_store *store, const char *path,
                                    struct gaz_borders_memo *memo,
                                    struct gaz_build_stats *out);

#endif
