/* sink.h - where the rows of a batch go: files that can be gone on with.
 *
 * The output and the reject file grow under the names OUT.part.csv and
 * REJECTS.part; `finish` puts them under their own names.
 */
#ifndef API_BATCH_SINK_H
#define API_BATCH_SINK_H

#include <stdio.h>

#include "api/batch/checkpoint.h"
#include "api/batch/pipeline.h"

struct api_batch_sink {
    const char *output;  /* NULL: `out` is borrowed */
    const char *rejects; /* NULL: none */
    bool as_gb18030;
    const char *sheet_types; /* imp_sheet_from_csv; NULL: no spreadsheet */
    int64_t max_rows;        /* 0: any number */
    FILE *out;
    FILE *reject_out; /* NULL until the first reject */
    const char *part;
    const char *reject_part;
    const char *progress;
    struct api_batch_checkpoint point; /* what is written so far */
    int64_t saved_ms;                  /* when it was last made safe */
};

/* api_batch_sink_open begins anew, or goes on after `from`, what a checkpoint
 * said (NULL: anew). The other fields are set. GAZ_IO. */
gaz_status api_batch_sink_open(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                               const struct api_batch_checkpoint *from);

/* The path of the checkpoint of an output. */
const char *api_batch_sink_progress(struct gaz_ctx *ctx, const char *output);

/* api_batch_sink_text writes bytes that are no row: the head. */
gaz_status api_batch_sink_text(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                               const struct gaz_buffer *text);

/* api_batch_sink_put writes a piece; twice a second all that was written is
 * made safe. */
gaz_status api_batch_sink_put(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                              const struct api_batch_piece *piece);

/* api_batch_sink_finish puts the files under their names. */
gaz_status api_batch_sink_finish(struct gaz_ctx *ctx,
                                 struct api_batch_sink *sink);

/* api_batch_sink_pause makes safe what was written, for a later resume. */
gaz_status api_batch_sink_pause(struct gaz_ctx *ctx,
                                struct api_batch_sink *sink);

/* api_batch_sink_close closes files; what was not finished or paused and has no
 * row yet is removed. */
void api_batch_sink_close(struct api_batch_sink *sink);

#endif
