/* table.h - the routes that write. */
#ifndef API_WRITE_TABLE_H
#define API_WRITE_TABLE_H

#include "api/route.h"

extern const struct api_route WRITE_ROUTES[];
extern const struct api_param_doc WRITE_PARAM_DOCS[];
extern const struct api_example WRITE_EXAMPLES[];

#endif
