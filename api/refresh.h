/* refresh.h - keeps the snapshot in step with the database.
 *
 * A thread looks at the database twenty times a second (PRAGMA data_version: no
 * page is read unless somebody wrote), whoever writes: this service, `diming
 * import`, a review. When the journal is past the snapshot it waits until
 * writers rest for a moment, builds a new snapshot beside the old one, and
 * lets the swap take it up. Requests are answered from the old one meanwhile.
 * The map does not wait for it (freshen.h).
 * A build that fails is logged and tried again, ever more seldom; the old
 * snapshot stays.
 */
#ifndef API_REFRESH_H
#define API_REFRESH_H

#include "api/snapshot_swap.h"

struct api_refresh;

struct api_refresh_options {
    const char *db;
    const char *snapshot;
    struct api_swap *swap;
    api_swap_log *log; /* NULL: nobody listens */
    void *user;
};

typedef enum {
    API_REFRESH_IDLE,    /* the snapshot holds what the journal does */
    API_REFRESH_WORKING, /* writes wait for a build, or are being built */
    API_REFRESH_FAILING, /* the last build failed; the log says why */
} api_refresh_phase;

/* What is told in /readyz and /metrics. */
struct api_refresh_state {
    api_refresh_phase phase;
    uint64_t journal_seq; /* of the database, when looked at last */
    uint64_t builds;      /* that succeeded */
    uint64_t failures;
    int64_t took_ms; /* the last build, until it answered; 0: none yet */
};

/* @return GAZ_OK; GAZ_IO: no thread. The database may come later. */
gaz_status api_refresh_open(struct gaz_ctx *ctx,
                            const struct api_refresh_options *options,
                            struct api_refresh **out);
/* Waits for a build that runs; accepts NULL. */
void api_refresh_close(struct api_refresh *refresh);

/* api_refresh_wake says that something was written just now; accepts NULL. */
void api_refresh_wake(struct api_refresh *refresh);

void api_refresh_read(struct api_refresh *refresh,
                      struct api_refresh_state *out);

#endif
