/* ask.h - what a request about the queue asks for. */
#ifndef API_REVIEW_ASK_H
#define API_REVIEW_ASK_H

#include "api/body.h"
#include "api/review/review.h"

enum { API_REVIEW_PAGE_DEFAULT = 50, API_REVIEW_PAGE_MAX = 500 };

/* api_review_ask_filter reads rule, severity, band, kind, in, status, batch,
 * about, after and limit of the query; "all" of status lists every one. Without
 * a status it is the open ones. */
gaz_status api_review_ask_filter(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct gaz_review_filter *out);

/* {id} of the path. GAZ_NOT_FOUND: no number. */
gaz_status api_review_ask_id(struct api_worker *worker,
                             const struct api_request *request, int64_t *out);

/* api_review_ask_step reads action, why, field, value and insist of a body;
 * members that it does not know are refused. `others`: those that are known
 * besides, blank between. */
gaz_status api_review_ask_step(struct api_worker *worker,
                               const struct api_value *body, const char *others,
                               struct gaz_review_step *out);

/* api_review_ask_bulk reads a step with a filter and dry_run. */
gaz_status api_review_ask_bulk(struct api_worker *worker,
                               const struct api_value *body,
                               struct api_review_bulk *out, bool *is_dry);

/* The body as an object. */
gaz_status api_review_ask_body(struct api_worker *worker,
                               const struct api_request *request,
                               const struct api_value **out);

#endif
