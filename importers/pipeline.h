/* pipeline.h - import -> standardise -> check -> dedupe -> store.
 *
 * All of a file or none of it: one transaction, rolled back on any failure.
 * Bad rows are no failure: they are written to the reject file with line,
 * column and reason, and the good ones are stored. Running it twice changes
 * nothing.
 */
#ifndef IMP_PIPELINE_H
#define IMP_PIPELINE_H

#include "gazetteer/store/store.h"
#include "importers/mapping.h"

struct imp_options {
    const char *path;    /* the file to read */
    const char *name;    /* what records, rejects and the log call it, such as
                          * the URL it came from; NULL: path */
    const char *mapping; /* path of the mapping; NULL: "<path>.map.json" */
    const char *profile; /* one of the binary's in place of a mapping; NULL */
    struct imp_mapping_given given; /* over the mapping's source and values */
    const char *crs; /* over the mapping's; NULL: the mapping's */
    const char
        *reject_path; /* NULL: "<path>.rejects.csv" in the current
                       * directory; written only when rows are rejected */
    bool dry_run;     /* roll back at the end */
    /* Called every few thousand rows; NULL: silent. */
    void (*progress)(int64_t rows, void *user);
    void *progress_user;
};

enum { IMP_REPORT_RULES_MAX = 64 };

struct imp_report {
    int64_t read;
    int64_t stored;    /* new places, addresses, claims, changes, lines */
    int64_t merged;    /* rows that joined something stored before */
    int64_t unchanged; /* rows that were there already */
    int64_t rejected;
    const char *reject_path; /* NULL when none was written */
    struct {
        char rule[16];
        int severity; /* gaz_severity */
        int64_t count;
    } rules[IMP_REPORT_RULES_MAX];
    int rule_count;
    bool source_changed; /* a new edition of the source row */
};

/* imp_pipeline_run imports one file.
 * @return GAZ_OK, even with rejects; GAZ_INVALID: mapping, CRS, header or
 *         encoding of the whole file; GAZ_LIMIT; GAZ_IO; GAZ_DB. On any but
 *         GAZ_OK the database is as it was. */
gaz_status imp_pipeline_run(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct imp_options *options,
                            struct imp_report *out);

#endif
