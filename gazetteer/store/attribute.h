/* attribute.h - what business records say beside the model, and what an import
 * brought. */
#ifndef GAZ_STORE_ATTRIBUTE_H
#define GAZ_STORE_ATTRIBUTE_H

#include "gazetteer/model/attribute.h"
#include "gazetteer/store/store.h"

/* Of whom, and who says so. */
struct gaz_attribute_owner {
    gaz_id about; /* a place or an address */
    int64_t source;
    int64_t record; /* 0: none */
};

/* gaz_attribute_put sets what one source says, inside begin and commit; what
 * it does not name stays. A 20-digit code is entered among the place's codes
 * too: the place is found by it. */
gaz_status gaz_attribute_put(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_attribute_owner *owner,
                             const struct gaz_attribute *items, int count);

/* gaz_attribute_address_of_code finds the address that has a 15-digit code;
 * *out is 0 for none. */
gaz_status gaz_attribute_address_of_code(struct gaz_ctx *ctx,
                                         struct gaz_store *store,
                                         const char *code, gaz_id *out);

/* A row of GAZ_SCAN_ATTRIBUTES, by about, name and source; a merged place's
 * are given as those of the place that was kept. */
struct gaz_attribute_row {
    gaz_id about;
    int64_t source;
    struct gaz_attribute attribute;
};
gaz_status gaz_scan_next_attribute(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                   struct gaz_attribute_row *out);

/* ---- imports ---- */

enum { GAZ_IMPORTS_MAX = 1000 };

struct gaz_import_row {
    int64_t id;
    const char *at; /* ISO 8601, UTC */
    const char *source_key;
    int64_t first_record; /* with last_record: what was new; 0: nothing, or an
                           * import before schema 6 */
    int64_t last_record;
    struct gaz_import_log log;
};

/* The newest GAZ_IMPORTS_MAX, newest first. */
gaz_status gaz_import_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_import_row **out, int *count);

/* gaz_import_brought gives the places and addresses that an import's records
 * made or joined, by id. */
gaz_status gaz_import_brought(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_import_row *import,
                              const gaz_id **out, int *count);

/* The last record's id, 0 for none: what is behind it is of a later import. */
gaz_status gaz_import_newest_record(struct gaz_ctx *ctx,
                                    struct gaz_store *store, int64_t *out);

#endif
