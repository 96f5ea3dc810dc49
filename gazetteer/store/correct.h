/* correct.h - one record is corrected, so that it can be undone.
 *
 * An edit is a decision as a merge is: a row of merge_decision of kind "edit",
 * the values that it changed (decision.h), and in the journal the group that
 * begins with that row. gaz_store_unmerge (merge.h) undoes it.
 */
#ifndef GAZ_STORE_CORRECT_H
#define GAZ_STORE_CORRECT_H

#include "gazetteer/store/store.h"

struct gaz_correction {
    const struct gaz_place *place; /* as it shall be, with its id; or NULL */
    const struct gaz_address *address; /* the same, of an address */
    const char *by;
    const char *why; /* NULL: not told */
};

/* gaz_store_correct: inside begin and commit; after a failure roll back. *out
 * is the row of merge_decision. A code that is corrected is forgotten: the
 * place never had it.
 * @return GAZ_OK; GAZ_NOT_FOUND: no such record; GAZ_INVALID: nothing would
 *         change; as put_place and put_address */
gaz_status gaz_store_correct(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_correction *edit, int64_t *out);

#endif
