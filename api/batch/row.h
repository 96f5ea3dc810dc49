/* row.h - one row of a table: asked, answered, written.
 *
 * The same for a request, a command and a job, so that all three give what
 * single calls give (gaz_batch_row). Input columns are kept as they came;
 * result columns follow. A row whose best answer is not sure enough gets
 * candidates and no position: never a silent wrong answer.
 */
#ifndef API_BATCH_ROW_H
#define API_BATCH_ROW_H

#include "gazetteer/search/batch.h"
#include "importers/reader.h"

enum {
    API_BATCH_ADDRESS_COLUMNS_MAX = 8,
    API_BATCH_CANDIDATES_MAX = 3,
};

typedef enum {
    API_BATCH_CSV,   /* RFC 4180, CRLF */
    API_BATCH_TSV,   /* the same with tabs */
    API_BATCH_JSONL, /* an object a line, the result as member "diming" */
} api_batch_format;

/* What is done with every row of a table. */
struct api_batch_plan {
    const struct gaz_snapshot *snap;
    const char *const *columns; /* of the input */
    int column_count;
    int address[API_BATCH_ADDRESS_COLUMNS_MAX]; /* joined in this order */
    int address_count;
    int id; /* the column of the row's id, -1: none */
    api_batch_format format;
    gaz_date at;         /* as of this day; 0: today */
    const char *in_code; /* only below this division code; NULL: all */
};

struct api_batch_counts {
    int64_t rows;
    int64_t matched;
    int64_t review;
    int64_t none;
    int64_t invalid;
};

/* api_batch_row_plan fills the columns of `plan` from an open reader.
 *
 * @param addresses  names with commas between, "区县,乡镇,详细地址"; NULL: the
 *                   usual ones (地址, address ...)
 * @param id         NULL: none
 * @return GAZ_OK; GAZ_INVALID: no such column */
gaz_status api_batch_row_plan(struct gaz_ctx *ctx,
                              const struct imp_reader *reader,
                              const char *addresses, const char *id,
                              struct api_batch_plan *plan);

/* api_batch_row_head appends the row of column names (nothing for JSON lines).
 * A result name that the input has already is written with "diming_" before
 * it. */
void api_batch_row_head(const struct api_batch_plan *plan,
                        struct gaz_buffer *out);

/* One character a column of the whole row: 'n' a number of ours, 't' text. */
const char *api_batch_row_types(struct gaz_arena *arena,
                                const struct api_batch_plan *plan);

/* api_batch_row_write answers a row and appends it. `ctx` is emptied first: it
 * is the row's own, not that of the plan. A row that cannot be read keeps its
 * text in the first column, with the reason. *failure is why the row is
 * invalid, NULL for a good one; it lives in `ctx`. */
gaz_status
api_batch_row_write(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                    const struct api_batch_plan *plan,
                    const struct imp_row *row, struct gaz_buffer *out,
                    struct api_batch_counts *counts, const char **failure);

/* api_batch_row_clean gives the text with U+FFFD for bytes that are not UTF-8.
 */
const char *api_batch_row_clean(struct gaz_arena *arena, const char *text);

#endif
