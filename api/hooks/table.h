/* table.h - the routes of webhooks. */
#ifndef API_HOOKS_TABLE_H
#define API_HOOKS_TABLE_H

#include "api/route.h"

extern const struct api_route HOOKS_ROUTES[];
extern const struct api_param_doc HOOKS_PARAM_DOCS[];
extern const struct api_example HOOKS_EXAMPLES[];

#endif
