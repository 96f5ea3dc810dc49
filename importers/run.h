/* run.h - what one import carries from stage to stage; for this room only.
 *
 * Things of the file live in file_ctx->arena, things of the row in row.arena,
 * which is emptied between rows: memory is flat for any size of file.
 */
#ifndef IMP_RUN_H
#define IMP_RUN_H

#include "gazetteer/geo/crs.h"
#include "gazetteer/geo/geometry.h"
#include "gazetteer/standardise/standardise.h"
#include "importers/mapping.h"
#include "importers/pipeline.h"
#include "importers/reader.h"
#include "importers/reject.h"

/* Where a field comes from, when it is no column of the file. */
enum { IMP_COLUMN_CONSTANT = -1, IMP_COLUMN_ABSENT = -2 };

/* Values that stand in one row only, by hash, with the row's line. */
struct imp_seen_row {
    uint64_t hash; /* 0: an empty slot */
    int64_t line;
};

struct imp_seen {
    struct imp_seen_row *slots; /* a power of two; gaz_malloc */
    size_t capacity;
    size_t count;
};

struct imp_run {
    struct gaz_ctx *file_ctx; /* the caller's */
    struct gaz_ctx row;
    struct gaz_store *store;
    const struct imp_options *options;
    struct imp_mapping mapping;
    struct imp_reader *reader;
    int columns[IMP_MAPPING_MAX_FIELDS]; /* of mapping.fields */
    int parts[IMP_MAPPING_MAX_FIELDS][IMP_MAPPING_MAX_PARTS]; /* the same */
    int key_columns[IMP_MAPPING_MAX_KEYS]; /* of mapping.key_columns; of
                                            * mapping.fields: key_is_fields */
    struct imp_seen seen;
    const char *crs_name; /* as asked for; NULL: none */
    struct gaz_crs *crs;  /* NULL: rows have no positions */
    struct gaz_geometry *geometry;
    struct gaz_standardiser *standardiser;
    struct imp_reject *reject;
    bool is_line; /* entry "line": not standardised, not checked */
    int64_t source;
    int64_t first_record; /* the id that the first new record gets */
    struct imp_report report;
};

/* imp_run_file returns what records, rejects and the log call the file. */
static inline const char *imp_run_file(const struct imp_run *run)
{
    return run->options->name ? run->options->name : run->options->path;
}

/* imp_run_forgive forgets a failure that was a fair answer (not found), so that
 * its sentence does not stand for a later one. */
static inline void imp_run_forgive(struct imp_run *run)
{
    run->row.failure[0] = '\0';
}

#endif
