/* follow.h - the answers follow the clerks' decisions.
 *
 * A thread of the server looks once a second, and at once after a decision over
 * HTTP, whether the review queue has new decisions (of `diming review` in
 * another process as well); when one of them changed what is believed since the
 * snapshot that answers was built, it builds a new one, which is swapped in
 * (snapshot_swap.h). An import alone is left to `diming build`: who imports
 * builds.
 */
#ifndef API_FOLLOW_H
#define API_FOLLOW_H

#include "api/snapshot_swap.h"

struct api_follow;

struct api_follow_options {
    const char *db;
    const char *snapshot; /* path */
    struct api_swap *swap;
    api_swap_log *log; /* may be NULL */
    void *user;
};

/* GAZ_IO: no thread. */
gaz_status api_follow_open(struct gaz_ctx *ctx,
                           const struct api_follow_options *options,
                           struct api_follow **out);
/* Waits for a build under way; accepts NULL. */
void api_follow_close(struct api_follow *follow);

/* api_follow_nudge says that a decision was made just now; accepts NULL. */
void api_follow_nudge(struct api_follow *follow);

#endif
