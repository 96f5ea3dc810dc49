/* encoding.h - tables in the encodings that offices send, as UTF-8.
 *
 * GB18030 (GB 18030-2022; it holds GBK and GB 2312) is what Excel saves as
 * "CSV" on a Chinese computer, UTF-16 what it calls "Unicode text". A table in
 * another encoding is written once, as UTF-8, to a file without a name and
 * mapped from there: memory stays flat, whatever the size.
 *
 *     imp_encoding encoding = imp_encoding_guess(map.data, map.size);
 *     if (encoding != IMP_ENCODING_UTF8)
 *         status = imp_encoding_decode(ctx, name, encoding, &map);
 */
#ifndef IMP_ENCODING_H
#define IMP_ENCODING_H

#include <stdbool.h>
#include <stdio.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/file.h"

typedef enum {
    IMP_ENCODING_AUTO = 0,
    IMP_ENCODING_UTF8,
    IMP_ENCODING_GB18030,
    IMP_ENCODING_UTF16, /* with a byte order mark */
} imp_encoding;

/* "auto", "utf-8", "gb18030" (also "gbk", "gb2312"), "utf-16"; any case. */
bool imp_encoding_of_name(const char *name, imp_encoding *out);
const char *imp_encoding_name(imp_encoding encoding);

/* imp_encoding_guess tells by the byte order mark, else by counting: the text
 * is GB18030 when it is not UTF-8 and most of its lines that are not plain
 * ASCII are not UTF-8 either. So one broken row does not turn a UTF-8 table
 * into something else. Never AUTO. */
imp_encoding imp_encoding_guess(const void *data, size_t size);

/* imp_encoding_decode puts the text as UTF-8 in the place of `map`, which it
 * unmaps. Bytes that mean nothing in `encoding` become a byte that no UTF-8
 * has, so that the reader reports their row and goes on. `map` is as it was on
 * failure. GAZ_IO. */
gaz_status imp_encoding_decode(struct gaz_ctx *ctx, const char *name,
                               imp_encoding encoding, struct gaz_map *map);

/* imp_encoding_encode appends `size` bytes of UTF-8 as GB18030; all of Unicode
 * has a place there. */
gaz_status imp_encoding_encode(struct gaz_ctx *ctx, const char *text,
                               size_t size, struct gaz_buffer *out);

/* imp_encoding_map_stream maps what is left of a stream (a pipe) through a
 * file without a name. GAZ_IO. */
gaz_status imp_encoding_map_stream(struct gaz_ctx *ctx, FILE *stream,
                                   struct gaz_map *out);

#endif
