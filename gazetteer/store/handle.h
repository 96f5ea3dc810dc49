/* handle.h - what a gaz_store is inside; for the files of this room only. */
#ifndef GAZ_STORE_HANDLE_H
#define GAZ_STORE_HANDLE_H

#include "gazetteer/store/sqlite.h"
#include "gazetteer/store/store.h"

struct gaz_store {
    struct gaz_sqlite *db;
    gaz_store_mode mode;
};

/* gaz_store_writing is GAZ_OK inside begin and commit. After a failure that
 * made SQLite roll back by itself, further puts must not slip in one by one. */
gaz_status gaz_store_writing(struct gaz_ctx *ctx,
                             const struct gaz_store *store);

/* gaz_get_code_owner finds the place that has (or had) an official code and,
 * of several, the one that is valid now or was last; 0: none. */
gaz_status gaz_get_code_owner(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *code, gaz_id *out);

/* gaz_get_record_owner finds the place that a record made or joined; 0: none.
 */
gaz_status gaz_get_record_owner(struct gaz_ctx *ctx, struct gaz_store *store,
                                const char *key, gaz_id *out);

/* gaz_get_read_place reads the columns of GAZ_SQL_PLACE from its current row,
 * and the place's names. */
gaz_status gaz_get_read_place(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_stmt *row,
                              struct gaz_place *out);

/* gaz_put_bind_position binds :method, :accuracy_m, :position_source, :geom.
 * GAZ_INVALID when the coordinates are none. */
gaz_status gaz_put_bind_position(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                                 const struct gaz_position *position);

/* What an id is asked for: gaz_put_pick_id. */
struct gaz_put_maker {
    const char *table; /* "place" or "address" */
    const char *source_key;
    const char *record_key;
    const char *label; /* the standard name, or the address' text */
};

/* gaz_put_pick_id makes the id of a new thing. Of a thing that the same record
 * made before under the same label, it is that thing's id; another thing's id
 * is avoided by a salt. *maker is the text to keep beside the id. */
gaz_status gaz_put_pick_id(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_put_maker *asked, gaz_id *out,
                           const char **maker);

/* gaz_put_link_record notes which place or address a record is about. */
gaz_status gaz_put_link_record(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t record_id, gaz_id about);

/* gaz_put_points makes a LINESTRING as WKB; in ctx->arena. GAZ_INVALID: fewer
 * than two points, or one that is none. */
gaz_status gaz_put_points(struct gaz_ctx *ctx, const struct gaz_coord *points,
                          size_t count, const void **wkb, size_t *size);

/* gaz_get_points reads one from a column of our own. GAZ_DB. */
gaz_status gaz_get_points(struct gaz_ctx *ctx, const struct gaz_stmt *row,
                          int column, const struct gaz_coord **points,
                          size_t *count);

/* The row that a scan stands on, and the next one; for scans whose rows are
 * read by another file. */
const struct gaz_stmt *gaz_scan_row(const struct gaz_scan *scan,
                                    gaz_scan_kind kind);
gaz_status gaz_scan_step(struct gaz_ctx *ctx, struct gaz_scan *scan);

/* gaz_heritage_note keeps the designation of a claim as a heritage row. */
gaz_status gaz_heritage_note(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_claim *claim, int64_t claim_id);

#endif
