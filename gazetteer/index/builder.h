/* builder.h - makes a snapshot from a database, or from rows in memory.
 *
 *     struct gaz_builder *builder = gaz_builder_new();
 *     gaz_builder_source(builder, &source);
 *     gaz_builder_place(builder, &place);        // any order
 *     gaz_builder_address(builder, &address);
 *     gaz_builder_write(ctx, builder, "diming.snap", &stats);
 *     gaz_builder_free(builder);
 *
 * gaz_build_snapshot (build.h) feeds it from the store; the synthetic city of
 * tests/bench feeds it directly. Strings are copied.
 */
#ifndef GAZ_INDEX_BUILDER_H
#define GAZ_INDEX_BUILDER_H

#include "gazetteer/base/context.h"
#include "gazetteer/index/snapshot.h"
#include "gazetteer/model/line.h"
#include "gazetteer/model/record.h"

struct gaz_builder;

struct gaz_build_stats {
    uint32_t places;
    uint32_t names;
    uint32_t addresses;
    uint64_t bytes;
};

struct gaz_builder *gaz_builder_new(void);
void gaz_builder_free(struct gaz_builder *builder); /* accepts NULL */

void gaz_builder_source(struct gaz_builder *builder,
                        const struct gaz_source *source);
/* The place's names need roman set; plain and initials are derived. The area is
 * read from WKB (polygon, multipolygon; 2D); others are left out. */
void gaz_builder_place(struct gaz_builder *builder,
                       const struct gaz_place *place);
void gaz_builder_address(struct gaz_builder *builder,
                         const struct gaz_address *address);
void gaz_builder_claim(struct gaz_builder *builder,
                       const struct gaz_claim *claim);
void gaz_builder_change(struct gaz_builder *builder,
                        const struct gaz_change *change);
void gaz_builder_line(struct gaz_builder *builder, const struct gaz_line *line);
/* `merged` redirects to `kept`. */
void gaz_builder_redirect(struct gaz_builder *builder, gaz_id merged,
                          gaz_id kept);
void gaz_builder_journal_seq(struct gaz_builder *builder, uint64_t seq);

/* gaz_builder_write sorts, links, indexes, and replaces `path` in one step.
 * Full labels, inherited positions (a place without one takes its nearest
 * positioned ancestor's as GAZ_METHOD_INHERITED), ranks and the lexicon are
 * made here. GAZ_INVALID: a parent cycle or a row that points at nothing,
 * named. */
gaz_status gaz_builder_write(struct gaz_ctx *ctx, struct gaz_builder *builder,
                             const char *path, struct gaz_build_stats *out);

#endif
