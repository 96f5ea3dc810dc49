/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/spool.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/text.h"
#include "tiles/deflate.h"
#include "tiles/tile.h"

static const char MAGIC[8] = "dmtiles1";

struct tile_spool {
    FILE *file;
    char *path;
    uint64_t count;
    uint64_t read; /* of count, since the rewind */
};

static gaz_status fail(struct gaz_ctx *ctx, const struct tile_spool *spool,
                       const char *what)
{
    return gaz_fail(ctx, GAZ_IO, "cannot %s '%s': %s", what, spool->path,
                    strerror(errno));
}

/* Reads the next tile and checks it; false at the end or at a torn one. */
static bool read_whole(struct tile_spool *spool, struct tile_record *record,
                       struct gaz_buffer *data)
{
    if (fread(record, sizeof *record, 1, spool->file) != 1 ||
        record->size > TILE_MAX_BYTES)
        return false;
    gaz_buffer_clear(data);
    char part[4096];
    for (size_t left = record->size; left > 0;) {
        size_t want = left < sizeof part ? left : sizeof part;
        if (fread(part, 1, want, spool->file) != want)
            return false;
        gaz_buffer_bytes(data, part, want);
        left -= want;
    }
    return tile_deflate_crc(0, data->data, data->size) == record->crc &&
           gaz_text_hash(data->data, data->size) == record->hash;
}

/* Counts the whole tiles and cuts off what follows them. */
static gaz_status take_up(struct gaz_ctx *ctx, struct tile_spool *spool)
{
    struct tile_record record;
    struct gaz_buffer data;
    gaz_buffer_open(&data, TILE_MAX_BYTES);
    off_t end = ftello(spool->file);
    while (read_whole(spool, &record, &data)) {
        spool->count++;
        end = ftello(spool->file);
    }
    gaz_buffer_close(&data);
    if (end < 0 || fseeko(spool->file, end, SEEK_SET) != 0 ||
        ftruncate(fileno(spool->file), end) != 0)
        return fail(ctx, spool, "go on with");
    return GAZ_OK;
}

static gaz_status begin(struct gaz_ctx *ctx, struct tile_spool *spool,
                        uint64_t job)
{
    spool->file = fopen(spool->path, "w+be");
    if (!spool->file || fwrite(MAGIC, sizeof MAGIC, 1, spool->file) != 1 ||
        fwrite(&job, sizeof job, 1, spool->file) != 1 ||
        fflush(spool->file) != 0)
        return fail(ctx, spool, "create");
    return GAZ_OK;
}

static gaz_status go_on(struct gaz_ctx *ctx, struct tile_spool *spool,
                        uint64_t job)
{
    char magic[sizeof MAGIC];
    uint64_t other = 0;
    spool->file = fopen(spool->path, "r+be");
    if (!spool->file && errno == ENOENT)
        return begin(ctx, spool, job);
    if (!spool->file)
        return fail(ctx, spool, "open");
    if (fread(magic, sizeof magic, 1, spool->file) != 1 ||
        fread(&other, sizeof other, 1, spool->file) != 1 ||
        memcmp(magic, MAGIC, sizeof magic) != 0 || other != job)
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%s' is of another export: other options or another "
                        "snapshot; begin anew, without --resume",
                        spool->path);
    return take_up(ctx, spool);
}

gaz_status tile_spool_open(struct gaz_ctx *ctx, const char *path, uint64_t job,
                           bool goes_on, struct tile_spool **out)
{
    struct tile_spool *spool = gaz_malloc(sizeof *spool);
    size_t size = strlen(path) + 1;
    *spool = (struct tile_spool){.path = gaz_malloc(size)};
    memcpy(spool->path, path, size);
    gaz_status status =
        goes_on ? go_on(ctx, spool, job) : begin(ctx, spool, job);
    *out = status == GAZ_OK ? spool : NULL;
    if (status != GAZ_OK)
        tile_spool_close(spool, false);
    return status;
}

void tile_spool_close(struct tile_spool *spool, bool is_done)
{
    if (!spool)
        return;
    if (spool->file)
        (void)fclose(spool->file);
    if (is_done)
        (void)unlink(spool->path);
    gaz_free(spool->path);
    gaz_free(spool);
}

uint64_t tile_spool_count(const struct tile_spool *spool)
{
    return spool->count;
}

gaz_status tile_spool_put(struct gaz_ctx *ctx, struct tile_spool *spool,
                          uint64_t id, const void *data, size_t size)
{
    const struct tile_record record = {id, gaz_text_hash(data, size),
                                       (uint32_t)size,
                                       tile_deflate_crc(0, data, size)};
    if (fwrite(&record, sizeof record, 1, spool->file) != 1 ||
        (size > 0 && fwrite(data, size, 1, spool->file) != 1))
        return fail(ctx, spool, "write");
    spool->count++;
    return GAZ_OK;
}

gaz_status tile_spool_rewind(struct gaz_ctx *ctx, struct tile_spool *spool)
{
    if (fflush(spool->file) != 0 ||
        fseeko(spool->file, sizeof MAGIC + sizeof(uint64_t), SEEK_SET) != 0)
        return fail(ctx, spool, "read again");
    spool->read = 0;
    return GAZ_OK;
}

gaz_status tile_spool_next(struct gaz_ctx *ctx, struct tile_spool *spool,
                           struct tile_record *record, struct gaz_buffer *data)
{
    if (spool->read == spool->count)
        return GAZ_END;
    spool->read++;
    if (data)
        return read_whole(spool, record, data) ? GAZ_OK
                                               : fail(ctx, spool, "read");
    if (fread(record, sizeof *record, 1, spool->file) != 1 ||
        fseeko(spool->file, record->size, SEEK_CUR) != 0)
        return fail(ctx, spool, "read");
    return GAZ_OK;
}
