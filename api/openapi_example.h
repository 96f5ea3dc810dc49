/* openapi_example.h - a request for each route, and what is answered.
 *
 * Examples are asked of the handlers while the description is written, over the
 * snapshot in use: they are real, and cannot go out of date.
 */
#ifndef API_OPENAPI_EXAMPLE_H
#define API_OPENAPI_EXAMPLE_H

#include "api/route.h"

/* The example of a parameter: an id or a code that the snapshot has, else the
 * one of its table; NULL: none. In arena. */
const char *api_openapi_example_value(struct api_worker *worker,
                                      const struct api_route *route,
                                      const char *name);

/* api_openapi_example_ask runs the example request of `route`; the answer is in
 * `out`, whose body the caller has opened. False: there is none (no snapshot,
 * or a POST without an example). */
bool api_openapi_example_ask(struct api_worker *worker,
                             const struct api_request *request,
                             const struct api_route *route,
                             struct api_response *out);

#endif
