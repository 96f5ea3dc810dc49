/* table.h - the routes of this room, and what their parameters mean. */
#ifndef API_DIALECTS_TABLE_H
#define API_DIALECTS_TABLE_H

#include "api/route.h"

extern const struct api_route DIALECT_ROUTES[];
extern const struct api_param_doc DIALECT_PARAM_DOCS[];
extern const struct api_example DIALECT_EXAMPLES[];

#endif
