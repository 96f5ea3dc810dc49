/* table.h - the routes of this room, and what their parameters mean. */
#ifndef API_REVIEW_TABLE_H
#define API_REVIEW_TABLE_H

#include "api/route.h"

extern const struct api_route REVIEW_ROUTES[];
extern const struct api_param_doc REVIEW_PARAM_DOCS[];
extern const struct api_example REVIEW_EXAMPLES[];

#endif
