/* checkpoint.h - how far a long batch has come, so that it can go on.
 *
 * A small text file beside the output, replaced in one step each time the
 * output is safe on disk. It names what it belongs to: the input (size, time),
 * the snapshot, the options. A batch goes on only where all of that is as it
 * was, or its first half would answer another question than its second.
 */
#ifndef API_BATCH_CHECKPOINT_H
#define API_BATCH_CHECKPOINT_H

#include "api/batch/row.h"

enum { API_BATCH_ID_MAX_BYTES = 256 };

struct api_batch_checkpoint {
    /* What it belongs to. */
    int64_t input_bytes;
    int64_t input_mtime_ns;
    uint64_t snapshot; /* its checksum */
    uint64_t options;  /* a hash of everything that shapes the rows */
    /* How far. */
    struct api_batch_counts counts;
    int64_t output_bytes;
    int64_t reject_bytes;
    uint64_t last_id; /* a hash of the last row's id; 0: no id column */
};

gaz_status api_batch_checkpoint_save(struct gaz_ctx *ctx, const char *path,
                                     const struct api_batch_checkpoint *point);

/* @return GAZ_OK; GAZ_NOT_FOUND: there is none; GAZ_INVALID: not a checkpoint;
 *         GAZ_IO */
gaz_status api_batch_checkpoint_load(struct gaz_ctx *ctx, const char *path,
                                     struct api_batch_checkpoint *out);

/* api_batch_checkpoint_same says whether `saved` belongs to what `now` does.
 * GAZ_INVALID names what is another one. */
gaz_status api_batch_checkpoint_same(struct gaz_ctx *ctx,
                                     const struct api_batch_checkpoint *saved,
                                     const struct api_batch_checkpoint *now);

#endif
