/* load.h - the records of a database into a corpus. */
#ifndef GAZ_AUDIT_LOAD_H
#define GAZ_AUDIT_LOAD_H

#include "gazetteer/audit/corpus.h"
#include "gazetteer/store/store.h"

/* gaz_load_corpus reads all places, addresses, claims, changes and road axes,
 * and finishes the corpus. Statuses of the store. */
gaz_status gaz_load_corpus(struct gaz_ctx *ctx, struct gaz_store *store,
                           struct gaz_corpus *corpus);

/* gaz_load_beside reads the same, but of the addresses only those that a rule
 * compares with the record `about` (gaz_store_scan_beside): enough to judge
 * that one among a million. */
gaz_status gaz_load_beside(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id about, struct gaz_corpus *corpus);

/* gaz_load_source finds a source by its key. GAZ_NOT_FOUND lists those that
 * are there. */
gaz_status gaz_load_source(struct gaz_ctx *ctx, struct gaz_store *store,
                           const char *key, int64_t *out);

#endif
