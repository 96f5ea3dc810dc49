/* merge.h - two places or two addresses become one, and two again.
 *
 * A merge keeps all records and what hangs on them (addresses, claims, changes,
 * lines, places below, former redirects) under the kept id; the merged id is
 * redirected. Of an address these are its records and issues. What it changed
 * is remembered value by value (merge_cell), so that an undo restores every row
 * exactly. In the journal a merge is the group from the row of its
 * merge_decision to the row of its redirect.
 */
#ifndef GAZ_STORE_MERGE_H
#define GAZ_STORE_MERGE_H

#include "gazetteer/store/store.h"

struct gaz_merge {
    gaz_id kept;
    gaz_id merged;
    const struct gaz_place *made; /* what both make together; id is `kept` */
    const struct gaz_address *address; /* the same, of two addresses; then
                                        * `made` is NULL */
    double score;                      /* 0 to 1 */
    const char *by;                    /* "auto", or the officer */
    const char *why;                   /* NULL: not told */
};

/* gaz_store_merge: inside begin and commit; after a failure roll back. *out is
 * the row of merge_decision.
 * @return GAZ_OK; GAZ_NOT_FOUND: one of the ids is no place (address);
 *         GAZ_INVALID: the same id twice, or one lies directly in the other; as
 *         put_place and put_address */
gaz_status gaz_store_merge(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_merge *merge, int64_t *out);

/* gaz_store_unmerge undoes one. What was changed elsewhere since stays.
 * @return GAZ_OK; GAZ_NOT_FOUND; GAZ_INVALID: undone already, or a value that
 *         the merge wrote has changed since: undo the later change first */
gaz_status gaz_store_unmerge(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t decision, const char *by, const char *why);

/* Where the last word on a place or address came from. */
struct gaz_origin {
    int64_t record;    /* 0: not known; grows with time */
    const char *grade; /* of its source; NULL: none */
    int64_t records;   /* how many are about it */
};
gaz_status gaz_store_origin(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id id, struct gaz_origin *out);

#endif
