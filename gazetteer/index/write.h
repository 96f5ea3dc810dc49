/* write.h - a builder's rows as the bytes of a file. Private to the room. */
#ifndef GAZ_INDEX_WRITE_H
#define GAZ_INDEX_WRITE_H

#include "gazetteer/index/builder.h"
#include "gazetteer/index/rows.h"

/* gaz_write_bytes appends the whole file to `out`, an empty array of bytes. */
gaz_status gaz_write_bytes(struct gaz_ctx *ctx, struct gaz_builder *builder,
                           struct gaz_rows *out, struct gaz_build_stats *stats);

#endif
