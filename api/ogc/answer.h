/* answer.h - what the handlers of this room share: which format is asked for,
 * links, and pages for people.
 */
#ifndef API_OGC_ANSWER_H
#define API_OGC_ANSWER_H

#include "api/http.h"
#include "gazetteer/base/json.h"

typedef enum { OGC_JSON, OGC_HTML } ogc_format;

/* ogc_answer_format reads `f` (json, html), else Accept: the one of the two
 * that it prefers, `fallback` when it prefers neither. GAZ_INVALID. */
gaz_status ogc_answer_format(struct api_worker *worker,
                             const struct api_request *request,
                             ogc_format fallback, ogc_format *out);

/* ogc_answer_json checks `f` of what is JSON only. GAZ_INVALID. */
gaz_status ogc_answer_json(struct api_worker *worker,
                           const struct api_request *request);

/* ogc_answer_url returns base URL + path, escaped. */
const char *ogc_answer_url(struct api_worker *worker,
                           const struct api_request *request, const char *path);

/* ogc_answer_again returns the URL of this request with the parameter `name`
 * set to `value`, or without it when value is NULL. */
const char *ogc_answer_again(struct api_worker *worker,
                             const struct api_request *request,
                             const char *name, const char *value);

void ogc_answer_link(struct gaz_json *json, const char *rel, const char *type,
                     const char *href, const char *title);
/* "self" in `format`, "alternate" in the other. */
void ogc_answer_links(struct gaz_json *json, struct api_worker *worker,
                      const struct api_request *request, const char *json_type);

/* ---- pages: HTML in the look of the map page, in Chinese ---- */

/* Sets the type and the security policy, begins the page up to its content.
 * `trail` is a list of path and title, NULL at its end. */
void ogc_answer_page(struct api_worker *worker,
                     const struct api_request *request, const char *title,
                     const char *const trail[], struct api_response *out);
void ogc_answer_anchor(struct gaz_buffer *out, const char *href,
                       const char *text);
void ogc_answer_page_end(struct gaz_buffer *out);

#endif
