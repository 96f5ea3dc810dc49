/* run.h - a table from file to file: the command `batch`, and jobs.
 *
 *     input (CSV, TSV, JSON lines, XLSX; UTF-8, GB18030, UTF-16)
 *       -> rows in order over all cores (pipeline.h)
 *       -> OUT.part, put under its name when the last row is in it
 *
 * While it runs OUT.progress says how far OUT.part is good (checkpoint.h). A
 * batch that was stopped, by a signal or a power cut, goes on from there with
 * `resume`; no row is asked twice and none is lost.
 */
#ifndef API_BATCH_RUN_H
#define API_BATCH_RUN_H

#include <stdio.h>

#include "api/batch/pipeline.h"
#include "importers/encoding.h"

typedef enum {
    API_BATCH_TABLE_AUTO = 0, /* by the ending of the name; CSV for a pipe */
    API_BATCH_TABLE_CSV,
    API_BATCH_TABLE_TSV,
    API_BATCH_TABLE_JSONL,
    API_BATCH_TABLE_XLSX,
} api_batch_table;

/* "csv", "tsv", "jsonl" (also "ndjson"), "xlsx" */
bool api_batch_table_of_name(const char *name, api_batch_table *out);
/* By the ending of a path; AUTO when it has none that is known. */
api_batch_table api_batch_table_of_path(const char *path);

struct api_batch_run {
    const struct gaz_snapshot *snap;
    const char *input;   /* a path, "-": standard input */
    const char *output;  /* a path; NULL: `stream` */
    FILE *stream;        /* borrowed; without a path there is no resuming */
    const char *rejects; /* a path; NULL: no reject file */
    api_batch_table input_table;
    api_batch_table output_table; /* AUTO: by its path, else as the input */
    imp_encoding encoding;        /* of the input */
    bool as_gb18030;              /* write CSV and TSV in GB18030 */
    const char *columns;          /* api_batch_row_plan */
    const char *id;
    const char *in_code;
    gaz_date at;
    int threads;
    bool resume;
    const atomic_bool *cancel; /* NULL: never */
    /* Called once, before the first row, with how many the table has, when that
     * can be told by reading it once more (no spreadsheet); NULL: nobody asks.
     */
    void (*counted)(int64_t rows, void *user);
    /* Called with what is written so far, now and then; NULL: nobody asks. */
    void (*progress)(const struct api_batch_counts *counts, void *user);
    void *user;
    struct api_batch_counts counts; /* out */
    bool is_cancelled;              /* out: OUT.part waits for `resume` */
    bool has_rejects;               /* out: the reject file was written */
};

/* api_batch_run runs it all.
 * @return GAZ_OK, also when cancelled; GAZ_INVALID: the table cannot be read,
 *         no such column, nothing to resume; GAZ_LIMIT; GAZ_NOT_FOUND; GAZ_IO.
 *         On failure OUT is as it was; OUT.part and OUT.progress stay when rows
 *         were written, for `resume`. */
gaz_status api_batch_run(struct gaz_ctx *ctx, struct api_batch_run *run);

#endif
