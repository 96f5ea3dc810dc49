/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/reject.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/text.h"

enum { ROW_MAX_BYTES = 1024 * 1024 };

struct imp_reject {
    const char *path;
    const char *file;
    FILE *out;    /* NULL until the first reject */
    char *beside; /* where it is written first */
    struct gaz_arena arena;
};

struct imp_reject *imp_reject_open(const char *path, const char *file)
{
    struct imp_reject *reject = gaz_malloc(sizeof(*reject));
    reject->path = path;
    reject->file = file;
    return reject;
}

void imp_reject_close(struct imp_reject *reject)
{
    if (!reject)
        return;
    if (reject->out) {
        (void)fclose(reject->out);
        (void)unlink(reject->beside);
    }
    gaz_arena_close(&reject->arena);
    gaz_free(reject);
}

static gaz_status fail_io(struct gaz_ctx *ctx, const struct imp_reject *reject,
                          const char *verb)
{
    return gaz_fail(ctx, GAZ_IO, "cannot %s the reject file '%s': %s", verb,
                    reject->beside, strerror(errno));
}

static gaz_status start_file(struct gaz_ctx *ctx, struct imp_reject *reject)
{
    /* The mark makes spreadsheet programs read the Chinese as UTF-8. */
    static const char HEAD[] =
        "\xEF\xBB\xBF"
        "file,line,column,rule,severity,reason_zh,reason_en,raw\r\n";
    reject->beside = gaz_arena_printf(&reject->arena, "%s.new-%ld",
                                      reject->path, (long)getpid());
    reject->out = fopen(reject->beside, "wb");
    if (!reject->out)
        return fail_io(ctx, reject, "create");
    return fputs(HEAD, reject->out) < 0 ? fail_io(ctx, reject, "write")
                                        : GAZ_OK;
}

/* A quoted field; bytes that are not UTF-8 become U+FFFD. */
static void write_field(struct gaz_buffer *out, const char *text)
{
    const size_t len = strlen(text);
    gaz_buffer_char(out, '"');
    for (size_t pos = 0; pos < len;) {
        char bytes[4];
        const uint32_t c = gaz_text_next(text, len, &pos);
        if (c == '"')
            gaz_buffer_char(out, '"');
        gaz_buffer_bytes(out, bytes, gaz_text_encode(c, bytes));
    }
    gaz_buffer_char(out, '"');
}

static void write_row(const struct imp_reject *reject,
                      const struct imp_row *row, const char *raw,
                      const struct gaz_issue *issue, struct gaz_buffer *out)
{
    static const char *const SEVERITIES[] = {"info", "warning", "error"};
    write_field(out, reject->file);
    gaz_buffer_printf(out, ",%lld,",
                      (long long)(row->line ? row->line : row->number));
    write_field(out, issue->column ? issue->column : "");
    gaz_buffer_printf(out, ",%s,%s,", issue->rule, SEVERITIES[issue->severity]);
    write_field(out, issue->message ? issue->message : "");
    gaz_buffer_char(out, ',');
    write_field(out, issue->message_en ? issue->message_en : "");
    gaz_buffer_char(out, ',');
    write_field(out, raw ? raw : "");
    gaz_buffer_text(out, "\r\n");
}

gaz_status imp_reject_put(struct gaz_ctx *ctx, struct imp_reject *reject,
                          const struct imp_row *row, const char *raw,
                          const struct gaz_issue *issue)
{
    gaz_status status = reject->out ? GAZ_OK : start_file(ctx, reject);
    if (status != GAZ_OK)
        return status;
    struct gaz_buffer buffer;
    gaz_buffer_open(&buffer, ROW_MAX_BYTES);
    write_row(reject, row, raw, issue, &buffer);
    if (buffer.full) {
        gaz_buffer_clear(&buffer);
        buffer.full = false;
        write_row(reject, row, "", issue, &buffer);
    }
    if (fwrite(buffer.data, 1, buffer.size, reject->out) != buffer.size)
        status = fail_io(ctx, reject, "write");
    gaz_buffer_close(&buffer);
    return status;
}

gaz_status imp_reject_keep(struct gaz_ctx *ctx, struct imp_reject *reject,
                           bool *written)
{
    *written = false;
    if (!reject->out)
        return GAZ_OK;
    const int failed = fclose(reject->out);
    reject->out = NULL;
    if (failed == 0 && rename(reject->beside, reject->path) == 0) {
        *written = true;
        return GAZ_OK;
    }
    gaz_status status = fail_io(ctx, reject, "write");
    (void)unlink(reject->beside);
    return status;
}
