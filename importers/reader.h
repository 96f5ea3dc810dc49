/* reader.h - a source of records: open, next, close.
 *
 * Each format is one pair of files that fills a struct imp_reader. A reader
 * yields rows as they are (all columns as text); mapping.h says what they mean.
 *
 *     while ((status = imp_reader_next(ctx, reader, &row)) == GAZ_OK)
 *         ...
 *
 * A row that cannot be read is no failure: `row->error` tells why, and the next
 * call goes on. A file that cannot go on is a failure status.
 */
#ifndef IMP_READER_H
#define IMP_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/context.h"
#include "gazetteer/base/coord.h"

struct imp_row {
    int64_t line;   /* of the file, 1 is the first; 0: no lines in the format */
    int64_t number; /* of the row, 1 is the first record */
    const char *const *columns; /* names, the same for all rows */
    const char *const *values;  /* "" for an empty cell, never NULL */
    /* JSON text of each value, NULL where the row has no such member; NULL in
     * formats that are not JSON. */
    const char *const *members;
    int count;
    const char *raw;   /* the row's text as it stands in the file, or NULL */
    bool has_geometry; /* x, y or wkb below */
    bool has_xy;
    double x; /* east or longitude, in the source's own system */
    double y;
    bool has_z; /* of a point; as the file has it */
    double z;
    const void *wkb; /* a line or polygon, in the source's own system */
    size_t wkb_size;
    const char *error;      /* NULL: the row is good; else why it is not */
    const char *error_zh;   /* the same in Chinese */
    const char *error_rule; /* "I01": README.md lists them */
    int error_column;       /* 1 is the first; 0: the whole row */
};

struct imp_reader {
    gaz_status (*next)(struct gaz_ctx *ctx, struct imp_reader *reader,
                       struct imp_row *out);
    void (*close)(struct imp_reader *reader);
    /* Known once open; they live as long as the reader. */
    const char *const *columns; /* names, the same for all rows */
    int column_count;
    bool has_geometry; /* rows bring positions of their own */
    const char *crs;   /* the file's own system, "EPSG:4326"; NULL: unknown */
};

/* gaz_status of next: GAZ_OK with a row in ctx->arena; GAZ_END; GAZ_INVALID,
 * GAZ_LIMIT or GAZ_IO with the sentence, and reading is over. */
static inline gaz_status imp_reader_next(struct gaz_ctx *ctx,
                                         struct imp_reader *reader,
                                         struct imp_row *out)
{
    return reader->next(ctx, reader, out);
}

static inline void imp_reader_close(struct imp_reader *reader)
{
    if (reader)
        reader->close(reader);
}

#endif
