/* secrecy.h - what is not for the public, and who is told.
 *
 * A grade (model/grade.h) is set by an import (put_place, put_address), which
 * only raises it, or by an officer. What is graded is closed, and so is what it
 * was merged into, what lies or is counted in it, and the address that stands
 * for it. The journal keeps all; the feed says of each entry whether it is
 * withheld (feed.h).
 */
#ifndef GAZ_STORE_SECRECY_H
#define GAZ_STORE_SECRECY_H

#include "gazetteer/store/store.h"

struct gaz_closed {
    const gaz_id *ids; /* ascending */
    size_t count;
};

/* gaz_secrecy_closed reads the ids of all that is closed, into ctx->arena. */
gaz_status gaz_secrecy_closed(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_closed *out);
/* 0 is not closed. */
bool gaz_secrecy_has(const struct gaz_closed *closed, gaz_id id);

/* gaz_secrecy_is_closed looks at one. */
gaz_status gaz_secrecy_is_closed(struct gaz_ctx *ctx, struct gaz_store *store,
                                 gaz_id id, bool *out);

/* gaz_secrecy_raise sets the grade unless a higher one is kept; inside begin
 * and commit, before the row it is about: then nobody saw that in public. */
gaz_status gaz_secrecy_raise(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id about, gaz_grade grade, int64_t record);

/* gaz_secrecy_set sets it whatever it was, inside begin and commit.
 * @param why  never empty
 * @return GAZ_NOT_FOUND: no such place or address */
gaz_status gaz_secrecy_set(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id about, gaz_grade grade, const char *why);

struct gaz_secrecy_row {
    gaz_id about;
    gaz_grade grade;
    const char *label; /* standard name or text; NULL: it is gone */
    const char *why;   /* NULL: the record says so */
};
struct gaz_secrecy_rows {
    const struct gaz_secrecy_row *items; /* by id */
    size_t count;
};
/* gaz_secrecy_list reads what is graded, without what follows from it. */
gaz_status gaz_secrecy_list(struct gaz_ctx *ctx, struct gaz_store *store,
                            struct gaz_secrecy_rows *out);

#endif
