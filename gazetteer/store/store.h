/* store.h - the one database file: what sources said and what we believe.
 *
 * SpatiaLite, WAL, foreign keys on, EPSG:4490, one writer and many readers,
 * schema versioned by PRAGMA user_version (schema.sql and migrations are part
 * of the binary). Triggers write every change of place, name, address, claim,
 * change, boundary and merge to `journal` once.
 *
 *     struct gaz_store *store;
 *     gaz_store_open(ctx, "diming.db", GAZ_STORE_WRITE, &store);
 *     gaz_store_begin(ctx, store);
 *     ...
 *     gaz_store_commit(ctx, store);
 *     gaz_store_close(store);
 *
 * A store belongs to one thread. A transaction that was not committed is rolled
 * back by gaz_store_close, or by the process's death. Result strings live in
 * ctx->arena.
 */
#ifndef GAZ_STORE_STORE_H
#define GAZ_STORE_STORE_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/model/line.h"
#include "gazetteer/model/record.h"

struct gaz_store;

typedef enum {
    GAZ_STORE_READ,   /* fails when the file is absent or of another version */
    GAZ_STORE_WRITE,  /* creates and migrates */
    GAZ_STORE_UPDATE, /* writes; fails as READ does: a service makes nothing */
} gaz_store_mode;

/* @return GAZ_OK; GAZ_NOT_FOUND (READ, UPDATE: no file); GAZ_INVALID: not a
 * Diming database, or made by a newer version; GAZ_DB; GAZ_IO */
gaz_status gaz_store_open(struct gaz_ctx *ctx, const char *path,
                          gaz_store_mode mode, struct gaz_store **out);
void gaz_store_close(struct gaz_store *store);

/* gaz_store_patience sets how long a writer waits for another before it fails
 * with GAZ_DB, "database is locked". */
void gaz_store_patience(struct gaz_store *store, int ms);

gaz_status gaz_store_begin(struct gaz_ctx *ctx, struct gaz_store *store);
gaz_status gaz_store_commit(struct gaz_ctx *ctx, struct gaz_store *store);
gaz_status gaz_store_rollback(struct gaz_ctx *ctx, struct gaz_store *store);

/* gaz_store_backup copies the database while it runs (SQLite's online backup)
 * into a new file, which replaces `path` in one step. */
gaz_status gaz_store_backup(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *path);

/* ---- writing, inside begin and commit ---- */

/* gaz_store_put_source inserts or updates by key; *out is the row id. */
gaz_status gaz_store_put_source(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_source *source, int64_t *out);

/* gaz_store_put_record keeps a record verbatim. *is_new is false when the same
 * source already has this key with these bytes: the caller is done then. */
gaz_status gaz_store_put_record(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t source, const struct gaz_record *record,
                                int64_t *record_id, bool *is_new);

/* gaz_store_candidates finds places that `place` may be the same as: equal
 * official code; equal standardised name under the same parent; at most
 * GAZ_CANDIDATES_MAX, by id. */
enum { GAZ_CANDIDATES_MAX = 16 };
struct gaz_places {
    const struct gaz_place *items;
    int count;
};
gaz_status gaz_store_candidates(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_place *place,
                                struct gaz_places *out);

/* gaz_store_put_place inserts (id 0: an id is made from source and record key)
 * or replaces by id: names, area, codes and all. */
gaz_status gaz_store_put_place(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_place *place,
                               const char *source_key, const char *record_key,
                               int64_t record_id, gaz_id *out);
/* gaz_store_join_address adds what is stored of the address with that id: the
 * better position, the longer time, the site. Without one nothing is added. */
gaz_status gaz_store_join_address(struct gaz_ctx *ctx, struct gaz_store *store,
                                  struct gaz_address *address);

/* gaz_store_put_address inserts (id 0: the twin of the same parent, number and
 * tail is joined, or the one that a merged address of these words went to, else
 * an id is made) or replaces by id. */
gaz_status gaz_store_put_address(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_address *address,
                                 const char *source_key, const char *record_key,
                                 int64_t record_id, gaz_id *out);
gaz_status gaz_store_put_claim(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_claim *claim,
                               int64_t record_id);
gaz_status gaz_store_put_change(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_change *change,
                                int64_t record_id);
/* A coastline, boundary line or road axis. */
gaz_status gaz_store_put_line(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_line *line, const char *key,
                              int64_t record_id);
