/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "gazetteer/base/text.h"

enum { CHUNK_BYTES = 64 * 1024, GUESS_LINES_MAX = 100000 };

/* What stands for bytes that mean nothing: no UTF-8 has it. */
enum { BAD_BYTE = 0xFF };

static const struct {
    const char *name;
    imp_encoding encoding;
} NAMES[] = {
    {"auto", IMP_ENCODING_AUTO},    {"utf-8", IMP_ENCODING_UTF8},
    {"utf8", IMP_ENCODING_UTF8},    {"gb18030", IMP_ENCODING_GB18030},
    {"gbk", IMP_ENCODING_GB18030},  {"gb2312", IMP_ENCODING_GB18030},
    {"utf-16", IMP_ENCODING_UTF16}, {"utf16", IMP_ENCODING_UTF16},
};
enum { NAME_COUNT = sizeof(NAMES) / sizeof(NAMES[0]) };

bool imp_encoding_of_name(const char *name, imp_encoding *out)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (strcasecmp(NAMES[i].name, name) == 0) {
            *out = NAMES[i].encoding;
            return true;
        }
    return false;
}

const char *imp_encoding_name(imp_encoding encoding)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (NAMES[i].encoding == encoding)
            return NAMES[i].name;
    return "auto";
}

static bool is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* More lines of the first ones are UTF-8 than are not. */
static bool is_mostly_utf8(const char *text, size_t size)
{
    int good = 0;
    int bad = 0;
    for (size_t at = 0; at < size && good + bad < GUESS_LINES_MAX;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t len = end ? (size_t)(end - text) - at : size - at;
        if (!is_ascii(text + at, len)) {
            if (gaz_text_is_utf8(text + at, len, NULL))
                good++;
            else
                bad++;
        }
        at += len + 1;
    }
    return good >= bad;
}

imp_encoding imp_encoding_guess(const void *data, size_t size)
{
    const unsigned char *d = data;
    if (size >= 2 &&
        ((d[0] == 0xFF && d[1] == 0xFE) || (d[0] == 0xFE && d[1] == 0xFF)))
        return IMP_ENCODING_UTF16;
    if (gaz_text_is_utf8(data, size, NULL) || is_mostly_utf8(data, size))
        return IMP_ENCODING_UTF8;
    return IMP_ENCODING_GB18030;
}

static gaz_status fail_spool(struct gaz_ctx *ctx, const char *verb)
{
    return gaz_fail(ctx, GAZ_IO, "cannot %s a temporary file: %s", verb,
                    strerror(errno));
}

/* Maps a file without a name; the mapping keeps it alive. */
static gaz_status map_spool(struct gaz_ctx *ctx, FILE *spool,
                            struct gaz_map *out)
{
    struct stat info;
    if (fflush(spool) != 0 || fstat(fileno(spool), &info) != 0)
        return fail_spool(ctx, "write");
    struct gaz_map map = {.size = (size_t)info.st_size};
    if (map.size > 0) {
        void *data =
            mmap(NULL, map.size, PROT_READ, MAP_SHARED, fileno(spool), 0);
        if (data == MAP_FAILED)
            return fail_spool(ctx, "map");
        map.data = data;
    }
    *out = map;
    return GAZ_OK;
}

static const char *charset(imp_encoding encoding)
{
    return encoding == IMP_ENCODING_GB18030 ? "GB18030" : "UTF-16";
}

/* One call of iconv, its output to the spool. False: the spool failed. */
static bool convert_some(iconv_t conv, char **in, size_t *in_left, FILE *spool)
{
    char chunk[CHUNK_BYTES];
    char *out = chunk;
    size_t out_left = sizeof(chunk);
    size_t done = iconv(conv, in, in_left, &out, &out_left);
    int reason = done == (size_t)-1 ? errno : 0;
    size_t made = sizeof(chunk) - out_left;
    if (fwrite(chunk, 1, made, spool) != made)
        return false;
    if (reason == EILSEQ || reason == EINVAL) {
        if (fputc(BAD_BYTE, spool) == EOF)
            return false;
        (*in)++;
        (*in_left)--;
    }
    return true;
}

static gaz_status decode_to(struct gaz_ctx *ctx, imp_encoding encoding,
                            const struct gaz_map *map, FILE *spool)
{
    iconv_t conv = iconv_open("UTF-8", charset(encoding));
    if (conv == (iconv_t)-1) // NOLINT(performance-no-int-to-ptr): iconv's own
        return gaz_fail(ctx, GAZ_IO, "this system cannot read %s",
                        charset(encoding));
    char *in = (char *)(uintptr_t)map->data; /* iconv only reads it */
    size_t left = map->size;
    bool is_good = true;
    while (left > 0 && is_good)
        is_good = convert_some(conv, &in, &left, spool);
    (void)iconv_close(conv);
    return is_good ? GAZ_OK : fail_spool(ctx, "write");
}

gaz_status imp_encoding_decode(struct gaz_ctx *ctx, const char *name,
                               imp_encoding encoding, struct gaz_map *map)
{
    FILE *spool = tmpfile();
    if (!spool)
        return fail_spool(ctx, "make");
    struct gaz_map decoded = {.size = 0};
    gaz_status status = decode_to(ctx, encoding, map, spool);
    if (status == GAZ_OK)
        status = map_spool(ctx, spool, &decoded);
    (void)fclose(spool);
    if (status == GAZ_OK && map->size > 0 && decoded.size == 0)
        status = gaz_fail(ctx, GAZ_INVALID, "'%s' holds no text", name);
    if (status == GAZ_OK) {
        gaz_file_unmap(map);
        *map = decoded;
    }
    return status;
}

gaz_status imp_encoding_encode(struct gaz_ctx *ctx, const char *text,
                               size_t size, struct gaz_buffer *out)
{
    iconv_t conv = iconv_open("GB18030", "UTF-8");
    if (conv == (iconv_t)-1) // NOLINT(performance-no-int-to-ptr): iconv's own
        return gaz_fail(ctx, GAZ_IO, "this system cannot write GB18030");
    char *in = (char *)(uintptr_t)text;
    size_t left = size;
    bool is_good = true;
    while (left > 0 && is_good) {
        char chunk[4096];
        char *to = chunk;
        size_t to_left = sizeof(chunk);
        size_t done = iconv(conv, &in, &left, &to, &to_left);
        is_good = done != (size_t)-1 || errno == E2BIG;
        gaz_buffer_bytes(out, chunk, sizeof(chunk) - to_left);
    }
    (void)iconv_close(conv);
    return is_good ? GAZ_OK
                   : gaz_fail(ctx, GAZ_INVALID, "a text that is not UTF-8");
}

gaz_status imp_encoding_map_stream(struct gaz_ctx *ctx, FILE *stream,
                                   struct gaz_map *out)
{
    FILE *spool = tmpfile();
    if (!spool)
        return fail_spool(ctx, "make");
    char chunk[CHUNK_BYTES];
    size_t got;
    gaz_status status = GAZ_OK;
    while (status == GAZ_OK &&
           (got = fread(chunk, 1, sizeof(chunk), stream)) > 0)
        if (fwrite(chunk, 1, got, spool) != got)
            status = fail_spool(ctx, "write");
    if (status == GAZ_OK && ferror(stream))
        status = gaz_fail(ctx, GAZ_IO, "cannot read standard input");
    if (status == GAZ_OK)
        status = map_spool(ctx, spool, out);
    (void)fclose(spool);
    return status;
}
