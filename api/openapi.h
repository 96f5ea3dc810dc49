/* openapi.h - the description of the service, made from the route table. */
#ifndef API_OPENAPI_H
#define API_OPENAPI_H

#include "api/http.h"

/* api_openapi_write appends the description as OpenAPI `version`, "3.1.0" or
 * "3.0.3": nothing that we say differs between the two. */
void api_openapi_write(struct api_worker *worker,
                       const struct api_request *request, const char *version,
                       struct gaz_buffer *out);

#endif
