/* static.h - the page's files, which are part of the binary.
 *
 * A table look-up by exact path: no file system, so no traversal, listing or
 * dotfile. Without a page (API_PAGE is empty) "/" is a short page of links.
 */
#ifndef API_STATIC_H
#define API_STATIC_H

#include "api/http.h"
#include "gazetteer/base/asset.h"

/* The files of api/web/dist, "index.html", "assets/page.js". */
extern const struct gaz_asset API_PAGE[];

/* api_static_has is true when `path` ("/", "/assets/page.js") is a file. */
bool api_static_has(const char *path);

/* api_static_answer serves it, with type, ETag and, for pages, a content
 * security policy that allows this host only. GAZ_NOT_FOUND. */
gaz_status api_static_answer(struct api_worker *worker,
                             const struct api_request *request,
                             struct api_response *out);

/* api_static_csp returns the policy of our pages. */
const char *api_static_csp(void);

/* api_static_type returns the media type of a file name. */
const char *api_static_type(const char *name);

#endif