/* An issue of a stored or rejected record. */
gaz_status gaz_store_put_issue(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t record_id, gaz_id about,
                               const struct gaz_issue *issue);

/* One import's line in the log: counts and outcome, for `diming status`. */
struct gaz_import_log {
    int64_t source;
    const char *file;
    int64_t read;
    int64_t stored;
    int64_t merged;
    int64_t unchanged;
    int64_t rejected;
    int64_t first_record; /* of the records that were new; 0: none */
    int64_t last_record;
};
gaz_status gaz_store_put_import(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_import_log *log);

/* ---- reading ---- */

gaz_status gaz_store_place(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id id, struct gaz_place *out);
/* A merged id gives what it was merged into, of places as of addresses. */
gaz_status gaz_store_address(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id id, struct gaz_address *out);
/* By official code, any valid time; the current one first. GAZ_NOT_FOUND. */
gaz_status gaz_store_place_by_code(struct gaz_ctx *ctx, struct gaz_store *store,
                                   const char *code, struct gaz_place *out);
/* By standardised name (any kind) directly or deeper below `ancestor` (0:
 * anywhere) of `category` (0: any). GAZ_NOT_FOUND; the first by id. */
gaz_status gaz_store_place_by_name(struct gaz_ctx *ctx, struct gaz_store *store,
                                   const char *name, gaz_id ancestor,
                                   int category, struct gaz_place *out);
/* By the record key of a source: the place that record made or joined. */
gaz_status gaz_store_place_by_record(struct gaz_ctx *ctx,
                                     struct gaz_store *store,
                                     const char *record_key,
                                     struct gaz_place *out);

/* Iteration, by id: each next gives GAZ_END after the last. The row's strings
 * live in ctx->arena; the caller may reset the arena between rows. */
struct gaz_scan;
typedef enum {
    GAZ_SCAN_SOURCES,
    GAZ_SCAN_PLACES,
    GAZ_SCAN_ADDRESSES,
    GAZ_SCAN_CLAIMS,
    GAZ_SCAN_CHANGES,
    GAZ_SCAN_LINES,
    GAZ_SCAN_REDIRECTS,
    GAZ_SCAN_ATTRIBUTES, /* attribute.h */
} gaz_scan_kind;
struct gaz_redirect {
    gaz_id merged;
    gaz_id kept;
};
gaz_status gaz_store_scan(struct gaz_ctx *ctx, struct gaz_store *store,
                          gaz_scan_kind kind, struct gaz_scan **out);
/* The addresses that a rule would compare with a record: of the same parent or
 * site, or counted in it, itself among them. */
gaz_status gaz_store_scan_beside(struct gaz_ctx *ctx, struct gaz_store *store,
                                 gaz_id about, struct gaz_scan **out);
gaz_status gaz_scan_next_source(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                struct gaz_source *out);
gaz_status gaz_scan_next_place(struct gaz_ctx *ctx, struct gaz_scan *scan,
                               struct gaz_place *out);
gaz_status gaz_scan_next_address(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                 struct gaz_address *out);
gaz_status gaz_scan_next_claim(struct gaz_ctx *ctx, struct gaz_scan *scan,
                               struct gaz_claim *out);
gaz_status gaz_scan_next_change(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                struct gaz_change *out);
gaz_status gaz_scan_next_line(struct gaz_ctx *ctx, struct gaz_scan *scan,
                              struct gaz_line *out);
gaz_status gaz_scan_next_redirect(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                  struct gaz_redirect *out);
void gaz_scan_close(struct gaz_scan *scan); /* accepts NULL */

/* Last journal entry, 0 for an empty journal. */
gaz_status gaz_store_journal_seq(struct gaz_ctx *ctx, struct gaz_store *store,
                                 uint64_t *out);

/* gaz_store_data_version gives a number that changes when another connection
 * has committed since the last call; cheap enough to ask often. */
gaz_status gaz_store_data_version(struct gaz_ctx *ctx, struct gaz_store *store,
                                  int64_t *out);

/* What `diming status` shows. */
struct gaz_store_status {
    int schema_version;
    int64_t sources;
    int64_t records;
    int64_t places;
    int64_t names;
    int64_t addresses;
    int64_t claims;
    int64_t issues_open;
    int64_t journal_entries;
};
gaz_status gaz_store_status_read(struct gaz_ctx *ctx, struct gaz_store *store,
                                 struct gaz_store_status *out);

#endif
