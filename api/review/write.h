/* write.h - the queue as JSON.
 *
 * A brief item has what a list shows; a whole one its records side by side
 * besides, a map, the actions that are open, and its trail.
 */
#ifndef API_REVIEW_WRITE_H
#define API_REVIEW_WRITE_H

#include "api/http.h"
#include "api/review/review.h"
#include "gazetteer/base/json.h"

enum { API_REVIEW_LISTED_MAX = 1000 }; /* items in the answer of a bulk */

/* The version of one, as its ETag: "\"17.3\"". */
const char *api_review_write_etag(struct gaz_arena *arena,
                                  const struct gaz_review *review);

void api_review_write_brief(struct gaz_json *json, const char *key,
                            struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_review *review);

gaz_status api_review_write_item(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct api_request *request,
                                 const struct gaz_review *review,
                                 struct gaz_buffer *out);

/* A page of the list, with its links. */
void api_review_write_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct api_request *request,
                           const struct gaz_reviews *reviews,
                           struct gaz_buffer *out);

void api_review_write_shares(const struct gaz_review_share *shares, int count,
                             struct gaz_buffer *out);

void api_review_write_bulk(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_review_step *step, bool is_dry,
                           const struct api_review_bulk_result *result,
                           struct gaz_buffer *out);

void api_review_write_counts(const struct api_review_counts *counts,
                             struct gaz_buffer *out);

#endif
