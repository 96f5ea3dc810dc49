/* spool.h - tiles on their way into an archive: a file beside it, to which they
 * are appended in their order. An export that was stopped, or killed, goes on
 * from the last whole tile.
 *
 * The file begins with a magic number and the hash of the job, so that only the
 * same job goes on with it. Bytes of this machine's order: it never travels.
 */
#ifndef TILES_SPOOL_H
#define TILES_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"

struct tile_spool;

struct tile_record {
    uint64_t id;   /* hilbert.h */
    uint64_t hash; /* of the bytes */
    uint32_t size; /* 0: there is no such tile */
    uint32_t crc;
};

/* tile_spool_open makes the file anew, or goes on with it when `goes_on`; a
 * torn tile at its end is cut off. No file to go on with is an empty one.
 * @return GAZ_OK; GAZ_INVALID: it is of another job; GAZ_IO */
gaz_status tile_spool_open(struct gaz_ctx *ctx, const char *path, uint64_t job,
                           bool goes_on, struct tile_spool **out);
/* Closes the file, and removes it when `is_done`; accepts NULL. */
void tile_spool_close(struct tile_spool *spool, bool is_done);

/* How many tiles it holds. */
uint64_t tile_spool_count(const struct tile_spool *spool);

/* GAZ_OK; GAZ_IO */
gaz_status tile_spool_put(struct gaz_ctx *ctx, struct tile_spool *spool,
                          uint64_t id, const void *data, size_t size);

/* tile_spool_rewind goes to the first tile; nothing can be put from then on. */
gaz_status tile_spool_rewind(struct gaz_ctx *ctx, struct tile_spool *spool);
/* tile_spool_next reads a tile; `data` NULL passes its bytes over.
 * @return GAZ_OK; GAZ_END after the last; GAZ_IO */
gaz_status tile_spool_next(struct gaz_ctx *ctx, struct tile_spool *spool,
                           struct tile_record *record, struct gaz_buffer *data);

#endif
