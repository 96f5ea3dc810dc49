/* feed.h - the journal, read by whoever must stay in step. */
#ifndef GAZ_STORE_FEED_H
#define GAZ_STORE_FEED_H

#include "gazetteer/store/store.h"

enum { GAZ_FEED_MAX = 1000 };

/* Who may be told of an entry (secrecy.h). */
typedef enum {
    GAZ_FEED_OPEN = 0,
    GAZ_FEED_WITHHELD, /* admins only: it is about what is closed */
    GAZ_FEED_GRADE,    /* to others no values, only that it is: what they have
                        * seen was closed, or is open by now */
    GAZ_FEED_EMERGED,  /* to others only what it is by now */
} gaz_feed_secrecy;

/* One change of one row of what we believe. */
struct gaz_journal_entry {
    int64_t seq;       /* grows, never reused */
    const char *at;    /* UTC, "2026-11-24T09:00:00.000Z" */
    const char *table; /* "place", "name", "address" ... */
    int64_t row;
    char op;            /* 'I', 'U' or 'D' */
    gaz_id about;       /* the place or address concerned; 0: none */
    const char *before; /* JSON of the row; NULL on insert */
    const char *after;  /* JSON of the row; NULL on delete */
    gaz_feed_secrecy secrecy;
};

struct gaz_feed {
    const struct gaz_journal_entry *items; /* by seq */
    int count;
    bool has_more;
};

/* gaz_store_feed reads at most `limit` (1 to GAZ_FEED_MAX) entries after
 * `since`. */
gaz_status gaz_store_feed(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t since, int limit, struct gaz_feed *out);

#endif
