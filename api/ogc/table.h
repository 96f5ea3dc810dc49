/* table.h - the routes of this room, and what their parameters mean. */
#ifndef API_OGC_TABLE_H
#define API_OGC_TABLE_H

#include "api/route.h"

extern const struct api_route OGC_ROUTES[];
extern const struct api_param_doc OGC_PARAM_DOCS[];
extern const struct api_example OGC_EXAMPLES[];

/* Of /collections/{collectionId}/items; other names are properties. */
extern const char OGC_ITEM_PARAMS[];

#endif
