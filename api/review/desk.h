/* desk.h - what the handlers of /v1/review share: the database, who decides,
 * which version the client has seen, and what a refusal is called in HTTP. */
#ifndef API_REVIEW_DESK_H
#define API_REVIEW_DESK_H

#include "api/access/ledger.h"
#include "api/http.h"
#include "api/review/review.h"

/* One request at the queue; `user` of its work. */
struct api_desk_work {
    struct api_worker *worker;
    const struct api_request *request;
    struct api_response *out;
    bool is_reached; /* the work began: a failure is its own */
    struct api_review_outcome outcome;
    /* what each handler needs besides */
    int64_t id;
    struct gaz_review_filter filter;
    struct gaz_review_step step;
    struct api_review_bulk bulk;
    bool is_dry;
    bool is_replay; /* the answer is that of the first time */
};

/* The work runs with the database and fills the response: reading with the
 * ledger's store, writing with the scribe's, inside begin and commit; lent work
 * begins and commits itself. A work that ends with GAZ_END is rolled back (a
 * dry run). Failures are turned into problems: no database, or one that is busy
 * 503, refusals as below. */
gaz_status api_desk_read(struct api_desk_work *work, api_ledger_work *run);
gaz_status api_desk_write(struct api_desk_work *work, api_ledger_work *run);
gaz_status api_desk_lend(struct api_desk_work *work, api_ledger_work *run);

/* api_desk_who fills step->who and ->key: the name and id of the caller's key.
 */
gaz_status api_desk_who(struct api_desk_work *work,
                        struct gaz_review_step *step);

/* What is about graded records (store/secrecy.h) is for admins. */
bool api_desk_hides_closed(const struct api_worker *worker);

/* api_desk_match compares If-Match with the ETag of what is stored: GAZ_OK, or
 * the refusal: 428 without one, 412 with another; `review` (NULL: none) is told
 * as it is now. */
gaz_status api_desk_match(struct gaz_ctx *ctx, struct gaz_store *store,
                          struct api_desk_work *work, const char *etag,
                          const struct gaz_review *review);

/* api_desk_recall answers a request that came before with the same
 * Idempotency-Key as then: work->is_replay. 422: the key was another request's.
 */
gaz_status api_desk_recall(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct api_desk_work *work);
/* api_desk_keep keeps the answer for that, and writes the line of the audit
 * log: `detail` says what was decided. Inside the work's transaction. */
gaz_status api_desk_keep(struct gaz_ctx *ctx, struct gaz_store *store,
                         struct api_desk_work *work, const char *detail);

/* api_desk_refuse notes what a verdict is called, and the review that it is
 * about as it is now; gives `status` back. */
gaz_status api_desk_refuse(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct api_desk_work *work, gaz_status status);

#endif
