/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch/sink.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/clock.h"
#include "gazetteer/base/text.h"
#include "importers/encoding.h"
#include "importers/sheet.h"

enum { SAVE_EVERY_MS = 500, ENCODED_MAX_BYTES = 512 * 1024 * 1024 };

static gaz_status fail_write(struct gaz_ctx *ctx, const char *path)
{
    return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", path,
                    strerror(errno));
}

static const char *name_of(const struct api_batch_sink *sink)
{
    return sink->part ? sink->part : "standard output";
}

const char *api_batch_sink_progress(struct gaz_ctx *ctx, const char *output)
{
    return gaz_arena_printf(&ctx->arena, "%s.progress", output);
}

/* Opens a file to go on after `bytes`. */
static gaz_status reopen(struct gaz_ctx *ctx, const char *path, int64_t bytes,
                         FILE **out)
{
    FILE *file = fopen(path, "r+b");
    if (!file)
        return gaz_fail(ctx, GAZ_IO, "cannot open '%s': %s", path,
                        strerror(errno));
    if (fseeko(file, 0, SEEK_END) != 0 || ftello(file) < bytes ||
        ftruncate(fileno(file), bytes) != 0 ||
        fseeko(file, bytes, SEEK_SET) != 0) {
        (void)fclose(file);
        return gaz_fail(ctx, GAZ_INVALID,
                        "'%s' is shorter than its checkpoint says; start "
                        "again without --resume",
                        path);
    }
    *out = file;
    return GAZ_OK;
}

static gaz_status create(struct gaz_ctx *ctx, const char *path, FILE **out)
{
    *out = fopen(path, "wb");
    return *out ? GAZ_OK : fail_write(ctx, path);
}

gaz_status api_batch_sink_open(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                               const struct api_batch_checkpoint *from)
{
    sink->saved_ms = gaz_clock_ms();
    if (sink->rejects)
        sink->reject_part =
            gaz_arena_printf(&ctx->arena, "%s.part", sink->rejects);
    if (!sink->output)
        return GAZ_OK;
    sink->part = gaz_arena_printf(&ctx->arena, "%s.part.csv", sink->output);
    sink->progress = api_batch_sink_progress(ctx, sink->output);
    if (!from)
        return create(ctx, sink->part, &sink->out);
    sink->point = *from;
    gaz_status status = reopen(ctx, sink->part, from->output_bytes, &sink->out);
    if (status == GAZ_OK && sink->rejects && from->reject_bytes > 0)
        status = reopen(ctx, sink->reject_part, from->reject_bytes,
                        &sink->reject_out);
    return status;
}

static gaz_status write_bytes(struct gaz_ctx *ctx, FILE *file, const char *path,
                              const char *data, size_t size, int64_t *written)
{
    if (size > 0 && fwrite(data, 1, size, file) != size)
        return fail_write(ctx, path);
    *written += (int64_t)size;
    return GAZ_OK;
}

gaz_status api_batch_sink_text(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                               const struct gaz_buffer *text)
{
    int64_t *written = &sink->point.output_bytes;
    if (!sink->as_gb18030)
        return write_bytes(ctx, sink->out, name_of(sink), text->data,
                           text->size, written);
    struct gaz_buffer encoded;
    gaz_buffer_open(&encoded, ENCODED_MAX_BYTES);
    gaz_status status =
        imp_encoding_encode(ctx, text->data, text->size, &encoded);
    if (status == GAZ_OK)
        status = write_bytes(ctx, sink->out, name_of(sink), encoded.data,
                             encoded.size, written);
    gaz_buffer_close(&encoded);
    return status;
}

static gaz_status put_rejects(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                              const struct gaz_buffer *rejects)
{
    if (!sink->rejects || rejects->size == 0)
        return GAZ_OK;
    gaz_status status = GAZ_OK;
    if (!sink->reject_out) {
        status = create(ctx, sink->reject_part, &sink->reject_out);
        if (status == GAZ_OK)
            status = write_bytes(
                ctx, sink->reject_out, sink->reject_part, API_BATCH_REJECT_HEAD,
                strlen(API_BATCH_REJECT_HEAD), &sink->point.reject_bytes);
    }
    if (status == GAZ_OK)
        status =
            write_bytes(ctx, sink->reject_out, sink->reject_part, rejects->data,
                        rejects->size, &sink->point.reject_bytes);
    return status;
}

