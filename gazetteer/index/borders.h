/* borders.h - boundary lines out of neighbouring areas. Private to the room. */
#ifndef GAZ_INDEX_BORDERS_H
#define GAZ_INDEX_BORDERS_H

#include "gazetteer/index/builder.h"

struct gaz_borders_memo; /* build.h */

/* gaz_borders_add adds a line for each pair of current counties whose areas
 * meet and for which the builder has no boundary line with their codes
 * ("310116-330482", the smaller first). Schematic when an area is. What `memo`
 * (NULL: none) holds of the same areas is taken from it. */
gaz_status gaz_borders_add(struct gaz_ctx *ctx, struct gaz_builder *builder,
                           struct gaz_borders_memo *memo);

#endif
