/* stand.h - may two records be one, as they stand in the database now?
 *
 * A pair is judged when it is queued; until a clerk accepts it either record
 * may have been edited. What forbids a merge (cues.h) is asked once more,
 * of the two and the places above them only: milliseconds among a million.
 */
#ifndef GAZ_TWINS_STAND_H
#define GAZ_TWINS_STAND_H

#include "gazetteer/store/store.h"
#include "gazetteer/twins/twins.h"

/* gaz_twins_stand: out->score is 0 when something forbids it, and out->zh and
 * ->en (in ctx->arena) say what; the evidence is not weighed anew, for nothing
 * beside the two is loaded. Also inside a transaction.
 * @return GAZ_OK; GAZ_NOT_FOUND: one is no place (address) any more; GAZ_DB */
gaz_status gaz_twins_stand(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_twins_kind kind, gaz_id a, gaz_id b,
                           struct gaz_twin *out);

#endif