static void add_counts(struct api_batch_counts *sum,
                       const struct api_batch_counts *part)
{
    sum->rows += part->rows;
    sum->matched += part->matched;
    sum->review += part->review;
    sum->none += part->none;
    sum->invalid += part->invalid;
}

static bool sync_file(FILE *file)
{
    return !file || (fflush(file) == 0 && fdatasync(fileno(file)) == 0);
}

gaz_status api_batch_sink_pause(struct gaz_ctx *ctx,
                                struct api_batch_sink *sink)
{
    if (!sink->output)
        return GAZ_OK;
    if (!sync_file(sink->out) || !sync_file(sink->reject_out))
        return fail_write(ctx, sink->part);
    return api_batch_checkpoint_save(ctx, sink->progress, &sink->point);
}

gaz_status api_batch_sink_put(struct gaz_ctx *ctx, struct api_batch_sink *sink,
                              const struct api_batch_piece *piece)
{
    gaz_status status = api_batch_sink_text(ctx, sink, piece->out);
    if (status == GAZ_OK)
        status = put_rejects(ctx, sink, piece->rejects);
    if (status != GAZ_OK)
        return status;
    add_counts(&sink->point.counts, &piece->counts);
    sink->point.last_id =
        piece->last_id[0]
            ? gaz_text_hash(piece->last_id, strlen(piece->last_id))
            : 0;
    if (sink->max_rows > 0 && sink->point.counts.rows > sink->max_rows)
        return gaz_fail(ctx, GAZ_LIMIT,
                        "a spreadsheet holds %lld rows; write CSV",
                        (long long)sink->max_rows);
    if (gaz_clock_ms() - sink->saved_ms < SAVE_EVERY_MS)
        return GAZ_OK;
    sink->saved_ms = gaz_clock_ms();
    return api_batch_sink_pause(ctx, sink);
}

static gaz_status close_file(struct gaz_ctx *ctx, FILE **file, const char *path)
{
    if (!*file)
        return GAZ_OK;
    bool is_good = sync_file(*file);
    is_good = fclose(*file) == 0 && is_good;
    *file = NULL;
    return is_good ? GAZ_OK : fail_write(ctx, path);
}

static gaz_status move(struct gaz_ctx *ctx, const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return gaz_fail(ctx, GAZ_IO, "cannot rename '%s' to '%s': %s", from, to,
                        strerror(errno));
    return GAZ_OK;
}

gaz_status api_batch_sink_finish(struct gaz_ctx *ctx,
                                 struct api_batch_sink *sink)
{
    bool has_rejects = sink->reject_out != NULL;
    gaz_status status = close_file(ctx, &sink->reject_out, sink->reject_part);
    if (status == GAZ_OK && has_rejects)
        status = move(ctx, sink->reject_part, sink->rejects);
    if (!sink->output)
        return status == GAZ_OK && fflush(sink->out) != 0
                   ? fail_write(ctx, name_of(sink))
                   : status;
    if (status == GAZ_OK)
        status = close_file(ctx, &sink->out, sink->part);
    if (status == GAZ_OK && sink->sheet_types) {
        status = imp_sheet_from_csv(ctx, sink->part, sink->sheet_types,
                                    sink->output);
        if (status == GAZ_OK)
            (void)unlink(sink->part);
    } else if (status == GAZ_OK) {
        status = move(ctx, sink->part, sink->output);
    }
    if (status == GAZ_OK)
        (void)unlink(sink->progress);
    return status;
}

void api_batch_sink_close(struct api_batch_sink *sink)
{
    if (sink->reject_out)
        (void)fclose(sink->reject_out);
    if (!sink->output || !sink->out)
        return;
    (void)fclose(sink->out);
    if (sink->point.counts.rows == 0)
        (void)unlink(sink->part);
}
